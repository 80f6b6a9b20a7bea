import BudgetLines
import ReviewModel

/// That the amounts of the dossier were read from tables in 万元, rounded, while sentences give them to the yuan.
struct AmountRounding: Sendable {
    /// What the amounts are multiples of, in yuan.
    private let step: ExactDecimal
    /// How far a sum of them may be from the exact one: half a step for each line, and for the sum.
    private let slack: ExactDecimal

    /// `nil` where the field `report.rounded_to` does not say so.
    init?(_ dossier: Dossier) throws(DecimalOverflow) {
        guard let step = dossier.field("report", "rounded_to")?.decimal, step > 0 else { return nil }
        let halves = Int128(5 * (BudgetLine.all(in: dossier).count + 1))
        self.step = step
        slack = try step * ExactDecimal(significand: halves, places: 1)
    }

    /// The number as it may stand for an amount of the dossier; small ones, such as prices, are no sums of what was rounded.
    func widening(_ number: ProseNumber) throws(DecimalOverflow) -> ProseNumber {
        guard number.unit == .yuan, number.value.magnitude >= (try step * 100) else { return number }
        var number = number
        number.interval.lowest = try number.interval.lowest - slack
        number.interval.highest = try number.interval.highest + slack
        return number
    }
}
