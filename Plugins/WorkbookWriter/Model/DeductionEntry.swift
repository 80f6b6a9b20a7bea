import BudgetLines
import ExcelBooks
import ReviewModel

/// A cut, deferral or increase as the working papers list it: given up ones, too.
struct DeductionEntry {
    var line: String
    var kind: Adjustment.Kind
    /// What counts in the review: 0 for a deduction that was given up.
    var amount: ExactDecimal
    /// What stood there before the applicant replied.
    var proposed: ExactDecimal
    var reason: String
    /// Its row in the table `deductions`; `nil` for one that a scorer made by itself.
    var row: Int?
    /// The row of the table `feedback` that settles it.
    var feedback: Int?
    /// The line among the entries of ``LineList``; `nil` where the review does not count it.
    var position: Int?

    /// The rows of the table `deductions`, then what the review has beyond them.
    static func all(_ lines: LineList, _ dossier: Dossier) -> [DeductionEntry] {
        // What the review counts, by line; each is used up by the row that it comes from.
        var parts: [String: [Adjustment.Part]] = [:]
        for entry in lines.entries {
            guard let adjustment = entry.adjustment, !adjustment.parts.isEmpty else { continue }
            parts[adjustment.subject, default: []] += adjustment.parts
        }
        var entries = Deduction.all(in: dossier).map { deduction -> DeductionEntry in
            var entry = DeductionEntry(
                line: deduction.line,
                kind: deduction.kind,
                amount: deduction.amount,
                proposed: deduction.proposed,
                reason: deduction.reason,
                row: rowNumber(deduction.pointer),
                feedback: deduction.feedback.flatMap { rowNumber($0.pointer) },
                position: lines.positions[deduction.line]
            )
            let found = parts[deduction.line]?.firstIndex {
                $0.kind == deduction.kind && $0.amount == deduction.amount
            }
            if let found {
                parts[deduction.line]?.remove(at: found)
            } else if !deduction.amount.isZero {
                entry.position = nil
            }
            return entry
        }
        for line in lines.entries {
            guard let subject = line.adjustment?.subject, let rest = parts.removeValue(forKey: subject) else {
                continue
            }
            entries += rest.map { part in
                DeductionEntry(
                    line: subject,
                    kind: part.kind,
                    amount: part.amount,
                    proposed: part.amount,
                    reason: part.reason,
                    position: lines.positions[subject]
                )
            }
        }
        return entries
    }

    /// Whether a spreadsheet can reckon with it.
    var isExact: Bool { amount.cellNumber != nil && proposed.cellNumber != nil }
}

/// The row that a pointer such as `/tables/deductions/3` names.
func rowNumber(_ pointer: JSONPointer) -> Int? {
    let tokens = pointer.tokens
    return tokens.count >= 3 ? Int(tokens[2]) : nil
}
