import BudgetLines
import ReviewModel
import Rubrics

/// Builds one rater's sheet: every node of the rubric with its points, from what was given and what adds up.
struct ScoreSheetBuilder {
    let rubric: Rubric
    let dossier: Dossier
    let evidence: Evidence
    /// What the queries of the rubric have answered, by their text.
    let answers: [String: Value]
    /// The problems that points were lost for, by code.
    let problems: [String: [String]]
    /// Which of many things is judged.
    let of: String?
    /// The language of the review, in which items are called by their names.
    let locale: Locale
    private let given: [String: ScoreEntry]
    private var items: [ScoreItem] = []
    private(set) var remarks: [Remark] = []

    init(
        rubric: Rubric,
        dossier: Dossier,
        entries: [ScoreEntry],
        evidence: Evidence,
        answers: [String: Value] = [:],
        problems: [String: [String]] = [:],
        of: String? = nil,
        in locale: Locale
    ) {
        (self.of, self.locale) = (of, locale)
        self.answers = answers
        self.problems = problems
        self.rubric = rubric
        self.dossier = dossier
        self.evidence = evidence
        given = Dictionary(entries.map { ($0.code, $0) }) { first, _ in first }
    }

    mutating func build(rater: String) throws(DecimalOverflow) -> Scoring.RaterResult {
        for node in rubric.items { _ = try visit(node, parent: nil, status: nil) }
        let top = items.filter { $0.parent == nil }
        var result = try combine(
            rubric.aggregation,
            zip(rubric.items, rubric.items.compactMap { node in top.first { $0.code == node.code } }).map { ($0, $1) },
            max: try rubric.max(),
            scale: rubric.scale
        )
        if rubric.items.isEmpty { result.points = 0 }
        let rated = withoutRanks(items)
        // Without a total one gap leaves the rest standing; with one, a sheet without it says nothing.
        guard result.points != nil || (!rubric.hasTotal && rated.contains(where: \.isScored)) else {
            return Scoring.RaterResult(rater: rater, items: rated)
        }
        var sheet = ScoreSheet(
            rater: rater,
            total: rubric.hasTotal ? result.points?.withoutTrailingZeros : nil,
            max: rubric.hasTotal ? try rubric.max().withoutTrailingZeros : nil,
            items: rated,
            verdict: result.points.flatMap(rubric.verdict)
        )
        sheet.level = result.level
        sheet.bands = rubric.bands.map(\.verdict)
        sheet.verdictPlaces = rubric.verdictPlaces
        return Scoring.RaterResult(rater: rater, items: rated, total: result.points, sheet: sheet)
    }

    /// The items as others are to see them: a letter has a name, its place in the order is nobody's points.
    private func withoutRanks(_ items: [ScoreItem]) -> [ScoreItem] {
        items.map { item in
            guard let node = rubric.node(item.code), node.isRating || node.isHeading else { return item }
            var item = item
            (item.max, item.min, item.points, item.computed) = (nil, nil, nil, nil)
            return item
        }
    }

    /// Appends the node and all below it.
    private mutating func visit(
        _ node: RubricNode,
        parent: RubricNode?,
        status imposed: ScoreItem.Status?
    ) throws(DecimalOverflow) {
        let position = items.count
        let entry = given[node.code]
        items.append(
            ScoreItem(
                code: node.code,
                name: node.name(locale),
                parent: parent?.code,
                max: node.max ?? parent?.max ?? 0,
                points: nil,
                status: imposed ?? (entry?.isNotApplicable == true ? .notApplicable : .unscored),
                reason: entry?.reason ?? "",
                evidence: evidence[node.code],
                pointer: entry?.pointer
            )
        )
        // Of a section only what was given for itself is held against it: the walk over its parts costs as much as they are.
        let least =
            node.kind == .criterion || entry?.points.isNegative == true ? node.leastPoints(places: rubric.places) : 0
        if least.isNegative { items[position].min = least }
        items[position].level = entry?.level
        items[position].problems = problems[node.code] ?? []
        if imposed == .notApplicable, let entry { remarks.append(.notApplicable(node, entry)) }
        let follows = try visitChildren(
            of: node,
            status: imposed ?? (entry?.isNotApplicable == true ? .notApplicable : nil)
        )
        if imposed != nil || entry?.isNotApplicable == true { return }
        let computed = try computedScore(of: node)
        if let entry {
            items[position].points = entry.points
            items[position].status = .given
            if let computed {
                items[position].computed = computed.points?.withoutTrailingZeros
                if computed.points != entry.points { remarks.append(.judged(node, entry, computed: computed)) }
            } else if node.children.isEmpty || node.aggregation == .none {
                // Nothing else says what it should be.
            } else if let sum = follows.points {
                if sum != entry.points { remarks.append(.differsFromSum(node, entry, Answer(sum, follows.level))) }
            } else if node.aggregation == .sum {
                let parts = items[(position + 1)...].filter {
                    $0.parent == node.code && ![.notApplicable, .pooled].contains($0.status)
                }
                if parts.contains(where: { $0.points != nil }) {
                    remarks.append(.partlyScored(node, entry, parts: parts))
                }
            }
        } else if let computed {
            items[position].points = computed.points?.withoutTrailingZeros
            items[position].level = computed.level
            items[position].status = computed.points == nil ? .notApplicable : .computed
        } else if follows.appliesNot {
            items[position].status = .notApplicable
        } else if !node.children.isEmpty, let points = follows.points {
            items[position].points = points.withoutTrailingZeros
            items[position].level = follows.level
            items[position].status = .summed
        }
    }

    /// What the dossier gives for the node by itself; what is wrong with that is remarked.
    private mutating func computedScore(of node: RubricNode) throws(DecimalOverflow) -> Answer? {
        guard let computation = node.computation, let max = node.max,
            let answer = answers[answerKey(computation.query, max)]
        else { return nil }
        if computation.givesLevel {
            let named = answer.text.flatMap(node.scale.level)
            if let named, named.isNotApplicable { return Answer(nil, named.name) }
            guard let level = named, let points = try node.scale.points(of: level, max: max)?.lowerBound else {
                let names = node.scale.levels.map(\.name).joined(separator: " / ")
                remarks.append(.notComputable(node, of: of, answer, expected: names))
                return nil
            }
            return Answer(points, level.name)
        }
        guard let number = answer.decimal?.rounded(to: rubric.places), number >= node.scale.minimum, number <= max
        else {
            let least = Money.points(node.scale.minimum)
            remarks.append(.notComputable(node, of: of, answer, expected: "\(least)–\(Money.points(max))"))
            return nil
        }
        return Answer(number, nil)
    }

    /// Visits the children; returns what follows from them if all that apply are known.
    private mutating func visitChildren(
        of node: RubricNode,
        status imposed: ScoreItem.Status?
    ) throws(DecimalOverflow) -> Answer {
        var parts: [(node: RubricNode, item: ScoreItem)] = []
        for child in node.children {
            let position = items.count
            try visit(child, parent: node, status: imposed ?? self.status(of: child, in: node))
            parts.append((child, items[position]))
        }
        // Of alternatives one counts; where several apply, which has been told, nobody knows which.
        // So it is where a condition is not known: none seems to apply then, and nothing is lost by that.
        if node.kind == .alternatives {
            let applicable = parts.count { $0.item.status != .notApplicable }
            let isKnown = node.children.allSatisfy { $0.condition.map { $0.holds(in: dossier) != nil } ?? true }
            if applicable > 1 || applicable == 0 && !isKnown { return Answer() }
        }
        return try combine(node.aggregation, parts, max: node.max ?? 0, scale: node.scale)
    }

    /// What follows from parts of which all that apply are known; nothing otherwise.
    private func combine(
        _ aggregation: RubricAggregation,
        _ parts: [(node: RubricNode, item: ScoreItem)],
        max: ExactDecimal,
        scale: RubricScale
    ) throws(DecimalOverflow) -> Answer {
        let counted = parts.filter { ![.notApplicable, .pooled].contains($0.item.status) && !$0.node.isHeading }
        // What follows from parts of which none applies does not apply itself; of a sum that would be lost points.
        if counted.isEmpty, aggregation != .sum, aggregation != .none, parts.contains(where: { !$0.node.isHeading }),
            parts.allSatisfy({ $0.item.status == .notApplicable || $0.node.isHeading })
        {
            return .notApplicable
        }
        switch aggregation {
        case .none: return Answer()
        case .sum:
            let points = counted.compactMap(\.item.points)
            return points.count == counted.count && !parts.isEmpty ? Answer(try .sum(points), nil) : Answer()
        case .mean:
            var known: [(weight: ExactDecimal, points: ExactDecimal, most: ExactDecimal)] = []
            for part in counted {
                guard let points = part.item.points, let most = part.item.max, !most.isZero else { return Answer() }
                known.append((part.node.weight, points, most))
            }
            return Answer(try RubricAggregation.mean(known, max: max, places: rubric.places), nil)
        case .weakest, .table, .matrix:
            let levels = counted.compactMap { part in
                part.item.level.flatMap(part.node.scale.level).map { (level: $0, scale: part.node.scale) }
            }
            guard levels.count == counted.count, let level = aggregation.level(of: levels, in: scale),
                let points = try scale.points(of: level, max: max)?.lowerBound
            else { return Answer() }
            return Answer(points, level.name)
        }
    }

    /// What a node is by its parent's kind, whatever was scored: not applicable, or pooled; `nil` when it counts.
    private func status(of child: RubricNode, in parent: RubricNode) -> ScoreItem.Status? {
        switch parent.kind {
        case .alternatives: child.condition?.holds(in: dossier) == true ? nil : .notApplicable
        case .pooled: child.kind == .criterion ? nil : .pooled
        case .sum, .criterion: nil
        }
    }
}

/// What follows for a node from the dossier or from its parts: points, a level with its points or, of a letter, its rank; a
/// level alone says that the node does not apply, and nothing that there is no answer.
struct Answer: Sendable {
    var points: ExactDecimal?
    var level: String?

    /// Whether what is asked for does not apply, because none of its parts does.
    private(set) var appliesNot = false

    init(_ points: ExactDecimal? = nil, _ level: String? = nil) { (self.points, self.level) = (points, level) }

    static let notApplicable = {
        var answer = Answer()
        answer.appliesNot = true
        return answer
    }()

    /// The level, or else the points, as people read them.
    var text: String { level ?? points.map(Money.points) ?? "—" }

    /// The same in a sentence: `B+`, `9 分`.
    var worded: LocalizedText {
        guard level == nil, let points else { return LocalizedText(text) }
        return LocalizedText(zh: "\(Money.points(points)) 分", en: "\(Money.points(points)) points")
    }
}
