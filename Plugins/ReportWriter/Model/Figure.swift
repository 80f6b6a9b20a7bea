import BudgetReview
import Mustache
import ReviewModel

/// A number as a report prints it: the exact value and what it counts.
///
/// Printed plainly it takes the customary form of its kind; transforms choose another: `{{wan(amounts.requested)}}`.
struct Figure: Sendable, Hashable {
    /// What a number counts, which decides how it prints when the template does not say.
    enum Kind: Sendable, Hashable {
        /// 元, two places, thousands separators: `14,017,700.00`.
        case money
        /// In percent, two places: `1.20%`.
        case percent
        /// Points of a rubric, no trailing zeros: `44`, `0.5`.
        case points
        /// Any other decimal: its own places, thousands separators.
        case number
        /// A year, a count: digits only.
        case integer
    }

    var value: ExactDecimal
    var kind: Kind

    init(_ value: ExactDecimal, _ kind: Kind = .number) {
        self.value = value
        self.kind = kind
    }

    /// A figure in the unit of a column or fact: `CNY`, `percent`, `points`; any other unit is a plain number.
    init(_ value: ExactDecimal, unit: String) {
        switch unit {
        case "CNY": self.init(value, .money)
        case "percent": self.init(value, .percent)
        case "points": self.init(value, .points)
        default: self.init(value, .number)
        }
    }

    /// The customary form of this kind of figure.
    var printed: String {
        switch kind {
        case .money: Money.yuan(value)
        case .percent: Money.percent(value)
        case .points: Money.points(value)
        case .number: Money.grouped(value)
        case .integer: value.description
        }
    }

    /// The figure in another form; `nil` when there is no form of this name.
    func printed(as form: String) -> String? {
        switch form {
        case "money": Money.yuan(value)
        case "wan": Money.wan(value)
        case "plain": value.description
        case "percent": Money.percent(value)
        case "points": Money.points(value)
        case "dash": value.isZero ? "-" : printed
        case "hanzi": value.integerValue.map(hanzi) ?? printed
        default: nil
        }
    }

    /// The names of all forms, as templates write them.
    static let forms = ["money", "wan", "plain", "percent", "points", "dash", "hanzi"]
}

extension Figure: MustacheCustomRenderable, MustacheTransformable {
    var renderText: String { printed }
    var isNull: Bool { false }

    func transform(_ name: String) -> Any? { printed(as: name).map(PrintedText.init(_:)) }
}

extension ExactDecimal {
    /// The number as an `Int` when it is a whole one.
    var integerValue: Int? { Value.decimal(self).integer }
}

/// The number in Chinese numerals, as headings count: 一, 十, 十一, 二十三. Numbers outside 1…99 stay digits.
func hanzi(_ number: Int) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    guard (1...99).contains(number) else { return String(number) }
    let (tens, ones) = number.quotientAndRemainder(dividingBy: 10)
    return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[ones]
}
