internal import BudgetLines
public import ReviewModel

/// A verdict and the scores that it stands for, ends stated: `[70, 90)` is from 70 on and below 90.
public struct RubricBand: Sendable, Hashable {
    public var code: String
    public var name: LocalizedText
    public var range: ScoreRange
    public var pointer: JSONPointer

    public var verdict: Verdict { Verdict(code: code, name: name, band: range.description) }
}

/// An interval of scores in mathematical notation.
public struct ScoreRange: Sendable, Hashable, CustomStringConvertible {
    public var lower: ExactDecimal
    public var upper: ExactDecimal
    public var includesLower: Bool
    public var includesUpper: Bool

    /// Reads `[70, 90)`, `(0,60]`; `nil` for anything else or for an empty interval.
    public init?(_ text: String) {
        let trimmed = text.filter { $0 != " " }
        guard let first = trimmed.first, let last = trimmed.last, "[(".contains(first), "])".contains(last) else {
            return nil
        }
        let ends = trimmed.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
        guard ends.count == 2, let lower = ExactDecimal(String(ends[0])), let upper = ExactDecimal(String(ends[1])),
            lower < upper || (lower == upper && first == "[" && last == "]")
        else { return nil }
        self.lower = lower
        self.upper = upper
        includesLower = first == "["
        includesUpper = last == "]"
    }

    public func contains(_ score: ExactDecimal) -> Bool {
        (includesLower ? lower <= score : lower < score) && (includesUpper ? score <= upper : score < upper)
    }

    public var description: String {
        "\(includesLower ? "[" : "(")\(Money.points(lower)), \(Money.points(upper))\(includesUpper ? "]" : ")")"
    }
}
