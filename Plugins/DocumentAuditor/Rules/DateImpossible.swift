import BudgetLines
import PrintedReports
import ReviewModel

/// A day that no calendar has.
let dateImpossible = DocumentRule(
    "document/date-impossible",
    .error,
    title: LocalizedText(zh: "不存在的日期", en: "a day that no calendar has"),
    manual: LocalizedText(
        zh: """
            正文和表格中的日期（"9月31日""2025年2月29日""2025年13月""2025-11-31"，也包括汉字写的）在日历上没有。没有写年份的2月29日不列出。
            """,
        en: """
            A date of the text or of a table that is none: 9月31日, 2025年2月29日, 2025年13月, 2025-11-31, in digits or in Chinese. 2月29日 without a year is one.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓设备应于 2026 年 9 月 31 日前完成安装。
            """,
            zh: "日历上没有\"2026年9月31日\"这一天",
            en: "there is no day \"2026年9月31日\""
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    设备应于 2026 年 9 月 30 日前完成安装，每年 2 月 29 日前后检修，合同编号 HT2025-13-31。
            """
        ),
    ],
    check: { audit, findings in
        for line in audit.report.lines where line.folded.utf8.contains(where: { (0x30...0x39).contains($0) }) {
            var told: Set<String> = []
            for text in PrintedDate.impossible(in: Array(line.folded.unicodeScalars)) where told.insert(text).inserted {
                findings.add([noSuchDay(text, line)])
            }
        }
    }
)

private func noSuchDay(_ text: String, _ line: ReportText.Line) -> Finding {
    dateImpossible.rule.finding(
        message: LocalizedText(zh: "日历上没有\"\(text)\"这一天", en: "there is no day \"\(text)\""),
        subject: text,
        lines: [line.spot],
        found: text,
        hint: LocalizedText(zh: "请核对日期", en: "check the date")
    )
}
