import BudgetReview
import ReviewModel

/// Of the parts of an item of which exactly one applies, none does, or several do.
let alternatives = Rule(
    "rubric/alternatives",
    .error,
    title: LocalizedText(zh: "二选一的指标不是恰有一项适用", en: "not exactly one of the alternatives applies"),
    manual: LocalizedText(
        zh: """
            标明 alternatives 的指标，按数据中的字段逐一判断其下级的条件（when），应恰有一个成立；一个也不成立或多于一个成立的列出。\
            数据中没有该字段的，按不成立计。只看条件，不看评了哪一个，不适用的指标有得分另见 rubric/not-applicable。请填写或更正条件所用的字段。
            """,
        en: """
            Asks the condition (`when`) of each part of an item marked `alternatives` of the dossier's fields: exactly one must \
            hold. A field that the dossier lacks counts as not holding. Only the conditions are looked at, not which part was \
            scored; for that see rubric/not-applicable. Fill in or correct the field that the conditions ask for.
            """
    )
)

func checkApplicability(_ rubric: Rubric, _ dossier: Dossier) -> [Finding] {
    rubric.all.filter { $0.kind == .alternatives }.compactMap { node in
        let applicable = node.children.filter { $0.condition?.holds(in: dossier) == true }
        return applicable.count == 1 ? nil : wrongAlternatives(node, applicable)
    }
}

private func wrongAlternatives(_ node: RubricNode, _ applicable: [RubricNode]) -> Finding {
    let fields = Set(node.children.compactMap { $0.condition?.field }).map { JSONPointer(["fields"] + $0.tokens) }
    let codes = applicable.map(\.code).joined(separator: ", ")
    return alternatives.finding(
        message: LocalizedText(
            zh: "\(node.code)\"\(node.name)\"应恰有一个适用的指标，现有 \(applicable.count) 个",
            en: "exactly one part of \(node.code) \"\(node.name)\" must apply, \(applicable.count) do"
        ),
        subject: node.code,
        pointers: fields.sorted { $0.description < $1.description },
        expected: "1",
        found: codes.isEmpty ? "0" : codes,
        hint: LocalizedText(zh: "请填写条件所用的字段", en: "fill in the field that the conditions ask for")
    )
}
