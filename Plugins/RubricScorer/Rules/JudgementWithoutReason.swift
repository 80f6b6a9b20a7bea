import BudgetLines
import ReviewModel
import Rubrics

/// A rater has scored an item otherwise than the dossier computes it, without a word.
let judgementWithoutReason = ScoreRule(
    "rubric/judgement-without-reason",
    .error,
    title: LocalizedText(zh: "判断没有说明理由", en: "a judgement without a reason"),
    manual: LocalizedText(
        zh: """
            由数据计算（compute、compute_level）的指标，评分人另给了得分而与计算结果不同，reason 却为空：仍以所给得分为准。\
            计算结果是档次的，按该档次的最低分比较；只看 reason，不看依据（evidence）。请说明理由，或删去这一评分。
            """,
        en: """
            An item that the dossier computes (`compute`, `compute_level`) was scored too, with other points and an empty \
            `reason`; the given points count all the same. A computed level stands for its least points, and only the reason \
            is looked at, not the evidence. Say why, or remove the score.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric: {id: r, items: [{code: A, name: 执行率, max: 10, compute: SELECT :max * sum(paid) / sum(adjusted) FROM history}]}
            tables:
              scores:
                - {rater: review, code: A, points: ↓10}
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 90.00}
            """,
            zh: "A按数据计算为 9 分，评 10 分，没有说明理由",
            en: "A is 9 points by the data and was given 10 without a reason"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric: {id: r, items: [{code: A, name: 执行率, max: 10, compute: SELECT :max * sum(paid) / sum(adjusted) FROM history}]}
            tables:
              scores:
                - {rater: review, code: A, points: 10, reason: 年底另有一笔付款，凭证已附}
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 90.00}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .judged(let node, let entry, let computed) in scoring.remarks where entry.reason.isEmpty {
        findings.add(judgedWithoutReason(node, entry, computed))
    }
}

private func judgedWithoutReason(_ node: RubricNode, _ entry: ScoreEntry, _ computed: Answer) -> Finding {
    judgementWithoutReason.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)按数据计算为 \(computed.worded.zh)，评 \(entry.answer.worded.zh)，没有说明理由",
            en:
                "\(node.code) is \(computed.worded.en) by the data and was given \(entry.answer.text) without a reason"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / entry.key],
        expected: computed.text,
        found: entry.answer.text,
        hint: LocalizedText(zh: "请说明理由，或删去这一评分", en: "say why, or remove the score")
    )
}
