import BudgetLines
import PrintedReports
import ReviewModel

/// The tables that are no sums: targets, scores with their evidence, problems, legal bases, and the running text.
extension ReportTables {
    func targets(_ name: String, reviewed: Bool) -> Table {
        let targets = printed.first(where: { $0.kind == .targets && $0.isReviewed == reviewed })?.targets ?? []
        let saysActual = isAlone && targets.contains { !$0.actual.isEmpty }
        let columns = ["level1", "level2", "name", "value", "basis"] + (saysActual ? ["actual"] : [])
        var table = Table(name, columns.map { Column(name: $0) })
        for target in targets where !isSigned(target) {
            var cells: [Value] = [
                .text(target.level1), .text(target.level2), .text(target.name), .text(target.value),
                .optional(target.basis),
            ]
            if saysActual { cells.append(.optional(target.actual)) }
            table.append(row: cells, at: report.spot(line: target.line))
        }
        return table
    }

    /// Whether a row of a table of targets is where somebody signs or has given an opinion: 填表人 | 赵一, 主管部门意见 | 同意.
    func isSigned(_ target: PrintedTarget) -> Bool {
        [target.level1, target.level2, target.name].map(\.folded).contains { text in
            !text.isEmpty && text.count < 20 && signed.contains(where: text.hasSuffix)
        }
    }

    /// The applicant's own scores, the 自评 of the score sheet, by the code that the sheet prints beside each indicator; and
    /// the review's, as the text states them.
    var scores: Table {
        var table = Table(
            "scores",
            [Column(name: "rater"), Column(name: "code"), Column(name: "points", type: .decimal, unit: "points")]
        )
        for score in first(.scoreSheet)?.sheetScores ?? [] where !score.code.isEmpty {
            table.append(
                row: ["self", .text(score.code), .decimal(score.points)],
                at: report.spot(line: score.line)
            )
        }
        // A sheet that is printed twice names its sections twice.
        var seen: Set<String> = []
        let sections = printed.flatMap(\.codedNames).map(\.1).filter {
            $0.code.count == 1 && seen.insert($0.code).inserted
        }
        for score in report.reviewScores(of: sections) {
            table.append(
                row: ["review", .text(score.code), .decimal(score.points)],
                at: report.spot(line: score.line)
            )
        }
        return table
    }

    /// The evidence of the criterion tables. A document stands for the criterion of its row, a text for the whole indicator.
    var evidence: Table {
        var table = Table("evidence", ["code", "document", "quote", "attached", "text"].map { Column(name: $0) })
        var (counts, written, attachedLater) = ([String: Int](), Set<String>(), [String: String]())
        var rows: [(cells: [Value], line: Int)] = []
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
            let row: [Value] = [
                .text(code), isDocument ? .text(first) : .null, isDocument ? .text(cells[1]) : .null,
                .optional(attached), isDocument ? .null : .text(cells.joined(separator: "\n")),
            ]
            rows.append((row, criterion.line))
        }
        // 是否有附件 may stand in a lower row of a merged indicator.
        for (row, line) in rows {
            var row = row
            if row[3].isNull, let code = row[0].text, let attached = attachedLater[code] { row[3] = .text(attached) }
            table.append(row: row, at: report.spot(line: line))
        }
        return table
    }

    private func saysWhetherAttached(_ cell: String) -> Bool {
        (report.words["attached"] + report.words["not_attached"]).contains(where: cell.folded.isBytes)
    }

    var problems: Table {
        var table = Table("problems", ["problem", "finding", "suggestion", "advice"].map { Column(name: $0) })
        for problem in report.printedProblems {
            table.append(
                row: [
                    .text(problem.problem), .optional(problem.finding), .text(problem.suggestion),
                    .optional(problem.advice),
                ],
                at: report.spot(line: problem.line)
            )
        }
        return table
    }

    var legalBases: Table {
        var table = Table("legal_bases", ["title", "number", "issuer", "issued"].map { Column(name: $0) })
        for basis in report.printedBases {
            table.append(
                row: [
                    .text(basis.title), .optional(basis.number), .optional(basis.issuer), .optional(basis.issued),
                ],
                at: report.spot(line: basis.line)
            )
        }
        return table
    }

    /// The running text, for the prose reconciler; headings are too short to hold a figure, but a short sentence may: 审定金额 51.00 万元。
    var paragraphs: Table {
        var table = Table("paragraphs", [Column(name: "text")])
        for paragraph in report.statements {
            table.append(
                row: [.text(paragraph.text)],
                at: report.spot(line: paragraph.line.number)
            )
        }
        return table
    }
}
