public import ReviewModel

/// A report as lines of text, as a converter writes it: cells of a table are parted by tabs, and pages by blank lines.
public struct ReportText: Sendable {
    public let lines: [Line]
    /// The lines before the first annex: what the reviewing agency itself says. An entry of the contents is no annex.
    public let body: ArraySlice<Line>
    /// The tables whose head is known, in the order of the report.
    public let printedTables: [PrintedTable]
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

        /// Where the line stands, as a pointer of a finding of a step whose setting `report` holds the text.
        public var pointer: JSONPointer { ReportText.pointer(line: number) }

        init(number: Int, text: String) {
            self.number = number
            self.text = text
            scalars = Array(text.unicodeScalars)
            folded = text.folded
            isTableRow = text.utf8.contains(UInt8(ascii: "\t"))
        }
    }

    public init(_ text: String) {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for index in lines.indices.dropLast() where lines[index].last == UInt8(ascii: "\r") {
            lines[index].removeLast()
        }
        self.init(lines: lines.enumerated().map { Line(number: $0 + 1, text: String(Substring($1))) })
    }

    private init(lines: [Line]) {
        self.lines = lines
        body = lines[..<(lines.firstIndex { $0.annexNumber != nil } ?? lines.endIndex)]
        printedTables = lines.printedTables
        paragraphs = lines.paragraphs
    }

    /// Where the line of this number stands, as ``Line/pointer`` has it.
    public static func pointer(line: Int) -> JSONPointer { JSONPointer(["config", "report", "line", String(line)]) }

    /// The report without the documents that are attached to it: the lines before the heading that begins with `heading`.
    public func ending(before heading: String) -> ReportText {
        let wanted = heading.folded
        let ends = lines.indices.filter { lines[$0].folded.beginsWithBytes(of: wanted) && !lines[$0].isTableRow }
        // The contents name it too; the heading itself is the last.
        return ReportText(lines: Array(lines[..<(ends.last ?? lines.endIndex)]))
    }
}

extension ReportText.Line {
    /// The number of the annex whose heading this line is: `2-1` of `附件 2-1 2026 年绩效目标申报表`.
    public var annexNumber: String? {
        guard !isTableRow, folded.beginsWithBytes(of: "附件") else { return nil }
        // A blank ends the number: the annex 2-1 of 2026 is not 2-12026.
        let rest = text.trimmed.dropFirst(2).drop(while: \.isWhitespace)
        let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "-") }
        return number.isEmpty ? nil : String(number)
    }
}

extension String {
    /// The folded text without punctuation: what two wordings share that say the same.
    public var words: String {
        String(folded.unicodeScalars.filter(\.isWord))
    }

    /// Whether the text is `name` with some characters left out: 党群服务中心 of 虹桥镇社区党群服务中心.
    public func isShortForm(of name: String) -> Bool {
        var rest = name[...]
        for character in self {
            guard let position = rest.firstIndex(of: character) else { return false }
            rest = rest[rest.index(after: position)...]
        }
        return true
    }
}

extension Unicode.Scalar {
    public var isDigit: Bool { ("0"..."9").contains(self) }

    /// Neither punctuation nor a symbol; ① to ⑳ count.
    fileprivate var isWord: Bool {
        // Most are Chinese, and need no look-up.
        if ("\u{4E00}"..."\u{9FFF}").contains(self) || ("①"..."⑳").contains(self) { return true }
        return switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            false
        default: true
        }
    }
}

extension Collection<Unicode.Scalar> {
    public var string: String { String(String.UnicodeScalarView(self)) }
}
