import BudgetLines
import PrintedReports
import ReviewModel

/// A sentence that calls a row of a table the highest or the lowest in a column, where another row is.
let extremeDiffers = DocumentRule(
    "document/extreme-differs",
    .error,
    title: LocalizedText(zh: "正文所称最高、最低与表中不符", en: "what is called highest or lowest is not so in the table"),
    manual: LocalizedText(
        zh: """
            "七里镇准确率最高，柏林镇最低""核减金额最大的是甲设备"：名称是表中一行的名称、所比的是该表一栏的表头时，与该栏各行相比（合计、小计行不计；\
            分组的，在所属组内最高、最低的也算）。并列的不算错；同名同栏的表有几张时，都不符才列出。
            """,
        en: """
            七里镇准确率最高，柏林镇最低, or 核减金额最大的是甲设备: where the name is that of a row and what is compared is the head of a column of the same table, the row is held against the others of the column, totals aside; to be so \
            within its group is enough. Of several such tables all must say otherwise.
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
                    乡镇\t核查人数\t准确率
                    观音镇\t25\t96.0%
                    柏林镇\t25\t92.0%
                    七里镇\t20\t100.0%

                    ↓观音镇准确率最高，柏林镇最低。
            """,
            zh: "\"观音镇准确率最高\"：表中观音镇的准确率为 96.0%，七里镇为 100.0%",
            en: "\"观音镇准确率最高\": in the table 观音镇 has 96.0% and 七里镇 has 100.0%"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    乡镇\t核查人数\t准确率
                    观音镇\t25\t96.0%
                    柏林镇\t25\t92.0%
                    七里镇\t20\t100.0%

                    七里镇准确率最高，柏林镇最低。
            """
        ),
    ],
    check: { audit, findings in
        let grids = audit.grids.filter { $0.numeric.count > 0 }
        let named = NamedExtremes(audit.allGrids, audit.report.words)
        if named.isEmpty { return }
        // Rates of points are told by their own rule.
        let told = Set(findings.all.filter { $0.rule == "document/score-rate" }.flatMap(\.spots))
        let words = audit.report.words
        let marks =
            words["extreme_most"].map { ($0, isMost: true) } + words["extreme_least"].map { ($0, isMost: false) }
        let extremes = Extremes(grids, marks, words, named.limits)
        for paragraph in audit.report.paragraphs
        where marks.contains(where: { paragraph.text.folded.hasBytes(of: $0.0) }) {
            let found = extremes.findings(paragraph)
            let others = named.findings(paragraph).filter { other in !found.contains { $0.isAbout(other) } }
            findings.add((found + others).filter { told.isDisjoint(with: $0.spots) })
        }
    }
)

/// What a paragraph calls the highest and the lowest, looked up in the tables.
private struct Extremes {
    let grids: [NumberGrid]
    private let marks: [(String, isMost: Bool)]
    private let words: ReportWords
    /// Whether a clause says that a part of the rows is spoken of.
    private let limits: (String) -> Bool
    /// Of each table the rows that have a name of their own, with it, and the columns with what they are called.
    private let named: [(rows: [(row: Int, name: String)], columns: [(column: Int, head: String)])]

    init(
        _ grids: [NumberGrid],
        _ marks: [(String, isMost: Bool)],
        _ words: ReportWords,
        _ limits: @escaping (String) -> Bool
    ) {
        (self.grids, self.marks, self.words, self.limits) = (grids, marks, words, limits)
        named = grids.map { grid in
            let names = grid.rows.map { $0.name.folded }
            let times = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
            let rows = grid.rows.indices.filter {
                !grid.isSum($0) && names[$0].count > 1 && times[names[$0]] == 1
            }
            let columns = grid.numeric.map { ($0, grid.heads[$0].plain) }.filter { !$0.1.isEmpty }
            return (rows.map { ($0, names[$0]) }, columns)
        }
    }

    /// A row of a table with a column of it.
    private struct Claim {
        var grid: Int
        var row: Int
        var column: Int
    }

    func findings(_ paragraph: ReportParagraph) -> [Finding] {
        paragraph.text.folded.withoutThousands.split { "。；".contains($0) }.flatMap { sentence -> [Finding] in
            var (found, column, last) = ([Finding](), "", nil as (claim: Claim, isMost: Bool)?)
            var (values, before) = ([Claim](), "")
            for clause in sentence.split(separator: "，").map(String.init) {
                defer { before = clause }
                if limits(before) { break }
                if let first = last, let finding = second(clause, behind: first, paragraph.line) {
                    found.append(finding)
                }
                // 其次是泵站维修，核减42,450.00元: of the second.
                if ["其次", "再次", "第二"].contains(where: clause.hasPrefix) { values = [] }
                if let finding = value(clause, values, paragraph.line) { found.append(finding) }
                guard
                    let (mark, place) = marks.lazy.compactMap({ mark in
                        clause.firstBytes(of: mark.0).map { (mark, $0) }
                    }).first
                else { continue }
                let (lead, after) = (clause[..<place.lowerBound], clause[place.upperBound...])
                // A part of the rows is spoken of: 甲类设备中……最高.
                if lead.contains("中") || lead.contains("除") || lead.contains("内") { continue }
                let claims = claims(String(lead), String(after), &column)
                last = claims.count == 1 ? (claims[0], mark.isMost) : nil
                values = claims
                let wrong = claims.compactMap { claim in
                    better(claim, mark.isMost).map { (claim, $0) }
                }
                guard !wrong.isEmpty, wrong.count == claims.count, let (claim, other) = wrong.first else { continue }
                found.append(differs(clause, claim, other, paragraph.line))
            }
            return found
        }
    }

    /// What is named: 七里镇准确率 before the word, or 准确率 before it and 的是七里镇 behind it; the column may be that of the clause before.
    private func claims(_ before: String, _ after: String, _ column: inout String) -> [Claim] {
        var (claims, head) = ([Claim](), "")
        for (index, table) in named.enumerated() {
            for (row, name) in table.rows {
                let isBehind = after.lists(name)
                guard isBehind || before.beginsWithBytes(of: name) else { continue }
                for (place, own) in table.columns {
                    let isNamed =
                        before == name + own || before == name + "的" + own
                        || isBehind && (before.isEmpty ? own == column : before.endsWithHead(own, grids[index].words))
                        || before == name && own == column
                    guard isNamed else { continue }
                    claims.append(Claim(grid: index, row: row, column: place))
                    head = own
                }
            }
        }
        if !head.isEmpty { column = head }
        return claims
    }

    /// `为58.50公里，占29.25%` behind what is called the highest: the cell, and its share of the column.
    private func value(_ clause: String, _ claims: [Claim], _ line: ReportText.Line) -> Finding? {
        guard !claims.isEmpty, let figure = StatedFigure.all(in: clause).first else { return nil }
        let lead = String(clause.prefix(figure.range.lowerBound))
        if lead == "占", figure.behind.hasPrefix("%") {
            let shares = claims.compactMap { claim -> (Claim, ExactDecimal)? in
                let grid = grids[claim.grid]
                guard let own = grid.rows[claim.row].cells[claim.column], !own.isPercent, let total = grid.grandTotal,
                    let whole = total.cells[claim.column], !whole.isDash, whole.value > 0,
                    let share = try? ExactDecimal.percentage(own.value, of: whole.value, places: figure.value.places)
                else { return nil }
                return (claim, share)
            }
            let step = ExactDecimal(significand: 1, places: figure.value.places)
            guard let (claim, share) = shares.first, shares.count == claims.count, figure.value.isSwap(of: share),
                !shares.contains(where: { ((try? ($0.1 - figure.value).magnitude) ?? .zero) <= step })
            else { return nil }
            return otherValue(claim, lead + figure.digits + "%", "\(share)%", line)
        }
        guard lead.isEmpty || words["stated_links"].contains(lead) else { return nil }
        // 为3所中学中……: the number is no value.
        let rest = figure.behind.dropFirst((figure.unit ?? String(figure.behind.prefix(1))).count)
        guard figure.unit == "%" || figure.yuan != nil || rest.first.map({ "，。；）、".contains($0) }) ?? true else {
            return nil
        }
        let cells = claims.compactMap { claim in
            grids[claim.grid].rows[claim.row].cells[claim.column].map { (claim, $0) }
        }
        let fitting = cells.filter { claim, cell in
            let head = grids[claim.grid].heads[claim.column]
            let isRate = cell.isPercent || words["rate_heads"].contains(where: head.hasBytes)
            return isRate == figure.behind.hasPrefix("%")
                && (figure.yuan == nil || cell.isTelling || head.contains("元"))
        }
        guard let (claim, cell) = fitting.first, fitting.count == cells.count else { return nil }
        let isSaid = fitting.contains { _, cell in
            cell.value.rounded(to: min(cell.value.places, figure.value.places))
                == figure.value.rounded(to: min(cell.value.places, figure.value.places)) || figure.isMoney(cell.value)
        }
        return isSaid
            ? nil : otherValue(claim, clause.prefix(figure.range.upperBound) + (figure.unit ?? ""), cell.printed, line)
    }

    private func otherValue(_ claim: Claim, _ quote: String, _ value: String, _ line: ReportText.Line) -> Finding {
        let (grid, row) = (grids[claim.grid], grids[claim.grid].rows[claim.row])
        let head = grid.heads[claim.column].plain
        return extremeDiffers.rule.finding(
            message: LocalizedText(
                zh: "\"\(quote)\"：表中\(row.name)的\(head)为 \(value)",
                en: "\"\(quote)\": in the table \(row.name) has \(value)"
            ),
            subject: "\(row.name) \(head) \(quote)",
            lines: [line.spot, row.line.spot],
            expected: value,
            found: quote
        )
    }

    /// `其次为应用软件开发` behind the row that is called the highest: the second.
    private func second(_ clause: String, behind first: (claim: Claim, isMost: Bool), _ line: ReportText.Line)
        -> Finding?
    {
        guard let lead = ["其次为", "其次是"].first(where: clause.hasPrefix) else { return nil }
        let (name, grid, column) = (clause.dropFirst(lead.count), grids[first.claim.grid], first.claim.column)
        guard let own = named[first.claim.grid].rows.first(where: { $0.name == name })?.row, own != first.claim.row,
            let value = grid.rows[own].cells[column]?.value
        else { return nil }
        let between = grid.rows.indices.filter { row in
            guard row != first.claim.row, row != own, !grid.isSum(row), grid.rows[row].level != 0,
                let other = grid.rows[row].cells[column], !other.isDash
            else { return false }
            return first.isMost ? other.value > value : other.value < value
        }
        guard let other = between.first, better(first.claim, first.isMost) == nil else { return nil }
        return differs(clause, Claim(grid: first.claim.grid, row: own, column: column), other, line)
    }

    /// The row that is higher, or lower, than the one named, where one is and it is not so in its group either.
    private func better(_ claim: Claim, _ isMost: Bool) -> Int? {
        let grid = grids[claim.grid]
        guard let own = grid.rows[claim.row].cells[claim.column], !own.isDash else { return nil }
        func best(_ rows: [Int]) -> Int? {
            let known = rows.filter { grid.rows[$0].cells[claim.column].map { !$0.isDash } ?? false }
            return known.max { one, two in
                let (a, b) = (grid.rows[one].cells[claim.column]?.value, grid.rows[two].cells[claim.column]?.value)
                return isMost ? a ?? .zero < b ?? .zero : a ?? .zero > b ?? .zero
            }
        }
        let all = grid.rows.indices.filter { !grid.isSum($0) && grid.rows[$0].level != 0 }
        let start =
            grid.rows.indices.last { $0 < claim.row && (grid.isSum($0) || grid.rows[$0].level == 0) } ?? -1
        let end = grid.rows.indices.first { $0 > claim.row && (grid.isSum($0) || grid.rows[$0].level == 0) }
        let group = all.filter { $0 > start && $0 < end ?? grid.rows.count }
        for rows in [all, group] {
            guard let found = best(rows), let value = grid.rows[found].cells[claim.column]?.value else { return nil }
            if value == own.value { return nil }
        }
        return best(all)
    }

    private func differs(_ clause: String, _ claim: Claim, _ other: Int, _ line: ReportText.Line) -> Finding {
        let grid = grids[claim.grid]
        let (own, best) = (grid.rows[claim.row], grid.rows[other])
        let (value, more) = (own.cells[claim.column]?.printed ?? "", best.cells[claim.column]?.printed ?? "")
        let head = grid.heads[claim.column].plain
        return extremeDiffers.rule.finding(
            message: LocalizedText(
                zh: "\"\(clause)\"：表中\(own.name)的\(head)为 \(value)，\(best.name)为 \(more)",
                en: "\"\(clause)\": in the table \(own.name) has \(value) and \(best.name) has \(more)"
            ),
            subject: "\(own.name) \(head)",
            lines: [line.spot, own.line.spot, best.line.spot],
            expected: best.name,
            found: own.name
        )
    }
}

extension Finding {
    /// Whether both are about the same: the same name, or the same number.
    fileprivate func isAbout(_ other: Finding) -> Bool { expected == other.expected || found == other.found }
}

extension ExactDecimal {
    /// Whether two numbers differ in digits that changed places, or in one digit of four.
    fileprivate func isSwap(of other: ExactDecimal) -> Bool {
        if hasSwapped(digitsOf: other) { return true }
        let (one, two) = (Array(description), Array(other.description))
        return one.count == two.count && one.count >= 4 && one.indices.count { one[$0] != two[$0] } == 1
    }
}

extension String {
    /// Whether it ends with a head, or with another word for what stands beneath it: 核减金额 for 核减数.
    fileprivate func endsWithHead(_ head: String, _ words: ReportWords) -> Bool {
        if self == head || head.count > 2 && hasSuffix(head) { return true }
        // 调减金额 is another word for 核减金额, and none for 申报金额, though 金额 is.
        let keys = ["cut", "requested", "approved", "score", "execution", "paid"]
        let longest = keys.flatMap { words[$0] }.filter(hasSuffix).map(\.count).max() ?? 0
        if hasSuffix(head) { return head.count >= longest }
        return keys.contains { key in
            words[key].contains(head) && words[key].contains { $0.count == longest && hasSuffix($0) }
        }
    }

    /// `的是甲`, `的为甲`, `的是甲和乙`.
    fileprivate func lists(_ name: String) -> Bool {
        guard hasPrefix("的是") || hasPrefix("的为") else { return false }
        let rest = dropFirst(2)
        return rest == name || rest.split { "、和及与".contains($0) }.contains { $0 == name }
    }

    /// A head without what stands in brackets behind it: 核减金额 of 核减金额（元）.
    fileprivate var plain: String { String(prefix { !"（(".contains($0) }) }
}
