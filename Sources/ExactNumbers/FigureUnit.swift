/// What a figure counts, where that has a way of its own to print; by the code that facts and columns carry: `CNY`, `EUR`,
/// `CNY-wan`, `percent`, `points`.
public enum FigureUnit: Sendable, Hashable {
    /// An amount of a currency (ISO 4217) in ones, or in so many tens: 4 for `CNY-wan`, ten thousands.
    case money(currency: String, tens: Int)
    case percent
    /// Of a score.
    case points

    /// 元.
    public static let yuan = FigureUnit.money(currency: "CNY", tens: 0)

    public init?(rawValue code: String) {
        switch code {
        case "CNY": self = .yuan
        case "percent": self = .percent
        case "points": self = .points
        default:
            let parts = code.split(separator: "-", omittingEmptySubsequences: false)
            guard let currency = parts.first.map(String.init), parts.count <= 2, Currency.isKnown(currency) else {
                return nil
            }
            guard parts.count == 2 else {
                self = .money(currency: currency, tens: 0)
                return
            }
            guard let scale = Self.scales.first(where: { $0.code == parts[1] }) else { return nil }
            self = .money(currency: currency, tens: scale.tens)
        }
    }

    public var rawValue: String {
        switch self {
        case .percent: "percent"
        case .points: "points"
        case .money(let currency, 0): currency
        case .money(let currency, let tens): currency + "-" + (Self.scales.first { $0.tens == tens }?.code ?? "\(tens)")
        }
    }

    /// The unit that a word of a table head or a form means: `元`, `万元`, `千美元`, `EUR thousand`, `%`, `分`, or a code.
    public init?(word: String) {
        switch word {
        case "%", "％": self = .percent
        case "分": self = .points
        default:
            if let unit = FigureUnit(rawValue: word) {
                self = unit
                return
            }
            let words = word.split(separator: " ").map(String.init)
            if words.count > 1 {
                // `EUR thousand`, or `thousand EUR`.
                for (currency, rest) in [(words[0], words.dropFirst()), (words[words.count - 1], words.dropLast())] {
                    let scale = Self.scales.first { $0.en == rest.joined(separator: " ") }
                    guard let scale, Currency.isKnown(currency) else { continue }
                    self = .money(currency: currency, tens: scale.tens)
                    return
                }
                return nil
            }
            // The longest first, for 百万 ends with 万.
            let scale = Self.scales.sorted { $0.zh.count > $1.zh.count }.first { word.hasPrefix($0.zh) }
            guard let currency = Currency.code(named: String(word.dropFirst(scale?.zh.count ?? 0))) else { return nil }
            self = .money(currency: currency, tens: scale?.tens ?? 0)
        }
    }

    private static let scales: [(code: String, tens: Int, zh: String, en: String)] = [
        ("thousand", 3, "千", "thousand"), ("wan", 4, "万", "ten thousand"), ("million", 6, "百万", "million"),
        ("yi", 8, "亿", "hundred million"), ("billion", 9, "十亿", "billion"),
    ]

    /// What it is called in a head: `元`, `万元`, `美元`, `%`, `分`; `CNY`, `ten thousand CNY`, `USD`, `%`, `points`.
    public func name(inChinese isChinese: Bool) -> String {
        switch self {
        case .percent: return "%"
        case .points: return isChinese ? "分" : "points"
        case .money(let currency, let tens):
            let scale = Self.scales.first { $0.tens == tens }
            guard isChinese else { return (scale.map { $0.en + " " } ?? "") + currency }
            return (scale?.zh ?? "") + Currency.chineseName(currency)
        }
    }

    /// A number of this unit with the unit behind it: `168,080.00 元`, `1.20%`, `88 分`, `950.00 美元`; in English `168,080.00`,
    /// `88 points`, `950.00 USD`.
    public func text(of number: ExactDecimal, inChinese isChinese: Bool) -> String {
        switch self {
        case .yuan: number.grouped + (isChinese ? " 元" : "")
        case .money: number.grouped + " " + name(inChinese: isChinese)
        case .percent: number.description + "%"
        case .points:
            number.withoutTrailingZeros.description + (isChinese ? " 分" : number.magnitude == 1 ? " point" : " points")
        }
    }

    /// The places that an amount of money in ones has by custom; `nil` for other units and for amounts in tens, which have what they have.
    public var customaryPlaces: Int? {
        guard case .money(let currency, 0) = self else { return nil }
        return Currency.hasNoParts(currency) ? 0 : 2
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

    /// Ten thousand times is four `times`, −18 to 18; below 0 it is divided. `nil` where the digits no longer fit.
    public func multipliedByTen(times: Int) -> ExactDecimal? {
        if times <= 0 { return dividedByTen(times: -times) }
        if places >= times { return ExactDecimal(significand: significand, places: places - times) }
        guard times <= Self.maximumPlaces else { return nil }
        let power = (places..<times).reduce(Int128(1)) { power, _ in power * 10 }
        let (digits, overflow) = significand.multipliedReportingOverflow(by: power)
        return overflow ? nil : ExactDecimal(significand: digits, places: 0)
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
        case .yuan? where isWan: isYuan && isInWan(value)
        case .some(let unit): other == unit.rawValue && isSame
        }
    }

    private func isInWan(_ yuan: ExactDecimal) -> Bool { yuan.inWan.rounded(to: number.places) == number }
}
