public import ReviewModel

/// A cut (核减), deferral (质保金 and the like) or increase (核增) of one budget line. Amounts count what those of the lines
/// do, and are positive.
public struct Deduction: Sendable {
    public var line: String
    public var kind: Adjustment.Kind
    /// What counts: the final amount where the feedback round gave one, else what was proposed. Zero for a deduction that was
    /// given up.
    public var amount: ExactDecimal
    /// What the review said before the applicant replied.
    public var proposed: ExactDecimal
    /// Why: the reason that goes with the amount that counts.
    public var reason: String
    /// What the review said why, before the applicant replied.
    public var firstReason: String
    /// What running text says of it at length; empty where that is the draft's, and the feedback round gave another reason.
    public var opinion: String
    public var pointer: JSONPointer
    public var feedback: Feedback?

    /// Where the amount that counts stands.
    public var amountPointer: JSONPointer {
        feedback.flatMap { $0.finalAmount == nil ? nil : $0.pointer / "final_amount" } ?? pointer / "amount"
    }

    /// Where the reason stands.
    public var reasonPointer: JSONPointer {
        feedback.flatMap { $0.finalReason == nil ? nil : $0.pointer / "final_reason" } ?? pointer / "reason"
    }

    /// The rows of the table `deductions`, in order, each with the reply and the answer to it.
    public static func all(in dossier: Dossier) -> [Deduction] {
        let scale = AmountScale("amount", of: "deductions", in: dossier)
        let deductions = dossier.rows(of: "deductions").map { row in
            Deduction(
                line: row.text("line"),
                kind: Adjustment.Kind(rawValue: row.text("kind")) ?? .cut,
                amount: scale(row.decimal("amount")) ?? 0,
                proposed: scale(row.decimal("amount")) ?? 0,
                reason: row.text("reason"),
                firstReason: row.text("reason"),
                opinion: row.text("opinion"),
                pointer: row.pointer
            )
        }
        let positions = Dictionary(grouping: deductions.indices) { deductions[$0].line }
        return Feedback.all(in: dossier).reduce(into: deductions) { deductions, feedback in
            let own = (positions[feedback.line] ?? []).filter {
                feedback.kind == nil || deductions[$0].kind == feedback.kind
            }
            guard own.count == 1 else { return }
            deductions[own[0]].feedback = feedback
            if let final = feedback.finalAmount { deductions[own[0]].amount = final }
            if let reason = feedback.finalReason {
                (deductions[own[0]].reason, deductions[own[0]].opinion) = (reason, "")
            }
        }
    }
}

/// One exchange of the feedback round (反馈意见): what the applicant replied to a deduction, what the reviewer answered, and the
/// amount that the deduction has in the end.
public struct Feedback: Sendable {
    public var line: String
    /// Which deduction of the line; needed where a line has several.
    public var kind: Adjustment.Kind?
    public var reply: String
    public var answer: String
    /// The deduction in the end, as the lines count; `nil` where it stays as proposed, 0 where it is given up.
    public var finalAmount: ExactDecimal?
    /// Why it is that much in the end; `nil` where the reason of the draft still says so.
    public var finalReason: String?
    public var pointer: JSONPointer

    /// The rows of the table `feedback`, in order.
    public static func all(in dossier: Dossier) -> [Feedback] {
        let scale = AmountScale("final_amount", of: "feedback", in: dossier)
        return dossier.rows(of: "feedback").map { row in
            Feedback(
                line: row.text("line"),
                kind: row.optionalText("kind").flatMap(Adjustment.Kind.init),
                reply: row.text("reply"),
                answer: row.text("answer"),
                finalAmount: scale(row.decimal("final_amount")),
                finalReason: row.optionalText("final_reason"),
                pointer: row.pointer
            )
        }
    }

    /// The deduction that is spoken of; `nil` where there is none, or where it could be several.
    public func position(in deductions: [Deduction]) -> Int? {
        let matching = deductions.indices.filter { index in
            deductions[index].line == line && (kind == nil || deductions[index].kind == kind)
        }
        return matching.count == 1 ? matching[0] : nil
    }
}
