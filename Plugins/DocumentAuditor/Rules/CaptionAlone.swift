import BudgetLines
import PrintedReports
import ReviewModel

/// A caption of a table that has no table below it, in a report whose other captions do.
let captionAlone = DocumentRule(
    "document/caption-alone",
    .warning,
    title: LocalizedText(zh: "表题之下没有表", en: "a caption without its table"),
    manual: LocalizedText(
        zh: """
            "表 3 项目绩效目标表"这样的表题，下面紧接着应是表（单位一行除外）。其他两个以上表题之下都有表、只有一个没有的列出：表可能漏排，或成了图片。目录中以页码结尾的不计。
            """,
        en: """
            Below a caption such as 表 3 项目绩效目标表 stands its table, a line with the unit aside. Where two other captions and more have theirs and one has none, the table may be left out, or have become a picture. Lines of the contents, which end in a page number, are none.
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
                    表1 申报明细表
                    镇\t户数\t人数
                    永丰镇\t120\t310
                    表2 分年安排表
                    年度\t户数\t人数
                    2026\t60\t150
                    ↓表3 绩效目标表
                    项目按季度组织检查。
            """,
            zh: "\"表3绩效目标表\"之下没有表",
            en: "there is no table below \"表3绩效目标表\""
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    表1 申报明细表
                    镇\t户数\t人数
                    永丰镇\t120\t310
                    表2 分年安排表
                    （单位：户、人）
                    年度\t户数\t人数
                    2026\t60\t150
            """
        ),
    ],
    check: { audit, findings in findings.add(checkCaptions(audit.report)) }
)

private func checkCaptions(_ report: ReportText) -> [Finding] {
    let lines = report.lines.filter { !$0.folded.isEmpty }
    let captions = lines.indices.filter { lines[$0].isCaption(report.words["table_label"]) }
    let alone = captions.filter { index in
        // The unit may stand between.
        let below = lines[(index + 1)...].prefix(3).drop { $0.isUnitAlone }
        guard let next = below.first else { return true }
        return !next.isTableRow
    }
    guard alone.count == 1, captions.count > 2, let index = alone.first else { return [] }
    // A table that was not read as one leaves its cells as lines; what follows must be a sentence, a heading, or nothing.
    let below = lines[(index + 1)...].prefix(3).drop { $0.isUnitAlone }.first
    guard below.map({ $0.isSentence || $0.isHeading }) ?? true else { return [] }
    return [lacksTable(lines[index])]
}

extension ReportText.Line {
    /// 表 3 项目绩效目标表: the label, a number, and a name that is no sentence.
    fileprivate func isCaption(_ labels: [String]) -> Bool {
        guard !isTableRow, folded.count <= 40, let label = labels.first(where: folded.hasPrefix) else { return false }
        let rest = folded.dropFirst(label.count)
        let number = rest.prefix { $0.isPlainDigit || $0 == "-" || $0 == "." }
        let name = rest.dropFirst(number.count)
        guard number.first?.isPlainDigit ?? false, name.count >= 2, let last = name.last else { return false }
        return !last.isPlainDigit && !"。；，：".contains(last) && !name.contains("。") && !name.contains("，")
    }

    fileprivate var isSentence: Bool { folded.hasSuffix("。") && folded.count >= 8 }

    /// 一、, （二）, 3. or 附件 at the beginning of a line.
    fileprivate var isHeading: Bool {
        let numerals = "一二三四五六七八九十"
        let rest = folded.drop { numerals.contains($0) || $0.isPlainDigit }
        if rest.count < folded.count, let mark = rest.first, "、.．".contains(mark) { return true }
        return folded.hasPrefix("附件")
            || folded.hasPrefix("（") && folded.dropFirst().first.map(numerals.contains) ?? false
    }

    /// 单位：元, a line of its own.
    fileprivate var isUnitAlone: Bool {
        !isTableRow && folded.count <= 16 && folded.contains("单位")
    }
}

private func lacksTable(_ line: ReportText.Line) -> Finding {
    captionAlone.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.folded)\"之下没有表",
            en: "there is no table below \"\(line.folded)\""
        ),
        subject: line.folded,
        lines: [line.spot],
        hint: LocalizedText(
            zh: "表可能漏排，或是图片；请补上，或删去表题",
            en: "the table may be left out, or be a picture: put it there, or remove the caption"
        )
    )
}
