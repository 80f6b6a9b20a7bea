import ReviewModel

/// A report as lines of text; cells of a table are parted by tabs.
struct ReportText: Sendable {
    let lines: [Line]

    struct Line: Sendable {
        /// Counts from 1.
        var number: Int
        var text: String

        var cells: [String] { text.split(separator: "\t").map { $0.trimmed } }

        /// Where the line stands, as a pointer of a finding.
        var pointer: JSONPointer { JSONPointer(["config", "report", "line", String(number)]) }
    }

    init(_ text: String) {
        lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.enumerated().map {
            Line(number: $0 + 1, text: String($1))
        }
    }

    /// The lines before the first annex: what the reviewing agency itself says. An entry of the contents is no annex.
    var body: ArraySlice<Line> {
        let annex = lines.firstIndex { line in
            let text = line.text.filter { !$0.isWhitespace }
            return text.hasPrefix("附件") && text.dropFirst(2).first?.isNumber == true && !line.text.contains("\t")
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
        String(filter { !$0.isWhitespace }).map { character in
            switch character {
            case "(": "（"
            case ")": "）"
            case ",": "，"
            case ":": "："
            case ";": "；"
            case "〈": "《"
            case "〉": "》"
            default: String(character)
            }
        }.joined()
    }
}
