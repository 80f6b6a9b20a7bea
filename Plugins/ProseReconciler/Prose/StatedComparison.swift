import BudgetLines
import PrintedReports
import ReviewModel

/// Two numbers of a sentence with the word that says which of them is more: `合格率 97.48%，高于目标值 95%`.
struct StatedComparison: Sendable {
    /// The positions of the two among the numbers of the text.
    var first: Int
    var second: Int
    /// As it is written: 高于, 不超过.
    var word: String
    /// Whether the word says that the first is more.
    var saysMore: Bool
    var agrees: Bool

    /// The comparisons among the numbers that a scan of `text` found.
    static func all(in text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords = .standard)
        throws(DecimalOverflow) -> [StatedComparison]
    {
        var found: [StatedComparison] = []
        let moves = words["moved_down"].map { ($0, true) } + words["moved_up"].map { ($0, false) }
        for second in numbers.indices.dropFirst() {
            if let made = try comparison(subject(of: second, text, numbers), second, text, numbers) {
                found.append(made)
            } else if let made = moved(second - 1, second, text, numbers, moves) {
                found.append(made)
            }
        }
        return found
    }

    /// `由 5 个工作日压缩至 2 个工作日`: what it was and what it is now.
    private static func moved(
        _ first: Int,
        _ second: Int,
        _ text: ProseText,
        _ numbers: [ProseNumber],
        _ moves: [(word: String, isDown: Bool)]
    ) -> StatedComparison? {
        let (one, two) = (numbers[first], numbers[second])
        let sentence = text.sentence(around: two.offset.lowerBound)
        guard one.unit == two.unit, one.unit != .none, one.per == two.per, one.upper == nil, two.upper == nil,
            one.qualifier == .exactly, two.qualifier == .exactly, sentence.contains(one.offset.lowerBound),
            one.value != two.value
        else { return nil }
        let between = text.words(one.offset.upperBound..<two.offset.lowerBound)
        guard let move = moves.first(where: { between == $0.word }),
            ["由", "从"].contains(where: text.bare(sentence.lowerBound..<one.offset.lowerBound).suffix(16).has)
        else { return nil }
        return StatedComparison(
            first: first,
            second: second,
            word: move.word,
            saysMore: move.isDown,
            agrees: (one.value > two.value) == move.isDown
        )
    }

    /// The number that is compared with the one at `second`: the one before it, or where that is itself what another was compared with, or by how
    /// much, the one that is: 得 81 分，低于自评（94 分）13 分，略高于上年 79 分.
    private static func subject(of second: Int, _ text: ProseText, _ numbers: [ProseNumber]) -> Int {
        let start = text.sentence(around: numbers[second].offset.lowerBound).lowerBound
        var place = second - 1
        while place > 0, numbers[place - 1].offset.lowerBound >= start {
            let lead = text.bare(numbers[place - 1].offset.upperBound..<numbers[place].offset.lowerBound)
            let isCompared = words.contains { lead.has($0.0) }
            guard isCompared || lead.first == ")" && lead.count == 1 else { break }
            place -= 1
        }
        return place
    }

    private static func comparison(
        _ first: Int,
        _ second: Int,
        _ text: ProseText,
        _ numbers: [ProseNumber]
    ) throws(DecimalOverflow) -> StatedComparison? {
        let (one, two) = (numbers[first], numbers[second])
        // 系数为 0.57，低于 0.58 的目标值: what is measured in nothing.
        let isAim = aims.contains {
            text.bare(two.offset.upperBound..<min(text.count, two.offset.upperBound + 6)).begins(with: $0)
        }
        guard one.unit == two.unit, one.unit != .none || isAim && one.value.places > 0 && two.value.places > 0,
            one.per == two.per, one.upper == nil, two.upper == nil,
            one.qualifier == .exactly, !one.phrase.contains("百分点"), !two.phrase.contains("百分点")
        else { return nil }
        let sentence = text.sentence(around: two.offset.lowerBound)
        guard sentence.contains(one.offset.lowerBound) else { return nil }
        // 低于 right before a number is read with it.
        let digits = text[two.offset].firstIndex(where: \.isDigit) ?? two.offset.lowerBound
        var between = text.bare(numbers[second - 1].offset.upperBound..<digits)[...]
        if let mark = between.first, mark.isOne(of: "，,)") { between = between.dropFirst() }
        while let word = adverbs.first(where: between.begins) { between = between.dropFirst(word.unicodeScalars.count) }
        guard let (word, saysMore, mayBeEqual) = words.first(where: { between.begins(with: $0.0) }) else { return nil }
        // 由 8 小时缩短到 6 小时; 核减 20 万元，降至 80 万元 says what is left.
        if word.hasSuffix("到") && word != "未达到" && word != "达不到" || word.hasSuffix("至"),
            !["由", "从"].contains(where: text.bare(sentence.lowerBound..<one.offset.lowerBound).suffix(16).has)
        {
            return nil
        }
        let name = between.dropFirst(word.unicodeScalars.count)
        // Where a clause ends, something else is compared; 高于 192,000 元的设备 are some of several.
        // 超出部分 1672.30 万元 is called so.
        guard name.count <= 20, !["部分", "的部分", "额", "金额", "数"].contains(where: name.begins),
            !name.contains(where: { $0.isOne(of: "，,:、()。") }),
            isAim || !text[text.skippingBlanks(two.offset.upperBound)].isOne(of: "的部以倍"),
            !demands.contains(where: text.bare(sentence.lowerBound..<one.offset.lowerBound).suffix(24).withoutNeeds.has)
        else { return nil }
        let (a, b) = (one.value, two.value)
        if a == b, !mayBeEqual { return nil }
        let agrees = saysMore ? a >= b : a <= b
        // 95 万元，低于预算 5 万元: that is how much less it is. Nobody says so of shares, which differ in points.
        if !agrees, !saysMore {
            let least = try a.magnitude * ExactDecimal(significand: one.unit == .percent ? 5 : 7, places: 1)
            if b < least { return nil }
        }
        return StatedComparison(first: first, second: second, word: word, saysMore: saysMore, agrees: agrees)
    }

    private static let adverbs = ["但", "且", "仍", "也", "均", "略", "远", "明显", "大幅", "已", "都", "依然"]
    /// Words, whether they say that the first is more, and whether both may be the same.
    private static let words: [(String, Bool, Bool)] = [
        ("不高于", false, true), ("不超过", false, true), ("未超过", false, true), ("未高于", false, true), ("未超出", false, true),
        ("不低于", true, true), ("未低于", true, true), ("不少于", true, true), ("未达到", false, false), ("达不到", false, false),
        ("高于", true, false), ("超过", true, false), ("超出", true, false), ("大于", true, false), ("多于", true, false),
        ("减少到", true, false), ("减少至", true, false), ("下降到", true, false), ("降低到", true, false), ("降至", true, false),
        ("缩短到", true, false), ("缩短至", true, false), ("增加到", false, false), ("增加至", false, false), ("提高到", false, false),
        ("提高至", false, false), ("提升到", false, false), ("提升至", false, false), ("上升到", false, false),
        ("增长到", false, false),
        ("高出", true, false), ("低于", false, false), ("小于", false, false), ("少于", false, false), ("不足", false, false),
    ]
    /// Who demands or supposes says nothing of what is.
    private static let aims = ["的目标", "的控制标准", "的年度目标"]
    private static let demands = ["应", "不得", "须", "需", "如果", "若", "凡", "假如", "拟", "力争", "要求", "规定"]
}

extension ArraySlice<Unicode.Scalar> {
    /// Without 需求, 供应 and the like, which demand nothing.
    fileprivate var withoutNeeds: [Unicode.Scalar] {
        var words = string
        for word in ["需求", "供应", "相应", "响应", "应急", "应用", "适应", "必须品"] { words = words.replacing(word, with: "") }
        return Array(words.unicodeScalars)
    }
}

extension ProseText {
    fileprivate subscript(range: Range<Int>) -> ArraySlice<Unicode.Scalar> { scalars[range] }
}
