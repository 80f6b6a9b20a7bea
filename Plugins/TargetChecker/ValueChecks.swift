import BudgetReview
import ReviewModel

/// Values that nobody can hold the project to: none, words that say nothing checkable, words that are a matter of
/// judgement, and more than the whole.
func checkValues(_ list: TargetList, _ settings: TargetSettings) -> [Finding] {
    list.items.compactMap { item in
        let target = item.target
        switch target.value.reading {
        case .empty: return noValue(target)
        case .word(let word):
            // The wholly known words come first: 健全 is judged as 健全, though 建立健全 may be another.
            if settings.unmeasuredWords.contains(where: { canonicalText($0) == word }) { return unmeasured(target) }
            let vague = settings.vagueWords.contains { word.contains(canonicalText($0)) }
            return vague ? vagueValue(target) : unmeasured(target)
        case .quantity, .range, .deadline:
            guard let share = target.value.share, share > 100, !namesGrowth(target.key) else { return nil }
            return aboveWhole(target)
        }
    }
}

/// A change can be more than 100 %, a part of something cannot.
private func namesGrowth(_ name: String) -> Bool {
    ["增长", "增幅", "增加", "提升", "提高", "超额", "同比", "环比"].contains { name.contains($0) }
}

/// Targets that do not say where their value comes from.
func checkBases(_ list: TargetList) -> [Finding] {
    // A declaration form without a column for bases cannot be blamed for having none.
    if list.stage == .declared, list.items.allSatisfy({ $0.target.basis.isEmpty }) { return [] }
    return list.items.map(\.target).filter { canonicalText($0.basis).allSatisfy { "-/无".contains($0) } }.map(noBasis)
}

// MARK: - Messages

private func noValue(_ target: Target) -> Finding {
    Finding(
        rule: "target/no-value",
        severity: .error,
        message: LocalizedText(zh: "“\(target.name)”没有目标值", en: "\"\(target.name)\" has no target value"),
        subject: target.name,
        pointers: [target.pointer / "value"],
        found: target.value.text,
        hint: LocalizedText(zh: "请写明目标值", en: "state the value")
    )
}

private func vagueValue(_ target: Target) -> Finding {
    Finding(
        rule: "target/vague-value",
        severity: .warning,
        message: LocalizedText(
            zh: "“\(target.name)”的目标值“\(target.value.text)”无法衡量",
            en: "\"\(target.name)\": \"\(target.value.text)\" cannot be measured"
        ),
        subject: target.name,
        pointers: [target.pointer / "value"],
        found: target.value.text,
        hint: LocalizedText(
            zh: "请写明数值、比较的基准或衡量办法",
            en: "state a number, what it is compared with, or how it is measured"
        )
    )
}

private func unmeasured(_ target: Target) -> Finding {
    Finding(
        rule: "target/unmeasured-value",
        severity: .info,
        message: LocalizedText(
            zh: "“\(target.name)”的目标值“\(target.value.text)”是定性描述，没有量化标准",
            en: "\"\(target.name)\": \"\(target.value.text)\" is a judgement, no measure"
        ),
        subject: target.name,
        pointers: [target.pointer / "value"],
        found: target.value.text,
        hint: LocalizedText(zh: "如可能，请写明期限或数值", en: "state a date or a number where possible")
    )
}

private func aboveWhole(_ target: Target) -> Finding {
    Finding(
        rule: "target/above-hundred",
        severity: .warning,
        message: LocalizedText(
            zh: "“\(target.name)”的目标值 \(target.value.text) 超过 100%",
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
            zh: "“\(target.name)”没有目标值依据",
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
