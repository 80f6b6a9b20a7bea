import BudgetLines
import PrintedReports

/// A problem with its suggestion, as the section 存在问题与改进建议 of a report states them.
struct PrintedProblem: Sendable {
    var line: Int
    var problem: String
    /// What was found, in full.
    var finding = ""
    var suggestion = ""
    /// What to do, in full.
    var advice = ""
}

extension ReportText {
    /// The pairs that begin with `（一）问题：` and `建议：`; what stands between the two and behind them explains them.
    var printedProblems: [PrintedProblem] {
        var (problems, isOpen) = ([PrintedProblem](), false)
        for paragraph in paragraphs {
            let text = paragraph.text.folded
            if let problem = text.title(after: words["problem"]) {
                problems.append(PrintedProblem(line: paragraph.line.number, problem: problem))
                isOpen = true
            } else if !isOpen {
                continue
            } else if text.isSection {
                isOpen = false
            } else if let suggestion = text.title(after: words["suggestion"]) {
                problems[problems.count - 1].suggestion = suggestion
            } else if problems[problems.count - 1].suggestion.isEmpty {
                problems[problems.count - 1].finding += paragraph.text
            } else {
                problems[problems.count - 1].advice += paragraph.text
            }
        }
        return problems.filter { !$0.suggestion.isEmpty }
    }
}

extension String {
    /// What follows one of `leads`, which may have a number before it: `（一）问题：`.
    fileprivate func title(after leads: [String]) -> String? {
        guard let found = first(of: leads), distance(from: startIndex, to: found.lowerBound) <= 4 else {
            return nil
        }
        return String(self[found.upperBound...]).withPlainThousands
    }

    /// Folding makes every comma wide; one among the digits of a number parts its thousands.
    private var withPlainThousands: String {
        guard contains("，") else { return self }
        let scalars = Array(unicodeScalars)
        var plain = UnicodeScalarView()
        for (place, scalar) in scalars.enumerated() {
            let isThousand =
                scalar == "，" && place > 0 && scalars[place - 1].isDigit
                && scalars[(place + 1)...].prefix(while: \.isDigit).count == 3
            plain.append(isThousand ? "," : scalar)
        }
        return String(plain)
    }

    /// Whether a section begins: `四、项目预算审核意见`.
    fileprivate var isSection: Bool {
        guard let first, "一二三四五六七八九十".contains(first) else { return false }
        return dropFirst().first == "、"
    }
}
