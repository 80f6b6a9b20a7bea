public import ReviewModel

/// One item of an earlier year: 调整后预算 and 支付金额, in 元.
public struct HistoryItem: Sendable {
    public var year: Int
    public var name: String
    public var adjusted: ExactDecimal
    public var paid: ExactDecimal
    /// The execution rate in percent as the document prints it.
    public var declaredRate: ExactDecimal?
    /// The key that joins the item to its namesakes of other years and to a budget line.
    public var historyKey: String?
    public var pointer: JSONPointer
}

/// One earlier year with its items and what the document says of it.
public struct HistoryYear: Sendable {
    public var year: Int
    public var items: [HistoryItem]
    /// The day up to which payments are counted, `2025-10-31`; `nil` for a whole year.
    public var cutOff: String?
    public var declaredAdjusted: ExactDecimal?
    public var declaredPaid: ExactDecimal?
    public var declaredRate: ExactDecimal?
    public var pointer: JSONPointer?

    /// The sum of the adjusted budgets.
    public func adjusted() throws(DecimalOverflow) -> ExactDecimal { try .sum(items.map(\.adjusted)) }
    /// The sum of the payments.
    public func paid() throws(DecimalOverflow) -> ExactDecimal { try .sum(items.map(\.paid)) }
    /// 执行率 in percent, two places; `nil` for a year without a budget.
    public func rate() throws(DecimalOverflow) -> ExactDecimal? { try .percentage(paid(), of: adjusted()) }

    /// Whether payments are counted for a part of the year only.
    public var isPartial: Bool { cutOff.map { $0 < "\(year)-12-31" } ?? false }

    /// What the amounts of the table `history` count, as its form says; 元 where it does not.
    public static func unit(in dossier: Dossier) -> String {
        let unit = dossier.table("history")?.schema.columns.first { $0.name == "adjusted" }?.unit ?? ""
        return unit.isEmpty ? Amounts.standardUnit : unit
    }

    /// A rate as a table prints it: a workbook that computes its rates has 98.3333333333333 where it shows 98.33 %.
    private static func asPrinted(_ rate: ExactDecimal?) -> ExactDecimal? {
        rate.map { $0.places > 2 ? $0.rounded(to: 2) : $0 }
    }

    /// The years of the tables `history` and `history_years`, earliest first.
    ///
    /// - Parameter countingAsLines: whether amounts are brought to what those of the budget lines count.
    public static func all(in dossier: Dossier, countingAsLines: Bool = false) -> [HistoryYear] {
        func scale(_ column: String, _ table: String) -> (ExactDecimal?) -> ExactDecimal? {
            guard countingAsLines else { return { $0 } }
            let scale = AmountScale(column, of: table, in: dossier)
            return { scale($0) }
        }
        let (adjusted, paid) = (scale("adjusted", "history"), scale("paid", "history"))
        let declared = (
            adjusted: scale("declared_adjusted", "history_years"), paid: scale("declared_paid", "history_years")
        )
        let items = dossier.rows(of: "history").map { row in
            HistoryItem(
                year: row.integer("year") ?? 0,
                name: row.text("item"),
                adjusted: adjusted(row.decimal("adjusted")) ?? 0,
                paid: paid(row.decimal("paid")) ?? 0,
                declaredRate: asPrinted(row.decimal("declared_rate")),
                historyKey: row.optionalText("history_key"),
                pointer: row.pointer
            )
        }
        let byYear = Dictionary(grouping: items, by: \.year)
        var stated: [Int: TableRow] = [:]
        for row in dossier.rows(of: "history_years") {
            if let year = row.integer("year"), stated[year] == nil { stated[year] = row }
        }
        return Set(byYear.keys).union(stated.keys).sorted().map { year in
            let row = stated[year]
            return HistoryYear(
                year: year,
                items: byYear[year] ?? [],
                cutOff: row?.optionalText("cut_off"),
                declaredAdjusted: declared.adjusted(row?.decimal("declared_adjusted")),
                declaredPaid: declared.paid(row?.decimal("declared_paid")),
                declaredRate: asPrinted(row?.decimal("declared_rate")),
                pointer: row?.pointer
            )
        }
    }
}
