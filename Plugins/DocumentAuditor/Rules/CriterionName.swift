import BudgetLines
import PrintedReports
import ReviewModel

/// An indicator under one code and two names.
let criterionName = Rule(
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
    )
)

func checkCriteria(_ report: ReportText) -> [Finding] {
    checkNamesOfCodes(report) + checkWording(report)
}

private func checkNamesOfCodes(_ report: ReportText) -> [Finding] {
    var (order, names) = ([String](), [String: [(name: String, line: Int)]]())
    for (line, coded) in report.printedTables.flatMap(\.codedNames) {
        if names[coded.code] == nil { order.append(coded.code) }
        if names[coded.code]?.contains(where: { $0.name == coded.name }) == true { continue }
        names[coded.code, default: []].append((coded.name, line))
    }
    return order.compactMap { code in
        guard let found = names[code], found.count > 1 else { return nil }
        return twoNames(code, found)
    }
}

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

// MARK: - Messages

private func twoNames(_ code: String, _ names: [(name: String, line: Int)]) -> Finding {
    let list = names.map { "\"\($0.name)\"" }
    return criterionName.finding(
        message: LocalizedText(
            zh:
                "指标 \(code) 有 \(names.count) 个名称：\(names.map { "\"\($0.name)\"（第 \($0.line) 行）" }.joined(separator: "、"))",
            en:
                "\(code) has \(names.count) names: \(names.map { "\"\($0.name)\" (line \($0.line))" }.joined(separator: ", "))"
        ),
        subject: code,
        pointers: names.map { ReportText.pointer(line: $0.line) },
        expected: list[0],
        found: list.dropFirst().joined(separator: " / "),
        hint: LocalizedText(zh: "请统一指标名称", en: "use one name")
    )
}

private func twoWordings(_ different: [(code: String, line: Int, table: Int)]) -> Finding {
    let codes = different.map(\.code).joined(separator: "、")
    return criterionText.finding(
        message: LocalizedText(
            zh: "\(different.count) 个指标的评分标准在指标体系表与评分附表中文字不同：\(codes)",
            en:
                "\(different.count) criteria read differently in the indicator system and in their tables: \(codes)"
        ),
        subject: "criteria",
        pointers: different.flatMap { [$0.line, $0.table] }
            .map(ReportText.pointer),
        found: codes,
        hint: LocalizedText(zh: "请统一两处的评分标准", en: "make the two the same")
    )
}
