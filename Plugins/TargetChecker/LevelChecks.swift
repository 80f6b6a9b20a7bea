import BudgetReview
import ReviewModel

/// Levels that contradict each other under the taxonomy, or that it does not know.
func checkLevels(_ list: TargetList) -> [Finding] {
    list.items.compactMap { item in
        switch item.classification {
        case .placed: nil
        case .misplaced(_, let under): contradiction(item.target, under: under)
        case .unknownLevel2(_, let known): unknownLevel(item.target, "level2", item.target.level2, known)
        case .unknown(let known): unknownLevel(item.target, "level1", item.target.level1, known)
        }
    }
}

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

private func contradiction(_ target: Target, under level1: [String]) -> Finding {
    Finding(
        rule: "target/level-contradiction",
        severity: .error,
        message: LocalizedText(
            zh: "“\(target.name)”：二级目标“\(target.level2)”不属于一级目标“\(target.level1)”",
            en: "\"\(target.name)\": \"\(target.level2)\" does not belong under \"\(target.level1)\""
        ),
        subject: target.name,
        pointers: [target.pointer / "level1", target.pointer / "level2"],
        expected: level1.joined(separator: " / "),
        found: target.level1,
        hint: LocalizedText(zh: "请更正一级或二级目标", en: "correct one of the two levels")
    )
}

private func unknownLevel(_ target: Target, _ column: String, _ level: String, _ known: [String]) -> Finding {
    Finding(
        rule: "target/unknown-level",
        severity: .warning,
        message: LocalizedText(
            zh: "“\(target.name)”：目标分类中没有“\(level)”",
            en: "\"\(target.name)\": the taxonomy has no \"\(level)\""
        ),
        subject: target.name,
        pointers: [target.pointer / column],
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
            zh: "申报表与评审后的目标采用不同版本的分类：\(kind.name.zh)指标由“\(old)”改列“\(new)”",
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
