extension ExactDecimal {
    /// The exact sum, with the larger of both numbers of places.
    public static func + (left: ExactDecimal, right: ExactDecimal) throws(DecimalOverflow) -> ExactDecimal {
        let (a, b, places) = try aligned(left, right)
        let (sum, overflow) = a.addingReportingOverflow(b)
        if overflow { throw DecimalOverflow() }
        return ExactDecimal(significand: sum, places: places)
    }

    /// The exact difference, with the larger of both numbers of places.
    public static func - (left: ExactDecimal, right: ExactDecimal) throws(DecimalOverflow) -> ExactDecimal {
        let (a, b, places) = try aligned(left, right)
        let (difference, overflow) = a.subtractingReportingOverflow(b)
        if overflow { throw DecimalOverflow() }
        return ExactDecimal(significand: difference, places: places)
    }

    /// The exact product; its places are the sum of both numbers of places.
    public static func * (left: ExactDecimal, right: ExactDecimal) throws(DecimalOverflow) -> ExactDecimal {
        let (a, b) =
            left.places + right.places > maximumPlaces
            ? (left.withoutTrailingZeros, right.withoutTrailingZeros) : (left, right)
        let (product, overflow) = a.significand.multipliedReportingOverflow(by: b.significand)
        if overflow || a.places + b.places > maximumPlaces { throw DecimalOverflow() }
        return ExactDecimal(significand: product, places: a.places + b.places)
    }

    public static prefix func - (number: ExactDecimal) -> ExactDecimal {
        ExactDecimal(significand: 0 &- number.significand, places: number.places)
    }

    /// The distance from zero.
    public var magnitude: ExactDecimal { isNegative ? -self : self }

    /// The quotient to `places` decimal places, rounded half away from zero; `nil` when `divisor` is zero.
    public func divided(by divisor: ExactDecimal, places: Int) throws(DecimalOverflow) -> ExactDecimal? {
        if divisor.isZero { return nil }
        let shift = places + divisor.places - self.places
        var (numerator, denominator) = (significand, divisor.significand)
        if shift >= 0 {
            numerator = try Self.scaled(numerator, by: shift)
        } else {
            denominator = try Self.scaled(denominator, by: -shift)
        }
        return ExactDecimal(significand: Self.divideHalfUp(numerator, denominator), places: places)
    }

    /// `part` as a percentage of `whole` (12.5 means 12.5 %), rounded half up; `nil` when `whole` is zero.
    public static func percentage(
        _ part: ExactDecimal,
        of whole: ExactDecimal,
        places: Int = 2
    ) throws(DecimalOverflow) -> ExactDecimal? {
        try (part * 100).divided(by: whole, places: places)
    }

    /// The number with exactly `places` decimal places, rounded half away from zero (四舍五入).
    public func rounded(to places: Int) -> ExactDecimal {
        let target = min(max(places, 0), Self.maximumPlaces)
        if target >= self.places {
            let (digits, overflow) = significand.multipliedReportingOverflow(by: pow10(target - self.places))
            return overflow ? self : ExactDecimal(significand: digits, places: target)
        }
        return ExactDecimal(
            significand: Self.divideHalfUp(significand, pow10(self.places - target)),
            places: target
        )
    }

    /// The sum of `numbers`; zero for none.
    public static func sum(_ numbers: some Sequence<ExactDecimal>) throws(DecimalOverflow) -> ExactDecimal {
        var total = ExactDecimal.zero
        for number in numbers { total = try total + number }
        return total
    }

    private static func aligned(
        _ left: ExactDecimal,
        _ right: ExactDecimal
    ) throws(DecimalOverflow) -> (Int128, Int128, Int) {
        if left.places == right.places { return (left.significand, right.significand, left.places) }
        let places = max(left.places, right.places)
        return (
            try scaled(left.significand, by: places - left.places),
            try scaled(right.significand, by: places - right.places),
            places
        )
    }

    private static func scaled(_ digits: Int128, by exponent: Int) throws(DecimalOverflow) -> Int128 {
        guard exponent <= 38 else { throw DecimalOverflow() }
        let (result, overflow) = digits.multipliedReportingOverflow(by: pow10(exponent))
        if overflow { throw DecimalOverflow() }
        return result
    }

    private static func divideHalfUp(_ numerator: Int128, _ denominator: Int128) -> Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        // Comparing against the rest avoids doubling the remainder, which could overflow.
        let half = remainder.magnitude >= denominator.magnitude - remainder.magnitude
        guard remainder != 0, half else { return quotient }
        return (numerator < 0) == (denominator < 0) ? quotient + 1 : quotient - 1
    }
}
