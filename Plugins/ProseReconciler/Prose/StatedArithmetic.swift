import PrintedReports
import ReviewModel

/// A number that others of its sentence make: `送审 534 元，审定 510 元，核减 24 元`, `比上年的 46 人增加 4 人，增长 8.70%`,
/// `分别为 84 分、87 分、90 分，平均 87 分`, `印制 400 册，每册 120 元，计 48,000 元`.
struct StatedArithmetic: Sendable {
    /// The positions of the number and of what makes it among the numbers of the text.
    var number: Int
    var parts: [Int]
    /// What they make, as exactly as they are printed.
    var value: ExactDecimal
    var agrees: Bool
    var making: Making
    /// Whether the words say that it rose where it fell, or the other way round.
    var isOtherWay = false
    /// Whether words say outright what makes it, so that it is told of a number that the dossier has, too: then it is one of its parts that is wrong.
    var isOutright = false

    enum Making: Sendable {
        /// The first without the second.
        case difference
        /// The first in percent of the second, or the change from the second to the first.
        case share, growth
        /// The first in percent of the second without it, or with it: the change to what is there now.
        case rise, fall
        case mean, product
        /// What is left of a whole that the first is the second percent of.
        case remainder
        /// One of so many years.
        case part(of: Int)
        /// A rise beside a fall.
        case contrary
        /// As it is printed.
        case formula(String)
    }

    var isDifference: Bool { if case .difference = making { true } else { false } }

    /// What the numbers of a text say of each other, as a scan of `text` found them.
    static func all(in text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords = .standard)
        throws(DecimalOverflow) -> [StatedArithmetic]
    {
        guard numbers.count > 1 else { return [] }
        let clauses = NumberClauses(text, numbers, words)
        var found: [StatedArithmetic] = []
        for index in numbers.indices {
            guard clauses.isPlain(index) else {
                // 平均 16.5 元/卷
                if !numbers[index].per.isEmpty, let made = try clauses.mean(index) { found.append(made) }
                continue
            }
            // Who says what a change comes to, says it of the same two numbers.
            let known = found.last { $0.number == index - 1 }
            if let made = try clauses.made(index, after: known) { found.append(made) }
        }
        return found
    }
}

/// The numbers of a text with the words before each, as far as its sentence has them.
struct NumberClauses {
    let numbers: [ProseNumber]
    /// The words between each number and the one before it, or the beginning of its sentence, without blanks.
    let leads: [String]
    let sentences: [Range<Int>]
    let text: ProseText
    let reckoner: StatedArithmetic.Reckoner
    let words: ReportWords
    let leadWords: LeadWords

    init(_ text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords = .standard) {
        (self.words, leadWords) = (words, LeadWords(words))
        (self.text, self.numbers, reckoner) = (text, numbers, StatedArithmetic.Reckoner(numbers))
        let sentences = numbers.map { text.sentence(around: $0.offset.lowerBound) }
        leads = numbers.indices.map { index in
            let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
            return text.words(max(sentences[index].lowerBound, last)..<numbers[index].offset.lowerBound)
        }
        self.sentences = sentences
    }

    /// A figure by itself: no range, no 约, nothing that it is counted for.
    func isPlain(_ index: Int) -> Bool {
        let number = numbers[index]
        return number.upper == nil && number.per.isEmpty && number.qualifier == .exactly && number.unit != .none
    }

    /// The same of what is counted for something, 元/卷.
    func isPlain(_ index: Int, per: String) -> Bool {
        let number = numbers[index]
        return number.upper == nil && number.per == per && number.qualifier == .exactly && number.unit != .none
    }

    /// What makes a number, the first of the ways that its words say; `known` is the change right before it.
    func made(_ index: Int, after known: StatedArithmetic?) throws(DecimalOverflow) -> StatedArithmetic? {
        if let made = try net(index) { return made }
        if let made = try cut(index) { return made }
        if let made = try unfinished(index) { return made }
        if let made = try idle(index) { return made }
        if let made = try yearly(index) { return made }
        if let made = try apart(index) { return made }
        if let made = try rest(index) { return made }
        if let made = try restOfRate(index) { return made }
        if let made = try mean(index) { return made }
        if let made = try product(index) { return made }
        if let made = try change(index) { return made }
        if let made = try pointsApart(index) { return made }
        if let made = try portion(index) { return made }
        if let made = try remainder(index) { return made }
        if let made = try growth(index, after: known) { return made }
        return try growthOfChange(index)
    }

    /// The amounts before a number in its sentence, nearest first; those in words repeat the ones before them, and rates are none.
    func amounts(before index: Int, atMost count: Int) -> [Int] {
        var (found, place) = ([Int](), index - 1)
        while place >= 0, found.count < count, sentences[place] == sentences[index] {
            if numbers[place].unit != .percent, !leads[place].has("大写") {
                guard numbers[place].unit == .yuan, isPlain(place) else { return [] }
                found.append(place)
            }
            place -= 1
        }
        return found
    }

    func sentence(_ index: Int) -> String { text.words(sentences[index]) }
}

extension String {
    /// Whether what is counted is what a price is for: 640 人 and 每名, 5 天 and 每日, 12 个月 and 每月.
    func isSameMeasure(as word: String) -> Bool {
        func canonical(_ unit: String) -> String {
            switch unit {
            case "名", "生", "位", "学生": "人"
            case "日": "天"
            case "个月": "月"
            case "学时": "课时"
            default: unit
            }
        }
        return canonical(self) == canonical(word)
    }

    func has(_ word: String) -> Bool { contains(word) }

    func hasAny(_ words: [String]) -> Bool { words.contains { contains($0) } }

    /// Where one of the words stands last, counted from the beginning.
    func last(of words: [String]) -> Int? {
        words.compactMap { word in ranges(of: word).last.map { distance(from: startIndex, to: $0.lowerBound) } }.max()
    }

    /// Whether the text is one of the words and nothing else but fillers before and behind it.
    func says(_ words: [String], beside fillers: [String]) -> Bool {
        guard count <= 16 else { return false }
        return words.contains { word in
            ranges(of: word).contains { place in
                self[..<place.lowerBound].isMade(of: fillers) && self[place.upperBound...].isMade(of: fillers)
            }
        }
    }
}

extension Substring {
    func isMade(of words: [String]) -> Bool {
        if isEmpty { return true }
        return words.contains { hasPrefix($0) && dropFirst($0.count).isMade(of: words) }
    }
}
