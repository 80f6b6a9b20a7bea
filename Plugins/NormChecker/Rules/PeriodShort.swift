import CostNorms
import ReviewModel

/// A period that is shorter than a norm allows: days for bids.
let periodShort = NormRule(
    "norm/period-short",
    .error,
    title: LocalizedText(zh: "期限短于规定", en: "a period too short"),
    manual: LocalizedText(
        zh: """
            项目文字和明细中写明自招标文件发出至提交投标文件截止的天数，或者写明两个日期的，与规定的最短期限相比。一句话中有几个天数的、以工作日计的不作判断。\
            请推迟截止日。
            """,
        en: """
            The days from the call for tenders to the last bid, where a sentence of the project's texts or of a line names them, or both \
            dates, against the least that the rule asks for. A sentence with several counts, or with working days, is not judged. Move the \
            last day for bids.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              project: {name: 设备, town: 望舒镇, year: 2026}
              organisations: {applicant: 望舒镇政府}
              texts: {work_plan: ↓自招标文件发出之日起15日内提交投标文件。}
            tables:
              budget_lines: [{id: L1, group: 健身步道, quantity: 1, unit_price: 100000.00, amount: 100000.00}]
            """,
            zh: "\"自招标文件发出之日起15日内提交投标文件\"为 15 天，按《招标投标法》（主席令第21号）第二十四条不得少于 20 天",
            en: "\"自招标文件发出之日起15日内提交投标文件\" gives 15 days; 《招标投标法》（主席令第21号）第二十四条 asks for 20"
        ),
        .good(
            """
            fields:
              project: {name: 设备, town: 望舒镇, year: 2026}
              organisations: {applicant: 望舒镇政府}
              texts: {work_plan: 自招标文件发出之日起20日内提交投标文件。}
            tables:
              budget_lines: [{id: L1, group: 健身步道, quantity: 1, unit_price: 100000.00, amount: 100000.00}]
            """
        ),
    ],
    check: check
)

private func check(_ review: NormReview, _ findings: inout RuleFindings) {
    for (text, pointer) in review.texts {
        for short in review.reader.shortPeriods(in: text) {
            findings.add(tooShort(short, at: pointer))
        }
    }
}

private func tooShort(_ short: ShortPeriod, at pointer: JSONPointer) -> Finding {
    let (count, least) = (short.count.withoutTrailingZeros.grouped, short.least.withoutTrailingZeros.grouped)
    let (source, behind) = (short.norm.source.cited, bracketed(short.norm.doubts))
    var finding = periodShort.rule.finding(
        message: LocalizedText(
            zh: "\"\(short.sentence)\"为 \(count) \(short.unit.zh)，按\(source)不得少于 \(least) \(short.unit.zh)\(behind.zh)",
            en: "\"\(short.sentence)\" gives \(count) \(short.unit.en); \(source) asks for \(least)\(behind.en)"
        ),
        pointers: [pointer],
        expected: "≥ \(least)",
        found: count,
        hint: LocalizedText(zh: "请推迟截止日", en: "move the last day for bids")
    )
    if !short.norm.doubts.isEmpty { finding.severity = .warning }
    return finding
}
