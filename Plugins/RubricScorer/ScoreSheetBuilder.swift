import BudgetReview
import ReviewModel

/// Builds one rater's sheet: every node of the rubric with its points, from what was given and what adds up.
struct ScoreSheetBuilder {
    let rubric: Rubric
    let dossier: Dossier
    let evidence: Evidence
    /// What the queries of the rubric have answered, by their text.
    let answers: [String: Value]
    /// The problems that points were lost for, by code.
    let problems: [String: [String]]
    private let given: [String: ScoreEntry]
    private var items: [ScoreItem] = []
    private var findings: [Finding] = []

    init(
        rubric: Rubric,
        dossier: Dossier,
        entries: [ScoreEntry],
        evidence: Evidence,
        answers: [String: Value] = [:],
        problems: [String: [String]] = [:]
    ) {
        self.answers = answers
        self.problems = problems
        self.rubric = rubric
        self.dossier = dossier
        self.evidence = evidence
        given = Dictionary(entries.map { ($0.code, $0) }) { first, _ in first }
    }

    /// What came of it. There is no sheet when the total is not known.
    struct Built {
        var sheet: ScoreSheet?
        var items: [ScoreItem]
        var findings: [Finding]
    }

    mutating func build(rater: String) throws(DecimalOverflow) -> Built {
        for node in rubric.items { _ = try visit(node, parent: nil, status: nil) }
        let top = items.filter { $0.parent == nil }
        var result = try combine(
            rubric.aggregation,
            zip(rubric.items, rubric.items.compactMap { node in top.first { $0.code == node.code } }).map { ($0, $1) },
            max: try rubric.max(),
            scale: rubric.items.first?.scale ?? .free
        )
        if rubric.items.isEmpty { result.points = 0 }
        guard let total = result.points else {
            findings.append(incomplete(rater, rubric.items.flatMap { missing(in: $0) }))
            return Built(sheet: nil, items: items, findings: findings)
        }
        let verdict = rubric.verdict(for: total)
        if verdict == nil, !rubric.bands.isEmpty { findings.append(noVerdict(rater, total)) }
        var sheet = ScoreSheet(
            rater: rater,
            total: total.withoutTrailingZeros,
            max: try rubric.max().withoutTrailingZeros,
            items: items,
            verdict: verdict
        )
        sheet.level = result.level
        sheet.bands = rubric.bands.map(\.verdict)
        sheet.verdictPlaces = rubric.verdictPlaces
        return Built(sheet: sheet, items: items, findings: findings)
    }

    /// The codes whose scores would complete the node: its own where nothing below it is scored, else those of its parts.
    private func missing(in node: RubricNode) -> [String] {
        let known = Dictionary(items.map { ($0.code, $0) }) { first, _ in first }
        func isOpen(_ node: RubricNode) -> Bool {
            guard let item = known[node.code] else { return false }
            return item.points == nil && item.status == .unscored
        }
        func search(_ node: RubricNode) -> [String] {
            guard isOpen(node) else { return [] }
            let isUntouched = node.all.dropFirst().allSatisfy { known[$0.code]?.points == nil }
            return isUntouched ? [node.code] : node.children.flatMap(search)
        }
        return search(node)
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
                name: node.name,
                parent: parent?.code,
                max: node.max ?? parent?.max ?? 0,
                points: nil,
                status: imposed ?? (entry?.isNotApplicable == true ? .notApplicable : .unscored),
                reason: entry?.reason ?? "",
                evidence: evidence[node.code],
                pointer: entry?.pointer
            )
        )
        items[position].level = entry?.level
        items[position].problems = problems[node.code] ?? []
        if imposed == .notApplicable, let entry { findings.append(notApplicable(node, entry)) }
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
                items[position].computed = computed.points.withoutTrailingZeros
                if computed.points != entry.points { findings.append(decidedOtherwise(node, entry, computed.points)) }
            } else if node.children.isEmpty || node.aggregation == .none {
                // Nothing else says what it should be.
            } else if let sum = follows.points {
                if sum != entry.points { findings.append(wrongSum(node, entry, sum)) }
            } else if node.aggregation == .sum {
                try checkReach(node, entry, Array(items[(position + 1)...]))
            }
        } else if let computed {
            items[position].points = computed.points.withoutTrailingZeros
            items[position].level = computed.level
            items[position].status = .computed
        } else if !node.children.isEmpty, let points = follows.points {
            items[position].points = points.withoutTrailingZeros
            items[position].level = follows.level
            items[position].status = .summed
        }
    }

    /// What the dossier gives for the node by itself; what is wrong with that is a finding.
    private mutating func computedScore(of node: RubricNode) throws(DecimalOverflow) -> (
        points: ExactDecimal, level: String?
    )? {
        guard let computation = node.computation, let answer = answers[computation.query], let max = node.max else {
            return nil
        }
        if computation.givesLevel {
            guard let name = answer.text, let level = node.scale.level(name),
                let points = try node.scale.points(of: level, max: max)?.lowerBound
            else {
                findings.append(notAnAnswer(node, answer, node.scale.levels.map(\.name).joined(separator: " / ")))
                return nil
            }
            return (points, name)
        }
        guard let number = answer.decimal?.rounded(to: rubric.places), !number.isNegative, number <= max else {
            findings.append(notAnAnswer(node, answer, "0–\(Money.points(max))"))
            return nil
        }
        return (number, nil)
    }

    /// Whether the points given for a node of which only some parts are known lie between what those parts have and what
    /// the others could add.
    private mutating func checkReach(
        _ node: RubricNode,
        _ entry: ScoreEntry,
        _ below: [ScoreItem]
    ) throws(DecimalOverflow) {
        let parts = below.filter { $0.parent == node.code && ![.notApplicable, .pooled].contains($0.status) }
        guard parts.contains(where: { $0.points != nil }) else { return }
        let least = try ExactDecimal.sum(parts.compactMap(\.points))
        let open = try ExactDecimal.sum(parts.filter { $0.points == nil }.map(\.max))
        let most = try least + open
        if entry.points < least || entry.points > most { findings.append(outOfReach(node, entry, least, most)) }
    }

    /// Visits the children; returns what follows from them if all that apply are known.
    private mutating func visitChildren(
        of node: RubricNode,
        status imposed: ScoreItem.Status?
    ) throws(DecimalOverflow) -> (points: ExactDecimal?, level: String?) {
        var parts: [(node: RubricNode, item: ScoreItem)] = []
        for child in node.children {
            let position = items.count
            try visit(child, parent: node, status: imposed ?? self.status(of: child, in: node))
            parts.append((child, items[position]))
        }
        return try combine(node.aggregation, parts, max: node.max ?? 0, scale: node.scale)
    }

    /// What follows from parts of which all that apply are known; nothing otherwise.
    private func combine(
        _ aggregation: RubricAggregation,
        _ parts: [(node: RubricNode, item: ScoreItem)],
        max: ExactDecimal,
        scale: RubricScale
    ) throws(DecimalOverflow) -> (points: ExactDecimal?, level: String?) {
        let counted = parts.filter { ![.notApplicable, .pooled].contains($0.item.status) }
        switch aggregation {
        case .none: return (nil, nil)
        case .sum:
            let points = counted.compactMap(\.item.points)
            return points.count == counted.count && !parts.isEmpty ? (try ExactDecimal.sum(points), nil) : (nil, nil)
        case .mean:
            var known: [(weight: ExactDecimal, points: ExactDecimal, most: ExactDecimal)] = []
            for part in counted {
                guard let points = part.item.points, !part.item.max.isZero else { return (nil, nil) }
                known.append((part.node.weight, points, part.item.max))
            }
            return (try RubricAggregation.mean(known, max: max, places: rubric.places), nil)
        case .weakest, .table:
            let levels = counted.compactMap { $0.item.level.flatMap(scale.level) }
            guard levels.count == counted.count, let level = aggregation.level(of: levels, in: scale),
                let points = try scale.points(of: level, max: max)?.lowerBound
            else { return (nil, nil) }
            return (points, level.name)
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

// MARK: - Messages

private func incomplete(_ rater: String, _ codes: [String]) -> Finding {
    let list = codes.joined(separator: "、")
    return Finding(
        rule: "rubric/incomplete",
        severity: .error,
        message: LocalizedText(
            zh: "评分人\"\(rater)\"的评分不完整，无法得出总分：\(list)",
            en: "the scores of \"\(rater)\" are incomplete, there is no total: \(codes.joined(separator: ", "))"
        ),
        subject: rater,
        pointers: [JSONPointer(["tables", "scores"])],
        hint: LocalizedText(zh: "请补评所列部分", en: "score what is missing there")
    )
}

private func noVerdict(_ rater: String, _ total: ExactDecimal) -> Finding {
    Finding(
        rule: "rubric/no-verdict",
        severity: .error,
        message: LocalizedText(
            zh: "没有结论适用于总分 \(Money.points(total))",
            en: "no verdict band holds the total \(Money.points(total))"
        ),
        subject: rater,
        found: Money.points(total)
    )
}

private func notApplicable(_ node: RubricNode, _ entry: ScoreEntry) -> Finding {
    Finding(
        rule: "rubric/not-applicable",
        severity: .error,
        message: LocalizedText(
            zh: "\(node.code)\"\(node.name)\"不适用于本项目，却有评分",
            en: "\(node.code) \"\(node.name)\" does not apply here but is scored"
        ),
        subject: entry.subject,
        pointers: [entry.pointer],
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请改评适用的指标", en: "score the alternative that applies")
    )
}

private func wrongSum(_ node: RubricNode, _ entry: ScoreEntry, _ sum: ExactDecimal) -> Finding {
    Finding(
        rule: "rubric/wrong-sum",
        severity: .error,
        message: LocalizedText(
            zh: "\(node.code)\"\(node.name)\"评 \(Money.points(entry.points)) 分，各部分之和为 \(Money.points(sum))",
            en:
                "\(node.code) \"\(node.name)\" is given \(Money.points(entry.points)) points, its parts add up to \(Money.points(sum))"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: Money.points(sum),
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请更正其中一处", en: "correct one of them")
    )
}

private func outOfReach(
    _ node: RubricNode,
    _ entry: ScoreEntry,
    _ least: ExactDecimal,
    _ most: ExactDecimal
) -> Finding {
    let range = "\(Money.points(least))–\(Money.points(most))"
    return Finding(
        rule: "rubric/out-of-reach",
        severity: .error,
        message: LocalizedText(
            zh: "\(node.code)\"\(node.shortName)\"评 \(Money.points(entry.points)) 分，按已评的部分只可能在 \(range) 之间",
            en:
                "\(node.code) \"\(node.shortName)\" is given \(Money.points(entry.points)) points, its scored parts allow only \(range)"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: range,
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请更正其中一处", en: "correct one of them")
    )
}

private func decidedOtherwise(_ node: RubricNode, _ entry: ScoreEntry, _ computed: ExactDecimal) -> Finding {
    let isReasoned = !entry.reason.isEmpty
    return Finding(
        rule: isReasoned ? "rubric/judgement" : "rubric/judgement-without-reason",
        severity: isReasoned ? .info : .error,
        message: LocalizedText(
            zh: "\(node.code)按数据计算为 \(Money.points(computed)) 分，评 \(Money.points(entry.points)) 分"
                + (isReasoned ? "：\(entry.reason)" : "，没有说明理由"),
            en:
                "\(node.code) is \(Money.points(computed)) points by the data and was given \(Money.points(entry.points))"
                + (isReasoned ? ": \(entry.reason)" : " without a reason")
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: Money.points(computed),
        found: Money.points(entry.points),
        hint: isReasoned ? nil : LocalizedText(zh: "请说明理由，或删去这一评分", en: "say why, or remove the score")
    )
}

private func notAnAnswer(_ node: RubricNode, _ answer: Value, _ expected: String) -> Finding {
    let found = answer.isNull ? "" : answer.scalarText ?? answer.kind.name.en
    return Finding(
        rule: "rubric/not-computable",
        severity: .error,
        message: LocalizedText(
            zh: "\(node.code)的计算没有得出可用的分数\(found.isEmpty ? "" : "：\(found)")",
            en: "the query of \(node.code) gives no usable score\(found.isEmpty ? "" : ": \(found)")"
        ),
        subject: node.code,
        pointers: [JSONPointer(["config"] + node.pointer.tokens)],
        expected: expected,
        found: found,
        hint: LocalizedText(zh: "请核对查询所用的数据", en: "check the data that the query reads")
    )
}
