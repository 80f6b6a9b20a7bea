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
            // 83 人常用，121 人偶尔用，82 人不用，分别占 29.02%、42.31%和 28.67%
            if amounts.isEmpty, lead.contains("分别"), first >= 0 {
                let before = Array(first..<run[0])
                let isAlike = before.allSatisfy { place in
                    numbers[place].unit == numbers[first].unit && numbers[place].upper == nil
                        && numbers[place].per.isEmpty && sentence.contains(numbers[place].offset.lowerBound)
                }
                if case .count = numbers[first].unit, isAlike { amounts = before }
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
    fileprivate static func list(from start: Int, in text: ProseText, _ numbers: [ProseNumber]) -> [Int] {
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

/// Amounts that a sentence lists behind the shares that they are of a whole: `中央 40%、省级 30%、市县 30%，分别为 35.2 万元、26.4 万元、26.4 万元`.
struct SharedAmounts: Sendable {
    /// The positions of the shares, and of the amounts, one for each.
    var shares: [Int]
    var amounts: [Int]

    static func all(in text: ProseText, _ numbers: [ProseNumber]) -> [SharedAmounts] {
        var (found, index) = ([SharedAmounts](), 1)
        while index < numbers.count {
            let run = numbers[index].unit == .yuan ? StatedShares.list(from: index, in: text, numbers) : [index]
            defer { index += run.count }
            let shares = Array((index - run.count)..<index)
            guard run.count > 1, shares[0] >= 0 else { continue }
            let sentence = text.sentence(around: numbers[index].offset.lowerBound)
            let lead = text.words(
                numbers[index - 1].offset
                    .upperBound..<max(numbers[index].offset.lowerBound, numbers[index - 1].offset.upperBound)
            )
            guard lead.contains("分别") || lead.contains("依次"),
                shares.allSatisfy({
                    numbers[$0].unit == .percent && numbers[$0].upper == nil && numbers[$0].qualifier == .exactly
                        && sentence.contains(numbers[$0].offset.lowerBound)
                })
            else { continue }
            // Another share before them would be one of the list, too.
            if shares[0] > 0, numbers[shares[0] - 1].unit == .percent,
                sentence.contains(numbers[shares[0] - 1].offset.lowerBound)
            {
                continue
            }
            found.append(SharedAmounts(shares: shares, amounts: run))
        }
        return found
    }

    /// The amounts that are not their share of the whole that the others are shares of, with what they should be. Where the shares are a hundred, that is what the
    /// amounts make; else, or where one of them is wrong, the whole that most of them are shares of, two at least.
    func odd(_ numbers: [ProseNumber], among wholes: [ExactDecimal]) throws(DecimalOverflow) -> [(
        amount: Int, share: Int, value: ExactDecimal
    )]? {
        var choices = [try ExactDecimal.sum(amounts.map { numbers[$0].value })] + wholes
        for (amount, share) in zip(amounts, shares) where numbers[share].value > 0 {
            let hundred = try numbers[amount].value * 100
            if let whole = try hundred.divided(by: numbers[share].value, places: 4) { choices.append(whole) }
        }
        var best: (odd: [(amount: Int, share: Int, value: ExactDecimal)], whole: ExactDecimal)?
        for whole in choices where whole > 0 {
            var odd: [(amount: Int, share: Int, value: ExactDecimal)] = []
            for (amount, share) in zip(amounts, shares) {
                let hundredth = ExactDecimal(significand: 1, places: 2)
                let value = try whole * numbers[share].value * hundredth
                let reach = try whole * numbers[share].interval.tolerance() * hundredth
                // A share to the percent is that share.
                let slack =
                    try numbers[amount].interval.tolerance() * 2 + (numbers[share].value.places > 0 ? reach : .zero)
                if try (value - numbers[amount].value).magnitude > slack { odd.append((amount, share, value)) }
            }
            if best.map({ odd.count < $0.odd.count }) ?? true { best = (odd, whole) }
        }
        guard let best else { return nil }
        if best.odd.isEmpty { return [] }
        let isKnown = wholes.contains(best.whole)
        return amounts.count - best.odd.count >= (isKnown ? 1 : 2) && best.odd.count == 1 ? best.odd : nil
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
