import BudgetLines
import PrintedReports

extension ReportText {
    /// The report without the documents that are attached to it: the lines before the heading that begins with `heading`.
    func ending(before heading: String) -> ReportText {
        let wanted = heading.folded
        let ends = lines.indices.filter { lines[$0].folded.beginsWithBytes(of: wanted) && !lines[$0].isTableRow }
        // The contents name it too; the heading itself is the last.
        return ReportText(lines: Array(lines[..<(ends.last ?? lines.endIndex)]), words: words)
    }
}
