internal import ReviewModel
internal import SpecLoading

extension ReviewFold {
    /// Gives the findings their ids and puts the spec's waivers on those that they are for. A waiver that is for nothing, or
    /// that has run out, is a finding itself. What says that the review is incomplete cannot be waived.
    func settle(_ review: inout Review) {
        review.findings.removeAll { Self.ownRules.contains($0.finding.rule) }
        review.findings = review.findings.settled()
        guard !spec.waivers.isEmpty else { return }
        var used = Set<Int>()
        let former = formerRules(of: review)
        let register = WaiverRegister(spec.waivers)
        let formerIDs = register.namesIDs ? review.findings.formerIDs(former) : [:]
        for position in review.findings.indices {
            let finding = review.findings[position]
            if finding.finding.severity == .blocker { continue }
            let (ids, rules) = (formerIDs[position] ?? [], former[finding.finding.rule] ?? [])
            guard let index = register.first(for: finding, formerly: ids, rules) else { continue }
            used.insert(index)
            if !hasRunOut(spec.waivers[index].waiver) { review.findings[position].waiver = spec.waivers[index].waiver }
        }
        let own = spec.waivers.enumerated().compactMap { index, request -> LocatedFinding? in
            if !used.contains(index) { return locate(unusedWaiver(request), at: request.pointer) }
            return hasRunOut(request.waiver) ? locate(expiredWaiver(request), at: request.pointer) : nil
        }
        review.findings = (review.findings + own).inOrder().settled()
    }

    /// The ids that rules had before, by those that they have now.
    private func formerRules(of review: Review) -> [String: [String]] {
        let told = review.catalogue.filter { !$0.aliases.isEmpty }.map { ($0.id, $0.aliases) }
        return Dictionary(told) { first, _ in first }.merging(spec.formerRules) { _, known in known }
    }

    /// What is said of waivers here.
    private static let ownRules = ["host/unused-waiver", "host/expired-waiver"]

    private func hasRunOut(_ waiver: Waiver) -> Bool {
        guard let expires = waiver.expires, let day = spec.asOf else { return false }
        return expires < day
    }

    /// A finding about the spec itself.
    private func locate(_ finding: Finding, at pointer: JSONPointer) -> LocatedFinding {
        let location = Location(document.place(at: pointer), path: pointer.dotted)
        return LocatedFinding(finding: finding, step: "", locations: [location])
    }
}

/// Waivers by what they are for: a town has thousands of them, and a review a hundred thousand findings.
private struct WaiverRegister {
    private var byID: [String: Int] = [:]
    private var bySubject: [[String]: Int] = [:]
    private var byRule: [String: Int] = [:]

    init(_ waivers: [WaiverRequest]) {
        for (index, waiver) in waivers.enumerated().reversed() {
            if let id = waiver.id {
                byID[id] = index
            } else if let rule = waiver.rule {
                if let subject = waiver.subject { bySubject[[rule, subject]] = index } else { byRule[rule] = index }
            }
        }
    }

    /// Whether a waiver names one finding by its id.
    var namesIDs: Bool { !byID.isEmpty }

    /// The first in the spec that covers a finding, under its own names or those that it had before.
    func first(for finding: LocatedFinding, formerly ids: [String], _ rules: [String]) -> Int? {
        let subject = finding.finding.subject
        let named = ([finding.id] + ids).map { byID[$0] }
        let meant = ([finding.finding.rule] + rules).flatMap { [bySubject[[$0, subject]], byRule[$0]] }
        return (named + meant).compactMap(\.self).min()
    }
}

// MARK: - Messages

private func name(_ request: WaiverRequest) -> String {
    request.id ?? ([request.rule] + [request.subject]).compactMap { $0 }.joined(separator: " ")
}

private func unusedWaiver(_ request: WaiverRequest) -> Finding {
    Finding(
        rule: "host/unused-waiver",
        severity: .warning,
        message: LocalizedText(
            zh: "豁免\(quoted(name(request)))没有对应的发现",
            en: "the waiver of \(quoted(name(request))) is for no finding"
        ),
        subject: name(request),
        pointers: [request.pointer],
        hint: LocalizedText(
            zh: "问题已解决则删去豁免，否则核对 rule 和 subject",
            en: "remove it if the matter is settled; else check rule and subject"
        )
    )
}

private func expiredWaiver(_ request: WaiverRequest) -> Finding {
    let day = request.waiver.expires?.description ?? ""
    return Finding(
        rule: "host/expired-waiver",
        severity: .warning,
        message: LocalizedText(
            zh: "豁免\(quoted(name(request)))已于 \(day) 到期，不再有效",
            en: "the waiver of \(quoted(name(request))) ran out on \(day) and counts no more"
        ),
        subject: name(request),
        pointers: [request.pointer],
        found: day,
        hint: LocalizedText(zh: "请重新批准，或解决问题", en: "have it approved again, or settle the matter")
    )
}
