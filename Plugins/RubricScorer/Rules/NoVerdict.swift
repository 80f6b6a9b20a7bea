import BudgetLines
import ReviewModel
import Rubrics

/// A total lies in none of the verdict bands.
let noVerdict = ScoreRule(
    "rubric/no-verdict",
    .error,
    title: LocalizedText(zh: "得分没有对应的结论", en: "a total that no band covers"),
    manual: LocalizedText(
        zh: """
            把每一位评分人的总分（先按 verdict_places 取舍）与评分标准的结论区间（bands）相比，不在任何区间内的列出。没有总分的不核对，没有区间的评分标准也不核对；\
            规则改变结论（overrides）的，仍在此提示。请核对得分：多半是有得分超过分值或为负。
            """,
        en: """
            Looks up every rater's total, rounded to `verdict_places` first, in the `bands` of the rubric; a total in none of \
            them is a finding, even where an override then gives a verdict. Sheets without a total and rubrics without bands \
            are not looked at. Check the scores: most often one is above its maximum or negative.
            """
    ),
    examples: [
        .bad(
            """
            # 档次之间没有空缺，只有超过总分值的总分落在档外。
            # Bands without a gap: only a total above the maximum falls out of them.
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    bands: [{code: pass, name: 通过, range: "[6, 10]"}, {code: fail, name: 不通过, range: "[0, 6)"}]
                    items: [{code: A, name: 课程, max: 10}]
            tables:
              scores:
                - {rater: review, code: A, points: 10.5, reason: 如期}
            """,
            zh: "没有结论适用于总分 10.5",
            en: "no verdict band holds the total 10.5"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    bands: [{code: pass, name: 通过, range: "[6, 10]"}, {code: fail, name: 不通过, range: "[0, 6)"}]
                    items: [{code: A, name: 课程, max: 10}]
            tables:
              scores:
                - {rater: review, code: A, points: 5.99, reason: 少四场}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for sheet in scoring.raters {
        if let total = sheet.total, !scoring.rubric.bands.isEmpty, scoring.rubric.verdict(for: total) == nil {
            findings.add(outsideBands(sheet.rater, total))
        }
    }
}

private func outsideBands(_ rater: String, _ total: ExactDecimal) -> Finding {
    noVerdict.rule.finding(
        message: LocalizedText(
            zh: "没有结论适用于总分 \(Money.points(total))",
            en: "no verdict band holds the total \(Money.points(total))"
        ),
        subject: rater,
        found: Money.points(total)
    )
}
