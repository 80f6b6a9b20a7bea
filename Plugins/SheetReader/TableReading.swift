import OfficeFiles
import ReviewModel
import Tables

/// Fills one table from the rows of one sheet or of several, and notes what was left out or could not be read.
struct TableReading {
    private(set) var builder: TableBuilder
    private(set) var notes: [SheetNotes] = []
    private let settings: TableSettings
    private let schema: TableSchema
    private let fixed: [(position: Int, value: String)]
    private let counted: [(position: Int, pattern: String)]
    private let totals: Set<String>
    /// How the names of totals begin: nearly all texts are known by that to be none.
    private let totalStarts: TextStarts
    /// Positions in the schema of which one makes a row a line; all where there are none.
    private let filledBy: Set<Int>

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
    }

    var table: Table { builder.table() }

    /// The sheet that is being read.
    private struct Pass {
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
        /// The money that a line above a head further down says, until the next row of the table.
        var moneyAbove: FigureUnit?
        /// Whether another head was met: what stands below it is not read by the first.
        var isEnded = false
    }

    private var pass: Pass?
    /// How many rows were taken away already.
    private var taken = 0

    /// Goes to the rows below the head that was found.
    mutating func begin(
        _ reading: any RowReading,
        _ context: CellContext,
        _ found: TableSearch.Found,
        file: String,
        isDatabase: Bool,
        formulas: FormulaFindings?,
        sums: SumRows = SumRows()
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
        notes.isDatabase = isDatabase
        notes.numbers = mapping.columns.filter { $0.column.type == .decimal || $0.column.type == .integer }
            .map(\.sheetColumn)
        notes.isHidden = found.isHidden
        let hidden = found.outline?.hiddenColumns ?? []
        notes.hiddenColumns = found.head.columns.values.map(\.column).filter { column in
            hidden.contains { $0.contains(column) }
        }.sorted()
        if builder.rowCount == 0, !isDatabase { builder.sheetColumns = mapping.sheetColumns }
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
            headTexts: Set(found.head.columns.values.map { HeadWords.folded($0.text) }.filter { !$0.isEmpty }),
            headStarts: TextStarts(of: Set(found.head.columns.values.map { HeadWords.folded($0.text) }))
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
        if leavesOut(row, pass.value.context, pass.head, mapping, &pass.notes) {
            noteMoney(row, &pass)
            return
        }
        if isHead(row, pass) {
            pass.isEnded = true
            pass.notes.anotherHead(row.number, nil)
            return
        }
        pass.moneyAbove = nil
        if pass.sums.leavesOut(row.number, &pass.notes) { return }
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
            case .numberAsText: if pass.value.context.isWorkbook { pass.notes.numberAsText(column.address(row.number)) }
            case .error(let text): pass.notes.error(text, column, row.number)
            case .computed: pass.notes.computed(column.address(row.number))
            case .notCalculated: pass.notes.notCalculated(column.address(row.number))
            }
            pass.merged.note(cell, row, index)
        }
        pass.merged.fill(row.number, pass.value, &builder, &pass.notes)
        let (file, sheet) = (pass.notes.file, pass.notes.sheet)
        if pass.spells { spell(mapping, row.number, file, sheet) }
        endRow(
            at: pass.isDatabase
                // The first row has the names of the columns.
                ? .tableCell(file: file, table: sheet, row: row.number - 1, column: pass.firstColumn)
                : .cell(file: file, sheet: sheet, address: place)
        )
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
        builder.append(text: text, column: column.position)
        return true
    }

    private mutating func endRow(at place: Place) {
        for (position, value) in fixed { builder.append(text: value, column: position) }
        for (position, pattern) in counted {
            builder.append(text: Self.count(taken + builder.rowCount + 1, pattern), column: position)
        }
        builder.endRow(at: place)
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

    // MARK: Rows that are none

    /// Whether the row holds nothing of the table: it is blank, sums up others, repeats the head, is a title or a note, or signed.
    private func leavesOut(
        _ row: SheetRow,
        _ context: CellContext,
        _ head: SheetHead,
        _ mapping: ColumnMapping,
        _ notes: inout SheetNotes
    ) -> Bool {
        var (filled, lone, isMapped) = (0, nil as SheetCell?, false)
        var (examples, others) = ([SheetCell](), 0)
        for cell in row.cells {
            let isText = cell.kind == .text || cell.kind == .sharedText
            if isText, isBlank(cell, row, context) { continue }
            // A formula over cells that nobody has filled yet.
            if cell.hasFormula, cell.isEmpty, !isText { continue }
            (filled, lone) = (filled + 1, cell)
            if mapping.index(ofSheetColumn: cell.column) != nil {
                if isText, isExample(cell, row, context) {
                    examples.append(cell)
                } else if !cell.hasFormula {
                    others += 1
                }
            }
            isMapped = isMapped || makesLine(cell, mapping)
            guard isText, mayName(cell, row, context) else { continue }
            let text = context.text(cell, row)
            if totals.contains(HeadWords.folded(text)) {
                notes.total(row.number, text)
                return true
            }
        }
        if filled == 0 || !isMapped { return true }
        if !examples.isEmpty {
            notes.note(examples, row.number, isWhole: others == 0)
            if others == 0 { return true }
        }
        if filled == 1, mapping.columns.count > 1, let lone, lone.kind == .text || lone.kind == .sharedText,
            !isYear(lone, row, context, mapping)
        {
            notes.title(row.number, context.text(lone, row))
            return true
        }
        if repeatsHead(row, context, head) { return true }
        if signs(row, mapping, context) {
            notes.title(
                row.number,
                row.cells.map { context.text($0, row).trimmed }.filter { !$0.isEmpty }.joined(separator: " ")
            )
            return true
        }
        return false
    }

    /// Notes what a line between rows says amounts count, 二、设备购置（单位：万元）; a head once more below one that says something else
    /// is the head of another table.
    private func noteMoney(_ row: SheetRow, _ pass: inout Pass) {
        if pass.isDatabase || !pass.value.context.isWorkbook { return }
        let context = pass.value.context
        if repeatsHead(row, context, pass.head) {
            if let above = pass.moneyAbove, above != (pass.head.money?.unit ?? Self.unit(of: pass.mapping)) {
                pass.isEnded = true
                pass.notes.anotherHead(row.number, above)
            }
            pass.moneyAbove = nil
            return
        }
        let texts = row.cells.filter { $0.kind == .text || $0.kind == .sharedText }.map { context.text($0, row) }
        if let unit = texts.lazy.compactMap(HeadWords.money(above:)).first { pass.moneyAbove = unit }
        if let unit = texts.lazy.compactMap(HeadWords.moneyNoted).first,
            unit != (pass.head.money?.unit ?? Self.unit(of: pass.mapping)), let text = texts.first
        {
            pass.notes.unitBelow(row.number, text.trimmed, unit)
        }
    }

    /// The money that amounts are read in where nothing above the table says it: that of heads, or that of the form.
    private static func unit(of mapping: ColumnMapping) -> FigureUnit? {
        mapping.columns.lazy.filter(\.column.isMoney).compactMap { $0.said ?? FigureUnit(rawValue: $0.column.unit) }
            .last
    }

    /// Whether a row has what three heads at least are called, in other columns than the head itself, and no number.
    private func isHead(_ row: SheetRow, _ pass: Pass) -> Bool {
        guard pass.headTexts.count > 2 else { return false }
        let context = pass.value.context
        var found = 0
        for cell in row.cells where !cell.isEmpty {
            guard cell.kind == .text || cell.kind == .sharedText, mayBegin(cell, row, context, pass.headStarts) else {
                // What is no head, and stands first, tells most rows.
                if found == 0 || cell.kind == .number { return false }
                continue
            }
            if pass.headTexts.contains(HeadWords.folded(context.text(cell, row))) { found += 1 }
        }
        return found > 2
    }

    private func mayBegin(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext, _ starts: TextStarts) -> Bool {
        row.withStored(cell) { stored in
            cell.kind == .sharedText
                ? context.texts.withText(CellContext.number(stored), starts.allow) : starts.allow(stored)
        }
    }

    /// 2022年 in a column of years is no title.
    private func isYear(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext, _ mapping: ColumnMapping) -> Bool {
        guard let index = mapping.index(ofSheetColumn: cell.column), mapping.columns[index].column.type == .integer
        else {
            return false
        }
        return WrittenNumber.year(context.text(cell, row)) != nil
    }

    /// Whether a row is where people sign, below a table that counts something: 单位负责人：| 财务负责人：| 填表人：.
    private func signs(_ row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext) -> Bool {
        guard mapping.columns.contains(where: { $0.column.type == .decimal }) else { return false }
        var (labels, isOpen) = (0, false)
        for cell in row.cells where !cell.isEmpty || cell.hasFormula {
            let isText = cell.kind == .text || cell.kind == .sharedText
            let text = isText ? context.text(cell, row).trimmed : ""
            if isText, text.isEmpty { continue }
            if text.contains("：") || text.contains(":") {
                labels += 1
                isOpen = text.last.map { "：:".contains($0) } ?? false
            } else if isOpen {
                // What is filled in behind a label: a name, a day.
                isOpen = false
            } else {
                return false
            }
        }
        return labels > 0
    }

    private func makesLine(_ cell: SheetCell, _ mapping: ColumnMapping) -> Bool {
        guard let index = mapping.index(ofSheetColumn: cell.column) else { return false }
        return filledBy.isEmpty || filledBy.contains(mapping.columns[index].position)
    }

    private func isBlank(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext) -> Bool {
        row.withStored(cell) { stored in
            cell.kind == .sharedText
                ? context.texts.withText(CellContext.number(stored)) { $0.allSatisfy { $0 <= 0x20 } }
                : stored.allSatisfy { $0 <= 0x20 }
        }
    }

    private func isExample(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext) -> Bool {
        row.withStored(cell) { stored in
            cell.kind == .sharedText
                ? context.texts.withText(CellContext.number(stored), ExampleMark.begins) : ExampleMark.begins(stored)
        }
    }

    /// Names of totals are short; longer texts need not be looked at.
    private func mayName(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext) -> Bool {
        func isShort(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
            text.count <= 40 && totalStarts.allow(text)
        }
        return row.withStored(cell) { stored in
            cell.kind == .sharedText ? context.texts.withText(CellContext.number(stored), isShort) : isShort(stored)
        }
    }

    /// Long tables print their head on every page.
    private func repeatsHead(_ row: SheetRow, _ context: CellContext, _ head: SheetHead) -> Bool {
        guard let first = head.columns.values.min(by: { $0.column < $1.column }),
            let cell = row.cells.first(where: { $0.column == first.column }),
            cell.kind == .text || cell.kind == .sharedText, context.text(cell, row) == first.text
        else { return false }
        return head.columns.values.allSatisfy { column, text in
            row.cells.contains { $0.column == column && context.text($0, row) == text }
        }
    }
}

/// How texts begin that are equal when they are folded; see ``HeadWords/folded(_:)``.
struct TextStarts {
    /// Latin letters in lower case, as bytes.
    private var letters = Set<UInt8>()
    /// The first three bytes of others.
    private var others = Set<UInt32>()

    init(of texts: Set<String>) {
        for text in texts {
            let bytes = Array(text.utf8.prefix(3))
            guard let first = bytes.first else { continue }
            if first < 0x80 { letters.insert(first) } else { others.insert(Self.number(bytes)) }
        }
    }

    /// Whether a text may be one of them. One that begins with what folding drops or narrows may always be.
    func allow(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        switch first {
        case 0xE3, 0xEF, 0..<0x30, UInt8(ascii: ":"), UInt8(ascii: "["): return true
        case 0x30..<0x80: return letters.contains((0x41...0x5A).contains(first) ? first | 0x20 : first)
        default: return others.contains(Self.number(text.prefix(3)))
        }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}

/// The values of cells that span rows: a text holds for all of them, an amount counts once.
private struct MergedValues {
    private let mapping: ColumnMapping
    private let hasNone: Bool
    private var kept: [(row: SheetRow, cell: SheetCell, last: Int)?]
    private var next: [Int]

    init(_ mapping: ColumnMapping) {
        self.mapping = mapping
        hasNone = mapping.columns.allSatisfy(\.merges.isEmpty)
        kept = Array(repeating: nil, count: mapping.columns.count)
        next = Array(repeating: 0, count: mapping.columns.count)
    }

    /// Keeps the cell where it is the first of a span.
    mutating func note(_ cell: SheetCell, _ row: SheetRow, _ index: Int) {
        if hasNone { return }
        let merges = mapping.columns[index].merges
        while next[index] < merges.count, merges[next[index]].lowerBound < row.number { next[index] += 1 }
        guard next[index] < merges.count, merges[next[index]].lowerBound == row.number else { return }
        kept[index] = (row, cell, merges[next[index]].upperBound)
        next[index] += 1
    }

    /// Fills the cells of a later row of the span.
    mutating func fill(_ number: Int, _ value: CellValue, _ builder: inout TableBuilder, _ notes: inout SheetNotes) {
        if hasNone { return }
        for index in kept.indices {
            guard let held = kept[index] else { continue }
            if number > held.last {
                kept[index] = nil
            } else if number > held.row.number {
                let column = mapping.columns[index]
                // A year is a name of what stands beside it, and holds for all of it.
                if column.column.type == .decimal || column.column.type == .integer && !column.column.unit.isEmpty {
                    notes.spanned(column.address(number))
                } else {
                    _ = value.append(held.cell, of: held.row, to: &builder, as: column)
                }
            }
        }
    }
}

extension MappedColumn {
    /// `F7`.
    func address(_ row: Int) -> String { CellAddress(column: sheetColumn, row: row)?.description ?? "" }
}
