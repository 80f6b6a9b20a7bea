import ReviewModel

@testable import rubric_scorer

/// A rubric with scores, evidence, problems and declared figures, as tests write them.
struct ScoreTables {
    var rubric: Value
    /// Rater, code, points, reason.
    var scores: [[Value]] = []
    /// The codes that have evidence.
    var evidence: [String] = []
    var problems: [String] = []
    /// Figure, value, unit.
    var declared: [[Value]] = []
    var project: Record = [:]

    func assess() throws -> Assessment {
        var dossier = Dossier(fields: ["project": .record(project)])
        dossier.set(table("scores", ["rater", "code", "points", "reason"], scores))
        dossier.set(table("evidence", ["code", "text"], evidence.map { [.text($0), "as filed"] }))
        dossier.set(table("problems", ["problem"], problems.map { [.text($0)] }))
        dossier.set(table("declared_figures", ["figure", "value", "unit"], declared))
        return try RubricScorer().score(ScoringRequest(configuration: ["rubric": rubric], dossier: dossier))
    }

    /// The findings as `severity rule subject`.
    func findings() throws -> [String] {
        try assess().findings.map { "\($0.severity) \($0.rule) \($0.subject)" }
    }

    private func table(_ name: String, _ columns: [String], _ rows: [[Value]]) -> Table {
        var table = Table(schema: TableSchema(name: name, columns: columns.map { Column(name: $0) }))
        for row in rows { table.append(row: row) }
        return table
    }

    /// A node of the rubric with its parts.
    static func node(_ code: String, _ max: Int, _ items: [Value], _ more: Record = [:]) -> Value {
        var record: Record = ["code": .text(code), "name": .text(code), "max": .integer(max)]
        if !items.isEmpty { record["items"] = .list(items) }
        for member in more.members { record[member.key] = member.value }
        return .record(record)
    }

    /// An indicator with criteria of these points, coded `A11-1`, `A11-2` …
    static func indicator(_ code: String, _ points: [String], _ more: Record = [:]) -> Value {
        let criteria = points.enumerated().map { position, max in
            Value.record(["code": .text("\(code)-\(position + 1)"), "text": "criterion", "max": .text(max)])
        }
        let sum = try? ExactDecimal.sum(points.compactMap { ExactDecimal($0) })
        var record: Record = ["code": .text(code), "name": .text(code), "max": Value(sum), "criteria": .list(criteria)]
        for member in more.members { record[member.key] = member.value }
        return .record(record)
    }
}
