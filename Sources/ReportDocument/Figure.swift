public import ExactNumbers

/// A number of a document: the exact value, the form it prints in, and the fact that it is.
///
/// It stays a number until a back end prints it: a page links it by its fact, a worksheet writes it with a number format.
public struct Figure: Sendable, Hashable {
    public var value: ExactDecimal
    public var form: FigureForm
    /// The id of the fact that says where the number comes from; `nil` when there is none.
    public var fact: String?

    public init(_ value: ExactDecimal, _ form: FigureForm = .number, fact: String? = nil) {
        (self.value, self.form, self.fact) = (value, form, fact)
    }

    /// The number as it prints. Rounded half up, here and nowhere else.
    public var text: String { form.text(of: value) }
}

/// How a number prints.
public struct FigureForm: Sendable, Hashable {
    public enum Style: String, Sendable, Hashable, CaseIterable {
        /// 元, two places, thousands separators: `14,017,700.00`.
        case money
        /// 万元, two places, thousands separators: `1,401.77`; the value is in 元, or in ``FigureForm/tens`` of them.
        case wan
        /// 千元, 百万元 and 亿元, as ``wan``.
        case thousand, million, yi
        /// 元 in capital numerals: `人民币壹仟肆佰零壹万柒仟柒佰元整`.
        case capital
        /// In percent, two places: `1.20%`; the value is 1.2.
        case percent
        /// Points, no trailing zeros: `44`, `0.5`.
        case points
        /// Its own places, thousands separators: `1,200.5`.
        case number
        /// Digits only, its own places: a year, a count.
        case plain
        /// 一, 十二; whole numbers outside 1 to 99 in digits, others as ``number``.
        case hanzi
    }

    public var style: Style
    /// A zero prints as `-`.
    public var hasDash: Bool
    /// How the language of the report writes numbers.
    public var marks = NumberMarks()
    /// What an amount counts, in tens of its currency: 4 where the value is in 万元; 0 in ones.
    public var tens = 0

    public init(_ style: Style, hasDash: Bool = false) { (self.style, self.hasDash) = (style, hasDash) }

    public static let money = FigureForm(.money)
    public static let wan = FigureForm(.wan)
    public static let percent = FigureForm(.percent)
    public static let points = FigureForm(.points)
    public static let number = FigureForm(.number)
    public static let plain = FigureForm(.plain)
    public static let hanzi = FigureForm(.hanzi)

    /// The customary form of a number that counts `unit`: a currency (`CNY`, `EUR`), `percent`, `points`; any other unit, and money in
    /// thousands or in what has no parts, is a plain number with separators.
    public init(unit: String) {
        let known = FigureUnit(rawValue: unit)
        self =
            switch known {
            case .money: known?.customaryPlaces == 2 ? .money : .number
            case .percent: .percent
            case .points: .points
            case nil: .number
            }
        if case .money(_, let tens) = known { self.tens = tens }
    }

    /// That of a whole number: digits only where it counts nothing that has a form of its own.
    public init(whole unit: String) { self = FigureUnit(rawValue: unit) == nil ? .plain : FigureForm(unit: unit) }

    /// Whether the value counts money in tens of its currency and prints as it stands.
    public var isInTens: Bool { tens != 0 && [.number, .plain].contains(style) }

    /// An amount in ones of its currency, whatever the value counts; `nil` where it does not fit.
    public func ones(_ value: ExactDecimal) -> ExactDecimal? { value.multipliedByTen(times: tens) }

    public func text(of value: ExactDecimal) -> String {
        if hasDash, value.isZero { return "-" }
        return marks.text(standardText(of: value))
    }

    private func standardText(of value: ExactDecimal) -> String {
        switch style {
        case .money: amount(value, in: 0)
        case .wan: amount(value, in: 4)
        case .thousand: amount(value, in: 3)
        case .million: amount(value, in: 6)
        case .yi: amount(value, in: 8)
        case .capital: ones(value)?.inCapitals ?? amount(value, in: 0)
        case .percent: value.rounded(to: 2).description + "%"
        case .points: value.withoutTrailingZeros.description
        case .number: value.grouped
        case .plain: value.description
        case .hanzi: hanziNumeral(value) ?? value.grouped
        }
    }

    /// An amount in so many tens, with two places. What does not fit any more is written as a product.
    private func amount(_ value: ExactDecimal, in target: Int) -> String {
        guard let amount = value.multipliedByTen(times: tens - target) else {
            return "\(value.grouped)×10^\(tens - target)"
        }
        return amount.rounded(to: 2).grouped
    }
}

/// A whole number in Chinese numerals, as headings count: 一, 十, 十一, 二十三. Outside 1 to 99 it stays digits; `nil` for a
/// number that is not whole.
private func hanziNumeral(_ value: ExactDecimal) -> String? {
    let whole = value.withoutTrailingZeros
    guard whole.places == 0 else { return nil }
    guard let number = Int(exactly: whole.significand), (1...99).contains(number) else { return whole.description }
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    let (tens, ones) = number.quotientAndRemainder(dividingBy: 10)
    return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[ones]
}
