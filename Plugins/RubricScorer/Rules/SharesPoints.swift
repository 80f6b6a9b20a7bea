import ReviewModel
import Rubrics

/// An item is scored that has no points of its own but shares those of the item above it.
let sharesPoints = ScoreRule(
    "rubric/shares-points",
    .error,
    title: LocalizedText(zh: "与同组指标共用分值", en: "points for an item that shares them"),
    manual: LocalizedText(
        zh: """
            表 scores 中的指标，在评分标准中没有自己的分值（max），而与同级指标共用上级的分值（pooled）：不能单独评分，这一得分不计入上级。\
            写了自己分值的不在此提示。请评在上级指标或上级的打分点（criteria）上。
            """,
        en: """
            A row of the table `scores` names an item that has no points of its own (`max`) because it shares those of the \
            item above (`pooled`): it is not scored by itself, and its points do not count there. An item that has points of \
            its own is not looked at. Score the item above it, or that item's `criteria`.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    items:
                      - code: C
                        name: 效益
                        max: 4
                        pooled: true
                        criteria: [{code: C-1, text: 经济效益明确, max: 2}, {code: C-2, text: 社会效益明确, max: 2}]
                        items: [{code: C1, name: 经济效益}, {code: C2, name: 社会效益}]
            tables:
              scores:
                - {rater: review, code: C-1, points: 2, reason: 有测算}
                - {rater: review, code: C-2, points: 2, reason: 有测算}
                - {rater: review, code: ↓C1, points: 2, reason: 有测算}
            """,
            zh: "C1\"经济效益\"与同级指标共用分值，不能单独评分",
            en: "C1 \"经济效益\" shares its points with its siblings and is not scored by itself"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    items:
                      - code: C
                        name: 效益
                        max: 4
                        pooled: true
                        criteria: [{code: C-1, text: 经济效益明确, max: 2}, {code: C-2, text: 社会效益明确, max: 2}]
                        items: [{code: C1, name: 经济效益}, {code: C2, name: 社会效益}]
            tables:
              scores:
                - {rater: review, code: C-1, points: 2, reason: 有测算}
                - {rater: review, code: C-2, points: 2, reason: 有测算}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for entry in scoring.given {
        if let node = scoring.node[entry.code], node.max == nil { findings.add(notScoredByItself(entry, node)) }
    }
}

private func notScoredByItself(_ entry: ScoreEntry, _ node: RubricNode) -> Finding {
    sharesPoints.rule.finding(
        message: LocalizedText(
            zh: "\(entry.code)\"\(node.shortName.zh)\"与同级指标共用分值，不能单独评分",
            en: "\(entry.code) \"\(node.shortName.en)\" shares its points with its siblings and is not scored by itself"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "code"],
        hint: LocalizedText(zh: "请评在上级指标上", en: "score the item above it")
    )
}
