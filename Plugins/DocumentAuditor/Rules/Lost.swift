import GivenDocuments
import PrintedReports
import ReviewModel

/// What was lost on the way from the report's file, so that nobody takes what was not read for what is not there.
let lost = DocumentRule(
    "document/lost",
    .warning,
    title: LocalizedText(zh: "报告文件中有没有读到的内容", en: "the file of the report has parts that were not read"),
    manual: LocalizedText(
        zh: """
            从 Word、PDF、HTML、Markdown 文件读取报告时，读不到或有选择地读取的内容逐项列出：PDF 中的扫描页（没有文字的页）、无法辨认的字符、还原不了的表格，\
            Word 中的隐藏文字（不读）和未接受的修订（按接受读取）、猜测的编码。扫描页、字符和表格为错误：这些内容没有核对过。
            """,
        en: """
            Says part by part what was not read of a Word, PDF, HTML or Markdown file, or read in one of two ways: scanned pages of a PDF, characters \
            whose meaning it does not say, tables that it does not give back; hidden text of a Word file (not read), changes that nobody has accepted \
            (read as accepted); a guessed encoding. Pages, characters and tables are errors, for nothing in them was checked.
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
                    一、概况
                    ↓本项目预算为 1\u{FFFD}0 万元。
            """,
            zh: "这一行有 1 个字符在转换时丢失（\u{FFFD}），没有核对",
            en: "1 character(s) of this line were lost by a converter (\u{FFFD}) and not checked"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况
                    本项目预算为 100 万元。
            """
        ),
    ],
    check: { audit, findings in
        for loss in audit.losses where loss.kind != .recognised {
            var finding = lost.rule.finding(message: loss.message, subject: loss.kind.rawValue)
            finding.severity = loss.kind.severity
            finding.spots = [loss.place.map(Spot.place) ?? .value(JSONPointer(["config", "report"]))]
            findings.add(finding)
        }
        // A PDF file has told its own by the page.
        if audit.losses.contains(where: { $0.kind == .unknownCharacters }) { return }
        for line in audit.report.lines where line.scalars.contains("\u{FFFD}") {
            findings.add(
                lost.rule.finding(message: lostCharacters(line.scalars.count { $0 == "\u{FFFD}" }), lines: [line.spot])
            )
        }
    }
)

private func lostCharacters(_ count: Int) -> LocalizedText {
    LocalizedText(
        zh: "这一行有 \(count) 个字符在转换时丢失（\u{FFFD}），没有核对",
        en: "\(count) character(s) of this line were lost by a converter (\u{FFFD}) and not checked"
    )
}
