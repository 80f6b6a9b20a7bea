public import ReviewModel

/// A query that scores depend on, and where it is written.
public struct RubricQuery: Sendable {
    public var sql: String
    public var pointer: JSONPointer
    public var answer: Answer
    /// The node whose score it gives; its points are `:max`. `nil` for a condition.
    public var node: RubricNode?

    /// What its one value is to be.
    public enum Answer: Sendable, CaseIterable {
        case points, level, truth
    }
}

extension Rubric {
    /// Every query that scores depend on.
    public var queries: [RubricQuery] {
        let computed = all.compactMap { node in
            node.computation.map {
                RubricQuery(
                    sql: $0.query,
                    pointer: node.pointer / ($0.givesLevel ? "compute_level" : "compute"),
                    answer: $0.givesLevel ? .level : .points,
                    node: node
                )
            }
        }
        let conditions = tests.flatMap(\.queries).map {
            RubricQuery(sql: $0.sql, pointer: $0.pointer, answer: .truth, node: nil)
        }
        return computed + conditions
    }

    /// Every question to a field of the dossier.
    public var conditions: [RubricCondition] { all.compactMap(\.condition) + tests.flatMap(\.conditions) }

    private var tests: [RubricTest] { overrides.map(\.when) + rules.flatMap { [$0.when, $0.then] } }
}
