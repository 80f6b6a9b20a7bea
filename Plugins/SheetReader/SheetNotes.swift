import OfficeFiles
import ReviewModel

/// What was noticed while one table was read from one sheet.
struct SheetNotes {
    let file: String
    let sheet: String
    let table: String
    let head: SheetHead
    var converted: [(column: Column, factor: ExactDecimal, position: Int, above: CellAddress?)] = []
    /// What the columns of the form are called.
    var columnTitles: [LocalizedText] = []
    /// The amounts for which neither a head nor anything above it says what they count.
    var unitUnsaid: (column: Column, position: Int)?
    /// Columns of another currency than the form's.
    var foreign: [(column: Column, unit: FigureUnit, position: Int)] = []
    private var totals: [(row: Int, text: String)] = []
    private(set) var ended: (row: Int, unit: FigureUnit?, rows: Int)?
    /// The year that the columns are of, where each has columns of its own.
    var year: (position: Int, number: Int, lastDay: CalendarDate?)?
    /// All such years, and the heads of those that were not read.
    var years: (read: [Int], unread: [String])?
    /// The row of another head of the same table above this one, whose rows are not read.
    var above: Int?
    /// The row of another head of the same table, below which the reading went on.
    var followed: Int?
    private var unitNoted: (row: Int, text: String, unit: FigureUnit)?
    /// The last row that has one text alone.
    var titleRow = 0
    /// Cells whose format says the unit that their amounts count: 0.00"万元".
    /// Whether amounts name their own unit: 1.6万元.
    var hasOwnUnits = false
    private var inFormats: [(address: String, unit: FigureUnit)] = []
    private var titles: [(row: Int, text: String)] = []
    /// Rows that are parts of the ones above them: 其中：….
    private var parts: [(row: Int, text: String)] = []
    /// Rows that sum up others, and do not come to what they say.
    private var odd: [SumRows.Odd] = []
    private var unchecked: [SumRows.Unchecked] = []
    /// Rows below the last total that take something from it, and what is left.
    private var below: [SumRows.Below] = []
    /// Numbers in columns of percentages: those that the row shows to be fractions, and those of which nobody can say.
    private var fractions: [(title: LocalizedText, address: String)] = []
    private var unclearRates: [(number: ExactDecimal, title: LocalizedText, address: String)] = []
    /// Headings that name the group of the rows below them, each with the first cell that it fills.
    private var headings: [(text: String, title: LocalizedText, address: String)] = []
    /// Cells that were empty and go on with what stands above, by their columns.
    private var continued: [(title: LocalizedText, addresses: [String])] = []
    /// Years of which only a part is known.
    private(set) var partsOfYears: [(day: CalendarDate, address: String)] = []
    private var hiddenRows: [Int] = []
    var hiddenColumns: [Int] = []
    var isHidden = false
    var isDatabase = false
    private var notCalculated: [String] = []
    /// Formulas without a result that were computed here.
    private var computed: [String] = []
    /// Numbers that are stored as texts: their addresses.
    private var numbersAsText: [String] = []
    /// Rows that were taken for titles, notes, opinions and signatures.
    var apart: [Int] { titles.map(\.row) }
    /// The rows that were read, of a sheet small enough for sums to be followed.
    private var lines: [Int] = []
    /// The columns of the sheet that have numbers.
    var numbers: [Int] = []
    /// Sums that leave out rows.
    private var short: [(sum: String, rows: [Int])] = []
    /// Amounts that stand in cells over several rows: the addresses of the later ones.
    private var spanned: [String] = []
    /// Rows of an example, and cells that still have one in rows that somebody has filled: neither is data.
    private(set) var examples: (rows: [Int], cells: [String]) = ([], [])
    private var restOfExample: (row: Int, columns: [Int]) = (0, [])
    private(set) var errors: [(text: String, address: String)] = []

    /// Of each kind so many are kept; of a sheet with more of them these say enough.
    private static let maximumNotes = 100_000

    init(file: String, sheet: String, table: String, head: SheetHead) {
        (self.file, self.sheet, self.table, self.head) = (file, sheet, table, head)
    }

    /// Notes a row that was read.
    mutating func line(_ row: SheetRow) {
        if lines.count < Self.maximumNotes { lines.append(row.number) }
        if row.isHidden, hiddenRows.count < Self.maximumNotes { hiddenRows.append(row.number) }
    }

    mutating func total(_ row: Int, _ text: String) {
        if totals.count < Self.maximumNotes { totals.append((row, text)) }
    }

    /// A head further down that is not the table's own, or stands under another unit.
    mutating func anotherHead(_ row: Int, _ unit: FigureUnit?) { ended = (row, unit, 0) }

    /// A row below such a head.
    mutating func below(_ row: Int) { ended?.rows += 1 }

    /// A note further down that says another unit than the one that amounts are read in.
    mutating func unitBelow(_ row: Int, _ text: String, _ unit: FigureUnit) {
        if unitNoted == nil { unitNoted = (row, text, unit) }
    }

    mutating func part(_ row: Int, _ text: String) {
        if parts.count < Self.maximumNotes { parts.append((row, text)) }
    }

    /// Takes what was noticed of rows that sum up others.
    mutating func note(_ sums: SumRows) { (odd, unchecked, below) = (sums.odd, sums.unchecked, sums.below) }

    mutating func fraction(_ column: MappedColumn, _ row: Int) {
        if fractions.count < Self.maximumNotes { fractions.append((column.column.title, column.address(row))) }
    }

    mutating func unclearRate(_ number: ExactDecimal, _ column: MappedColumn, _ row: Int) {
        if unclearRates.count < Self.maximumNotes {
            unclearRates.append((number, column.column.title, column.address(row)))
        }
    }

    mutating func partOfYear(_ day: CalendarDate, _ address: String) {
        if partsOfYears.count < Self.maximumNotes { partsOfYears.append((day, address)) }
    }

    mutating func inFormat(_ address: String, _ unit: FigureUnit) {
        if inFormats.count < Self.maximumNotes { inFormats.append((address, unit)) }
    }

    mutating func title(_ row: Int, _ text: String) {
        if titles.count < Self.maximumNotes { titles.append((row, text)) }
    }

    mutating func numberAsText(_ address: String) {
        if numbersAsText.count < Self.maximumNotes { numbersAsText.append(address) }
    }

    mutating func notCalculated(_ address: String) {
        if notCalculated.count < Self.maximumNotes { notCalculated.append(address) }
    }

    mutating func spanned(_ address: String) {
        if spanned.count < Self.maximumNotes { spanned.append(address) }
    }

    mutating func computed(_ address: String) {
        if computed.count < Self.maximumNotes { computed.append(address) }
    }

    mutating func error(_ text: String, _ column: MappedColumn, _ row: Int) {
        if errors.count < 1000 { errors.append((text, column.address(row))) }
    }

    /// A cell that was empty and is what the heading above it says.
    mutating func headed(_ text: String, _ column: MappedColumn, _ row: Int) {
        if headings.last?.text != text, headings.count < 1000 {
            headings.append((text, column.column.title, column.address(row)))
        }
    }

    /// A cell that was empty and is what stands above it.
    mutating func goesOn(_ column: MappedColumn, _ row: Int) {
        let index = continued.firstIndex { $0.title == column.column.title }
        if let index, continued[index].addresses.count < Self.maximumNotes {
            continued[index].addresses.append(column.address(row))
        } else if index == nil {
            continued.append((column.column.title, [column.address(row)]))
        }
    }

    /// Adds what the formulas of the workbook give.
    mutating func hold(against formulas: FormulaFindings) {
        notCalculated = notCalculated.map { formulas.computed(sheet, $0) }
        short = formulas.leavingOut(sheet, lines: lines, sums: totals.map(\.row), columns: numbers)
    }

    mutating func note(_ cells: [SheetCell], _ row: Int, isWhole: Bool) {
        if isWhole {
            if examples.rows.count < Self.maximumNotes { examples.rows.append(row) }
            return
        }
        restOfExample = (row, cells.map(\.column))
        for cell in cells where examples.cells.count < 1000 {
            if let address = CellAddress(column: cell.column, row: row) { examples.cells.append(address.description) }
        }
    }

    /// Notes a row that says of itself that it is an example.
    mutating func example(_ row: Int) {
        if examples.rows.count < Self.maximumNotes { examples.rows.append(row) }
    }

    /// Whether a cell of the row that was looked at last still has the text of an example.
    func isExample(_ cell: SheetCell, _ row: Int) -> Bool {
        restOfExample.row == row && restOfExample.columns.contains(cell.column)
    }

    /// All that is to be said, each thing once, at its first place.
    var findings: [Finding] {
        var findings: [Finding] = []
        // What stands in brackets altogether is a remark for people.
        let unknown = head.unknown.filter { !HeadWords.folded($0.text).isEmpty }
        if let first = unknown.first {
            findings.append(
                finding("unknown-columns", .info, unknownColumns(unknown.map(\.text)), first.column, head.row)
            )
        }
        for (column, text, position) in head.alike where columnTitles.indices.contains(position) {
            findings.append(
                finding("column-alike", .warning, columnAlike(text, columnTitles[position]), column, head.row)
            )
        }
        for (column, text) in head.spread {
            findings.append(finding("column-beside", .info, columnBeside(text), column, head.row))
        }
        for (column, text, read) in head.doubled {
            findings.append(finding("column-twice", .warning, columnTwice(text, read), column, head.row))
        }
        for (column, text, read) in head.earlier {
            findings.append(finding("column-twice", .warning, earlierYear(text, read), column, head.row))
        }
        for (column, others) in head.joined {
            findings.append(finding("joined", .info, joinedColumns(others), column, head.row))
        }
        for (column, factor, position, above) in converted {
            if head.isCarried, let above {
                findings.append(
                    finding(
                        "unit-carried",
                        .warning,
                        unitCarried(column, factor, above.description),
                        position,
                        head.row
                    )
                )
                continue
            }
            let message = unitConverted(column, factor, isSaidAbove: above != nil)
            findings.append(
                above.map { finding("unit-converted", .info, message, at: $0.description) }
                    ?? finding("unit-converted", .info, message, position, head.row)
            )
        }
        for (column, unit, position) in foreign {
            findings.append(finding("unit-differs", .error, unitForeign(column, unit), position, head.row))
        }
        if let unitUnsaid, inFormats.isEmpty, !hasOwnUnits, !lines.isEmpty {
            findings.append(
                finding("unit-unsaid", .info, noUnitSaid(unitUnsaid.column), unitUnsaid.position, head.row)
            )
        }
        if let years {
            findings.append(finding("years-across", .info, readByYears(years.read, years.unread), 1, head.row))
        }
        if let above { findings.append(finding("another-head", .warning, notReadAbove(above), 1, above)) }
        if let followed {
            findings.append(finding("follows", .warning, followedBelow(followed), 1, followed))
        } else if let ended {
            findings.append(finding("another-head", .warning, anotherHead(ended), 1, ended.row))
        }
        if let unitNoted, ended == nil, followed == nil {
            findings.append(finding("unit-noted", .warning, unitBelow(unitNoted), 1, unitNoted.row))
        }
        if let first = inFormats.first {
            findings.append(finding("unit-converted", .info, unitOfFormat(inFormats), at: first.address))
        }
        if let first = totals.first {
            findings.append(
                finding("totals-left-out", .info, totalsLeftOut(totals), 1, first.row)
            )
        }
        if let first = titles.first {
            findings.append(
                finding("titles-left-out", .info, titlesLeftOut(titles), 1, first.row)
            )
        }
        if let first = headings.first {
            let message = namedByHeadings(first.title, headings.map(\.text))
            findings.append(finding("heading-as-group", .info, message, at: first.address))
        }
        for (title, addresses) in continued {
            findings.append(finding("name-above", .warning, namedAbove(title, addresses), at: addresses[0]))
        }
        if let first = parts.first {
            findings.append(finding("parts-left-out", .warning, partsLeftOut(parts), 1, first.row))
        }
        for sum in odd.prefix(20) {
            findings.append(finding("sum-differs", .warning, sumDiffers(sum), at: sum.address))
        }
        if let first = below.first {
            findings.append(finding("below-total", .warning, belowTotal(below), at: first.address))
        }
        for sum in unchecked.prefix(20) {
            findings.append(finding("sum-unchecked", .info, sumUnchecked(sum), at: sum.address))
        }
        if let first = fractions.first {
            findings.append(finding("rate-as-fraction", .info, readAsFractions(fractions), at: first.address))
        }
        for (number, title, address) in unclearRates.prefix(20) {
            findings.append(finding("rate-unclear", .warning, rateUnclear(number, title), at: address))
        }
        if let next = unclearRates.dropFirst(20).first {
            let message = moreRatesUnclear(unclearRates.dropFirst(20).map(\.address))
            findings.append(finding("rate-unclear", .warning, message, at: next.address))
        }
        if let first = examples.rows.first {
            let rows = examples.rows.map(String.init)
            findings.append(finding("examples-left-out", .info, examplesLeftOut(rows), 1, first))
        }
        if let first = examples.cells.first {
            findings.append(finding("example-text", .warning, exampleTexts(examples.cells), at: first))
        }
        if let first = computed.first {
            findings.append(finding("computed", .info, computedHere(computed), at: first))
        }
        if let first = partsOfYears.first {
            findings.append(finding("part-of-year", .info, partOfYear(partsOfYears), at: first.address))
        }
        if isHidden { findings.append(finding("hidden-sheet", .warning, hiddenSheet, 1, 1)) }
        if let first = hiddenRows.first {
            findings.append(finding("hidden-rows", .warning, hiddenRowsRead(hiddenRows.map(String.init)), 1, first))
        }
        if let first = hiddenColumns.first {
            let letters = hiddenColumns.compactMap { CellAddress(column: $0, row: 1)?.columnLetters }
            findings.append(finding("hidden-columns", .warning, hiddenColumnsRead(letters), first, head.row))
        }
        if let first = notCalculated.first {
            let address = String(first.prefix { $0 != " " })
            findings.append(finding("not-calculated", .error, notCalculatedCells(notCalculated), at: address))
        }
        if let first = numbersAsText.first {
            findings.append(finding("number-as-text", .warning, numbersAreTexts(numbersAsText), at: first))
        }
        for (sum, rows) in short.prefix(20) {
            findings.append(finding("sum-leaves-out", .warning, leavesOut(rows), at: sum))
        }
        if let first = spanned.first {
            findings.append(finding("amount-over-rows", .warning, amountOverRows(spanned), at: first))
        }
        for (text, address) in errors.prefix(20) {
            findings.append(finding("error-value", .error, errorValue(text, address), at: address))
        }
        return findings
    }

    private func finding(_ rule: String, _ severity: Severity, _ message: LocalizedText, _ column: Int, _ row: Int)
        -> Finding
    {
        finding(rule, severity, message, at: CellAddress(column: column, row: row)?.description ?? "A1")
    }

    private func finding(_ rule: String, _ severity: Severity, _ message: LocalizedText, at address: String) -> Finding
    {
        var finding = Finding(rule: "sheet/" + rule, severity: severity, message: message, subject: sheet)
        if let address = CellAddress(address) {
            // Rows of a database have no head.
            let (row, column) = (max(1, address.row - 1), address.column)
            let place =
                isDatabase
                ? Place.tableCell(file: file, table: sheet, row: row, column: column)
                : .cell(file: file, sheet: sheet, address: address)
            finding.spots = [.place(place)]
        }
        return finding
    }
}
