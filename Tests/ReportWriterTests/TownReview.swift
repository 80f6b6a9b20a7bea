import DossierQuery
import PluginKit
import ReviewModel
import SpecLoading
import Testing

@testable import deduction_auditor
@testable import report_writer
@testable import rubric_scorer
@testable import target_checker

/// A spec of the repository with what the plugins say of it, all in this process.
struct TownReview {
    private(set) var spec: Spec
    private(set) var review: Review

    /// - Parameters:
    ///   - path: from the root of the repository.
    ///   - lines: how many budget lines there are to be; the last one goes on.
    init(_ path: String, lines: Int = 0) async throws {
        spec = try #require(loadSpec(Fixture.path(path)).spec, "\(path)")
        if var table = spec.dossier.table("budget_lines"), let last = table.rows.last {
            for number in table.rowCount..<max(lines, table.rowCount) {
                let cells = table.schema.columns.map { $0.name == "id" ? .text("more-\(number)") : last[$0.name] }
                table.append(row: cells)
            }
            spec.dossier.set(table)
        }
        review = Review(id: spec.id, locale: spec.locale)
        let rubric = try #require(spec.steps.first { $0.plugin == "rubric-scorer" }).configuration
        let context = AskedDossier(dossier: spec.dossier, locale: spec.locale)
        let scoring = ScoringRequest(configuration: rubric, dossier: spec.dossier, context: context)
        try add(await RubricScorer().score(scoring), "rubric")
        guard spec.dossier.table("budget_lines") != nil else { return }
        try add(await DeductionAuditor().score(ScoringRequest(dossier: spec.dossier)), "audit")
        try add(await TargetChecker().score(ScoringRequest(dossier: spec.dossier)), "targets")
    }

    private mutating func add(_ assessment: Assessment, _ step: String) throws {
        review.scores += assessment.scores
        review.verdict = (review.scoreSheet(ScoreSheet.reviewRater) ?? review.scores.first)?.verdict
        review.adjustments += assessment.adjustments
        review.facts += assessment.facts
        review.findings += assessment.findings.map { LocatedFinding(finding: $0, step: step, locations: []) }
        if !assessment.adjustments.isEmpty {
            review.amounts = try Amounts.sum(assessment.adjustments.map { try $0.amounts() })
        }
    }

    /// The same spec without the rows of these tables.
    mutating func forget(_ tables: [String]) {
        for name in tables {
            if let table = spec.dossier.table(name) { spec.dossier.set(Table(schema: table.schema)) }
        }
    }

    /// The settings of the report writer with a template of the repository and the spec's own rubric.
    func settings(_ template: String) throws -> Value {
        let text = """
            pingshen: 1
            id: settings
            pipeline: {report: {use: report-writer, with: {template: !include ../templates/\(template).yaml}}}
            """
        let loaded = loadSpec(text: text, as: Fixture.path("Specs/pipelines/settings.yaml"))
        var settings = try #require(loaded.spec?.steps.first?.configuration.record, "\(loaded.diagnostics)")
        settings["rubric"] = spec.steps.first { $0.plugin == "rubric-scorer" }?.configuration["rubric"]
        return .record(settings)
    }

    func request(_ template: String) throws -> RenderingRequest {
        RenderingRequest(
            configuration: try settings(template),
            review: review,
            dossier: spec.dossier,
            formats: ["md", "html"],
            scratchDirectory: "/"
        )
    }
}

/// Answers questions about a dossier, as the host does.
private struct AskedDossier: RoleContext {
    let dossier: Dossier
    let locale: Locale

    func log(_ level: LogLevel, _ message: String) {}
    func progress(done: Int, total: Int?, message: String) {}
    func tables() async throws -> [TableSummary] { [] }
    func read(_ table: String, columns: [String]?, page: @Sendable (Table) async throws -> Void) async throws {}

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
