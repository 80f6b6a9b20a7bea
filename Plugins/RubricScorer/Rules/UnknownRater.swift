import ReviewModel
import Rubrics

/// A rater is not one of the rubric's, or has nearly the name of one that everybody knows.
let unknownRater = ScoreRule(
    "rubric/unknown-rater",
    .warning,
    title: LocalizedText(zh: "没有这位评分人", en: "a rater that the rubric does not know"),
    manual: LocalizedText(
        zh: """
            评分标准列出 raters 的，表 scores 的评分人应在其中，不在的作为错误；没有列出的，名称与 self 或 review 相近而不相同的作为提醒，其他名称都可以。\
            每个名称只提示一次，其得分仍另成一张评分表。请更正名称，或在评分标准中补上这位评分人。
            """,
        en: """
            Where the rubric lists its `raters`, those of the table `scores` must be among them; another is an error. Without a \
            list, a name that is nearly `self` or `review` is a warning, and any other is taken as it is. Each name is told \
            once, and its scores still make a sheet of their own. Correct the name, or add the rater to the rubric.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: ↓reviev, code: A, points: 10, reason: 如期}
            """,
            zh: "没有评分人\"reviev\"",
            en: "there is no rater \"reviev\""
        ),
        .good(
            """
            # 评分标准没有列出评分人的，谁都可以评分。
            # Anybody may score where the rubric names no raters.
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: 专家甲, code: A, points: 10, reason: 如期}
            """
        ),
    ],
    check: check
)

/// Raters that the rubric does not know, or, where anybody may score, names that are nearly `self` or `review`: a misspelt
/// rater would have a sheet of its own, and nobody would miss its scores. Each is told once.
private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    let (raters, usual) = (scoring.rubric.raters, scoring.words.all)
    var seen: Set<String> = []
    for entry in scoring.given where scoring.rubric.hasOwnItems(entry.rater, scoring.words) {
        guard let node = scoring.node[entry.code], !node.isScored(by: entry.rater) else { continue }
        findings.add(notTheItems(entry, node, scoring.words))
    }
    for entry in scoring.given where seen.insert(entry.rater).inserted {
        if !raters.isEmpty {
            if !raters.contains(entry.rater) { findings.add(notARater(entry, raters, .error)) }
        } else if !usual.contains(entry.rater), nearest(to: entry.rater, among: usual) != nil {
            findings.add(notARater(entry, usual, .warning))
        }
    }
}

/// A score of an item by somebody who does not score it.
private func notTheItems(_ entry: ScoreEntry, _ node: RubricNode, _ words: RaterWords) -> Finding {
    let (name, raters) = (words.name(of: entry.rater), words.names(of: node.raters))
    var finding = unknownRater.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)由 \(raters.zh) 评分，\"\(name.zh)\"的评分不计入合成",
            en: "\(node.code) is scored by \(raters.en): what \"\(name.en)\" gives is not combined"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "rater"],
        expected: node.raters.joined(separator: " / "),
        found: entry.rater
    )
    finding.severity = .warning
    return finding
}

private func notARater(_ entry: ScoreEntry, _ known: [String], _ severity: Severity) -> Finding {
    var finding = unknownRater.rule.finding(
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
    finding.severity = severity
    return finding
}
