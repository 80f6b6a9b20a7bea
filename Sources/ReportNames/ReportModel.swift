internal import BudgetLines
internal import ReportDocument
package import ReportTemplate
package import ReviewModel

/// Everything that a template can name: the dossier's fields and tables, and what the review made of them. A name is worked
/// out when it is first asked for.
///
/// - every field (`project.name`, `texts.background`) and every table by its name, as a list of its rows; where a name below
///   stands before them, `fields.NAME` and `tables.NAME`;
/// - `amounts`, `lines`, `groups`, `cuts`: the requested lines with what became of them;
/// - `history_by_year`: earlier years with their sums and rates;
/// - `scores`, `score_sheets`, `score_items`, `item`, `verdict`, `rubric`: points by rater and by node of the rubric;
/// - `facts`, `findings`, `review`.
package final class ReportModel: TemplateRecord {
    package let values: DossierValues
    /// An amount that no longer fits, met while a name was worked out.
    package private(set) var overflow: DecimalOverflow?

    private let request: RenderingRequest
    private let terms: [String: Wording]
    private var known: [String: TemplateValue] = [:]
    private var lines: LinesModel?
    private var scores: ScoresModel?

    /// Tables that this model reads; each is an empty list when the dossier does not have it.
    package static let tables = [
        "budget_lines", "deductions", "feedback", "printed_audit", "declared_figures", "funding", "history_years",
        "history", "targets", "declared_targets", "scores", "evidence", "problems", "legal_bases", "attachments",
    ]

    /// Fields that may always be asked about, even when the dossier does not have them.
    package static let fields = ["project", "organisations", "report", "declaration", "texts"]

    static let derived = [
        "amounts", "lines", "groups", "cuts", "history_by_year", "score_items", "score_sheets", "item", "verdict",
        "rubric", "bridge",
        "waterfall", "facts", "findings", "review", "fields", "tables", "execution_total",
    ]

    package static let rootNames = (fields + tables + derived).sorted()

    /// - Parameter terms: short wordings of a template that its texts name; names of the report itself come first.
    package init(_ request: RenderingRequest, terms: [String: Wording] = [:]) {
        self.request = request
        self.terms = terms
        values = DossierValues(
            locale: request.review.locale,
            facts: FactIndex(request.review.facts),
            form: request.form
        )
    }

    package func member(_ name: String) -> TemplateValue? {
        if let value = known[name] { return value }
        let value = derived(name) ?? written(name) ?? terms[name].map { .slots(SlottedText($0, isOfTemplate: true)) }
        if let value { known[name] = value }
        return value
    }

    /// The dossier's own tables and fields.
    private func written(_ name: String) -> TemplateValue? {
        if let table = request.dossier.table(name) { return values.rows(of: table) }
        if let field = fields.member(name) { return field }
        if name == FormRoles().project, let project { return project }
        if Self.tables.contains(name) { return .list([]) }
        return Self.fields.contains(name) ? .record(NamedValues()) : nil
    }

    /// `project` of a form that has another word for it: the same fields, with the title as their name.
    private var project: TemplateValue? {
        guard let roles = request.form?.roles, roles.project != FormRoles().project,
            case .record(let group)? = field(at: roles.project.split(separator: ".").map(String.init))
        else { return nil }
        return .record(ProjectRecord(fields: group, title: field(at: roles.title)))
    }

    private func field(at path: [String]) -> TemplateValue? {
        var value: TemplateValue? = .record(fields)
        for name in path {
            guard case .record(let record)? = value else { return nil }
            value = record.member(name)
        }
        return value
    }

    private var fields: FieldRecord {
        FieldRecord(fields: request.dossier.fields, pointer: JSONPointer(["fields"]), values: values)
    }

    private func derived(_ name: String) -> TemplateValue? {
        do throws(DecimalOverflow) {
            switch name {
            case "amounts": return try linesModel().amounts
            case "lines": return try linesModel().lines
            case "groups": return try linesModel().groups
            case "cuts": return try linesModel().cuts
            case "feedback": return feedback(request.dossier, try linesModel(), values)
            case "execution_total": return try executionTotal(request.dossier)
            case "history_by_year": return try historyByYear(request.dossier, values)
            case "scores": return scoresModel.scores
            case "score_items": return try scoresModel.items()
            case "score_sheets": return scoresModel.sheets
            case "item": return try scoresModel.itemsByCode()
            case "verdict": return scoresModel.verdict
            case "bridge": return try scoresModel.bridge()
            case "waterfall": return try scoresModel.waterfall()
            case "rubric": return try RubricOutline(request, values, scoresModel).root
            default: return documentary(name)
            }
        } catch {
            overflow = error
            return .nothing
        }
    }

    private func documentary(_ name: String) -> TemplateValue? {
        switch name {
        case "facts": .record(values.facts.record(values))
        case "findings": .list(request.review.findings.map { .record(FindingRecord($0, request.review.locale)) })
        case "review": .record(NamedValues(["id": .text(request.review.id)]))
        case "fields": .record(fields)
        case "tables": .record(TablesRecord(dossier: request.dossier, values: values))
        default: nil
        }
    }

    /// The requested line of this id; `nil` where there is none, or its amounts do not fit.
    func line(_ id: String) -> LineRecord? { try? linesModel()[id] }

    private func linesModel() throws(DecimalOverflow) -> LinesModel {
        if let lines { return lines }
        let model = try LinesModel(request, values)
        lines = model
        return model
    }

    private var scoresModel: ScoresModel {
        if let scores { return scores }
        let model = ScoresModel(request.review, values, rubric: RubricOutline.rubric(of: request.configuration))
        scores = model
        return model
    }
}

/// The fields that say what is judged, and its title by the name that templates have for it.
private struct ProjectRecord: TemplateRecord {
    let fields: any TemplateRecord
    let title: TemplateValue?

    func member(_ name: String) -> TemplateValue? { fields.member(name) ?? (name == "name" ? title : nil) }
    var isEmpty: Bool { fields.isEmpty }
}

/// Every table of the dossier, by name.
private struct TablesRecord: TemplateRecord {
    let dossier: Dossier
    let values: DossierValues

    func member(_ name: String) -> TemplateValue? { dossier.table(name).map(values.rows) }
    var isEmpty: Bool { dossier.tables.isEmpty }
}

/// The feedback round, an exchange a row: `label` of the line, `kind`, `proposed`, `reply`, `answer`, `final`, and `changed`
/// where the two amounts differ.
private func feedback(_ dossier: Dossier, _ lines: LinesModel, _ values: DossierValues) -> TemplateValue {
    let form = FigureForm(unit: BudgetLine.unit(in: dossier))
    return .list(
        Deduction.all(in: dossier).compactMap { deduction in
            guard let feedback = deduction.feedback else { return nil }
            return .record(
                NamedValues([
                    "label": lines.label(of: deduction.line) ?? .text(deduction.line),
                    "kind": values.kind(deduction.kind), "reason": .text(deduction.reason),
                    "first_reason": .text(deduction.firstReason),
                    "proposed": .figure(deduction.proposed, form), "final": .figure(deduction.amount, form),
                    "changed": .flag(deduction.amount != deduction.proposed), "reply": .text(feedback.reply),
                    "answer": .text(feedback.answer),
                ])
            )
        }
    )
}

/// A finding as a template prints it.
private struct FindingRecord: TemplateRecord {
    let located: LocatedFinding
    let locale: Locale

    init(_ located: LocatedFinding, _ locale: Locale) { (self.located, self.locale) = (located, locale) }

    func member(_ name: String) -> TemplateValue? {
        let finding = located.finding
        return switch name {
        case "rule": .text(finding.rule)
        case "severity": .text(finding.severity.rawValue)
        case "severity_name": .text(finding.severity.name(locale))
        case "message": .text(finding.message(locale))
        case "subject": .text(finding.subject)
        case "expected": .text(finding.expected)
        case "found": .text(finding.found)
        case "hint": .text(finding.hint?(locale) ?? "")
        case "place": .text(located.locations.first.map(place) ?? "")
        case "places": .text(places)
        case "step": .text(located.step)
        default: nil
        }
    }

    /// Where the finding stands, for a reader of print: file names without their folders, a few of many.
    private var places: String {
        let shown = located.locations.prefix(3).map(\.place.brief)
        return shown.joined(separator: "\n") + (located.locations.count > shown.count ? "\n…" : "")
    }
}

/// A place without its column: what a template prints beside a finding.
private func place(_ location: Location) -> String {
    location.line.map { "\(location.file):\($0)" } ?? "\(location.place)"
}
