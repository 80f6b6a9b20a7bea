import BudgetLines
import CostNorms
import ReviewModel

/// A line that a norm is about, and why it was not held against it.
let notJudged = NormRule(
    "norm/not-judged",
    .info,
    title: LocalizedText(zh: "没有按标准核对的明细", en: "a line not held against its norm"),
    manual: LocalizedText(
        zh: """
            明细的名称表明是标准所限的支出，但单位、数量或计费基数不足以计算的，说明缺什么。补上（如"80人×2天×550元"，或单位"人·天"）后即可核对。\
            名称只在项目中、明细另有其名且单位不合的，不提示：那是该项目的其他开支。
            """,
        en: """
            A line whose name says that a norm is about it, and whose unit, quantity or base is not enough to compute with: what is \
            missing is said. With it (80人×2天×550元, or the unit 人·天) the line can be judged. Where only the group bears the name and \
            the unit does not fit, nothing is said: it is another expense of the group.
            """
    ),
    examples: [
        .bad(
            """
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 会议费, quantity: ↓1, unit: 项, unit_price: 96000.00, amount: 96000.00}
            """,
            zh: "\"会议费\"没有按会议标准核对：明细没有写明人、天的数目",
            en:
                "\"会议费\" was not held against the norm for meetings: neither its quantity nor its text says how many people, days"
        ),
        .good(
            """
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 会议费, quantity: 100, unit: 人·天, unit_price: 550.00, amount: 55000.00}
            """
        ),
    ],
    check: check
)

private func check(_ review: NormReview, _ findings: inout RuleFindings) {
    for (line, match, outcome) in review.judged {
        guard case .unjudged(let reason) = outcome, match.isOwn || !reason.isOfUnit else { continue }
        let (words, title, name) = (why(reason), match.item.title, line.line.label)
        findings.report(
            LocalizedText(
                zh: "\"\(name)\"没有按\(title.zh)标准核对：\(words.zh)",
                en: "\"\(name)\" was not held against the norm for \(title.en): \(words.en)"
            ),
            subject: line.line.id,
            pointers: [line.line.pointer / (reason.isOfUnit && !line.unit.isEmpty ? "quantity" : "amount")],
            hint: reason.hint
        )
    }
}

extension Unjudged {
    /// What would make it possible; `nil` where nobody knows.
    fileprivate var hint: LocalizedText? {
        switch self {
        case .noNorm: LocalizedText(zh: "请补充当地的标准", en: "add the town's own norm")
        case .noYear: LocalizedText(zh: "请写明预算年度", en: "say the budget year")
        case .noBase:
            LocalizedText(
                zh: "请在明细中写明计费额，或在设置 bases 中指明",
                en: "state the base in the line, or name its lines in the setting bases"
            )
        case .baseOutside, .tooLarge: nil
        default: LocalizedText(zh: "补写后可以核对", en: "with it the line can be judged")
        }
    }

    /// Whether the unit of measure does not fit the norm.
    fileprivate var isOfUnit: Bool {
        switch self {
        case .noUnit, .unknownUnit, .missing, .unclear, .unclearProduct: true
        case .noNorm, .noYear, .noQuantity, .noBase, .baseOutside, .tooLarge: false
        }
    }
}

// MARK: - Messages

private func why(_ reason: Unjudged) -> LocalizedText {
    switch reason {
    case .noNorm: LocalizedText(zh: "没有在本镇、本年度有效的标准", en: "no norm holds in this town and year")
    case .noYear: LocalizedText(zh: "不知道预算年度，无从选用标准", en: "the budget year is not known, so neither is the norm")
    case .noUnit: LocalizedText(zh: "没有写明计量单位", en: "it has no unit of measure")
    case .unknownUnit(let unit):
        LocalizedText(zh: "计量单位\"\(unit)\"不在标准的单位之内", en: "its unit of measure, \(unit), is none of the norms'")
    case .noQuantity: LocalizedText(zh: "没有数量", en: "it has no quantity")
    case .missing(let units):
        LocalizedText(
            zh: "明细没有写明\(units.map(\.zh).joined(separator: "、"))的数目",
            en: "neither its quantity nor its text says how many \(units.map(\.en).joined(separator: ", "))"
        )
    case .unclear(let unit):
        LocalizedText(
            zh: "\(unit.zh)的数目不明确，或不清楚是否相乘",
            en: "how many \(unit.en) there are, or whether they multiply, is not clear"
        )
    case .unclearProduct:
        LocalizedText(zh: "明细中的算式不止一个，或与金额不符", en: "its text has several products, or one that is not the amount")
    case .noBase: LocalizedText(zh: "不知道计费基数", en: "the base of the fee is not known")
    case .baseOutside(let base):
        LocalizedText(zh: "计费额 \(Money.yuan(base)) 元超出收费表", en: "the base, \(Money.yuan(base)), is beyond the table")
    case .tooLarge: LocalizedText(zh: "数字过大，无法计算", en: "its figures are too large to be computed with")
    }
}
