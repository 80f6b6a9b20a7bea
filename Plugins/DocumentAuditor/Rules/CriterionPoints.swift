import BudgetLines
import PrintedReports
import ReviewModel

/// Points of the criterion tables that exceed what may be given, or are not those of the score sheet.
let criterionPoints = DocumentRule(
    "document/criterion-points",
    .error,
    title: LocalizedText(zh: "评分附表的分数有误", en: "points of the criterion tables that cannot be"),
    manual: LocalizedText(
        zh: """
            评分附表（A1…C3）中，每项标准的得分不应超过"得 N 分"的 N；各指标的得分之和与评分表（报告所印或评分步骤算出的，取相符最多的一张）中同一代码的得分不同的，为提醒，\
            至少一半相符时才列出。
            """,
        en: """
            In the criterion tables (A1…C3) the points of a criterion must not exceed the N of its 得 N 分. Where they add up to those of a score sheet (the printed one, or one of a scoring step, whichever \
            agrees most) for at least half of the codes, the others are warnings.
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
                    附表
                    指标\t权重\t评分标准\t得分\t评分依据
                    ↓制度健全性(B13)\t5\t①制度的健全性高，得 3 分；②有管理办法的，得 2 分。\t4 1\t财务制度
            """,
            zh: "B13 得 4 分，该项标准最多 3 分",
            en: "B13 has 4 for a criterion of 3 at most"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    附表
                    指标\t权重\t评分标准\t得分\t评分依据
                    制度健全性(B13)\t5\t①制度的健全性高，得 3 分；②有管理办法的，得 2 分。\t3 1\t财务制度
            """
        ),
    ],
    check: { audit, findings in findings.add(try checkPoints(audit.report, audit.prior)) }
)

private func checkPoints(_ report: ReportText, _ prior: [String: Assessment]) throws(DecimalOverflow) -> [Finding] {
    let criteria = report.printedTables.filter { $0.kind == .criteria }.flatMap(\.criteria)
    var findings: [Finding] = []
    for criterion in criteria {
        let most = criterion.criterion.mostPoints
        // Where the points do not go one by one with what they are given for, nobody can say which is which.
        guard most.count == criterion.points.count else { continue }
        for (points, most) in zip(criterion.points, most) where points > most {
            findings.append(tooMany(criterion, points, most))
        }
    }
    return findings + (try checkSheet(report, criteria, prior))
}

/// Points by code, as a score sheet has them.
private typealias SheetScore = (code: String, points: ExactDecimal, line: Int?)

/// The points of each code against the score sheet that most of them go by: the printed one, or one that a step has added up.
private func checkSheet(
    _ report: ReportText,
    _ criteria: [PrintedCriterion],
    _ prior: [String: Assessment]
) throws(DecimalOverflow) -> [Finding] {
    var sheets = report.printedTables.first { $0.kind == .scoreSheet }.map { [$0.codedScores] } ?? []
    for sheet in prior.sorted(by: { $0.key < $1.key }).flatMap(\.value.scores) {
        sheets.append(sheet.items.compactMap { item in item.points.map { (item.code, $0, nil) } })
    }
    if sheets.isEmpty || criteria.isEmpty { return [] }
    var sums: [String: (sum: ExactDecimal, line: Int)] = [:]
    for criterion in criteria where !criterion.points.isEmpty {
        let known = sums[criterion.code]
        let sum = try ExactDecimal.sum([known?.sum ?? 0] + criterion.points)
        sums[criterion.code] = (sum, known?.line ?? criterion.line)
    }
    var best: (equal: Int, others: [Finding]) = (0, [])
    for sheet in sheets {
        var (equal, others) = (0, [Finding]())
        for score in sheet {
            guard let own = sums[score.code] else { continue }
            if own.sum == score.points { equal += 1 } else { others.append(notAsInSheet(score, own.sum, own.line)) }
        }
        if equal > best.equal { best = (equal, others) }
    }
    return best.equal >= best.others.count ? best.others : []
}

extension PrintedTable {
    /// Code and points of the rows of a score sheet, the second of two numbers side by side.
    fileprivate var codedScores: [SheetScore] {
        rows.compactMap { row in
            guard let code = row.cells.lazy.compactMap(CodedName.init).last?.code, let numbers = row.numbers(2)?.values
            else {
                return nil
            }
            return (code, numbers[1].value, row.line.number)
        }
    }
}

extension String {
    /// The N of each 得 N 分.
    fileprivate var mostPoints: [ExactDecimal] {
        let text = folded
        return text.points(after: ["得"]).map(\.points)
    }
}

private func tooMany(_ criterion: PrintedCriterion, _ points: ExactDecimal, _ most: ExactDecimal) -> Finding {
    criterionPoints.rule.finding(
        message: LocalizedText(
            zh: "\(criterion.code) 得 \(Money.points(points)) 分，该项标准最多 \(Money.points(most)) 分",
            en: "\(criterion.code) has \(Money.points(points)) for a criterion of \(Money.points(most)) at most"
        ),
        subject: criterion.code,
        lines: [ReportText.spot(line: criterion.line)],
        expected: "≤ \(Money.points(most))",
        found: Money.points(points)
    )
}

private func notAsInSheet(
    _ score: SheetScore,
    _ sum: ExactDecimal,
    _ line: Int
) -> Finding {
    var finding = criterionPoints.rule.finding(
        message: LocalizedText(
            zh: "\(score.code) 的评分附表合计 \(Money.points(sum)) 分，评分表为 \(Money.points(score.points)) 分",
            en:
                "the criterion table of \(score.code) adds up to \(Money.points(sum)), the score sheet has \(Money.points(score.points))"
        ),
        subject: score.code,
        lines: [line, score.line].compactMap(\.self).map(ReportText.spot),
        expected: Money.points(score.points),
        found: Money.points(sum)
    )
    finding.severity = .warning
    return finding
}
