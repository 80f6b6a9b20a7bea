public import ReviewModel

/// A figure that some document states (table `declared_figures`), by the name of the fact that it should equal.
public struct DeclaredFigure: Sendable {
    /// The fact's id: `amounts.requested`, `history.2023.rate`.
    public var figure: String
    public var value: ExactDecimal
    public var unit: Unit
    public var source: String
    public var pointer: JSONPointer

    public enum Unit: String, Sendable {
        case yuan = "CNY"
        /// 万元; compared within the printed precision.
        case wan
        case percent
        case points
    }

    public static func all(in dossier: Dossier) -> [DeclaredFigure] {
        dossier.rows(of: "declared_figures").compactMap { row in
            guard let value = row.decimal("value"), let unit = Unit(rawValue: row.text("unit")) else { return nil }
            return DeclaredFigure(
                figure: row.text("figure"),
                value: value,
                unit: unit,
                source: row.text("source"),
                pointer: row.pointer("value")
            )
        }
    }

    /// Whether the stated figure is what `computed` prints as.
    public func agrees(with computed: ExactDecimal) throws(DecimalOverflow) -> Bool {
        switch unit {
        case .yuan, .points: value == computed
        case .wan: try PrintedPrecision(of: value).contains(Money.inWan(computed))
        case .percent: try PrintedPrecision(of: value).contains(computed)
        }
    }

    /// The figure as a document would print it.
    public func printed(_ number: ExactDecimal) -> String {
        switch unit {
        case .yuan: Money.yuan(number)
        case .wan: Money.grouped(number) + " 万元"
        case .percent: number.description + "%"
        case .points: Money.points(number)
        }
    }

    /// `computed`, a fact in 元, percent or points, as the document would print it in the figure's own unit.
    public func expected(_ computed: ExactDecimal) -> String {
        switch unit {
        case .wan: Money.wan(computed) + " 万元"
        case .percent: Money.percent(computed)
        default: printed(computed)
        }
    }
}
