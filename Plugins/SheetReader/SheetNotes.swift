import OfficeFiles
import ReviewModel

/// What was noticed while one table was read from one sheet.
struct SheetNotes {
    let file: String
    let sheet: String
    let table: String
    let head: SheetHead
    var converted: [(column: Column, factor: ExactDecimal, position: Int, above: CellAddress?)] = []
    /// Columns of another currency than the form's.
    var foreign: [(column: Column, unit: FigureUnit, position: Int)] = []
    private var totals: [(row: Int, text: String)] = []
    private var ended: (row: Int, unit: FigureUnit?, rows: Int)?
    private var unitNoted: (row: Int, text: String, unit: FigureUnit)?
    /// Cells whose format says the unit that their amounts count: 0.00"万元".
    private var inFormats: [(address: String, unit: FigureUnit)] = []
    private var titles: [(row: Int, text: String)] = []
    /// Rows that are parts of the ones above them: 其中：….
    private var parts: [(row: Int, text: String)] = []
    /// Rows that sum up others, and do not come to what they say.
    private var odd: [(address: String, name: String, stated: ExactDecimal, found: ExactDecimal)] = []
    /// Numbers in columns of percentages: those that the row shows to be fractions, and those of which nobody can say.
    private var fractions: [(title: LocalizedText, address: String)] = []
    private var unclearRates: [(number: ExactDecimal, title: LocalizedText, address: String)] = []
    private var hiddenRows: [Int] = []
    var hiddenColumns: [Int] = []
    var isHidden = false
    var isDatabase = false
    private var notCalculated: [String] = []
    /// Formulas without a result that were computed here.
    private var computed: [String] = []
    /// Numbers that are stored as texts: their addresses.
    private var numbersAsText: [String] = []
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
    mutating func note(_ sums: SumRows) { odd = sums.odd }

    mutating func fraction(_ column: MappedColumn, _ row: Int) {
        if fractions.count < Self.maximumNotes { fractions.append((column.column.title, column.address(row))) }
    }

    mutating func unclearRate(_ number: ExactDecimal, _ column: MappedColumn, _ row: Int) {
        if unclearRates.count < Self.maximumNotes {
            unclearRates.append((number, column.column.title, column.address(row)))
        }
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
        for (column, text) in head.doubled {
            findings.append(finding("column-twice", .warning, columnTwice(text), column, head.row))
        }
        for (column, text, read) in head.earlier {
            findings.append(finding("column-twice", .warning, earlierYear(text, read), column, head.row))
        }
        for (column, others) in head.joined {
            findings.append(finding("joined", .info, joinedColumns(others), column, head.row))
        }
        for (column, factor, position, above) in converted {
            let message = unitConverted(column, factor, isSaidAbove: above != nil)
            findings.append(
                above.map { finding("unit-converted", .info, message, at: $0.description) }
                    ?? finding("unit-converted", .info, message, position, head.row)
            )
        }
        for (column, unit, position) in foreign {
            findings.append(finding("unit-differs", .error, unitForeign(column, unit), position, head.row))
        }
        if let ended {
            findings.append(finding("another-head", .warning, anotherHead(ended), 1, ended.row))
        }
        if let unitNoted, ended == nil {
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
        if let first = parts.first {
            findings.append(finding("parts-left-out", .warning, partsLeftOut(parts), 1, first.row))
        }
        for (address, name, stated, found) in odd.prefix(20) {
            findings.append(finding("sum-differs", .warning, sumDiffers(name, stated, found), at: address))
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

// MARK: - Messages

/// The first ten, and how many more there are.
func list(_ items: [String], _ locale: Locale) -> String {
    let rest = items.count - 10
    let shown = items.prefix(10).joined(separator: locale == .zh ? "、" : ", ")
    if rest <= 0 { return shown }
    return shown + (locale == .zh ? "等 \(items.count) 处" : " and \(rest) more")
}

extension SheetNotes {
    private func unknownColumns(_ names: [String]) -> LocalizedText {
        LocalizedText(
            zh: "工作表\(quoted(sheet))有表单中没有的列，未读取：\(list(names.map { quoted($0) }, .zh))",
            en:
                "the sheet \(quoted(sheet)) has columns that the form does not have; they were not read: \(list(names.map { quoted($0) }, .en))"
        )
    }

    private func columnTwice(_ text: String) -> LocalizedText {
        LocalizedText(
            zh: "有两列都可能是\(quoted(text))，读了左边一列；如不对，请给另一列换个列名，或用设置 columns 写明",
            en:
                "two columns may be \(quoted(text)); the left one was read. If that is wrong, give the other one another head, or say which with the setting columns"
        )
    }

    private func earlierYear(_ text: String, _ read: String) -> LocalizedText {
        LocalizedText(
            zh: "\(quoted(text))和\(quoted(read))都可能是所要的一列，读了年份较晚的\(quoted(read))，本列未读取",
            en:
                "either \(quoted(text)) or \(quoted(read)) may be the column that is asked for; the one of the later year, \(quoted(read)), was read, and this one was not"
        )
    }

    private func joinedColumns(_ others: [String]) -> LocalizedText {
        LocalizedText(
            zh: "这一列与\(list(others.map { quoted($0) }, .zh))连在一起读取，如 ≥、95、% 读作 ≥95%",
            en:
                "this column was read together with \(list(others.map { quoted($0) }, .en)): ≥, 95 and % make ≥95%"
        )
    }

    private func partsLeftOut(_ rows: [(row: Int, text: String)]) -> LocalizedText {
        let (zh, en) = (rows.map { "\($0.row)（\($0.text)）" }, rows.map { "\($0.row) (\($0.text))" })
        return LocalizedText(
            zh: "\"其中\"行的金额已含在上一行内，未作为明细读取：第 \(list(zh, .zh)) 行",
            en: "rows that are a part of the one above (of which …) were not read as lines: \(list(en, .en))"
        )
    }

    private func sumDiffers(_ name: String, _ stated: ExactDecimal, _ found: ExactDecimal) -> LocalizedText {
        LocalizedText(
            zh: "\(quoted(name))写的是 \(stated.grouped)，它下面各行合计 \(found.grouped)；只读取了下面各行",
            en:
                "\(quoted(name)) says \(stated.grouped), the rows below it come to \(found.grouped); only these were read"
        )
    }

    private func readAsFractions(_ rates: [(title: LocalizedText, address: String)]) -> LocalizedText {
        let (title, cells) = (rates[0].title, rates.map(\.address))
        return LocalizedText(
            zh: "\(quoted(title.zh))没有百分号，由同一行的金额可知 1 表示 100%，已乘以 100：\(list(cells, .zh))",
            en:
                "\(quoted(title.en)) has no percent sign; the amounts in the same rows show that 1 means 100 %, so it was multiplied by 100: \(list(cells, .en))"
        )
    }

    private func rateUnclear(_ number: ExactDecimal, _ title: LocalizedText) -> LocalizedText {
        let percentage = ((try? number * 100) ?? number).withoutTrailingZeros
        return LocalizedText(
            zh: "\(quoted(title.zh))写的是 \(number)，没有百分号：是 \(number)% 还是 \(percentage)%？按 \(number)% 读取，请核对",
            en:
                "\(quoted(title.en)) says \(number) without a percent sign: \(number) % or \(percentage) %? It was read as \(number) %; see which is meant"
        )
    }

    private func moreRatesUnclear(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "还有 \(cells.count) 个没有百分号、不知是百分之几的数，按原数读取：\(list(cells, .zh))",
            en:
                "there are \(cells.count) more numbers without a percent sign that may mean two things; they were read as they stand: \(list(cells, .en))"
        )
    }

    private func unitConverted(_ column: Column, _ factor: ExactDecimal, isSaidAbove: Bool) -> LocalizedText {
        if isSaidAbove {
            return LocalizedText(
                zh: "表上方写明的单位不是\(column.unitName(.zh))，\(quoted(column.title.zh))已乘以 \(factor)",
                en:
                    "what stands above the table says another unit than \(column.unitName(.en)); the numbers of \(quoted(column.title.en)) were multiplied by \(factor)"
            )
        }
        return LocalizedText(
            zh: "\(quoted(column.title.zh))的表头单位不是\(column.unitName(.zh))，已乘以 \(factor)",
            en:
                "the head of \(quoted(column.title.en)) has another unit than \(column.unitName(.en)); its numbers were multiplied by \(factor)"
        )
    }

    private func unitForeign(_ column: Column, _ unit: FigureUnit) -> LocalizedText {
        LocalizedText(
            zh:
                "\(quoted(column.title.zh))的表头写的是\(unit.name(inChinese: true))，表单要求\(column.unitName(.zh))，未作换算：请按\(column.unitName(.zh))填写并更正表头",
            en:
                "the head of \(quoted(column.title.en)) says \(unit.name(inChinese: false)), the form wants \(column.unitName(.en)), and nothing was converted: "
                + "give it in \(column.unitName(.en)) and mend the head"
        )
    }

    private func totalsLeftOut(_ rows: [(row: Int, text: String)]) -> LocalizedText {
        let (zh, en) = (rows.map { "\($0.row)（\($0.text)）" }, rows.map { "\($0.row) (\($0.text))" })
        return LocalizedText(
            zh: "合计、小计行未作为明细读取：第 \(list(zh, .zh)) 行",
            en: "rows that sum up were not read as lines: \(list(en, .en))"
        )
    }

    private func anotherHead(_ ended: (row: Int, unit: FigureUnit?, rows: Int)) -> LocalizedText {
        let (zh, en) =
            ended.unit.map {
                (
                    "表头重复，但上方写明的单位是\($0.name(inChinese: true))，与前面的不同",
                    "a head stands once more, below a line that says \($0.name(inChinese: false))"
                )
            }
            ?? ("又是一行表头，列的顺序与前面不同", "another head, with its columns in another order")
        return LocalizedText(
            zh: "第 \(ended.row) 行\(zh)：其下 \(ended.rows) 行属于另一张表，没有读取，请核对后补填，或分成两张工作表",
            en:
                "row \(ended.row) is \(en): the \(ended.rows) rows below it are of another table and were not read; fill them in, or give them a sheet of their own"
        )
    }

    private func unitBelow(_ noted: (row: Int, text: String, unit: FigureUnit)) -> LocalizedText {
        LocalizedText(
            zh: "第 \(noted.row) 行注明金额以\(noted.unit.name(inChinese: true))计（\(noted.text)），而列名和表的上方没有写；金额按列名读取，没有换算，请核对",
            en:
                "row \(noted.row) says that amounts are in \(noted.unit.name(inChinese: false)) (\(noted.text)), which neither heads nor a line above the table say; they were read by the heads and not converted: look at them"
        )
    }

    private func unitOfFormat(_ cells: [(address: String, unit: FigureUnit)]) -> LocalizedText {
        let addresses = list(cells.map(\.address), .zh)
        return LocalizedText(
            zh: "单元格格式带有单位（\(cells[0].unit.name(inChinese: true))），金额已按显示的单位换算：\(addresses)",
            en:
                "the format of these cells says a unit (\(cells[0].unit.name(inChinese: false))), by which their amounts were converted: \(list(cells.map(\.address), .en))"
        )
    }

    private func titlesLeftOut(_ rows: [(row: Int, text: String)]) -> LocalizedText {
        let (zh, en) = (rows.map { "\($0.row)（\($0.text)）" }, rows.map { "\($0.row) (\($0.text))" })
        return LocalizedText(
            zh: "标题、注释或签名行（只有一个文字单元格，或各格都是\"…：\"），未读取：第 \(list(zh, .zh)) 行",
            en:
                "rows with one cell of text only, or with labels alone, were taken for titles, notes or signatures and not read: \(list(en, .en))"
        )
    }

    private func examplesLeftOut(_ rows: [String]) -> LocalizedText {
        LocalizedText(
            zh: "示例行没有作为数据读取：第 \(list(rows, .zh)) 行。用到这张表时请改写，用不到时可删去",
            en: "rows of examples were not read as lines: \(list(rows, .en)). Overwrite them, or delete them"
        )
    }

    private func exampleTexts(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "这些单元格还是示例，按空白读取，请改写或清空：\(list(cells, .zh))",
            en: "these cells still have an example and were read as empty; overwrite or clear them: \(list(cells, .en))"
        )
    }

    private func computedHere(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "公式没有存储的结果，按公式算得的值读取：\(list(cells, .zh))",
            en: "formulas have no stored result; what they come to was read: \(list(cells, .en))"
        )
    }

    private var hiddenSheet: LocalizedText {
        LocalizedText(zh: "工作表\(quoted(sheet))是隐藏的，已读取", en: "the sheet \(quoted(sheet)) is hidden; it was read")
    }

    private func hiddenRowsRead(_ rows: [String]) -> LocalizedText {
        LocalizedText(zh: "隐藏的行也已读取：第 \(list(rows, .zh)) 行", en: "hidden rows were read as well: \(list(rows, .en))")
    }

    private func hiddenColumnsRead(_ columns: [String]) -> LocalizedText {
        LocalizedText(
            zh: "隐藏的列也已读取：\(list(columns, .zh))",
            en: "hidden columns were read as well: \(list(columns, .en))"
        )
    }

    private func notCalculatedCells(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "公式没有计算结果，单元格按空白读取：\(list(cells, .zh))。请在 Excel 或 WPS 中打开并保存一次",
            en:
                "formulas have no result, and their cells were read as empty: \(list(cells, .en)). Open and save the file once in Excel or WPS"
        )
    }

    private func numbersAreTexts(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "数字以文本形式存储，已按数字读取，但工作簿中的求和公式会漏掉它们：\(list(cells, .zh))",
            en:
                "numbers are stored as texts; they were read as numbers, but sums of the workbook pass over them: \(list(cells, .en))"
        )
    }

    private func leavesOut(_ rows: [Int]) -> LocalizedText {
        LocalizedText(
            zh: "求和公式漏掉了它上方明细中的第 \(list(rows.map(String.init), .zh)) 行",
            en: "the sum leaves out rows of the lines above it: \(list(rows.map(String.init), .en))"
        )
    }

    private func amountOverRows(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "数字合并在多行的单元格中，只计入第一行，以下按空白读取：\(list(cells, .zh))",
            en:
                "numbers in cells over several rows count in the first only; these were read as empty: \(list(cells, .en))"
        )
    }

    private func errorValue(_ text: String, _ address: String) -> LocalizedText {
        LocalizedText(
            zh: "单元格 \(address) 是错误值 \(text)，不能读取",
            en: "the cell \(address) is the error \(text), which cannot be read"
        )
    }
}
