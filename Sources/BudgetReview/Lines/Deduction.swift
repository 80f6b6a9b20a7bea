public import ReviewModel

/// A cut (核减), deferral (质保金 and the like) or increase (核增) of one budget line. The amount is in 元, positive.
public struct Deduction: Sendable {
    public var line: String
    public var kind: Adjustment.Kind
    public var amount: ExactDecimal
    public var reason: String
    public var pointer: JSONPointer

    /// The rows of the table `deductions`, in order.
    public static func all(in dossier: Dossier) -> [Deduction] {
        dossier.rows(of: "deductions").map { row in
            Deduction(
                line: row.text("line"),
                kind: Adjustment.Kind(rawValue: row.text("kind")) ?? .cut,
                amount: row.decimal("amount") ?? 0,
                reason: row.text("reason"),
                pointer: row.pointer
            )
        }
    }
}
