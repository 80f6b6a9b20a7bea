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
        findings.append(measureLost(old, new))
    }
    return findings
}

// MARK: - Messages

private func countsLost(_ declared: [Target], _ reviewed: [Target]) -> Finding {
    let lost = declared.map { "\($0.name) \($0.value.text)" }
    let values = reviewed.map(\.value.text)
    let left = values.enumerated().filter { values.firstIndex(of: $1) == $0 }.map(\.element).joined(separator: " / ")
    return Finding(
        rule: "target/quantification-lost",
        severity: .warning,
        message: LocalizedText(
            zh: "申报时可计数的数量目标（\(lost.joined(separator: "、"))）评审后不再计数",
            en: "what was counted when declared (\(lost.joined(separator: ", "))) is counted no longer after the review"
        ),
        subject: "quantity",
        pointers: reviewed.map { $0.pointer / "value" } + declared.map { $0.pointer / "value" },
        expected: declared.map(\.value.text).joined(separator: " / "),
        found: left,
        hint: LocalizedText(zh: "请在数量指标中保留具体数量", en: "keep the counts among the quantity targets")
    )
}

private func measureLost(_ declared: Target, _ reviewed: Target) -> Finding {
    Finding(
        rule: "target/measure-lost",
        severity: .warning,
        message: LocalizedText(
            zh: "\"\(declared.name)\"申报时为 \(declared.value.text)，评审后成为\"\(reviewed.value.text)\"，不再量化",
            en:
                "\"\(declared.name)\" was \(declared.value.text) when declared and is \"\(reviewed.value.text)\" after the review"
        ),
        subject: declared.name,
        pointers: [reviewed.pointer / "value", declared.pointer / "value"],
        expected: declared.value.text,
        found: reviewed.value.text,
        hint: LocalizedText(zh: "请恢复数值", en: "restore the figure")
    )
}
