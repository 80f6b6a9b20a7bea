import CostNorms
import ReviewModel

/// A line in the setting `bases` that there is not.
let unknownBase = NormRule(
    "norm/unknown-base",
    .error,
    title: LocalizedText(zh: "计费基数所指的明细不存在", en: "a base that is no line"),
    manual: LocalizedText(
        zh: """
            设置 bases 中的编号应是预算明细的编号。请更正设置。
            """,
        en: """
            The ids in the setting bases must be those of budget lines. Correct the setting.
            """
    ),
    examples: [
        .bad(
            """
            fields: {project: {name: 修缮, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 修缮, quantity: 1, unit_price: 100000.00, amount: 100000.00}
            pipeline:
              norms: {use: norm-checker, with: {prices: !include ../prices/national.yaml, bases: {L1: ↓[L9]}}}
            """,
            zh: "设置 bases 指明 L1 的基数为 L9，预算明细中没有 L9",
            en: "the setting bases has L1 as a share of L9; there is no line L9"
        ),
        .good(
            """
            fields: {project: {name: 修缮, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 修缮, quantity: 1, unit_price: 5000000.00, amount: 5000000.00}
                - {id: L2, group: 设计费, quantity: 1, unit_price: 100000.00, amount: 100000.00}
            pipeline:
              norms: {use: norm-checker, with: {prices: !include ../prices/national.yaml, bases: {L2: [L1]}}}
            """
        ),
    ],
    check: check
)

private func check(_ review: NormReview, _ findings: inout RuleFindings) {
    for (line, base) in review.unknownBases {
        findings.report(
            LocalizedText(
                zh: "设置 bases 指明 \(line) 的基数为 \(base)，预算明细中没有 \(base)",
                en: "the setting bases has \(line) as a share of \(base); there is no line \(base)"
            ),
            subject: line,
            pointers: [JSONPointer() / "config" / "bases" / line],
            found: base,
            hint: LocalizedText(zh: "请更正设置", en: "correct the setting")
        )
    }
}
