import BudgetLines
import ReviewModel

/// A rule of the deduction auditor.
typealias AuditRule = RuleCheck<Audit>

/// What the rules of the deduction auditor look at: the request, what was deducted from it, earlier years, and the figures that
/// follow.
struct Audit: Sendable {
    let dossier: Dossier
    /// Those that can be reckoned with.
    let lines: [BudgetLine]
    let deductions: [Deduction]
    /// Lines and deductions with amounts that are beyond all reckoning: a rule names them, and nothing else looks at them.
    let beyond: (lines: [BudgetLine], deductions: [Deduction])
    /// One a line, in the order of the lines.
    let adjustments: [Adjustment]
    /// Earliest first.
    let years: [HistoryYear]
    let facts: [Fact]
    /// The rows of the audit table as it was printed.
    let printed: [TableRow]
    /// The word that names a final payment: other rules leave those to ``tailWithoutBalance``.
    let tailWord: String

    /// What the amounts of the lines count, and all figures with them.
    let unit: String
    /// The lines by id, also those beyond reckoning; of two with one id the first.
    let line: [String: BudgetLine]
    let adjustment: [String: Adjustment]
    let deductionsByLine: [String: [Deduction]]
    /// The lines that earlier years know, by their history keys.
    let linesByKey: [String: [BudgetLine]]
    /// The last year on record, and its items by their history keys.
    let latest: HistoryYear?
    let latestItems: [String: [HistoryItem]]

    init(_ dossier: Dossier, _ settings: RuleSettings) throws(DecimalOverflow) {
        self.dossier = dossier
        let (allLines, allDeductions) = (BudgetLine.all(in: dossier), Deduction.all(in: dossier))
        lines = allLines.filter { $0.amount.isReckonable }
        deductions = allDeductions.filter { $0.amount.isReckonable && $0.proposed.isReckonable }
        beyond = (
            allLines.filter { !$0.amount.isReckonable },
            allDeductions.filter { !$0.amount.isReckonable || !$0.proposed.isReckonable }
        )
        unit = BudgetLine.unit(in: dossier)
        adjustments = adjust(lines, by: deductions, unit)
        years = HistoryYear.all(in: dossier, countingAsLines: true)
        let amounts = try amountFacts(lines, adjustments, deductions)
        // Of a report whose audit table nobody could read what was approved is not known.
        let isKnown = dossier.field("report", "audit_unread")?.boolean != true
        facts =
            try amounts.filter { isKnown || $0.id.hasSuffix(".requested") } + feedbackFacts(deductions, unit)
            + historyFacts(years, dossier.table("budget_lines") == nil ? HistoryYear.unit(in: dossier) : unit)
        printed = dossier.rows(of: "printed_audit")
        tailWord = settings[tailWithoutBalance.rule, "word"].scalarText ?? ""
        line = Dictionary(allLines.map { ($0.id, $0) }) { first, _ in first }
        adjustment = Dictionary(adjustments.map { ($0.subject, $0) }) { first, _ in first }
        deductionsByLine = Dictionary(grouping: deductions, by: \.line)
        linesByKey = Dictionary(grouping: lines.filter { $0.historyKey != nil }) { $0.historyKey ?? "" }
        latest = years.max { $0.year < $1.year }
        latestItems = Dictionary(grouping: latest?.items.filter { $0.historyKey != nil } ?? []) { $0.historyKey ?? "" }
    }

    /// What a reader knows the line of a deduction by: its label, and its id where others bear the same one; the id of a line that there is none of.
    func name(of deduction: Deduction) -> String {
        guard let label = line[deduction.line]?.label, !label.isEmpty else { return deduction.line }
        return lines.count { $0.label == label } == 1 ? label : "\(label)（\(deduction.line)）"
    }

    /// The items of the last year that are the same thing as a line; `nil` where there are none.
    func latestItems(like line: BudgetLine) -> [HistoryItem]? { line.historyKey.flatMap { latestItems[$0] } }

    /// The lines that ask for the same thing as an item of an earlier year.
    func lines(like item: HistoryItem) -> [BudgetLine] { item.historyKey.flatMap { linesByKey[$0] } ?? [] }

    /// The figures, for the rules about what documents state.
    var figures: ComputedFigures {
        ComputedFigures(dossier, facts, prefixes: ["amounts", "lines", "groups", "history"])
    }
}

/// One adjustment a line, also where nothing is cut. Deductions of unknown lines are left to the rules; of two lines with one id
/// the first has the deductions.
private func adjust(_ lines: [BudgetLine], by deductions: [Deduction], _ unit: String) -> [Adjustment] {
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
            pointer: line.pointer,
            unit: unit
        )
    }
}

extension ExactDecimal {
    /// Whether it is small and short enough for an amount: sums of a thousand such stay within what a review takes.
    var isReckonable: Bool {
        let short = withoutTrailingZeros
        return short.significand.magnitude.description.count - short.places <= 15 && short.places <= 12
    }
}

extension HistoryItem {
    /// Granted, and nothing paid.
    var isUntouched: Bool { adjusted > 0 && paid.isZero }
}

extension HistoryYear {
    /// When its payments were made: in the year, or until the day that they are counted to.
    var span: LocalizedText {
        guard isPartial, let cutOff else { return LocalizedText(zh: "\(year) 年", en: "in \(year)") }
        return LocalizedText(zh: "\(year) 年（截至 \(cutOff)）", en: "in \(year) until \(cutOff)")
    }
}
