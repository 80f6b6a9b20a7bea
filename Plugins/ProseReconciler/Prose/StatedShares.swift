import ReviewModel

/// Shares that a sentence lists, with the amounts that it lists before them: `分别为 602 万元、380 万元和 50 万元，占申报总额的 58.33%、36.82%和 4.84%`.
struct StatedShares: Sendable {
    /// The positions of the shares, and of the amounts, one for each; empty where none stand there.
    var shares: [Int]
    var amounts: [Int]
    /// Whether the sentence says that these are all there are: 由三部分组成, 三项分别占.
    var areAll: Bool

    static func all(in text: ProseText, _ numbers: [ProseNumber]) -> [StatedShares] {
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
            let counted = Self.counts.first { run.count == $0.count && words.contains($0.word) }
            let areAll = counted != nil || words.contains("组成") || words.contains("构成")
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

    private static let counts: [(word: String, count: Int)] = [
        ("两项", 2), ("三项", 3), ("四项", 4), ("五项", 5), ("两部分", 2), ("三部分", 3), ("四部分", 4), ("五部分", 5), ("三类", 3),
        ("四类", 4), ("两类", 2),
    ]
}
