import PrintedReports
import ReviewModel

extension Finding {
    /// The finding with lines of the report as such: the rules name them as pointers, ``ReportText/pointer(line:)``.
    var withLines: Finding {
        var finding = self
        finding.spots = spots.map { spot in
            guard case .value(let pointer) = spot, let line = ReportText.line(of: pointer) else { return spot }
            return .line(of: JSONPointer(["config", "report"]), line: line, column: 1)
        }
        return finding
    }
}
