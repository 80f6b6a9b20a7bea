import BudgetLines
import PrintedReports
import ReviewModel

/// A count of what is listed right beside it, in the sentence or in the table.
let listCount = DocumentRule(
    "document/list-count",
    .error,
    title: LocalizedText(zh: "所写个数与所列不符", en: "a count that the list beside it denies"),
    manual: LocalizedText(
        zh: """
            "甲镇、乙镇、丙镇共 4 个镇""分 A、B、C 四个采购包"的个数与顿号并列的名称；"（1）……（2）……以上三项"与编号；紧接在表后的"以上共 28 项"、"申报 9 项，明细见表 5"与该表的行数；"其余 2 所按申报金额安排"与前面审核表中未核减的行数。写"等"的只在所列更多时列出。
            """,
        en: """
            The count of names parted by 、 before 共 N 个, and before a numeral such as 四个采购包; 以上 N 项 behind （1）（2）（3）; 以上共 N 项 right behind a table and 申报 N 项，明细见表 5 against its rows; 其余 N 所按申报金额安排 against the rows of the audit table before it that \
            were not cut. With 等 only where more are listed.
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
                    ↓项目涉及永丰镇、石门镇、老庙镇、城关镇共5个镇。
            """,
            zh: "写为 5 个，所列为 4 个",
            en: "5 are stated, 4 are listed"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目涉及永丰镇、石门镇、老庙镇、城关镇共4个镇。
            """
        ),
    ],
    check: { audit, findings in
        for paragraph in audit.report.paragraphs {
            let text = paragraph.text.folded
            guard text.contains(where: \.isPlainDigit) || text.hasBytes(of: "以上") || text.hasBytes(of: "、") else {
                continue
            }
            let found =
                names(text) ?? closedNames(text, audit.report.words) ?? enumerated(text) ?? ofTable(
                    text,
                    paragraph.line,
                    audit.report
                )
                ?? bracketed(text) ?? ordinals(text) ?? behindColon(text) ?? numeral(text) ?? detail(text, audit.report)
                ?? others(text, paragraph.line, audit.report)
            if let found { findings.add([differs(found.stated, found.listed, paragraph.line)]) }
        }
    }
)

/// How many are stated and how many are listed.
typealias ListedCount = (stated: Int, listed: Int)
private typealias Count = ListedCount

/// 永丰镇、石门镇共2个镇: names that end with what is counted.
private func names(_ text: String) -> Count? {
    guard text.hasBytes(of: "个") else { return nil }
    for figure in StatedFigure.all(in: text) {
        guard let stated = Int(figure.digits), figure.behind.hasPrefix("个"), let last = figure.behind.dropFirst().first
        else { continue }
        var clause = text.clause(before: figure.range.lowerBound)
        guard let word = ["等共", "共计", "共", "等"].first(where: clause.hasSuffix) else { continue }
        clause = String(clause.dropLast(word.count))
        var names = clause.split(separator: "、").map(String.init)
        guard names.count > 1, let end = names.popLast() else { continue }
        names += end.split { "和及与".contains($0) }.map(String.init)
        guard names.count > 2,
            names.allSatisfy({ $0.last == last && (2...14).contains($0.count) && !$0.contains(where: \.isPlainDigit) })
        else { continue }
        let isOpen = word.hasPrefix("等")
        if names.count > stated || !isOpen && names.count < stated { return (stated, names.count) }
    }
    return nil
}

private let numerals: [Character: Int] = [
    "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
]

/// 下属事业单位4家（甲、乙、丙、丁）: one more or one less than are listed.
private func bracketed(_ text: String) -> Count? {
    guard text.hasBytes(of: "（") else { return nil }
    let letters = Array(text)
    for figure in StatedFigure.all(in: text) {
        guard let stated = Int(figure.digits), (3...20).contains(stated), let unit = figure.behind.first,
            "家个所项类名处座".contains(unit), figure.behind.dropFirst().first == "（"
        else { continue }
        let inside = String(letters[(figure.range.upperBound + 2)...].prefix { $0 != "）" })
        let items = inside.split(separator: "、").map(String.init)
        guard abs(items.count - stated) == 1, items.count > 1,
            items.allSatisfy({
                (2...20).contains($0.count) && !$0.contains(where: { $0.isPlainDigit || "，；：。".contains($0) })
            }),
            !["等", "含", "包括", "其中", "如", "不", "详见", "见", "和", "及", "与"].contains(where: inside.hasBytes)
        else { continue }
        return (stated, items.count)
    }
    return nil
}

/// 项目分三部分：一是…；二是…；三是….
private func ordinals(_ text: String) -> Count? {
    guard let place = text.firstBytes(of: "：一是") else { return nil }
    let before = text[..<place.lowerBound]
    guard let unit = ["部分", "个部分", "方面", "个方面", "类", "阶段", "个阶段", "项", "项内容", "项工作"].first(where: before.hasSuffix),
        let last = before.dropLast(unit.count).last,
        let stated = numerals[last] ?? Int(String(last))
    else { return nil }
    let rest = String(text[place.lowerBound...])
    let ordinals = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"]
    let count = ordinals.prefix { rest.hasBytes(of: $0) }.count
    return count > 1 && count != stated && rest.ranges(of: "一是").count == 1 ? (stated, count) : nil
}

/// 共5个子项目：甲540万元、乙120万元、…。
private func behindColon(_ text: String) -> Count? {
    guard text.hasBytes(of: "共"), text.hasBytes(of: "：") else { return nil }
    let letters = Array(text)
    for figure in StatedFigure.all(in: text) {
        guard let stated = Int(figure.digits), (3...20).contains(stated), "个项类".contains(figure.behind.first ?? " "),
            figure.range.lowerBound > 0, letters[figure.range.lowerBound - 1] == "共"
        else { continue }
        let rest = letters[figure.range.upperBound...]
        guard let colon = rest.prefix(10).firstIndex(of: "："), !rest[..<colon].contains(where: { "，。；".contains($0) })
        else { continue }
        let items = String(rest[(colon + 1)...].prefix { !"。；".contains($0) }).split(separator: "、").map(String.init)
        // Each with its amount: then nothing else parts them.
        guard abs(items.count - stated) == 1, items.count > 2,
            items.allSatisfy({ item in item.contains(where: \.isPlainDigit) && !item.contains("，") && item.count <= 30 }
            )
        else { continue }
        return (stated, items.count)
    }
    return nil
}

/// 包括甲、乙、丙和丁四项: 和 may be part of a name, and so fewer are right, too.
private func numeral(_ text: String) -> Count? {
    guard ["包括", "包含", "分为", "涉及"].contains(where: text.hasBytes) else { return nil }
    for sentence in text.split(whereSeparator: { "。；".contains($0) }) {
        guard let lead = ["包括", "包含", "分为", "涉及"].lazy.compactMap({ sentence.firstBytes(of: $0) }).first else {
            continue
        }
        let list = sentence[lead.upperBound...].prefix { $0 != "，" }
        guard let unit = ["项", "类", "部分", "个部分", "个方面", "项内容"].first(where: list.hasSuffix),
            let last = list.dropLast(unit.count).last, let stated = numerals[last]
        else { continue }
        var items = list.dropLast(unit.count + 1).split(separator: "、").map(String.init)
        let plain = items.count
        guard plain > 1, let end = items.popLast(), !list.contains("等"), !list.contains("（"),
            items.allSatisfy({ (2...12).contains($0.count) })
        else { continue }
        items += end.split { "和及与".contains($0) }.map(String.init)
        if abs(items.count - stated) == 1, plain != stated { return (stated, items.count) }
    }
    return nil
}

/// （1）…（2）…。以上三项.
private func enumerated(_ text: String) -> Count? {
    guard let place = ["以上", "上述"].compactMap({ text.firstBytes(of: $0) }).first else { return nil }
    let rest = text[place.upperBound...].drop { $0 == "共" }
    let digits = rest.prefix(while: \.isPlainDigit)
    let stated = Int(digits) ?? rest.first.flatMap { numerals[$0] }
    guard let stated, ["项", "点", "条"].contains(String(rest.dropFirst(max(1, digits.count)).prefix(1))) else {
        return nil
    }
    let before = String(text[..<place.lowerBound])
    var count = 0
    while before.hasBytes(of: "（\(count + 1)）") { count += 1 }
    guard count > 1, before.ranges(of: "（1）").count == 1, count != stated else { return nil }
    return (stated, count)
}

/// 以上共28项 right behind a table.
private func ofTable(_ text: String, _ line: ReportText.Line, _ report: ReportText) -> Count? {
    guard text.hasPrefix("以上共") || text.hasPrefix("上表共") || text.hasPrefix("以上合计") else { return nil }
    guard let figure = StatedFigure.all(in: text).first, figure.range.lowerBound <= 4, let stated = Int(figure.digits),
        ["项", "条", "个"].contains(where: figure.behind.hasPrefix),
        let grid = NumberGrid.all(in: report).last(where: { $0.head.number < line.number }),
        let last = grid.rows.last?.line.number,
        report.lines.filter({ $0.number > last && $0.number < line.number && !$0.folded.isEmpty }).isEmpty
    else { return nil }
    let rows = grid.rows.filter { !$0.isTotal }
    // Only where the rows are numbered through.
    guard rows.enumerated().allSatisfy({ $1.texts[0].folded == String($0 + 1) }), rows.count != stated else {
        return nil
    }
    return (stated, rows.count)
}

/// 申报9项，金额…，明细见表5.
private func detail(_ text: String, _ report: ReportText) -> Count? {
    guard let place = text.firstBytes(of: "申报"), text.hasBytes(of: "明细见表") else { return nil }
    let digits = text[place.upperBound...].prefix(while: \.isPlainDigit)
    guard let stated = Int(digits), text[place.upperBound...].dropFirst(digits.count).hasPrefix("项"),
        let see = text.firstBytes(of: "明细见表")
    else { return nil }
    let number = text[see.upperBound...].prefix { $0.isPlainDigit || $0 == "-" }
    guard !number.isEmpty else { return nil }
    let tables = report.printedTables.filter { table in
        let caption = table.caption.folded
        return table.kind == .budget && caption.hasPrefix("表\(number)")
            && !(caption.dropFirst(number.count + 1).first.map { $0.isPlainDigit || $0 == "-" } ?? false)
    }
    guard tables.count == 1, tables[0].unreadRows.isEmpty else { return nil }
    let count = tables[0].budgetLines.count
    return count == stated || count == 0 ? nil : (stated, count)
}

/// 其余2所学校按申报金额安排: the rows of the audit table before it that were not cut.
private func others(_ text: String, _ line: ReportText.Line, _ report: ReportText) -> Count? {
    guard let place = text.firstBytes(of: "其余") else { return nil }
    let rest = text[place.upperBound...]
    let digits = rest.prefix(while: \.isPlainDigit)
    guard let stated = Int(digits), let end = rest.firstBytes(of: "按申报"),
        rest.distance(from: rest.startIndex, to: end.lowerBound) <= 8,
        ["金额", "数"].contains(where: rest[end.upperBound...].hasPrefix),
        let table = report.printedTables.last(where: { $0.kind == .audit && $0.header.line.number < line.number })
    else { return nil }
    let rows = table.auditLines
    let kept = rows.count { $0.deducted.isZero && $0.requested == $0.approved }
    // What the table is of must be what is counted: its cut rows are named, or their number is.
    guard rows.count > 2, kept != stated, kept > 0, kept < rows.count else { return nil }
    let cut = rows.count - kept
    let numerals = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九"]
    let counted =
        ["\(cut)项", "\(cut)所", "\(cut)个"]
        + (cut < 10 ? ["\(numerals[cut])项", "\(numerals[cut])所", "\(numerals[cut])个"] : [])
    return counted.contains(where: text.hasBytes) ? (stated, kept) : nil
}

private func differs(_ stated: Int, _ listed: Int, _ line: ReportText.Line) -> Finding {
    listCount.rule.finding(
        message: LocalizedText(zh: "写为 \(stated) 个，所列为 \(listed) 个", en: "\(stated) are stated, \(listed) are listed"),
        subject: "count \(line.folded.prefix(12))",
        lines: [line.spot],
        expected: "\(listed)",
        found: "\(stated)",
        hint: LocalizedText(zh: "请核对个数和所列各项", en: "check the count and the list")
    )
}
