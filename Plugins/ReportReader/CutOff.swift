import BudgetReview

extension ReportText {
    /// The day up to which the figures of `year` run, `2025-10-31`, where a text says 截至 2025 年 10 月 31 日.
    func cutOff(of year: Int) -> String? {
        let start = "截至\(year)年"
        for line in lines where !line.isTableRow {
            guard let found = line.folded.firstRange(of: start) else { continue }
            let rest = line.folded[found.upperBound...]
            let month = rest.prefix(while: \.isNumber)
            let day = rest.dropFirst(month.count + 1).prefix(while: \.isNumber)
            guard rest.dropFirst(month.count).first == "月", rest.dropFirst(month.count + day.count + 1).first == "日",
                let month = Int(month), let day = Int(day), (1...12).contains(month), (1...31).contains(day)
            else { continue }
            return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        }
        return nil
    }
}
