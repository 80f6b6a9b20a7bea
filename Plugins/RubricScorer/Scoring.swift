import BudgetLines
import ReviewModel
import Rubrics

/// A rule of the rubric scorer.
typealias ScoreRule = RuleCheck<Scoring>

/// What the rules of the rubric scorer look at: the scores as given, the sheets that follow from them, and what came up on the way.
struct Scoring: Sendable {
    let rubric: Rubric
    let dossier: Dossier
    let evidence: Evidence
    /// What the queries of the rubric have answered.
    let answers: [String: Value]
    /// The nodes of the rubric by code.
    let node: [String: RubricNode]
    /// The usable rows of the table `scores`.
    let given: [ScoreEntry]
    /// Those, and the combined ones.
    let entries: [ScoreEntry]
    /// One a rater, in the order in which they first score.
    private(set) var raters: [RaterResult] = []
    private(set) var remarks: [Remark]
    let problems: [TableRow]
    private(set) var facts: [Fact] = []

    /// What one rater's scores have come to; there is no sheet when the total is not known.
    struct RaterResult: Sendable {
        var rater: String
        var items: [ScoreItem]
        var total: ExactDecimal?
        var sheet: ScoreSheet?
    }

    init(_ rubric: Rubric, _ dossier: Dossier, _ context: any RoleContext) async throws {
        let (answers, unanswered) = try await ask(rubric.queries, context)
        let read = try ScoreEntry.all(in: dossier, rubric)
        let combined = try combine(read.entries, rubric)
        (self.rubric, self.dossier, self.answers) = (rubric, dossier, answers)
        evidence = Evidence(dossier)
        node = Dictionary(rubric.all.map { ($0.code, $0) }) { first, _ in first }
        given = read.entries
        entries = read.entries + combined.entries
        problems = dossier.rows(of: "problems")
        remarks = unanswered + read.remarks + combined.remarks
        try addUp()
        // Where nobody can be asked which tables there are, the way ends at the query.
        let queries = QuerySources(rubric, (try? await context.tables()) ?? [])
        facts = [identity(of: rubric)] + scoreFacts(sheets, queries)
        facts += try bridge(sheets)
    }

    var sheets: [ScoreSheet] { raters.compactMap(\.sheet) }

    var reviewSheet: ScoreSheet? { sheets.first { $0.rater == ScoreSheet.reviewRater } }

    /// The figures, for the rules about what documents state.
    var figures: ComputedFigures { ComputedFigures(dossier, facts, prefixes: ["scores"]) }

    private mutating func addUp() throws {
        let byRater = Dictionary(grouping: entries, by: \.rater)
        let costs = problemsByCode(problems)
        for rater in raterNames {
            let own = byRater[rater] ?? []
            var builder = builder(own, problems: rater == ScoreSheet.selfRater ? [:] : costs)
            var result = try builder.build(rater: rater)
            remarks += builder.remarks
            if let sheet = result.sheet {
                let override = override(of: sheet)
                if let override {
                    remarks.append(.overridden(override, sheet))
                    result.sheet?.verdict = override.verdict
                }
                let changes = try changes(from: result, own, isOverridden: override != nil)
                result.sheet?.changes = changes
            }
            raters.append(result)
        }
    }

    private func builder(_ entries: [ScoreEntry], problems: [String: [String]] = [:]) -> ScoreSheetBuilder {
        ScoreSheetBuilder(
            rubric: rubric,
            dossier: dossier,
            entries: entries,
            evidence: evidence,
            answers: answers,
            problems: problems
        )
    }

    /// What would lead from a sheet to better verdicts, nearest first: those of higher bands and, where an override stands
    /// in its way, the one of its own total.
    private func changes(
        from result: RaterResult,
        _ entries: [ScoreEntry],
        isOverridden: Bool
    ) throws -> [ScoreSheet.Change] {
        guard let total = result.total else { return [] }
        let own = rubric.verdict(for: total)
        let better = rubric.bands.sorted { $0.range.lower < $1.range.lower }.filter { band in
            band.verdict == own ? isOverridden : band.range.lower >= total
        }
        guard !better.isEmpty else { return [] }
        var known = Set<String>()
        let counted = entries.filter { known.insert($0.code).inserted }
        return try LeastChange(rubric: rubric, entries: counted) { changed in
            var builder = builder(changed)
            let changed = try builder.build(rater: result.rater)
            guard let sheet = changed.sheet, let total = changed.total else { return nil }
            return (override(of: sheet)?.verdict ?? sheet.verdict, total)
        }.changes(to: better.map(\.verdict))
    }

    /// The first override of the rubric that holds.
    private func override(of sheet: ScoreSheet) -> RubricOverride? {
        let known = Dictionary(sheet.items.map { ($0.code, $0) }) { first, _ in first }
        return rubric.overrides.first { $0.when.holds(known, dossier, answers: answers) == true }
    }

    /// The raters in the order in which they first score. Where the dossier gives everything, nobody need score, and the
    /// sheet is that of the rater whom the rubric names.
    private var raterNames: [String] {
        var (names, seen) = ([String](), Set<String>())
        for entry in entries where seen.insert(entry.rater).inserted { names.append(entry.rater) }
        let isComputed = rubric.all.contains { $0.computation != nil }
        return names.isEmpty && isComputed ? [rubric.ownRater] : names
    }
}

extension Rubric {
    /// Whose sheet it is that nobody has filled in: the review's, unless the rubric has other raters.
    fileprivate var ownRater: String {
        if let combination { return combination.into }
        return raters.contains(ScoreSheet.reviewRater) ? ScoreSheet.reviewRater : raters.first ?? ScoreSheet.reviewRater
    }
}

/// The problems by the codes of the items that they cost points.
private func problemsByCode(_ rows: [TableRow]) -> [String: [String]] {
    var problems: [String: [String]] = [:]
    for row in rows {
        for code in row.texts("codes") { problems[code, default: []].append(row.text("problem")) }
    }
    return problems
}

/// Which rubric it was. Its file is among the review's `inputs`, with its checksum.
private func identity(of rubric: Rubric) -> Fact {
    Fact(
        id: "rubric",
        label: LocalizedText(zh: "评分标准", en: "rubric"),
        value: ["id": .text(rubric.id), "version": .text(rubric.version), "name": .text(rubric.name.zh)]
    )
}

// MARK: - Losses

extension Scoring.RaterResult {
    /// Points that were lost without a reason beside them, with the parts of the item.
    func unreasonedLosses() throws(DecimalOverflow) -> [(
        item: ScoreItem, lost: ExactDecimal, parts: [ScoreItem], pointer: JSONPointer
    )] {
        var losses: [(item: ScoreItem, lost: ExactDecimal, parts: [ScoreItem], pointer: JSONPointer)] = []
        for item in items where item.status == .given && item.reason.isEmpty {
            guard let points = item.points, let max = item.max, points < max, let pointer = item.pointer else {
                continue
            }
            losses.append((item, try max - points, items.filter { $0.parent == item.code }, pointer))
        }
        return losses
    }

    /// Whether what was given for an item is what the dossier gives: then the data are the evidence.
    func agreesWithData(_ entry: ScoreEntry) -> Bool {
        guard entry.rater == rater, let item = items.first(where: { $0.code == entry.code }) else { return false }
        return item.computed != nil && item.computed == item.points
    }

    /// Whether the item or one above it has evidence.
    func hasEvidence(_ item: ScoreItem) -> Bool {
        if !item.evidence.isEmpty { return true }
        guard let parent = items.first(where: { $0.code == item.parent }) else { return false }
        return hasEvidence(parent)
    }
}
