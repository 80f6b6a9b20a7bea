import BudgetReview
import ReviewModel

/// Targets of one name and level that stand twice in a table: a slip when they agree, a contradiction when they do not.
func checkDuplicates(_ list: TargetList) -> [Finding] {
    var (findings, seen) = ([Finding](), [[String]: Target]())
    for target in list.items.map(\.target) {
        let key = [canonicalText(target.level1), canonicalText(target.level2), target.key]
        if let first = seen[key] {
            findings.append(duplicate(target, first))
        } else {
            seen[key] = target
        }
    }
    return findings
}

// MARK: - Messages

private func duplicate(_ target: Target, _ first: Target) -> Finding {
    let agree = target.value.reading == first.value.reading
    return Finding(
        rule: "target/duplicate",
        severity: agree ? .warning : .error,
        message: LocalizedText(
            zh: "\"\(target.name)\"重复" + (agree ? "" : "，目标值不一致：\(first.value.text) 和 \(target.value.text)"),
            en: "\"\(target.name)\" stands twice"
                + (agree ? "" : ", with different values: \(first.value.text) and \(target.value.text)")
        ),
        subject: target.name,
        pointers: [target.pointer, first.pointer],
        expected: first.value.text,
        found: target.value.text,
        hint: LocalizedText(zh: "请删去一条", en: "remove one of them")
    )
}
