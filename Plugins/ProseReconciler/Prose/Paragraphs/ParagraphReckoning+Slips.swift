import PrintedReports
import ReviewModel

/// Percentages that nothing bears out, and that the numbers beside them make but for a slip of the pen.
extension ParagraphReckoning {
    /// `受访者 228 人中…的 94 人，占 42.13%` for 41.23%: a share, rate or growth of the number before it that is no ratio of two numbers of the paragraph, while one of
    /// these has its digits but for one, or for two neighbours that changed places.
    ///
    /// - Parameter wholes: what the dossier has of the project as a whole, in yuan.
    func slip(_ index: Int, _ wholes: [ExactDecimal]) throws(DecimalOverflow) -> StatedArithmetic? {
        let number = numbers[index]
        guard number.unit == .percent, clauses.isPlain(index), !number.phrase.contains("百分点"), number.value.places > 0,
            number.digits >= 3, let kind = ratio(index), let part = part(of: index)
        else { return nil }
        // 环比下降 10.00%（二季度 1400 件）: the brackets say what it is compared with.
        if kind == .growth, index + 1 < numbers.count, isSentence(index, index + 1), leads[index + 1].hasPrefix("("),
            leads[index + 1] != "("
        {
            return nil
        }
        // 申报 A、审定 B，核减率: what was cut is the rest of it.
        let isRate = clause(index).dropping(ends: ["为", "达"]).hasSuffix("率")
        let own = numbers[part].value
        var others = numbers.indices.filter {
            $0 != part && $0 != index && isParagraph($0, index) && (isAlike($0, part) || areCounts($0, part))
        }
        .map { (value: numbers[$0].value, place: Int?.some($0)) }
        if numbers[part].unit == .yuan { others += wholes.map { ($0, nil) } }
        var found: (value: ExactDecimal, whole: (value: ExactDecimal, place: Int?))?
        for whole in others where whole.value > 0 {
            for value in try ratios(own, whole.value, kind, number.value.places) {
                let step = ExactDecimal(significand: 1, places: number.value.places)
                if try (value - number.value).magnitude <= step { return nil }
                if isRate, try (ExactDecimal(100) - value - number.value).magnitude <= step { return nil }
                if found == nil, value.isSlipOfPen(of: number.value) { found = (value, whole) }
            }
        }
        guard let found else { return nil }
        // Two other numbers of the paragraph may make it.
        for one in others {
            for other in others where other.value > one.value {
                if let value = try ExactDecimal.percentage(one.value, of: other.value, places: number.value.places),
                    try (value - number.value).magnitude <= ExactDecimal(significand: 1, places: number.value.places)
                {
                    return nil
                }
            }
        }
        let whole = found.whole.place.map { numbers[$0].phrase } ?? numbers[part].printed(found.whole.value)
        let formula =
            kind == .growth ? "\(numbers[part].phrase)、\(whole)" : "\(numbers[part].phrase) ÷ \(whole)"
        return StatedArithmetic(
            number: index,
            parts: [part],
            value: found.value,
            agrees: false,
            making: .formula(formula)
        )
    }

    /// 228 份 and 94 人: who answers is counted in either.
    private func areCounts(_ one: Int, _ other: Int) -> Bool {
        guard case .count = numbers[one].unit, case .count = numbers[other].unit else { return false }
        return clauses.isPlain(one)
    }

    private enum Ratio { case share, growth }

    /// What the words before a percentage say that it is.
    private func ratio(_ index: Int) -> Ratio? {
        let lead = leads[index].filter { !"，,(：:为达".contains($0) }
        if lead.count <= 8,
            lead.hasSuffix("占") || lead.hasSuffix("占比") || lead.hasSuffix("率")
                || lead.hasPrefix("占") && lead.hasSuffix("的")
        {
            return .share
        }
        return ["增长", "下降", "增幅", "降幅"].contains(where: lead.hasSuffix) ? .growth : nil
    }

    /// The number that a percentage speaks of: the one before it, or the one in brackets behind it.
    private func part(of index: Int) -> Int? {
        if index + 1 < numbers.count, leads[index + 1] == "(", clauses.isPlain(index + 1), isAmount(index + 1) {
            return index + 1
        }
        return index > 0 && isSentence(index - 1, index) && isAmount(index - 1) ? index - 1 : nil
    }

    private func ratios(_ part: ExactDecimal, _ other: ExactDecimal, _ kind: Ratio, _ places: Int)
        throws(DecimalOverflow) -> [ExactDecimal]
    {
        guard part > 0 else { return [] }
        var pairs: [(ExactDecimal, ExactDecimal)] = []
        if part < other { pairs.append((part, other)) }
        if kind == .growth {
            // To what is there now from what was before it, and the change of what is there now.
            pairs.append(((try part - other).magnitude, other))
            pairs.append(((try part - other).magnitude, part))
        }
        var found: [ExactDecimal] = []
        for (one, whole) in pairs {
            if let value = try ExactDecimal.percentage(one, of: whole, places: places) { found.append(value) }
        }
        return found
    }
}

extension ExactDecimal {
    /// Whether two numbers have the same digits but for two neighbours that changed places, or for one of four or more.
    fileprivate func isSlipOfPen(of other: ExactDecimal) -> Bool {
        let (one, two) = (Array(withTwoPlaces), Array(other.withTwoPlaces))
        // 10.00% and 50.00% are two round rates; no pen slips from the one to the other.
        guard one.count == two.count, one.count >= 4, isTelling, other.isTelling else { return false }
        let off = one.indices.filter { one[$0] != two[$0] }
        if off.count == 1 { return one.count >= 5 }
        return off.count == 2 && one[off[0]] == two[off[1]] && one[off[1]] == two[off[0]]
    }

    /// Whether it has three digits at least, noughts at both ends aside.
    private var isTelling: Bool {
        withoutTrailingZeros.description.filter { $0 != "." }.drop { $0 == "0" }.count { $0 != "-" } >= 3
    }

    private var withTwoPlaces: String { rounded(to: 2).description }
}
