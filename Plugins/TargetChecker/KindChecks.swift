import BudgetReview
import ReviewModel

/// No targets at all: nothing to grant money for.
func checkPresence(_ declared: TargetList, _ reviewed: TargetList) -> [Finding] {
    declared.isEmpty && reviewed.isEmpty ? [noTargets(reviewed)] : []
}

/// Kinds that a set of targets must have and has not, or has too few of.
func checkKinds(_ list: TargetList, _ settings: TargetSettings) -> [Finding] {
    settings.required.compactMap { code, minimum in
        guard let kind = settings.taxonomy.kind(code) else { return nil }
        let count = list.targets(of: kind).count
        return count < minimum ? tooFew(kind, count, minimum, list) : nil
    }
}

/// Needed kinds that have targets, but none of which can be measured: a kind that is there in name only.
func checkMeasures(_ list: TargetList, _ settings: TargetSettings) -> [Finding] {
    settings.required.compactMap { code, _ in
        guard let kind = settings.taxonomy.kind(code) else { return nil }
        let targets = list.targets(of: kind)
        guard !targets.isEmpty, !targets.contains(where: \.value.isMeasurable) else { return nil }
        return nothingMeasured(kind, targets, list)
    }
}

// MARK: - Messages

private func noTargets(_ list: TargetList) -> Finding {
    Finding(
        rule: "target/none",
        severity: .warning,
        message: LocalizedText(zh: "没有绩效目标", en: "there are no performance targets"),
        subject: "targets",
        pointers: [list.pointer],
        hint: LocalizedText(zh: "请补充绩效目标", en: "add the targets")
    )
}

private func tooFew(_ kind: TargetKind, _ count: Int, _ minimum: Int, _ list: TargetList) -> Finding {
    Finding(
        rule: "target/missing-kind",
        severity: .warning,
        message: count == 0
            ? LocalizedText(
                zh: "\(list.stage.name.zh)中没有\(kind.name.zh)指标",
                en: "\(list.stage.name.en) have no \(kind.name.en) target"
            )
            : LocalizedText(
                zh: "\(list.stage.name.zh)中\(kind.name.zh)指标只有 \(count) 个，至少应有 \(minimum) 个",
                en: "\(list.stage.name.en) have \(count) of the kind \(kind.name.en), there must be \(minimum) at least"
            ),
        subject: "\(list.stage.rawValue)/\(kind.code)",
        pointers: [list.pointer],
        expected: "≥ \(minimum)",
        found: "\(count)",
        hint: LocalizedText(zh: "请补充\(kind.name.zh)指标", en: "add a target of the kind \(kind.name.en)")
    )
}

private func nothingMeasured(_ kind: TargetKind, _ targets: [Target], _ list: TargetList) -> Finding {
    let values = targets.map(\.value.text)
    let shown = values.enumerated().filter { values.firstIndex(of: $1) == $0 }.map(\.element).joined(separator: " / ")
    return Finding(
        rule: "target/kind-not-measured",
        severity: .warning,
        message: LocalizedText(
            zh: "\(list.stage.name.zh)中 \(targets.count) 个\(kind.name.zh)指标都没有量化：\(shown)",
            en:
                "\(list.stage.name.en): none of the \(targets.count) of the kind \(kind.name.en) can be measured: \(shown)"
        ),
        subject: "\(list.stage.rawValue)/\(kind.code)",
        pointers: targets.map { $0.pointer / "value" },
        found: shown,
        hint: LocalizedText(zh: "请至少写明一个数值或期限", en: "state a number or a date for one of them at least")
    )
}
