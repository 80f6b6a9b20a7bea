import BudgetLines
import CostNorms
import ReviewModel

/// More people or days than the class may have.
let sizeAbove = NormRule(
    "norm/size-above",
    .error,
    title: LocalizedText(zh: "人数或天数超过规定", en: "more people or days than allowed"),
    manual: LocalizedText(
        zh: """
            会议、培训等写明了人数或天数的，与该类别的上限相比。没有写明类别而有的类别没有上限的，不作判断。请压缩规模，或写明批准的依据。
            """,
        en: """
            The people or days of a meeting or training, where its line names them, against the most of its class. Where no class is \
            named and one of the classes has no limit, nothing is said. Make it smaller, or say who approved it.
            """
    ),
    examples: [
        .bad(
            """
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 会议费, detail: ↓三类会议3天, quantity: 50, unit: 人, unit_price: 900.00, amount: 45000.00}
            """,
            zh: "\"三类会议3天\"为 3 天，按《中央和国家机关会议费管理办法》（财行〔2016〕214号）第八条、第九条不得超过 2 天（标准凭记忆录入，引用前请核对原文；中央和国家机关的标准，地方以当地规定为准）",
            en:
                "\"三类会议3天\" has 3 days; 《中央和国家机关会议费管理办法》（财行〔2016〕214号）第八条、第九条 allows 2 (the norm was written from memory: check its text before citing it; a norm of central bodies; a town has its own)"
        ),
        .good(
            """
            fields: {project: {name: 年会, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 会议费, detail: 三类会议2天, quantity: 50, unit: 人, unit_price: 900.00, amount: 45000.00}
            """
        ),
    ],
    check: check
)

private func check(_ review: NormReview, _ findings: inout RuleFindings) {
    for (line, match) in zip(review.lines, review.matches) {
        guard let match else { continue }
        for oversize in review.reader.oversizes(line, match) {
            findings.add(tooLarge(line, oversize))
        }
    }
}

private func tooLarge(_ line: NormLine, _ oversize: Oversize) -> Finding {
    var doubts = oversize.norm.doubts
    let isCertain = doubts.isEmpty
    if let grade = oversize.assumed { doubts.insert(assumedClass(grade), at: 0) }
    let behind = bracketed(doubts)
    let (count, most) = (oversize.count.withoutTrailingZeros.grouped, oversize.most.withoutTrailingZeros.grouped)
    let (source, unit) = (oversize.norm.source.cited, oversize.unit)
    let name = line.line.label == line.line.group ? "group" : "detail"
    var finding = sizeAbove.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.line.label)\"为 \(count) \(unit.zh)，按\(source)不得超过 \(most) \(unit.zh)\(behind.zh)",
            en: "\"\(line.line.label)\" has \(count) \(unit.en); \(source) allows \(most)\(behind.en)"
        ),
        subject: line.line.id,
        pointers: [line.line.pointer / name, line.line.pointer / "quantity"],
        expected: "≤ \(most)",
        found: count,
        hint: LocalizedText(zh: "请压缩规模，或写明批准的依据", en: "make it smaller, or say who approved it")
    )
    if !isCertain { finding.severity = .warning }
    return finding
}
