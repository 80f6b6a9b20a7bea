import BudgetLines
import PrintedReports
import ReviewModel

/// What numbers of English sentences make of each other: `81.5 percent, 6.7 percentage points below the average of 88.2 percent`, `fell from 38.5 percent to
/// 20.0 percent, a reduction of 18.5 percentage points`, `6 centers at US$0.71 million each (US$4.26 million)`.
struct EnglishRelations {
    private let text: ProseText
    private let numbers: [ProseNumber]
    private let words: ReportWords
    private let sentences: [Range<Int>]
    private let paragraphs: [Range<Int>]
    /// The words before each number, back to the one before it or the beginning of its sentence, and those behind it; in small letters.
    private let leads: [[String]]
    private let tails: [[String]]
    private let reckoner: StatedArithmetic.Reckoner

    init(_ text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords) {
        (self.text, self.numbers, self.words, reckoner) = (text, numbers, words, StatedArithmetic.Reckoner(numbers))
        let sentences = numbers.map { text.sentence(around: $0.offset.lowerBound) }
        self.sentences = sentences
        paragraphs = numbers.map { text.paragraph(around: $0.offset.lowerBound) }
        func latin(_ start: Int, _ end: Int) -> [String] {
            start < end
                ? text.phrase(start..<end).lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init) : []
        }
        leads = numbers.indices.map { index in
            let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
            return latin(max(sentences[index].lowerBound, last), numbers[index].offset.lowerBound)
        }
        tails = numbers.indices.map { index in
            let next = index + 1 < numbers.count ? numbers[index + 1].offset.lowerBound : text.count
            return latin(numbers[index].offset.upperBound, min(next, sentences[index].upperBound))
        }
    }

    func all() throws(DecimalOverflow) -> [StatedArithmetic] {
        var found: [StatedArithmetic] = []
        for index in numbers.indices where text.isEnglish(sentences[index]) {
            if let made = try apart(index) {
                found.append(made)
            } else if let made = try moved(index) {
                found.append(made)
            } else if let made = try cut(index) {
                found.append(made)
            } else if let made = try grown(index) {
                found.append(made)
            } else if let made = try product(index) {
                found.append(made)
            } else if let made = try compared(index) {
                found.append(made)
            }
        }
        var seen: Set<Int> = []
        return found.filter { seen.insert($0.number).inserted }
    }

    private func isSentence(_ one: Int, _ other: Int) -> Bool { one >= 0 && sentences[one] == sentences[other] }

    private func isPlain(_ index: Int) -> Bool {
        numbers[index].upper == nil && numbers[index].per.isEmpty && numbers[index].qualifier == .exactly
    }

    /// Points are rates apart.
    private func isPoints(_ index: Int) -> Bool {
        tails[index].starts(with: ["percentage", "points"]) || tails[index].starts(with: ["percentage", "point"])
    }

    private func isRate(_ index: Int) -> Bool { numbers[index].unit == .percent && isPlain(index) && !isPoints(index) }

    private func tolerance(_ places: Int...) throws(DecimalOverflow) -> ExactDecimal {
        try .sum(places.map { place throws(DecimalOverflow) in try numbers[place].interval.tolerance() })
    }

    private func reckoned(
        _ index: Int,
        _ parts: [Int],
        _ value: ExactDecimal,
        within tolerance: ExactDecimal,
        _ formula: String,
        isOtherWay: Bool = false
    ) throws(DecimalOverflow) -> StatedArithmetic {
        let distance = try (numbers[index].value - value).magnitude
        return StatedArithmetic(
            number: index,
            parts: parts,
            value: value,
            agrees: !isOtherWay && distance <= tolerance,
            making: .formula(formula),
            isOtherWay: isOtherWay
        )
    }

    /// `81.5 percent, 6.7 percentage points below the average of 88.2 percent`.
    private func apart(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isPoints(index), isSentence(index - 1, index), index + 1 < numbers.count, isSentence(index + 1, index),
            isRate(index - 1), isRate(index + 1), leads[index].isEmpty, let word = tails[index].dropFirst(2).first,
            tails[index].last == "of" || tails[index].count <= 5
        else { return nil }
        let (isMore, isLess) = (words["english_above"].contains(word), words["english_below"].contains(word))
        guard isMore || isLess else { return nil }
        let (more, less) = isMore ? (index - 1, index + 1) : (index + 1, index - 1)
        let value = try numbers[more].value - numbers[less].value
        return try reckoned(
            index,
            [more, less],
            value,
            within: tolerance(index, more, less),
            "\(numbers[more].phrase) − \(numbers[less].phrase)",
            isOtherWay: value.isNegative
        )
    }

    /// `rose from 1,200 to 1,380, an increase of 180, or 15.0 percent`; `fell from 38.5 percent to 20.0 percent, a reduction of 18.5 percentage points`.
    private func moved(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isPlain(index) else { return nil }
        // or 15.0 percent
        if numbers[index].unit == .percent, leads[index] == ["or"], isSentence(index - 1, index),
            isSentence(index - 3, index),
            numbers[index - 1].unit != .percent, let (from, to) = move(index - 1), numbers[from].unit != .percent
        {
            let (more, less) = numbers[from].value > numbers[to].value ? (from, to) : (to, from)
            return try reckoner.growth(index, more, less, of: from)
        }
        guard leads[index].last == "of", let noun = leads[index].dropLast().last, let (from, to) = move(index) else {
            return nil
        }
        let (isUp, isDown) = (words["english_up"].contains(noun), words["english_down"].contains(noun))
        guard isUp || isDown, numbers[from].unit != .percent || isPoints(index) else { return nil }
        let (more, less) = isUp ? (to, from) : (from, to)
        // fell from 42 days to 33.6 days, a reduction of 20%
        if numbers[index].unit == .percent, numbers[from].unit != .percent {
            return isPoints(index) ? nil : try reckoner.growth(index, more, less, of: from)
        }
        let value = try numbers[more].value - numbers[less].value
        let slack = numbers[from].unit == .percent ? try tolerance(index, more, less) : try tolerance(index)
        return try reckoned(
            index,
            [more, less],
            value,
            within: slack,
            "\(numbers[more].phrase) − \(numbers[less].phrase)",
            isOtherWay: value.isNegative
        )
    }

    /// The two numbers right before one from and to which something moved.
    private func move(_ index: Int) -> (from: Int, to: Int)? {
        let (from, to) = (index - 2, index - 1)
        guard isSentence(from, index), isPlain(from), isPlain(to),
            numbers[from].unit == numbers[to].unit || isBare(from) && isBare(to), leads[from].last == "from",
            leads[to].last == "to", leads[to].count <= 4
        else { return nil }
        return (from, to)
    }

    /// A number without a unit, or one that is taken for money because nothing follows it.
    private func isBare(_ index: Int) -> Bool {
        switch numbers[index].unit {
        case .none: true
        case .yuan: numbers[index].phrase.unicodeScalars.allSatisfy { $0.isDigit || $0 == "," }
        default: false
        }
    }

    /// `requested RMB 8,640,000; after review, RMB 7,776,000 is recommended, a reduction of RMB 864,000 or 10.0 percent`.
    private func cut(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        if numbers[index].unit == .percent, isPlain(index), leads[index] == ["or"], isSentence(index - 1, index),
            let (asked, _) = cutOf(index - 1)
        {
            return try reckoner.share(index, index - 1, asked)
        }
        guard isPlain(index), let (asked, given) = cutOf(index) else { return nil }
        return try reckoner.difference(index, asked, given)
    }

    private func cutOf(_ index: Int) -> (asked: Int, given: Int)? {
        let given = index - 1
        guard isSentence(given, index), numbers[index].unit == .yuan, numbers[given].unit == .yuan, isPlain(given),
            leads[index].last == "of" || leads[index].last == "rmb",
            leads[index].contains(where: words["english_cut"].contains),
            tails[given].prefix(3).contains(where: words["english_approved"].contains),
            let asked = numbers.indices.prefix(given).last(where: {
                paragraphs[$0] == paragraphs[index] && numbers[$0].unit == .yuan && isPlain($0)
            }), leads[asked].contains(where: words["english_requested"].contains)
        else { return nil }
        return (asked, given)
    }

    /// `The 2025 subsidy was RMB 7,200,000, so the recommended amount is an increase of 8.0 percent over 2025`.
    private func grown(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isRate(index), leads[index].last == "of", let noun = leads[index].dropLast().last,
            tails[index].first == "over",
            isSentence(index - 1, index), isPlain(index - 1), numbers[index - 1].unit == .yuan
        else { return nil }
        let (isUp, isDown) = (words["english_up"].contains(noun), words["english_down"].contains(noun))
        guard isUp || isDown, leads[index].contains("recommended") || leads[index].contains("approved") else {
            return nil
        }
        let base = index - 1
        guard
            let now = numbers.indices.prefix(base).last(where: {
                paragraphs[$0] == paragraphs[index] && numbers[$0].unit == .yuan && isPlain($0)
                    && tails[$0].prefix(3).contains(where: words["english_approved"].contains)
            })
        else { return nil }
        return try reckoner.growth(index, isUp ? now : base, isUp ? base : now, of: base)
    }

    /// `186,000 meters at an average cost of US$62 each, i.e. US$11.53 million`, `6 centers at US$0.71 million each (US$4.26 million)`.
    private func product(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let (price, count) = (index - 1, index - 2)
        guard numbers[index].unit == .yuan, isPlain(index), isSentence(count, index), numbers[price].unit == .yuan,
            isPlain(count),
            numbers[price].upper == nil, numbers[price].qualifier == .exactly, numbers[count].unit != .percent,
            numbers[count].unit != .yuan || isBare(count),
            tails[price].first.map({ ["each", "apiece"].contains($0) }) ?? false, tails[price].count <= 4,
            tails[price].dropFirst().allSatisfy({ ["i", "e", "or", "in", "all", "us"].contains($0) }),
            leads[price].contains("at"), leads[count].first != "of", saysWhole(index)
        else { return nil }
        let value = try numbers[count].value * numbers[price].value
        let slack = try numbers[index].interval.tolerance()
        // A price in millions is rounded.
        let own =
            try numbers[price].phrase.contains("million")
            ? numbers[price].interval.tolerance() * numbers[count].value : .zero
        return try reckoned(
            index,
            [count, price],
            value,
            within: slack + own,
            "\(numbers[count].phrase) × \(numbers[price].phrase)"
        )
    }

    /// Whether a number behind a price is said to be what it comes to, `each (960,000)`, `each, 960,000 in total`, and not the next thing:
    /// `960,000 for vehicles (8 at 120,000 each), 180,000 for attachments`.
    private func saysWhole(_ index: Int) -> Bool {
        let between = text.phrase(numbers[index - 1].offset.upperBound..<numbers[index].offset.lowerBound)
        if between.contains(where: { ")）;；".contains($0) }) { return false }
        return tails[index - 1].contains { ["e", "or", "all"].contains($0) } || between.contains { "(（=".contains($0) }
            || tails[index].prefix(3).contains { ["total", "all", "altogether", "together"].contains($0) }
    }

    /// `12.8 percent, above the discount rate of 6 percent`.
    private func compared(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard isRate(index), isSentence(index - 1, index), isRate(index - 1),
            leads[index].last == "of" || leads[index].last == "than",
            let word = leads[index].first, leads[index].count <= 7,
            !["if", "should", "must", "would"].contains(where: leads[index - 1].contains)
        else { return nil }
        let (isMore, isLess) = (words["english_above"].contains(word), words["english_below"].contains(word))
        guard isMore || isLess, numbers[index].value != numbers[index - 1].value else { return nil }
        if (numbers[index - 1].value > numbers[index].value) == isMore { return nil }
        return try reckoned(
            index,
            [index - 1],
            numbers[index].value,
            within: .zero,
            "\(numbers[index - 1].phrase) \(isMore ? "<" : ">") \(numbers[index].phrase)",
            isOtherWay: true
        )
    }
}
