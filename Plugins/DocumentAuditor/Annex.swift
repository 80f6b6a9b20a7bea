import BudgetLines
import PrintedReports
import ReviewModel

/// An annex as a heading, a list or a reference names it.
struct Annex {
    var number: String
    var title: String
    var line: ReportText.Line
}

/// The headings of the annexes.
func annexes(of report: ReportText) -> [Annex] {
    report.lines.compactMap { line in
        line.annexNumber.map { Annex(number: $0, title: line.folded.titleOfAnnex($0), line: line) }
    }
}

/// The numbers behind 见附件, each with the text that follows it.
func references(in text: String) -> [(number: String, rest: Substring)] {
    var (found, rest) = ([(String, Substring)](), text[...])
    while let reference = rest.firstBytes(of: "见附件") {
        rest = rest[reference.upperBound...]
        let number = rest.prefix { $0.isNumber && $0.isASCII || $0 == "-" }
        rest = rest.dropFirst(number.count)
        found.append((String(number), rest))
    }
    return found
}

extension String {
    /// What follows 附件 and the number.
    fileprivate func titleOfAnnex(_ number: String) -> String { String(dropFirst(2 + number.count)) }
}
