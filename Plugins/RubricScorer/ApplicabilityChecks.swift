import BudgetReview
import ReviewModel

/// Alternatives of which none applies, or more than one.
func checkApplicability(_ rubric: Rubric, _ dossier: Dossier) -> [Finding] {
    rubric.all.filter { $0.kind == .alternatives }.compactMap { node in
        let applicable = node.children.filter { $0.condition?.holds(in: dossier) == true }
        return applicable.count == 1 ? nil : wrongAlternatives(node, applicable)
    }
}

// MARK: - Messages

private func wrongAlternatives(_ node: RubricNode, _ applicable: [RubricNode]) -> Finding {
    let fields = Set(node.children.compactMap { $0.condition?.field }).map { JSONPointer(["fields"] + $0.tokens) }
    let codes = applicable.map(\.code).joined(separator: ", ")
    return Finding(
        rule: "rubric/alternatives",
        severity: .error,
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
