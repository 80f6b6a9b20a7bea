internal import BudgetLines
public import ReviewModel

/// A report as lines of text, as a converter writes it: cells of a table are parted by tabs, and pages by blank lines.
public struct ReportText: Sendable {
    public let lines: [Line]
    /// What its tables and texts are called.
    public let words: ReportWords
    /// The tables whose head is known, in the order of the report.
    public let printedTables: [PrintedTable]
    /// Rows that stand together under no head that is known.
    public let unreadTables: [UnreadTable]
    /// Everything but tables, joined again where a page break cut it.
    public let paragraphs: [ReportParagraph]

    public struct Line: Sendable {
        /// Counts from 1.
        public var number: Int
        public var text: String
        /// What the checks walk over, taken apart once.
        public var scalars: [Unicode.Scalar]
        /// The text as ``Swift/StringProtocol/folded`` has it.
        public var folded: String
        public var isTableRow: Bool

        /// The cells of a row without the empty ones.
        public var filledCells: [String] { text.cells(keepsEmpty: false) }

        /// Where the line stands, for a step whose setting `report` holds the text.
        public var spot: Spot { ReportText.spot(line: number) }

        init(number: Int, text: String) {
            self.number = number
            self.text = text
            scalars = Array(text.unicodeScalars)
            folded = text.folded
            isTableRow = text.utf8.contains(UInt8(ascii: "\t"))
        }
    }

    /// - Parameter words: what its tables and texts are called.
    public init(_ text: String, words: ReportWords = .standard) {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for index in lines.indices.dropLast() where lines[index].last == UInt8(ascii: "\r") {
            lines[index].removeLast()
        }
        self.init(lines: lines.enumerated().map { Line(number: $0 + 1, text: String(Substring($1))) }, words: words)
    }

    /// Some of the lines of a report, with the numbers that they have in it.
    public init(lines: [Line], words: ReportWords = .standard) {
        (self.lines, self.words) = (lines, words)
        let search = TableSearch(lines, words)
        (printedTables, unreadTables) = (search.tables, search.unread)
        paragraphs = lines.paragraphs
    }

    /// Where the line of this number stands, as ``Line/spot`` has it.
    public static func spot(line: Int) -> Spot { .line(of: JSONPointer(["config", "report"]), line: line, column: 1) }
}
