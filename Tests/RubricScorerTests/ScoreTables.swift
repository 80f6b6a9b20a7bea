import DossierQuery
import ReviewModel

@testable import rubric_scorer

/// A rubric with scores, evidence, problems and declared figures, as tests write them.
struct ScoreTables {
    var rubric: Value
    /// Rater, code, points, reason, level, subject.
    var scores: [[Value]] = []
    /// The codes that have evidence.
    var evidence: [String] = []
    var problems: [String] = []
    /// Figure, value, unit.
    var declared: [[Value]] = []
    var project: Record = [:]
    /// Further tables, for queries.
    var more: [Table] = []
    var form: DossierOutline?

    func assess() async throws -> Assessment {
        var dossier = Dossier(fields: ["project": .record(project)])
        dossier.set(table("scores", ["rater", "code", "points", "reason", "level", "subject"], scores))
        dossier.set(table("evidence", ["code", "text"], evidence.map { [.text($0), "as filed"] }))
        dossier.set(table("problems", ["problem"], problems.map { [.text($0)] }))
        dossier.set(table("declared_figures", ["figure", "value", "unit"], declared))
        for table in more { dossier.set(table) }
        return try await RubricScorer().score(
            ScoringRequest(
                configuration: ["rubric": rubric],
                dossier: dossier,
                form: form,
                context: AskedDossier(dossier: dossier)
            )
        )
    }

    /// The findings as `severity rule subject`.
    func findings() async throws -> [String] {
        try await assess().findings.map { "\($0.severity) \($0.rule) \($0.subject)" }
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

/// Answers questions about a dossier, as the host does.
struct AskedDossier: RoleContext {
    let dossier: Dossier
    let locale = Locale.zh

    func log(_ level: LogLevel, _ message: String) {}
    func progress(done: Int, total: Int?, message: String) {}
    func tables() async throws -> [TableSummary] {
        dossier.tables.map { TableSummary(schema: $0.schema, rowCount: $0.rowCount) }
    }
    func read(_ table: String, columns: [String]?, page: @Sendable (Table) async throws -> Void) async throws {}

    func cells(of sql: String, _ parameters: Record) async throws -> [JSONPointer] {
        let values = Dictionary(parameters.members.map { ($0.key, $0.value) }) { first, _ in first }
        return try DossierQuery(sql).cells(on: dossier, parameters: values)
    }

    func query(_ sql: String, _ parameters: Record) async throws -> Table {
        do throws(QueryError) {
            return try DossierQuery(sql).run(
                on: dossier,
                parameters: Dictionary(parameters.members.map { ($0.key, $0.value) }) { first, _ in first }
            )
        } catch {
            throw error.mistake(in: sql)
        }
    }
}
