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
    /// The level that a table gives for the parts' levels in the order of the parts: `likely severe` → `high`.
    case matrix([String: String])
    /// The parts are there to be read; the node is scored by itself.
    case none
}

extension RubricAggregation {
    static let words = ["sum", "mean", "weakest", "weakest-plus", "none"]

    /// Reads `mean`, `weakest-plus`, `{table: {A A: A, A B: B+}}`, or `{matrix: {likely | severe: high}}`.
    init?(_ reader: ValueReader) {
        if case .record = reader.value {
            guard let record = reader.record() else { return nil }
            let matrix = record.optional("matrix")
            guard let table = (matrix ?? record.required("table"))?.record() else { return nil }
            record.finish()
            let pairs = table.all().compactMap { key, value in value.text().map { (Self.key(Self.names(in: key)), $0) }
            }
            let entries = Dictionary(pairs) { first, _ in first }
            self = matrix == nil ? .table(entries) : .matrix(entries)
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

    /// The keys of a table or a matrix as they are written, by how they are looked up: for places.
    static func writtenKeys(_ value: Value?) -> [String: String] {
        guard case .record(let record)? = value,
            case .record(let table)? = record["matrix"] ?? record["table"]
        else { return [:] }
        return Dictionary(table.keys.map { (key(names(in: $0)), $0) }) { first, _ in first }
    }

    /// The names in a key of a table: between bars where there are some, for names may have blanks, else between blanks.
    static func names(in key: String) -> [String] {
        guard key.contains("|") else { return key.split(separator: " ").map(String.init) }
        return key.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
    }

    /// How a table is looked up.
    static func key(_ names: [String]) -> String { names.joined(separator: " | ") }

    /// Whether the worst of the parts counts.
    var isWeakest: Bool { if case .weakest = self { true } else { false } }

    /// Whether parts are compared by their levels rather than counted.
    public var isByLevel: Bool {
        switch self {
        case .weakest, .table, .matrix: true
        case .sum, .mean, .none: false
        }
    }

    /// The level of a node whose parts have these levels, each of its own scale; `nil` when the table does not know them, or
    /// the node's scale does not know the weakest. A level that counts as another is compared as that one.
    public func level(of parts: [(level: RubricLevel, scale: RubricScale)], in scale: RubricScale) -> RubricLevel? {
        let names = parts.filter { !$0.level.isNotApplicable }.map { $0.scale.counted($0.level).name }
        switch self {
        case .weakest(let plus):
            let ranks = names.compactMap { name in scale.order.firstIndex { $0.name == name } }
            guard ranks.count == names.count, let best = ranks.min(), let worst = ranks.max() else { return nil }
            let level = scale.order[worst]
            return plus && best < worst ? scale.level(level.name + "+") ?? level : level
        case .table(let table):
            let order = Self.order([scale] + parts.map(\.scale), of: names)
            let sorted = names.sorted { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) }
            return table[Self.key(sorted)].flatMap(scale.level)
        case .matrix(let table): return table[Self.key(names)].flatMap(scale.level)
        case .sum, .mean, .none: return nil
        }
    }

    /// The first order that has all names, best first.
    static func order(_ scales: [RubricScale], of names: [String]) -> [String] {
        scales.lazy.map { $0.order.map(\.name) }.first { order in names.allSatisfy(order.contains) } ?? []
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
