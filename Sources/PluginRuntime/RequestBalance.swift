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
    package mutating func take(_ assessment: Assessment, isSilenced: Bool) -> LocalizedText? {
        count += 1
        told.add(assessment.findings)
        for adjustment in assessment.adjustments {
            if let detail = take(adjustment, isSilenced) {
                return LocalizedText(
                    zh: "\"\(adjustment.subject)\"的调整：\(detail.zh)",
                    en: "adjustment of \"\(adjustment.subject)\": \(detail.en)"
                )
            }
        }
        return nil
    }

    private mutating func take(_ adjustment: Adjustment, _ isSilenced: Bool) -> LocalizedText? {
        if let complaint = adjustment.figureComplaint { return complaint }
        let earlier = lines[adjustment.subject]
        if let earlier, earlier.requested != adjustment.requested {
            // Of two steps that state different requests the first counts, and a finding says so (ReviewFold).
            guard earlier.taken == count else { return nil }
            return LocalizedText(
                zh: "出现两次，请求的金额不同：\(earlier.requested) 与 \(adjustment.requested)",
                en: "it stands twice, with different requests: \(earlier.requested) and \(adjustment.requested)"
            )
        }
        var line = earlier ?? Line(requested: adjustment.requested, left: adjustment.requested, taken: count)
        let before = line.left
        let isTold = isSilenced || told.tell(of: adjustment.subject, at: adjustment.pointer)
        for part in adjustment.parts {
            if part.amount.isNegative, !isTold {
                let name = part.kind.inFull
                return LocalizedText(
                    zh: "\(name.zh)为 \(part.amount)；金额一律写正数，增减由种类表示",
                    en: "\(name.en) is \(part.amount); amounts are positive, their kind says which way they count"
                )
            }
            // Figures were looked at: their sums stay exact.
            if part.kind != .increase, let left = try? line.left - part.amount { line.left = left }
        }
        lines[adjustment.subject] = line
        let least = line.requested.isNegative ? line.requested : 0
        guard !isTold, line.left < least, line.left < before else { return nil }
        let isFirst = earlier == nil
        return LocalizedText(
            zh: "请求 \(line.requested)，减去\(isFirst ? "" : "这些和此前")的减少额后剩 \(line.left)",
            en:
                "of \(line.requested) that were requested, the cuts\(isFirst ? "" : " with those before it") leave \(line.left)"
        )
    }
}
