import BudgetLines
import ReviewModel

/// A request in which nothing is asked for.
let noLine = AuditRule(
    "arithmetic/no-line",
    .error,
    title: LocalizedText(zh: "没有预算明细", en: "a request without a line"),
    manual: LocalizedText(
        zh: """
            预算明细（budget_lines）一行也没有，没有可以评审的金额。请填写明细，或检查所读的表格是否只有表头。
            """,
        en: """
            `budget_lines` has no row at all, so there is no amount to review. Fill it in, or see whether the file that it is \
            read from has a head only.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines: ↓[]
            """,
            zh: "预算明细一行也没有，没有可以评审的金额",
            en: "there is no budget line, and so no amount to review"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    guard audit.dossier.table("budget_lines") != nil, audit.lines.isEmpty, audit.beyond.lines.isEmpty else { return }
    findings.add(
        noLine.rule.finding(
            message: LocalizedText(
                zh: "预算明细一行也没有，没有可以评审的金额",
                en: "there is no budget line, and so no amount to review"
            ),
            subject: "budget_lines",
            pointers: [JSONPointer(["tables", "budget_lines"])],
            hint: LocalizedText(
                zh: "请填写预算明细，或检查所读的表格是否只有表头",
                en: "fill in the lines, or see whether the file that they are read from has a head only"
            )
        )
    )
}
