import BudgetLines
import PrintedReports
import ReviewModel

/// An indicator under one code and two names.
let criterionName = DocumentRule(
    "document/criterion-name",
    .warning,
    title: LocalizedText(zh: "同一指标代码的名称不同", en: "an indicator's code with two names"),
    manual: LocalizedText(
        zh: """
            表格中"名称 (A11)"形式的单元格，同一代码在评分表、指标体系表、评分附表中的名称应相同；空格和标点全半角不计，只有代码没有名称的不比较。
            """,
        en: """
            Cells of the form NAME (A11): one code must have one name in the score sheet, the indicator system and the criterion \
            tables. Blanks and the width of punctuation aside.
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
                    三级指标\t分值\t自评
                    ↓规章制度健全性 (B13)\t5\t5
                    体系
                    三级指标\t打分标准
                    制度健全性 (B13)\t①健全性高，得 3 分。
            """,
            zh: "指标 B13 有 2 个名称：\"规章制度健全性\"（第 2 行）、\"制度健全性\"（第 5 行）",
            en: "B13 has 2 names: \"规章制度健全性\" (line 2), \"制度健全性\" (line 5)"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    三级指标\t分值\t自评
                    制度健全性 (B13)\t5\t5
                    体系
                    三级指标\t打分标准
                    制度健全性 (B13)\t①健全性高，得 3 分。
            """
        ),
    ],
    check: { audit, findings in findings.add(checkNamesOfCodes(audit.report)) }
)

private func checkNamesOfCodes(_ report: ReportText) -> [Finding] {
    var (order, names) = ([String](), [String: [(name: String, line: Int)]]())
    for (line, coded) in report.printedTables.flatMap(\.codedNames) {
        if names[coded.code] == nil { order.append(coded.code) }
        if names[coded.code]?.contains(where: { $0.name == coded.name }) == true { continue }
        names[coded.code, default: []].append((coded.name, line))
    }
    return order.compactMap { code in
        guard let found = names[code], found.count > 1 else { return nil }
        return twoNames(code, found, in: report)
    }
}

// MARK: - Messages

private func twoNames(_ code: String, _ names: [(name: String, line: Int)], in report: ReportText) -> Finding {
    let labels = names.map { (name: $0.name, label: report.label(line: $0.line)) }
    let list = names.map { "\"\($0.name)\"" }
    return criterionName.rule.finding(
        message: LocalizedText(
            zh:
                "指标 \(code) 有 \(names.count) 个名称：\(labels.map { "\"\($0.name)\"（\($0.label.zh)）" }.joined(separator: "、"))",
            en:
                "\(code) has \(names.count) names: \(labels.map { "\"\($0.name)\" (\($0.label.en))" }.joined(separator: ", "))"
        ),
        subject: code,
        lines: names.map { ReportText.spot(line: $0.line) },
        expected: list[0],
        found: list.dropFirst().joined(separator: " / "),
        hint: LocalizedText(zh: "请统一指标名称", en: "use one name")
    )
}
