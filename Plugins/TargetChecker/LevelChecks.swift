import BudgetReview
import ReviewModel

/// Levels that contradict each other under the taxonomy, or that it does not know: one finding a pair of levels,
/// however many targets stand under it.
func checkLevels(_ list: TargetList) -> [Finding] {
    var (groups, order) = ([[String]: [TargetList.Item]](), [[String]]())
    for item in list.items {
        let levels = pair(item.target)
        if groups[levels] == nil { order.append(levels) }
        groups[levels, default: []].append(item)
    }
    return order.compactMap { levels in
        let items = groups[levels] ?? []
        let (targets, subject) = (items.map(\.target), ([list.stage.rawValue] + levels).joined(separator: "/"))
        switch items.first?.classification {
        case .placed, nil: return nil
        case .misplaced(_, let under): return contradiction(targets, subject, under: under)
        case .unknownLevel2(_, let known): return notInTaxonomy(targets, subject, "level2", known)
        case .unknown(let known): return notInTaxonomy(targets, subject, "level1", known)
        }
    }
}

private func pair(_ target: Target) -> [String] { [canonicalText(target.level1), canonicalText(target.level2)] }

/// Kinds that the declared and the reviewed targets put in places of different versions of the form: what stands under
/// one first level in one table stands under another in the other.
func checkVersions(_ declared: TargetList, _ reviewed: TargetList) -> [Finding] {
    var (findings, seen) = ([Finding](), Set<String>())
    for item in declared.items {
        guard case .placed(let kind, let place) = item.classification, !place.version.isEmpty,
            !seen.contains(kind.code)
        else { continue }
        for other in reviewed.items {
            guard case .placed(kind, let otherPlace) = other.classification, otherPlace.version != place.version,
                !otherPlace.version.isEmpty, otherPlace.level1 != place.level1, seen.insert(kind.code).inserted
            else { continue }
            findings.append(moved(kind, item.target, other.target))
        }
    }
    return findings
}
