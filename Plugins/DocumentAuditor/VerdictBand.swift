import BudgetLines
import ReviewModel

/// A band of scores with its verdict, as a report prints it: `70~89 分部分可行`.
struct VerdictBand {
    var least: ExactDecimal?
    var most: ExactDecimal?
    var includesLeast = true
    var includesMost = true
    /// The number that is said to belong to the band.
    var claimed: ExactDecimal?
    var verdict: String

    func claims(_ score: ExactDecimal) -> Bool { claimed == score }

    func holds(_ score: ExactDecimal) -> Bool {
        if let least, includesLeast ? score < least : score <= least { return false }
        if let most, includesMost ? score > most : score >= most { return false }
        return true
    }

    /// The bands of a line, one a clause; none where a clause with a verdict says no range. The longest verdicts come first.
    static func all(in text: String, _ verdicts: [String]) -> [VerdictBand] {
        guard text.hasBytes(of: "分") else { return [] }
        // Folded, a row has no tabs.
        let clauses = text.split(separator: "\t").flatMap { $0.folded.split { "，；、。".contains($0) }.map(String.init) }
        return clauses.lazy.filter { $0.contains(where: \.isPlainDigit) }.compactMap { VerdictBand($0, verdicts) }
    }

    private init?(_ clause: String, _ verdicts: [String]) {
        let quotes = "“”\"‘’「」《》"
        let clause = String(clause.filter { !quotes.contains($0) })
        // Bands print their verdicts themselves: 80 分（含）至 90 分为调整后支持.
        let named = ["评为", "等级为", "结论为", "为", "属于"].lazy.compactMap { clause.rangeAndVerdict(partedBy: $0) }.first
        let listed = verdicts.first(where: clause.endsWithBytes)
        guard let verdict = named?.verdict ?? listed else { return nil }
        self.verdict = verdict
        let range = named?.range ?? clause.dropLast(verdict.count)
        for mark in ["（含）", "（含本数）", "分及以上"] {
            guard let place = range.firstBytes(of: mark) else { continue }
            let before = range[..<place.lowerBound].reversed().drop { $0 == "分" }
            claimed = ExactDecimal(String(before.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }.reversed()))
        }
        // What stands in brackets says whether an end belongs to the band, and may say the end again: （不含 90 分）.
        var depth = 0
        let bare = range.filter { character in
            if character == "（" { depth += 1 }
            defer { if character == "）" { depth = max(0, depth - 1) } }
            return depth == 0
        }
        let numbers = bare.split { !($0.isASCII && ($0.isNumber || $0 == ".")) }.compactMap {
            ExactDecimal(String($0))
        }
        switch numbers.count {
        case 1 where range.contains("以上") || range.contains("及以上") || range.contains("≥"): least = numbers[0]
        case 1 where range.contains("不满") || range.contains("低于") || range.contains("小于"):
            (most, includesMost) = (numbers[0], false)
        case 1 where range.contains("以下"): (most, includesMost) = (numbers[0], range.contains("及以下"))
        case 2 where numbers[0] < numbers[1]:
            (least, most) = (numbers[0], numbers[1])
            if range.contains("不含") { includesMost = false }
        default: return nil
        }
    }
}

extension String {
    /// `80分（含）至90分` and `调整后支持` of a clause that joins the two by a word; `nil` where what stands before it is no range of scores.
    fileprivate func rangeAndVerdict(partedBy word: String) -> (range: Substring, verdict: String)? {
        guard let place = firstBytes(of: word) else { return nil }
        let (range, verdict) = (self[..<place.lowerBound], self[place.upperBound...])
        let marks = ["以上", "以下", "不满", "低于", "小于", "至", "～", "~", "-", "—", "–"]
        guard (1...10).contains(verdict.count), !verdict.contains(where: { $0.isASCII && $0.isNumber }),
            range.contains("分") || range.contains("（含"), marks.contains(where: range.contains),
            range.contains(where: { $0.isASCII && $0.isNumber })
        else { return nil }
        return (range, String(verdict))
    }
}
