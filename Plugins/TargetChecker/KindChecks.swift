import BudgetReview
import ReviewModel

/// No targets at all: nothing to grant money for.
func checkPresence(_ declared: TargetList, _ reviewed: TargetList) -> [Finding] {
    declared.isEmpty && reviewed.isEmpty ? [noTargets(reviewed)] : []
}

/// Kinds that a set of targets must have and has not, or has too few of. Where the declared targets had the kind, they
/// are pointed at, too.
func checkKinds(_ list: TargetList, _ settings: TargetSettings, before declared: TargetList) -> [Finding] {
    settings.required.compactMap { code, minimum in
        let count = list.targets(ofKind: code).count
        guard count < minimum, let name = settings.taxonomy.name(of: code) else { return nil }
        var finding = tooFew(code, name, count, minimum, list)
        if list.stage == .reviewed, count == 0 {
            finding.pointers += declared.targets(ofKind: code).map { $0.pointer / "value" }
        }
        return finding
    }
}

/// Needed kinds that have targets, but none of which can be measured: a kind that is there in name only.
func checkMeasures(_ list: TargetList, _ settings: TargetSettings) -> [Finding] {
    var (findings, told) = ([Finding](), Set<JSONPointer>())
    for (code, _) in settings.required {
        // Values that are not there at all are findings of their own.
        let targets = list.targets(ofKind: code).filter { $0.value.reading != .empty }
        guard let name = settings.taxonomy.name(of: code), !targets.isEmpty,
            !targets.contains(where: \.value.isMeasurable), !targets.allSatisfy({ told.contains($0.pointer) })
        else { continue }
        told.formUnion(targets.map(\.pointer))
        findings.append(nothingMeasured(code, name, targets, list))
    }
    return findings
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

private func tooFew(_ code: String, _ kind: LocalizedText, _ count: Int, _ minimum: Int, _ list: TargetList) -> Finding
{
    Finding(
        rule: "target/missing-kind",
        severity: .warning,
        message: count == 0
            ? LocalizedText(
                zh: "\(list.stage.name.zh)中没有\(kind.zh)指标",
                en: "\(list.stage.name.en) have no \(kind.en) target"
            )
            : LocalizedText(
                zh: "\(list.stage.name.zh)中\(kind.zh)指标只有 \(count) 个，至少应有 \(minimum) 个",
                en: "\(list.stage.name.en) have \(count) of the kind \(kind.en), there must be \(minimum) at least"
            ),
        subject: "\(list.stage.rawValue)/\(code)",
        pointers: [list.pointer],
        expected: "≥ \(minimum)",
        found: "\(count)",
        hint: LocalizedText(zh: "请补充\(kind.zh)指标", en: "add a target of the kind \(kind.en)")
    )
}

private func nothingMeasured(_ code: String, _ kind: LocalizedText, _ targets: [Target], _ list: TargetList) -> Finding
{
    let values = targets.map(\.value.text)
    let shown = values.enumerated().filter { values.firstIndex(of: $1) == $0 }.map(\.element).joined(separator: " / ")
    return Finding(
        rule: "target/kind-not-measured",
        severity: .warning,
        message: LocalizedText(
            zh: "\(list.stage.name.zh)中 \(targets.count) 个\(kind.zh)指标都没有量化：\(shown)",
            en:
                "\(list.stage.name.en): none of the \(targets.count) of the kind \(kind.en) can be measured: \(shown)"
        ),
        subject: "\(list.stage.rawValue)/\(code)",
        pointers: targets.map { $0.pointer / "value" },
        found: shown,
        hint: LocalizedText(zh: "请至少写明一个数值或期限", en: "state a number or a date for one of them at least")
    )
}
