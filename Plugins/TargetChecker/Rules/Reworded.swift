import BudgetReview
import ReviewModel

/// A declared target that seems to have got another name.
let reworded = Rule(
    "target/reworded",
    .info,
    title: LocalizedText(zh: "目标似被改名", en: "a target seems reworded"),
    manual: LocalizedText(
        zh: """
            申报的目标在评审后没有同名的，但有同类而名称相似达 60% 的，列为改名。相似只看字，是否同一目标由评审\
            人判断。
            """,
        en: """
            A declared target has no namesake after the review, but one of its kind whose name is at least 60 % \
            alike. Only characters are compared: whether it is the same target is for the reviewer to say.
            """
    )
)

func inOtherWords(_ declared: Target, _ reviewed: Target) -> Finding {
    reworded.finding(
        message: LocalizedText(
            zh: "申报的\"\(declared.name)\"在评审后似改为\"\(reviewed.name)\"",
            en: "the declared \"\(declared.name)\" seems to have become \"\(reviewed.name)\""
        ),
        subject: declared.name,
        pointers: [reviewed.pointer / "name", declared.pointer / "name"],
        expected: declared.name,
        found: reviewed.name
    )
}
