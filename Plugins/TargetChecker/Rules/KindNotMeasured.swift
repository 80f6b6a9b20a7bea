import ReviewModel
import Targets

/// A kind of target none of which can be measured.
let kindNotMeasured = TargetRule(
    "target/kind-not-measured",
    .warning,
    title: LocalizedText(zh: "某类指标都没有量化", en: "no target of a kind is measured"),
    manual: LocalizedText(
        zh: """
            某一类指标（需要量化的类别）中没有一个目标值是可以衡量的数、范围或期限，列为一条，不再逐个提示。请至\
            少给出一个可以衡量的目标值。
            """,
        en: """
            No target of a kind that should be measured has a number, a range or a date as its value: one \
            finding for the kind, none for each target. Give at least one a value that can be measured.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 时效指标, name: 完成时间, value: ↓及时, basis: 工作计划}
                - {level1: 产出指标, level2: 时效指标, name: 拨付时间, value: 按时, basis: 工作计划}
            """,
            zh: "评审后的绩效目标中 2 个时效指标都没有量化：及时 / 按时",
            en: "the reviewed targets: none of the 2 of the kind timeliness can be measured: 及时 / 按时"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 时效指标, name: 完成时间, value: 12 月底前, basis: 工作计划}
                - {level1: 产出指标, level2: 时效指标, name: 拨付时间, value: 按时, basis: 工作计划}
            """
        ),
    ],
    check: check
)

/// A kind that is there in name only.
private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let (list, settings) = (review.judged, review.settings)
    var told: Set<JSONPointer> = []
    for (code, _) in settings.required {
        // Values that are not there at all are findings of their own.
        let targets = list.targets(ofKind: code).filter { $0.value.reading != .empty }
        guard let name = settings.taxonomy.name(of: code), !targets.isEmpty,
            !targets.contains(where: \.value.isMeasurable), !targets.allSatisfy({ told.contains($0.pointer) })
        else { continue }
        told.formUnion(targets.map(\.pointer))
        findings.add(nothingMeasured(code, name, targets, list))
    }
}

private func nothingMeasured(_ code: String, _ kind: LocalizedText, _ targets: [Target], _ list: TargetList) -> Finding
{
    let values = targets.map(\.value.text)
    let shown = values.enumerated().filter { values.firstIndex(of: $1) == $0 }.map(\.element).joined(separator: " / ")
    return kindNotMeasured.rule.finding(
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
