import ReviewModel

/// A sum that stands in a sentence with its parts: `会议费120.50万元、培训费80.00万元，共200.50万元`.
struct PartSum: Sendable {
    /// The positions of the total and of its parts among the numbers of the text.
    var total: Int
    var parts: [Int]
    var form: Form
    /// What the parts make.
    var sum: ExactDecimal
    var agrees: Bool
    /// The parts that make the printed total by themselves, by position; `nil` where none or several do.
    var subset: [Int]?

    /// How the sentence joins a total and its parts.
    enum Form: Sendable {
        /// The total sums up what stands before it: `A、B，共`.
        case summedUp
        /// The parts follow, and the last is joined by 和: `总额，包括 A、B 和 C`.
        case closedList
        /// Some parts follow: `总额，其中 A、B`. They only must not exceed the total.
        case openList
    }

    /// The sums among the numbers that a scan of `text` found.
    static func all(in text: ProseText, _ numbers: [ProseNumber]) throws(DecimalOverflow) -> [PartSum] {
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

    /// The words between each number and the one before it, or the beginning of its sentence, without blanks.
    private let leads: [[Unicode.Scalar]]
    private let sentences: [Range<Int>]

    init(_ text: ProseText, _ numbers: [ProseNumber]) {
        self.text = text
        self.numbers = numbers
        let sentences = numbers.map { text.sentence(around: $0.offset.lowerBound) }
        self.sentences = sentences
        leads = numbers.indices.map { index in
            let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
            return text.bare(max(sentences[index].lowerBound, last)..<numbers[index].offset.lowerBound)
        }
    }

    /// A figure by itself: no range, no 约, nothing that it is counted for.
    func isPlain(_ index: Int) -> Bool {
        let number = numbers[index]
        return number.upper == nil && number.per.isEmpty && number.qualifier == .exactly && number.unit != .none
            && number.unit != .percent
    }

    /// `A 1万元、B 2万元，共` before the total.
    func partsBefore(_ total: Int) -> [Int] {
        guard isTotalWord(leads[total]) else { return [] }
        var (parts, index) = ([Int](), total - 1)
        while index >= 0, belongs(index, with: total) {
            let words = leads[index]
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
        let first = leads[index].drop { $0.isOne(of: "，,:(") }
        guard let word = openers.first(where: first.begins), isName(first.dropFirst(word.unicodeScalars.count)) else {
            return ([], false)
        }
        parts.append(index)
        index += 1
        while index < numbers.count, belongs(index, with: total), isJoined(leads[index]) {
            parts.append(index)
            index += 1
        }
        // Whatever else of the kind follows in the sentence leaves it open where the list ends.
        if index < numbers.count, belongs(index, with: total) { return ([], false) }
        guard let last = parts.last, parts.count > 1, word != "其中" else { return (parts, false) }
        let words = leads[last].drop { $0.isOne(of: "，,") }
        let end = numbers[last].offset.upperBound
        return (
            parts,
            closers.contains(where: words.begins)
                && !text.bare(end..<text.sentence(around: end).upperBound).begins(with: "等")
        )
    }

    // MARK: - Words between

    private func belongs(_ index: Int, with total: Int) -> Bool {
        isPlain(index) && numbers[index].unit == numbers[total].unit
            && sentences[index].contains(numbers[total].offset.lowerBound)
    }

    private func isFirstOfSentence(_ index: Int) -> Bool {
        index == 0 || numbers[index - 1].offset.upperBound <= sentences[index].lowerBound
    }

    private func isTotalWord(_ words: [Unicode.Scalar]) -> Bool {
        // Few numbers have so few words before them, and fewer end so.
        guard words.count <= 24, words.last?.isOne(of: "共计为") ?? false else { return false }
        var rest = words.drop { $0.isOne(of: "，,") }
        for word in summaries where rest.begins(with: word) { rest = rest.dropFirst(word.unicodeScalars.count) }
        return totals.contains { $0.unicodeScalars.elementsEqual(rest) }
    }

    /// The name of the first part, when these words begin a list.
    private func opening(_ words: [Unicode.Scalar], isFirst: Bool) -> ArraySlice<Unicode.Scalar>? {
        for word in openers {
            guard let range = words.lastRange(of: word) else { continue }
            return words[range.upperBound...].drop { $0 == ":" }
        }
        guard isFirst else { return nil }
        guard let boundary = words.lastIndex(where: { $0.isOne(of: "，,:(") }) else { return words[...] }
        return words[(boundary + 1)...]
    }

    private func isJoined(_ words: [Unicode.Scalar]) -> Bool {
        guard let first = words.first, first.isOne(of: "、,，及和与以") else { return false }
        return isName(words.drop { $0.isOne(of: "、,，及和与以") })
    }

    /// Whether words name a part and do not say that the number is something else.
    private func isName(_ words: ArraySlice<Unicode.Scalar>) -> Bool {
        words.count <= 40 && !words.contains { $0.isOne(of: "，,:(") } && !foreign.contains(where: words.has)
    }
}

private let totals = ["共", "共计", "合计", "总计", "共计为", "合计为", "总计为", "总额为", "共为"]
private let summaries = ["以上", "上述", "两项", "三项", "四项", "五项"]
private let openers = ["其中", "包括", "包含", "分别为", "分别是"]
private let closers = ["和", "及", "以及", "与"]
/// Words that make a number something other than a part: another kind of figure, a comparison, a sum within the list.
private let foreign = [
    "较", "比", "增", "减", "降", "占", "审核", "审定", "核定", "支付", "执行", "平均", "其中", "小计", "合计", "共计", "结余", "剩余", "每", "扣除",
    "追加",
    "申报", "调整",
]
