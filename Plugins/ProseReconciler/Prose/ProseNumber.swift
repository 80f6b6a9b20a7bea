import ReviewModel

/// A figure that a running text states: `1,401.77 万元`, `不超过 12 家`, `30.00 万/年`, `70-90 分`.
///
/// Amounts are in 元 whatever unit was printed, percentages in percent. The value is an interval, for a printed figure
/// stands for everything that prints alike: 1,401.77 万元 is anything from 14,017,650 to 14,017,750 元.
struct ProseNumber: Sendable, Hashable {
    /// As it was printed, unit included: `1 384. 96 元`.
    var phrase: String
    /// Where it begins and ends, in scalars of the text.
    var offset: Range<Int>
    /// The printed value in the base unit; of a range its lower end.
    var value: ExactDecimal
    /// The upper end of a range, else `nil`.
    var upper: ExactDecimal?
    /// What it may stand for by its printed precision, ends of a range included.
    var interval: ProseInterval
    var unit: ProseUnit
    /// What an amount is counted for, `年` in `30.00 万/年`; empty for none.
    var per: String
    var qualifier: Qualifier

    /// What the words around a number make of it.
    enum Qualifier: String, Sendable, CaseIterable {
        case exactly
        /// 约, 左右
        case about
        /// 近: a little less
        case nearly
        /// 超过, 逾, 余: a little more
        case over
        /// 不超过, 以内, ≤
        case atMost
        /// 不低于, 以上, ≥
        case atLeast
        /// 低于, ＜
        case below
    }

    /// Whether `exact` can be what the text speaks of. 约, 近 and 逾 allow for a tenth of the figure.
    func agrees(with exact: ExactDecimal) throws(DecimalOverflow) -> Bool {
        if interval.contains(exact) { return true }
        let tenth = try value.magnitude * ExactDecimal(significand: 1, places: 1)
        let (least, most) = (try interval.lowest - tenth, try interval.highest + tenth)
        switch qualifier {
        case .exactly: return false
        case .about: return least <= exact && exact <= most
        case .nearly: return least <= exact && exact <= interval.highest
        case .over: return interval.lowest <= exact && exact <= most
        case .atMost, .below: return exact <= interval.highest
        case .atLeast: return exact >= interval.lowest
        }
    }
}

extension ProseNumber {
    /// How many digits it is printed with.
    var digits: Int { phrase.unicodeScalars.count { ("0"..."9").contains($0) } }

    /// Whether a value, printed as this number is, has the same digits but for one, or for two neighbours that have changed places.
    func isSlip(of exact: ExactDecimal) -> Bool {
        guard let unit = try? interval.tolerance() * 2, unit > 0,
            let own = try? value.magnitude.divided(by: unit, places: 0),
            let other = try? exact.magnitude.divided(by: unit, places: 0), own != other
        else { return false }
        let (one, two) = (Array(own.description.utf8), Array(other.description.utf8))
        // Round numbers are alike by chance.
        let telling = [one, two].map { $0.reversed().drop { $0 == UInt8(ascii: "0") }.count }.max() ?? 0
        guard one.count == two.count, one.count >= 5, telling >= 4 else { return false }
        let differing = one.indices.filter { one[$0] != two[$0] }
        if differing.count == 1 { return true }
        return differing.count == 2 && differing[1] == differing[0] + 1 && one[differing[0]] == two[differing[1]]
            && one[differing[1]] == two[differing[0]]
    }

    /// The least and the most that it may agree with; `nil` where there is no such end.
    func agreement() throws(DecimalOverflow) -> (least: ExactDecimal?, most: ExactDecimal?) {
        let tenth = try value.magnitude * ExactDecimal(significand: 1, places: 1)
        let (least, most) = (try interval.lowest - tenth, try interval.highest + tenth)
        return switch qualifier {
        case .exactly: (interval.lowest, interval.highest)
        case .about: (least, most)
        case .nearly: (least, interval.highest)
        case .over: (interval.lowest, most)
        case .atMost, .below: (nil, interval.highest)
        case .atLeast: (interval.lowest, nil)
        }
    }
}

/// What a number in a text counts.
enum ProseUnit: Sendable, Hashable {
    /// 元; 万元 and 亿元 are converted.
    case yuan
    case percent
    /// 分 of a score.
    case points
    /// A measure word: `家`, `个`, `人次`.
    case count(String)
    /// No unit that is known.
    case none
}

/// The values that print as one figure, from `lowest` on and below `highest`; for a negative figure the other way
/// round, for half is rounded away from zero.
struct ProseInterval: Sendable, Hashable {
    var lowest: ExactDecimal
    var highest: ExactDecimal

    init(lowest: ExactDecimal, highest: ExactDecimal) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Half a unit of the last printed place to either side; `scale` is what one printed unit is worth, 10,000 for 万元.
    init(printed figure: ExactDecimal, scale: ExactDecimal = 1) throws(DecimalOverflow) {
        let half = ExactDecimal(significand: 5, places: figure.places + 1)
        lowest = try (figure - half) * scale
        highest = try (figure + half) * scale
    }

    func contains(_ exact: ExactDecimal) -> Bool {
        if exact == lowest { return !lowest.isNegative }
        if exact == highest { return highest.isNegative }
        return lowest < exact && exact < highest
    }

    /// Half the width: how far a printed figure may be from the exact one.
    func tolerance() throws(DecimalOverflow) -> ExactDecimal {
        try (highest - lowest) * ExactDecimal(significand: 5, places: 1)
    }
}
