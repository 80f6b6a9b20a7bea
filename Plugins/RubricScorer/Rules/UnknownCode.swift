import ReviewModel
import Rubrics

/// A score or a problem names an item that the rubric does not have.
let unknownCode = ScoreRule(
    "rubric/unknown-code",
    .error,
    title: LocalizedText(zh: "评分标准中没有这一指标", en: "a code that the rubric does not have"),
    manual: LocalizedText(
        zh: """
            表 scores、evidence 的 code 和表 problems 的 codes 应是评分标准中的指标代码，一字不差；没有的列出，并提示相近的代码，这样的得分不计入，这样的评分依据不会印在任何指标旁。\
            写错而恰好是另一个指标代码的看不出来。请更正代码，或核对所用的评分标准。
            """,
        en: """
            `code` of the tables `scores` and `evidence` and `codes` of the table `problems` must be codes of the rubric, to the letter; \
            others are listed, with one that is near where there is one. Such a score does not count, and such evidence stands beside no item. A slip that is the \
            code of another item is not seen. Correct the code, or check that it is the right rubric.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A10, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: ↓A1O, points: 10, reason: 如期}
            """,
            zh: "评分表中没有指标\"A1O\"",
            en: "the rubric has no item \"A1O\""
        ),
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A10, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A10, points: 10, reason: 如期}
              evidence:
                - {code: ↓A99, document: 课程表}
            """,
            zh: "评分依据\"课程表\"所属的指标\"A99\"不在评分表中",
            en: "the evidence \"课程表\" is that of the item \"A99\", which the rubric has not"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A10, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A10, points: 10, reason: 如期}
              evidence:
                - {code: A10, document: 课程表}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    let known = scoring.rubric.all.map(\.code)
    for entry in scoring.given where scoring.node[entry.code] == nil {
        findings.add(scoreOfUnknownCode(entry, known: known))
    }
    for case .unknownSubject(let entry, let subjects) in scoring.remarks {
        findings.add(scoreOfUnknownSubject(entry, known: subjects))
    }
    for row in scoring.evidence.rows where !row.text("code").isEmpty && scoring.node[row.text("code")] == nil {
        findings.add(evidenceOfUnknownCode(row, known: known))
    }
    for row in scoring.problems {
        for (index, code) in row.texts("codes").enumerated() where scoring.node[code] == nil {
            findings.add(problemOfUnknownCode(row, code, known: known, at: row.pointer("codes") / index))
        }
    }
}

private func scoreOfUnknownCode(_ entry: ScoreEntry, known: [String]) -> Finding {
    unknownCode.rule.finding(
        message: LocalizedText(
            zh: "评分表中没有指标\"\(entry.code)\"",
            en: "the rubric has no item \"\(entry.code)\""
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "code"],
        found: entry.code,
        hint: suggestion(for: entry.code, among: known)
    )
}

private func scoreOfUnknownSubject(_ entry: ScoreEntry, known: [String]) -> Finding {
    let of = entry.of ?? ""
    return unknownCode.rule.finding(
        message: LocalizedText(
            zh: of.isEmpty ? "没有写明评的是哪一个（subject）" : "没有评分对象\"\(of)\"",
            en: of.isEmpty ? "the score does not say what it judges (subject)" : "there is no \"\(of)\" to judge"
        ),
        subject: entry.subject,
        pointers: [of.isEmpty ? entry.pointer : entry.pointer / "subject"],
        found: of,
        hint: suggestion(for: of, among: known)
    )
}

private func evidenceOfUnknownCode(_ row: TableRow, known: [String]) -> Finding {
    let code = row.text("code")
    let text = ["document", "quote", "text"].map { row.text($0) }.first { !$0.isEmpty } ?? ""
    return unknownCode.rule.finding(
        message: LocalizedText(
            zh: "评分依据\(text.isEmpty ? "" : "\"\(text.prefix(30))\"")所属的指标\"\(code)\"不在评分表中",
            en:
                "the evidence \(text.isEmpty ? "" : "\"\(text.prefix(30))\" ")is that of the item \"\(code)\", which the rubric has not"
        ),
        subject: code,
        pointers: [row.pointer("code")],
        found: code,
        hint: suggestion(for: code, among: known)
    )
}

private func problemOfUnknownCode(_ row: TableRow, _ code: String, known: [String], at pointer: JSONPointer) -> Finding
{
    unknownCode.rule.finding(
        message: LocalizedText(
            zh: "问题\"\(row.text("problem"))\"所涉及的指标\"\(code)\"不在评分表中",
            en: "the problem \"\(row.text("problem"))\" names the item \"\(code)\", which the rubric has not"
        ),
        subject: code,
        pointers: [pointer],
        found: code,
        hint: suggestion(for: code, among: known)
    )
}
