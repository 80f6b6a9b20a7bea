import BudgetReview
import ReviewModel

/// A kind that the two forms put in different places of the taxonomy.
let formsDiffer = Rule(
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
    )
)

func moved(_ kind: TargetKind, _ declared: Target, _ reviewed: Target) -> Finding {
    let (old, new) = ("\(declared.level1) / \(declared.level2)", "\(reviewed.level1) / \(reviewed.level2)")
    return formsDiffer.finding(
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
