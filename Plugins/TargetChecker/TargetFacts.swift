import ReviewModel
import Targets

/// How many targets there are, of each kind and in all, how many of them can be measured, and which needed kinds are
/// missing: `targets.reviewed.count`, `targets.reviewed.quantity.measurable`, `targets.reviewed.social_benefit.count`,
/// `targets.declared.missing`.
func targetFacts(_ list: TargetList, _ settings: TargetSettings) -> [Fact] {
    guard !list.isEmpty else { return [] }
    let id = "targets.\(list.stage.rawValue)"
    var facts = counts(list.items.map(\.target), under: id, list.stage.name)
    for code in settings.taxonomy.codes {
        guard let kind = settings.taxonomy.name(of: code) else { continue }
        let words = LocalizedText(
            zh: "\(list.stage.name.zh)中的\(kind.zh)指标",
            en: "\(list.stage.name.en) of the kind \(kind.en)"
        )
        facts += counts(list.targets(ofKind: code), under: "\(id).\(code)", words)
    }
    let missing = settings.required.filter { list.targets(ofKind: $0.code).count < $0.minimum }.map(\.code)
    facts.append(
        Fact(
            id: "\(id).missing",
            label: LocalizedText(zh: "\(list.stage.name.zh)缺少的类别", en: "kinds missing from \(list.stage.name.en)"),
            value: .list(missing.map(Value.text)),
            sources: [list.pointer]
        )
    )
    return facts
}

private func counts(_ targets: [Target], under id: String, _ words: LocalizedText) -> [Fact] {
    let sources = targets.map(\.pointer)
    return [
        Fact(
            id: "\(id).count",
            label: LocalizedText(zh: "\(words.zh)个数", en: "number of \(words.en)"),
            value: .integer(targets.count),
            sources: sources
        ),
        Fact(
            id: "\(id).measurable",
            label: LocalizedText(zh: "其中可衡量的", en: "of them measurable"),
            value: .integer(targets.filter(\.value.isMeasurable).count),
            sources: sources
        ),
    ]
}
