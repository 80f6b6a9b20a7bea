import ReviewModel

/// A rate that stands in a sentence with the two amounts that make it: `预算 652.43 万元，执行 398.21 万元，执行率 61.03%`.
struct StatedRate: Sendable {
    /// The positions of the rate and of its amounts among the numbers of the text.
    var rate: Int
    var part: Int
    var whole: Int
    /// What was approved, where it stands in place of the whole: `核定 108 万元，核减 18 万元，核减率 14.29%`.
    var approved: Int?
    /// What the amounts make, as exactly as they are printed.
    var value: ExactDecimal
    var agrees: Bool

    /// The rates among the numbers that a scan of `text` found.
    static func all(in text: ProseText, _ numbers: [ProseNumber]) throws(DecimalOverflow) -> [StatedRate] {
        var rates: [StatedRate] = []
        for (index, number) in numbers.enumerated()
        where number.unit == .percent && number.upper == nil && number.qualifier == .exactly {
            let lead = self.lead(of: index, text, numbers)
            guard
                let kind = kinds.first(where: { kind in kind.rates.contains { lead.ends(with: $0, linkedBy: linking) } }
                ),
                let found = amounts(of: kind, before: index, text, numbers)
            else { continue }
            let rate =
                found.isRest
                ? try StatedRate(index, found.part, besides: found.whole, numbers)
                : try StatedRate(index, found.part, found.whole, numbers)
            if let rate { rates.append(rate) }
        }
        return rates
    }

    /// The rate of a cut that stands behind it, `recommends 451,300.00, a reduction of 35,200.00 (7.24%)`: of what was approved and cut together.
    static func ofCut(_ rate: Int, _ approvedAndCut: [Int], _ numbers: [ProseNumber]) throws(DecimalOverflow)
        -> StatedRate?
    {
        try StatedRate(rate, approvedAndCut[1], besides: approvedAndCut[0], numbers)
    }

    private init?(_ rate: Int, _ part: Int, _ whole: Int, _ numbers: [ProseNumber]) throws(DecimalOverflow) {
        let (partly, wholly) = (numbers[part], numbers[whole])
        guard wholly.interval.lowest > 0, !partly.value.isNegative,
            let value = try ExactDecimal.percentage(partly.value, of: wholly.value, places: 10),
            let least = try ExactDecimal.percentage(partly.interval.lowest, of: wholly.interval.highest, places: 10),
            let most = try ExactDecimal.percentage(partly.interval.highest, of: wholly.interval.lowest, places: 10)
        else { return nil }
        (self.rate, self.part, self.whole, self.value) = (rate, part, whole, value)
        let printed = numbers[rate].interval
        agrees = most >= printed.lowest && least <= printed.highest
    }

    /// A rate of what was cut and what is left, which together are what was asked for.
    private init?(_ rate: Int, _ part: Int, besides rest: Int, _ numbers: [ProseNumber]) throws(DecimalOverflow) {
        let (partly, left) = (numbers[part], numbers[rest])
        let (small, large) = (
            try partly.interval.lowest + left.interval.lowest, try partly.interval.highest + left.interval.highest
        )
        guard small > 0, !partly.value.isNegative,
            let value = try ExactDecimal.percentage(partly.value, of: partly.value + left.value, places: 10),
            let least = try ExactDecimal.percentage(partly.interval.lowest, of: large, places: 10),
            let most = try ExactDecimal.percentage(partly.interval.highest, of: small, places: 10)
        else { return nil }
        (self.rate, self.part, self.whole, self.value, approved) = (rate, part, rest, value, rest)
        let printed = numbers[rate].interval
        agrees = most >= printed.lowest && least <= printed.highest
    }

    /// What a rate is called, and what the amounts are that it is made of.
    private struct Kind {
        var rates: [String]
        var parts: [String]
        var wholes: [String]
    }

    private static let kinds = [
        Kind(
            rates: ["执行率", "支出率", "支付率"],
            parts: ["执行", "支付", "支出", "使用"],
            wholes: ["预算", "批复", "下达", "安排"]
        ),
        Kind(
            rates: ["核减率", "审减率", "评减率", "核减比例", "审减比例", "调减比例"],
            parts: ["核减", "审减", "调减", "评减"],
            wholes: ["申报", "送审", "报审", "申请", "上报"]
        ),
    ]
    private static let linking = ["", "为", "达", "达到", "是", ":"]
    /// Further away than so many numbers something else is spoken of.
    private static let reach = 6
    /// What stands between what was asked for and what was cut, and has no part in the rate.
    private static let between = ["审定", "审核", "核定", "核准", "定案", "评估", "建议预算", "建议金额", "大写"]

    private static func amounts(
        of kind: Kind,
        before rate: Int,
        _ text: ProseText,
        _ numbers: [ProseNumber]
    ) -> (part: Int, whole: Int, isRest: Bool)? {
        let isOfCut = kind.parts.contains("核减")
        var rest: Int?
        let sentence = text.sentence(around: numbers[rate].offset.lowerBound)
        var part: Int?
        for index in numbers.indices.prefix(rate).suffix(reach).reversed() {
            let number = numbers[index]
            // Another rate ends what belongs to this one.
            guard sentence.contains(number.offset.lowerBound), number.unit != .percent else { break }
            guard number.unit == .yuan, number.upper == nil, number.per.isEmpty, number.qualifier == .exactly else {
                // What is counted or priced before them is no part of what stands side by side.
                if rest != nil { break }
                return nil
            }
            let lead = lead(of: index, text, numbers)
            if lead.has("大写") { continue }
            let (isPart, isWhole) = (lead.last(of: kind.parts), lead.last(of: kind.wholes))
            // 预算执行: the word that stands last counts.
            if let isPart, isPart > isWhole ?? -1 {
                guard part == nil else { return nil }
                part = index
            } else if let isWhole, isWhole > lead.last(of: Self.between) ?? -1 {
                // 申报的单价偏高，核定: the word that stands last counts.
                guard let part else { return nil }
                return (part, index, false)
            } else if part != nil, between.contains(where: lead.has) {
                if rest == nil { rest = index }
                continue
            } else {
                return nil
            }
        }
        // 核定 A，核减 B: what was asked for stands elsewhere, and is both together.
        if isOfCut, let part, let rest, rest == part - 1 { return (part, rest, true) }
        return nil
    }

    private static func lead(of index: Int, _ text: ProseText, _ numbers: [ProseNumber]) -> [Unicode.Scalar] {
        let start = numbers[index].offset.lowerBound
        let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
        return text.bare(max(text.sentence(around: start).lowerBound, last)..<start)
    }
}

extension [Unicode.Scalar] {
    fileprivate func ends(with word: String, linkedBy links: [String]) -> Bool {
        links.contains { ends(with: word + $0) }
    }

    /// Where one of the words stands last.
    fileprivate func last(of words: [String]) -> Int? { words.compactMap { lastRange(of: $0)?.lowerBound }.max() }
}
