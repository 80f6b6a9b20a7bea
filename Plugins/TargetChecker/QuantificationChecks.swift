import BudgetReview
import ReviewModel

/// Measures that were lost on the way from the declared to the reviewed targets: things that were counted (`2 个`,
/// `200 节`) and no longer are, or a figure that became a word.
func checkQuantification(
    _ declared: TargetList,
    _ reviewed: TargetList,
    _ settings: TargetSettings
) -> [Finding] {
    guard !declared.isEmpty, !reviewed.isEmpty else { return [] }
    var findings: [Finding] = []
    let after = reviewed.targets(ofKind: settings.quantityKind)
    let counted = declared.targets(ofKind: settings.quantityKind).filter(\.value.isCount)
    // Without any quantity target after the review, it is the kind that is missing.
    let isLost = !counted.isEmpty && !after.isEmpty && !after.contains(where: \.value.isCount)
    if isLost { findings.append(countsLost(counted, after)) }
    let told = isLost ? Set(counted.map(\.pointer)) : []
    for old in declared.items.map(\.target) where old.value.isMeasurable && !told.contains(old.pointer) {
        guard let new = reviewed.items.first(where: { $0.target.key == old.key })?.target, !new.value.isMeasurable
        else { continue }
        findings.append(noLongerMeasured(old, new))
    }
    return findings
}
