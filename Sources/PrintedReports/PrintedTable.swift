internal import BudgetLines
public import ReviewModel

/// A table of a report, known by the words of its head; a head that is printed again after a page break is left out.
public struct PrintedTable: Sendable {
    public var kind: Kind
    /// The nearest line above it that is neither empty nor part of a table: `表 1 2026 年项目预算明细表（单位：元）`.
    public var caption: String
    public var header: Row
    public var rows: [Row]
    /// What its columns hold, as far as its head says so in words that are known.
    var columns: PrintedColumns?
    /// The line that says what its amounts are in; `nil` where nothing near it does.
    public internal(set) var unitLine: ReportText.Line?
    /// What the lines above it say that amounts are in.
    let saidUnit: PrintedUnit?
    /// Where sentences know its amounts in another unit, which is then the one that they are read in.
    public internal(set) var unitSlip: UnitSlip?
    /// Whether its rows are the columns of the printed one.
    public internal(set) var isTurned = false
    /// The step in yuan that its amounts in 万元 are rounded to, where sentences give two of them more exactly.
    public internal(set) var roundedTo: ExactDecimal?
    /// Which of its rows say again what others count.
    public internal(set) var rowParts = RowParts()
    /// A row that is too many, which is left out of its rows, or too few.
    public internal(set) var rowSlip: RowSlip?
    /// The items of a table of earlier years, and the total of each; none of other tables.
    public internal(set) var historyItems: [PrintedHistoryItem] = []
    /// How many of what an audit table has in all, requested, approved and cut, sentences give as well.
    var statedTotals = 0
    /// Whether it is the audit table of a section, one of several that only together are the whole.
    var isSection = false
    /// What sums up all sections, where it stood beneath this one.
    var totalOfSections: Row?
    /// What its columns and totals are called.
    let words: ReportWords
    /// Before which of its rows the head is printed again, after a page break.
    var repeats: [Int] = []
    /// Where each year has columns of its own; its rows are those of the printed one, once for each year.
    var yearColumns: YearColumns?

    /// What a person calls it: its caption, or where it begins where the line above it is none, but a sentence.
    public var name: LocalizedText {
        let isCaption = !caption.isEmpty && caption.count <= 50 && !caption.hasSuffix("。")
        if isCaption { return LocalizedText(caption) }
        return LocalizedText(zh: header.line.label.zh + "的表", en: "the table at " + header.line.label.en)
    }

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
        /// 项目资金 of a self-evaluation form: budget, payments, rate, points.
        case funds
        /// 资金来源: what a whole is made of, each part with its share.
        case composition
    }

    public struct Row: Sendable {
        public var line: ReportText.Line
        /// As printed, the empty ones too, without blanks at their ends.
        public var cells: [String]
        /// Whether the row sums up: 合计, 总计, 小计.
        public private(set) var isTotal: Bool

        init(_ line: ReportText.Line, _ words: ReportWords) {
            self.init(line, line.text.cells(keepsEmpty: true), words)
        }

        /// - Parameter cells: those of the row, where the line has them otherwise.
        init(_ line: ReportText.Line, _ cells: [String], _ words: ReportWords) {
            (self.line, self.cells) = (line, cells)
            isTotal = cells.first { !$0.isEmpty }.map { words.isTotal($0.folded) } ?? false
        }

        /// Whether it sums up some rows above it, not all: 小计.
        public var isSubtotal: Bool { isTotal && (isPartial || cells.contains { $0.folded.hasBytes(of: "小计") }) }

        /// Whether its words say that it sums up a part: 设备合计.
        private var isPartial = false

        /// Takes the row for one that sums up others.
        mutating func becomeTotal(ofPart isPartial: Bool) { (isTotal, self.isPartial) = (true, isPartial) }

        /// The cells that hold something.
        public var filled: [String] { cells.filter { !$0.isEmpty } }

        /// The row with what stands below it, where a head has two rows: of each column the lower words, or else the upper ones. Where the lower
        /// words are those of several columns, 申报（数量、金额） beside 审核（数量、金额）, the merged ones above them say which.
        /// Whose they are stands before what they are, whichever is the upper: 审定金额 of 审定 beneath 金额.
        func over(_ lower: Row, _ words: ReportWords) -> Row {
            var joined = self
            let count = Swift.max(cells.count, lower.cells.count)
            var above = ""
            joined.cells = (0..<count).map { column in
                let below = column < lower.cells.count ? lower.cells[column] : ""
                let own = column < cells.count ? cells[column] : ""
                if !own.isEmpty || below.isEmpty { above = own }
                if below.isEmpty { return own }
                if lower.cells.count(where: { $0 == below }) < 2 { return below }
                let sides = words["asked_heads"] + words["granted_heads"]
                return sides.isOne(below.folded) ? below + above : above + below
            }
            return joined
        }

        /// Whether it is the lower row of a head that has two: it stands beneath the merged cells of the upper one, and is empty where
        /// these go through both rows, as that of the names does.
        func completes(_ upper: Row) -> Bool {
            guard isWordy, cells.count == upper.cells.count, cells[0].isEmpty, !upper.cells[0].isEmpty else {
                return false
            }
            return zip(upper.cells, cells).contains { $0.isEmpty && !$1.isEmpty }
        }

        /// Whether it has words and no figure, as heads have.
        var isWordy: Bool {
            filled.count > 1 && !cells.contains { PrintedNumber($0) != nil || $0.isAmountOfMoney }
        }

        /// The kind of table whose required words it has; a head has words and no number.
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

/// Rows that stand together and belong to no table that is known.
public struct UnreadTable: Sendable {
    /// What the nearest line above it says.
    public var caption: String
    /// The first row, which is its head in most cases.
    public var head: PrintedTable.Row { rows[0] }
    public var rowCount: Int { rows.count }
    /// What the lines above it say that amounts are in, and which of them does.
    var said: (unit: PrintedUnit, line: ReportText.Line)?
    /// All of them, the first too; there are two at least.
    public var rows: [PrintedTable.Row]
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

extension String {
    /// Whether it is an amount with its unit, 1,260,000.00元, as values of forms are and heads are not.
    fileprivate var isAmountOfMoney: Bool {
        guard let first = utf8.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first, let amount = PrintedAmount(self)
        else { return false }
        return amount.value != nil && ["元", "万元"].contains(amount.unit)
    }
}
