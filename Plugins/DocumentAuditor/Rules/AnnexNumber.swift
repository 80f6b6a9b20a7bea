import BudgetLines
import PrintedReports
import ReviewModel

/// Annexes whose numbers skip one, or begin a series that does not go on.
let annexNumber = DocumentRule(
    "document/annex-number",
    .info,
    title: LocalizedText(zh: "附件编号不连续", en: "annexes that skip a number"),
    manual: LocalizedText(
        zh: "附件 N 应从 1 起逐一递增，附件 N-M 应在附件 N 之内从 1 起逐一递增；只有 N-1 而没有 N-2 的也列出。",
        en: "附件 N goes up one by one from 1, and 附件 N-M within N; a lone N-1 is listed too."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    附件1 审核表
                    ↓附件3 申报表
            """,
            zh: "有附件3，而没有附件2",
            en: "there is 附件3, but no 附件2"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    附件1 审核表
                    附件2 申报表
            """
        ),
    ],
    check: { audit, findings in findings.add(checkNumbers(annexes(of: audit.report))) }
)

private func checkNumbers(_ headings: [Annex]) -> [Finding] {
    var findings: [Finding] = []
    let parts = headings.map { (annex: $0, numbers: $0.number.split(separator: "-").compactMap { Int($0) }) }
    for (annex, numbers) in parts where numbers.count == 2 {
        let siblings = parts.filter { $0.numbers.count == 2 && $0.numbers[0] == numbers[0] }.map { $0.numbers[1] }
        if siblings == [1] {
            findings.append(skipped(annex, "附件\(numbers[0])-2"))
        } else if numbers[1] > 1, !siblings.contains(numbers[1] - 1) {
            findings.append(skipped(annex, "附件\(numbers[0])-\(numbers[1] - 1)"))
        }
    }
    let firsts = Set(parts.compactMap(\.numbers.first))
    for (annex, numbers) in parts where numbers.count == 1 && numbers[0] > 1 && !firsts.contains(numbers[0] - 1) {
        findings.append(skipped(annex, "附件\(numbers[0] - 1)"))
    }
    return findings
}

private func skipped(_ annex: Annex, _ missing: String) -> Finding {
    annexNumber.rule.finding(
        message: LocalizedText(
            zh: "有附件\(annex.number)，而没有\(missing)",
            en: "there is 附件\(annex.number), but no \(missing)"
        ),
        subject: "附件\(annex.number)",
        lines: [annex.line.spot],
        expected: missing
    )
}
