import OfficeFiles
import ReviewModel

/// Rows below a table that are none of it: where people sign, with a colon behind each label or without, opinions that officials have written,
/// notes.
struct SignedRows {
    private let words: SheetWords

    init(_ words: SheetWords) { self.words = words }

    /// Whether a row is such a one.
    ///
    /// - Parameter isBelow: whether nothing is counted any more in the rows below; `false` where nobody knows.
    func has(_ row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext, isBelow: Bool) -> Bool {
        if mapping.columns.contains(where: { $0.column.type == .decimal }) {
            if isNote(row, mapping, context) || hasLabels(row, context) { return true }
            return isSigned(row, mapping, context, isBelow: isBelow)
                || isBelow && isOpinion(row, mapping, context)
        }
        // Where nothing is counted, any row may begin with a label; the words of signatures are none of a line's.
        let saysSo = row.cells.contains { cell in
            guard cell.holdsText else { return false }
            let text = context.text(cell, row)
            guard text.contains("：") || text.contains(":") else { return false }
            return words["signed_within"].contains { text.contains($0) }
                || words["stamps"].contains { text.contains("（\($0)）") || text.contains("(\($0))") }
        }
        return saysSo || isShortNote(row, mapping, context) || isSigned(row, mapping, context, isBelow: true)
            || isOpinion(row, mapping, context)
    }

    // MARK: With colons

    /// 单位负责人：| 财务负责人：| 填表人：张三 | 2025-10-08, below a table that counts something.
    private func hasLabels(_ row: SheetRow, _ context: CellContext) -> Bool {
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
            } else if isOpen || labels > 0 && isText && (CalendarDate(written: text) != nil || isStamp(text)) {
                // What is filled in behind a label: a name, a day; the day may stand by itself.
                isOpen = false
            } else {
                return false
            }
        }
        return labels > 0
    }

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
            if isFirst, !context.withText(cell, row, { words.noteStarts.allow($0) }), !isBlank(cell, row, context) {
                return false
            }
            let text = context.text(cell, row).trimmed
            if text.isEmpty { continue }
            if isFirst {
                let label = text.prefix { $0 != "：" && $0 != ":" }
                guard words.notes.contains(HeadWords.folded(String(label))) else { return false }
                isFirst = false
            } else if isNumber(text, cell.column, mapping) {
                return false
            }
        }
        return !isFirst
    }

    /// 注 | 本表一式两份, at the left of a table that counts nothing.
    private func isShortNote(_ row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext) -> Bool {
        let filled = row.cells.filter { !$0.isEmpty && !($0.holdsText && isBlank($0, row, context)) }
        guard filled.count == 2, filled[0].column <= mapping.columns.first?.sheetColumn ?? 1 else { return false }
        return isNote(row, mapping, context)
    }

    private func isBlank(_ cell: SheetCell, _ row: SheetRow, _ context: CellContext) -> Bool {
        context.withText(cell, row) { $0.allSatisfy { $0 <= 0x20 } }
    }

    // MARK: Without

    /// 填表人 | 王芳 | 审核人 | 李强, or 制表 赵蕾 | 复核 钱进: two labels at least, or one below everything that is counted.
    private func isSigned(_ row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext, isBelow: Bool) -> Bool {
        var (labels, sure, texts, isOpen) = (0, 0, 0, false)
        for cell in row.cells where !cell.isEmpty || cell.hasFormula {
            if texts == 0 {
                guard cell.holdsText,
                    context.withText(cell, row, { words.signatureStarts.allow($0) }) || isBlank(cell, row, context)
                else { return false }
            }
            let text = cell.holdsText ? context.text(cell, row).trimmed : ""
            if cell.holdsText, text.isEmpty { continue }
            texts += 1
            if let found = label(text) {
                (labels, sure, isOpen) = (labels + 1, sure + (found.isSure ? 1 : 0), found.isBare)
            } else if isStamp(text) || isDay(text) {
                isOpen = false
            } else if isOpen, labels > 0, !cell.hasFormula, text.count <= 20 {
                // What is filled in: a name, a telephone; a number in a column of numbers only where more than this is signed.
                if !cell.holdsText || isNumber(text, cell.column, mapping), labels < 2 { return false }
                isOpen = false
            } else {
                return false
            }
        }
        return labels > 1 || labels == 1 && sure == 1 && texts < 4 && isBelow
    }

    /// - Returns: whether nothing else can be meant, and whether what is filled in stands in the next cell; `nil` for what is no label.
    private func label(_ text: String) -> (isSure: Bool, isBare: Bool)? {
        var words = HeadWords.folded(text)
        if self.words.signatures.contains(words) { return (true, true) }
        if self.words.shortSignatures.contains(words) { return (false, true) }
        // 填表人 王芳, 审核：刘洋.
        guard let end = text.firstIndex(where: { $0.isWhitespace || "：:".contains($0) }), text.count <= 60 else {
            return nil
        }
        words = HeadWords.folded(String(text[..<end]))
        if words.isEmpty { return nil }
        return self.words.signatures.contains(words) || self.words.shortSignatures.contains(words)
            ? (true, text[end...].allSatisfy { $0.isWhitespace || "：:".contains($0) }) : nil
    }

    /// （公章）, or 盖章.
    private func isStamp(_ text: String) -> Bool {
        guard text.count <= 12 else { return false }
        let inner = text.filter { !$0.isWhitespace && !"()（）".contains($0) }
        return words["stamps"].contains { inner.hasSuffix($0) }
    }

    /// A day, or where one is to be written: 年 月 日.
    private func isDay(_ text: String) -> Bool {
        CalendarDate(written: text) != nil || text.filter { !$0.isWhitespace } == "年月日"
    }

    /// 主管部门审核意见 | 同意申报。: a label at the left of the table, and one text.
    private func isOpinion(_ row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext) -> Bool {
        var (texts, left) = ([String](), 0)
        // Nearly all rows have more cells than these, which is seen without making texts of them.
        let filled = row.cells.count { !$0.isEmpty && !($0.holdsText && isBlank($0, row, context)) }
        guard filled == 1 || filled == 2 else { return false }
        for cell in row.cells where !cell.isEmpty || cell.hasFormula {
            guard cell.holdsText else { return false }
            let text = context.text(cell, row).trimmed
            if text.isEmpty { continue }
            if texts.isEmpty { left = cell.column }
            if !texts.isEmpty, isNumber(text, cell.column, mapping) { return false }
            texts.append(text)
            if texts.count > 2 { return false }
        }
        guard let first = texts.first, left <= mapping.columns.first?.sheetColumn ?? 1 else { return false }
        let label = HeadWords.folded(first)
        return label.count <= 20 && words.opinions.contains(where: label.hasSuffix)
    }

    private func isNumber(_ text: String, _ sheetColumn: Int, _ mapping: ColumnMapping) -> Bool {
        guard let index = mapping.index(ofSheetColumn: sheetColumn), mapping.columns[index].column.type == .decimal,
            text.contains(where: \.isNumber)
        else { return false }
        return (WrittenNumber.read(text, asPercent: false) ?? WrittenNumber.counted(text)) != nil
    }
}
