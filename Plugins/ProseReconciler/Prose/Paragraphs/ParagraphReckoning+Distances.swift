import PrintedReports
import ReviewModel

/// How far two numbers are apart, and what one of so many costs.
extension ParagraphReckoning {
    /// `最高为 274.50 元/米，最低为 268.00 元/米，相差 6.50 元/米`: the only two of its kind before it in the sentence, prices of one thing too.
    func distance(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        let lead = String(leads[index].drop { "，,(".contains($0) })
        guard words["apart_leads"].contains(lead), isFigure(index, like: index) else { return nil }
        let pair = numbers.indices.filter { $0 < index && isSentence($0, index) && isFigure($0, like: index) }
        // 分别为 A、B 和 C，相差: of three nobody knows which are meant.
        guard pair.count == 2,
            !numbers.indices.contains(where: { $0 < index && isSentence($0, index) && numbers[$0].upper != nil })
        else { return nil }
        let (more, less) = numbers[pair[0]].value > numbers[pair[1]].value ? (pair[0], pair[1]) : (pair[1], pair[0])
        let value = try numbers[more].value - numbers[less].value
        var slack = try numbers[index].interval.tolerance()
        for place in pair where numbers[place].phrase.contains("万") || numbers[place].unit == .percent {
            slack = try slack + numbers[place].interval.tolerance()
        }
        return try reckoned(
            index,
            [more, less],
            value,
            within: slack,
            "\(numbers[more].phrase) − \(numbers[less].phrase)"
        )
    }

    /// Whether a number is of the kind of another, counted for the same.
    private func isFigure(_ index: Int, like other: Int) -> Bool {
        numbers[index].unit == numbers[other].unit && clauses.isPlain(index, per: numbers[other].per)
            && !leads[index].has("大写")
    }

    /// `改造管网 5200 米，决算投资 1486.35 万元，平均每米 2858.37 元`: the only amount and the only count of that unit before it in the sentence.
    func meanOfUnit(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .yuan, clauses.isPlain(index) else { return nil }
        let lead = String(leads[index].drop { "，,".contains($0) }).dropping(ends: ["为", "约", "投资", "造价"])
        guard let word = words["mean_leads"].first(where: { lead.hasPrefix($0 + "每") }) else { return nil }
        let unit = String(lead.dropFirst(word.count + 1))
        let own = numbers.indices.filter { $0 < index && isSentence($0, index) }
        let counts = own.filter { place in
            guard case .count(let own) = numbers[place].unit else { return false }
            return own.isSameMeasure(as: unit) && clauses.isPlain(place)
        }
        let wholes = own.filter { numbers[$0].unit == .yuan }
        // 20 期、每期 50 人: not all of them are counted there.
        guard !own.contains(where: { leads[$0].hasAny(["每", "各", "均", "其中"]) }), counts.count == 1, wholes.count == 1,
            clauses.isPlain(wholes[0]), numbers[counts[0]].value > 0,
            let value = try numbers[wholes[0]].value.divided(by: numbers[counts[0]].value, places: 8),
            let reach = try numbers[wholes[0]].rounding().divided(by: numbers[counts[0]].value, places: 8)
        else { return nil }
        return try reckoned(
            index,
            [wholes[0], counts[0]],
            value,
            within: numbers[index].interval.tolerance() + reach,
            "\(numbers[wholes[0]].phrase) ÷ \(numbers[counts[0]].phrase)"
        )
    }
}
