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
    findings += pairs.map { inOtherWords(gone[$0.from].target, new[$0.to].target) }
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
        return leftOut(own.map(\.target), own.first?.kind)
    }
}
