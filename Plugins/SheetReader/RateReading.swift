import OfficeFiles
import ReviewModel
import Tables

/// What a number without a percent sign is in a column of percentages: 95, or 0.95, which is 95 % to one person and 0.95 % to another.
///
/// Amounts of the same row may show it, for a rate is a quotient: 95.00 of 100.00. A number above 2 is a percentage. For the rest nobody
/// knows: it is read as it stands, and told.
struct RateReading {
    enum Sense: Hashable {
        /// It is a percentage as it stands.
        case percentage
        /// A hundredth of the percentage, as the row's own amounts show.
        case fraction
        case unclear
    }

    private let amounts: [ExactDecimal]
    /// Numbers of columns that the form does not have: one of the two may be such a one.
    private let others: [ExactDecimal]

    /// - Parameters:
    ///   - amounts: those that stand in the same row.
    ///   - others: what else stands in it.
    init(_ amounts: [ExactDecimal], others: [ExactDecimal] = []) {
        (self.amounts, self.others) = (amounts.filter { !$0.isZero }, others.filter { !$0.isZero })
    }

    func sense(of number: ExactDecimal, headSaysPercent: Bool) -> Sense {
        if number.isZero || number.magnitude > Self.surelyPercent { return .percentage }
        let (fraction, percentage) = (isQuotient(number, times: 1), isQuotient(number, times: 100))
        if percentage == fraction { return headSaysPercent ? .percentage : .unclear }
        if percentage { return .percentage }
        // The head says one thing and the amounts another.
        return headSaysPercent ? .unclear : .fraction
    }

    private static let surelyPercent = ExactDecimal(2)

    /// Whether a number is so many times the quotient of two amounts, to the places that it has.
    private func isQuotient(_ number: ExactDecimal, times: Int) -> Bool {
        let plain = number.withoutTrailingZeros
        let tolerance = ExactDecimal(significand: 5, places: max(plain.places, times == 1 ? 2 : 1) + 1)
        let all = amounts + others
        return all.indices.contains { first in
            all.indices.contains { second in
                guard first != second, min(first, second) < amounts.count,
                    let part = try? all[first] * ExactDecimal(times), let product = try? plain * all[second],
                    let difference = try? part - product, let most = try? tolerance * all[second].magnitude
                else { return false }
                return difference.magnitude <= most
            }
        }
    }
}

extension CellValue {
    /// The number of a cell that says nothing of percent; `nil` for all others.
    func bareNumber(_ cell: SheetCell, _ row: SheetRow) -> ExactDecimal? {
        if context.formats[cell.format].kind == .percent, cell.kind == .number { return nil }
        return plainNumber(cell, row)
    }

    /// The number of a cell, stored, computed or written as a text.
    func plainNumber(_ cell: SheetCell, _ row: SheetRow) -> ExactDecimal? {
        if cell.hasFormula, cell.isEmpty, cell.kind != .text {
            guard let formulas, let address = CellAddress(column: cell.column, row: row.number),
                case .number(let number)? = formulas.of.value(formulas.sheet, address)
            else { return nil }
            return number
        }
        switch cell.kind {
        case .number: return context.withStored(cell, row) { CellNumber.decimal($0) }
        case .text, .sharedText: return WrittenNumber.read(context.text(cell, row), asPercent: false)
        default: return nil
        }
    }
}
