import ReviewModel
import Rubrics

/// A criterion has all its points and nothing that supports them.
let noEvidence = ScoreRule(
    "rubric/no-evidence",
    .warning,
    title: LocalizedText(zh: "满分而没有依据", en: "full marks without evidence"),
    manual: LocalizedText(
        zh: """
            没有下级的指标和下级共用其分值的指标得了满分，既没有写 reason，该指标及其上下级在表 evidence 中也没有依据。同一指标有几位评分人得满分的，\
            只提示一次；超过三项的列为一条，附各项的位置。由各部分汇总或由数据算出的得分不核对，依据是否支持得分也不作判断。请补充评分依据。
            """,
        en: """
            A criterion, or an item whose parts share its points, was given full marks with no `reason` and no row of the \
            table `evidence` for it, for anything above it or for anything below it. It is told once an item, not once a rater, and more than three make one finding with the \
            place of each. \
            Scores that are summed or computed are left out, and whether evidence supports the score is not judged. Add the \
            evidence.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 依据, max: 10, criteria: [{code: A-1, text: 有批复, max: 10}]}]}}}}
            tables:
              scores:
                - ↓{rater: review, code: A-1, points: 10}
            """,
            zh: "A-1得满分，但没有评分依据：有批复",
            en: "A-1 has full marks but no evidence: 有批复"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 依据, max: 10, criteria: [{code: A-1, text: 有批复, max: 10}]}]}}}}
            tables:
              scores:
                - {rater: review, code: A-1, points: 10}
              evidence:
                - {code: A, text: 镇政府批复}
            """
        ),
    ],
    check: check
)

/// Criteria with all their points and no evidence, neither their own nor that of the item above.
private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    guard scoring.mayHave("evidence") else { return }
    let covered = covered(by: scoring.evidence, scoring.rubric)
    var reported: Set<String> = []
    var bare: [(entry: ScoreEntry, node: RubricNode)] = []
    for entry in scoring.entries {
        // What is scored as a whole has no parts that evidence could stand at; a section's evidence stands at its parts.
        guard let node = scoring.node[entry.code], node.kind == .criterion || node.kind == .pooled,
            entry.points == node.max, entry.points > 0, !node.all.contains(where: { covered.contains($0.code) }),
            entry.reason.isEmpty, !scoring.raters.contains(where: { $0.agreesWithData(entry) }),
            reported.insert(node.code).inserted
        else { continue }
        bare.append((entry, node))
    }
    if bare.count > mostByThemselves {
        findings.add(manyWithoutEvidence(bare))
    } else {
        for (entry, node) in bare { findings.add(fullMarksWithoutEvidence(entry, node)) }
    }
}

/// More of them have one cause: nobody has kept the evidence (Docs/Decisions/0103).
private let mostByThemselves = 3

/// The codes that have evidence, or stand below one that has.
private func covered(by evidence: Evidence, _ rubric: Rubric) -> Set<String> {
    var covered: Set<String> = []
    func cover(_ node: RubricNode, _ isCovered: Bool) {
        let isCovered = isCovered || !evidence[node.code].isEmpty
        if isCovered { covered.insert(node.code) }
        for child in node.children { cover(child, isCovered) }
    }
    for item in rubric.items { cover(item, false) }
    return covered
}

private func fullMarksWithoutEvidence(_ entry: ScoreEntry, _ node: RubricNode) -> Finding {
    noEvidence.rule.finding(
        message: LocalizedText(
            zh: "\(entry.code)\(node.isRating ? "为最高档" : "得满分")，但没有评分依据：\(node.shortName.zh)",
            en:
                "\(entry.code) has \(node.isRating ? "the best level" : "full marks") but no evidence: \(node.shortName.en)"
        ),
        subject: entry.code,
        pointers: [entry.pointer],
        hint: LocalizedText(zh: "请补充评分依据", en: "add the evidence")
    )
}

private func manyWithoutEvidence(_ bare: [(entry: ScoreEntry, node: RubricNode)]) -> Finding {
    let codes = bare.map(\.entry.code)
    let areLetters = bare.allSatisfy(\.node.isRating)
    let most = 8
    let (zh, en) = (
        codes.prefix(most).joined(separator: "、") + (codes.count > most ? " 等" : ""),
        codes.prefix(most).joined(separator: ", ") + (codes.count > most ? " and others" : "")
    )
    return noEvidence.rule.finding(
        message: LocalizedText(
            zh: "\(bare.count) 项\(areLetters ? "为最高档" : "得满分")，但没有评分依据：\(zh)",
            en:
                "\(bare.count) criteria have \(areLetters ? "the best level" : "full marks") but no evidence: \(en)"
        ),
        pointers: bare.map(\.entry.pointer),
        found: codes.joined(separator: "、"),
        hint: LocalizedText(zh: "请补充各项的评分依据", en: "add the evidence of each")
    )
}
