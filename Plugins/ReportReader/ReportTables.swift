import BudgetLines
import PrintedReports
import ReviewModel

/// The tables of the dossier that a report fills, in the shape that the form for budget requests gives them, and with the
/// line of the report that each row stands in.
struct ReportTables {
    private let report: ReportText
    private let printed: [PrintedTable]

    init(_ report: ReportText) {
        self.report = report
        printed = report.printedTables
    }

    /// Those that hold a row; a table that the report does not print is left to the spec.
    var all: [Table] {
        let lines = lines
        return [
            budgetLines(lines), printedAudit(lines), deductions(lines), historyYears, history(lines),
            targets("targets", reviewed: true), targets("declared_targets", reviewed: false), scores, evidence,
            problems, legalBases, paragraphs,
        ].filter { $0.rowCount > 0 }
    }

    private func first(_ kind: PrintedTable.Kind) -> PrintedTable? { printed.first { $0.kind == kind } }

    // MARK: Money

    /// The printed lines with the ids that they get here: `L01`, `L02`, … in the order of the table.
    private var lines: [(id: String, line: PrintedBudgetLine)] {
        (first(.budget)?.budgetLines ?? []).enumerated().map { ($0 < 9 ? "L0\($0 + 1)" : "L\($0 + 1)", $1) }
    }

    private func budgetLines(_ lines: [(id: String, line: PrintedBudgetLine)]) -> Table {
        var table = Table(
            "budget_lines",
            [
                Column(name: "id"), Column(name: "group"), Column(name: "detail"),
                Column(name: "quantity", type: .decimal), Column(name: "unit_price", type: .decimal, unit: "CNY"),
                Column(name: "amount", type: .decimal, unit: "CNY"), Column(name: "history_key"),
            ]
        )
        let earlier = Set((first(.history)?.historyItems ?? []).map(\.item.folded))
        for (id, line) in lines {
            let name = line.name
            table.append(
                row: [
                    .text(id), .text(line.group), .optional(line.detail), .decimal(line.quantity),
                    .decimal(line.unitPrice), .decimal(line.amount),
                    earlier.contains(name.folded) ? .text(name.folded) : .null, .integer(line.line),
                ]
            )
        }
        return table
    }

    private typealias NamedLines = [String: [(id: String, line: PrintedBudgetLine)]]

    /// The lines under each name that they bear, folded: their detail and their item.
    private func named(_ lines: [(id: String, line: PrintedBudgetLine)]) -> NamedLines {
        var named: NamedLines = [:]
        for line in lines {
            for name in Set([line.line.detail.folded, line.line.group.folded]) { named[name, default: []].append(line) }
        }
        return named
    }

    private var auditLines: [PrintedAuditLine] { first(.audit)?.auditLines ?? [] }

    /// The id of the line that an audit table names: by its name, or, where that stands several times, by its amount too.
    /// A name that the budget table does not have stays as it is, for the auditor to say so.
    private func id(of audited: PrintedAuditLine, in lines: NamedLines) -> String {
        let name = audited.name.folded
        let matches = lines[name] ?? lines[String(name.prefix { $0 != "（" })] ?? []
        return (matches.count > 1 ? matches.first { $0.line.amount == audited.requested } : matches.first)?.id
            ?? audited.name
    }

    private func printedAudit(_ lines: [(id: String, line: PrintedBudgetLine)]) -> Table {
        var table = Table(
            "printed_audit",
            [
                Column(name: "line"), Column(name: "requested", type: .decimal, unit: "CNY"),
                Column(name: "approved", type: .decimal, unit: "CNY"),
                Column(name: "deducted", type: .decimal, unit: "CNY"),
                Column(name: "rate", type: .decimal, unit: "percent"),
            ]
        )
        let named = named(lines)
        for audited in auditLines {
            table.append(
                row: [
                    .text(id(of: audited, in: named)), .decimal(audited.requested), .decimal(audited.approved),
                    .decimal(audited.deducted), audited.rate.map(Value.decimal) ?? .null, .integer(audited.line),
                ]
            )
        }
        return table
    }

    /// A deduction whose reason names retention money is a deferral; the report itself has one column for both.
    private func deductions(_ lines: [(id: String, line: PrintedBudgetLine)]) -> Table {
        var table = Table(
            "deductions",
            [
                Column(name: "line"), Column(name: "kind"), Column(name: "amount", type: .decimal, unit: "CNY"),
                Column(name: "reason"),
            ]
        )
        let named = named(lines)
        for audited in auditLines where audited.deducted != 0 {
            let isDeferral = report.words["retention"].contains(where: audited.reason.folded.hasBytes)
            let kind = audited.deducted.isNegative ? "increase" : isDeferral ? "deferral" : "cut"
            table.append(
                row: [
                    .text(id(of: audited, in: named)), .text(kind), .decimal(audited.deducted.magnitude),
                    .text(audited.reason), .integer(audited.line),
                ]
            )
        }
        return table
    }

    // MARK: Earlier years

    private var historyYears: Table {
        var table = Table(
            "history_years",
            [
                Column(name: "year", type: .integer), Column(name: "cut_off", type: .date),
                Column(name: "expected_rate", type: .decimal, unit: "percent"),
                Column(name: "declared_adjusted", type: .decimal, unit: "CNY"),
                Column(name: "declared_paid", type: .decimal, unit: "CNY"),
                Column(name: "declared_rate", type: .decimal, unit: "percent"),
            ]
        )
        let items = first(.history)?.historyItems ?? []
        var seen: Set<Int> = []
        for item in items where seen.insert(item.year).inserted {
            let total = items.first { $0.year == item.year && $0.isTotal }
            table.append(
                row: [
                    .integer(item.year), report.cutOff(of: item.year).map(Value.text) ?? .null,
                    report.expectedRate(of: item.year).map(Value.decimal) ?? .null,
                    total.map { .decimal($0.adjusted) } ?? .null, total.map { .decimal($0.paid) } ?? .null,
                    total?.rate.map(Value.decimal) ?? .null, .integer(total?.line ?? item.line),
                ]
            )
        }
        return table
    }

    /// Items are joined to the lines that bear the very same name; what changed its name is for the spec to join.
    private func history(_ lines: [(id: String, line: PrintedBudgetLine)]) -> Table {
        var table = Table(
            "history",
            [
                Column(name: "year", type: .integer), Column(name: "item"),
                Column(name: "adjusted", type: .decimal, unit: "CNY"),
                Column(name: "paid", type: .decimal, unit: "CNY"),
                Column(name: "declared_rate", type: .decimal, unit: "percent"), Column(name: "history_key"),
            ]
        )
        let names = Set(lines.map(\.line.name.folded))
        for item in first(.history)?.historyItems ?? [] where !item.isTotal {
            table.append(
                row: [
                    .integer(item.year), .text(item.item), .decimal(item.adjusted), .decimal(item.paid),
                    item.rate.map(Value.decimal) ?? .null,
                    names.contains(item.item.folded) ? .text(item.item.folded) : .null, .integer(item.line),
                ]
            )
        }
        return table
    }

    // MARK: Targets, scores, bases, texts

    private func targets(_ name: String, reviewed: Bool) -> Table {
        var table = Table(name, ["level1", "level2", "name", "value", "basis"].map { Column(name: $0) })
        for target in printed.first(where: { $0.kind == .targets && $0.isReviewed == reviewed })?.targets ?? [] {
            table.append(
                row: [
                    .text(target.level1), .text(target.level2), .text(target.name), .text(target.value),
                    .optional(target.basis), .integer(target.line),
                ]
            )
        }
        return table
    }

    /// The applicant's own scores, the 自评 of the score sheet, by the code that the sheet prints beside each indicator; and
    /// the review's, as the text states them.
    private var scores: Table {
        var table = Table(
            "scores",
            [Column(name: "rater"), Column(name: "code"), Column(name: "points", type: .decimal, unit: "points")]
        )
        for score in first(.scoreSheet)?.sheetScores ?? [] where !score.code.isEmpty {
            table.append(row: ["self", .text(score.code), .decimal(score.points), .integer(score.line)])
        }
        let sections = printed.flatMap(\.codedNames).map(\.1).filter { $0.code.count == 1 }
        for score in report.reviewScores(of: sections) {
            table.append(row: ["review", .text(score.code), .decimal(score.points), .integer(score.line)])
        }
        return table
    }

    /// The evidence of the criterion tables. A document stands for the criterion of its row, a text for the whole indicator.
    private var evidence: Table {
        var table = Table("evidence", ["code", "document", "quote", "attached", "text"].map { Column(name: $0) })
        var (counts, written, attachedLater) = ([String: Int](), Set<String>(), [String: String]())
        var rows: [[Value]] = []
        for criterion in printed.filter({ $0.kind == .criteria }).flatMap(\.criteria) {
            let number = counts[criterion.code, default: 0] + 1
            counts[criterion.code, default: 0] += max(1, criterion.points.count)
            var cells = criterion.evidence
            let attached = cells.last.map(saysWhetherAttached) ?? false ? cells.removeLast() : ""
            guard let first = cells.first else {
                if !attached.isEmpty { attachedLater[criterion.code] = attached }
                continue
            }
            let isDocument = first.hasPrefix("《") && cells.count > 1
            let code = isDocument ? "\(criterion.code)-\(number)" : criterion.code
            guard written.insert(code).inserted else { continue }
            rows.append(
                [
                    .text(code), isDocument ? .text(first) : .null, isDocument ? .text(cells[1]) : .null,
                    .optional(attached), isDocument ? .null : .text(cells.joined(separator: "\n")),
                    .integer(criterion.line),
                ]
            )
        }
        // 是否有附件 may stand in a lower row of a merged indicator.
        for row in rows {
            var row = row
            if row[3].isNull, let code = row[0].text, let attached = attachedLater[code] { row[3] = .text(attached) }
            table.append(row: row)
        }
        return table
    }

    private func saysWhetherAttached(_ cell: String) -> Bool {
        (report.words["attached"] + report.words["not_attached"]).contains(where: cell.folded.isBytes)
    }

    private var problems: Table {
        var table = Table("problems", ["problem", "finding", "suggestion", "advice"].map { Column(name: $0) })
        for problem in report.printedProblems {
            table.append(
                row: [
                    .text(problem.problem), .optional(problem.finding), .text(problem.suggestion),
                    .optional(problem.advice), .integer(problem.line),
                ]
            )
        }
        return table
    }

    private var legalBases: Table {
        var table = Table("legal_bases", ["title", "number", "issuer", "issued"].map { Column(name: $0) })
        for basis in report.printedBases {
            table.append(
                row: [
                    .text(basis.title), .optional(basis.number), .optional(basis.issuer), .optional(basis.issued),
                    .integer(basis.line),
                ]
            )
        }
        return table
    }

    /// The running text, for the prose reconciler; headings are too short to hold a figure.
    private var paragraphs: Table {
        var table = Table("paragraphs", [Column(name: "text")])
        for paragraph in report.paragraphs where paragraph.text.count >= 25 {
            table.append(row: [.text(paragraph.text), .integer(paragraph.line.number)])
        }
        return table
    }
}

extension PrintedBudgetLine {
    /// The detail where the table has one, else the item.
    fileprivate var name: String { detail.isEmpty || detail == "/" ? group : detail }
}

extension Table {
    /// A table whose last column is the line of the report.
    fileprivate init(_ name: String, _ columns: [Column]) {
        let line = Column(
            name: "source_line",
            title: LocalizedText(zh: "报告行号", en: "line of the report"),
            type: .integer
        )
        self.init(
            schema: TableSchema(
                name: name,
                columns: columns + [line],
                origin: TableSchema.Origin(setting: "report", lineColumn: line.name)
            )
        )
    }
}

extension Value {
    /// Text, or nothing where it is empty.
    fileprivate static func optional(_ text: String) -> Value { text.isEmpty ? .null : .text(text) }
}
