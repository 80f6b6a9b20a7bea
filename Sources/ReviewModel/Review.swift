/// One composed review: what `review.json` holds and what renderers turn into a report.
public struct Review: Sendable, Hashable {
    public var id: String
    public var locale: Locale
    /// The spec's own description of the project.
    public var project: Value
    public var amounts: Amounts?
    public var scores: [ScoreSheet]
    public var verdict: Verdict?
    public var adjustments: [Adjustment]
    public var facts: [Fact]
    public var findings: [LocatedFinding]
    public var steps: [Step]
    /// What the spec has changed about the rules.
    public var rules: [RuleChange] = []
    /// The rules that the findings name, as far as the scorers told of them: id, title and manual, in the order of the ids.
    public var catalogue: [Rule] = []

    /// What the rules of the catalogue are called, by id.
    public var ruleTitles: [String: LocalizedText] {
        Dictionary(catalogue.map { ($0.id, $0.title) }) { first, _ in first }
    }
    /// The findings of the review that this one was compared with and that are gone; empty where there was none.
    public var fixed: [LocatedFinding] = []
    /// The cells that facts were taken from, by their pointers, in the order in which facts name them.
    public var places = CellPlaces()

    public init(
        id: String,
        locale: Locale = .zh,
        project: Value = .null,
        amounts: Amounts? = nil,
        scores: [ScoreSheet] = [],
        verdict: Verdict? = nil,
        adjustments: [Adjustment] = [],
        facts: [Fact] = [],
        findings: [LocatedFinding] = [],
        steps: [Step] = []
    ) {
        self.id = id
        self.locale = locale
        self.project = project
        self.amounts = amounts
        self.scores = scores
        self.verdict = verdict
        self.adjustments = adjustments
        self.facts = facts
        self.findings = findings
        self.steps = steps
    }

    /// The keys in `review.json` of what may be long.
    public static let longParts = ["adjustments", "facts", "findings", "fixed", "places", "ruleCatalogue", "scores"]

    public func scoreSheet(_ rater: String) -> ScoreSheet? {
        scores.first { $0.rater == rater }
    }

    /// The sheet that the verdict comes from, and that of the applicant.
    public var reviewSheet: ScoreSheet? { scores.first(where: \.isReview) }
    public var selfSheet: ScoreSheet? { scores.first(where: \.isSelf) }

    /// The sheet of a rater by name, or by the part that it plays: `review`, `self`.
    public func sheet(of rater: String) -> ScoreSheet? {
        if let sheet = scoreSheet(rater) { return sheet }
        switch ScoreSheet.Part(rawValue: rater) {
        case .applicant: return selfSheet
        case .reviewer: return reviewSheet
        case nil: return nil
        }
    }

    /// What became of one step of the pipeline.
    public struct Step: Sendable, Hashable {
        public var id: String
        public var plugin: String
        public var outcome: Outcome
        /// Why it failed or was skipped; empty otherwise.
        public var note: String

        public enum Outcome: String, Sendable { case done, failed, skipped }

        public init(id: String, plugin: String, outcome: Outcome, note: String = "") {
            self.id = id
            self.plugin = plugin
            self.outcome = outcome
            self.note = note
        }
    }
}

/// A finding whose pointers have been turned into places, and the step that made it.
public struct LocatedFinding: Sendable, Hashable {
    /// The same from run to run; empty until the review is settled.
    public var id = ""
    public var finding: Finding
    public var step: String
    public var locations: [Location]
    /// Somebody's decision that it may stand.
    public var waiver: Waiver?
    /// Whether an earlier review had it, where one was given to compare with.
    public var baseline: Baseline?
    /// The id of the finding that it follows from: a figure that is wrong makes others wrong. Empty for one that stands for itself.
    public var cause = ""

    public enum Baseline: String, Sendable, CaseIterable { case new, unchanged }

    public init(finding: Finding, step: String, locations: [Location]) {
        self.finding = finding
        self.step = step
        self.locations = locations
    }
}

extension Review {
    /// The findings that nobody has waived.
    public var openFindings: [LocatedFinding] { findings.filter { $0.waiver == nil } }
}

/// A cell of the dossier, what it holds, and where that is written.
public struct CellPlace: Sendable, Hashable {
    public var pointer: JSONPointer
    /// `null` for a whole row or table.
    public var value: Value
    public var location: Location

    public init(pointer: JSONPointer, value: Value, location: Location) {
        (self.pointer, self.value, self.location) = (pointer, value, location)
    }
}

/// Cells by their pointers, in order; each is looked up when it is asked for, for a large review names a million.
public struct CellPlaces: Sendable, RandomAccessCollection {
    public let pointers: [JSONPointer]
    private let cell: @Sendable (Int) -> CellPlace

    public init() { self.init([CellPlace]()) }

    public init(_ cells: [CellPlace]) {
        pointers = cells.map(\.pointer)
        cell = { cells[$0] }
    }

    /// - Parameter cell: the cell at a pointer, the same whenever it is asked for.
    public init(_ pointers: [JSONPointer], _ cell: @escaping @Sendable (JSONPointer) -> CellPlace) {
        self.pointers = pointers
        self.cell = { cell(pointers[$0]) }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { pointers.count }
    public subscript(index: Int) -> CellPlace { cell(index) }
}

extension CellPlaces: Hashable {
    public static func == (left: CellPlaces, right: CellPlaces) -> Bool { left.elementsEqual(right) }

    public func hash(into hasher: inout Hasher) { hasher.combine(pointers) }
}
