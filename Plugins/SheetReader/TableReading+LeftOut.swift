import OfficeFiles
import ReviewModel
import Tables

// MARK: - Rows that are none

extension TableReading {
    /// Whether the row holds nothing of the table: it is blank, sums up others, repeats the head, is a title or a note, or signed.
    func leavesOut(
        _ row: SheetRow,
        _ context: CellContext,
        _ head: SheetHead,
        _ mapping: ColumnMapping,
        isBelow: Bool,
        _ notes: inout SheetNotes
    ) -> Bool {
        var (filled, lone, isMapped, saysSomething) = (0, nil as SheetCell?, false, false)
        var (examples, others, isBeside) = ([SheetCell](), 0, true)
        if settings.words.isExample(row, context) {
            notes.example(row.number)
            return true
        }
        for cell in row.cells {
            let isText = cell.holdsText
            let looks = isText ? context.withText(cell, row) { TextLooks(of: $0, totalStarts) } : TextLooks()
            if looks.isBlank { continue }
            // A formula over cells that nobody has filled yet.
            if cell.hasFormula, cell.isEmpty, !isText { continue }
            (filled, lone) = (filled + 1, cell)
            if let index = mapping.index(ofSheetColumn: cell.column) {
                isBeside = false
                isMapped = isMapped || filledBy.isEmpty || filledBy.contains(mapping.columns[index].position)
                saysSomething = saysSomething || !isZero(cell, row, context)
                if looks.isExample {
                    examples.append(cell)
                } else if !cell.hasFormula {
                    others += 1
                }
            }
            guard looks.mayNameTotal else { continue }
            let text = context.text(cell, row)
            if totals.contains(HeadWords.folded(text)) {
                notes.total(row.number, text)
                return true
            }
        }
        // Rows that wait to be filled in: nothing, or formulas that come to nothing.
        if filled == 0 || !isMapped || !saysSomething {
            if filled > 0, isBeside { noteBeside(row, context, &notes) }
            return true
        }
        if !examples.isEmpty {
            notes.note(examples, row.number, isWhole: others == 0)
            if others == 0 { return true }
        }
        if filled == 1, mapping.columns.count > 1, let lone, lone.holdsText,
            !isYear(lone, row, context, mapping)
        {
            notes.title(row.number, context.text(lone, row))
            notes.titleRow = row.number
            return true
        }
        if repeatsHead(row, context, head) { return true }
        if signed.has(row, mapping, context, isBelow: isBelow) {
            notes.title(row.number, Self.texts(of: row, context).joined(separator: " "))
            return true
        }
        return false
    }

    private static func texts(of row: SheetRow, _ context: CellContext) -> [String] {
        row.cells.map { context.text($0, row).trimmed }.filter { !$0.isEmpty }
    }

    /// Notes a row with words beside the columns that are read, and none in them: a note over the whole table, an opinion.
    private func noteBeside(_ row: SheetRow, _ context: CellContext, _ notes: inout SheetNotes) {
        let texts = row.cells.filter(\.holdsText).map { context.text($0, row).trimmed }.filter { !$0.isEmpty }
        guard texts.contains(where: { $0.count { $0.isLetter } > 1 }) else { return }
        notes.title(row.number, texts.joined(separator: " "))
    }

    /// Notes what a line between rows says amounts count, 二、设备购置（单位：万元）; a head once more below one that says something else
    /// is the head of another table.
    func noteMoney(_ row: SheetRow, _ pass: inout Pass) {
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
        let texts = row.cells.filter(\.holdsText).map { context.text($0, row) }
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

    /// Keeps the names in cells over several rows of which the first is no line: 2023 beside 小计 and the lines below it.
    func keepNames(_ row: SheetRow, _ pass: inout Pass) {
        for cell in row.cells {
            guard let index = pass.mapping.index(ofSheetColumn: cell.column),
                pass.mapping.columns[index].column.type != .decimal
            else { continue }
            pass.merged.note(cell, row, index)
        }
    }

    /// Keeps what a row that is no line calls those below it; a sum ends what stands above it.
    func noteHeading(_ row: SheetRow, isSum: Bool, _ pass: inout Pass) {
        let context = pass.value.context
        if pass.isDatabase || row.cells.allSatisfy({ $0.isEmpty || context.text($0, row).trimmed.isEmpty }) { return }
        if repeatsHead(row, context, pass.head) { return }
        let isTotal = row.cells.contains { cell in
            guard cell.holdsText else { return false }
            let folded = HeadWords.folded(context.text(cell, row))
            return folded.count <= 20 && totals.contains { folded.hasSuffix($0) || folded.hasPrefix($0) }
        }
        pass.continued.end(behind: row, isSum: isSum || isTotal, pass.mapping, context)
        pass.heading = GroupHeading(row, pass.mapping, context, totals: totals, isSum: isSum)
    }

    /// Whether a row has what three heads at least are called, in other columns than the head itself, and no number; or more words for
    /// columns of any table of the form than others.
    func isHead(_ row: SheetRow, _ pass: Pass) -> Bool {
        guard pass.headTexts.count > 2 || !pass.otherHeads.isEmpty else { return false }
        let context = pass.value.context
        var (own, others, texts) = (0, 0, 0)
        for cell in row.cells where !cell.isEmpty {
            guard cell.holdsText, mayBegin(cell, row, context, pass.headStarts) else {
                // What is no head, and stands first, tells most rows.
                if others == 0 || cell.kind == .number { return false }
                texts += 1
                continue
            }
            let text = HeadWords.folded(context.text(cell, row))
            if pass.plainHeads.contains(text) { continue }
            let isOwn = pass.headTexts.contains(text)
            own += isOwn ? 1 : 0
            others += isOwn || pass.otherHeads.contains(text) ? 1 : 0
            texts += 1
        }
        // 项目 | 金额 below a title is a head, too.
        if pass.notes.titleRow == row.number - 1, others > 1, others == texts { return true }
        return pass.headTexts.count > 2 && own > 2 || others > 2 && others * 2 > texts
    }

    private func mayBegin(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext, _ starts: TextStarts) -> Bool {
        context.withText(cell, row) { starts.allow($0) }
    }

    /// 2022年 in a column of years is no title.
    private func isYear(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext, _ mapping: ColumnMapping) -> Bool {
        guard let index = mapping.index(ofSheetColumn: cell.column), mapping.columns[index].column.type == .integer
        else {
            return false
        }
        return WrittenNumber.year(context.text(cell, row)) != nil
    }

    private func isZero(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext) -> Bool {
        guard case .number = cell.kind else { return false }
        return context.withStored(cell, row) { $0.allSatisfy { $0 == 0x30 || $0 == 0x2E } }
    }

    private func isBlank(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext) -> Bool {
        context.withText(cell, row, Self.isBlank)
    }

    private static func isBlank(_ text: UnsafeBufferPointer<UInt8>) -> Bool { text.allSatisfy { $0 <= 0x20 } }

    /// What a cell's text is by its bytes, looked at once.
    private struct TextLooks {
        var isBlank = false
        var isExample = false
        /// Names of totals are short, and nearly all texts begin otherwise.
        var mayNameTotal = false

        init() {}

        init(of text: UnsafeBufferPointer<UInt8>, _ totalStarts: TextStarts) {
            isBlank = TableReading.isBlank(text)
            isExample = ExampleMark.begins(text)
            mayNameTotal = text.count <= 40 && totalStarts.allow(text)
        }
    }

    /// Long tables print their head on every page.
    func repeatsHead(_ row: SheetRow, _ context: CellContext, _ head: SheetHead) -> Bool {
        guard let first = head.first,
            let cell = row.cells.first(where: { $0.column == first.column }),
            cell.holdsText,
            context.withText(cell, row, { $0.elementsEqual(first.text.utf8) })
        else { return false }
        return head.columns.values.allSatisfy { column, text in
            row.cells.contains { $0.column == column && context.text($0, row) == text }
        }
    }
}
