import BudgetLines
import ReviewModel
import Rubrics

/// An item that does not apply to the project is scored.
let notApplicable = ScoreRule(
    "rubric/not-applicable",
    .error,
    title: LocalizedText(zh: "不适用的指标有得分", en: "points for what does not apply"),
    manual: LocalizedText(
        zh: """
            二选一（alternatives）中条件不成立（包括数据中没有该字段）的指标及其下级，以及评分人选了"不适用"档次的指标之下的各级，在表 scores 中都不应有该评分人的行，\
            写"不适用"档次的行也算。这些得分不计入总分。条件所用的字段本身是否正确不作核对。请改评适用的指标，或更正字段。
            """,
        en: """
            An alternative whose condition does not hold (for want of the field, too), all below it, and all below an item \
            that the rater has given a level "not applicable" must have no row of that rater in the table `scores`, not even one that says "not applicable". Such \
            scores do not count. Whether the field that the condition asks for is right is not seen. Score the alternative \
            that applies, or correct the field.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              project: {evaluated_last_year: true}
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
                - ↓{rater: review, code: B21, points: 10, reason: 有预案}
                - {rater: review, code: B22, points: 10, reason: 已整改}
            """,
            zh: "B21\"风险管理\"不适用于本项目，却有评分",
            en: "B21 \"风险管理\" does not apply here but is scored"
        ),
        .good(
            """
            fields:
              project: {evaluated_last_year: true}
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
                - {rater: review, code: B22, points: 10, reason: 已整改}
            """
        ),
        .good(
            """
            # 没有写明适用哪一个的，由 rubric/alternatives 提示。
            # That nothing says which applies is told by rubric/alternatives.
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
    // Where nothing says which alternative applies, that is the mistake, and it is told of what has to be filled in.
    let undecided = scoring.rubric.all.filter { node in
        node.kind == .alternatives
            && node.children.allSatisfy { child in
                child.condition.map { $0.holds(in: scoring.dossier) == nil } ?? false
            }
    }
    let codes = Set(undecided.flatMap(\.all).map(\.code))
    for case .notApplicable(let node, let entry) in scoring.remarks where !codes.contains(node.code) {
        findings.add(doesNotApply(node, entry))
    }
}

private func doesNotApply(_ node: RubricNode, _ entry: ScoreEntry) -> Finding {
    notApplicable.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)\"\(node.name.zh)\"不适用于本项目，却有评分",
            en: "\(node.code) \"\(node.name.en)\" does not apply here but is scored"
        ),
        subject: entry.subject,
        pointers: [entry.pointer],
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请改评适用的指标", en: "score the alternative that applies")
    )
}
