public import ReviewModel

/// What a target aims at (目标值), read from its wording: `≥90%`, `200 节`, `30 日内`, `12 月底前`, `及时`.
///
///     TargetValue("不低于 90 %").reading    // quantity: at least, 90, "%"
///     TargetValue("有效").isMeasurable      // false
///
/// Reading never fails: a wording without any figure is a ``Reading/word(_:)``.
public struct TargetValue: Sendable, Hashable {
    /// As it was written.
    public var text: String
    public var reading: Reading

    public init(_ text: String) {
        self.text = text
        reading = Reading(parsing: canonicalText(text))
    }

    public enum Reading: Sendable, Hashable {
        case quantity(Quantity)
        /// From `lower` to `upper`, both included: `80%~90%`.
        case range(lower: ExactDecimal, upper: ExactDecimal, unit: String)
        /// A day or period by which it is done: `2026 年 12 月底前`. The text is canonical.
        case deadline(String)
        /// A quality without a measure: `及时`, `提升`. The text is canonical.
        case word(String)
        /// Nothing, or a sign that stands for nothing: `/`, `-`.
        case empty
    }

    /// A number with its unit, and which way it counts.
    public struct Quantity: Sendable, Hashable {
        public var direction: Direction
        public var number: ExactDecimal
        /// `%`, `个`, `节`; empty for a bare number.
        public var unit: String
        /// The words before the number that are no comparison: `较上年提升` in `较上年提升 5%`.
        public var context: String

        public init(_ direction: Direction, _ number: ExactDecimal, unit: String = "", context: String = "") {
            self.direction = direction
            self.number = number
            self.unit = unit
            self.context = context
        }
    }

    public enum Direction: String, Sendable, CaseIterable {
        case exactly, atLeast, moreThan, atMost, lessThan
    }
}

extension TargetValue {
    /// Whether it can be told at the year's end, by figure or date, that the target was met.
    public var isMeasurable: Bool {
        switch reading {
        case .quantity, .range, .deadline: true
        case .word, .empty: false
        }
    }

    /// Whether something is counted, `2 个` or `0`, rather than related to a whole, `100%`.
    public var isCount: Bool {
        switch reading {
        case .quantity(let quantity): !isShare(quantity.unit)
        case .range(_, _, let unit): !isShare(unit)
        case .deadline, .word, .empty: false
        }
    }

    /// The largest share that is asked for, in percent; `nil` for counts, dates and words. A change against another
    /// year (`较上年提升 5%`) is no share.
    public var share: ExactDecimal? {
        switch reading {
        case .quantity(let quantity) where quantity.unit == "%" && quantity.context.isEmpty: quantity.number
        case .range(_, let upper, "%"): upper
        default: nil
        }
    }
}

private func isShare(_ unit: String) -> Bool {
    unit.hasPrefix("%") || unit.hasPrefix("‰")
}
