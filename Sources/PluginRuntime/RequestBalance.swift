package import ReviewModel

/// What cuts leave of each request, as assessments are taken one after another: each adjustment may be right by itself, and
/// all together take more than there is.
package struct RequestBalance: Sendable {
    private struct Line {
        var requested: ExactDecimal
        /// The request less what is cut and deferred. What is granted beyond it makes no room for cuts.
        var left: ExactDecimal
        /// Which assessment spoke of it first.
        var taken: Int
    }

    private var lines: [String: Line] = [:]
    private var told = ToldErrors([])
    private var count = 0

    package init() {}

    /// Takes the adjustments of one more assessment.
    ///
    /// - Parameter isSilenced: whether the spec has switched rules off, so that an error may be missing on purpose.
    /// - Returns: the first adjustment that no scorer can mean, in a few words; `nil` when all make sense.
    package mutating func take(_ assessment: Assessment, isSilenced: Bool) -> String? {
        count += 1
        told.add(assessment.findings)
        for adjustment in assessment.adjustments {
            if let detail = take(adjustment, isSilenced) { return "adjustment of \"\(adjustment.subject)\": \(detail)" }
        }
        return nil
    }

    private mutating func take(_ adjustment: Adjustment, _ isSilenced: Bool) -> String? {
        if let complaint = adjustment.figureComplaint { return complaint }
        let earlier = lines[adjustment.subject]
        if let earlier, earlier.requested != adjustment.requested {
            // Of two steps that state different requests the first counts, and a finding says so (ReviewFold).
            guard earlier.taken == count else { return nil }
            return "it stands twice, with different requests: \(earlier.requested) and \(adjustment.requested)"
        }
        var line = earlier ?? Line(requested: adjustment.requested, left: adjustment.requested, taken: count)
        let before = line.left
        let isTold = isSilenced || told.tell(of: adjustment.subject, at: adjustment.pointer)
        for part in adjustment.parts {
            if part.amount.isNegative, !isTold {
                return
                    "the \(part.kind.rawValue) is \(part.amount); amounts are positive, their kind says which way they "
                    + "count"
            }
            // Figures were looked at: their sums stay exact.
            if part.kind != .increase, let left = try? line.left - part.amount { line.left = left }
        }
        lines[adjustment.subject] = line
        let least = line.requested.isNegative ? line.requested : 0
        guard !isTold, line.left < least, line.left < before else { return nil }
        let earlierCuts = earlier == nil ? "" : " with those before it"
        return "of \(line.requested) that were requested, the cuts\(earlierCuts) leave \(line.left)"
    }
}
