import BudgetReview
import ReviewModel

/// Points for something that the evidence does not mention.
let evidenceSilent = Rule(
    "rubric/evidence-silent",
    .warning,
    title: LocalizedText(zh: "评分依据没有提到得分的内容", en: "evidence that does not mention what was given points"),
    manual: LocalizedText(
        zh: """
            评分标准写明了 evidence_words（如"可行性研究、专家论证、风险评估"）的，得分大于零时，其评分依据（自身的或上级指标的）至少应提到其中一个。\
            没有任何依据的由 rubric/no-evidence 列出，不在此列。同一依据之下的各项列为一条。
            """,
        en: """
            A criterion with `evidence_words` that was given points must have one of them in its evidence, its own or that of the item above. \
            Where there is no evidence at all, rubric/no-evidence says so. The criteria under one piece of evidence make one finding.
            """
    )
)

func checkSilence(_ entries: [ScoreEntry], _ evidence: Evidence, _ rubric: Rubric) -> [Finding] {
    rubric.items.flatMap { silence(at: $0, under: [], entries, evidence) }
}

private func silence(
    at item: RubricNode,
    under above: [String],
    _ entries: [ScoreEntry],
    _ evidence: Evidence
) -> [Finding] {
    let texts = above + evidence[item.code]
    let silent = item.children.filter { node in
        let own = texts + evidence[node.code]
        return node.kind == .criterion && !node.evidenceWords.isEmpty && !own.isEmpty
            && !node.evidenceWords.contains { word in own.contains { $0.folded.contains(word.folded) } }
    }
    let scored = silent.compactMap { node in
        entries.first { $0.code == node.code && $0.points > 0 }.map { (node: node, entry: $0) }
    }
    let below = item.children.flatMap { silence(at: $0, under: texts, entries, evidence) }
    return (scored.isEmpty ? [] : [unmentioned(item, scored)]) + below
}

private func unmentioned(_ item: RubricNode, _ scored: [(node: RubricNode, entry: ScoreEntry)]) -> Finding {
    let zh = scored.map { node, entry in
        "\(node.code) 得 \(Money.points(entry.points)) 分（\(node.evidenceWords.joined(separator: "、"))）"
    }
    let en = scored.map { node, entry in
        "\(node.code) has \(Money.points(entry.points)) (\(node.evidenceWords.joined(separator: ", ")))"
    }
    return evidenceSilent.finding(
        message: LocalizedText(
            zh: "\(item.code)\"\(item.shortName)\"的评分依据没有提到得分的内容：\(zh.joined(separator: "，"))",
            en:
                "the evidence of \(item.code) \"\(item.shortName)\" does not mention what was given points: \(en.joined(separator: "; "))"
        ),
        subject: item.code,
        pointers: scored.map(\.entry.pointer),
        found: scored.map(\.node.code).joined(separator: "、"),
        hint: LocalizedText(zh: "请补充依据，或调整得分", en: "add the evidence, or correct the points")
    )
}
