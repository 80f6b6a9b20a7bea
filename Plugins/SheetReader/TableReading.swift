import OfficeFiles
import ReviewModel
import Tables

/// Fills one table from the rows of one sheet or of several, and notes what was left out or could not be read.
struct TableReading {
    private(set) var builder: TableBuilder
    private(set) var notes: [SheetNotes] = []
    let settings: TableSettings
    private let schema: TableSchema
    private let fixed: [(position: Int, value: String)]
    private let counted: [(position: Int, pattern: String)]
    let totals: Set<String>
    /// How the names of totals begin: nearly all texts are known by that to be none.
    let totalStarts: TextStarts
    /// Positions in the schema of which one makes a row a line; all where there are none.
    let filledBy: Set<Int>
    /// Rows below the table that are none of it.
    let signed: SignedRows
    /// Positions in the schema that were filled from other columns' cells.
    private(set) var filledBeside: Set<Int> = []

    init(_ schema: TableSchema, _ settings: TableSettings) {
        (self.schema, self.settings) = (schema, settings)
        // Truth values go as texts, for a column must be able to hold what is none: the host types them.
        var filled = schema
        for position in filled.columns.indices where filled.columns[position].type == .boolean {
            filled.columns[position].type = .text
        }
        builder = TableBuilder(filled)
        fixed = settings.fixed.compactMap { name, value in schema.position(of: name).map { ($0, value) } }
        counted = settings.counted.compactMap { name, pattern in schema.position(of: name).map { ($0, pattern) } }
        totals = Set(settings.totals.map(HeadWords.folded))
        totalStarts = TextStarts(of: totals)
        filledBy = Set(settings.filledBy.compactMap(schema.position))
        signed = SignedRows(settings.words)
    }

    var table: Table { builder.table() }

    /// The sheet that is being read.
    struct Pass {
        var reading: any RowReading
        var notes: SheetNotes
        var merged: MergedValues
        let head: SheetHead
        let mapping: ColumnMapping
        let value: CellValue
        /// Whether each cell says where it stands, for its column is another than the first sheet's.
        let spells: Bool
        let isDatabase: Bool
        let firstColumn: Int
        /// Columns around one that are parts of its value, by its index in the mapping.
        var joined: [Int: JoinedColumns] = [:]
        /// Rows that sum up those below them, or are a part of the one above.
        var sums = SumRows()
        /// What the heads are called, and how these texts begin.
        let headTexts: Set<String>
        let headStarts: TextStarts
        /// What columns of any table may be called, 序号, which tell nothing.
        let plainHeads: Set<String>
        /// What columns of other tables of the form are called.
        let otherHeads: Set<String>
        /// The money that a line above a head further down says, until the next row of the table.
        var moneyAbove: FigureUnit?
        /// What the rows are called that stand below it and leave its column empty.
        var heading: GroupHeading?
        /// Columns whose empty cells go on with what stands above.
        var continued: ContinuedColumns
        /// The last row of the table, where another one stands below it.
        let last: Int?
        /// The year that the columns are of.
        let year: (position: Int, number: Int, lastDay: CalendarDate?)?
        /// Whether another head was met: what stands below it is not read by the first.
        var isEnded = false
    }

    private var pass: Pass?
    /// How many rows were taken away already.
    private var taken = 0
    /// Whether the last row has its place in the sheet that is being read.
    private var isInSheet = false

    /// Goes to the rows below the head that was found.
    ///
    /// - Parameter heads: what columns of any table are called: a row of such words is the head of another table.
    mutating func begin(
        _ reading: any RowReading,
        _ context: CellContext,
        _ found: TableSearch.Found,
        file: String,
        isDatabase: Bool,
        formulas: FormulaFindings?,
        sums: SumRows = SumRows(),
        heads: Set<String> = []
    ) {
        let mapping = ColumnMapping(found.head, schema, found.outline)
        var head = found.head
        let joined = JoinedColumns.all(settings.joined, mapping, schema, &head)
        var notes = SheetNotes(file: file, sheet: found.sheet, table: settings.name, head: head)
        notes.note(sums)
        for column in mapping.columns {
            if let factor = column.factor {
                let place = column.isSaidAbove ? found.head.money?.address : nil
                notes.converted.append((column.column, factor, column.sheetColumn, place))
            }
            if let foreign = column.foreign { notes.foreign.append((column.column, foreign, column.sheetColumn)) }
        }
        notes.columnTitles = schema.columns.map(\.title)
        if settings.goesOn, !isDatabase, let amounts = mapping.columns.last(where: \.column.isMoney),
            amounts.said == nil
        {
            notes.unitUnsaid = (amounts.column, amounts.sheetColumn)
        }
        notes.isDatabase = isDatabase
        notes.numbers = mapping.columns.filter { $0.column.type == .decimal || $0.column.type == .integer }
            .map(\.sheetColumn)
        notes.isHidden = found.isHidden
        let hidden = found.outline?.hiddenColumns ?? []
        notes.hiddenColumns = found.head.columns.values.map(\.column).filter { column in
            hidden.contains { $0.contains(column) }
        }.sorted()
        if builder.rowCount == 0, !isDatabase { builder.sheetColumns = mapping.sheetColumns }
        let own = Set(
            (found.head.columns.values.map(\.text) + found.head.unknown.map(\.text)).map(HeadWords.folded)
        )
        isInSheet = false
        pass = Pass(
            reading: reading,
            notes: notes,
            merged: MergedValues(mapping),
            head: found.head,
            mapping: mapping,
            value: CellValue(context: context, formulas: formulas.map { ($0, found.sheet) }),
            spells: !isDatabase && mapping.sheetColumns != builder.sheetColumns,
            isDatabase: isDatabase,
            firstColumn: mapping.columns.first?.sheetColumn ?? 1,
            joined: joined,
            sums: sums,
            headTexts: own.subtracting([""]),
            headStarts: TextStarts(of: own.union(heads).union(heads.isEmpty ? [] : settings.words.plainHeads)),
            plainHeads: settings.words.plainHeads.subtracting(own),
            otherHeads: heads,
            continued: ContinuedColumns(settings.continued, mapping),
            last: found.last,
            year: found.year
        )
    }

    /// Reads on until the table has so many rows.
    ///
    /// - Returns: `false` behind the last; what was noticed is in ``notes`` then.
    mutating func fill(upTo rows: Int, isCancelled: () -> Bool) throws -> Bool {
        // Taken out while it changes, so that it is not copied.
        guard var pass else { return false }
        self.pass = nil
        while builder.rowCount < rows {
            guard try pass.reading.next() else {
                notes.append(pass.notes)
                return false
            }
            if pass.reading.row.number <= pass.head.row { continue }
            if let last = pass.last, pass.reading.row.number > last {
                notes.append(pass.notes)
                return false
            }
            if builder.rowCount & 0xFFF == 0, isCancelled() { throw CancellationError() }
            try take(pass.reading.row, &pass)
        }
        self.pass = pass
        return true
    }

    /// The rows that were read, which are no longer here then.
    mutating func takeTable() -> Table {
        let table = builder.table()
        var next = TableBuilder(builder.schema, expectedRows: builder.rowCount)
        next.sheetColumns = builder.sheetColumns
        taken += builder.rowCount
        builder = next
        isInSheet = false
        return table
    }

    private mutating func take(_ row: SheetRow, _ pass: inout Pass) throws {
        let mapping = pass.mapping
        guard let place = CellAddress(column: pass.firstColumn, row: row.number) else {
            throw OfficeFileError.tooManyRows
        }
        if pass.isEnded {
            pass.notes.below(row.number)
            return
        }
        let isBelow = pass.sums.lastCounted.map { row.number > $0 } ?? false
        if leavesOut(row, pass.value.context, pass.head, mapping, isBelow: isBelow, &pass.notes) {
            noteMoney(row, &pass)
            noteHeading(row, isSum: false, &pass)
            keepNames(row, &pass)
            return
        }
        if isHead(row, pass) {
            pass.isEnded = true
            pass.notes.anotherHead(row.number, nil)
            return
        }
        pass.moneyAbove = nil
        if pass.sums.leavesOut(row.number, &pass.notes) {
            noteHeading(row, isSum: pass.sums.sums[row.number] != nil, &pass)
            keepNames(row, &pass)
            return
        }
        if let year = pass.year, !takeYear(year, row, pass) { return }
        pass.notes.line(row)
        for cell in row.cells {
            guard let index = mapping.index(ofSheetColumn: cell.column) else { continue }
            if pass.notes.isExample(cell, row.number) { continue }
            let column = mapping.columns[index]
            if column.isRate, takeRate(cell, row, column, &pass) { continue }
            if let around = pass.joined[index], takeJoined(cell, row, column, around, &pass) { continue }
            switch pass.value.append(cell, of: row, to: &builder, as: column) {
            case .taken: break
            case .inFormat(let unit): pass.notes.inFormat(column.address(row.number), unit)
            case .numberAsText:
                if pass.value.context.isWorkbook { pass.notes.numberAsText(column.address(row.number)) }
                // Nearly all numbers are nothing but digits, which their bytes tell.
                if pass.value.context.withText(cell, row, { $0.contains { $0 >= 0x80 } }) {
                    takeUnit(of: cell, row, column, pass)
                    if !pass.notes.hasOwnUnits, column.column.isMoney {
                        pass.notes.hasOwnUnits = pass.value.context.text(cell, row).contains("元")
                    }
                }
            case .error(let text): pass.notes.error(text, column, row.number)
            case .computed: pass.notes.computed(column.address(row.number))
            case .partOfYear(let day): takePart(ofYear: day, column, row.number, &pass)
            case .notCalculated: pass.notes.notCalculated(column.address(row.number))
            }
            pass.merged.note(cell, row, index)
        }
        pass.merged.fill(row.number, pass.value, &builder, &pass.notes)
        if let heading = pass.heading, heading.isMissing(in: row, mapping, pass.value.context) {
            builder.append(text: heading.text, column: mapping.columns[heading.index].position)
            pass.notes.headed(heading.text, mapping.columns[heading.index], row.number)
        } else {
            for (index, text) in pass.continued.names(of: row, mapping, pass.value.context) {
                goOn(text, mapping.columns[index], row.number, &pass)
            }
        }
        if pass.spells { spell(mapping, row.number, pass.notes.file, pass.notes.sheet) }
        fillFixed()
        if pass.isDatabase {
            // The first row has the names of the columns.
            builder.endRow(
                at: .tableCell(
                    file: pass.notes.file,
                    table: pass.notes.sheet,
                    row: row.number - 1,
                    column: pass.firstColumn
                )
            )
        } else if isInSheet {
            builder.endRow(belowLast: row.number)
        } else {
            builder.endRow(at: .cell(file: pass.notes.file, sheet: pass.notes.sheet, address: place))
            isInSheet = true
        }
    }

    /// Fills an empty cell with what stands above it.
    private mutating func goOn(_ text: String, _ column: MappedColumn, _ row: Int, _ pass: inout Pass) {
        if column.column.type == .integer, let year = WrittenNumber.yearOrPart(text) {
            builder.append(.decimal(ExactDecimal(year)), column: column.position)
            if let day = WrittenNumber.partOfYear(text) { takePart(ofYear: day, column, row, &pass) }
        } else {
            builder.append(text: text, column: column.position)
        }
        pass.notes.goesOn(column, row)
    }

    /// Reads a number of a column of percentages that is a fraction, as the row shows; notes one of which nobody can say.
    ///
    /// - Returns: `false` for all that reads as any other cell.
    private mutating func takeRate(_ cell: SheetCell, _ row: SheetRow, _ column: MappedColumn, _ pass: inout Pass)
        -> Bool
    {
        guard let number = pass.value.bareNumber(cell, row) else { return false }
        var (amounts, others) = ([ExactDecimal](), [ExactDecimal]())
        for other in row.cells where other.column != cell.column {
            let index = pass.mapping.index(ofSheetColumn: other.column)
            guard index.map({ pass.mapping.amounts.contains($0) }) ?? true,
                let number = pass.value.plainNumber(other, row)
            else { continue }
            if index == nil { others.append(number) } else { amounts.append(number) }
        }
        let sense = RateReading(amounts, others: others).sense(of: number, headSaysPercent: column.saysPercent)
        switch sense {
        case .percentage: return false
        case .unclear:
            pass.notes.unclearRate(number, column, row.number)
            return false
        case .fraction:
            guard let percentage = try? number * 100 else { return false }
            pass.notes.fraction(column, row.number)
            builder.append(.decimal(percentage.withoutTrailingZeros), column: column.position)
            return true
        }
    }

    /// Reads a value that stands in several cells as one: `≥`, `95`, `%`.
    ///
    /// - Returns: `false` where nothing stands around it.
    private mutating func takeJoined(
        _ cell: SheetCell,
        _ row: SheetRow,
        _ column: MappedColumn,
        _ around: JoinedColumns,
        _ pass: inout Pass
    ) -> Bool {
        guard let text = around.text(cell, row, pass.value) else { return false }
        // 0.95 | % may be 95 %.
        if text.hasSuffix("%"), !pass.value.shown(cell, row).hasSuffix("%"),
            let number = pass.value.plainNumber(cell, row),
            number > 0, number < 1
        {
            pass.notes.unclearRate(number, column, row.number)
        }
        builder.append(text: text, column: column.position)
        return true
    }

    /// Fills the year that the columns are of.
    ///
    /// - Returns: `false` for a row in which that year has nothing.
    private mutating func takeYear(
        _ year: (position: Int, number: Int, lastDay: CalendarDate?),
        _ row: SheetRow,
        _ pass: Pass
    ) -> Bool {
        let hasSome = row.cells.contains { cell in
            guard let index = pass.mapping.index(ofSheetColumn: cell.column),
                pass.mapping.columns[index].column.type == .decimal, !cell.isEmpty || cell.hasFormula
            else { return false }
            return !cell.holdsText || pass.value.shown(cell, row).contains { !"-—－–/ ".contains($0) }
        }
        guard hasSome else { return false }
        builder.append(.decimal(ExactDecimal(year.number)), column: year.position)
        filledBeside.insert(year.position)
        return true
    }

    /// Keeps what a number counts that stands in its cell, 8人次, in the column for it, where the sheet has none.
    private mutating func takeUnit(of cell: SheetCell, _ row: SheetRow, _ column: MappedColumn, _ pass: Pass) {
        guard let name = settings.beside[column.column.name], let position = schema.position(of: name),
            !pass.mapping.columns.contains(where: { $0.position == position }),
            let parts = WrittenNumber.countedParts(pass.value.context.text(cell, row))
        else { return }
        builder.append(text: parts.unit, column: position)
        filledBeside.insert(position)
    }

    /// Keeps up to which day the figures of a year go, in the column for it.
    private mutating func takePart(ofYear day: CalendarDate, _ column: MappedColumn, _ row: Int, _ pass: inout Pass) {
        pass.notes.partOfYear(day, column.address(row))
        guard let name = settings.cutOffs[column.column.name], let position = schema.position(of: name),
            !pass.mapping.columns.contains(where: { $0.position == position })
        else { return }
        builder.append(text: day.description, column: position)
        filledBeside.insert(position)
    }

    /// Fills what no cell of the sheet says.
    private mutating func fillFixed() {
        for (position, value) in fixed { builder.append(text: value, column: position) }
        for (position, pattern) in counted {
            builder.append(text: Self.count(taken + builder.rowCount + 1, pattern), column: position)
        }
    }

    /// Places of cells one by one: this sheet has its columns elsewhere than the first.
    private mutating func spell(_ mapping: ColumnMapping, _ row: Int, _ file: String, _ sheet: String) {
        let columns = mapping.sheetColumns
        for position in builder.sheetColumns.keys {
            let column = columns[position] ?? mapping.columns.first?.sheetColumn ?? 1
            guard let address = CellAddress(column: column, row: row) else { continue }
            builder.set(.cell(file: file, sheet: sheet, address: address), column: position)
        }
        for (position, column) in columns where builder.sheetColumns[position] == nil {
            guard let address = CellAddress(column: column, row: row) else { continue }
            builder.set(.cell(file: file, sheet: sheet, address: address), column: position)
        }
    }

    /// `L00` and 7 make `L07`.
    static func count(_ number: Int, _ pattern: String) -> String {
        let zeros = pattern.reversed().prefix { $0 == "0" }.count
        let digits = String(number)
        return pattern.dropLast(zeros) + String(repeating: "0", count: max(0, zeros - digits.count)) + digits
    }
}

extension MappedColumn {
    /// `F7`.
    func address(_ row: Int) -> String { CellAddress(column: sheetColumn, row: row)?.description ?? "" }
}
