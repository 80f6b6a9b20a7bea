import GivenDocuments
import PrintedReports
import ReviewModel

/// Text that a program has recognised in pictures: what the other rules say of it may be its mistake, and not the report's.
let recognised = DocumentRule(
    "document/ocr",
    .warning,
    title: LocalizedText(zh: "报告文字由 OCR 识别", en: "text of the report was recognised in pictures"),
    manual: LocalizedText(
        zh: """
            扫描件（设置 ocr: true）的文字由程序识别，可能有错：每个识别的页列出一条，把握不大的数字另在其位置列出。从这些页上读到的金额、名称，\
            以及据此得出的其他问题，都须对照原件核对。
            """,
        en: """
            The text of scans (ocr: true) is recognised by a program and may be wrong: a finding for each such page, and one at each figure that is in \
            doubt. Amounts and names read from these pages, and what other rules say of them, have to be compared with the page.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  ocr: true
                  report: ↓|
                    一、概况
                    本项目预算为 100 万元，其中 2026 年 60 万元。
            """,
            zh: "报告文字由 OCR 识别，可能有错；其中的 3 个数字须对照原件核对",
            en: "the text of the report was recognised (OCR) and may be wrong: compare its 3 figures with the original"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况
                    本项目预算为 100 万元，其中 2026 年 60 万元。
            """
        ),
    ],
    check: { audit, findings in
        for loss in audit.losses where loss.kind == .recognised {
            var finding = recognised.rule.finding(message: loss.message, subject: loss.kind.rawValue)
            finding.spots = [loss.place.map(Spot.place) ?? .value(JSONPointer(["config", "report"]))]
            findings.add(finding)
        }
    }
)
