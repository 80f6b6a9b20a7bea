public import ReviewModel

/// A report as lines of text, as a converter writes it: cells of a table are parted by tabs, and pages by blank lines.
public struct ReportText: Sendable {
    public let lines: [Line]
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
        public var filledCells: [String] { text.split(separator: "\t").map { $0.trimmed } }

        /// Where the line stands, as a pointer of a finding of a step whose setting `report` holds the text.
        public var pointer: JSONPointer { ReportText.pointer(line: number) }

        init(number: Int, text: String) {
            self.number = number
            self.text = text
            scalars = Array(text.unicodeScalars)
            folded = text.folded
            isTableRow = scalars.contains("\t")
        }
    }

    public init(_ text: String) {
        self.init(
            lines: text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.enumerated().map {
                Line(number: $0 + 1, text: String($1))
            }
        )
    }

    private init(lines: [Line]) {
        self.lines = lines
        printedTables = lines.printedTables
        paragraphs = lines.paragraphs
    }

    /// Where the line of this number stands, as ``Line/pointer`` has it.
    public static func pointer(line: Int) -> JSONPointer { JSONPointer(["config", "report", "line", String(line)]) }

    /// The lines before the first annex: what the reviewing agency itself says. An entry of the contents is no annex.
    public var body: ArraySlice<Line> {
        lines[..<(lines.firstIndex { $0.annexNumber != nil } ?? lines.endIndex)]
    }

    /// The report without the documents that are attached to it: the lines before the heading that begins with `heading`.
    public func ending(before heading: String) -> ReportText {
        let wanted = heading.folded
        let ends = lines.indices.filter { lines[$0].folded.hasPrefix(wanted) && !lines[$0].isTableRow }
        // The contents name it too; the heading itself is the last.
        return ReportText(lines: Array(lines[..<(ends.last ?? lines.endIndex)]))
    }
}

extension ReportText.Line {
    /// The number of the annex whose heading this line is: `2-1` of `附件 2-1 2026 年绩效目标申报表`.
    public var annexNumber: String? {
        guard !isTableRow, folded.hasPrefix("附件") else { return nil }
        // A blank ends the number: the annex 2-1 of 2026 is not 2-12026.
        let rest = text.trimmed.dropFirst(2).drop(while: \.isWhitespace)
        let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "-") }
        return number.isEmpty ? nil : String(number)
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    public var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }

    /// Without blanks, and with punctuation of one width: what two spellings of one name share.
    public var folded: String {
        var folded = String.UnicodeScalarView()
        for scalar in unicodeScalars where !scalar.properties.isWhitespace {
            switch scalar {
            case "(": folded.append("（")
            case ")": folded.append("）")
            case ",": folded.append("，")
            case ":": folded.append("：")
            case ";": folded.append("；")
            case "〈": folded.append("《")
            case "〉": folded.append("》")
            default: folded.append(scalar)
            }
        }
        return String(folded)
    }
}

extension String {
    /// The folded text without punctuation: what two wordings share that say the same.
    public var words: String {
        String(folded.filter { !$0.isPunctuation && (!$0.isSymbol || ("①"..."⑳").contains($0)) })
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

    /// Whether `word` stands in the text, byte by byte: what `contains` says where both are written alike, in a tenth of the
    /// time. A report has a thousand lines, and rules look for dozens of words in each.
    public func hasBytes(of word: String) -> Bool {
        var (text, word) = (self, word)
        return text.withUTF8 { text in
            word.withUTF8 { word in
                guard let first = word.first else { return true }
                guard text.count >= word.count else { return false }
                for start in 0...(text.count - word.count) where text[start] == first {
                    var offset = 1
                    while offset < word.count, text[start + offset] == word[offset] { offset += 1 }
                    if offset == word.count { return true }
                }
                return false
            }
        }
    }
}

extension Unicode.Scalar {
    public var isDigit: Bool { ("0"..."9").contains(self) }
}

extension Collection<Unicode.Scalar> {
    public var string: String { String(String.UnicodeScalarView(self)) }
}
