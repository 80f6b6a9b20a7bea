import BudgetLines
import PrintedReports
import ReviewModel

/// A table as rows of numbers, whatever it is about: each cell a number or none, beneath the words of its head.
struct NumberGrid: Sendable {
    struct Cell: Sendable {
        var value: ExactDecimal
        var isPercent: Bool
        /// A dash: nothing is there, which a sum takes for nought.
        var isDash = false
        var printed: String

        init?(_ cell: String) {
            printed = cell.trimmed
            // Most cells hold words, which a glance at the first byte tells.
            guard let first = printed.utf8.first, first < 0xE4 || first > 0xE9 else { return nil }
            var text = printed.folded.filter { $0 != "，" && $0 != "," && $0 != "¥" && $0 != "￥" }
            if ["-", "–", "—", "/", "－"].contains(text) {
                (value, isPercent, isDash) = (.zero, false, true)
                return
            }
            var isNegative = false
            if text.hasPrefix("（"), text.hasSuffix("）") {
                (text, isNegative) = (String(text.dropFirst().dropLast()), true)
            } else if let sign = text.first, "-−－–".contains(sign) {
                (text, isNegative) = (String(text.dropFirst()), true)
            } else if let sign = text.first, "+＋".contains(sign) {
                text = String(text.dropFirst())
            }
            isPercent = text.hasSuffix("%") || text.hasSuffix("％")
            if isPercent { text.removeLast() }
            guard text.first.map({ $0.isASCII && $0.isNumber }) ?? false, text.count <= 24,
                let number = ExactDecimal(utf8: text.utf8)
            else { return nil }
            value = isNegative ? -number : number
        }

        /// Three digits that say something, noughts at both ends aside: hardly met by chance.
        var isTelling: Bool { digits >= 3 }

        /// How many digits it has, noughts at both ends aside.
        var digits: Int {
            var digits = value.magnitude.withoutTrailingZeros.description.filter { $0 != "." }.drop { $0 == "0" }
            while digits.last == "0" { digits.removeLast() }
            return digits.count
        }
    }

    struct Row: Sendable {
        var line: ReportText.Line
        /// As printed, with the cells that are no numbers.
        var texts: [String]
        var cells: [Cell?]
        var isTotal: Bool
        var isSubtotal: Bool

        /// What names it: its first cell with words.
        var name: String {
            texts.first { text in text.contains { !$0.isASCII && !$0.isNumber } && Cell(text) == nil }?.trimmed
                ?? texts.first { !$0.isEmpty }?.trimmed ?? ""
        }

        /// 一 or （一） before the name, or the number before it; `nil` for none.
        var level: Int? {
            guard let first = texts.first(where: { !$0.isEmpty })?.folded, !first.isEmpty else { return nil }
            let numerals = "一二三四五六七八九十"
            let bare = first.prefix { numerals.contains($0) }
            if !bare.isEmpty, bare.count <= 2 {
                let rest = first.dropFirst(bare.count)
                return rest.isEmpty || "、.．".contains(rest.first ?? " ") ? 0 : nil
            }
            if first.hasPrefix("（"), let inner = first.dropFirst().first, numerals.contains(inner) { return 1 }
            let digits = first.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, digits.count <= 3 else { return nil }
            let rest = first.dropFirst(digits.count)
            return rest.isEmpty || "、.．".contains(rest.first ?? " ") && !(rest.dropFirst().first?.isPlainDigit ?? false)
                ? 2 : nil
        }
    }

    let name: LocalizedText
    /// What heads are called.
    let words: ReportWords
    let head: ReportText.Line
    /// The lowest words above each column.
    let heads: [String]
    let rows: [Row]
    /// The columns that hold numbers in two rows at least.
    let numeric: [Int]

    /// `nil` where it has too few rows, or too many for a reader of tables to find anything by.
    init?(
        _ name: LocalizedText,
        _ heads: [String],
        _ head: ReportText.Line,
        _ rows: [PrintedTable.Row],
        _ words: ReportWords
    ) {
        let width = heads.count
        let whole = rows.filter { $0.cells.count == width && !$0.filled.isEmpty }
        guard (2...24).contains(width), (2...2_000).contains(whole.count) else { return nil }
        self.name = name
        self.words = words
        self.head = head
        self.heads = heads.map(\.folded)
        self.rows = whole.map { row in
            Row(
                line: row.line,
                texts: row.cells,
                cells: row.cells.map(Cell.init),
                isTotal: row.isTotal || row.cells.prefix(3).contains { words.isTotal($0.folded) },
                isSubtotal: row.isSubtotal
            )
        }
        let found = self.rows
        numeric = heads.indices.filter { column in
            !notNumbers.contains(where: heads[column].folded.hasBytes)
                && found.count { $0.cells[column].map { !$0.isDash } ?? false } > 1
        }
    }

    /// What has two columns has names and one number, which relations between columns need not be looked for in.
    var isNarrow: Bool { heads.count < 3 }

    /// The row that sums up all, where one does.
    var grandTotal: Row? {
        let totals = rows.filter { $0.isTotal && !$0.isSubtotal }
        return totals.count == 1 && rows.last?.isTotal == true ? totals[0] : nil
    }

    /// Whether a column has nothing but years in it, whatever its head says.
    func holdsYears(_ column: Int) -> Bool {
        rows.allSatisfy { row in
            guard let cell = row.cells[column] else { return true }
            return cell.value.places == 0 && cell.value >= 1990 && cell.value <= 2100
        }
    }

    /// The tables of a report, each once; one that is not known has a head of its rows without a number.
    static func all(in report: ReportText) -> [NumberGrid] {
        var seen: Set<Int> = []
        var grids: [NumberGrid] = []
        for table in report.printedTables where seen.insert(table.header.line.number).inserted && !table.isTurned {
            if let grid = NumberGrid(table.name, table.header.cells, table.header.line, table.rows, report.words) {
                grids.append(grid)
            }
        }
        for table in report.unreadTables {
            let width = table.head.cells.count
            var height = table.rows.prefix { row in !row.cells.contains { $0.isFigure } }.count
            // A table of words alone has a head of one row.
            if height == table.rows.count, height > 3 { height = 1 }
            guard (1...2).contains(height) else { continue }
            var heads = table.head.cells
            if height == 2, table.rows[1].cells.count == width {
                heads = zip(heads, table.rows[1].cells).map { $1.isEmpty ? $0 : $1 }
            }
            let isCaption = !table.caption.isEmpty && table.caption.count <= 50 && !table.caption.hasSuffix("。")
            let place = table.head.line.label
            let name =
                isCaption && table.caption.folded.hasBytes(of: "表")
                ? LocalizedText(table.caption) : LocalizedText(zh: place.zh + "的表", en: "the table at " + place.en)
            if let grid = NumberGrid(name, heads, table.head.line, Array(table.rows.dropFirst(height)), report.words) {
                grids.append(grid)
            }
        }
        return grids.sorted { $0.head.number < $1.head.number }
    }
}

extension String {
    /// Whether a cell holds a figure, not a year or a word with a digit in it.
    fileprivate var isFigure: Bool { NumberGrid.Cell(self).map { !$0.isDash } ?? false }
}

/// Columns whose digits are names.
private let notNumbers = ["序号", "编号", "年度", "年份", "电话", "日期", "时间", "文号", "代码", "项次"]
