import BudgetLines
import PrintedReports
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
        /// Some parts follow: `总额，其中 A、B`. They only must not exceed the total, unless a slip of the pen in one of them explains what is
        /// missing.
        case openList
        /// Sources of the money follow, which are all of it, `总额，其中：区级财政 A、自筹 B`.
        case sources
        /// The years of a project follow, 总预算 A，其中 2026 年 B，2027 年 C: the total is that of all of them, not of the year under review.
        case years
    }

    /// The sums among the numbers that a scan of `text` found.
    static func all(in text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords) throws(DecimalOverflow)
        -> [PartSum]
    {
        let list = NumberList(text, numbers, words)
        var sums: [PartSum] = []
        for index in numbers.indices where list.isPlain(index) || list.isPrecise(index) {
            let parts = list.isPlain(index) ? list.partsBefore(index) : []
            if parts.count > 1 {
                sums.append(try PartSum(index, parts, .summedUp, numbers))
                continue
            }
            let (following, form) = list.partsBehind(index)
            if !following.isEmpty {
                sums.append(try PartSum(index, following, form, numbers, isExact: list.isLost(index)))
                continue
            }
            let cuts = list.cutsBehind(index)
            if cuts.count > 1 { sums.append(try PartSum(index, cuts, .openList, numbers)) }
        }
        return sums
    }

    /// Whether the parts make a number of their kind that stands before the one they were taken for parts of, in its sentence.
    func isOfAnother(of numbers: [ProseNumber], in text: ProseText) -> Bool {
        let sentence = text.sentence(around: numbers[total].offset.lowerBound)
        return numbers[..<total].contains { number in
            number.unit == numbers[total].unit && number.value == sum && sentence.contains(number.offset.lowerBound)
        }
    }

    init(_ total: Int, _ parts: [Int], _ form: Form, _ numbers: [ProseNumber], isExact: Bool = false)
        throws(DecimalOverflow)
    {
        (self.total, self.parts, self.form) = (total, parts, form)
        let printed = numbers[total]
        sum = try .sum(parts.map { numbers[$0].value })
        var tolerance = try printed.interval.tolerance()
        for part in parts { tolerance = try tolerance + numbers[part].interval.tolerance() }
        // What is counted is counted to one.
        if case .count = printed.unit, !printed.phrase.contains("万") { tolerance = .zero }
        // Points that are lost are given, not rounded.
        if isExact, parts.allSatisfy({ numbers[$0].value.places <= printed.value.places }) { tolerance = .zero }
        let excess = try sum - printed.value
        var isShort = form == .openList
        if isShort { isShort = try !Self.isSlip(parts.map { numbers[$0] }, printed, lacking: -excess, tolerance) }
        agrees = excess <= tolerance && (isShort || -excess <= tolerance)
        if !agrees, let places = try SubsetSearch.only(parts.map { numbers[$0].value }, making: printed.interval) {
            subset = places.map { parts[$0] }
        }
    }

    /// Whether two neighbouring digits of one part, exchanged, make up for what is lacking; or one digit, where the finer digits of the
    /// total are made already.
    private static func isSlip(
        _ parts: [ProseNumber],
        _ total: ProseNumber,
        lacking: ExactDecimal,
        _ tolerance: ExactDecimal
    ) throws(DecimalOverflow) -> Bool {
        guard parts.count > 1, lacking > tolerance else { return false }
        for part in parts {
            let digits = part.phrase.unicodeScalars.filter { $0.isDigit || $0 == "." }
            guard let printed = ExactDecimal(digits.string), printed > 0,
                let scale = try part.value.divided(by: printed, places: 0)
            else { continue }
            let scalars = Array(digits)
            for place in scalars.indices where scalars[place].isDigit {
                let next = scalars.indices.dropFirst(place + 1).first { scalars[$0].isDigit }
                if let next {
                    var other = scalars
                    other.swapAt(place, next)
                    if other[0] != "0", let value = ExactDecimal(other.string) {
                        let gain = try (value - printed) * scale
                        if try (gain - lacking).magnitude <= tolerance { return true }
                    }
                }
            }
            let finest = try tolerance * 400
            guard try ExactDecimal.isOneDigit(lacking, within: tolerance), lacking > finest else { continue }
            for place in scalars.indices where scalars[place].isDigit {
                for digit in ("1"..."9" as ClosedRange<Unicode.Scalar>).scalars where digit != scalars[place] {
                    var other = scalars
                    other[place] = digit
                    guard let value = ExactDecimal(other.string) else { continue }
                    let gain = try (value - printed) * scale
                    if try (gain - lacking).magnitude <= tolerance, total.isFiner(than: lacking) { return true }
                }
            }
        }
        return false
    }
}

extension ExactDecimal {
    /// Whether a number is one digit and zeros, but for what printing leaves out.
    fileprivate static func isOneDigit(_ number: ExactDecimal, within tolerance: ExactDecimal) throws(DecimalOverflow)
        -> Bool
    {
        var unit = ExactDecimal(significand: 1, places: 2)
        while try unit * 10 <= number + tolerance { unit = try unit * 10 }
        for digit in 1...9 where try (number - unit * ExactDecimal(digit)).magnitude <= tolerance { return true }
        return false
    }
}

extension ClosedRange<Unicode.Scalar> {
    fileprivate var scalars: [Unicode.Scalar] { (lowerBound.value...upperBound.value).compactMap(Unicode.Scalar.init) }
}

extension ProseNumber {
    /// Whether digits that are no zeros stand two places and more below the first digit of `amount`.
    fileprivate func isFiner(than amount: ExactDecimal) -> Bool {
        var unit = ExactDecimal(significand: 1, places: 2)
        while let next = try? unit * 10, next <= amount { unit = next }
        guard let tenth = try? unit * ExactDecimal(significand: 1, places: 1),
            let times = try? value.divided(by: tenth, places: 0), let whole = try? times * tenth
        else { return false }
        return whole != value
    }
}

/// The numbers of a text as an enumeration may join them.
private struct NumberList {
    let text: ProseText
    let numbers: [ProseNumber]

    /// The words between each number and the one before it, or the beginning of its sentence, without blanks.
    private let leads: [[Unicode.Scalar]]
    private let sentences: [Range<Int>]
    /// In how many brackets of its sentence each number stands.
    private let depths: [Int]
    /// Words that cut, words for where money comes from, that sum up, and that make a number something other than a part.
    private let cutWords: [String], sourceWords: [String], totals: [String], foreign: [String]
    /// What points are called that were given, not lost.
    private let scored: [String]

    init(_ text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords) {
        self.text = text
        self.numbers = numbers
        (cutWords, sourceWords) = (words["cut_verbs"], words["money_sources"])
        (totals, foreign) = (words["sum_leads"], words["no_part"])
        scored = words["scored"]
        let sentences = numbers.map { text.sentence(around: $0.offset.lowerBound) }
        self.sentences = sentences
        depths = numbers.indices.map { index in
            text.scalars[sentences[index].lowerBound..<numbers[index].offset.lowerBound].reduce(0) { depth, scalar in
                scalar == "(" ? depth + 1 : scalar == ")" ? max(0, depth - 1) : depth
            }
        }
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

    /// 约 before so many digits rounds nothing more than they do: 约 301.57 万元，其中….
    func isPrecise(_ index: Int) -> Bool {
        var number = numbers[index]
        guard number.qualifier == .about, number.digits >= 4 else { return false }
        number.qualifier = .exactly
        return number.upper == nil && number.per.isEmpty && number.unit == .yuan
    }

    /// Whether a number is points that were lost.
    func isLost(_ index: Int) -> Bool { numbers[index].unit == .points && leads[index].has("扣") }

    /// `核减 A。其中：甲多计，核减 B；乙偏高，核减 C` behind the total.
    func cutsBehind(_ total: Int) -> [Int] {
        guard numbers[total].unit == .yuan, isPlain(total), let word = cutWords.first(where: leads[total].ends),
            !text.words(text.paragraph(around: numbers[total].offset.lowerBound)).isAdjusted
        else { return [] }
        let end = text.paragraph(around: numbers[total].offset.lowerBound).upperBound
        var (parts, index) = ([Int](), total + 1)
        // The rate of the cut may stand between.
        while index < numbers.count, numbers[index].unit == .percent { index += 1 }
        guard index < numbers.count, numbers[index].offset.lowerBound < end else { return [] }
        let between = text.bare(numbers[index - 1].offset.upperBound..<numbers[index].offset.lowerBound)
        let opening = between.drop { $0.isOne(of: "。；;，,") }
        guard opening.begins(with: "其中"), opening.count < between.count else { return [] }
        var last = numbers[index - 1].offset.upperBound
        while index < numbers.count, numbers[index].offset.lowerBound < end {
            let words = text.bare(last..<numbers[index].offset.lowerBound)
            // The first sentence behind 其中 has them all.
            if !parts.isEmpty, words.contains("。") { break }
            if numbers[index].unit == .yuan {
                guard isPlain(index), words.ends(with: word) else { return [] }
                parts.append(index)
            } else if numbers[index].unit == .percent {
                return []
            }
            last = numbers[index].offset.upperBound
            index += 1
        }
        return parts
    }

    /// `A 1万元、B 2万元，共` before the total.
    func partsBefore(_ total: Int) -> [Int] {
        if let verb = verb(ofTotal: leads[total]) { return listed(before: total, by: verb) }
        guard isTotalWord(leads[total]) else { return [] }
        var (parts, index) = ([Int](), total - 1)
        while index >= 0, belongs(index, with: total) {
            let words = leads[index]
            guard let opening = opening(words, isFirst: isFirstOfSentence(index)) else {
                guard isJoined(words[...]) else { return [] }
                parts.insert(index, at: 0)
                index -= 1
                continue
            }
            return isName(opening) ? [index] + parts : []
        }
        return []
    }

    /// `总额，包括 A 1万元、B 2万元和 C 3万元` behind the total; closed when the last part is joined by 和.
    func partsBehind(_ total: Int) -> (parts: [Int], form: PartSum.Form) {
        var (parts, index) = ([Int](), total + 1)
        // The total may stand again in words: （大写：壹佰万元整），其中….
        while index < numbers.count, leads[index].has("大写") { index += 1 }
        guard index < numbers.count, belongs(index, with: total) else { return ([], .openList) }
        let first = leads[index].drop { $0.isOne(of: index > total + 1 ? "，,:()整" : "，,:(") }
        guard let word = openers.first(where: first.begins) else { return ([], .openList) }
        let name = first.dropFirst(word.unicodeScalars.count).drop { $0.isOne(of: ":，,") }
        // 预算执行扣 0.42 分 is a part of what was lost.
        let isLost = self.isLost(total)
        guard isName(name) || isLost && name.ends(with: "扣") else { return ([], .openList) }
        // 其中设备费 A，安装费 B，资金来源为市级财政 C、自筹 D: the sources are those of the whole, not of its last part.
        if isSource(word), total > 0, belongs(total - 1, with: total), isJoined(leads[total][...]) {
            return ([], .openList)
        }
        var names = [name]
        parts.append(index)
        let depth = depths[index]
        index += 1
        while index < numbers.count, sentences[index].contains(numbers[total].offset.lowerBound) {
            // 测算扣 6 分（含单价扣 4 分、数量扣 2 分）、目标扣 4 分: what stands in brackets is a part of the part.
            if depths[index] > depth {
                index += 1
                continue
            }
            let lead = leads[index].drop { $0 == ")" && depths[index - 1] > depth }
            guard belongs(index, with: total), !beginsSources(leads[index]), !isOfLongerTime(index, than: total),
                !(isLost && scored.contains(where: lead.has)),
                isJoined(lead) || isLost && lead.ends(with: "扣") && lead.count <= 16
            else { break }
            parts.append(index)
            names.append(lead)
            index += 1
        }
        // Whatever else of the kind follows in the sentence leaves it open where the list ends.
        if index < numbers.count, belongs(index, with: total), !beginsSources(leads[index]),
            !isOfLongerTime(index, than: total), !(isLost && scored.contains(where: leads[index].has))
        {
            return ([], .openList)
        }
        guard let last = parts.last, parts.count > 1 else { return (parts, .openList) }
        let end = numbers[last].offset.upperBound
        let isOpen = text.bare(end..<text.sentence(around: end).upperBound).begins(with: "等")
        if !isOpen, names.allSatisfy({ name in sourceWords.contains(where: name.has) }) { return (parts, .sources) }
        if !isOpen, names.allSatisfy(\.isYear) { return (parts, .years) }
        let words = leads[last].drop { $0.isOne(of: "，,") }
        let isClosed = word != "其中" && closers.contains(where: words.begins) && !isOpen
        return (parts, isClosed ? .closedList : .openList)
    }

    /// 每月 A，其中 B、C，全年 D: what it comes to in a year is no part of a month.
    private func isOfLongerTime(_ index: Int, than total: Int) -> Bool {
        isLongerTime(leads[index].string, than: leads[total].string)
    }

    /// Whether words open a list of where the money comes from.
    private func isSource(_ opener: String) -> Bool { opener.hasPrefix("资金来源") || opener.hasPrefix("来源") }

    private func beginsSources(_ words: [Unicode.Scalar]) -> Bool {
        let rest = words.drop { $0.isOne(of: "，,:(") }
        return openers.contains { isSource($0) && rest.begins(with: $0) }
    }

    /// `分别核减 A、B，共计核减 C`: the verb of the total, which its parts have, too.
    private func verb(ofTotal words: [Unicode.Scalar]) -> String? {
        let rest = words.drop { $0.isOne(of: "，,") }
        for verb in cutWords where rest.ends(with: verb) {
            if totals.contains(where: { (Array($0.unicodeScalars) + verb.unicodeScalars).elementsEqual(rest) }) {
                return verb
            }
        }
        return nil
    }

    private func listed(before total: Int, by verb: String) -> [Int] {
        var (parts, index) = ([Int](), total - 1)
        while index >= 0, belongs(index, with: total) {
            parts.insert(index, at: 0)
            if leads[index].ends(with: "分别" + verb) { return parts }
            guard leads[index].count == 1, leads[index].allSatisfy({ $0.isOne(of: "、，,和及与") }) else { return [] }
            index -= 1
        }
        return []
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

    private func isJoined(_ words: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = words.first, first.isOne(of: "、,，及和与以") else { return false }
        return isName(words.drop { $0.isOne(of: "、,，及和与以") })
    }

    /// Whether words name a part and do not say that the number is something else.
    private func isName(_ words: ArraySlice<Unicode.Scalar>) -> Bool {
        words.count <= 40 && !words.contains { $0.isOne(of: "，,:(") } && !foreign.contains(where: words.has)
    }
}

extension ArraySlice<Unicode.Scalar> {
    /// `，2027年`, `2026年度安排`: a list of years has all of them.
    fileprivate var isYear: Bool {
        let rest = drop { $0.isOne(of: "、,，及和与以") }
        let digits = rest.prefix(while: \.isDigit)
        guard digits.count == 4 else { return false }
        let words = Array(rest.dropFirst(4)).string
        return ["年", "年度"].contains { year in
            ["", "安排", "预算", "计划", "投入", "需", "支出", "申报"].contains { words == year + $0 }
        }
    }
}

/// Whether the words before a number say that it is of a longer time than another, which is told by the month: 每月 and 全年.
func isLongerTime(_ lead: String, than other: String) -> Bool {
    other.hasAny(shortTimes) && longTimes.contains(where: lead.drop { "，,、;；".contains($0) }.hasPrefix)
}

private let shortTimes = ["每月", "每日", "每天", "每周", "每季", "每期", "每年"]
private let longTimes = ["全年", "年度", "一年", "每年", "三年", "全期", "全季"]
private let summaries = ["以上", "上述", "两项", "三项", "四项", "五项"]
private let openers = ["其中", "包括", "包含", "分别为", "分别是", "资金来源为", "资金来源:", "来源为", "中，", "中,"]
private let closers = ["和", "及", "以及", "与"]
extension String {
    /// Whether something was added as well, so that cuts alone do not make the total.
    fileprivate var isAdjusted: Bool { ["核增", "审增", "调增", "净核", "净审"].contains { contains($0) } }
}
