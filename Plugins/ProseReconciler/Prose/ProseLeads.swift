import BudgetLines
import PrintedReports

/// The words before each number of a text, and what they say of it.
struct ProseLeads {
    private let text: ProseText
    private let numbers: [ProseNumber]
    private let vocabulary: ProseVocabulary
    private let words: ReportWords

    /// Where the first name of an item ends, if the text has one; looked for when it is asked for.
    private lazy var firstSubjectEnd: Int? = {
        let places = text.scalars.indices.filter { !text.scalars[$0].isBlank }
        return vocabulary.firstSubjectEnd(in: places.map { text.scalars[$0] }).map { places[$0 - 1] + 1 }
    }()

    init(
        _ text: ProseText,
        _ numbers: [ProseNumber],
        _ vocabulary: ProseVocabulary,
        _ words: ReportWords = .standard
    ) {
        (self.text, self.words) = (text, words)
        self.numbers = numbers
        self.vocabulary = vocabulary
    }

    /// What is said of the number at `index`, and whether it is said so fully that another value is a contradiction.
    mutating func reading(
        of index: Int,
        after previous: ProseReading?,
        about subject: String?
    ) -> (reading: ProseReading, isFirm: Bool)? {
        let start = numbers[index].offset.lowerBound
        let sentence = text.sentence(around: start)
        // What was counted by the number before is no word of this one.
        let last = index > 0 ? min(start, endOfCounted(index - 1, before: index)) : 0
        let isFirst = last <= sentence.lowerBound
        var lead = text.bare(max(sentence.lowerBound, last)..<start)
        if isFirst { lead = lead.withoutCounter }
        // 2023 年、2024 年…分别为: of which year it is, its place in the list says.
        if lead.has("分别"), lead.indices.count(where: { lead[$0] == "年" && $0 > 3 && lead[$0 - 1].isDigit }) > 1 {
            return nil
        }
        // Of several names, 设备、监理合计 and 设备类（设备、安装）, the number is not that of the last.
        if isOfSeveral(lead) { return nil }
        // 2025 年申报 A；2026 年申报 B where nobody knows which of them is under review.
        if !vocabulary.hasYear, yearsAsked(around: start) > 1 { return nil }
        if var own = vocabulary.tokens(of: lead[...]).flatMap(ProseReading.init) {
            own.isPartOf = ["其中", "包括", "包含"].contains(where: lead.has)
            // 44 名学生: what is counted may stand behind the number.
            if own.measures == nil, own.aspect == nil { own.measures = title(behind: index)?.measures }
            // 85 公里边沟清理: and so may the item.
            if let counted = counted(own, index) { return counted }
            if own.measures != nil, let read = measured(own, index, previous, isFirst) { return read }
            if own.isComplete { return (own, isFirm(own, index)) }
            if !isFirst, let previous {
                let full = own.carrying(previous)
                // 人均成本 1800 元，合计 90 万元: what they all cost is no more the price of one.
                if own.isSum, own.aspect == nil, isPrice(index - 1) { return (full, false) }
                // An amount in words repeats the one before it, which another rule looks at.
                return (full, !lead.has("大写") && isFirm(full, index))
            }
            if let subject, own.aspect != nil, isFirst, !own.isWhole { return (own.of(subject), endsClause(index)) }
            if own.isWhole, own.aspect != nil { return (own, isFirm(own, index)) }
            // 送审 A，审定 B: so is what was asked for where the sentence goes on with that.
            if subject == nil, isFirst, own.aspect == .requested, goesOnWithReview(index) {
                var whole = own
                (whole.isWhole, whole.isAssumed) = (true, true)
                return (whole, isFirm(whole, index))
            }
            // …计算为 210 万元，核减 8 万元: what the sentence names, where that is one thing, and what stood before was not understood.
            if subject == nil, !isFirst, previous == nil, own.aspect == .deducted || own.aspect == .deductionRate,
                let only = vocabulary.onlySubject(in: text.bare(sentence.lowerBound..<start))
            {
                var named = own
                named.subjects = only
                return (named, endsClause(index))
            }
            // 报送预算 A，经评审，审定 B，核减 C: what stands before was not understood, and names nothing that the dossier has.
            if subject == nil, !isFirst, previous == nil, own.subjects == nil, own.years.isEmpty,
                own.aspect?.isOfReview ?? false, !own.isPartOf,
                vocabulary.firstSubjectEnd(in: text.bare(sentence.lowerBound..<start)) == nil
            {
                var whole = own
                (whole.isWhole, whole.isAssumed, whole.followsUnknown) = (true, true, true)
                return (whole, isFirm(whole, index))
            }
            // 经审核，核定预算 30 万元: what a review gives or takes, in a text that has named no item, is of the whole.
            if subject == nil, isFirst, own.aspect?.isOfReview ?? false {
                var whole = own
                whole.isWhole = true
                // 教育、卫健两部门合计申报 A；审定 B: whose it is stands before the semicolon, where nobody understood it.
                let isKnown = previous.map { !$0.isShare && ($0.isComplete || $0.isWhole) } ?? false
                if sentence.lowerBound > 0, text[sentence.lowerBound - 1] == ";", !isKnown {
                    (whole.isAssumed, whole.followsUnknown) = (true, true)
                }
                return (whole, isFirm(whole, index))
            }
        }
        // Failing the whole sentence, its last clause, if that names what it speaks of.
        guard let clause = lastClause(of: lead), let own = vocabulary.tokens(of: clause).flatMap(ProseReading.init)
        else { return nil }
        if own.subjects != nil {
            guard own.aspect != nil, endsClause(index) else { return (own, false) }
            let before = text.bare(sentence.lowerBound..<start)
            return (own, !words["may_be_others"].contains(where: before.has))
        }
        if let subject, own.aspect != nil, !own.isComplete {
            return (own.of(subject), own.aspect == .deducted && isFirst && endsClause(index))
        }
        return (own, false)
    }

    /// Whether the words before a number end with names joined by 、, of all of which it is said.
    private func isOfSeveral(_ lead: [Unicode.Scalar]) -> Bool {
        guard let mark = lead.lastIndex(where: { $0.isOne(of: "，,:(、") }), lead[mark] == "、", mark > 0,
            vocabulary.subject(at: lead[(mark + 1)...]) != nil
        else { return false }
        let clause = lead[(mark + 1)...]
        if clause.contains(")") { return true }
        // The name before it ends where it is joined.
        let names = lead[..<mark]
        return names.indices.contains { start in
            vocabulary.subject(at: names[start...]).map { start + $0.length == mark } ?? false
        }
    }

    /// How many years the paragraph says of what was asked for or approved in them.
    private func yearsAsked(around place: Int) -> Int {
        let words = text.words(text.paragraph(around: place))
        let years = words.ranges(of: "年").compactMap { year -> Int? in
            let rest = words[year.upperBound...].drop { "度项目预算".contains($0) }
            guard reviewed.contains(where: rest.hasPrefix), let number = Int(words[..<year.lowerBound].suffix(4)) else {
                return nil
            }
            return (1990...2100).contains(number) ? number : nil
        }
        return Set(years).count
    }

    /// Whether a number is what one of something costs.
    private func isPrice(_ index: Int) -> Bool {
        let start = text.sentence(around: numbers[index].offset.lowerBound).lowerBound
        let last = index > 0 ? max(start, numbers[index - 1].offset.upperBound) : start
        let lead = text.bare(min(last, numbers[index].offset.lowerBound)..<numbers[index].offset.lowerBound)
        return ["均", "每", "单价", "标准"].contains(where: lead.has)
    }

    /// Whether the next amount of the sentence is one that a review gives or takes, and nothing else is said of it.
    private func goesOnWithReview(_ index: Int) -> Bool {
        let sentence = text.sentence(around: numbers[index].offset.lowerBound)
        for next in numbers.indices.dropFirst(index + 1) where numbers[next].offset.lowerBound < sentence.upperBound {
            let lead = text.bare(numbers[next - 1].offset.upperBound..<numbers[next].offset.lowerBound)
            if lead.has("大写") { continue }
            guard let own = vocabulary.tokens(of: lead[...]).flatMap(ProseReading.init) else { return false }
            return own.subjects == nil && own.years.isEmpty && own.aspect?.isOfReview ?? false
        }
        return false
    }

    /// Where a number ends, with the name of what it counts: of 100 公里路面清扫和 58 公里边沟清理 the first is no word of the second.
    private func endOfCounted(_ index: Int, before next: Int) -> Int {
        let end = numbers[index].offset.upperBound
        if let title = title(behind: index) { return title.end }
        guard case .count = numbers[index].unit, case .count = numbers[next].unit else { return end }
        return name(behind: index)?.end ?? end
    }

    /// The name of an item right behind a number, and where it ends.
    private func name(behind index: Int) -> (subjects: Set<String>, end: Int)? {
        let start = text.skippingBlanks(numbers[index].offset.upperBound)
        let places = (start..<min(start + 40, text.count)).prefix { !text[$0].isNewline }.filter { !text.isBlank($0) }
        guard let (subjects, length) = vocabulary.subject(at: places.map({ text[$0] })[...]) else { return nil }
        let end = places[length - 1] + 1
        // A word that goes on is another one.
        return text.isLetter(end - 1) && text.isLetter(end) ? nil : (subjects, end)
    }

    /// What a number counts by the name behind it.
    private func counted(_ own: ProseReading, _ index: Int) -> (reading: ProseReading, isFirm: Bool)? {
        guard own.isEmpty, !own.isPartOf, case .count = numbers[index].unit, numbers[index].qualifier == .exactly,
            let (subjects, end) = name(behind: index)
        else { return nil }
        var reading = own
        reading.subjects = subjects
        return (reading, endsClause(at: end))
    }

    /// Whole-project figures are meant only by words that say so, in a text that has not turned to an item before.
    private mutating func isFirm(_ reading: ProseReading, _ index: Int) -> Bool {
        guard endsClause(index), !followsCut(reading, index) else { return false }
        if reading.subjects != nil { return true }
        guard reading.aspect != nil, reading.isComplete || reading.isWhole else { return false }
        let start = numbers[index].offset.lowerBound
        // Where the sentence names the project, or who gave the points, what stood in earlier ones does not matter.
        if reading.namesProject || reading.namesRater {
            let sentence = text.sentence(around: start)
            return vocabulary.firstSubjectEnd(in: text.bare(sentence.lowerBound..<start)) == nil
        }
        return firstSubjectEnd.map { $0 > start } ?? true
    }

    /// Whether a number that says nothing of itself stands behind how many of something were cut: 核减 80 立方米，金额 20,640 元 is what these cost.
    private func followsCut(_ reading: ProseReading, _ index: Int) -> Bool {
        guard reading.aspect == nil, index > 0, case .count = numbers[index - 1].unit else { return false }
        let start = text.sentence(around: numbers[index].offset.lowerBound).lowerBound
        guard start <= numbers[index - 1].offset.lowerBound else { return false }
        let last = index > 1 ? max(start, numbers[index - 2].offset.upperBound) : start
        let lead = text.bare(last..<numbers[index - 1].offset.lowerBound)
        return ["核减", "审减", "调减", "评减", "核增", "减少", "压减", "增加"].contains { lead.ends(with: $0) }
    }

    /// Whether nothing behind the number says more of it: 500 万元用于修缮 is a part of what the words before it name.
    private func endsClause(_ index: Int) -> Bool {
        endsClause(at: numbers[index].offset.upperBound)
    }

    private func endsClause(at place: Int) -> Bool {
        var end = text.skippingBlanks(place)
        // When it was says no more of it.
        for words in timesBehind where text.hasWord(words, at: end) && !text.isLetter(end + words.unicodeScalars.count)
        {
            end = text.skippingBlanks(end + words.unicodeScalars.count)
            break
        }
        // 和 leads to the next item of a list.
        if text[end] == "." { return !text.isDigit(end + 1) }
        return text[end].isNewline || text[end].isOne(of: "。，,;、:()!\t和及与") || text.hasWord("and ", at: end)
    }

    // MARK: Columns and fields of a form

    /// The title of a column or field behind a number, 44 名学生, and where it ends.
    private func title(behind index: Int) -> (measures: Set<String>, end: Int)? {
        var start = text.skippingBlanks(numbers[index].offset.upperBound)
        // 123,456.7 kWh of electricity; 25 of the pupils are some of them.
        if case .count = numbers[index].unit, text.hasWord("of ", at: start), !text.hasWord("of the ", at: start) {
            start = text.skippingBlanks(start + 3)
        }
        let places = (start..<min(start + 60, text.count)).prefix { !text[$0].isNewline }.filter { !text.isBlank($0) }
        let bare = places.map { text[$0] }
        guard let (measures, length) = vocabulary.measure(at: bare[...]) else { return nil }
        let end = places[length - 1] + 1
        // A word that goes on is another one.
        return text.isLetter(end - 1) && text.isLetter(end) ? nil : (measures, end)
    }

    /// A reading that names a column or field of the form. It is firm where all before the number is understood; whose figure it
    /// is may have been said just before.
    private func measured(_ own: ProseReading, _ index: Int, _ previous: ProseReading?, _ isFirst: Bool) -> (
        reading: ProseReading, isFirm: Bool
    )? {
        let before = isFirst ? nil : previous
        var full = before.map(own.carrying) ?? own
        // 校车 2025 年开支 41 万元，2024 年开支 35 万元: another year of the same.
        if full.subjects == nil, !own.namesProject, !own.isWhole { full.subjects = before?.subjects }
        // Where what stood before was not understood, nobody knows whose figure is meant.
        let isKnown = isFirst || previous != nil || own.subjects != nil || own.namesProject
        return (full, isKnown && endsClause(at: title(behind: index)?.end ?? numbers[index].offset.upperBound))
    }

    private func lastClause(of lead: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar>? {
        lead.lastIndex { $0.isOne(of: "，,:(、") }.map { lead[($0 + 1)...] }
    }
}

extension [Unicode.Scalar] {
    /// Without the number of a list before it: `1.`, `（2）`, `③`, `一、`.
    fileprivate var withoutCounter: [Unicode.Scalar] {
        guard let first else { return self }
        if ("①"..."⑳").contains(first) { return Array(dropFirst()) }
        let isBracketed = first == "("
        let rest = isBracketed ? dropFirst() : self[...]
        let counter = rest.prefix { $0.isDigit || $0.isOne(of: "一二三四五六七八九十") }
        guard (1...3).contains(counter.count), let mark = rest.dropFirst(counter.count).first,
            isBracketed ? mark == ")" : mark.isOne(of: ".、．)")
        else { return self }
        return Array(rest.dropFirst(counter.count + 1))
    }
}

extension ProseReading {
    fileprivate func of(_ subject: String) -> ProseReading {
        var reading = self
        reading.subjects = [subject]
        return reading
    }
}

/// What may stand between a number and the end of its clause.
private let timesBehind = [
    "in that year", "that year", "in this year", "this year", "in the year", "in total", "altogether",
]

/// What a budget of a year is said to be in a review.
private let reviewed = ["申报", "送审", "报审", "申请", "审定", "审核", "核定", "评审"]
