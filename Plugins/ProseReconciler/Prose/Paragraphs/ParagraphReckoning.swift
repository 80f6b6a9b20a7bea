import PrintedReports
import ReviewModel

/// Numbers that others of their paragraph make, as lists of words in `report-words.yaml` say: what is missing of what should be, what a
/// share is of, what flows make a balance, what a rate of an amount comes to. A number is held against others only where its words say how
/// and a second thing bears it out.
struct ParagraphReckoning {
    let clauses: NumberClauses
    let words: ReportWords
    /// The paragraph of each number.
    let paragraphs: [Range<Int>]

    var numbers: [ProseNumber] { clauses.numbers }
    var leads: [String] { clauses.leads }
    var reckoner: StatedArithmetic.Reckoner { clauses.reckoner }

    init(_ text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords) {
        self.words = words
        clauses = NumberClauses(text, numbers, words)
        paragraphs = numbers.map { text.paragraph(around: $0.offset.lowerBound) }
    }

    /// What the numbers say of each other, at most one thing of each.
    func all() throws(DecimalOverflow) -> [StatedArithmetic] {
        guard numbers.count > 1 else { return [] }
        var found = try shareRuns()
        found += try distributions()
        for index in numbers.indices where !found.contains(where: { $0.number == index }) {
            if let made = try made(index) { found.append(made) }
        }
        var seen: Set<Int> = []
        return found.filter { seen.insert($0.number).inserted }.sorted { $0.number < $1.number }
    }

    private func made(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        if let made = try unitCost(index) { return made }
        if let made = try multiple(index) { return made }
        if let made = try distance(index) { return made }
        guard clauses.isPlain(index) else { return nil }
        if numbers[index].unit == .percent {
            if let made = try shareOfNamed(index) { return made }
            if let made = try shareRightBefore(index) { return made }
            if let made = try rateOfDifference(index) { return made }
            if let made = try growthOfPair(index) { return made }
            if let made = try rateOfCharge(index) { return made }
            if let made = try yearlyGrowth(index) { return made }
            if let made = try pointsBetween(index) { return made }
            if let made = try meanOfRates(index) { return made }
            return try pointsFrom(index)
        }
        if let made = try denied(index) { return made }
        if let made = try openRest(index) { return made }
        if let made = try gap(index) { return made }
        if let made = try period(index) { return made }
        if let made = try flow(index)?.made { return made }
        if let made = try changed(index) { return made }
        if let made = try changedByFirst(index) { return made }
        if let made = try charge(index) { return made }
        if let made = try saidOutright(index) { return made }
        if let made = try countedPrice(index) { return made }
        if let made = try meanOfUnit(index) { return made }
        if let made = try meanOfList(index) { return made }
        if let made = try countOfList(index) { return made }
        if let made = try taxed(index) { return made }
        if let made = try sharedOut(index) { return made }
        if let made = try pointsLeft(index) { return made }
        return try contraryCut(index)
    }

    // MARK: - Words and neighbours

    /// The words right before a number, back to a comma, colon or bracket.
    func clause(_ index: Int) -> String { leads[index].lastClause }

    /// The words behind a number, up to the next one or the end of its sentence.
    func tail(_ index: Int) -> String {
        let next = index + 1 < numbers.count ? numbers[index + 1].offset.lowerBound : clauses.text.count
        let end = min(next, clauses.sentences[index].upperBound)
        let start = numbers[index].offset.upperBound
        return start < end ? clauses.text.words(start..<end) : ""
    }

    func isSentence(_ one: Int, _ other: Int) -> Bool { clauses.sentences[one] == clauses.sentences[other] }

    func isParagraph(_ one: Int, _ other: Int) -> Bool { paragraphs[one] == paragraphs[other] }

    func isAlike(_ one: Int, _ other: Int) -> Bool {
        numbers[one].unit == numbers[other].unit && clauses.isPlain(one) && clauses.isPlain(other)
            && !leads[one].has("大写") && !leads[other].has("大写")
    }

    /// The nearest numbers of its kind before a number in its sentence, nearest first; rates between them do not matter, other numbers end the search.
    func nearest(_ index: Int, _ count: Int, inParagraph: Bool = false) -> [Int] {
        var (found, place) = ([Int](), index - 1)
        while place >= 0, found.count < count, inParagraph ? isParagraph(place, index) : isSentence(place, index) {
            if isAlike(place, index) {
                found.append(place)
            } else if numbers[place].unit != .percent, !leads[place].has("大写") {
                break
            }
            place -= 1
        }
        return found
    }

    /// All numbers of the kind of `part` in its paragraph but itself.
    func others(of part: Int) -> [Int] {
        numbers.indices.filter { $0 != part && isParagraph($0, part) && isAlike($0, part) }
    }

    func has(_ key: String, in text: String) -> Bool { text.hasAny(words[key]) }

    func begins(_ key: String, _ text: String) -> Bool { words[key].contains(where: text.hasPrefix) }

    /// Whether a percent is the share of a part in another number of its paragraph, or in several of them together.
    func isShare(_ index: Int, of part: Int) throws(DecimalOverflow) -> Bool {
        let others = others(of: part)
        let own = numbers[part].value
        var wholes = others.map { numbers[$0].value }
        for (place, one) in others.enumerated() {
            wholes.append(try numbers[one].value + own)
            for other in others[(place + 1)...] { wholes.append(try numbers[one].value + numbers[other].value) }
        }
        wholes.append(try .sum(others.filter { isSentence($0, part) }.map { numbers[$0].value }))
        wholes.append(try .sum(others.filter { isSentence($0, part) }.map { numbers[$0].value } + [own]))
        var parts = [own]
        for other in others { parts.append(try own + numbers[other].value) }
        for whole in wholes where whole > 0 {
            for part in parts where part <= whole {
                guard let value = try ExactDecimal.percentage(part, of: whole, places: 10) else { continue }
                if try (value - numbers[index].value).magnitude <= numbers[index].interval.tolerance() { return true }
            }
        }
        return false
    }

    /// A number that is made by `formula`.
    func reckoned(
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

    func slack(_ places: [Int]) throws(DecimalOverflow) -> ExactDecimal {
        try .sum(places.map { place throws(DecimalOverflow) in try numbers[place].rounding() })
    }
}

extension String {
    /// What stands behind its last comma, colon or bracket.
    var lastClause: String {
        split(omittingEmptySubsequences: false) { "，,:()；;".contains($0) }.last.map(String.init) ?? self
    }

    /// Without one of the words at its end, as often as one stands there.
    func dropping(ends: [String]) -> String {
        var text = self[...]
        while let end = ends.first(where: { !$0.isEmpty && text.hasSuffix($0) }) { text = text.dropLast(end.count) }
        return String(text)
    }

    func dropping(starts: [String]) -> String {
        var text = self[...]
        while let start = starts.first(where: { !$0.isEmpty && text.hasPrefix($0) }) {
            text = text.dropFirst(start.count)
        }
        return String(text)
    }
}
