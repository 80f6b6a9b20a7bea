import BudgetReview
import ReviewModel

/// Values that nobody can hold the project to: none, words that say nothing checkable, words that are a matter of
/// judgement, and more than the whole.
///
/// One word for several targets of a kind is one finding. Values that `told` points at are passed over.
func checkValues(_ list: TargetList, _ settings: TargetSettings, except told: Set<JSONPointer>) -> [Finding] {
    var (findings, seen) = ([Finding](), Set<WordUse>())
    for item in list.items where !told.contains(item.target.pointer / "value") {
        let target = item.target
        switch target.value.reading {
        // 无 for a number of accidents is a value, though one that a number would state better.
        case .empty where canonicalText(target.value.text) != "无": findings.append(noValue(target))
        case .empty, .word:
            let use = WordUse(item)
            guard seen.insert(use).inserted else { continue }
            let targets = list.items.filter { WordUse($0) == use && !told.contains($0.target.pointer / "value") }
            let judge = settings.isVague(use.word) ? vagueValue : unmeasured
            findings.append(judge(use, targets.map(\.target)))
        case .quantity, .range, .deadline:
            guard let share = target.value.share, share > 100, !namesGrowth(target.key) else { continue }
            findings.append(aboveWhole(target))
        }
    }
    return findings
}

/// A word that stands for the value of targets of one kind.
private struct WordUse: Hashable {
    var kind: String
    var word: String

    init(_ item: TargetList.Item) {
        kind = item.kind?.code ?? canonicalText(item.target.level2)
        word = canonicalText(item.target.value.text)
    }
}

extension TargetSettings {
    /// The wholly known words come first: 建立健全 is judged as itself, though 健全 may be vague.
    fileprivate func isVague(_ word: String) -> Bool {
        if unmeasuredWords.contains(where: { canonicalText($0) == word }) { return false }
        return vagueWords.contains { word.contains(canonicalText($0)) }
    }
}

/// A change can be more than 100 %, a part of something cannot.
private func namesGrowth(_ name: String) -> Bool {
    ["增长", "增幅", "增加", "提升", "提高", "超额", "同比", "环比"].contains { name.contains($0) }
}

/// Targets that do not say where their value comes from.
func checkBases(_ list: TargetList) -> [Finding] {
    let missing = list.items.map(\.target).filter { canonicalText($0.basis).allSatisfy { "-/无".contains($0) } }
    // A form without a column for bases cannot be blamed for having none.
    return missing.count == list.items.count ? [] : missing.map(noBasis)
}

// MARK: - Messages

private func noValue(_ target: Target) -> Finding {
    Finding(
        rule: "target/no-value",
        severity: .error,
        message: LocalizedText(zh: "\"\(target.name)\"没有目标值", en: "\"\(target.name)\" has no target value"),
        subject: target.name,
        pointers: [target.pointer / "value"],
        found: target.value.text,
        hint: LocalizedText(zh: "请写明目标值", en: "state the value")
    )
}

private func vagueValue(_ use: WordUse, _ targets: [Target]) -> Finding {
    let names = Target.list(targets.map(\.name))
    return Finding(
        rule: "target/vague-value",
        severity: .warning,
        message: LocalizedText(
            zh: "\(names.zh)的目标值\"\(use.word)\"无法衡量",
            en: "\(names.en): \"\(use.word)\" cannot be measured"
        ),
        subject: "\(use.kind)/\(use.word)",
        pointers: targets.map { $0.pointer / "value" },
        found: use.word,
        hint: LocalizedText(
            zh: "请写明数值、比较的基准或衡量办法",
            en: "state a number, what it is compared with, or how it is measured"
        )
    )
}

private func unmeasured(_ use: WordUse, _ targets: [Target]) -> Finding {
    let names = Target.list(targets.map(\.name))
    return Finding(
        rule: "target/unmeasured-value",
        severity: .info,
        message: LocalizedText(
            zh: "\(names.zh)的目标值\"\(use.word)\"是定性描述，没有量化标准",
            en: "\(names.en): \"\(use.word)\" is a judgement, no measure"
        ),
        subject: "\(use.kind)/\(use.word)",
        pointers: targets.map { $0.pointer / "value" },
        found: use.word,
        hint: use.word == "无"
            ? LocalizedText(zh: "如指不发生，请写 0", en: "write 0 if it means that none may happen")
            : LocalizedText(zh: "如可能，请写明期限或数值", en: "state a date or a number where possible")
    )
}

private func aboveWhole(_ target: Target) -> Finding {
    Finding(
        rule: "target/above-hundred",
        severity: .warning,
        message: LocalizedText(
            zh: "\"\(target.name)\"的目标值 \(target.value.text) 超过 100%",
            en: "\"\(target.name)\": \(target.value.text) is more than 100%"
        ),
        subject: target.name,
        pointers: [target.pointer / "value"],
        expected: "≤ 100%",
        found: target.value.text,
        hint: LocalizedText(zh: "请核对目标值", en: "check the value")
    )
}

private func noBasis(_ target: Target) -> Finding {
    Finding(
        rule: "target/no-basis",
        severity: .warning,
        message: LocalizedText(
            zh: "\"\(target.name)\"没有目标值依据",
            en: "\"\(target.name)\" does not say what its value is based on"
        ),
        subject: target.name,
        pointers: [target.pointer / "basis"],
        hint: LocalizedText(
            zh: "请注明计划、行业标准、历史数据等依据",
            en: "name the plan, standard or history that it comes from"
        )
    )
}
