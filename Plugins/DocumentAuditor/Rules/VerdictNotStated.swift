import BudgetLines
import PrintedReports
import ReviewModel

/// The report gives a score and never says what it means.
let verdictNotStated = DocumentRule(
    "document/verdict-not-stated",
    .error,
    title: LocalizedText(zh: "报告没有写明评审结论", en: "the report states no verdict"),
    manual: LocalizedText(
        zh: "评分步骤得出了结论（如\"部分可行\"），而正文（附件之前）没有出现这一结论。",
        en: "A scoring step came to a verdict (部分可行, say), and the body before the annexes never names it."
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
                    bands: [{code: pass, name: 部分可行, range: "[6, 10]"}, {code: fail, name: 暂缓, range: "[0, 6)"}]
                    items: [{code: A, name: 课程, max: 10}]
              document:
                use: document-auditor
                needs: [score]
                with:
                  report: |
                    ↓经评审，本项目得 8 分。
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
            """,
            zh: "评审得分 8 分，按评分标准为\"部分可行\" [6, 10]，正文没有写明",
            en: "the review score 8 means \"部分可行\" [6, 10], which the body does not say"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    bands: [{code: pass, name: 部分可行, range: "[6, 10]"}, {code: fail, name: 暂缓, range: "[0, 6)"}]
                    items: [{code: A, name: 课程, max: 10}]
              document:
                use: document-auditor
                needs: [score]
                with:
                  report: |
                    经评审，本项目得 8 分，结论为部分可行。
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
            """
        ),
    ],
    check: { audit, findings in findings.add(checkVerdict(audit.report, audit.prior)) }
)

private func checkVerdict(_ report: ReportText, _ prior: [String: Assessment]) -> [Finding] {
    let sheets = prior.sorted { $0.key < $1.key }.flatMap(\.value.scores)
    guard let sheet = sheets.first(where: \.isReview), let verdict = sheet.verdict,
        !report.body.contains(where: { $0.text.hasBytes(of: verdict.name.zh) || $0.text.hasBytes(of: verdict.name.en) })
    else { return [] }
    // What has no total has a level, or a verdict alone.
    let total = sheet.total?.withoutTrailingZeros.description
    let line = total.flatMap { total in report.body.first { $0.folded.hasBytes(of: "\(total)分") } }
    let score = total.map { LocalizedText(zh: "得分 \($0) 分", en: "score \($0)") }
    let rated = score ?? sheet.level.map { LocalizedText(zh: "等级 \($0)", en: "level \($0)") }
    let basis = rated ?? LocalizedText(zh: "结果", en: "result")
    return [
        verdictNotStated.rule.finding(
            message: LocalizedText(
                zh: "评审\(basis.zh)，按评分标准为\"\(verdict.name.zh)\" \(verdict.band)，正文没有写明",
                en:
                    "the review \(basis.en) means \"\(verdict.name.en)\" \(verdict.band), which the body does not say"
            ),
            subject: verdict.code,
            lines: [line?.spot ?? .value(JSONPointer(["config", "report"]))],
            expected: verdict.name.zh
        )
    ]
}
