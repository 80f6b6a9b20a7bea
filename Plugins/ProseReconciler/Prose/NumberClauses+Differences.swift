import PrintedReports
import ReviewModel

/// Differences, and what they are in percent.
extension NumberClauses {
    /// `送审 A，审定 B，核减 C`, in any order of the first two.
    func cut(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan, leads[index].says(leadWords.cutWords, beside: leadWords.cutFillers) else {
            return nil
        }
        let before = amounts(before: index, atMost: 2)
        guard before.count == 2, !leads[before[1] + 1...index].contains(where: { $0.has("其中") }),
            !sentence(index).hasAny(leadWords.elseCounted)
        else { return nil }
        // 6台，申报单价4.25万元，审定3.98万元，核减16,200.00元: of all six.
        let isOfPiece = before.contains { leads[$0].hasAny(leadWords.pieceWords) }
        if isOfPiece, !leads[index].hasAny(leadWords.pieceWords) { return nil }
        let isAsked = before.map { place -> Bool? in
            let (asked, given) = (
                leads[place].last(of: leadWords.askedWords), leads[place].last(of: leadWords.givenWords)
            )
            return asked == nil && given == nil ? nil : asked ?? -1 > given ?? -1
        }
        guard let asked = isAsked.firstIndex(of: true), let given = isAsked.firstIndex(of: false) else { return nil }
        return try reckoner.difference(index, before[asked], before[given])
    }

    /// `核减 A、核增 B 相抵，净核减 C`.
    func net(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let isIncrease = leads[index].hasAny(["净核增", "净审增", "净调增"])
        guard numbers[index].unit == .yuan, isIncrease || leads[index].hasAny(["净核减", "净审减", "净调减"]), index > 1,
            sentences[index - 2] == sentences[index], isPlain(index - 1), isPlain(index - 2),
            numbers[index - 1].unit == .yuan, numbers[index - 2].unit == .yuan,
            ["核减", "审减", "调减"].contains(where: leads[index - 2].hasSuffix),
            ["核增", "审增", "调增"].contains(where: leads[index - 1].hasSuffix)
        else { return nil }
        return try isIncrease
            ? reckoner.difference(index, index - 1, index - 2) : reckoner.difference(index, index - 2, index - 1)
    }

    /// `预算 A，支出 B，结余 C`.
    func rest(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan, leads[index].says(leadWords.restWords, beside: leadWords.cutFillers) else {
            return nil
        }
        var before = amounts(before: index, atMost: 2)
        if before.count == 1, let fund = fundOfSentence(before: before[0]) { before.append(fund) }
        guard before.count == 2, leads[before[0]].hasAny(leadWords.spentWords),
            !leads[before[1]].hasAny(leadWords.spentWords),
            leads[before[1]].hasAny(leadWords.fundWords),
            // What the budget of the sentence before is made of may be told there.
            !leads[(sentences[before[1]] == sentences[index] ? before[1] + 1 : before[0])...index].contains(where: {
                $0.has("其中")
            }),
            !sentence(index).hasAny(leadWords.elseCounted + ["上年结", "年初结", "累计", "历年", "结转结余"])
        else { return nil }
        return try reckoner.difference(index, before[1], before[0])
    }

    /// `预算 A，其中…。` in the sentence before one that says what was spent: its only amount before 其中; of a budget that was adjusted nobody
    /// knows which is meant.
    private func fundOfSentence(before index: Int) -> Int? {
        guard let last = numbers.indices.last(where: { sentences[$0].upperBound <= sentences[index].lowerBound }),
            // Nothing but the stop and blanks between the two sentences.
            text.bare(sentences[last].upperBound..<sentences[index].lowerBound).count <= 1
        else { return nil }
        let whole = numbers.indices.filter { sentences[$0] == sentences[last] }.prefix { !leads[$0].has("其中") }
        guard whole.count == 1, let fund = whole.first, numbers[fund].unit == .yuan, isPlain(fund) else { return nil }
        return fund
    }

    /// `B，比 A 增加 C`, `与 A 相比，B 减少 C`, `由 A 调整为 B，减少 C`.
    func change(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit != .percent, let isUp = rise(index), let base = base(before: index) else {
            return nil
        }
        guard !base.others.isEmpty else { return nil }
        var told: StatedArithmetic?
        for other in base.others {
            let made =
                try isUp
                ? reckoner.difference(index, other, base.place) : reckoner.difference(index, base.place, other)
            guard let made else { continue }
            if made.agrees { return made }
            if told == nil { told = made }
        }
        // Of several numbers nobody says which is compared.
        return base.others.count == 1 ? told : nil
    }

    /// `94.2%，比上年的 93.0% 提高 1.2 个百分点`.
    func pointsApart(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .percent, numbers[index].phrase.contains("百分点"), let isUp = rise(index),
            let base = base(before: index), base.others.count == 1, let other = base.others.first,
            !numbers[other].phrase.contains("百分点"), !numbers[base.place].phrase.contains("百分点")
        else { return nil }
        guard
            var made =
                try isUp
                ? reckoner.difference(index, other, base.place) : reckoner.difference(index, base.place, other)
        else {
            return nil
        }
        // Rates are rounded.
        let slack = try numbers[other].interval.tolerance() + numbers[base.place].interval.tolerance()
        let distance = try (numbers[index].value - made.value).magnitude
        made.agrees = try distance <= slack + numbers[index].interval.tolerance()
        return made
    }

    /// `比 A 增加 C，增长 D%`, and `B，比 A 增长 D%`.
    func growth(_ index: Int, after change: StatedArithmetic?) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .percent, !numbers[index].phrase.contains("百分点"), let isUp = rise(index) else {
            return nil
        }
        // 年均增长 is no growth from the first year to the last.
        if leads[index].has("年均") { return nil }
        // 与 A 相比，B 增加 C，增长 D%: C is the change of A already.
        if let wasUp = changeFromCompared(index - 1), sentences[index - 2] == sentences[index] {
            guard var made = try reckoner.share(index, index - 1, index - 2) else { return nil }
            if wasUp != isUp { (made.agrees, made.isOtherWay) = (false, true) }
            return made
        }
        // The amount of the change, where it stands between.
        if index > 0, sentences[index] == sentences[index - 1], numbers[index - 1].unit != .percent, isPlain(index - 1),
            let wasUp = rise(index - 1), let base = base(before: index - 1)
        {
            guard var made = try reckoner.share(index, index - 1, base.place) else { return nil }
            if wasUp != isUp { (made.agrees, made.isOtherWay) = (false, true) }
            if !made.isOtherWay, !made.agrees, let change, !change.agrees { return nil }
            return made
        }
        // A，比年初预算增加 X，增长 Y%: of what A was before.
        if index > 1, let wasUp = changeOfNamed(index - 1), isPlain(index - 1), isPlain(index - 2),
            sentences[index - 2] == sentences[index], numbers[index - 2].unit == numbers[index - 1].unit,
            numbers[index - 1].unit != .percent
        {
            guard var made = try reckoner.changed(index, by: index - 1, to: index - 2, isUp: wasUp) else { return nil }
            if wasUp != isUp { (made.agrees, made.isOtherWay) = (false, true) }
            return made
        }
        // 2025 年预算 A，2026 年预算 B，增长 Y%
        if let years = yearsOf(index - 2, index - 1), index > 1, sentences[index - 2] == sentences[index] {
            let (later, earlier) = years.0 < years.1 ? (index - 1, index - 2) : (index - 2, index - 1)
            return try reckoner.growth(index, isUp ? later : earlier, isUp ? earlier : later, of: earlier)
        }
        // The difference of two rates is told in percent, too.
        guard let base = base(before: index), base.others.count == 1, numbers[base.place].unit != .percent else {
            return nil
        }
        let other = base.others[0]
        return try reckoner.growth(index, isUp ? other : base.place, isUp ? base.place : other, of: base.place)
    }

    /// What is compared with, and the numbers of its kind that may be compared with it.
    private func base(before index: Int) -> (place: Int, others: [Int])? {
        guard index > 0, sentences[index - 1] == sentences[index] else { return nil }
        let start = numbers.indices.first { sentences[$0] == sentences[index] } ?? index
        let unit = { (place: Int) in numbers[place].unit == numbers[index - 1].unit && isPlain(place) }
        // 由 78.5%提高到 92%以上: the bound is what it is raised to.
        let isBound =
            numbers[index - 1].upper == nil && numbers[index - 1].per.isEmpty && index - 2 >= start
            && [.atLeast, .atMost].contains(numbers[index - 1].qualifier) && leads[index - 2].hasAny(["由", "从"])
        guard unit(index - 1) || isBound,
            numbers[index].unit == .percent || numbers[index].unit == numbers[index - 1].unit
        else { return nil }
        if leads[index - 1].hasPrefix("相比") || leads[index].hasPrefix("相比") && index - 1 == start {
            // 与 A 相比，B 减少 C
            guard leads[index - 1].hasPrefix("相比"), index - 2 >= start, unit(index - 2),
                leads[index - 2].hasAny(leadWords.comparing)
            else { return leads[index].hasPrefix("相比") ? (index - 1, []) : nil }
            return (index - 2, [index - 1])
        }
        if index - 2 >= start, unit(index - 2), leads[index - 2].hasAny(["由", "从"]),
            [
                "调整为", "调整到", "调整至", "变更为", "降至", "降为", "降到", "增至", "增加到", "减至", "减为", "压减至", "压缩至", "提高到", "提高至",
                "提升到",
                "提升至", "上升到", "上升至", "增长到", "下降到", "下降至", "降低到", "降低至", "减少到", "减少至",
            ]
            .contains(where: leads[index - 1].hasSuffix)
        {
            return (index - 2, [index - 1])
        }
        if changeOfNamed(index - 1) != nil { return nil }
        let lead = leads[index - 1].drop { "，,(".contains($0) }
        guard ["比", "较", "相比", "与", "同"].contains(where: lead.hasPrefix), !lead.hasPrefix("比例") else { return nil }
        let isWhole = leads[index].hasPrefix("相比") || !lead.hasPrefix("与") && !lead.hasPrefix("同")
        guard isWhole else { return nil }
        return (index - 1, (start..<index - 1).reversed().filter(unit))
    }

    /// The years of two numbers of one kind whose words are the same but for them: `2025年预算 A，2026年预算 B`.
    private func yearsOf(_ one: Int, _ other: Int) -> (Int, Int)? {
        guard one >= 0, isPlain(one), isPlain(other), numbers[one].unit == numbers[other].unit,
            numbers[one].unit != .percent, sentences[one] == sentences[other], let first = leads[one].ledByYear,
            let second = leads[other].ledByYear, first.words == second.words, first.year != second.year
        else { return nil }
        return (first.year, second.year)
    }

    /// Whether a number is a change from what is named and not told: 比年初预算增加 531,300 元; `nil` where it is none.
    private func changeOfNamed(_ index: Int) -> Bool? {
        let lead = leads[index].drop { "，,(".contains($0) }
        guard ["比", "较", "同比"].contains(where: lead.hasPrefix) else { return nil }
        if leadWords.riseWords.contains(where: lead.hasSuffix) { return true }
        return leadWords.fallWords.contains(where: lead.hasSuffix) ? false : nil
    }

    /// Whether a number is the change from the one before it, with which something named only is compared: 与 70 万元相比，审定数增加 5 万元.
    private func changeFromCompared(_ index: Int) -> Bool? {
        guard index > 0, leads[index].hasPrefix("相比"), leads[index - 1].hasAny(leadWords.comparing), isPlain(index),
            isPlain(index - 1), numbers[index].unit == numbers[index - 1].unit, numbers[index].unit != .percent
        else { return nil }
        if leadWords.riseWords.contains(where: leads[index].hasSuffix) { return true }
        return leadWords.fallWords.contains(where: leads[index].hasSuffix) ? false : nil
    }

    /// Whether the words right before a number say that it is a rise, or a fall; `nil` where they say more, or neither.
    private func rise(_ index: Int) -> Bool? {
        if leads[index].says(leadWords.riseWords, beside: leadWords.changeFillers) { return true }
        return leads[index].says(leadWords.fallWords, beside: leadWords.changeFillers) ? false : nil
    }
}

/// What may part the words before a number from the one before it.
private let marks = ["，", ",", ")", "、", ":"]

/// Words that say how numbers of a sentence make each other, looked up once for a text.
struct LeadWords {
    let cutWords: [String], restWords: [String], spentWords: [String], fundWords: [String]
    let askedWords: [String], givenWords: [String]
    /// Words of a sentence that count in something else.
    let elseCounted: [String]
    /// Words for what one piece costs.
    let pieceWords: [String]
    let cutFillers: [String], comparing: [String], riseWords: [String], fallWords: [String], changeFillers: [String]

    init(_ words: ReportWords) {
        (cutWords, restWords) = (words["cut_leads"], words["rest_leads"])
        (spentWords, fundWords) = (words["spent_leads"], words["fund_leads"])
        (askedWords, givenWords) = (words["asked_leads"], words["given_leads"])
        (elseCounted, cutFillers) = (words["counted_else"], words["cut_links"] + marks)
        (comparing, changeFillers) = (words["compared_leads"], words["change_links"] + marks)
        (riseWords, fallWords) = (words["rise_leads"], words["fall_leads"])
        pieceWords = words["of_a_piece"]
    }
}

extension String {
    /// The year of four digits that a lead names once, and the words behind it: 2025 and 预算 of `，2025年预算`.
    fileprivate var ledByYear: (year: Int, words: String)? {
        guard let place = ranges(of: "年").first, ranges(of: "年").count == 1 else { return nil }
        let digits = self[..<place.lowerBound].suffix(4)
        guard digits.count == 4, let year = Int(digits), (1990...2100).contains(year) else { return nil }
        var rest = self[place.upperBound...]
        if rest.hasPrefix("度") { rest = rest.dropFirst() }
        return rest.isEmpty ? nil : (year, String(rest))
    }
}
