public import ReviewModel

/// One line of the requested budget (预算明细). Amounts count what the form says, mostly 元.
public struct BudgetLine: Sendable {
    public var id: String
    /// 项目内容, the item that the line belongs to.
    public var group: String
    /// 项目明细; empty or `/` where the item has no details.
    public var detail: String
    public var quantity: ExactDecimal
    /// What ``amount`` counts, also where the form has prices in 元 and amounts in 万元.
    public var unitPrice: ExactDecimal
    /// What quantity times price is multiplied by besides: times a year, days; empty for nothing.
    public var factors: [ExactDecimal] = []
    /// How the applicant says that it was reckoned (测算依据); empty for nothing.
    public var basis = ""
    /// The amount as the applicant wrote it.
    public var amount: ExactDecimal
    /// The key that joins the line to the same item of earlier years; `nil` for a line of its own.
    public var historyKey: String?
    public var pointer: JSONPointer

    /// What the amount should be: quantity × unit price, and what they are multiplied by besides.
    public func product() throws(DecimalOverflow) -> ExactDecimal {
        var product = try quantity * unitPrice
        for factor in factors { product = try product * factor }
        return product
    }

    /// What the line is called on its own: the detail where there is one, else the item.
    public var label: String { detail.isEmpty || detail == "/" ? group : detail }

    /// What the amounts of the table `budget_lines` count, as its form says; 元 where it does not.
    public static func unit(in dossier: Dossier) -> String {
        let unit = dossier.table("budget_lines")?.schema.columns.first { $0.name == "amount" }?.unit ?? ""
        return unit.isEmpty ? Amounts.standardUnit : unit
    }

    /// The lines of the table `budget_lines`, in order.
    public static func all(in dossier: Dossier) -> [BudgetLine] {
        let price = AmountScale("unit_price", of: "budget_lines", in: dossier)
        return dossier.rows(of: "budget_lines").map { row in
            BudgetLine(
                id: row.text("id"),
                group: row.text("group"),
                detail: row.text("detail"),
                quantity: row.decimal("quantity") ?? 0,
                unitPrice: price(row.decimal("unit_price")) ?? 0,
                factors: ["times", "periods"].compactMap { row.decimal($0) },
                basis: row.text("basis"),
                amount: row.decimal("amount") ?? 0,
                historyKey: row.optionalText("history_key"),
                pointer: row.pointer
            )
        }
    }
}
