public import ReviewModel

/// What amounts count where reviews are put together: those in a multiple of a currency, such as ten thousands, are ones of it, exactly.
public struct MoneyUnit: Sendable, Hashable {
    /// The currency, or a measure by the word of its form.
    public let code: String
    /// What an amount that is given counts, in tens of ``code``.
    private let tens: Int

    /// - Parameter unit: what columns and reviews carry: `CNY-wan`; empty where nobody says, which is 元.
    public init(_ unit: String) {
        if case .money(let currency, let tens)? = FigureUnit(rawValue: unit) {
            (code, self.tens) = (currency, tens)
        } else {
            (code, tens) = (unit.isEmpty ? Amounts.standardUnit : unit, 0)
        }
    }

    /// The amount in ``code``; `nil` where its digits no longer fit.
    public func ones(_ amount: ExactDecimal) -> ExactDecimal? { amount.multipliedByTen(times: tens) }

    /// What a unit is called: `元`, `美元`.
    public static func name(_ code: String, _ locale: Locale) -> String {
        FigureUnit(rawValue: code)?.name(inChinese: locale == .zh) ?? code
    }
}
