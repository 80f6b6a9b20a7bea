import BudgetReview
import ReviewModel

/// Audits the amounts: every line with its cuts, deferrals and increases, every sum, product and rate recomputed, and
/// what documents state held against it.
struct DeductionAuditor: Scorer {
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

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        if !configuration.isNull { ValueReader(configuration, log: log).record()?.finish() }
        return log.diagnostics
    }

    func rules(_ configuration: Value) -> [Rule] { auditRules }

    func score(_ request: ScoringRequest) throws -> Assessment {
        let dossier = request.dossier
        let lines = BudgetLine.all(in: dossier)
        let deductions = Deduction.all(in: dossier)
        let adjustments = adjust(lines, by: deductions)
        let years = HistoryYear.all(in: dossier)
        let facts = try amountFacts(lines, adjustments, deductions) + feedbackFacts(deductions) + historyFacts(years)
        var findings = checkLines(lines)
        findings += try checkDeductions(deductions, of: lines)
        findings += try checkPrintedAudit(dossier, adjustments)
        findings += try checkFunding(dossier, lines)
        findings += try checkHistory(years)
        findings += try checkUnspent(years, lines)
        findings += try checkRetention(deductions, of: lines, request.rules)
        findings += try checkTails(years, lines, request.rules)
        findings += try checkRises(years, lines, deductions, request.rules)
        findings += try checkTreatment(years, lines, deductions, request.rules)
        findings += checkQuantities(lines, request.rules)
        findings += try checkExpectedRates(dossier, years, request.rules)
        findings += try checkPaidTails(years, lines) + checkNames(years, lines)
        findings += try checkRecurring(dossier, lines, years, request.rules)
        findings += try checkDeferrals(deductions, of: lines)
        findings += try checkFeedback(dossier, deductions)
        findings += try checkBases(deductions, of: lines, request.rules)
        findings += try compareDeclaredFigures(
            in: dossier,
            with: facts,
            prefixes: ["amounts", "lines", "groups", "history"]
        )
        return Assessment(adjustments: adjustments, findings: findings, facts: facts)
    }

    /// One adjustment a line, also where nothing is cut. Deductions of unknown lines are left to the checks; of two lines
    /// with one id the first has the deductions.
    private func adjust(_ lines: [BudgetLine], by deductions: [Deduction]) -> [Adjustment] {
        var parts: [String: [Adjustment.Part]] = [:]
        // What was given up in the feedback round is no part any more.
        for deduction in deductions where deduction.feedback?.finalAmount != 0 {
            parts[deduction.line, default: []].append(
                Adjustment.Part(kind: deduction.kind, amount: deduction.amount, reason: deduction.reason)
            )
        }
        return lines.map { line in
            Adjustment(
                subject: line.id,
                label: line.label,
                requested: line.amount,
                parts: parts.removeValue(forKey: line.id) ?? [],
                pointer: line.pointer
            )
        }
    }
}
