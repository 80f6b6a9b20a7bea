import ReviewModel
import Rubrics

/// The query of an item gives a value that cannot be its score.
let notComputable = ScoreRule(
    "rubric/not-computable",
    .error,
    title: LocalizedText(zh: "得分无法计算", en: "a score that cannot be computed"),
    manual: LocalizedText(
        zh: """
            指标的 compute 应得出 0 至分值之间的数（先按评分标准的 places 取舍），compute_level 应得出一个有分数的档次的名称；空值和其他结果列出，该指标按没有计算处理。\
            没有得出一个值的或失败的查询另有规则，算得是否合理不作判断。请核对查询所用的数据。
            """,
        en: """
            `compute` of an item must give a number from 0 to its maximum, rounded to the rubric's `places` first, and \
            `compute_level` the name of a level that has points; anything else, an empty value too, is a finding, and the \
            item counts as not computed. Queries that fail or give more than one value have rules of their own, and whether \
            the figure is sound is not judged. Check the data that the query reads.
            """
    ),
    examples: [
        .bad(
            """
            # 分值的 120%。
            # 120 % of the points.
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric: {id: r, items: [↓{code: A, name: 执行率, max: 10, compute: SELECT :max * sum(paid) / sum(adjusted) FROM history}]}
            tables:
              scores: []
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 120.00}
            """,
            zh: "A的计算没有得出可用的分数：12（应为 0–10）",
            en: "the query of A gives no usable score: 12 (0–10 is wanted)"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric: {id: r, items: [{code: A, name: 执行率, max: 10, compute: "SELECT :max * least(sum(paid) / sum(adjusted), 1) FROM history"}]}
            tables:
              scores: []
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 120.00}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .notComputable(let node, let of, let answer, let expected) in scoring.remarks {
        findings.add(notAnAnswer(node, of.map { ($0, scoring.name(of: $0)) }, answer, expected))
    }
}

private func notAnAnswer(
    _ node: RubricNode,
    _ of: (key: String, name: String)?,
    _ answer: Value,
    _ expected: String
) -> Finding {
    let (zh, en) = of.map { ("（\($0.name)）", " for \"\($0.name)\"") } ?? ("", "")
    let found = answer.isNull ? "" : answer.scalarText ?? answer.kind.name.en
    return notComputable.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)\(zh)的计算没有得出可用的分数\(found.isEmpty ? "：空值" : "：\(found)")（应为 \(expected)）",
            en:
                "the query of \(node.code) gives no usable score\(en)\(found.isEmpty ? ": NULL" : ": \(found)") (\(expected) is wanted)"
        ),
        subject: of.map { "\($0.key)/\(node.code)" } ?? node.code,
        pointers: [JSONPointer(["config"] + node.pointer.tokens)],
        expected: expected,
        found: found,
        hint: LocalizedText(zh: "请核对查询所用的数据", en: "check the data that the query reads")
    )
}
