public import ReviewModel

/// How amounts, rates and points are printed in a review. The one place that rounds for print: half up (四舍五入).
public enum Money {
    /// 元 with two places and thousands separators: `14,017,700.00`.
    public static func yuan(_ amount: ExactDecimal) -> String { grouped(amount.rounded(to: 2)) }

    /// The same, with a dash for zero, as audit tables print a line without a cut: `-`.
    public static func yuanOrDash(_ amount: ExactDecimal) -> String { amount.isZero ? "-" : yuan(amount) }

    /// 万元 with two places and thousands separators: `1,401.77`.
    public static func wan(_ amount: ExactDecimal) -> String { grouped(inWan(amount).rounded(to: 2)) }

    /// The amount in 万元, exact.
    public static func inWan(_ amount: ExactDecimal) -> ExactDecimal {
        // Four more places never overflow for amounts within the decimals' limits; beyond them the last are rounded.
        if amount.places + 4 <= ExactDecimal.maximumPlaces {
            return ExactDecimal(significand: amount.significand, places: amount.places + 4)
        }
        let rounded = amount.rounded(to: ExactDecimal.maximumPlaces - 4)
        return ExactDecimal(significand: rounded.significand, places: ExactDecimal.maximumPlaces)
    }

    /// A rate given in percent, two places: `1.20%`.
    public static func percent(_ rate: ExactDecimal) -> String { rate.rounded(to: 2).description + "%" }

    /// Points without trailing zeros: `44`, `0.5`.
    public static func points(_ points: ExactDecimal) -> String { points.withoutTrailingZeros.description }

    /// Thousands separators in the whole part; the decimal places as they are.
    public static func grouped(_ number: ExactDecimal) -> String { number.grouped }
}

/// The values that a printed figure may stand for: 1,401.77 万元 is anything from 14,017,650 on and below 14,017,750 元,
/// for half is rounded up (away from zero).
public struct PrintedPrecision: Sendable, Hashable {
    public var lowest: ExactDecimal
    public var highest: ExactDecimal

    /// Half a unit of the last printed place to either side of `figure`.
    public init(of figure: ExactDecimal) throws(DecimalOverflow) {
        let half = ExactDecimal(significand: 5, places: figure.places + 1)
        lowest = try figure - half
        highest = try figure + half
    }

    /// Whether `exact` prints as the figure, half up. The end farther from zero belongs to the next figure.
    public func contains(_ exact: ExactDecimal) -> Bool {
        if exact == lowest { return !lowest.isNegative }
        if exact == highest { return highest.isNegative }
        return lowest < exact && exact < highest
    }
}
