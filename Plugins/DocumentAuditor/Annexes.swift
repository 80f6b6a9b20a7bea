import BudgetLines
import PrintedReports

extension ReportText {
    /// The lines before the first annex: what the reviewing agency itself says. An entry of the contents is no annex.
    var body: ArraySlice<Line> { lines[..<(lines.firstIndex { $0.annexNumber != nil } ?? lines.endIndex)] }
}

extension ReportText.Line {
    /// The number of the annex whose heading this line is: `2-1` of `附件 2-1 2026 年绩效目标申报表`.
    var annexNumber: String? {
        guard !isTableRow, folded.beginsWithBytes(of: "附件") else { return nil }
        // A blank ends the number: the annex 2-1 of 2026 is not 2-12026.
        let rest = text.trimmed.dropFirst(2).drop(while: \.isWhitespace)
        let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "-") }
        return number.isEmpty ? nil : String(number)
    }
}
