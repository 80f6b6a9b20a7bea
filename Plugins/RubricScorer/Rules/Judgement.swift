import BudgetLines
import ReviewModel
import Rubrics

/// A rater has scored an item otherwise than the dossier computes it, and says why.
let judgement = ScoreRule(
    "rubric/judgement",
    .info,
    title: LocalizedText(zh: "结论由评审人判断", en: "a verdict by judgement"),
    manual: LocalizedText(
        zh: """
            由数据计算（compute、compute_level）的指标，评分人另给了得分而与计算结果不同，并在 reason 中写了理由：以所给得分为准，两数都保留。\
            计算结果是档次的，按该档次的最低分比较；理由是否充分不作判断。请核对理由后采信或改回。
            """,
        en: """
            An item that the dossier computes (`compute`, `compute_level`) was scored too, with other points and a `reason`: \
            the given points count, and both are kept. A computed level stands for its least points. Whether the reason is a \
            good one is not judged; read it, and keep the score or return to the computed one.
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
                - {rater: review, code: A, points: ↓10, reason: 年底另有一笔付款，凭证已附}
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 90.00}
            """,
            zh: "A按数据计算为 9 分，评 10 分：年底另有一笔付款，凭证已附",
            en: "A is 9 points by the data and was given 10: 年底另有一笔付款，凭证已附"
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
                - {rater: review, code: A, points: 9, reason: 与计算一致}
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 90.00}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .judged(let node, let entry, let computed) in scoring.remarks where !entry.reason.isEmpty {
        findings.add(judgedOtherwise(node, entry, computed))
    }
}

private func judgedOtherwise(_ node: RubricNode, _ entry: ScoreEntry, _ computed: Answer) -> Finding {
    judgement.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)按数据计算为 \(computed.worded.zh)，评 \(entry.answer.worded.zh)：\(entry.reason)",
            en: "\(node.code) is \(computed.worded.en) by the data and was given \(entry.answer.text): \(entry.reason)"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / entry.key],
        expected: computed.text,
        found: entry.answer.text
    )
}
