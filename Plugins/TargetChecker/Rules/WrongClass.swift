import ReviewModel
import Targets

/// A target that stands under another kind than its name says.
let wrongClass = TargetRule(
    "target/wrong-class",
    .warning,
    title: LocalizedText(zh: "指标归类有误", en: "a target under another kind than its name says"),
    manual: LocalizedText(
        zh: """
            名称以某词结尾的指标只属于一类（ends，如"满意度: satisfaction"，类别代码见 taxonomy），而放在别的类别之下的列出。类别不明的不列出。
            """,
        en: """
            A name that ends with a word belongs to one kind (`ends`, such as 满意度: satisfaction, with the codes of the taxonomy) and stands under another. Where the kind is not known nothing is said.
            """
    ),
    parameters: [
        Rule.Parameter(
            "ends",
            LocalizedText(zh: "名称结尾与类别", en: "ends of names and their kinds"),
            standard: [
                "满意度: satisfaction", "满意率: satisfaction", "合格率: quality benefit", "验收合格率: quality",
                "达标率: quality benefit",
                "及时率: timeliness quality benefit",
                "按时完成率: timeliness", "准时率: timeliness quality", "完成时间: timeliness", "完工时间: timeliness", "单位成本: cost",
                "总成本: cost",
            ]
        )
    ],
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: ↓居民满意度, value: ≥90%, basis: 工作计划}
            """,
            zh: "\"居民满意度\"列在数量指标之下，按名称属于满意度",
            en: "\"居民满意度\" stands under 数量指标; by its name it is of the kind satisfaction"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 满意度指标, level2: 服务对象满意度指标, name: 居民满意度, value: ≥90%, basis: 工作计划}
                - {level1: 效益指标, level2: 社会效益指标, name: 供水水质合格率, value: ≥99%, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let ends = findings.texts("ends").compactMap { text -> (end: String, kinds: [String])? in
        let halves = text.split { $0 == ":" || $0 == "：" }
        guard halves.count == 2 else { return nil }
        return (canonicalText(String(halves[0])), halves[1].split(separator: " ").map(String.init))
    }.sorted { $0.end.count > $1.end.count }
    let taxonomy = review.settings.taxonomy
    for item in review.lists.flatMap(\.items) {
        guard let kind = item.kind, let known = ends.first(where: { item.target.key.hasSuffix($0.end) }),
            !known.kinds.contains(kind.code),
            // A town may have a taxonomy of its own, without this kind.
            let own = known.kinds.lazy.compactMap(taxonomy.name).first
        else { continue }
        findings.add(belongsElsewhere(item.target, own))
    }
}

private func belongsElsewhere(_ target: Target, _ kind: LocalizedText) -> Finding {
    wrongClass.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"列在\(target.level2)之下，按名称属于\(kind.zh)",
            en: "\"\(target.name)\" stands under \(target.level2); by its name it is of the kind \(kind.en)"
        ),
        subject: target.name,
        pointers: [target.pointer / "name"],
        expected: kind.zh,
        found: target.level2,
        hint: LocalizedText(zh: "请移到所属类别", en: "move it to its kind")
    )
}
