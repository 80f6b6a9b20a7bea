import ReviewModel
import Targets

/// Levels that the taxonomy does not have.
let unknownLevel = TargetRule(
    "target/unknown-level",
    .warning,
    title: LocalizedText(zh: "分类中没有这一级指标", en: "a level that the taxonomy does not have"),
    manual: LocalizedText(
        zh: """
            一级或二级指标不在分类之中的列出，同一对级别只列一次。请核对写法，或在 taxonomy 中增加该级别。
            """,
        en: """
            Lists a first or second level that the taxonomy does not have, a pair of levels once. Check the \
            spelling, or add the level to `taxonomy`.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: ↓数目指标, name: 课程开展数, value: 200 节, basis: 工作计划}
            """,
            zh: "\"课程开展数\"：目标分类中没有\"数目指标\"",
            en: "\"课程开展数\": the taxonomy has no \"数目指标\""
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出 指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    for list in review.lists {
        for group in list.byLevels {
            let targets = group.items.map(\.target)
            // A table without levels names none that could be unknown.
            if targets.allSatisfy({ $0.level1.isEmpty && $0.level2.isEmpty }) { continue }
            switch group.items.first?.classification {
            case .unknownLevel2(_, let known):
                // 效益 without a second level lacks one, and is none that nobody knows.
                if targets.allSatisfy(\.level2.isEmpty) { continue }
                findings.add(notInTaxonomy(targets, group.subject, "level2", known))
            case .unknown(let known):
                guard let first = targets.first, first.level1.isEmpty else {
                    findings.add(notInTaxonomy(targets, group.subject, "level1", known))
                    continue
                }
                // 数量, 效益, 成本 in one column: what stands in that of the second level may be a first.
                if known.contains(where: { $0.hasPrefix(first.level2) }) { continue }
                findings.add(notInTaxonomy(targets, group.subject, "level2", known))
            case .placed, .misplaced, nil: break
            }
        }
    }
}

private func notInTaxonomy(_ targets: [Target], _ subject: String, _ column: String, _ known: [String]) -> Finding {
    let level = targets.first.map { column == "level1" ? $0.level1 : $0.level2 } ?? ""
    let names = Target.list(targets.map(\.name))
    return unknownLevel.rule.finding(
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
