/// What a figure counts, where that has a way of its own to print; by the code that facts and columns carry.
public enum FigureUnit: String, Sendable, Hashable, CaseIterable {
    /// 元.
    case yuan = "CNY"
    case percent
    /// Of a score.
    case points

    /// A number of this unit with the unit behind it: `168,080.00 元`, `1.20%`, `88 分`; in English `168,080.00`, `88 points`.
    public func text(of number: ExactDecimal, inChinese isChinese: Bool) -> String {
        switch self {
        case .yuan: number.grouped + (isChinese ? " 元" : "")
        case .percent: number.description + "%"
        case .points: number.withoutTrailingZeros.description + (isChinese ? " 分" : " points")
        }
    }
}

extension ExactDecimal {
    /// An amount of 元 in 万元. Exact but for amounts whose last places would be the fifteenth and beyond: these are rounded.
    public var inWan: ExactDecimal { dividedByTen(times: 4) }

    /// A ten-thousandth is four `times`, 0 to 18. Exact but for the places beyond the eighteenth: these are rounded.
    public func dividedByTen(times: Int) -> ExactDecimal {
        if places + times <= Self.maximumPlaces {
            return ExactDecimal(significand: significand, places: places + times)
        }
        let rounded = rounded(to: Self.maximumPlaces - times)
        return ExactDecimal(significand: rounded.significand, places: Self.maximumPlaces)
    }
}

/// A number with its unit, as a report prints it: `168,080.00`, `1,401.77 万元`, `61.03%`, `88 分`.
public struct PrintedFigure: Sendable, Hashable {
    public var number: ExactDecimal
    /// `nil` where none is printed.
    public var unit: FigureUnit?
    /// Whether the number counts ten thousands of the unit: 万元.
    public var isWan: Bool

    private static let endings: [(text: String, unit: FigureUnit, isWan: Bool)] = [
        ("万元", .yuan, true), ("万", .yuan, true), ("元", .yuan, false), ("%", .percent, false), ("％", .percent, false),
        ("分", .points, false),
    ]

    /// `nil` for what is no number, with or without one of these units. Blanks and thousands separators say nothing.
    public init?(_ text: String) {
        var digits = String(text.filter { !$0.isWhitespace && $0 != "," && $0 != "，" })
        let ending = Self.endings.first { digits.hasSuffix($0.text) }
        if let ending { digits.removeLast(ending.text.count) }
        guard let number = ExactDecimal(digits) else { return nil }
        (self.number, unit, isWan) = (number, ending?.unit, ending?.isWan ?? false)
    }

    /// Whether `value`, which counts `other`, prints as this one. Amounts and points are compared as they are, rates as printed,
    /// and 万元 within half of the last place that is printed. Without a unit a number is anything of its value.
    public func mayBe(_ value: ExactDecimal, unit other: String) -> Bool {
        let isYuan = other == FigureUnit.yuan.rawValue
        let isSame = value == number
        return switch unit {
        case nil: isSame || isYuan && isInWan(value)
        case .yuan where isWan: isYuan && isInWan(value)
        case .some(let unit): other == unit.rawValue && isSame
        }
    }

    private func isInWan(_ yuan: ExactDecimal) -> Bool { yuan.inWan.rounded(to: number.places) == number }
}
