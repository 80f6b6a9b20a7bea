import BudgetReview
import ReviewModel

/// One row of the table `scores`: what a rater gave for one node of the rubric, in points.
struct ScoreEntry: Sendable {
    var rater: String
    var code: String
    var points: ExactDecimal
    /// The level that was named.
    var level: String?
    /// Whether the level says that the node is left out.
    var isNotApplicable = false
    var reason: String
    var pointer: JSONPointer

    /// What findings speak of: the rater's score of a node.
    var subject: String { "\(rater)/\(code)" }

    /// The rows as points. A level that the rubric does not know, or that does not say how many points, is a finding, and
    /// the row does not count.
    static func all(in dossier: Dossier, _ rubric: Rubric) throws -> (entries: [ScoreEntry], findings: [Finding]) {
        var (entries, findings) = ([ScoreEntry](), [Finding]())
        for row in dossier.rows(of: "scores") {
            var entry = ScoreEntry(
                rater: row.text("rater"),
                code: row.text("code"),
                points: row.decimal("points") ?? 0,
                level: row.optionalText("level"),
                reason: row.text("reason"),
                pointer: row.pointer
            )
            guard let node = rubric.node(entry.code) else {
                // Whether it has points or not: it is told that there is no such item.
                entries.append(entry)
                continue
            }
            if let name = entry.level {
                if let finding = try entry.take(name, of: node, given: row.decimal("points")) {
                    findings.append(finding)
                    continue
                }
            } else if row.decimal("points") == nil {
                findings.append(nothingGiven(entry))
                continue
            }
            entries.append(entry)
        }
        return (entries, findings)
    }

    /// The points of the level; what is wrong with it, if anything.
    private mutating func take(_ name: String, of node: RubricNode, given: ExactDecimal?) throws -> Finding? {
        guard let level = node.scale.level(name) else {
            return unknownLevel(self, name, node.scale.levels.map(\.name))
        }
        if level.isNotApplicable {
            isNotApplicable = true
            return nil
        }
        guard let range = try node.scale.points(of: level, max: node.max ?? 0) else { return nil }
        if let given {
            return range.contains(given) ? nil : outsideLevel(self, name, range)
        }
        guard range.lowerBound == range.upperBound else { return levelNeedsPoints(self, name, range) }
        points = range.lowerBound
        return nil
    }
}

/// The table `evidence` by code.
struct Evidence: Sendable {
    private let texts: [String: [String]]

    init(_ dossier: Dossier) {
        var texts: [String: [String]] = [:]
        for row in dossier.rows(of: "evidence") {
            let parts = ["document", "quote", "text"].map { row.text($0) }.filter { !$0.isEmpty }
            if !parts.isEmpty { texts[row.text("code"), default: []].append(parts.joined(separator: "\n")) }
        }
        self.texts = texts
    }

    subscript(code: String) -> [String] { texts[code] ?? [] }
}

// MARK: - Messages

private func nothingGiven(_ entry: ScoreEntry) -> Finding {
    Finding(
        rule: "rubric/nothing-given",
        severity: .error,
        message: LocalizedText(
            zh: "\(entry.code)既没有得分，也没有档次",
            en: "\(entry.code) has neither points nor a level"
        ),
        subject: entry.subject,
        pointers: [entry.pointer],
        hint: LocalizedText(zh: "请填写 points 或 level", en: "give points or a level")
    )
}

private func unknownLevel(_ entry: ScoreEntry, _ name: String, _ known: [String]) -> Finding {
    Finding(
        rule: "rubric/unknown-level",
        severity: .error,
        message: LocalizedText(
            zh: "\(entry.code)没有档次\"\(name)\"",
            en: "\(entry.code) has no level \"\(name)\""
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "level"],
        expected: known.joined(separator: " / "),
        found: name,
        hint: suggestion(for: name, among: known)
    )
}

private func outsideLevel(_ entry: ScoreEntry, _ name: String, _ range: ClosedRange<ExactDecimal>) -> Finding {
    let allowed =
        range.lowerBound == range.upperBound
        ? Money.points(range.lowerBound) : "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
    return Finding(
        rule: "rubric/outside-level",
        severity: .error,
        message: LocalizedText(
            zh: "\(entry.code)得 \(Money.points(entry.points)) 分，档次\"\(name)\"是 \(allowed) 分",
            en: "\(entry.code) has \(Money.points(entry.points)) points, the level \"\(name)\" gives \(allowed)"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: allowed,
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请更正得分或档次", en: "correct the points or the level")
    )
}

private func levelNeedsPoints(_ entry: ScoreEntry, _ name: String, _ range: ClosedRange<ExactDecimal>) -> Finding {
    let allowed = "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
    return Finding(
        rule: "rubric/level-needs-points",
        severity: .error,
        message: LocalizedText(
            zh: "\(entry.code)的档次\"\(name)\"是 \(allowed) 分，须写明得分",
            en: "the level \"\(name)\" of \(entry.code) gives \(allowed) points; say how many"
        ),
        subject: entry.subject,
        pointers: [entry.pointer],
        expected: allowed,
        hint: LocalizedText(zh: "请补上 points", en: "add points")
    )
}
