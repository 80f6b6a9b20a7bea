import BudgetLines
import ReviewModel

/// A number with the words before it, as a reader would look for it: from the last stop on, at most 24 characters.
func quotation(of number: ProseNumber, in text: ProseText) -> String {
    var start = number.offset.lowerBound
    let earliest = max(0, start - 24)
    while start > earliest, !text.original[start - 1].isOne(of: "。；;，,：:（(\n") { start -= 1 }
    return text.original[start..<number.offset.upperBound].trimmed.string
}

extension ProseNumber {
    /// Another value as this number is printed: in its unit, with its places.
    func printed(_ exact: ExactDecimal) -> String {
        guard unit == .yuan else { return unit.exact(exact) }
        let isWan = phrase.contains("万")
        let amount = isWan ? Money.wan(exact) + " 万" : Money.yuan(exact) + " "
        return amount + (per.isEmpty ? "元" : "元/\(per)")
    }

    /// How far this number is from another value, without a sign.
    func difference(from exact: ExactDecimal) -> String {
        guard let difference = try? value - exact else { return "" }
        return printed(difference.magnitude)
    }
}

extension ProseUnit {
    /// A value in this unit, as tables print it.
    func exact(_ value: ExactDecimal) -> String {
        switch self {
        case .yuan: Money.yuan(value) + " 元"
        case .percent: Money.percent(value)
        case .points: Money.points(value) + " 分"
        case .count(let word): "\(Money.points(value)) \(word)"
        case .none: Money.points(value)
        }
    }
}

extension ArraySlice<Unicode.Scalar> {
    /// Without blanks at either end.
    fileprivate var trimmed: ArraySlice<Unicode.Scalar> {
        var rest = drop(while: \.isBlank)
        while rest.last?.isBlank == true { rest.removeLast() }
        return rest
    }
}
