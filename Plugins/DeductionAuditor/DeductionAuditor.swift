import BudgetLines
import PluginKit
import ReviewModel

/// Audits the amounts: every line with its cuts, deferrals and increases, every sum, product and rate recomputed, and
/// what documents state held against it.
struct DeductionAuditor: RuleScorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "deduction-auditor",
        summary: "audits amounts: cuts and increases by line, sums, rates, history (预算审核)",
        reads: [
            "budget_lines", "deductions", "feedback", "printed_audit", "declared_figures", "funding", "history",
            "history_years",
        ],
        requires: ["budget_lines"],
        configSchema: [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": [:],
            "additionalProperties": false,
        ]
    )

    func rules(_ settings: NoSettings) -> RuleSet<Audit> { auditRules }

    func subject(_ request: ScoringRequest, _ settings: NoSettings) throws -> Audit {
        if let mistake = unknownRate(in: request.dossier) { throw InvalidSettings(diagnostics: [mistake]) }
        return try Audit(request.dossier, request.rules)
    }

    func complete(_ assessment: inout Assessment, with audit: Audit) {
        // Of two lines with one id the first stands for it: nobody could tell two adjustments of one name apart.
        var seen = Set<String>()
        assessment.adjustments = audit.adjustments.filter { seen.insert($0.subject).inserted }
        assessment.facts = audit.facts
    }
}

/// Columns of amounts that are reckoned together with those of the budget lines, by tables.
private let amountColumns = [
    ("budget_lines", ["unit_price"]), ("deductions", ["amount"]), ("feedback", ["final_amount"]),
    ("printed_audit", ["requested", "approved", "deducted"]), ("funding", ["amount"]),
    ("history", ["adjusted", "paid"]),
    ("history_years", ["declared_adjusted", "declared_paid"]),
]

/// What is wrong where amounts of two currencies or measures would have to be added; tables without rows add nothing.
private func unknownRate(in dossier: Dossier) -> ConfigurationDiagnostic? {
    for (table, columns) in amountColumns where !dossier.rows(of: table).isEmpty {
        for column in columns where !AmountScale(column, of: table, in: dossier).isKnown {
            let unit = dossier.table(table)?.schema.columns.first { $0.name == column }?.unit ?? ""
            return otherUnit("\(table).\(column)", unit, BudgetLine.unit(in: dossier))
        }
    }
    return nil
}

private func otherUnit(_ column: String, _ unit: String, _ lines: String) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/other-unit",
        message: LocalizedText(
            zh: "表单中 \(column) 的单位是 \(unit)，budget_lines.amount 的单位是 \(lines)：没有汇率，不能合在一起计算",
            en: "the form has \(column) in \(unit) and budget_lines.amount in \(lines): no rate is known for both"
        ),
        pointer: JSONPointer([]),
        help: LocalizedText(
            zh: "请在表单中改用同一种货币（其倍数如 CNY-wan 可以混用，自动换算）",
            en: "give both one currency in the form; multiples of it, such as CNY-wan, may be mixed and are converted"
        )
    )
}
