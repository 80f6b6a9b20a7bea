package import ReviewModel

extension ExactDecimal {
    /// The number as a spreadsheet holds it, which is binary with 15 sure digits; `nil` where that would lose some.
    package var cellNumber: Double? {
        let plain = withoutTrailingZeros
        guard plain.significand.magnitude < Self.cellLimit else { return nil }
        // Both are exact in a Double, so the quotient is the nearest there is.
        return Double(Int64(plain.significand)) / powersOfTen[plain.places]
    }

    /// Fifteen digits.
    private static let cellLimit: UInt128 = 1_000_000_000_000_000

    /// How many columns the number takes with thousands separators and `places` decimal places.
    package func width(places: Int) -> Int {
        var (digits, rest) = (1, significand.magnitude / wholeUnit)
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        return digits + (digits - 1) / 3 + (places > 0 ? places + 1 : 0) + (isNegative ? 1 : 0)
    }

    private var wholeUnit: UInt128 { places < wholeUnits.count ? wholeUnits[places] : 1 }

    /// A percentage as a spreadsheet counts it: 12.5 (%) is 0.125.
    package var asFraction: ExactDecimal {
        if places + 2 <= Self.maximumPlaces { return ExactDecimal(significand: significand, places: places + 2) }
        let rounded = rounded(to: Self.maximumPlaces - 2)
        return ExactDecimal(significand: rounded.significand, places: Self.maximumPlaces)
    }
}

private let powersOfTen: [Double] = (0...ExactDecimal.maximumPlaces).map { places in
    (0..<places).reduce(1.0) { power, _ in power * 10 }
}

private let wholeUnits: [UInt128] = (0...ExactDecimal.maximumPlaces).map { places in
    (0..<places).reduce(UInt128(1)) { power, _ in power * 10 }
}
