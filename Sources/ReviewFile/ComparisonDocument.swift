internal import ReviewModel

/// A comparison as one JSON document: `{changes: [{subject, label, before, after}], new, fixed, unchanged}`.
public func comparisonDocument(_ comparison: ReviewComparison) -> [UInt8] {
    let changes = comparison.changes.map { change -> Value in
        [
            "subject": .text(change.subject), "label": change.label.wire, "before": Value(change.before),
            "after": Value(change.after),
        ]
    }
    func list(_ findings: [LocatedFinding]) -> Value { .list(findings.map(\.wire)) }
    return JSONWriter.document([
        "changes": .list(changes), "new": list(comparison.new), "fixed": list(comparison.fixed),
        "unchanged": list(comparison.unchanged),
    ])
}
