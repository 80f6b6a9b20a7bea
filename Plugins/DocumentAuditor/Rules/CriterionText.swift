import BudgetLines
import PrintedReports
import ReviewModel

/// A criterion that the indicator system and the criterion table word differently.
let criterionText = DocumentRule(
    "document/criterion-text",
    .info,
    title: LocalizedText(zh: "评分标准两处文字不同", en: "a criterion in two wordings"),
    manual: LocalizedText(
        zh: """
            同一代码的评分标准，在指标体系表（打分标准）与评分附表（A1…C3）中应为同样的文字；空格、标点和换行不计。不同的代码列在一条之中。评分以哪一处为准，须由评审人确定。
            """,
        en: """
            The criterion of a code must read the same in the indicator system (打分标准) and in its criterion table (A1…C3), blanks \
            and punctuation aside. The codes that differ make one finding. Which of the two was scored by is for the reviewer to say.
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
                    三级指标\t打分标准
                    ↓制度健全性 (B13)\t①健全性高，得 3 分；②有办法，得 2 分。
                    附表
                    指标\t评分标准\t得分\t评分依据
                    制度健全性(B13)\t①健全性高，得 3 分；②有办法的，得 2 分。\t3 2\t无
            """,
            zh: "1 个指标的评分标准在指标体系表与评分附表中文字不同：B13",
            en: "1 criteria read differently in the indicator system and in their tables: B13"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    三级指标\t打分标准
                    制度健全性 (B13)\t①健全性高，得 3 分；②有办法，得 2 分。
                    附表
                    指标\t评分标准\t得分\t评分依据
                    制度健全性(B13)\t① 健全性高,得3分；②有办法，得2分\t3 2\t无
            """
        ),
    ],
    check: { audit, findings in findings.add(checkWording(audit.report)) }
)

private func checkWording(_ report: ReportText) -> [Finding] {
    var tables: [String: (text: String, line: Int)] = [:]
    for criterion in report.printedTables.filter({ $0.kind == .criteria }).flatMap(\.criteria) {
        let text = (tables[criterion.code]?.text ?? "") + criterion.criterion.words
        tables[criterion.code] = (text, tables[criterion.code]?.line ?? criterion.line)
    }
    var different: [(code: String, line: Int, table: Int)] = []
    for table in report.printedTables where table.kind == .indicators {
        for row in table.rows {
            guard let code = row.cells.lazy.compactMap(CodedName.init).last?.code, let other = tables[code],
                let text = row.cells.last(where: { !$0.isEmpty }), text.contains("得")
            else { continue }
            if text.words != other.text { different.append((code, row.line.number, other.line)) }
        }
    }
    return different.isEmpty ? [] : [twoWordings(different)]
}

private func twoWordings(_ different: [(code: String, line: Int, table: Int)]) -> Finding {
    let codes = different.map(\.code).joined(separator: "、")
    return criterionText.rule.finding(
        message: LocalizedText(
            zh: "\(different.count) 个指标的评分标准在指标体系表与评分附表中文字不同：\(codes)",
            en:
                "\(different.count) criteria read differently in the indicator system and in their tables: \(codes)"
        ),
        subject: "criteria",
        lines: different.flatMap { [$0.line, $0.table] }
            .map(ReportText.spot),
        found: codes,
        hint: LocalizedText(zh: "请统一两处的评分标准", en: "make the two the same")
    )
}
