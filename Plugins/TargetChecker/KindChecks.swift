import BudgetReview
import ReviewModel

/// No targets at all: nothing to grant money for.
func checkPresence(_ declared: TargetList, _ reviewed: TargetList) -> [Finding] {
    declared.isEmpty && reviewed.isEmpty ? [noTargets(reviewed)] : []
}

/// Kinds that a set of targets must have and has not, or has too few of. Where the declared targets had the kind, they
/// are pointed at, too.
func checkKinds(_ list: TargetList, _ settings: TargetSettings, before declared: TargetList) -> [Finding] {
    settings.required.compactMap { code, minimum in
        let count = list.targets(ofKind: code).count
        guard count < minimum, let name = settings.taxonomy.name(of: code) else { return nil }
        var finding = tooFew(code, name, count, minimum, list)
        if list.stage == .reviewed, count == 0 {
            finding.pointers += declared.targets(ofKind: code).map { $0.pointer / "value" }
        }
        return finding
    }
}

/// Needed kinds that have targets, but none of which can be measured: a kind that is there in name only.
func checkMeasures(_ list: TargetList, _ settings: TargetSettings) -> [Finding] {
    var (findings, told) = ([Finding](), Set<JSONPointer>())
    for (code, _) in settings.required {
        // Values that are not there at all are findings of their own.
        let targets = list.targets(ofKind: code).filter { $0.value.reading != .empty }
        guard let name = settings.taxonomy.name(of: code), !targets.isEmpty,
            !targets.contains(where: \.value.isMeasurable), !targets.allSatisfy({ told.contains($0.pointer) })
        else { continue }
        told.formUnion(targets.map(\.pointer))
        findings.append(nothingMeasured(code, name, targets, list))
    }
    return findings
}
