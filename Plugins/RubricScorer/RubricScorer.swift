import BudgetLines
import ReviewModel
import Rubrics

/// Scores a project by a rubric: one sheet a rater, the verdict, and what is wrong with the scores.
///
/// Reads the table `scores` (rater, code, points or level, reason). A score may be given for any node of the rubric; what is not
/// given is the sum of the applicable parts. The setting `rubric` is described in Docs/RUBRICS.md.
struct RubricScorer: Scorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "rubric-scorer",
        summary: "scores by a rubric: sheets, totals and the verdict (评分)",
        reads: ["scores", "evidence", "problems", "declared_figures"],
        requires: ["scores"],
        takesForm: true,
        configSchema: configSchema
    )

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        _ = Self.rubric(configuration, log)
        return log.diagnostics
    }

    func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        let rubric = Self.rubric(configuration, log)
        guard let rubric else { return log.diagnostics }
        let unanswerable = try await rubric.unanswerable(in: context, isSound: !log.hasErrors)
        // Points under `compute_level` need no levels.
        let isOfPoints = Set(unanswerable.filter { $0.code == "rubric/wrong-answer" }.map(\.pointer))
        let found =
            log.diagnostics.filter {
                $0.code != "rubric/no-levels" || !isOfPoints.contains($0.pointer / "compute_level")
            }
            + unanswerable
        if found.contains(where: { $0.code == "rubric/each-missing" }) { return found }
        // A rubric that is wrong itself would have every score told of.
        if log.hasErrors { return found }
        return found + (try await rubric.answersOfSeveralRows(in: context, besides: found))
            + (try await rubric.strangeRaters(in: context)) + (try await rubric.misfits(in: context))
    }

    func rules(_ configuration: Value) -> [Rule] { scoreRules.rules }

    func score(_ request: ScoringRequest) async throws -> Assessment {
        let log = DiagnosticLog()
        guard let rubric = Self.rubric(request.configuration, log), !log.hasErrors else {
            throw InvalidSettings(diagnostics: log.diagnostics)
        }
        let scoring = try await Scoring(rubric, request.dossier, request.form, request.context)
        var assessment = try await scoreRules.assess(scoring, request)
        assessment.findings.nameRaters(scoring.raters.map(\.rater), scoring.words)
        assessment.scores = scoring.sheets
        assessment.facts = scoring.facts
        return assessment
    }

    private static func rubric(_ configuration: Value, _ log: DiagnosticLog) -> Rubric? {
        let settings = ValueReader(configuration, log: log).record()
        let rubric = settings?.required("rubric").flatMap(Rubric.init)
        settings?.finish()
        return rubric
    }
}

extension [Finding] {
    /// What is said alike of the sheets of two raters says whose it is, and what is said of one of many things of which.
    fileprivate mutating func nameRaters(_ raters: [String], _ names: RaterWords) {
        let alike = Dictionary(grouping: indices) { [self[$0].rule, self[$0].message.zh, self[$0].message.en] }
        // Of ten thousand raters none is looked for where nothing is to be named.
        for group in alike.values where group.count > 1 || names.judgesMany {
            for index in group {
                let (subject, words) = (self[index].subject, self[index].message)
                guard let rater = raters.first(where: { subject == $0 || subject.hasPrefix($0 + "/") }),
                    group.count > 1 || names.thing(of: rater).map({ !words.zh.contains($0) }) ?? false
                else { continue }
                self[index].message = said(of: names.name(of: rater), words)
            }
        }
    }
}

/// What is said, with whose sheet it is said of.
func said(of rater: LocalizedText, _ words: LocalizedText) -> LocalizedText {
    LocalizedText(zh: "\(rater.zh)：\(words.zh)", en: "\(rater.en): \(words.en)")
}

private let configSchema: Value = [
    "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["rubric"],
    "additionalProperties": false, "properties": ["rubric": Rubric.schema],
    "$defs": .record(Rubric.schemaDefinitions),
]
