import ReviewModel
import Targets

/// A kind of target that must be there and is not, or too seldom.
let missingKind = TargetRule(
    "target/missing-kind",
    .warning,
    title: LocalizedText(zh: "缺少应有的一类指标", en: "a needed kind of target is missing"),
    manual: LocalizedText(
        zh: """
            按 required 设置，每一类指标至少要有规定的个数；不足的列出，申报时有的一并指出。请补充该类指标。
            """,
        en: """
            By the setting `required` each kind needs so many targets; kinds with fewer are listed, with the \
            declared ones where there were any. Add a target of that kind.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {targets: {use: target-checker, with: {required: [quantity, {kind: satisfaction, at_least: 1}]}}}
            tables:
              targets:
                ↓- {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
            """,
            zh: "评审后的绩效目标中没有满意度指标",
            en: "the reviewed targets have no satisfaction target"
        ),
        .good(
            """
            pipeline: {targets: {use: target-checker, with: {required: [quantity]}}}
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    // Where no target has a level, nobody can say which kinds there are.
    for list in review.lists where list.isEmpty || list.items.contains(where: { $0.kind != nil }) {
        // One that stands under no level while others do may be of the kind that seems to be missing.
        if list.items.contains(where: { $0.target.level1.isEmpty && $0.target.level2.isEmpty }) { continue }
        for (code, minimum) in review.settings.required {
            let count = list.targets(ofKind: code).count
            guard count < minimum, let name = review.settings.taxonomy.name(of: code) else { continue }
            var finding = tooFew(code, name, count, minimum, list)
            // Where the declared targets had the kind, they are pointed at, too.
            if list.stage == .reviewed, count == 0 {
                finding.spots += review.declared.targets(ofKind: code).map { .value($0.pointer / "value") }
            }
            findings.add(finding)
        }
    }
}

private func tooFew(_ code: String, _ kind: LocalizedText, _ count: Int, _ minimum: Int, _ list: TargetList) -> Finding
{
    missingKind.rule.finding(
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
