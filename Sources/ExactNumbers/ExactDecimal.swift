/// An exact decimal number: an integer significand and a count of decimal places.
///
/// Money, rates and points are `ExactDecimal` from the YAML text to the printed report; no binary floating point is
/// involved anywhere. The number of places is kept (`"14017700.00"` prints as it was written) but does not take part
/// in comparison: `1.50 == 1.5`.
///
///     let amount = try ExactDecimal("350000.00")! - ExactDecimal("300000.00")!   // 50000.00
///     let rate = try amount.divided(by: 350000, places: 4)                         // 0.1429
///
/// Addition, subtraction and multiplication are exact; division states its places and rounds half away from zero.
/// Results of more than 38 digits do not fit: the operators throw ``DecimalOverflow`` rather than lose a digit.
public struct ExactDecimal: Sendable {
    /// The digits, as one signed integer.
    public let significand: Int128
    /// How many of the digits stand after the point, 0 to ``maximumPlaces``.
    public let places: Int

    /// The most decimal places a number may carry.
    public static let maximumPlaces = 18
    /// The most digits accepted from text; sums and products then have room before ``DecimalOverflow``.
    public static let maximumDigits = 30

    public static let zero = ExactDecimal(0)

    /// An integer, without decimal places.
    public init(_ integer: Int) {
        self.init(significand: Int128(integer), places: 0)
    }

    /// `significand` × 10^−`places`. `places` outside 0…``maximumPlaces`` is brought to the nearer end.
    public init(significand: Int128, places: Int) {
        self.significand = significand
        self.places = min(max(places, 0), Self.maximumPlaces)
    }

    public var isZero: Bool { significand == 0 }
    public var isNegative: Bool { significand < 0 }
}

/// A result that needs more than 38 digits. Inputs are limited to 30 digits, so only absurd figures get here.
public struct DecimalOverflow: Error, Sendable, Equatable, CustomStringConvertible {
    public init() {}

    public var description: String { "a sum or product of more than 38 digits" }
}

extension ExactDecimal: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension ExactDecimal: Hashable, Comparable {
    public static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.places == right.places { return left.significand == right.significand }
        let (a, b) = (left.withoutTrailingZeros, right.withoutTrailingZeros)
        return a.places == b.places && a.significand == b.significand
    }

    public func hash(into hasher: inout Hasher) {
        let canonical = withoutTrailingZeros
        hasher.combine(canonical.significand)
        hasher.combine(canonical.places)
    }

    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.places == right.places { return left.significand < right.significand }
        // Compare whole parts first and fractions only when these agree, so that nothing can overflow.
        let (a, b) = (left.split, right.split)
        if a.whole != b.whole { return a.whole < b.whole }
        let places = max(left.places, right.places)
        return a.fraction * pow10(places - left.places) < b.fraction * pow10(places - right.places)
    }

    private var split: (whole: Int128, fraction: Int128) {
        let (whole, fraction) = significand.quotientAndRemainder(dividingBy: pow10(places))
        return (whole, fraction)
    }

    /// The same number with the fewest decimal places that hold it.
    public var withoutTrailingZeros: ExactDecimal {
        var (digits, count) = (significand, places)
        while count > 0, digits % 10 == 0 {
            digits /= 10
            count -= 1
        }
        return ExactDecimal(significand: digits, places: count)
    }
}

/// 10 to the power of `exponent`, 0…38.
func pow10(_ exponent: Int) -> Int128 {
    powersOfTen[exponent]
}

private let powersOfTen: [Int128] = {
    var powers: [Int128] = [1]
    for _ in 0..<38 { powers.append(powers[powers.count - 1] * 10) }
    return powers
}()
