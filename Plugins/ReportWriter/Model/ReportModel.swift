import BudgetReview
import ReviewModel

/// Everything that a template can name: the dossier's fields and tables, and what the review made of them.
///
/// - every field (`project.name`, `texts.background`) and every table by its name, as a list of its rows;
/// - `amounts`, `lines`, `groups`, `cuts`: the requested lines with what became of them;
/// - `history_by_year`: earlier years with their sums and rates;
/// - `scores`, `score_items`, `item`, `verdict`, `rubric`: points by rater and by node of the rubric;
/// - `facts`, `findings`, `review`.
///
/// Elements of every list also know `index` (from 1), `first` and `last`.
struct ReportModel {
    let root: Scope
    let names: NameLog
    /// Mistakes in the slots of the dossier's own texts.
    let diagnostics: [ConfigurationDiagnostic]

    /// Tables that this model reads; each is an empty list when the dossier does not have it.
    static let tables = [
        "budget_lines", "deductions", "feedback", "printed_audit", "declared_figures", "funding", "history_years",
        "history",
        "targets", "declared_targets", "scores", "evidence", "problems", "legal_bases", "attachments",
    ]

    /// Fields that may always be asked about, even when the dossier does not have them.
    static let fields = ["project", "organisations", "report", "declaration", "texts"]

    static let derived = [
        "amounts", "lines", "groups", "cuts", "history_by_year", "score_items", "item", "verdict", "rubric", "bridge",
        "waterfall",
        "facts",
        "findings", "review",
    ]

    static let rootNames = (fields + tables + derived).sorted()

    init(_ request: RenderingRequest) throws(DecimalOverflow) {
        let nodes = NodeBuilder(locale: request.review.locale)
        names = nodes.names
        root = Scope(nodes.root, names: names)
        let fields = nodes.record(request.dossier.fields, at: JSONPointer(["fields"]))
        for name in Self.fields { nodes.root[name] = .record(ModelRecord(names: names)) }
        for (name, node) in fields.members { nodes.root[name] = node }
        for name in Self.tables { nodes.root[name] = .list([]) }
        for table in request.dossier.tables { nodes.root[table.name] = nodes.rows(of: table) }
        let lines = try LinesModel(request, nodes)
        nodes.root["amounts"] = lines.amounts
        nodes.root["lines"] = lines.lines
        nodes.root["groups"] = lines.groups
        nodes.root["cuts"] = lines.cuts
        nodes.root["feedback"] = feedback(request.dossier, lines, nodes)
        nodes.root["history_by_year"] = try historyByYear(request.dossier, nodes)
        let scores = try ScoresModel(request, nodes)
        nodes.root["scores"] = scores.scores
        nodes.root["score_items"] = scores.items
        nodes.root["item"] = scores.itemsByCode
        nodes.root["verdict"] = scores.verdict
        nodes.root["rubric"] = scores.rubric
        nodes.root["bridge"] = scores.bridge
        nodes.root["waterfall"] = scores.waterfall
        nodes.root["facts"] = facts(request.review.facts, nodes)
        nodes.root["findings"] = findings(request.review, nodes)
        nodes.root["review"] = nodes.record(["id": .text(request.review.id)])
        diagnostics = nodes.log.diagnostics
    }
}

/// The feedback round, an exchange a row: `label` of the line, `kind`, `proposed`, `reply`, `answer`, `final`, and `changed` where
/// the two amounts differ.
private func feedback(_ dossier: Dossier, _ lines: LinesModel, _ nodes: NodeBuilder) -> ModelNode {
    let ids = dossier.rows(of: "budget_lines").map { $0.text("id") }
    let records = lines.lines.elements
    return nodes.list(
        Deduction.all(in: dossier).compactMap { deduction in
            guard let feedback = deduction.feedback else { return nil }
            let line = ids.firstIndex(of: deduction.line).flatMap { records[$0].record }
            return nodes.record([
                "label": line?["label"] ?? .text(deduction.line), "kind": .text(deduction.kind.rawValue),
                "reason": .text(deduction.reason), "proposed": .figure(deduction.proposed, .money),
                "final": .figure(deduction.amount, .money), "changed": .flag(deduction.amount != deduction.proposed),
                "reply": .text(feedback.reply), "answer": .text(feedback.answer),
            ])
        }
    )
}

/// Facts by their dotted ids: `{{facts.history.2023.rate}}`.
private func facts(_ facts: [Fact], _ nodes: NodeBuilder) -> ModelNode {
    let root = ModelRecord(names: nodes.names)
    for fact in facts {
        var record = root
        let parts = fact.id.split(separator: ".").map(String.init)
        for part in parts.dropLast() {
            let next = record[part]?.record ?? ModelRecord(names: nodes.names)
            record[part] = .record(next)
            record = next
        }
        if let last = parts.last { record[last] = nodes.node(fact.value, unit: fact.unit) }
    }
    return .record(root)
}

private func findings(_ review: Review, _ nodes: NodeBuilder) -> ModelNode {
    nodes.list(
        review.findings.map { located in
            let finding = located.finding
            return nodes.record([
                "rule": .text(finding.rule),
                "severity": .text(finding.severity.rawValue),
                "severity_name": .text(finding.severity.name(review.locale)),
                "message": .text(finding.message(review.locale)),
                "subject": .text(finding.subject),
                "expected": .text(finding.expected),
                "found": .text(finding.found),
                "hint": .text(finding.hint?(review.locale) ?? ""),
                "place": .text(located.locations.first.map { "\($0.file):\($0.line)" } ?? ""),
                "places": .text(places(located.locations)),
                "step": .text(located.step),
            ])
        }
    )
}

/// Where a finding stands, for a reader of print: file names without their folders, a few of many.
private func places(_ locations: [Location]) -> String {
    let shown = locations.prefix(3).map { location in
        "\(location.file.split(separator: "/").last ?? ""):\(location.line)"
    }
    return shown.joined(separator: "\n") + (locations.count > shown.count ? "\n…" : "")
}
