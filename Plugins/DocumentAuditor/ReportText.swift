import ReviewModel

/// A report as lines of text; cells of a table are parted by tabs.
struct ReportText: Sendable {
    let lines: [Line]

    struct Line: Sendable {
        /// Counts from 1.
        var number: Int
        var text: String
        /// What the checks walk over, taken apart once.
        var scalars: [Unicode.Scalar]
        /// The text as ``Swift/StringProtocol/folded`` has it.
        var folded: String
        var isTableRow: Bool

        var cells: [String] { text.split(separator: "\t").map { $0.trimmed } }

        /// Where the line stands, as a pointer of a finding.
        var pointer: JSONPointer { JSONPointer(["config", "report", "line", String(number)]) }

        init(number: Int, text: String) {
            self.number = number
            self.text = text
            scalars = Array(text.unicodeScalars)
            folded = text.folded
            isTableRow = scalars.contains("\t")
        }
    }

    init(_ text: String) {
        lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.enumerated().map {
            Line(number: $0 + 1, text: String($1))
        }
    }

    /// The lines before the first annex: what the reviewing agency itself says. An entry of the contents is no annex.
    var body: ArraySlice<Line> {
        let annex = lines.firstIndex { line in
            line.folded.hasPrefix("附件") && line.folded.dropFirst(2).first?.isNumber == true && !line.isTableRow
        }
        return lines[..<(annex ?? lines.endIndex)]
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }

    /// Without blanks, and with punctuation of one width: what two spellings of one name share.
    var folded: String {
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

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
}

extension Collection<Unicode.Scalar> {
    var string: String { String(String.UnicodeScalarView(self)) }
}
