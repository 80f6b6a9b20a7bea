import ReviewModel
import Targets

/// A kind that the two forms put in different places of the taxonomy.
let formsDiffer = TargetRule(
    "target/forms-differ",
    .info,
    title: LocalizedText(zh: "两处采用不同版本的分类", en: "two versions of the taxonomy"),
    manual: LocalizedText(
        zh: """
            申报表和评审后的目标把同一类指标放在分类的不同版本之下（如成本指标在"产出指标"之下与自成一级）。两种\
            都有依据，但对照时须知道。请统一用一个版本。
            """,
        en: """
            The declared and the reviewed targets put one kind where different versions of the taxonomy have it \
            (成本 under 产出, or as a level of its own). Both have a source, but a reader who compares must \
            know. Use one version.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 成本指标, name: 单份成本, value: ≤9 元, basis: 合同}
              targets:
                - {level1: ↓成本指标, level2: 经济成本指标, name: 单份成本, value: ≤9 元, basis: 合同}
            """,
            zh: "申报表与评审后的目标采用不同版本的分类：成本指标由\"产出指标 / 成本指标\"改列\"成本指标 / 经济成本指标\"",
            en:
                "the two tables follow different versions of the form: cost stands under \"产出指标 / 成本指标\", then \"成本指标 / 经济成本指标\""
        ),
        .good(
            """
            tables:
              declared_targets:
                - {level1: 成本指标, level2: 经济成本指标, name: 单份成本, value: ≤9 元, basis: 合同}
              targets:
                - {level1: 成本指标, level2: 经济成本指标, name: 单份成本, value: ≤9 元, basis: 合同}
            """
        ),
    ],
    check: check
)

/// Kinds that stand under one first level in one table and under another in the other.
private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    var seen: Set<String> = []
    for item in review.declared.items {
        guard case .placed(let kind, let place) = item.classification, !place.version.isEmpty,
            !seen.contains(kind.code)
        else { continue }
        for other in review.reviewed.items {
            guard case .placed(kind, let otherPlace) = other.classification, otherPlace.version != place.version,
                !otherPlace.version.isEmpty, otherPlace.level1 != place.level1, seen.insert(kind.code).inserted
            else { continue }
            findings.add(moved(kind, item.target, other.target))
        }
    }
}

private func moved(_ kind: TargetKind, _ declared: Target, _ reviewed: Target) -> Finding {
    let (old, new) = ("\(declared.level1) / \(declared.level2)", "\(reviewed.level1) / \(reviewed.level2)")
    return formsDiffer.rule.finding(
        message: LocalizedText(
            zh: "申报表与评审后的目标采用不同版本的分类：\(kind.name.zh)指标由\"\(old)\"改列\"\(new)\"",
            en:
                "the two tables follow different versions of the form: \(kind.name.en) stands under \"\(old)\", then \"\(new)\""
        ),
        subject: kind.code,
        pointers: [reviewed.pointer / "level1", declared.pointer / "level1"],
        expected: old,
        found: new,
        hint: LocalizedText(zh: "请统一为一个版本", en: "follow one version in both")
    )
}
