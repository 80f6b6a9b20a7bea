import PrintedReports
import ReviewModel

/// Shares that a sentence lists, with the amounts that it lists before them: `分别为 602 万元、380 万元和 50 万元，占申报总额的 58.33%、36.82%和 4.84%`.
struct StatedShares: Sendable {
    /// The positions of the shares, and of the amounts, one for each; empty where none stand there.
    var shares: [Int]
    var amounts: [Int]
    /// Whether the sentence says that these are all there are: 由三部分组成, 三项分别占.
    var areAll: Bool

    static func all(in text: ProseText, _ numbers: [ProseNumber], _ vocabulary: ReportWords) -> [StatedShares] {
        var (found, index) = ([StatedShares](), 0)
        while index < numbers.count {
            let run = list(from: index, in: text, numbers)
            guard numbers[index].unit == .percent, run.count > 1 else {
                index += 1
                continue
            }
            let sentence = text.sentence(around: numbers[index].offset.lowerBound)
            let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
            let lead = text.words(max(sentence.lowerBound, last)..<numbers[index].offset.lowerBound)
            index += run.count
            guard lead.contains("占"), !lead.contains("其中") else { continue }
            let first = run[0] - run.count
            var amounts: [Int] = []
            if first >= 0, sentence.contains(numbers[first].offset.lowerBound), numbers[first].unit == .yuan {
                let before = list(from: first, in: text, numbers)
                let opening = first > 0 ? numbers[first - 1].offset.upperBound : 0
                let words = text.words(max(sentence.lowerBound, opening)..<numbers[first].offset.lowerBound)
                if before.count == run.count, words.contains("分别") || words.contains("依次") { amounts = before }
            }
            let words = text.words(sentence)
            let isCounted = vocabulary.says(run.count, in: words)
            let areAll = isCounted || words.contains("组成") || words.contains("构成")
            if amounts.isEmpty && !(areAll && lead.contains("分别")) { continue }
            found.append(StatedShares(shares: Array(run), amounts: amounts, areAll: areAll))
        }
        return found
    }

    /// Numbers of one unit that nothing but 、 and 和 parts.
    private static func list(from start: Int, in text: ProseText, _ numbers: [ProseNumber]) -> [Int] {
        var run = [start]
        while let last = run.last, last + 1 < numbers.count, numbers[last + 1].unit == numbers[start].unit,
            numbers[last + 1].upper == nil, numbers[last + 1].qualifier == .exactly,
            ["、", "和", "及", "以及", "与", "，", ","].contains(
                text.words(numbers[last].offset.upperBound..<numbers[last + 1].offset.lowerBound)
            )
        {
            run.append(last + 1)
        }
        return run
    }
}

extension ReportWords {
    /// How many parts a text begins to speak of: 三项, 以上三项.
    func numberOfParts(at text: Substring) -> (count: Int, length: Int)? {
        let opening = ["以上", "上述"].first(where: text.hasPrefix).map(\.count) ?? 0
        let rest = text.dropFirst(opening)
        guard let first = rest.first, let count = numerals[first],
            let counter = self["part_counters"].first(where: rest.dropFirst().hasPrefix)
        else { return nil }
        return (count, opening + 1 + counter.count)
    }

    /// Whether a text speaks of so many parts: 由三部分组成.
    fileprivate func says(_ count: Int, in text: String) -> Bool {
        numerals.contains { numeral, value in
            value == count && self["part_counters"].contains { text.contains(String(numeral) + $0) }
        }
    }
}

private let numerals: [Character: Int] = ["两": 2, "三": 3, "四": 4, "五": 5, "六": 6]
