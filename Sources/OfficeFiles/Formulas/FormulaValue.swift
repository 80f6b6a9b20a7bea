package import ExactNumbers

/// What a cell shows, and what a formula gives.
package enum FormulaValue: Sendable, Hashable {
    case blank
    case number(ExactDecimal)
    case text(String)
    case boolean(Bool)
    /// `#DIV/0!`.
    case error(String)

    /// As it stands in a message: texts in quotes.
    package var description: String {
        switch self {
        case .blank: "（空）"
        case .number(let number): number.asShown.withoutTrailingZeros.description
        case .text(let text): "\"" + (text.count > 40 ? text.prefix(40) + "…" : text[...]) + "\""
        case .boolean(let isTrue): isTrue ? "TRUE" : "FALSE"
        case .error(let text): text
        }
    }

    var isError: Bool { if case .error = self { true } else { false } }
}

extension ExactDecimal {
    /// With the fifteen significant digits that programs show.
    fileprivate var asShown: ExactDecimal {
        var (digits, rest) = (0, significand.magnitude)
        while rest > 0 { (digits, rest) = (digits + 1, rest / 10) }
        return digits > 15 && places > 0 ? rounded(to: max(0, places - (digits - 15))) : self
    }
}

/// The arithmetic of formulas: exact decimals with 18 places.
enum FormulaArithmetic {
    static func sum(_ left: ExactDecimal, _ right: ExactDecimal) throws(FormulaObstacle) -> ExactDecimal {
        do { return try left + right } catch {
            do { return try left.withoutTrailingZeros + right.withoutTrailingZeros } catch { throw .tooLarge }
        }
    }

    /// The exact product, rounded to 18 places where it has more.
    static func product(_ left: ExactDecimal, _ right: ExactDecimal) throws(FormulaObstacle) -> ExactDecimal {
        if let product = try? left * right { return product }
        let (a, b) = (left.withoutTrailingZeros, right.withoutTrailingZeros)
        let surplus = a.places + b.places - ExactDecimal.maximumPlaces
        let isNegative = a.isNegative != b.isNegative
        let whole = a.significand.magnitude.multipliedFullWidth(by: b.significand.magnitude)
        guard surplus > 0 else { throw .tooLarge }
        return try rounded(whole, by: power(surplus), isNegative: isNegative)
    }

    /// The quotient, rounded to 18 places; `nil` for a divisor of zero.
    static func quotient(_ left: ExactDecimal, _ right: ExactDecimal) throws(FormulaObstacle) -> ExactDecimal? {
        if right.isZero { return nil }
        let (a, b) = (left.withoutTrailingZeros, right.withoutTrailingZeros)
        let shift = ExactDecimal.maximumPlaces + b.places - a.places
        let whole = a.significand.magnitude.multipliedFullWidth(by: power(shift))
        return try rounded(whole, by: b.significand.magnitude, isNegative: a.isNegative != b.isNegative)
    }

    private static func rounded(
        _ whole: (high: UInt128, low: UInt128),
        by divisor: UInt128,
        isNegative: Bool
    ) throws(FormulaObstacle) -> ExactDecimal {
        guard whole.high < divisor else { throw .tooLarge }
        var (quotient, rest) = divisor.dividingFullWidth(whole)
        if rest >= divisor - rest { quotient += 1 }
        guard let digits = Int128(exactly: quotient), digits < Int128.max / 4 else { throw .tooLarge }
        return ExactDecimal(significand: isNegative ? -digits : digits, places: ExactDecimal.maximumPlaces)
            .withoutTrailingZeros
    }

    /// Ten to a power of 0 to 36.
    private static func power(_ exponent: Int) -> UInt128 {
        var power: UInt128 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }

    enum Direction { case nearest, up, down, floor }

    /// The number to so many places, or to tens for fewer than none, and whether it is so near to where it turns that binary numbers may
    /// go the other way: the sum of 0.7 and 0.1, ten times, is a hair below 8 for them.
    static func rounded(
        _ number: ExactDecimal,
        to places: Int,
        _ direction: Direction
    ) throws(FormulaObstacle) -> (ExactDecimal, isDelicate: Bool) {
        guard (-15...15).contains(places) else { throw .other }
        // As a whole number of such parts: 1234.567 to 2 places is 123456.7.
        let shifted = try product(number, tenth(-places))
        let (whole, rest) = parts(shifted)
        let isUp =
            switch direction {
            case .nearest: rest >= half
            case .up: !rest.isZero
            case .down: false
            case .floor: number.isNegative && !rest.isZero
            }
        let near = direction == .nearest ? distance(rest, half) : min(rest, distance(rest, 1))
        let magnitude = isUp ? try sum(whole, 1) : whole
        let signed = number.isNegative ? -magnitude : magnitude
        return (try product(signed, tenth(places)), near < hair)
    }

    private static let half = ExactDecimal(significand: 5, places: 1)
    private static let hair = ExactDecimal(significand: 1, places: 7)

    private static func distance(_ left: ExactDecimal, _ right: ExactDecimal) -> ExactDecimal {
        ((try? left - right) ?? 1).magnitude
    }

    /// 10 to the power of −`places`.
    private static func tenth(_ places: Int) -> ExactDecimal {
        places >= 0
            ? ExactDecimal(significand: 1, places: places)
            : ExactDecimal(significand: Int128(power(-places)), places: 0)
    }

    /// The whole part of the magnitude, and the rest below 1.
    private static func parts(_ number: ExactDecimal) -> (whole: ExactDecimal, rest: ExactDecimal) {
        let unit = Int128(power(number.places))
        let (whole, rest) = Int128(number.significand.magnitude).quotientAndRemainder(dividingBy: unit)
        return (ExactDecimal(significand: whole, places: 0), ExactDecimal(significand: rest, places: number.places))
    }

    /// Whether two numbers are the same but for the last digits of binary arithmetic.
    static func isNear(_ left: ExactDecimal, _ right: ExactDecimal) -> Bool {
        guard let difference = try? left.withoutTrailingZeros - right.withoutTrailingZeros else { return false }
        if difference.isZero { return true }
        let larger = max(left.magnitude, right.magnitude)
        let share = (try? product(larger, ExactDecimal(significand: 1, places: 12))) ?? 0
        return difference.magnitude < max(share, ExactDecimal(significand: 1, places: 6))
    }
}
