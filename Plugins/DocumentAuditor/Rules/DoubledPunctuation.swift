import BudgetLines
import PrintedReports
import ReviewModel

/// A punctuation mark, or the word for a level of government, that stands twice.
let doubledPunctuation = DocumentRule(
    "document/doubled",
    .warning,
    title: LocalizedText(zh: "标点或字重复", en: "a doubled mark or character"),
    manual: LocalizedText(
        zh: "。。、，，、；；、：：、、、等连续两个相同的标点，以及\"市市\"\"区区\"\"的的\"之类重复的字；\"镇镇级\"不算。",
        en: "Two equal punctuation marks in a row, and doubled characters such as 市市."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓项目由镇级财政保障。。
            """,
            zh: "\"。。\"重复：…目由镇级财政保障。。…",
            en: "\"。。\" stands twice: …目由镇级财政保障。。…"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    望舒镇镇级财政保障。
            """
        ),
    ],
    check: { audit, findings in findings.add(checkPunctuation(audit.report)) }
)

private func checkPunctuation(_ report: ReportText) -> [Finding] {
    report.lines.flatMap { line in
        let scalars = line.scalars
        return scalars.indices.dropFirst().filter { position in
            // 望舒镇镇级 is a town's level.
            scalars[position] == scalars[position - 1] && marks.contains(scalars[position])
                && !(position + 1 < scalars.count && scalars[position + 1] == "级")
        }.map { position in
            let found = scalars[position - 1...position].string
            let around = scalars[max(0, position - 9)..<min(scalars.count, position + 9)].string
            return doubledPunctuation.rule.finding(
                message: LocalizedText(zh: "\"\(found)\"重复：…\(around)…", en: "\"\(found)\" stands twice: …\(around)…"),
                subject: found,
                lines: [line.spot],
                expected: String(scalars[position]),
                found: found
            )
        }
    }
}

private let marks: Set<Unicode.Scalar> = ["。", "，", "；", "：", "、", "？", "！", "市", "区", "镇", "的", "了"]
