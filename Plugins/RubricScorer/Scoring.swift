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
    /// The things that are judged, where there are many: their keys and names.
    let subjects: [(key: String, name: String)]
    /// The language of the review.
    let locale: Locale
    /// What the queries of the rubric have answered, of each of them, or under no key of the project.
    private let answers: [String?: [String: Value]]
    /// The nodes of the rubric by code.
    let node: [String: RubricNode]
    /// The usable rows of the table `scores`.
    let given: [ScoreEntry]
    /// Those, and the combined ones.
    let entries: [ScoreEntry]
    /// The column that each row was given in.
    private let keys: [JSONPointer: String]
    /// One a rater, in the order in which they first score.
    private(set) var raters: [RaterResult] = []
    private(set) var remarks: [Remark]
    let problems: [TableRow]
    /// The tables of the form; `nil` where nobody knows.
    private let tables: Set<String>?
    /// What the form calls the applicant and the reviewer.
    let words: RaterWords
    private(set) var facts: [Fact] = []

    /// What one rater's scores have come to; there is no sheet when the total is not known.
    struct RaterResult: Sendable {
        var rater: String
        var items: [ScoreItem]
        var total: ExactDecimal?
        var sheet: ScoreSheet?
        /// Which of many things it judges.
        var of: String?
        /// The override that has given its verdict.
        var override: RubricOverride?
    }

    init(
        _ rubric: Rubric,
        _ dossier: Dossier,
        _ form: DossierOutline? = nil,
        _ context: any RoleContext
    ) async throws {
        locale = context.locale
        tables = form.map { Set($0.tables.map(\.name)) }
        let (subjects, answers, unanswered) = try await asked(rubric, context)
        words = RaterWords(form, things: subjects)
        var read = try ScoreEntry.all(in: dossier, rubric)
        if rubric.subjects != nil {
            let known = subjects.map(\.key)
            read.remarks += read.entries.filter { !known.contains($0.of ?? "") }.map {
                .unknownSubject($0, known: known)
            }
            read.entries.removeAll { !known.contains($0.of ?? "") }
        }
        let combined = try combine(read.entries, rubric, words)
        self.subjects = subjects
        (self.rubric, self.dossier, self.answers) = (rubric, dossier, answers)
        evidence = Evidence(dossier)
        node = Dictionary(rubric.all.map { ($0.code, $0) }) { first, _ in first }
        given = read.entries
        keys = Dictionary(read.entries.map { ($0.pointer, $0.isNotApplicable ? "level" : $0.key) }) { first, _ in first
        }
        entries = read.entries + combined.entries
        problems = dossier.rows(of: "problems")
        remarks = unanswered + read.remarks + combined.remarks
        // Who is to be combined is told where that is done.
        let isComputed = rubric.all.contains { $0.computation != nil }
        if entries.isEmpty, !isComputed, rubric.combination == nil {
            remarks += rubric.raters.map { .absentRater($0, of: nil) }
        }
        try addUp()
        let judged = rubric.subjects == nil ? [nil] : subjects.map { Optional($0.key) }
        let queries = try await QuerySources(rubric, subjects: judged, context)
        facts = [identity(of: rubric)] + scoreFacts(self, queries)
        facts += try bridge(sheets)
    }

    /// Whether the form has a table, so that its emptiness says something. Without a form any may be there.
    func mayHave(_ table: String) -> Bool { tables?.contains(table) ?? true }

    /// The cell in which the score of a row was given: its level where that stands alone, for a form need not have points.
    func cell(of row: JSONPointer) -> JSONPointer {
        guard let key = keys[row] else { return row }
        return row / key
    }

    var sheets: [ScoreSheet] { raters.compactMap(\.sheet) }

    var reviewSheet: ScoreSheet? { sheets.first(where: \.isReview) }

    /// The figures, for the rules about what documents state.
    var figures: ComputedFigures { ComputedFigures(dossier, facts, prefixes: ["scores"]) }

    private mutating func addUp() throws {
        let bySheet = Dictionary(grouping: entries, by: \.sheet)
        let costs = problemsByCode(problems)
        for (rater, of) in wanted {
            let own = bySheet[of.map { "\(rater)/\($0)" } ?? rater] ?? []
            var builder = builder(own, of, problems: rater == words.applicant ? [:] : costs)
            var result = try builder.build(rater: of.map { "\(rater)/\($0)" } ?? rater)
            result.of = of
            remarks += builder.remarks.filter { !isTold($0) }
            if let sheet = result.sheet {
                let override = override(of: sheet, about: of)
                if let override {
                    remarks.append(.overridden(override, sheet))
                    result.sheet?.verdict = override.verdict
                    result.override = override
                }
                let changes = try changes(from: result, own, isOverridden: override != nil)
                result.sheet?.changes = changes
            } else if let (sheet, override) = try vetoed(result) {
                (result.sheet, result.override) = (sheet, override)
            } else if isShown(result) {
                // Gaps cost the total and the verdict; what was given stands all the same.
                result.sheet = try withGaps(result)
            }
            result.sheet?.part = words.part(of: rater) ?? (isReview(rater) ? .reviewer : nil)
            result.sheet?.subject = of.map { ScoreSheet.Subject(key: $0, name: name(of: $0), rank: nil) }
            raters.append(result)
        }
        if rubric.subjects != nil { rank() }
    }

    /// Whether what `combine` makes is the review, because nobody else is called so: of a rubric that combines into a panel the first
    /// of its experts is not the reviewer.
    private func isReview(_ rater: String) -> Bool {
        rater == rubric.combination?.into && !words.all.contains(rater)
            && !entries.contains { $0.rater == words.reviewer }
    }

    /// What one of many things is called.
    func name(of subject: String) -> String { subjects.first { $0.key == subject }?.name ?? subject }

    /// Whether the same was remarked of another rater's sheet: what the data say wrongly they say to all.
    private func isTold(_ remark: Remark) -> Bool {
        guard case .notComputable(let node, let of, let answer, _) = remark else { return false }
        return remarks.contains {
            guard case .notComputable(let other, let otherOf, let otherAnswer, _) = $0 else { return false }
            return (other.code, otherOf, otherAnswer) == (node.code, of, answer)
        }
    }

    /// The sheet of gaps to which an override gives a verdict all the same: a veto asks for no total.
    private mutating func vetoed(_ result: RaterResult) throws -> (ScoreSheet, RubricOverride)? {
        var sheet = try withGaps(result)
        guard let override = override(of: sheet, about: result.of) else { return nil }
        remarks.append(.overridden(override, sheet))
        sheet.verdict = override.verdict
        return (sheet, override)
    }

    /// The sheet of scores that do not suffice for a total.
    private func withGaps(_ result: RaterResult) throws -> ScoreSheet {
        var sheet = ScoreSheet(
            rater: result.rater,
            total: nil,
            max: rubric.hasTotal ? try rubric.max().withoutTrailingZeros : nil,
            items: result.items
        )
        (sheet.bands, sheet.verdictPlaces) = (rubric.bands.map(\.verdict), rubric.verdictPlaces)
        return sheet
    }

    /// Whether scores with gaps are anybody's: what the reviewer has given, so that nobody else's verdict stands for that of the review,
    /// and what another rater has, unless the rubric knows no such rater.
    private func isShown(_ result: RaterResult) -> Bool {
        if result.baseRater == words.reviewer || isReview(result.baseRater) { return true }
        let isKnown = rubric.raters.isEmpty || rubric.raters.contains(result.baseRater)
        return isKnown && result.items.contains(where: \.isScored)
    }

    /// Gives the sheets of one rater their ranks: the best verdict first, which is that of the most points unless an override has spoken,
    /// and of one verdict the most points, then the most for each item that decides between equals; who is equal in all shares a rank. A
    /// verdict that no band has comes after all bands: who is vetoed is not the first of a list.
    private mutating func rank() {
        let best = rubric.bands.sorted { $0.range.upper > $1.range.upper }.map(\.code)
        let ties = rubric.subjects?.ties ?? []
        struct Standing: Equatable {
            var verdict: Int
            /// The total, and the points of the items that decide between equals.
            var points: [ExactDecimal]

            func isBefore(_ other: Standing) -> Bool {
                if verdict != other.verdict { return verdict < other.verdict }
                return zip(points, other.points).first { $0 != $1 }.map { $0 > $1 } ?? false
            }
        }
        var standings: [String: [(index: Int, standing: Standing)]] = [:]
        for (index, result) in raters.enumerated() {
            guard let total = result.total else { continue }
            let code = result.override?.verdict.code
            let verdict =
                code.map { best.firstIndex(of: $0) ?? best.count }
                ?? rubric.verdict(for: total).flatMap { best.firstIndex(of: $0.code) }
            let deciding = ties.map { code in
                result.items.first { $0.code == code }?.points ?? rubric.node(code)?.leastPoints(places: rubric.places)
                    ?? 0
            }
            let standing = Standing(verdict: verdict ?? 0, points: [total] + deciding)
            standings[result.baseRater, default: []].append((index, standing))
        }
        for sheets in standings.values {
            let sorted = sheets.sorted { $0.standing.isBefore($1.standing) }
            var rank = 1
            for (place, sheet) in sorted.enumerated() {
                if place > 0, sorted[place - 1].standing.isBefore(sheet.standing) { rank = place + 1 }
                if raters[sheet.index].of != nil { raters[sheet.index].sheet?.subject?.rank = rank }
            }
        }
    }

    private func builder(_ entries: [ScoreEntry], _ of: String?, problems: [String: [String]] = [:])
        -> ScoreSheetBuilder
    {
        ScoreSheetBuilder(
            rubric: rubric,
            dossier: dossier,
            entries: entries,
            evidence: evidence,
            answers: answers(about: of),
            problems: problems,
            of: of,
            in: locale
        )
    }

    /// What would lead from a sheet to better verdicts, nearest first. Then to worse ones, where points alone do not say so: under
    /// overrides, and of letters.
    private func changes(
        from result: RaterResult,
        _ entries: [ScoreEntry],
        isOverridden: Bool
    ) throws -> [ScoreSheet.Change] {
        let total = result.total
        guard total != nil || !rubric.hasTotal else { return [] }
        let own = total.flatMap(rubric.verdict)
        let better = bandsAbove(own, total, overridden: isOverridden ? result.sheet?.verdict : nil)
        let asksForLosses = !rubric.overrides.isEmpty || !rubric.bands.isEmpty && !rubric.hasTotal
        guard !better.isEmpty || asksForLosses else { return [] }
        var known = Set<String>()
        // What the data give may change as well, though nobody knows by how little.
        let counted =
            try entries.filter { known.insert($0.code).inserted }
            + result.items.compactMap { try ScoreEntry(computed: $0, rater: result.baseRater, of: result.of, rubric) }
        let change = LeastChange(rubric: rubric, entries: counted) { changed in
            var builder = builder(changed, result.of)
            let changed = try builder.build(rater: result.rater)
            guard let sheet = changed.sheet else { return nil }
            return (override(of: sheet, about: result.of)?.verdict ?? sheet.verdict, changed.total)
        }
        var found = better.isEmpty ? [] : try change.changes(to: better.map(\.verdict))
        // Of a verdict that the total has passed already only that some change leads there is worth a word.
        let passed = total.map { total in
            better.filter { $0.range.upper <= total && $0.verdict != own }.map(\.code)
        }
        found.removeAll { $0.items.isEmpty && passed?.contains($0.verdict) ?? false }
        guard asksForLosses else { return found }
        // Where only rules give verdicts, none is known to be better: every other one that a better score leads to is told.
        if total == nil { found += try change.others(from: result.sheet?.verdict, isBetter: true) { _, _ in false } }
        // What points alone lead to is said of the points.
        let isSaid = { (verdict: Verdict, changed: ExactDecimal?) in
            !isOverridden && changed.flatMap(rubric.verdict)?.code == verdict.code && rubric.hasTotal
        }
        found += try change.others(from: result.sheet?.verdict, isBetter: false, besides: isSaid)
        return found
    }

    /// The bands above the verdict of a sheet, the nearest first: above that of its total, or above the one that an override has given.
    /// One that is none of the bands is worse than all of them, and when it falls another rule may give any of them.
    private func bandsAbove(_ own: Verdict?, _ total: ExactDecimal?, overridden: Verdict?) -> [RubricBand] {
        guard let total else { return [] }
        let ordered = rubric.bands.sorted { $0.range.lower < $1.range.lower }
        guard let overridden else { return ordered.filter { $0.verdict != own && $0.range.lower >= total } }
        guard let given = ordered.firstIndex(where: { $0.code == overridden.code }) else { return ordered }
        return Array(ordered[(given + 1)...])
    }

    /// The first override of the rubric that holds. What is the best that a verdict can be leaves a worse one as it is.
    private func override(of sheet: ScoreSheet, about of: String?) -> RubricOverride? {
        let known = leveled(sheet.items)
        let own = sheet.verdict.flatMap(rubric.place)
        return rubric.overrides.first { override in
            if override.isCap {
                guard let own, let best = rubric.place(of: override.verdict), own < best else { return false }
            }
            return override.when.holds(known, dossier, answers: answers(about: of)) == true
        }
    }

    /// The items by code, as conditions ask for them: one that has points of a level has that level, whoever has written which down, and
    /// so has one that several raters are combined in.
    func leveled(_ items: [ScoreItem]) -> [String: ScoreItem] {
        let all = items.map { item -> (String, ScoreItem) in
            guard item.level == nil, let points = item.points, let node = node[item.code], node.kind == .criterion
            else {
                return (item.code, item)
            }
            var item = item
            item.level = node.level(of: points)?.name
            return (item.code, item)
        }
        return Dictionary(all) { first, _ in first }
    }

    /// The raters in the order in which they first score. Where the dossier gives everything, nobody need score, and there is a
    /// sheet of the rater whom the rubric names.
    private var wanted: [(rater: String, of: String?)] {
        var (names, seen) = ([(rater: String, of: String?)](), Set<String>())
        for entry in entries where seen.insert(entry.sheet).inserted { names.append((entry.rater, entry.of)) }
        let ends = rubric.all.filter { $0.kind == .criterion }
        let (own, isComputed) = (rubric.ownRater(words), ends.contains { $0.computation != nil })
        // Where others have scored, too, the data must give all of it.
        guard isComputed, names.isEmpty || ends.allSatisfy({ $0.computation != nil }) else { return names }
        let judged = rubric.subjects == nil ? [nil] : subjects.map { Optional($0.key) }
        return names + judged.map { (own, $0) }.filter { wanted in !names.contains { $0 == wanted } }
    }

    /// What the queries of the rubric have answered of one of many things, or of the project.
    func answers(about of: String?) -> [String: Value] { answers[of] ?? [:] }
}

/// The things that are judged, and what the queries of the rubric answer of each.
private func asked(
    _ rubric: Rubric,
    _ context: any RoleContext
) async throws -> (subjects: [(key: String, name: String)], answers: [String?: [String: Value]], remarks: [Remark]) {
    guard let each = rubric.subjects else {
        let (answers, remarks) = try await ask(rubric.queries, context)
        return ([], [nil: answers], remarks)
    }
    let table = try await context.query(each.query)
    let subjects = (0..<table.rowCount).compactMap { row -> (key: String, name: String)? in
        guard let key = table.cell(row: row, column: 0).scalarText else { return nil }
        return (key, table.cell(row: row, column: 1).scalarText ?? key)
    }
    var (answers, remarks) = ([String?: [String: Value]](), [Remark]())
    for subject in subjects {
        let (found, unanswered) = try await ask(rubric.queries, context, about: subject.key)
        answers[subject.key] = found
        remarks += unanswered
    }
    return (subjects, answers, remarks)
}

extension RubricNode {
    /// The level that points are, the best of those that meet there; `nil` where they are between two, or where there are none but letters.
    func level(of points: ExactDecimal) -> RubricLevel? {
        guard !isRating, !scale.isOrdinal, let max else { return nil }
        return scale.order.first { level in (try? scale.points(of: level, max: max))?.contains(points) ?? false }
    }
}

extension Scoring.RaterResult {
    /// Who scored, without the thing that was judged.
    var baseRater: String { of.map { String(rater.dropLast($0.count + 1)) } ?? rater }
}

extension Rubric {
    /// Whose sheet it is that nobody has filled in: the review's, unless the rubric has other raters.
    fileprivate func ownRater(_ words: RaterWords) -> String {
        if let combination { return combination.into }
        return raters.contains(words.reviewer) ? words.reviewer : raters.first ?? words.reviewer
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
