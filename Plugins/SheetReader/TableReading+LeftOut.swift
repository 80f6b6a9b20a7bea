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
        _ notes: inout SheetNotes
    ) -> Bool {
        var (filled, lone, isMapped, saysSomething) = (0, nil as SheetCell?, false, false)
        var (examples, others) = ([SheetCell](), 0)
        for cell in row.cells {
            let isText = cell.holdsText
            let looks = isText ? context.withText(cell, row) { TextLooks(of: $0, totalStarts) } : TextLooks()
            if looks.isBlank { continue }
            // A formula over cells that nobody has filled yet.
            if cell.hasFormula, cell.isEmpty, !isText { continue }
            (filled, lone) = (filled + 1, cell)
            if mapping.index(ofSheetColumn: cell.column) != nil {
                saysSomething = saysSomething || !isZero(cell, row)
                if looks.isExample {
                    examples.append(cell)
                } else if !cell.hasFormula {
                    others += 1
                }
            }
            isMapped = isMapped || makesLine(cell, mapping)
            guard looks.mayNameTotal else { continue }
            let text = context.text(cell, row)
            if totals.contains(HeadWords.folded(text)) {
                notes.total(row.number, text)
                return true
            }
        }
        // Rows that wait to be filled in: nothing, or formulas that come to nothing.
        if filled == 0 || !isMapped || !saysSomething { return true }
        if !examples.isEmpty {
            notes.note(examples, row.number, isWhole: others == 0)
            if others == 0 { return true }
        }
        if filled == 1, mapping.columns.count > 1, let lone, lone.holdsText,
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
            let isOwn = pass.headTexts.contains(text)
            own += isOwn ? 1 : 0
            others += isOwn || pass.otherHeads.contains(text) ? 1 : 0
            texts += 1
        }
        return pass.headTexts.count > 2 && own > 2 || others > 2 && others * 2 > texts
    }

    private func mayBegin(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext, _ starts: TextStarts) -> Bool {
        context.withText(cell, row, starts.allow)
    }

    /// 2022年 in a column of years is no title.
    private func isYear(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext, _ mapping: ColumnMapping) -> Bool {
        guard let index = mapping.index(ofSheetColumn: cell.column), mapping.columns[index].column.type == .integer
        else {
            return false
        }
        return WrittenNumber.year(context.text(cell, row)) != nil
    }

    /// Whether a row is where people sign, below a table that counts something, 单位负责人：| 财务负责人：| 填表人：张三 | 2025-10-08, or a note
    /// in several cells: 备注：1. … | 2. ….
    private func signs(_ row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext) -> Bool {
        guard mapping.columns.contains(where: { $0.column.type == .decimal }) else {
            // Where nothing is counted, any row may begin with a label; the words of signatures are none of a line's.
            return row.cells.contains { cell in
                guard cell.holdsText else { return false }
                let text = context.text(cell, row)
                return Self.signatures.contains { text.contains($0) } && (text.contains("：") || text.contains(":"))
            }
        }
        if isNote(row, mapping, context) { return true }
        // Nearly all rows are known by their first cell to be none, before a text is made of it.
        if let first = row.cells.first(where: { !$0.isEmpty || $0.hasFormula }), !mayBeLabel(first, row, context) {
            return false
        }
        var (labels, isOpen) = (0, false)
        for cell in row.cells where !cell.isEmpty || cell.hasFormula {
            let isText = cell.holdsText
            let text = isText ? context.text(cell, row).trimmed : ""
            if isText, text.isEmpty { continue }
            if text.contains("：") || text.contains(":") {
                labels += 1
                isOpen = text.last.map { "：:".contains($0) } ?? false
            } else if isOpen || labels > 0 && isText && CalendarDate(written: text) != nil {
                // What is filled in behind a label: a name, a day; the day may stand by itself.
                isOpen = false
            } else {
                return false
            }
        }
        return labels > 0
    }

    private static let signatures = ["（盖章）", "(盖章)", "（签字）", "(签字)", "（签章）", "(签章)", "填表人", "填报人", "制表人", "经办人"]

    /// What people call the notes below a table.
    private static let notes: Set<String> = [
        "注", "备注", "附注", "说明", "填表说明", "填报说明", "编制说明", "note", "notes", "remark", "remarks",
    ]

    private static let noteStarts = TextStarts(of: notes)

    /// Whether a cell may be a label, 填表人：, or has nothing to read.
    private func mayBeLabel(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext) -> Bool {
        guard cell.holdsText else { return false }
        // The last byte of a wide colon; other characters may end so, too.
        func hasColon(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            bytes.contains { $0 == 0x3A || $0 == 0x9A } || bytes.first == 0xE3 || bytes.allSatisfy { $0 <= 0x20 }
        }
        return context.withText(cell, row, hasColon)
    }

    /// Whether the first cell says that a note follows, and nothing in the row is a number.
    private func isNote(_ row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext) -> Bool {
        var isFirst = true
        for cell in row.cells where !cell.isEmpty || cell.hasFormula {
            guard cell.holdsText else { return false }
            if isFirst, !mayBegin(cell, row, context, Self.noteStarts), !isBlank(cell, row, context) { return false }
            let text = context.text(cell, row).trimmed
            if text.isEmpty { continue }
            if isFirst {
                let label = text.prefix { $0 != "：" && $0 != ":" }
                guard Self.notes.contains(HeadWords.folded(String(label))) else { return false }
                isFirst = false
            } else if let index = mapping.index(ofSheetColumn: cell.column),
                mapping.columns[index].column.type == .decimal, text.contains(where: \.isNumber),
                WrittenNumber.read(text, asPercent: false) ?? WrittenNumber.counted(text) != nil
            {
                return false
            }
        }
        return !isFirst
    }

    private func makesLine(_ cell: SheetCell, _ mapping: ColumnMapping) -> Bool {
        guard let index = mapping.index(ofSheetColumn: cell.column) else { return false }
        return filledBy.isEmpty || filledBy.contains(mapping.columns[index].position)
    }

    private func isZero(_ cell: SheetCell, _ row: SheetRow) -> Bool {
        cell.kind == .number && row.withStored(cell) { $0.allSatisfy { $0 == 0x30 || $0 == 0x2E } }
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
