import BudgetReview
import ReviewModel

/// Scores a project by a rubric: one sheet a rater, the verdict, and what is wrong with the scores.
///
/// Reads the table `scores` (rater, code, points or level, reason). A score may be given for any node of the rubric; what is not
/// given is the sum of the applicable parts. The setting `rubric` is described in Docs/SPEC.md.
struct RubricScorer: Scorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "rubric-scorer",
        summary: "scores by a rubric: sheets, totals and the verdict (评分)",
        reads: ["scores", "evidence", "problems", "declared_figures"],
        requires: ["scores"],
        configSchema: configSchema
    )

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        _ = Self.rubric(configuration, log)
        return log.diagnostics
    }

    func rules(_ configuration: Value) -> [Rule] { scoreRules }

    func score(_ request: ScoringRequest) async throws -> Assessment {
        let log = DiagnosticLog()
        guard let rubric = Self.rubric(request.configuration, log), !log.hasErrors else {
            throw InvalidSettings(diagnostics: log.diagnostics)
        }
        let (answers, unanswered) = try await ask(rubric.queries, request.context)
        let (given, unreadable) = try ScoreEntry.all(in: request.dossier, rubric)
        let combined = try combine(given, rubric)
        let entries = given + combined.entries
        let evidence = Evidence(request.dossier)
        var assessment = Assessment()
        assessment.findings = unanswered + unreadable + checkEntries(given, rubric) + combined.findings
        for rater in raters(entries, rubric) {
            var builder = ScoreSheetBuilder(
                rubric: rubric,
                dossier: request.dossier,
                entries: entries.filter { $0.rater == rater },
                evidence: evidence,
                answers: answers,
                problems: rater == ScoreSheet.selfRater ? [:] : problems(in: request.dossier)
            )
            var built = try builder.build(rater: rater)
            assessment.findings += built.findings
            assessment.findings += try checkLosses(built.items, rater: rater, rubric)
            assessment.findings += checkRules(built.items, rater: rater, rubric, request.dossier, answers)
            if let finding = override(&built.sheet, rubric, request.dossier, answers) {
                assessment.findings.append(finding)
            }
            if let sheet = built.sheet { assessment.scores.append(sheet) }
        }
        assessment.findings += try checkProblems(assessment.scores, request.dossier)
        assessment.findings += checkProblemCodes(assessment.scores, rubric, request.dossier)
        assessment.findings += checkApplicability(rubric, request.dossier)
        assessment.findings += try checkLevels(given, rubric)
        assessment.findings += checkEvidence(entries, evidence, rubric) + checkSilence(given, evidence, rubric)
        assessment.facts = [identity(of: rubric)] + scoreFacts(assessment.scores)
        assessment.facts += try bridge(assessment.scores)
        let figures = ComputedFigures(request.dossier, assessment.facts, prefixes: ["scores"])
        assessment.findings += try await RuleSet(declaredFigureRules).assess(figures, request).findings
        return assessment
    }

    private static func rubric(_ configuration: Value, _ log: DiagnosticLog) -> Rubric? {
        let settings = ValueReader(configuration, log: log).record()
        let rubric = settings?.required("rubric").flatMap(Rubric.init)
        settings?.finish()
        return rubric
    }

    /// The raters in the order in which they first score. Where the dossier gives everything, nobody need score, and the
    /// sheet is the review's.
    private func raters(_ entries: [ScoreEntry], _ rubric: Rubric) -> [String] {
        var raters: [String] = []
        for entry in entries where !raters.contains(entry.rater) { raters.append(entry.rater) }
        let isComputed = rubric.all.contains { $0.computation != nil }
        return raters.isEmpty && isComputed ? [ScoreSheet.reviewRater] : raters
    }

    /// Which rubric it was. Its file is among the review's `inputs`, with its checksum.
    private func identity(of rubric: Rubric) -> Fact {
        Fact(
            id: "rubric",
            label: LocalizedText(zh: "评分标准", en: "rubric"),
            value: ["id": .text(rubric.id), "version": .text(rubric.version), "name": .text(rubric.name.zh)]
        )
    }
}

private let configSchema: Value = [
    "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["rubric"],
    "additionalProperties": false,
    "properties": [
        "rubric": [
            "type": "object", "required": ["id", "items"],
            "properties": [
                "id": ["type": "string"],
                "items": ["type": "array", "items": ["$ref": "#/$defs/node"]],
                "bands": [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["code", "name", "range"],
                        "properties": [
                            "range": ["type": "string", "pattern": "^[\\[(] *[0-9.]+ *, *[0-9.]+ *[\\])]$"]
                        ],
                    ],
                ],
                "levels": ["type": "array", "items": ["type": "object", "required": ["name", "share"]]],
            ],
        ]
    ],
    "$defs": [
        "node": [
            "type": "object", "required": ["code"],
            "properties": [
                "code": ["type": "string"], "name": ["type": "string"], "max": ["type": ["number", "string"]],
                "alternatives": ["type": "boolean"], "pooled": ["type": "boolean"],
                "when": ["type": "object", "required": ["field", "equals"]],
                "items": ["type": "array", "items": ["$ref": "#/$defs/node"]],
                "criteria": ["type": "array", "items": ["$ref": "#/$defs/node"]],
            ],
        ]
    ],
]
