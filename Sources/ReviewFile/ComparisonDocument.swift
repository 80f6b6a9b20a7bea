public import ReviewModel

/// A comparison as one JSON document: `{changes, new, fixed, unchanged}`, the findings as `review.json` has them.
public func comparisonDocument(_ comparison: ReviewComparison) -> [UInt8] { JSONWriter.document(comparison.wire) }

extension ReviewComparison {
    /// As ``comparisonDocument(_:)`` has it.
    public var wire: Value {
        let changes = changes.map { change -> Value in
            [
                "subject": .text(change.subject), "label": change.label.wire, "before": Value(change.before),
                "after": Value(change.after),
            ]
        }
        func list(_ findings: [LocatedFinding]) -> Value { .list(findings.map(\.wire)) }
        return ["changes": .list(changes), "new": list(new), "fixed": list(fixed), "unchanged": list(unchanged)]
    }
}
