public import ReviewModel

/// A sum that stands in a sentence with its parts: `会议费120.50万元、培训费80.00万元，共200.50万元`.
public struct PartSum: Sendable {
    /// The positions of the total and of its parts among the numbers of the text.
    public var total: Int
    public var parts: [Int]
    public var form: Form
    /// What the parts make.
    public var sum: ExactDecimal
    public var agrees: Bool
    /// The parts that make the printed total by themselves, by position; `nil` where none or several do.
    public var subset: [Int]?

    /// How the sentence joins a total and its parts.
    public enum Form: Sendable {
        /// The total sums up what stands before it: `A、B，共`.
        case summedUp
        /// The parts follow, and the last is joined by 和: `总额，包括 A、B 和 C`.
        case closedList
        /// Some parts follow: `总额，其中 A、B`. They only must not exceed the total.
        case openList
    }

    /// The sums among the numbers that a scan of `text` found.
    public static func all(in text: String, _ numbers: [ProseNumber]) throws(DecimalOverflow) -> [PartSum] {
        let list = NumberList(text, numbers)
        var sums: [PartSum] = []
        for index in numbers.indices where list.isPlain(index) {
            let parts = list.partsBefore(index)
            if parts.count > 1 {
                sums.append(try PartSum(index, parts, .summedUp, numbers))
                continue
            }
            let (following, isClosed) = list.partsBehind(index)
            if !following.isEmpty {
                sums.append(try PartSum(index, following, isClosed ? .closedList : .openList, numbers))
            }
        }
        return sums
    }

    private init(_ total: Int, _ parts: [Int], _ form: Form, _ numbers: [ProseNumber]) throws(DecimalOverflow) {
        (self.total, self.parts, self.form) = (total, parts, form)
        let printed = numbers[total]
        sum = try .sum(parts.map { numbers[$0].value })
        var tolerance = try printed.interval.tolerance()
        for part in parts { tolerance = try tolerance + numbers[part].interval.tolerance() }
        let excess = try sum - printed.value
        agrees = excess <= tolerance && (form == .openList || -excess <= tolerance)
        if !agrees, let places = try SubsetSearch.only(parts.map { numbers[$0].value }, making: printed.interval) {
            subset = places.map { parts[$0] }
        }
    }
}

/// The numbers of a text as an enumeration may join them.
private struct NumberList {
    let text: ProseText
    let numbers: [ProseNumber]

    init(_ text: String, _ numbers: [ProseNumber]) {
        self.text = ProseText(text)
        self.numbers = numbers
    }

    /// A figure by itself: no range, no 约, nothing that it is counted for.
    func isPlain(_ index: Int) -> Bool {
        let number = numbers[index]
        return number.upper == nil && number.per.isEmpty && number.qualifier == .exactly && number.unit != .none
            && number.unit != .percent
    }

    /// `A 1万元、B 2万元，共` before the total.
    func partsBefore(_ total: Int) -> [Int] {
        guard isTotalWord(lead(total)) else { return [] }
        var (parts, index) = ([Int](), total - 1)
        while index >= 0, belongs(index, with: total) {
            let words = lead(index)
            guard let opening = opening(words, isFirst: isFirstOfSentence(index)) else {
                guard isJoined(words) else { return [] }
                parts.insert(index, at: 0)
                index -= 1
                continue
            }
            return isName(opening) ? [index] + parts : []
        }
        return []
    }

    /// `总额，包括 A 1万元、B 2万元和 C 3万元` behind the total; closed when the last part is joined by 和.
    func partsBehind(_ total: Int) -> (parts: [Int], isClosed: Bool) {
        var (parts, index) = ([Int](), total + 1)
        guard index < numbers.count, belongs(index, with: total) else { return ([], false) }
        let first = lead(index).drop { "，,:(".contains($0) }
        guard let word = openers.first(where: first.hasPrefix), isName(first.dropFirst(word.count)) else {
            return ([], false)
        }
        parts.append(index)
        index += 1
        while index < numbers.count, belongs(index, with: total), isJoined(lead(index)) {
            parts.append(index)
            index += 1
        }
        // Whatever else of the kind follows in the sentence leaves it open where the list ends.
        if index < numbers.count, belongs(index, with: total) { return ([], false) }
        guard let last = parts.last, parts.count > 1, word != "其中" else { return (parts, false) }
        let isJoined = closers.contains { lead(last).drop { "，,".contains($0) }.hasPrefix($0) }
        let end = numbers[last].offset.upperBound
        return (parts, isJoined && !bare(end..<text.sentence(around: end).upperBound).hasPrefix("等"))
    }

    // MARK: - Words between

    private func belongs(_ index: Int, with total: Int) -> Bool {
        isPlain(index) && numbers[index].unit == numbers[total].unit
            && text.sentence(around: numbers[index].offset.lowerBound).contains(numbers[total].offset.lowerBound)
    }

    private func isFirstOfSentence(_ index: Int) -> Bool {
        let start = text.sentence(around: numbers[index].offset.lowerBound).lowerBound
        return index == 0 || numbers[index - 1].offset.upperBound <= start
    }

    /// The words between a number and the one before it, or the beginning of its sentence, without blanks.
    private func lead(_ index: Int) -> String {
        let end = numbers[index].offset.lowerBound
        let start = text.sentence(around: end).lowerBound
        return bare(max(start, index > 0 ? numbers[index - 1].offset.upperBound : 0)..<end)
    }

    private func bare(_ range: Range<Int>) -> String { String(text.characters[range].filter { !$0.isWhitespace }) }

    private func isTotalWord(_ words: String) -> Bool {
        var rest = words.drop { "，,".contains($0) }
        for word in summaries where rest.hasPrefix(word) { rest = rest.dropFirst(word.count) }
        return totals.contains(String(rest))
    }

    /// The name of the first part, when these words begin a list.
    private func opening(_ words: String, isFirst: Bool) -> Substring? {
        for word in openers {
            guard let range = words.ranges(of: word).last else { continue }
            return words[range.upperBound...].drop { $0 == ":" }
        }
        guard isFirst else { return nil }
        guard let boundary = words.lastIndex(where: { "，,:(".contains($0) }) else { return words[...] }
        return words[words.index(after: boundary)...]
    }

    private func isJoined(_ words: String) -> Bool {
        guard let first = words.first, "、,，及和与以".contains(first) else { return false }
        return isName(words.drop { "、,，及和与以".contains($0) })
    }

    /// Whether words name a part and do not say that the number is something else.
    private func isName(_ words: Substring) -> Bool {
        words.count <= 40 && !foreign.contains { words.contains($0) } && !words.contains { "，,:(".contains($0) }
    }
}

private let totals: Set<String> = ["共", "共计", "合计", "总计", "共计为", "合计为", "总计为", "总额为", "共为"]
private let summaries = ["以上", "上述", "两项", "三项", "四项", "五项"]
private let openers = ["其中", "包括", "包含", "分别为", "分别是"]
private let closers = ["和", "及", "以及", "与"]
/// Words that make a number something other than a part: another kind of figure, a comparison, a sum within the list.
private let foreign = [
    "较", "比", "增", "减", "降", "占", "审核", "审定", "核定", "支付", "执行", "平均", "其中", "小计", "合计", "共计", "结余", "剩余", "每", "扣除",
    "追加",
    "申报", "调整",
]
