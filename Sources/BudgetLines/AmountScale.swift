public import ReviewModel

/// Brings amounts of a column to what the amounts of `budget_lines` count, exactly: a form may have its lines in 万元 and its
/// deductions in 元.
public struct AmountScale: Sendable {
    /// How many tens one of the column is of one of the lines; `nil` where no rate is known.
    private let tens: Int?

    /// A column or a form that does not say what it counts counts what the lines do.
    public init(_ column: String, of table: String, in dossier: Dossier) {
        guard dossier.table("budget_lines") != nil,
            let own = dossier.table(table)?.schema.columns.first(where: { $0.name == column })?.unit, !own.isEmpty
        else {
            tens = 0
            return
        }
        let lines = BudgetLine.unit(in: dossier)
        switch (FigureUnit(rawValue: own), FigureUnit(rawValue: lines)) {
        case (.money(let currency, let from)?, .money(let other, let to)?): tens = currency == other ? from - to : nil
        default: tens = own == lines ? 0 : nil
        }
    }

    /// Whether the amounts can be reckoned with at all: those of another currency cannot.
    public var isKnown: Bool { tens != nil }

    /// The amount as the lines count; `nil` for none, and where no rate is known.
    public func callAsFunction(_ amount: ExactDecimal?) -> ExactDecimal? {
        guard let tens, let amount else { return nil }
        return tens == 0 ? amount : amount.multipliedByTen(times: tens)
    }
}
