public import ReviewModel

/// How the points of a node come from those of its parts.
public enum RubricAggregation: Sendable, Hashable {
    /// They add up.
    case sum
    /// The weighted mean of the parts' shares, times the node's points. Parts that do not apply are left out, and the
    /// weights of the others count for more.
    case mean
    /// The worst of the parts' levels; with `plus`, a "+" behind it when another part is better.
    case weakest(plus: Bool)
    /// The level that a table gives for the parts' levels, best first: `A B` → `B+`.
    case table([String: String])
    /// The parts are there to be read; the node is scored by itself.
    case none
}

extension RubricAggregation {
    private static let words = ["sum", "mean", "weakest", "weakest-plus", "none"]

    /// Reads `mean`, `weakest-plus`, or `{table: {A A: A, A B: B+}}`.
    init?(_ reader: ValueReader) {
        if case .record = reader.value {
            guard let record = reader.record(), let table = record.required("table")?.record() else { return nil }
            record.finish()
            let pairs = table.all().compactMap { key, value in
                value.text().map { (key.split(separator: " ").joined(separator: " "), $0) }
            }
            self = .table(Dictionary(pairs) { first, _ in first })
            return
        }
        switch reader.oneOf(Self.words) {
        case "sum": self = .sum
        case "mean": self = .mean
        case "weakest": self = .weakest(plus: false)
        case "weakest-plus": self = .weakest(plus: true)
        case "none": self = .none
        default: return nil
        }
    }

    /// Whether parts are compared by their levels rather than counted.
    public var isByLevel: Bool {
        switch self {
        case .weakest, .table: true
        case .sum, .mean, .none: false
        }
    }

    /// The level of a node whose parts have `levels` of `scale`; `nil` when the table does not know them.
    public func level(of levels: [RubricLevel], in scale: RubricScale) -> RubricLevel? {
        let order = scale.levels
        func rank(_ level: RubricLevel) -> Int { order.firstIndex { $0.name == level.name } ?? order.count }
        let sorted = levels.filter { !$0.isNotApplicable }.sorted { rank($0) < rank($1) }
        guard let best = sorted.first, let worst = sorted.last else { return nil }
        switch self {
        case .weakest(let plus):
            guard plus, rank(best) < rank(worst) else { return worst }
            return scale.level(worst.name + "+") ?? worst
        case .table(let table): return table[sorted.map(\.name).joined(separator: " ")].flatMap(scale.level)
        case .sum, .mean, .none: return nil
        }
    }

    /// `max` × Σ(weight × points / most) / Σ weight over the parts, rounded half up to `places`, in one division so that
    /// nothing is rounded on the way; `nil` when no part counts.
    public static func mean(
        _ parts: [(weight: ExactDecimal, points: ExactDecimal, most: ExactDecimal)],
        max: ExactDecimal,
        places: Int
    ) throws(DecimalOverflow) -> ExactDecimal? {
        // Over a common denominator: the product of the different maxima.
        let denominators = parts.map(\.most).reduce(into: [ExactDecimal]()) { list, most in
            if !list.contains(most) { list.append(most) }
        }
        var (numerator, weights, product): (ExactDecimal, ExactDecimal, ExactDecimal) = (0, 0, 1)
        for denominator in denominators { product = try product * denominator }
        for part in parts {
            var term = try part.weight * part.points
            for denominator in denominators where denominator != part.most { term = try term * denominator }
            numerator = try numerator + term
            weights = try weights + part.weight
        }
        return try (max * numerator).divided(by: product * weights, places: places)
    }
}
