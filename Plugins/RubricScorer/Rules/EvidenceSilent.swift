import BudgetLines
import ReviewModel
import Rubrics

/// Points for something that the evidence does not mention.
let evidenceSilent = ScoreRule(
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
    ),
    examples: [
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    items: [{code: A, name: 程序, max: 10, criteria: [{code: A-1, text: 经过论证, max: 10, evidence_words: [可行性研究, 论证]}]}]
            tables:
              scores:
                - ↓{rater: review, code: A-1, points: 10}
              evidence:
                - {code: A, text: 镇政府会议纪要}
            """,
            zh: "A\"程序\"的评分依据没有提到得分的内容：A-1 得 10 分（可行性研究、论证）",
            en: "the evidence of A \"程序\" does not mention what was given points: A-1 has 10 (可行性研究, 论证)"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    items: [{code: A, name: 程序, max: 10, criteria: [{code: A-1, text: 经过论证, max: 10, evidence_words: [可行性研究, 论证]}]}]
            tables:
              scores:
                - {rater: review, code: A-1, points: 10}
              evidence:
                - {code: A, text: 镇政府会议纪要，附专家论证意见}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for item in scoring.rubric.items {
        findings.add(silence(at: item, under: [], scoring.given, scoring.evidence))
    }
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
    return evidenceSilent.rule.finding(
        message: LocalizedText(
            zh: "\(item.code)\"\(item.shortName.zh)\"的评分依据没有提到得分的内容：\(zh.joined(separator: "，"))",
            en:
                "the evidence of \(item.code) \"\(item.shortName.en)\" does not mention what was given points: \(en.joined(separator: "; "))"
        ),
        subject: item.code,
        pointers: scored.map(\.entry.pointer),
        found: scored.map(\.node.code).joined(separator: "、"),
        hint: LocalizedText(zh: "请补充依据，或调整得分", en: "add the evidence, or correct the points")
    )
}
