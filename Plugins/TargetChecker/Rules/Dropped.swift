import ReviewModel
import Targets

/// Declared targets that the reviewed ones no longer have.
let dropped = TargetRule(
    "target/dropped",
    .info,
    title: LocalizedText(zh: "申报的目标评审后不再列出", en: "a declared target is gone after the review"),
    manual: LocalizedText(
        zh: """
            申报的目标在评审后的目标中没有同名的，也没有相似到可以看作改名的，按类别列为一条。改目标是评审的职责\
            ，此条只为让改动看得见；其他规则已经说明的不再列出。
            """,
        en: """
            Declared targets with no namesake after the review, and none that is alike enough to be the same in \
            other words; one finding a kind. Changing targets is what a review is for: this only makes it \
            visible. What another rule has told is left out.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              declared_targets:
                - ↓{level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
                - {level1: 产出指标, level2: 数量指标, name: 志愿者人数, value: 50 人, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 志愿者人数, value: 50 人, basis: 工作计划}
            """,
            zh: "申报的 1 个数量指标在评审后不再列出：\"课程开展数\"",
            en: "1 declared of the kind quantity are not among the reviewed targets: \"课程开展数\""
        ),
        .good(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
                - {level1: 产出指标, level2: 数量指标, name: 志愿者人数, value: 50 人, basis: 工作计划}
            """
        ),
    ],
    check: check
)

/// One finding a kind, for a rewritten set of targets would else bury everything else.
private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let told = findings.toldOfWholes
    let gone = (review.changes?.dropped ?? []).filter { !told.contains($0.target.pointer / "value") }
    var (order, groups) = ([String](), [String: [TargetList.Item]]())
    for item in gone {
        let code = item.kind?.code ?? ""
        if groups[code] == nil { order.append(code) }
        groups[code, default: []].append(item)
    }
    for items in order.compactMap({ groups[$0] }) {
        findings.add(leftOut(items.map(\.target), items.first?.kind))
    }
}

private func leftOut(_ targets: [Target], _ kind: TargetKind?) -> Finding {
    let names = Target.list(targets.map(\.name))
    let kindName = kind?.name ?? LocalizedText(zh: "未分类", en: "unknown kind")
    return dropped.rule.finding(
        message: LocalizedText(
            zh: "申报的 \(targets.count) 个\(kindName.zh)指标在评审后不再列出：\(names.zh)",
            en: "\(targets.count) declared of the kind \(kindName.en) are not among the reviewed targets: \(names.en)"
        ),
        subject: kind?.code ?? "",
        pointers: targets.map(\.pointer),
        hint: LocalizedText(zh: "如系有意删改，请在报告中说明", en: "if that is meant, the report should say so")
    )
}
