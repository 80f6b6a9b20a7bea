import FindingAnswers
import ReviewModel

/// The text of a note at a cell, as it came back: which findings of ours stand in it, and what people have written beneath them.
///
///     错误｜单价乘数量      ← ours, up to the number
///     …
///     编号：0123456789ab
///     已改为 300           ← somebody's
struct NoteText {
    /// The findings that stand in it.
    private(set) var numbers: [String] = []
    /// What is said of each of them, in the order of the ``numbers``: the rule, and what stands above the number.
    private(set) var told: [String] = []
    /// What stands beneath each of them, in the order of the ``numbers``; empty for nothing.
    private var beneath: [String] = []

    /// - Parameter author: whose notes stand behind a line with this name, where they follow somebody's own.
    init(_ text: String, author: String) {
        // Programs write the line ends of others as they see fit; a carriage return may be spelled out.
        let lines = text.replacing("_x000D_", with: "").split(omittingEmptySubsequences: false) { $0.isNewline }
        var (isOpen, said) = (false, [Substring]())
        for line in lines {
            let line = line.drop(while: \.isWhitespace)
            if Self.isNumberLine(line), let number = FindingNumber.of(line: line) {
                numbers.append(number)
                beneath.append("")
                told.append(said.joined(separator: "\n"))
                (isOpen, said) = (true, [])
            } else if let rule = Self.rule(ofHead: line) {
                (isOpen, said) = (false, [rule])
            } else if line.hasPrefix("—— \(author) ——") {
                (isOpen, said) = (false, [])
            } else if !isOpen {
                said.append(line)
            } else if !line.isEmpty {
                beneath[beneath.count - 1] += (beneath[beneath.count - 1].isEmpty ? "" : "\n") + line
            }
        }
    }

    var hasReplies: Bool { beneath.contains { !$0.isEmpty } }

    /// What people have written, by the findings. What stands at the very end of a note is about all of them that have nothing else.
    var replies: [(number: String, text: String)] {
        let last = beneath.last ?? ""
        return zip(numbers, beneath).compactMap { number, text in
            let text = text.isEmpty ? last : text
            return text.isEmpty ? nil : (number, text)
        }
    }

    private static let labels = [FindingNumber.line("").zh, FindingNumber.line("").en]

    private static func isNumberLine(_ line: Substring) -> Bool {
        labels.contains { label in line.hasPrefix(label.split(separator: " ").first ?? label[...]) }
    }

    /// `规则` of `错误｜规则`, the first line of a finding.
    private static func rule(ofHead line: Substring) -> Substring? {
        guard let bar = line.firstIndex(of: "｜"),
            Severity.allCases.contains(where: { $0.name.zh == line[..<bar] || $0.name.en == line[..<bar] })
        else { return nil }
        return line[line.index(after: bar)...]
    }
}
