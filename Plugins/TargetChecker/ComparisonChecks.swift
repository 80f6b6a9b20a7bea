import BudgetReview
import ReviewModel

/// What became of the declared targets: kept with another value, reworded, or dropped. Changing targets is what a
/// review is for; it should be seen, not blamed. Declared values that `told` points at are passed over.
func compareTargets(_ declared: TargetList, _ reviewed: TargetList, except told: Set<JSONPointer>) -> [Finding] {
    guard !declared.isEmpty, !reviewed.isEmpty else { return [] }
    var findings: [Finding] = []
    var reviewedByName: [String: TargetList.Item] = [:]
    for item in reviewed.items where reviewedByName[item.target.key] == nil { reviewedByName[item.target.key] = item }
    let declaredNames = Set(declared.items.map(\.target.key))
    var gone: [TargetList.Item] = []
    for item in declared.items {
        guard let kept = reviewedByName[item.target.key] else {
            gone.append(item)
            continue
        }
        if kept.target.value.reading != item.target.value.reading, !told.contains(item.target.pointer / "value") {
            findings.append(revalued(item.target, kept.target))
        }
    }
    let new = reviewed.items.filter { !declaredNames.contains($0.target.key) }
    let pairs = rewordings(gone, new)
    findings += pairs.map { reworded(gone[$0.from].target, new[$0.to].target) }
    let rest = gone.indices.filter { index in !pairs.contains { $0.from == index } }.map { gone[$0] }
        .filter { !told.contains($0.target.pointer / "value") }
    return findings + droppedByKind(rest)
}

/// How alike two names must be to be taken for one target in other words, in percent.
private let rewordingThreshold = 60

/// Pairs of declared and reviewed targets of one kind with names much alike, the likest first, each target once.
private func rewordings(_ gone: [TargetList.Item], _ new: [TargetList.Item]) -> [(from: Int, to: Int)] {
    var candidates: [(likeness: Int, from: Int, to: Int)] = []
    for (from, old) in gone.enumerated() {
        for (to, fresh) in new.enumerated() where old.kind?.code == fresh.kind?.code {
            let likeness = Target.likeness(old.target.name, fresh.target.name)
            if likeness >= rewordingThreshold { candidates.append((likeness, from, to)) }
        }
    }
    candidates.sort { ($1.likeness, $0.from, $0.to) < ($0.likeness, $1.from, $1.to) }
    var (pairs, usedFrom, usedTo) = ([(from: Int, to: Int)](), Set<Int>(), Set<Int>())
    for candidate in candidates where !usedFrom.contains(candidate.from) && !usedTo.contains(candidate.to) {
        usedFrom.insert(candidate.from)
        usedTo.insert(candidate.to)
        pairs.append((candidate.from, candidate.to))
    }
    return pairs.sorted { $0.from < $1.from }
}

/// One finding a kind, for a rewritten set of targets would else bury everything else.
private func droppedByKind(_ items: [TargetList.Item]) -> [Finding] {
    var codes: [String] = []
    for item in items where !codes.contains(item.kind?.code ?? "") { codes.append(item.kind?.code ?? "") }
    return codes.map { code in
        let own = items.filter { ($0.kind?.code ?? "") == code }
        return dropped(own.map(\.target), own.first?.kind)
    }
}

// MARK: - Messages

private func revalued(_ declared: Target, _ reviewed: Target) -> Finding {
    Finding(
        rule: "target/value-changed",
        severity: .info,
        message: LocalizedText(
            zh: "\"\(declared.name)\"的目标值由 \(declared.value.text) 改为 \(reviewed.value.text)",
            en: "the value of \"\(declared.name)\" was changed from \(declared.value.text) to \(reviewed.value.text)"
        ),
        subject: declared.name,
        pointers: [reviewed.pointer / "value", declared.pointer / "value"],
        expected: declared.value.text,
        found: reviewed.value.text
    )
}

private func reworded(_ declared: Target, _ reviewed: Target) -> Finding {
    Finding(
        rule: "target/reworded",
        severity: .info,
        message: LocalizedText(
            zh: "申报的\"\(declared.name)\"在评审后似改为\"\(reviewed.name)\"",
            en: "the declared \"\(declared.name)\" seems to have become \"\(reviewed.name)\""
        ),
        subject: declared.name,
        pointers: [reviewed.pointer / "name", declared.pointer / "name"],
        expected: declared.name,
        found: reviewed.name
    )
}

private func dropped(_ targets: [Target], _ kind: TargetKind?) -> Finding {
    let names = Target.list(targets.map(\.name))
    let kindName = kind?.name ?? LocalizedText(zh: "未分类", en: "unknown kind")
    return Finding(
        rule: "target/dropped",
        severity: .info,
        message: LocalizedText(
            zh: "申报的 \(targets.count) 个\(kindName.zh)指标在评审后不再列出：\(names.zh)",
            en: "\(targets.count) declared of the kind \(kindName.en) are not among the reviewed targets: \(names.en)"
        ),
        subject: kind?.code ?? "",
        pointers: targets.map(\.pointer),
        hint: LocalizedText(zh: "如系有意删改，请在报告中说明", en: "if that is meant, the report should say so")
    )
}
