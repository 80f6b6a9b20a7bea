import BudgetLines
import ReviewModel
import Rubrics

/// A rule of the rubric replaces the verdict that the total would have.
let verdictOverridden = ScoreRule(
    "rubric/verdict-overridden",
    .info,
    title: LocalizedText(zh: "结论被规则改变", en: "the verdict is overridden by a rule"),
    manual: LocalizedText(
        zh: """
            对每一张评分表，依次判断评分标准 overrides 的条件，以第一个成立的结论代替总分所得的结论，并在此说明两者；总分不变。\
            因缺得分、字段或查询结果而无从判断的，按不成立计；评分不完整、没有总分的，也判断。不须更正，请核对条件所依据的得分或字段。
            """,
        en: """
            Goes through the `overrides` of the rubric for every sheet; the first whose condition holds replaces the verdict of \
            the total, and the finding names both. The total stays. A condition that cannot be known counts as not holding; \
            scores with gaps, which have no total, are looked at, too. Nothing need be corrected; check the scores or fields that the condition \
            rests on.
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
                    bands: [{code: pass, name: 通过, range: "[6, 20]"}, {code: fail, name: 不通过, range: "[0, 6)"}]
                    overrides: [↓{code: vetoed, name: 一票否决, when: {item: A, below: 50%}}]
                    items: [{code: A, name: 依据, max: 10}, {code: B, name: 方案, max: 10}]
            tables:
              scores:
                - {rater: review, code: A, points: 4, reason: 缺文件}
                - {rater: review, code: B, points: 9, reason: 缺进度}
            """,
            zh: "总分 13 本应为\"通过\"，按规则改为\"一票否决\"",
            en: "a total of 13 would be \"通过\"; by a rule of the rubric it is \"一票否决\""
        ),
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    bands: [{code: pass, name: 通过, range: "[6, 20]"}, {code: fail, name: 不通过, range: "[0, 6)"}]
                    overrides: [↓{code: fail, name: 不通过, when: {item: A, below: 50%}}]
                    items: [{code: A, name: 依据, max: 10}, {code: B, name: 方案, max: 10}]
            tables:
              scores:
                - {rater: review, code: A, points: 2, reason: 缺文件}
                - {rater: review, code: B, points: 1, reason: 缺进度}
            """,
            zh: "总分 3 为\"不通过\"，按规则也为\"不通过\"",
            en: "a total of 3 is \"不通过\", and so it is by a rule of the rubric"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    bands: [{code: pass, name: 通过, range: "[6, 20]"}, {code: fail, name: 不通过, range: "[0, 6)"}]
                    overrides: [{code: vetoed, name: 一票否决, when: {item: A, below: 50%}}]
                    items: [{code: A, name: 依据, max: 10}, {code: B, name: 方案, max: 10}]
            tables:
              scores:
                - {rater: review, code: A, points: 5, reason: 缺文件}
                - {rater: review, code: B, points: 9, reason: 缺进度}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .overridden(let override, let sheet) in scoring.remarks {
        var finding = overridden(override, sheet, in: scoring.locale)
        if scoring.raters.count > 1 {
            // Of several sheets it is said whose it is.
            finding.message = said(of: scoring.words.name(of: sheet.rater), finding.message)
        }
        findings.add(finding)
    }
}

/// - Parameter locale: the language of the verdicts' names beside the message: a report prints them.
private func overridden(_ override: RubricOverride, _ sheet: ScoreSheet, in locale: Locale) -> Finding {
    guard let verdict = sheet.verdict else { return givenByRule(override, sheet, in: locale) }
    let total = sheet.total.map(Money.points)
    let basis =
        total.map { LocalizedText(zh: "总分 \($0) ", en: "a total of \($0)") }
        ?? sheet.level.map { LocalizedText(zh: "等级 \($0) ", en: "the level \($0)") }
        ?? LocalizedText(zh: "结论", en: "the verdict")
    if verdict.code == override.verdict.code { return givenByBoth(override, sheet, basis, in: locale) }
    return verdictOverridden.rule.finding(
        message: LocalizedText(
            zh: "\(basis.zh)本应为\"\(verdict.name.zh)\"，按规则改为\"\(override.verdict.name.zh)\"",
            en:
                "\(basis.en) would be \"\(verdict.name.en)\"; by a rule of the rubric it is \"\(override.verdict.name.en)\""
        ),
        subject: sheet.rater,
        pointers: [JSONPointer(["config"] + override.pointer.tokens)],
        expected: override.verdict.name(locale),
        found: verdict.name(locale)
    )
}

/// Where the rule gives the verdict that there is anyway, none is replaced.
private func givenByBoth(
    _ override: RubricOverride,
    _ sheet: ScoreSheet,
    _ basis: LocalizedText,
    in locale: Locale
) -> Finding {
    let name = override.verdict.name
    return verdictOverridden.rule.finding(
        message: LocalizedText(
            zh: "\(basis.zh)为\"\(name.zh)\"，按规则也为\"\(name.zh)\"",
            en: "\(basis.en) is \"\(name.en)\", and so it is by a rule of the rubric"
        ),
        subject: sheet.rater,
        pointers: [JSONPointer(["config"] + override.pointer.tokens)],
        expected: name(locale),
        found: name(locale)
    )
}

/// Where nothing else gives a verdict, none is replaced.
private func givenByRule(_ override: RubricOverride, _ sheet: ScoreSheet, in locale: Locale) -> Finding {
    verdictOverridden.rule.finding(
        message: LocalizedText(
            zh: "按评分标准的规则，结论为\"\(override.verdict.name.zh)\"",
            en: "by a rule of the rubric the verdict is \"\(override.verdict.name.en)\""
        ),
        subject: sheet.rater,
        pointers: [JSONPointer(["config"] + override.pointer.tokens)],
        expected: override.verdict.name(locale)
    )
}
