internal import BudgetLines
public import ReviewModel

/// A table of a report, known by the words of its head; a head that is printed again after a page break is left out.
public struct PrintedTable: Sendable {
    public var kind: Kind
    /// The nearest line above it that is neither empty nor part of a table: `表 1 2026 年项目预算明细表（单位：元）`.
    public var caption: String
    public var header: Row
    public var rows: [Row]
    /// What its columns and totals are called.
    let words: ReportWords

    /// The tables that the reviews of this field print.
    public enum Kind: String, Sendable, CaseIterable {
        /// 预算明细表: what is asked for, line by line.
        case budget
        /// 预算审核明细表: requested, approved and deducted, line by line.
        case audit
        /// 近三年项目预算及执行情况.
        case history
        /// 绩效目标: kind, name, value, basis.
        case targets
        /// 评分表: points and self score by indicator.
        case scoreSheet
        /// 指标体系: weights and criteria.
        case indicators
        /// A1…C3: criteria with points and evidence.
        case criteria
    }

    public struct Row: Sendable {
        public var line: ReportText.Line
        /// As printed, the empty ones too, without blanks at their ends.
        public var cells: [String]
        /// Whether the row sums up: 合计, 总计, 小计.
        public private(set) var isTotal: Bool

        init(_ line: ReportText.Line, _ words: ReportWords) {
            self.line = line
            cells = line.text.cells(keepsEmpty: true)
            isTotal = cells.first { !$0.isEmpty }.map { words["totals"].isOne($0.folded) } ?? false
        }

        /// The cells that hold something.
        public var filled: [String] { cells.filter { !$0.isEmpty } }

        /// The kind of table that the row is the head of; a head has words and no number.
        func headedKind(_ words: ReportWords) -> Kind? {
            if cells.contains(where: { $0.utf8.first.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false }) {
                return nil
            }
            let folded = cells.map(\.folded)
            return Kind.allCases.first { kind in
                guard let heads = words.heads[kind], !heads.isEmpty else { return false }
                return heads.allSatisfy { any in folded.contains(where: any.end) }
            }
        }
    }
}

extension [ReportText.Line] {
    /// The tables whose head is known, in order.
    func printedTables(_ words: ReportWords) -> [PrintedTable] {
        var (tables, caption, isInside) = ([PrintedTable](), "", false)
        for line in self where !line.folded.isEmpty {
            guard line.isTableRow else {
                (caption, isInside) = (line.text.trimmed, false)
                continue
            }
            let row = PrintedTable.Row(line, words)
            if row.filled.isEmpty { continue }
            if let kind = row.headedKind(words) {
                let isRepeated = isInside && tables.last.map { $0.header.cells == row.cells } ?? false
                if !isRepeated {
                    tables.append(PrintedTable(kind: kind, caption: caption, header: row, rows: [], words: words))
                }
                isInside = true
            } else if isInside {
                tables[tables.count - 1].rows.append(row)
            }
        }
        return tables
    }
}

// MARK: - Cells

/// A number as a table prints it: `1,703,200.00`, `146,792. 00`, `95.04%`; a dash is nothing, 0.
public struct PrintedNumber: Sendable, Hashable {
    public var value: ExactDecimal
    public var isPercent: Bool

    public init?(_ cell: Substring) { self.init(String(cell)) }

    public init?(_ cell: String) {
        // Most cells hold words, which a glance at the first byte tells.
        guard let first = cell.utf8.first, first < 0xE4 || first > 0xE9 else { return nil }
        var digits = cell.folded.unicodeScalars
        digits.removeAll { $0 == "，" }
        isPercent = digits.last == "%" || digits.last == "％"
        if isPercent { digits.removeLast() }
        if digits.count == 1, digits.first.map(Self.dashes.contains) ?? false { digits = "0.00".unicodeScalars }
        guard digits.first?.isDigit == true, let value = ExactDecimal(utf8: String(digits).utf8) else { return nil }
        self.value = value
    }

    private static let dashes: Set<Unicode.Scalar> = ["-", "–", "—"]
}

extension PrintedTable.Row {
    /// The first `count` cells that are numbers and stand side by side, and where they begin.
    ///
    /// Converters move the cells of a merged row to the left, so columns are found by their numbers, not by their position.
    public func numbers(_ count: Int) -> (start: Int, values: [PrintedNumber])? {
        var values: [PrintedNumber] = []
        for (position, cell) in cells.enumerated() {
            guard let number = PrintedNumber(cell) else {
                values.removeAll(keepingCapacity: true)
                continue
            }
            values.append(number)
            if values.count == count { return (position + 1 - count, values) }
        }
        return nil
    }
}
