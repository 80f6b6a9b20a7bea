import BudgetLines
import CostNorms
import ReviewModel

/// A product in a line's text that is not the line's amount.
let productDiffers = NormRule(
    "norm/product-differs",
    .warning,
    title: LocalizedText(zh: "明细中的算式与金额不符", en: "the product in the text is not the amount"),
    manual: LocalizedText(
        zh: """
            明细中写有"80人×2天×550元"之类算式的，重新计算，与金额和单价相比；与两者都不同的列出。写明"其中"的、与其他算式相加的不检查。\
            请更正算式或金额。
            """,
        en: """
            A product in the text of a line, such as 80人×2天×550元, is computed and held against the amount and the unit price; one \
            that is neither is listed. A part (其中) and a term of a sum are left out. Correct the product or the amount.
            """
    ),
    examples: [
        .bad(
            """
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 会议费, detail: 80人×2天×550元, quantity: 1, unit: 场, unit_price: 96000.00, amount: ↓96000.00}
            """,
            zh: "\"80人×2天×550元\"：80人×2天×550元 = 88,000.00 元，金额为 96,000.00 元",
            en: "\"80人×2天×550元\": 80人×2天×550元 = 88,000.00, the amount is 96,000.00"
        ),
        .good(
            """
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 会议费, detail: 80人×2天×550元, quantity: 1, unit: 场, unit_price: 88000.00, amount: 88000.00}
            """
        ),
    ],
    check: check
)

private func check(_ review: NormReview, _ findings: inout RuleFindings) {
    for (line, match) in zip(review.lines, review.matches) {
        guard let wrong = review.reader.wrongProduct(line, match) else { continue }
        let (product, amount) = (Money.yuan(wrong.product), Money.yuan(line.line.amount))
        findings.report(
            LocalizedText(
                zh: "\"\(line.line.label)\"：\(wrong.written) = \(product) 元，金额为 \(amount) 元",
                en: "\"\(line.line.label)\": \(wrong.written) = \(product), the amount is \(amount)"
            ),
            subject: line.line.id,
            pointers: [line.line.pointer / "amount"],
            expected: product,
            found: amount,
            hint: LocalizedText(zh: "请更正算式或金额", en: "correct the product or the amount")
        )
    }
}
