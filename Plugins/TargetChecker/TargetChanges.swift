import ReviewModel
import Targets

/// What became of each declared target, and which are new.
struct TargetChanges: Sendable {
    /// Of the same name before and after.
    var kept: [(before: TargetList.Item, after: TargetList.Item)] = []
    /// Much alike in name.
    var reworded: [(before: TargetList.Item, after: TargetList.Item)] = []
    var dropped: [TargetList.Item] = []
    var added: [TargetList.Item] = []

    init(_ declared: TargetList, _ reviewed: TargetList) {
        var reviewedByName: [String: TargetList.Item] = [:]
        for item in reviewed.items where reviewedByName[item.target.key] == nil {
            reviewedByName[item.target.key] = item
        }
        var gone: [TargetList.Item] = []
        for item in declared.items {
            if let after = reviewedByName[item.target.key] { kept.append((item, after)) } else { gone.append(item) }
        }
        let declaredNames = Set(declared.items.map(\.target.key))
        let new = reviewed.items.filter { !declaredNames.contains($0.target.key) }
        let pairs = rewordings(gone, new)
        reworded = pairs.map { (gone[$0.from], new[$0.to]) }
        dropped = gone.indices.filter { index in !pairs.contains { $0.from == index } }.map { gone[$0] }
        added = new.indices.filter { index in !pairs.contains { $0.to == index } }.map { new[$0] }
    }
}

/// The ledger of changes between the declared and the reviewed targets, as the fact `targets.changes`: `{change, kind, before,
/// before_value, after, after_value}`, where `change` is `kept`, `revalued`, `reworded`,
/// `dropped` or `added`; what is not there is empty.
func ledger(_ changes: TargetChanges) -> Fact {
    func row(_ change: String, _ before: TargetList.Item?, _ after: TargetList.Item?) -> Value {
        [
            "change": .text(change), "kind": .text((before ?? after)?.kind?.name.zh ?? ""),
            "before": .text(before?.target.name ?? ""), "before_value": .text(before?.target.value.text ?? ""),
            "after": .text(after?.target.name ?? ""), "after_value": .text(after?.target.value.text ?? ""),
        ]
    }
    let kept = changes.kept.map { before, after in
        row(before.target.value.reading == after.target.value.reading ? "kept" : "revalued", before, after)
    }
    let rows =
        kept + changes.reworded.map { row("reworded", $0.before, $0.after) }
        + changes.dropped.map { row("dropped", $0, nil) } + changes.added.map { row("added", nil, $0) }
    return Fact(
        id: "targets.changes",
        label: LocalizedText(zh: "绩效目标的变化", en: "changes to the targets"),
        value: .list(rows)
    )
}

/// How alike two names must be to be taken for one target in other words, in percent.
private let rewordingThreshold = 60

/// Pairs of declared and reviewed targets of one kind with names much alike, the likest first, each target once.
private func rewordings(_ gone: [TargetList.Item], _ new: [TargetList.Item]) -> [(from: Int, to: Int)] {
    var candidates: [(likeness: Int, from: Int, to: Int)] = []
    let names = new.map { NamePairs($0.target.name) }
    for (from, old) in gone.enumerated() {
        let name = NamePairs(old.target.name)
        for (to, fresh) in new.enumerated() where old.kind?.code == fresh.kind?.code {
            let likeness = name.likeness(to: names[to])
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
