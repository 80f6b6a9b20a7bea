import BudgetReview
import ReviewModel

/// Builds one rater's sheet: every node of the rubric with its points, from what was given and what adds up.
struct ScoreSheetBuilder {
    let rubric: Rubric
    let dossier: Dossier
    let evidence: Evidence
    private let given: [String: ScoreEntry]
    private var items: [ScoreItem] = []
    private var findings: [Finding] = []

    init(rubric: Rubric, dossier: Dossier, entries: [ScoreEntry], evidence: Evidence) {
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
        var total: ExactDecimal? = .zero
        for node in rubric.items {
            let points = try visit(node, parent: nil, status: nil)
            total = if let total, let points { try total + points } else { nil }
        }
        let max = try rubric.max()
        guard let total else {
            findings.append(incomplete(rater, rubric.items.flatMap { missing(in: $0) }))
            return Built(sheet: nil, items: items, findings: findings)
        }
        let verdict = rubric.verdict(for: total)
        if verdict == nil, !rubric.bands.isEmpty { findings.append(noVerdict(rater, total)) }
        let sheet = ScoreSheet(
            rater: rater,
            total: total.withoutTrailingZeros,
            max: max.withoutTrailingZeros,
            items: items,
            verdict: verdict
        )
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

    /// Appends the node and all below it; returns its points, `nil` when they are not known.
    private mutating func visit(
        _ node: RubricNode,
        parent: RubricNode?,
        status imposed: ScoreItem.Status?
    ) throws(DecimalOverflow) -> ExactDecimal? {
        let position = items.count
        let entry = given[node.code]
        items.append(
            ScoreItem(
                code: node.code,
                name: node.name,
                parent: parent?.code,
                max: node.max ?? parent?.max ?? 0,
                points: nil,
                status: imposed ?? .unscored,
                reason: entry?.reason ?? "",
                evidence: evidence[node.code],
                pointer: entry?.pointer
            )
        )
        if imposed == .notApplicable, let entry { findings.append(notApplicable(node, entry)) }
        var sum = try visitChildren(of: node, status: imposed)
        if node.children.isEmpty { sum = nil }
        if imposed != nil { return nil }
        if let entry {
            items[position].points = entry.points
            items[position].status = .given
            if let sum {
                if sum != entry.points { findings.append(wrongSum(node, entry, sum)) }
            } else {
                try checkReach(node, entry, Array(items[(position + 1)...]))
            }
            return entry.points
        }
        if let sum {
            items[position].points = sum.withoutTrailingZeros
            items[position].status = .summed
        }
        return sum
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

    /// Visits the children; returns the sum of the applicable ones if all of them are known.
    private mutating func visitChildren(
        of node: RubricNode,
        status imposed: ScoreItem.Status?
    ) throws(DecimalOverflow) -> ExactDecimal? {
        var sum: ExactDecimal? = .zero
        for child in node.children {
            let status = imposed ?? self.status(of: child, in: node)
            let points = try visit(child, parent: node, status: status)
            if status != nil { continue }
            sum = if let known = sum, let points { try known + points } else { nil }
        }
        return sum
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
