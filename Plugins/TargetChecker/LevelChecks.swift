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
        case .unknownLevel2(_, let known): return unknownLevel(targets, subject, "level2", known)
        case .unknown(let known): return unknownLevel(targets, subject, "level1", known)
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

// MARK: - Messages

private func contradiction(_ targets: [Target], _ subject: String, under level1: [String]) -> Finding {
    let (first, second) = (targets.first?.level1 ?? "", targets.first?.level2 ?? "")
    let names = Target.list(targets.map(\.name))
    return Finding(
        rule: "target/level-contradiction",
        severity: .error,
        message: LocalizedText(
            zh: "\(names.zh)：二级目标\"\(second)\"不属于一级目标\"\(first)\"",
            en: "\(names.en): \"\(second)\" does not belong under \"\(first)\""
        ),
        subject: subject,
        pointers: targets.flatMap { [$0.pointer / "level1", $0.pointer / "level2"] },
        expected: level1.joined(separator: " / "),
        found: first,
        hint: LocalizedText(zh: "请更正一级或二级目标", en: "correct one of the two levels")
    )
}

private func unknownLevel(_ targets: [Target], _ subject: String, _ column: String, _ known: [String]) -> Finding {
    let level = targets.first.map { column == "level1" ? $0.level1 : $0.level2 } ?? ""
    let names = Target.list(targets.map(\.name))
    return Finding(
        rule: "target/unknown-level",
        severity: .warning,
        message: LocalizedText(
            zh: "\(names.zh)：目标分类中没有\"\(level)\"",
            en: "\(names.en): the taxonomy has no \"\(level)\""
        ),
        subject: subject,
        pointers: targets.map { $0.pointer / column },
        found: level,
        hint: suggestion(for: level, among: known)
    )
}

private func moved(_ kind: TargetKind, _ declared: Target, _ reviewed: Target) -> Finding {
    let (old, new) = ("\(declared.level1) / \(declared.level2)", "\(reviewed.level1) / \(reviewed.level2)")
    return Finding(
        rule: "target/forms-differ",
        severity: .info,
        message: LocalizedText(
            zh: "申报表与评审后的目标采用不同版本的分类：\(kind.name.zh)指标由\"\(old)\"改列\"\(new)\"",
            en:
                "the two tables follow different versions of the form: \(kind.name.en) stands under \"\(old)\", then \"\(new)\""
        ),
        subject: kind.code,
        pointers: [reviewed.pointer / "level1", declared.pointer / "level1"],
        expected: old,
        found: new,
        hint: LocalizedText(zh: "请统一为一个版本", en: "follow one version in both")
    )
}
