import BudgetLines
import PrintedReports
import ReviewModel

/// A paragraph that begins with 发放及时 and goes on with 延迟 18 天.
let openingDenied = DocumentRule(
    "document/opening-denied",
    .error,
    title: LocalizedText(zh: "段首的判断与下文相反", en: "an opening that its paragraph denies"),
    manual: LocalizedText(
        zh: """
            段首短句以"及时、按时、如期"等作结（report-words.yaml 的 timely），同段下文却写"延迟 18 天""逾期 2 个月"（delayed 之后有数），而且没有写提前，全段也没有否定的说法：\
            多为漏写了"不"。
            """,
        en: """
            A paragraph whose short first sentence ends with 及时, 按时 or 如期 (`timely` of report-words.yaml) and that goes on with 延迟 18 天 or 逾期 2 个月 (a number behind `delayed`): most often 不 is left out.
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
                    ↓2. 补贴发放及时。第二季度应于6月30日前发放，实际于7月18日发放，延迟18天。
            """,
            zh: "段首写\"补贴发放及时\"，下文写\"延迟18天\"",
            en: "the paragraph begins with 补贴发放及时 and says 延迟18天"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    2. 补贴发放不及时。第二季度应于6月30日前发放，实际于7月18日发放，延迟18天。
                    3. 验收及时。设备提前12天交付。
            """
        ),
    ],
    check: { audit, findings in
        let words = audit.report.words
        for paragraph in audit.report.paragraphs {
            let text = paragraph.text.folded
            guard let end = text.firstIndex(of: "。") else { continue }
            let opening = text[..<end].drop { $0.isPlainDigit || "（）().．、一二三四五六七八九十是".contains($0) }
            guard opening.count <= 14, !opening.contains("，"),
                let word = words["timely"].first(where: opening.hasSuffix),
                !["不", "未", "够", "欠", "是否"].contains(where: opening.dropLast(word.count).hasSuffix)
            else { continue }
            let rest = String(text[end...])
            guard let found = delay(in: rest, words["delayed"]), !rest.hasBytes(of: "不" + word) else { continue }
            findings.add([denied(String(opening), found, paragraph.line)])
        }
    }
)

/// `延迟18天`: one of the words with a number right behind it.
private func delay(in text: String, _ words: [String]) -> String? {
    for figure in StatedFigure.all(in: text) {
        let clause = text.clause(before: figure.range.lowerBound)
        guard figure.value > 0, let word = words.first(where: clause.hasSuffix), let unit = figure.unit,
            ["天", "日", "个月", "月", "年", "工作日"].contains(unit),
            !["未", "无", "不"].contains(where: clause.dropLast(word.count).hasSuffix)
        else { continue }
        return word + figure.digits + unit
    }
    return nil
}

private func denied(_ opening: String, _ found: String, _ line: ReportText.Line) -> Finding {
    openingDenied.rule.finding(
        message: LocalizedText(
            zh: "段首写\"\(opening)\"，下文写\"\(found)\"",
            en: "the paragraph begins with \(opening) and says \(found)"
        ),
        subject: opening,
        lines: [line.spot],
        found: opening,
        hint: LocalizedText(zh: "请核对段首是否漏写了\"不\"", en: "see whether 不 is left out at the beginning")
    )
}
