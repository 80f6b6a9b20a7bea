import BudgetLines
import PrintedReports
import ReviewModel

extension ReportText {
    /// The day up to which the figures of `year` run, `2025-10-31`, where a text says 截至 2025 年 10 月 31 日.
    func cutOff(of year: Int) -> String? {
        for line in lines where !line.isTableRow {
            guard let found = line.folded.first(of: words["cut_off"].map { "\($0)\(year)年" }) else { continue }
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

    /// The rate that the text expects of the whole of `year`, where it says so behind the cut-off: 预期到年底执行率可达 99.00%.
    func expectedRate(of year: Int) -> ExactDecimal? {
        for line in lines where !line.isTableRow {
            guard let cutOff = line.folded.first(of: words["cut_off"].map { "\($0)\(year)年" }),
                let expected = line.folded[cutOff.upperBound...].first(of: words["expected"]),
                let percent = line.folded[expected.upperBound...].firstIndex(of: "%")
            else { continue }
            let number = line.folded[expected.upperBound..<percent].reversed().prefix { $0.isNumber || $0 == "." }
            return ExactDecimal(String(number.reversed()))
        }
        return nil
    }
}

extension String {
    /// Where the first of `words` that stands in the text does.
    func first(of words: [String]) -> Range<Index>? { words.lazy.compactMap(firstBytes).first }
}

extension Substring {
    /// Where the first of `words` that stands in the text does.
    func first(of words: [String]) -> Range<Index>? { words.lazy.compactMap(firstBytes).first }
}
