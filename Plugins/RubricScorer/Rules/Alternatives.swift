import ReviewModel
import Rubrics

/// Of the parts of an item of which exactly one applies, none does, or several do.
let alternatives = ScoreRule(
    "rubric/alternatives",
    .error,
    title: LocalizedText(zh: "二选一的指标不是恰有一项适用", en: "not exactly one of the alternatives applies"),
    manual: LocalizedText(
        zh: """
            标明 alternatives 的指标，按数据中的字段逐一判断其下级的条件（when），应恰有一个成立；一个也不成立或多于一个成立的列出。\
            数据中没有该字段的，按不成立计。只看条件，不看评了哪一个，不适用的指标有得分另见 rubric/not-applicable。请填写或更正条件所用的字段。
            """,
        en: """
            Asks the condition (`when`) of each part of an item marked `alternatives` of the dossier's fields: exactly one must \
            hold. A field that the dossier lacks counts as not holding. Only the conditions are looked at, not which part was \
            scored; for that see rubric/not-applicable. Fill in or correct the field that the conditions ask for.
            """
    ),
    examples: [
        .bad(
            """
            # 没有填写上年度是否评价过。
            # Nobody has filled in whether the project was evaluated.
            fields:
              project: ↓{name: 养老服务站}
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    items:
                      - code: B2
                        name: 风险及结果管理
                        max: 10
                        alternatives: true
                        items:
                          - {code: B21, name: 风险管理, max: 10, when: {field: /project/evaluated_last_year, equals: false}}
                          - {code: B22, name: 结果应用, max: 10, when: {field: /project/evaluated_last_year, equals: true}}
            tables:
              scores:
                - {rater: review, code: B2, points: 10, reason: 有预案}
            """,
            zh: "B2\"风险及结果管理\"应恰有一个适用的指标，现有 0 个",
            en: "exactly one part of B2 \"风险及结果管理\" must apply, 0 do"
        ),
        .good(
            """
            fields:
              project: {evaluated_last_year: false}
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    items:
                      - code: B2
                        name: 风险及结果管理
                        max: 10
                        alternatives: true
                        items:
                          - {code: B21, name: 风险管理, max: 10, when: {field: /project/evaluated_last_year, equals: false}}
                          - {code: B22, name: 结果应用, max: 10, when: {field: /project/evaluated_last_year, equals: true}}
            tables:
              scores:
                - {rater: review, code: B21, points: 10, reason: 有预案}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for node in scoring.rubric.all where node.kind == .alternatives {
        let applicable = node.children.filter { $0.condition?.holds(in: scoring.dossier) == true }
        if applicable.count != 1 { findings.add(wrongAlternatives(node, applicable)) }
    }
}

private func wrongAlternatives(_ node: RubricNode, _ applicable: [RubricNode]) -> Finding {
    let fields = Set(node.children.compactMap { $0.condition?.field }).map { JSONPointer(["fields"] + $0.tokens) }
    let codes = applicable.map(\.code).joined(separator: ", ")
    return alternatives.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)\"\(node.name.zh)\"应恰有一个适用的指标，现有 \(applicable.count) 个",
            en: "exactly one part of \(node.code) \"\(node.name.en)\" must apply, \(applicable.count) do"
        ),
        subject: node.code,
        pointers: fields.sorted { $0.description < $1.description },
        expected: "1",
        found: codes.isEmpty ? "0" : codes,
        hint: LocalizedText(zh: "请填写条件所用的字段", en: "fill in the field that the conditions ask for")
    )
}
