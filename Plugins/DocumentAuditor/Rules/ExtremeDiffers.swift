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
        if grids.isEmpty { return }
        // Rates of points are told by their own rule.
        let told = Set(findings.all.filter { $0.rule == "document/score-rate" }.flatMap(\.spots))
        for paragraph in audit.report.paragraphs
        where marks.contains(where: { paragraph.text.folded.hasBytes(of: $0.0) }) {
            findings.add(Extremes(grids).findings(paragraph).filter { told.isDisjoint(with: $0.spots) })
        }
    }
)

private let marks: [(String, isMost: Bool)] = [
    ("最高", true), ("最大", true), ("最多", true), ("最低", false), ("最小", false), ("最少", false),
]

/// What a paragraph calls the highest and the lowest, looked up in the tables.
private struct Extremes {
    let grids: [NumberGrid]
    /// Of each table the rows that have a name of their own, with it, and the columns with what they are called.
    private let named: [(rows: [(row: Int, name: String)], columns: [(column: Int, head: String)])]

    init(_ grids: [NumberGrid]) {
        self.grids = grids
        named = grids.map { grid in
            let names = grid.rows.map { $0.name.folded }
            let times = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
            let rows = grid.rows.indices.filter {
                !grid.rows[$0].isTotal && names[$0].count > 1 && times[names[$0]] == 1
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
        paragraph.text.folded.split { "。；".contains($0) }.flatMap { sentence -> [Finding] in
            var (found, column, last) = ([Finding](), "", nil as (claim: Claim, isMost: Bool)?)
            for clause in sentence.split(separator: "，").map(String.init) {
                if let first = last, let finding = second(clause, behind: first, paragraph.line) {
                    found.append(finding)
                }
                guard
                    let (mark, place) = marks.lazy.compactMap({ mark in
                        clause.firstBytes(of: mark.0).map { (mark, $0) }
                    }).first
                else { continue }
                let (before, after) = (clause[..<place.lowerBound], clause[place.upperBound...])
                // A part of the rows is spoken of: 甲类设备中……最高.
                if before.contains("中") || before.contains("除") || before.contains("内") { continue }
                let claims = claims(String(before), String(after), &column)
                last = claims.count == 1 ? (claims[0], mark.isMost) : nil
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
                let isBehind = after == "的是" + name || after == "的为" + name
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
            guard row != first.claim.row, row != own, !grid.rows[row].isTotal, grid.rows[row].level != 0,
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
        let all = grid.rows.indices.filter { !grid.rows[$0].isTotal && grid.rows[$0].level != 0 }
        let start =
            grid.rows.indices.last { $0 < claim.row && (grid.rows[$0].isTotal || grid.rows[$0].level == 0) } ?? -1
        let end = grid.rows.indices.first { $0 > claim.row && (grid.rows[$0].isTotal || grid.rows[$0].level == 0) }
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

extension String {
    /// Whether it ends with a head, or with another word for what stands beneath it: 核减金额 for 核减数.
    fileprivate func endsWithHead(_ head: String, _ words: ReportWords) -> Bool {
        if hasSuffix(head) { return true }
        return ["cut", "requested", "approved", "score", "execution", "paid"].contains { key in
            words[key].contains(head) && words[key].contains(where: hasSuffix)
        }
    }

    /// A head without what stands in brackets behind it: 核减金额 of 核减金额（元）.
    fileprivate var plain: String { String(prefix { !"（(".contains($0) }) }
}
