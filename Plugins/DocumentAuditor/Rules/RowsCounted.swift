import BudgetLines
import PrintedReports
import ReviewModel

/// A sentence that counts what the rows of a table are, by the head of their names.
let rowsCounted = DocumentRule(
    "document/rows-counted",
    .error,
    title: LocalizedText(zh: "正文所写个数与表的行数不符", en: "a count that the rows of the table do not make"),
    manual: LocalizedText(
        zh: """
            表中名称一栏的表头（学校、行政村、路线、项目名称……）在正文中与个数相连的："路线共6条""共有6所学校""全部4个行政村"应为该表的行数；"甲等6所学校""惠及4个行政村""4个阶段"不应多于该表的行数（可以只说其中几个）。\
            同名表头的表有几张时，与每一张都不符才列出。\
            "8项支出中，6项有核减，2项未核减""单价下调的3类，分别为甲、乙和丙"按各行申报与审定的数核对个数和名称；"等次为C的有2个，分别为甲和乙""拥有3个食堂的学校有2所"按该栏的值核对。
            """,
        en: """
            Where the head of a column of names (学校, 行政村, 路线, 项目名称) stands beside a count: 路线共6条, 共有6所学校 and 全部4个行政村 are the rows of the table; 甲等6所学校, 惠及4个行政村, 4个阶段 are no more than these, for they may be some. \
            Of several tables with such a head all must say otherwise. \
            8项支出中，6项有核减 and 单价下调的3类，分别为甲、乙和丙 are counts and names of rows by what they have on both sides; 等次为C的有2个，分别为甲和乙 and 拥有3个食堂的学校有2所 by their value of the column.
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
                    路线\t里程（公里）\t经费（万元）
                    甲线\t46.20\t138.60
                    乙线\t58.50\t157.95
                    丙线\t33.40\t86.84
                    ↓纳入养护的路线共4条，另有2条路线移交。
            """,
            zh: "\"路线共4条\"：表中有 3 行",
            en: "\"路线共4条\": the table has 3 rows"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    路线\t里程（公里）\t经费（万元）
                    甲线\t46.20\t138.60
                    乙线\t58.50\t157.95
                    丙线\t33.40\t86.84
                    纳入养护的路线共3条，其中2条路线为国道。
            """
        ),
    ],
    check: { audit, findings in
        let words = audit.report.words
        var counts: [String: Set<Int>] = [:]
        for grid in audit.grids {
            let rows = grid.rows.filter { !$0.isTotal }
            guard rows.count > 2 else { continue }
            for column in grid.heads.indices.prefix(3) where !grid.numeric.contains(column) {
                let names = rows.map { $0.texts[column].folded }
                let head = grid.heads[column].bareHead.strippedEnds(["名称"])
                guard (2...5).contains(head.count), !words["heads_of_no_count"].contains(head),
                    names.allSatisfy({ !$0.isEmpty }), Set(names).count == names.count
                else { continue }
                counts[head, default: []].insert(rows.count)
            }
        }
        let told = findings.told
        let properties = RowsOfProperty(audit.namedRows, audit.grids, words)
        for line in audit.report.body where !properties.isEmpty && !line.isTableRow && !told.contains(line.spot) {
            findings.add(properties.check(line))
        }
        let values = RowsOfValue(audit.grids, words)
        let known = findings.told
        for line in audit.report.body where !line.isTableRow && !known.contains(line.spot) {
            findings.add(values.check(line))
        }
        if counts.isEmpty { return }
        for line in audit.report.body where !line.isTableRow && !told.contains(line.spot) {
            for sentence in line.folded.split(whereSeparator: { "。；".contains($0) }) {
                findings.add(check(String(sentence), line, counts, words))
            }
        }
    }
)

private func check(_ sentence: String, _ line: ReportText.Line, _ counts: [String: Set<Int>], _ words: ReportWords)
    -> [Finding]
{
    let letters = Array(sentence)
    return StatedFigure.all(in: sentence).compactMap { figure in
        guard let stated = Int(figure.digits), (2...200).contains(stated), let unit = figure.behind.first,
            words["kind_counters"].contains(String(unit)) || words["row_counters"].contains(String(unit))
        else { return nil }
        let clause = String(letters[..<figure.range.lowerBound].split { "，、：（".contains($0) }.last ?? [])
        let isCut = figure.range.lowerBound > 0 && "，、：（".contains(letters[figure.range.lowerBound - 1])
        let lead = isCut ? "" : clause
        if words["some_of_rows"].contains(where: lead.hasBytes) { return nil }
        let rest = figure.behind.dropFirst()
        let isAll = words["all_of_rows"].contains(where: lead.hasBytes)
        // 路线共6条，
        if rest.first.map({ "，。；、".contains($0) }) ?? true {
            let plain = lead.strippedEnds(["共", "共有", "共计", "为", "合计"])
            guard isAll, let head = counts.keys.filter(plain.hasSuffix).max(by: { $0.count < $1.count }),
                let rows = counts[head], !rows.contains(stated), rows.contains(where: { abs($0 - stated) < 4 })
            else { return nil }
            return differs(head + lead.dropFirst(plain.count) + figure.digits + String(unit), rows, line)
        }
        // 共有6所学校, 惠及4个行政村
        guard
            let head = counts.keys.filter({ head in
                guard rest.hasPrefix(head) else { return false }
                return rest.dropFirst(head.count).first.map { words["ends_of_count"].contains(String($0)) } ?? true
            }).max(by: { $0.count < $1.count }), let rows = counts[head], !rows.contains(stated)
        else { return nil }
        let isSaid = isAll || words["rows_at_most"].contains(where: lead.hasSuffix)
        guard isSaid, rows.contains(where: { abs($0 - stated) < 4 }), isAll || rows.allSatisfy({ stated > $0 })
        else { return nil }
        return differs(String(lead.suffix(4)) + figure.digits + String(unit) + head, rows, line)
    }
}

private func differs(_ quote: String, _ rows: Set<Int>, _ line: ReportText.Line) -> Finding {
    let count = rows.sorted().map(String.init).joined(separator: "、")
    return rowsCounted.rule.finding(
        message: LocalizedText(zh: "\"\(quote)\"：表中有 \(count) 行", en: "\"\(quote)\": the table has \(count) rows"),
        subject: quote,
        lines: [line.spot],
        expected: count,
        found: quote
    )
}
