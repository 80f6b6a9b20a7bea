import PrintedReports
import ReviewModel

/// What sentences in English say of the whole project, and what their numbers make of each other: `requests 486,500.00`,
/// `recommends 451,300.00, a reduction of 35,200.00 (7.24%)`, `960,000 for vehicles (8 at 120,000 each)`.
struct EnglishSentences: Sendable {
    /// What a number is, as the words before it say.
    enum Role: Sendable { case requested, approved, cut, cutRate }

    struct Statement: Sendable {
        /// The position among the numbers of the text.
        var number: Int
        var role: Role
    }

    private let text: ProseText
    private let numbers: [ProseNumber]
    private let words: ReportWords
    /// The words between each number and the one before it, or the beginning of its sentence, in small letters; `nil` for a number of another language.
    private let leads: [String?]
    private let sentences: [Range<Int>]

    init(_ text: ProseText, _ numbers: [ProseNumber], _ words: ReportWords) {
        (self.text, self.numbers, self.words) = (text, numbers, words)
        let sentences = numbers.map { text.sentence(around: $0.offset.lowerBound) }
        leads = numbers.indices.map { index in
            guard text.isEnglish(sentences[index]) else { return nil }
            let last = index > 0 ? numbers[index - 1].offset.upperBound : 0
            return text.phrase(max(sentences[index].lowerBound, last)..<numbers[index].offset.lowerBound).lowercased()
        }
        self.sentences = sentences
    }

    var isEmpty: Bool { !leads.contains { $0 != nil } }

    /// What was asked for, recommended and cut in all; what follows a cut in brackets is its rate.
    var statements: [Statement] {
        var found: [Statement] = []
        for index in numbers.indices {
            guard let lead = leads[index] else { continue }
            let before = found.last.flatMap { sentences[$0.number] == sentences[index] ? $0 : nil }
            if numbers[index].unit == .percent {
                if let before, before.role == .cut, before.number == index - 1,
                    ["(", "or", ", or", ", i.e."].contains(lead.trimmedBlanks)
                {
                    found.append(Statement(number: index, role: .cutRate))
                }
                continue
            }
            guard numbers[index].unit == .yuan, isPlain(index), let role = role(lead) else { continue }
            // A cut is that of the whole where the sentence has said what was asked for or approved in all.
            if role == .cut {
                if before?.number == index - 1 { found.append(Statement(number: index, role: .cut)) }
                continue
            }
            guard !isOfPart(index) else { continue }
            found.append(Statement(number: index, role: role))
        }
        return found
    }

    /// What the request is made of, or paid from, where nothing but that stands in the sentence: `consists of 960,000 for vehicles, 180,000 for attachments`,
    /// `comes from the general fund (840,000) and a grant (400,000)`. A product in brackets explains the amount before it.
    var parts: [[Int]] {
        var (found, start) = ([[Int]](), 0)
        while start < numbers.count {
            let own = numbers.indices[start...].prefix { sentences[$0] == sentences[start] }
            start = own.upperBound
            guard let first = own.first, let lead = leads[first],
                words["english_parts"].contains(where: { lead.latinWords.containsPhrase($0) })
            else { continue }
            let amounts = own.filter { numbers[$0].unit == .yuan && !isEach($0) }
            let counts = own.filter { numbers[$0].unit != .yuan && !($0 + 1 < numbers.count && isEach($0 + 1)) }
            if amounts.count > 1, amounts.allSatisfy(isPlain), counts.isEmpty { found.append(amounts) }
        }
        return found
    }

    private func isPlain(_ index: Int) -> Bool {
        let number = numbers[index]
        return number.upper == nil && number.per.isEmpty && number.qualifier == .exactly && !isEach(index)
    }

    private func role(_ lead: String) -> Role? {
        var tokens = lead.latinWords
        while let last = tokens.last, words["english_fillers"].contains(last) { tokens.removeLast() }
        guard let last = tokens.last else { return nil }
        if words["english_requested"].contains(last) { return .requested }
        if words["english_approved"].contains(last) { return .approved }
        return words["english_cut"].contains(last) ? .cut : nil
    }

    /// Whether a sentence speaks of one of several things, or of another year: `for vehicles, 840,000`, `of which`, `in 2024`.
    private func isOfPart(_ index: Int) -> Bool {
        let start = text.phrase(sentences[index].lowerBound..<numbers[index].offset.lowerBound).lowercased()
        let tokens = start.latinWords
        if let first = tokens.first, ["for", "of", "in", "on"].contains(first) { return true }
        if tokens.contains("which") || tokens.contains("each") || tokens.contains("per") { return true }
        // 165,000 for attachments and 100,000 for equipment: each is of its own thing.
        let own = numbers.indices.filter { sentences[$0] == sentences[index] && numbers[$0].unit == .yuan }
        return own.count { word(behind: $0) == "for" } > 1
    }

    /// The word right behind a number, in small letters; empty where a mark stands there.
    private func word(behind index: Int) -> String {
        var end = text.skippingBlanks(numbers[index].offset.upperBound)
        let start = end
        while text.isLetter(end) { end += 1 }
        return text.phrase(start..<end).lowercased()
    }

    private func isEach(_ index: Int) -> Bool { ["each", "apiece", "per"].contains(word(behind: index)) }
}

// MARK: - What numbers make of each other

extension EnglishSentences {
    /// Shares, differences and products.
    func arithmetic() throws(DecimalOverflow) -> [StatedArithmetic] {
        var found: [StatedArithmetic] = []
        let clauses = StatedArithmetic.Reckoner(numbers)
        let known = statements
        for index in numbers.indices where index > 0 {
            guard let lead = leads[index]?.trimmedBlanks, sentences[index - 1] == sentences[index] else { continue }
            if numbers[index].unit == .percent, let made = try share(index, lead, known, clauses) { found.append(made) }
            if let made = try product(index, lead, clauses) { found.append(made) }
        }
        // requested A, approved B, cut C of one sentence
        for (position, cut) in known.enumerated() where cut.role == .cut {
            let before = known[..<position].filter { sentences[$0.number] == sentences[cut.number] }
            guard let asked = before.last(where: { $0.role == .requested }),
                let given = before.last(where: { $0.role == .approved }),
                let made = try clauses.difference(cut.number, asked.number, given.number)
            else { continue }
            found.append(made)
        }
        return found
    }

    /// `spent 586,000 of its budget of 610,000 (96.07%)`, and `Of the 22 vehicles, 8 are older (36.36%)`.
    private func share(
        _ index: Int,
        _ lead: String,
        _ known: [Statement],
        _ clauses: StatedArithmetic.Reckoner
    ) throws(DecimalOverflow) -> StatedArithmetic? {
        guard index > 1, lead.hasSuffix("("), sentences[index - 2] == sentences[index],
            !known.contains(where: { $0.number == index }),
            numbers[index - 1].unit == numbers[index - 2].unit, numbers[index - 1].unit != .percent, isPlain(index - 1),
            isPlain(index - 2),
            let (first, second) = leads[index - 2].flatMap({ one in leads[index - 1].map { (one, $0) } })
        else { return nil }
        // 100.69 million, of which 65.00 million (64.6%): the whole stands first.
        if lead == "(", ["which", "whom"].contains(second.latinWords.dropFirst().first), second.latinWords.first == "of"
        {
            return try clauses.share(index, index - 1, index - 2)
        }
        if lead == "(", second.latinWords.first == "of" { return try clauses.share(index, index - 2, index - 1) }
        guard first.latinWords.first == "of", numbers[index - 1].value <= numbers[index - 2].value else { return nil }
        return try clauses.share(index, index - 1, index - 2)
    }

    /// `960,000 for vehicles (8 at 120,000 each)`, and `7 are approved at 120,000 each, 840,000 in total`.
    private func product(_ index: Int, _ lead: String, _ clauses: StatedArithmetic.Reckoner)
        throws(DecimalOverflow) -> StatedArithmetic?
    {
        guard isEach(index), numbers[index].unit == .yuan, lead.latinWords.last == "at",
            numbers[index - 1].unit != .yuan, numbers[index - 1].unit != .percent
        else { return nil }
        if index > 1, let own = leads[index - 1]?.trimmedBlanks, own.hasSuffix("("),
            sentences[index - 2] == sentences[index],
            numbers[index - 2].unit == .yuan, isPlain(index - 2)
        {
            return try clauses.product(index - 2, index - 1, index)
        }
        // Of 7 of the 8 the first is meant.
        let count = index > 1 && leads[index - 1]?.latinWords.first == "of" ? index - 2 : index - 1
        guard index + 1 < numbers.count, sentences[index + 1] == sentences[index], numbers[index + 1].unit == .yuan,
            isPlain(index + 1), word(behind: index + 1) == "in"
        else { return nil }
        return try clauses.product(index + 1, count, index)
    }

    /// A total and what it is made of: `1,105,000, of which 705,000 from the general fund and 400,000 from the grant`, `84 points: need 27, costing 24 and
    /// delivery 33`.
    func sums() throws(DecimalOverflow) -> [PartSum] {
        var found: [PartSum] = []
        for index in numbers.indices.dropLast(2) where leads[index] != nil {
            let parts = numbers.indices[(index + 1)...].prefix { sentences[$0] == sentences[index] }
            guard parts.count > 1, let lead = leads[index + 1]?.trimmedBlanks else { continue }
            if numbers[index].unit == .yuan, isPlain(index), lead.latinWords.starts(with: ["of", "which"]) {
                let own = Array(parts.prefix { numbers[$0].unit == .yuan && isPlain($0) })
                guard own.count > 1, own.count == parts.count else { continue }
                found.append(try PartSum(index, own, .sources, numbers))
            } else if numbers[index].unit == .points, lead.hasPrefix(":") {
                let own = Array(parts.prefix { numbers[$0].unit == .none || numbers[$0].unit == .points })
                guard own.count > 2, own.count == parts.count else { continue }
                // 84 out of 100 points: the first is the score.
                let isOutOf =
                    index > 0 && sentences[index - 1] == sentences[index]
                    && leads[index]?.latinWords == ["out", "of"]
                found.append(try PartSum(isOutOf ? index - 1 : index, own, .closedList, numbers))
            }
        }
        return found
    }
}

// MARK: - Text

extension ProseText {
    /// Whether a sentence has Latin words and no Chinese character.
    func isEnglish(_ sentence: Range<Int>) -> Bool {
        var letters = 0
        for index in sentence {
            if (0x3400...0x9FFF).contains(scalars[index].value) { return false }
            if isLetter(index) { letters += 1 }
        }
        return letters > 2
    }

    /// Whether a number of an English sentence is money: one with a currency's sign, or one with separators that counts nothing.
    func isEnglishMoney(_ numeral: Range<Int>, end: Int) -> Bool {
        let hasGroups = scalars[numeral].contains(",")
        guard hasGroups || currencySign(before: numeral.lowerBound) != nil,
            isEnglish(sentence(around: numeral.lowerBound))
        else { return false }
        if currencySign(before: numeral.lowerBound) != nil { return true }
        var next = skippingBlanks(end)
        guard isLetter(next) else { return true }
        let start = next
        while isLetter(next) { next += 1 }
        return ReportWords.standard["english_follow"].contains(phrase(start..<next).lowercased())
    }

    /// Where the sign or the letters of a currency before a number begin.
    func currencySign(before index: Int) -> Int? {
        for sign in ["£", "$", "€", "GBP", "USD", "EUR"] where hasWord(sign, endingBefore: index) {
            return before(index) + 1 - sign.unicodeScalars.count
        }
        return nil
    }
}

extension String {
    fileprivate var trimmedBlanks: String {
        var text = self[...]
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    /// The words of Latin letters, one after the other.
    fileprivate var latinWords: [String] { split { !$0.isLetter && $0 != "-" }.map(String.init) }
}

extension EnglishSentences.Role {
    /// What the dossier calls it.
    var aspect: ProseFigure.Aspect {
        switch self {
        case .requested: .requested
        case .approved: .approved
        case .cut: .deducted
        case .cutRate: .deductionRate
        }
    }
}

extension [String] {
    /// Whether the words of a phrase, written without blanks, stand side by side.
    fileprivate func containsPhrase(_ phrase: String) -> Bool {
        indices.contains { start in
            var rest = phrase[...]
            for word in self[start...] {
                guard rest.hasPrefix(word) else { return false }
                rest = rest.dropFirst(word.count)
                if rest.isEmpty { return true }
            }
            return false
        }
    }
}
