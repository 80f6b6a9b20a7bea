import ReviewModel

/// `甲 3173.75 万元，占 84.99%；乙 382.71 万元，占 10.25%；丙 177.82 万元，占 4.76%`: amounts with their shares one after the other. The amounts make
/// the whole where all shares but one are theirs; that one is wrong.
struct ShareRun {
    /// The positions of the odd share and its amount among the numbers of the text.
    var share: Int
    var amount: Int
    /// What the share should be, and of what.
    var value: ExactDecimal
    var whole: ExactDecimal

    static func all(in text: ProseText, _ numbers: [ProseNumber]) throws(DecimalOverflow) -> [ShareRun] {
        let clauses = NumberClauses(text, numbers)
        var (found, pairs) = ([ShareRun](), [(amount: Int, share: Int)]())
        for index in numbers.indices.dropFirst() {
            let isShare =
                numbers[index].unit == .percent && clauses.isPlain(index) && clauses.isPlain(index - 1)
                && numbers[index - 1].unit == .yuan && ["，占", "占", "，占比", ",占"].contains(clauses.leads[index])
            guard isShare else { continue }
            // Nothing but the next pair stands between.
            if let last = pairs.last, last.share != index - 2 || !text.isNear(numbers[last.share], numbers[index - 1]) {
                if let odd = try odd(of: pairs, numbers) { found.append(odd) }
                pairs = []
            }
            pairs.append((index - 1, index))
        }
        if let odd = try odd(of: pairs, numbers) { found.append(odd) }
        return found
    }

    private static func odd(of pairs: [(amount: Int, share: Int)], _ numbers: [ProseNumber]) throws(DecimalOverflow)
        -> ShareRun?
    {
        guard pairs.count > 2 else { return nil }
        let whole = try ExactDecimal.sum(pairs.map { numbers[$0.amount].value })
        var wrong: [ShareRun] = []
        for (amount, share) in pairs {
            guard let value = try ExactDecimal.percentage(numbers[amount].value, of: whole, places: 10) else {
                return nil
            }
            if try (value - numbers[share].value).magnitude > numbers[share].interval.tolerance() * 2 {
                wrong.append(ShareRun(share: share, amount: amount, value: value, whole: whole))
            }
        }
        return wrong.count == 1 ? wrong[0] : nil
    }
}

extension ProseText {
    /// Whether two numbers stand in one paragraph.
    fileprivate func isNear(_ one: ProseNumber, _ other: ProseNumber) -> Bool {
        paragraph(around: one.offset.lowerBound).contains(other.offset.lowerBound)
    }
}
