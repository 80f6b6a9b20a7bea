import ReviewModel
import Targets

/// The figures of a dossier, and the names by which texts speak of them.
struct FigureGathering {
    private(set) var figures: [ProseFigure] = []
    private(set) var vocabulary: ProseVocabulary
    /// Names of items that may bear digits, 2024 氛围提升项目尾款.
    private(set) var names: [String] = []
    /// What sums in texts may be made of: the items of the budget, each with what is asked for.
    private(set) var items: [NamedSum.Item] = []
    let year: Int
    /// The year under review, if it is known.
    var years: [Int] { year > 0 ? [year] : [] }
    /// Whether the dossier is one of the field, with lines of a budget.
    var isOfField = false
    /// Whether a report without a spec has an audit table that nobody could read: what was approved is unknown then, not all that was asked for.
    let isAuditUnread: Bool
    /// What is asked for under each subject now; of several figures the first.
    private var requests: [String: ProseFigure] = [:]

    init(_ dossier: Dossier, prior: [String: Assessment], form: DossierOutline? = nil) throws(DecimalOverflow) {
        year = dossier.field("project", "year")?.integer ?? 0
        vocabulary = ProseVocabulary(year: year)
        isAuditUnread = dossier.field("report", "audit_unread")?.boolean ?? false
        addNames(of: dossier, form)
        try addLines(dossier)
        try addHistory(dossier)
        addTargets(dossier)
        addScores(dossier, prior, form?.roles.raters ?? FormRoles().raters)
        addDeclared(dossier)
        try addMeasures(dossier, form)
    }

    mutating func add(title: String, of measure: String) {
        vocabulary.add(title: title, of: measure, isFirst: !isOfField)
    }
    mutating func add(words: [String], _ token: ProseToken) { vocabulary.add(words: words, token) }
    mutating func addSilent(_ name: String) { vocabulary.addSilent(name) }

    mutating func add(_ figure: ProseFigure) {
        figures.append(figure)
        guard figure.aspect == .requested, figure.unit == .yuan, requests[figure.subject] == nil else { return }
        requests[figure.subject] = figure
    }

    /// What is asked for under `subject`, as far as it was added.
    func request(of subject: String) -> ProseFigure? { requests[subject] }

    /// Makes `name` lead to the figures of `subject`.
    mutating func add(name: String, meaning subject: String) {
        guard !name.isEmpty, name != "/" else { return }
        names.append(name)
        vocabulary.add(name, meaning: subject)
    }

    mutating func add(item: NamedSum.Item) { items.append(item) }

    private mutating func addNames(of dossier: Dossier, _ form: DossierOutline?) {
        for name in [
            Value.record(dossier.fields)[JSONPointer(form?.roles.title ?? FormRoles().title)],
            dossier.field("report", "title"),
        ] {
            guard let name = name?.text else { continue }
            names.append(name)
            vocabulary.addProject(name)
        }
        for key in ["town", "jurisdiction"] {
            if let name = dossier.field("project", key)?.text { vocabulary.addSilent(name) }
        }
        for member in dossier.field("organisations")?.record?.members ?? [] {
            if let name = member.value.text { vocabulary.addSilent(name) }
        }
    }
}
