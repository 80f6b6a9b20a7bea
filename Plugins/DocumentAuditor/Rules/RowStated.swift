import BudgetLines
import PrintedReports
import ReviewModel

/// A sentence that names a row of a table and gives it a number that the row has not.
let rowStated = DocumentRule(
    "document/row-stated",
    .error,
    title: LocalizedText(zh: "正文所写某行的数量、单价与表不符", en: "a number of a row that the table has not"),
    manual: LocalizedText(
        zh: """
            句子以表中一行的名称开头，其后写"由甲调整为乙"而该行只有其中一个数的，列出另一个；写"核定3人""送审5台"等数量而该行没有这个数的，列出；写"单价核减40元""工程量核减170平方米"\
            "每间审减14,500元"而该行任何两个数都不相差这么多的，列出。行中的数包括说明一栏中的数。\
            "防火墙2台，单价9.40万元""申报14台""某公司的44.20元/m³"等数量和单价应为该行的数（或两数之差），单位也要相同；写"未作调整""有核减"的，该行申报与审定的数应相同或不同。
            """,
        en: """
            Behind the name of a row, 由 A 调整为 B is told where the row has one of the two and not the other; 核定3人, 送审5台 where it has no such number; 单价核减40元, 工程量核减170平方米 and 每间审减14,500元 where no two \
            numbers of it differ by so much. Numbers in cells of words count as well. \
            Counts and prices of a row, 防火墙2台，单价9.40万元, are those of its cells, or differ as they do, in the same unit; what is 未作调整 or 有核减 is the same on both sides of the table, or not.
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
                    岗位\t申报人数\t申报月工资\t审定人数\t审定月工资
                    秩序维护员\t14\t3,900\t14\t3,750
                    工程维修员\t5\t5,200\t4\t5,200
                    ↓秩序维护员月工资由3,900元调整为3,650元。
            """,
            zh: "\"秩序维护员月工资由3900元调整为3650元\"：表中该行没有 3,650",
            en: "\"秩序维护员月工资由3900元调整为3650元\": the row of the table has no 3,650"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    岗位\t申报人数\t申报月工资\t审定人数\t审定月工资
                    秩序维护员\t14\t3,900\t14\t3,750
                    工程维修员\t5\t5,200\t4\t5,200
                    秩序维护员月工资由3,900元调整为3,750元，每人核减150元；工程维修员核定4人，核减1人。
            """
        ),
    ],
    check: { audit, findings in
        let rows = StatedRows(audit.grids)
        let words = audit.report.words
        let verbs = ["由"] + words["counts_granted"] + words["counts_asked"] + words["cut_verbs"]
        let told = findings.told
        for line in audit.report.body where !rows.isEmpty && !line.isTableRow && !told.contains(line.spot) {
            guard verbs.contains(where: line.folded.hasBytes) else { continue }
            findings.add(rows.check(line, words))
        }
        // What bears the name of the whole is no row: a sentence about it gives the whole's sums.
        let titles = audit.report.body.lazy.filter { !$0.isTableRow && !$0.folded.isEmpty }.prefix(6).map(\.folded)
            .filter { $0.count <= 60 && !$0.hasBytes(of: "。") }
        let items = StatedItems(audit.grids, words) { name in titles.contains { $0.hasBytes(of: name) } }
        let known = findings.told
        for line in audit.report.body where !items.isEmpty && !line.isTableRow && !known.contains(line.spot) {
            findings.add(items.check(line))
        }
        let facts = RowFacts(
            audit.namedRows,
            words,
            tellsUnits: !findings.all.contains { [unitDiffers.rule.id, amountUnit.rule.id].contains($0.rule) }
        )
        let said = findings.told
        for line in audit.report.body where !line.isTableRow && !said.contains(line.spot) {
            findings.add(facts.check(line))
        }
    }
)

/// The rows of all tables that have a name of their own.
private struct StatedRows {
    struct Row {
        var name: String
        var line: ReportText.Line
        var numbers: [ExactDecimal]
        /// What its units are, as cells and heads have them.
        var units: Set<String>
        /// Whether the table has two columns of prices, and two of quantities.
        var hasPrices: Bool
        var hasCounts: Bool
    }

    private var rows: [Row] = []
    var isEmpty: Bool { rows.isEmpty }

    init(_ grids: [NumberGrid]) {
        for grid in grids {
            let prices = grid.heads.count { ["单价", "标准", "工资"].contains(where: $0.hasBytes) }
            let counts = grid.heads.count { ["数量", "工程量", "人数"].contains(where: $0.hasBytes) }
            guard counts > 0 || prices > 0, grid.numeric.count > 2 else { continue }
            for row in grid.rows where !row.isTotal && row.name.folded.count >= 3 {
                let words = row.texts.map { $0.folded.withoutThousands }
                let inWords = words.filter { NumberGrid.Cell($0) == nil }.flatMap { StatedFigure.all(in: $0) }
                let own = grid.heads.indices.filter { column in
                    !["序号", "编号", "项次"].contains(where: grid.heads[column].hasBytes) && !grid.heads[column].isEmpty
                }
                let numbers =
                    own.compactMap { row.cells[$0]?.value } + inWords.flatMap { [$0.value, $0.yuan ?? $0.value] }
                var units = Set(words.filter { (1...3).contains($0.count) && NumberGrid.Cell($0) == nil })
                if grid.heads.contains(where: { $0.hasBytes(of: "人数") }) { units.formUnion(["人", "名"]) }
                rows.append(
                    Row(
                        name: row.name.folded.bareName,
                        line: row.line,
                        numbers: numbers,
                        units: units,
                        hasPrices: prices > 1,
                        hasCounts: counts > 1
                    )
                )
            }
        }
        let times = Dictionary(rows.map { ($0.name, 1) }, uniquingKeysWith: +)
        rows = rows.filter { times[$0.name] == 1 }.sorted { $0.name.count > $1.name.count }
    }

    func check(_ line: ReportText.Line, _ words: ReportWords) -> [Finding] {
        let changes = Set(words["changed_to"] + words["moved_down"] + words["moved_up"] + words["counts_changed"])
        return line.folded.withoutThousands.split(whereSeparator: { "。；".contains($0) }).compactMap {
            sentence -> Finding? in
            let named = rows.filter { sentence.contains($0.name) }
            // 保洁员 of 保洁员服装 is another row.
            guard let row = named.first, named.allSatisfy({ row.name.contains($0.name) }) else { return nil }
            let text = String(sentence[(sentence.firstBytes(of: row.name)?.upperBound ?? sentence.endIndex)...])
            if words["row_of_others"].contains(where: text.hasBytes) { return nil }
            return change(text, row, line, changes) ?? count(text, row, line, words)
                ?? difference(text, row, line, words)
        }
    }

    /// `月工资由3900元调整为3750元`.
    private func change(_ text: String, _ row: Row, _ line: ReportText.Line, _ changes: Set<String>) -> Finding? {
        let figures = StatedFigure.all(in: text)
        let letters = Array(text)
        for (one, two) in zip(figures, figures.dropFirst()) {
            let lead = String(letters[..<one.range.lowerBound])
            let between = String(letters[one.range.upperBound..<two.range.lowerBound])
            guard lead.hasSuffix("由") || lead.hasSuffix("从"), changes.contains(where: between.hasSuffix),
                !lead.contains("，"),
                between.count <= 16, one.unit == two.unit
            else { continue }
            let (hasOne, hasTwo) = (row.has(one), row.has(two))
            // A table with what was asked for alone has not what it was changed to.
            let isKnown = one.yuan != nil ? row.hasPrices : row.hasCounts && (one.unit.map(row.units.contains) ?? false)
            guard hasOne != hasTwo, isKnown else { continue }
            let quote = row.name + String(letters[..<two.range.upperBound]) + (two.unit ?? "")
            return lacks(quote, hasOne ? two : one, row, line)
        }
        return nil
    }

    /// `核定4人`, `申报18人`, `送审6台，现有2台，审定4台`.
    private func count(_ text: String, _ row: Row, _ line: ReportText.Line, _ words: ReportWords) -> Finding? {
        let letters = Array(text)
        for figure in StatedFigure.all(in: text) {
            let lead = String(letters[..<figure.range.lowerBound])
            guard let verb = (words["counts_granted"] + words["counts_asked"]).first(where: lead.hasSuffix),
                let unit = figure.unit ?? plain(figure.behind), row.units.contains(unit), figure.value.places == 0,
                row.hasCounts || !words["counts_granted"].contains(verb),
                // Right behind the name, or a verb that begins its clause.
                lead == verb || lead.dropLast(verb.count).last.map({ "，".contains($0) }) ?? true,
                !row.has(figure)
            else { continue }
            return lacks(row.name + String(letters[..<figure.range.upperBound]) + unit, figure, row, line)
        }
        return nil
    }

    private func plain(_ behind: String) -> String? {
        let unit = behind.prefix { !"，。；、（）".contains($0) }
        return (1...2).contains(unit.count) ? String(unit) : nil
    }

    /// `综合单价核减40元`, `工程量核减170平方米`, `每间审减14500元`.
    private func difference(_ text: String, _ row: Row, _ line: ReportText.Line, _ words: ReportWords) -> Finding? {
        let letters = Array(text)
        for figure in StatedFigure.all(in: text) {
            let lead = String(letters[..<figure.range.lowerBound])
            guard let verb = words["cut_verbs"].first(where: lead.hasSuffix) else { continue }
            let clause =
                lead.dropLast(verb.count).split(separator: "，", omittingEmptySubsequences: false).last.map(String.init)
                ?? ""
            let isPrice =
                row.hasPrices && figure.yuan != nil
                && (clause.hasSuffix("单价") || clause.hasPrefix("每") && clause.count <= 3)
            let isCount = row.hasCounts && figure.yuan == nil && (clause.hasSuffix("工程量") || clause.hasSuffix("数量"))
            guard isPrice || isCount, !row.differBy(figure.value), !row.has(figure),
                !(figure.yuan.map(row.differBy) ?? false)
            else { continue }
            return lacks(
                row.name + String(letters[..<figure.range.upperBound]) + (figure.unit ?? ""),
                figure,
                row,
                line
            )
        }
        return nil
    }

    private func lacks(_ quote: String, _ figure: StatedFigure, _ row: Row, _ line: ReportText.Line) -> Finding {
        let number = figure.value.grouped
        return rowStated.rule.finding(
            message: LocalizedText(
                zh: "\"\(quote)\"：表中该行没有 \(number)",
                en: "\"\(quote)\": the row of the table has no \(number)"
            ),
            subject: quote,
            lines: [line.spot, row.line.spot],
            found: number
        )
    }
}

extension StatedRows.Row {
    fileprivate func has(_ figure: StatedFigure) -> Bool {
        numbers.contains { $0 == figure.value || $0 == figure.yuan }
    }

    fileprivate func differBy(_ value: ExactDecimal) -> Bool {
        numbers.contains { one in numbers.contains { (try? one - $0) == value } }
    }
}
