import BudgetReview
import ReviewModel

/// A printed figure of the audit table that is not what was computed.
let printedDiffers = Rule(
    "deduction/printed-differs",
    .error,
    title: LocalizedText(zh: "预算审核表所印与计算不符", en: "the printed audit table differs from what was computed"),
    manual: LocalizedText(
        zh: """
            printed_audit 每行的申报、审核、核减金额和核减率应等于由 deductions 算出的数，金额一分不差，核减率两\
            位小数。请更正原表或核减。
            """,
        en: """
            Each figure of `printed_audit` must be the one computed from `deductions`: amounts to the fen, \
            rates to two places. Correct the table or the deduction.
            """
    )
)

func printsOtherwise(
    _ adjustment: Adjustment,
    _ name: LocalizedText,
    _ expected: String,
    _ found: String,
    at pointer: JSONPointer
) -> Finding {
    printedDiffers.finding(
        message: LocalizedText(
            zh: "预算审核表中\"\(adjustment.label)\"的\(name.zh)为 \(found)，应为 \(expected)",
            en: "the audit table prints \(found) as the \(name.en) of \"\(adjustment.label)\", it should be \(expected)"
        ),
        subject: adjustment.subject,
        pointers: [pointer],
        expected: expected,
        found: found,
        hint: LocalizedText(zh: "请更正表格或核减明细", en: "correct the table or the deductions")
    )
}
