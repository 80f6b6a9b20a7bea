internal import BudgetLines
internal import ReviewModel

/// A figure in a column that is known to hold figures, where more can be understood than in a cell of unknown content: `¥1,000.00`,
/// `（2,000.00）` for less than nothing, `４５，０００．００`, `10 台`.
struct PrintedAmount: Sendable, Hashable {
    /// `nil` for a cell that says that there is none: nothing, `-`, `/`, `—`.
    var value: ExactDecimal?
    /// What is counted, where the cell says so: `台`.
    var unit = ""

    /// `nil` for a cell that is no figure.
    init?(_ cell: String) {
        var scalars = Array(cell.folded.unicodeScalars.map(\.halfWidth))
        if scalars.isEmpty || scalars.allSatisfy({ Self.nothing.contains($0) }) { return }
        var isNegative = false
        if let first = scalars.first, first == "（" || first == "(", let last = scalars.last, last == "）" || last == ")"
        {
            isNegative = true
            scalars = Array(scalars.dropFirst().dropLast())
        }
        if let first = scalars.first, Self.minus.contains(first) {
            isNegative = true
            scalars.removeFirst()
        }
        if let first = scalars.first, Self.currency.contains(first) { scalars.removeFirst() }
        let digits = scalars.prefix { $0.isDigit || $0 == "," || $0 == "，" || $0 == "." }
        let rest = scalars.dropFirst(digits.count)
        // What follows a number is what it counts; another number there is something else.
        guard !digits.isEmpty, rest.count <= 8, !rest.contains(where: \.isDigit) else { return nil }
        let number = digits.filter { $0 != "," && $0 != "，" }.string
        guard let value = ExactDecimal(utf8: number.utf8) else { return nil }
        self.value = isNegative ? -value : value
        unit = rest.string
    }

    private static let nothing: Set<Unicode.Scalar> = ["-", "–", "—", "－", "/", "／", "\\", "无"]
    private static let minus: Set<Unicode.Scalar> = ["-", "−", "－", "–"]
    private static let currency: Set<Unicode.Scalar> = ["¥", "￥"]
}

extension Unicode.Scalar {
    /// The digit or sign of usual width that a wide one stands for.
    fileprivate var halfWidth: Unicode.Scalar {
        switch value {
        case 0xFF10...0xFF19: Unicode.Scalar(value - 0xFEE0) ?? self
        case 0xFF0E: "."
        default: self
        }
    }
}
