import BudgetReview
import ReviewModel

/// Scores of codes that the rubric has not, above the points to be had, below zero, or given twice.
func checkEntries(_ entries: [ScoreEntry], _ rubric: Rubric) -> [Finding] {
    var (findings, seen) = (checkRaters(entries, rubric), [String: ScoreEntry]())
    for entry in entries {
        guard let node = rubric.node(entry.code) else {
            findings.append(unknownCode(entry, known: rubric.all.map(\.code)))
            continue
        }
        if let first = seen["\(entry.rater) \(entry.code)"] {
            findings.append(scoredTwice(entry, first))
        } else {
            seen["\(entry.rater) \(entry.code)"] = entry
        }
        if let max = node.max, entry.points > max { findings.append(aboveMaximum(entry, node, max)) }
        if entry.points.isNegative { findings.append(negative(entry, node)) }
        if node.max == nil { findings.append(sharesPoints(entry, node)) }
    }
    return findings
}

/// Raters that the rubric does not know, or, where anybody may score, names that are nearly `self` or `review`: a misspelt
/// rater would have a sheet of its own, and nobody would miss its scores. Each is told once.
private func checkRaters(_ entries: [ScoreEntry], _ rubric: Rubric) -> [Finding] {
    var seen = Set<String>()
    let usual = [ScoreSheet.selfRater, ScoreSheet.reviewRater]
    return entries.compactMap { entry in
        guard seen.insert(entry.rater).inserted else { return nil }
        if !rubric.raters.isEmpty {
            return rubric.raters.contains(entry.rater) ? nil : unknownRater(entry, rubric.raters, .error)
        }
        let isMisspelt = !usual.contains(entry.rater) && nearest(to: entry.rater, among: usual) != nil
        return isMisspelt ? unknownRater(entry, usual, .warning) : nil
    }
}

// MARK: - Messages

private func unknownRater(_ entry: ScoreEntry, _ known: [String], _ severity: Severity) -> Finding {
    Finding(
        rule: "rubric/unknown-rater",
        severity: severity,
        message: LocalizedText(
            zh: "没有评分人\"\(entry.rater)\"",
            en: "there is no rater \"\(entry.rater)\""
        ),
        subject: entry.rater,
        pointers: [entry.pointer / "rater"],
        expected: known.joined(separator: " / "),
        found: entry.rater,
        hint: suggestion(for: entry.rater, among: known)
    )
}

private func unknownCode(_ entry: ScoreEntry, known: [String]) -> Finding {
    Finding(
        rule: "rubric/unknown-code",
        severity: .error,
        message: LocalizedText(
            zh: "评分表中没有指标\"\(entry.code)\"",
            en: "the rubric has no item \"\(entry.code)\""
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "code"],
        found: entry.code,
        hint: suggestion(for: entry.code, among: known)
    )
}

private func scoredTwice(_ entry: ScoreEntry, _ first: ScoreEntry) -> Finding {
    Finding(
        rule: "rubric/scored-twice",
        severity: .error,
        message: LocalizedText(
            zh: "\"\(entry.code)\"被同一评分人评了两次，取第一次",
            en: "\"\(entry.code)\" is scored twice by one rater; the first counts"
        ),
        subject: entry.subject,
        pointers: [entry.pointer, first.pointer],
        expected: Money.points(first.points),
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请删去一条", en: "remove one of them")
    )
}

private func aboveMaximum(_ entry: ScoreEntry, _ node: RubricNode, _ max: ExactDecimal) -> Finding {
    Finding(
        rule: "rubric/above-maximum",
        severity: .error,
        message: LocalizedText(
            zh: "\(entry.code)\"\(node.shortName)\"得 \(Money.points(entry.points)) 分，超过分值 \(Money.points(max))",
            en:
                "\(entry.code) \"\(node.shortName)\" has \(Money.points(entry.points)) points, more than its maximum \(Money.points(max))"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: "≤ \(Money.points(max))",
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请更正得分", en: "correct the points")
    )
}

private func negative(_ entry: ScoreEntry, _ node: RubricNode) -> Finding {
    Finding(
        rule: "rubric/negative-points",
        severity: .error,
        message: LocalizedText(
            zh: "\(entry.code)\"\(node.shortName)\"的得分为负",
            en: "\(entry.code) \"\(node.shortName)\" has negative points"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: "≥ 0",
        found: Money.points(entry.points)
    )
}

private func sharesPoints(_ entry: ScoreEntry, _ node: RubricNode) -> Finding {
    Finding(
        rule: "rubric/shares-points",
        severity: .error,
        message: LocalizedText(
            zh: "\(entry.code)\"\(node.shortName)\"与同级指标共用分值，不能单独评分",
            en: "\(entry.code) \"\(node.shortName)\" shares its points with its siblings and is not scored by itself"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "code"],
        hint: LocalizedText(zh: "请评在上级指标上", en: "score the item above it")
    )
}
