import BudgetLines
import PrintedReports
import ReviewModel

/// A table of points that does not go together: more than the most, parts that do not make the total, a sentence that says another score.
let scoreTable = DocumentRule(
    "document/score-table",
    .error,
    title: LocalizedText(zh: "得分表不符", en: "a table of points that does not go together"),
    manual: LocalizedText(
        zh: """
            评分表和自评表的得分逐行核对：得分不超过分值（权重）；合计行的分值和得分等于各行之和（自评表连同资金栏的分值和得分；分值之和不等于合计分值的，不核对得分之和，因为表中可能既有上级又有下级指标；有的行没有填得分而其余之和不是合计的，也列出）；\
            合计得分应是正文所写的评审得分或自评得分之一；正文"立项必要性得分 18 分"中与某行名称相同的，得分应与该行相同。
            """,
        en: """
            Checks each row of a score sheet, or of a self-evaluation form: points do not exceed their maximum (weight); the total row is the sum of the rows, with those of the funds in a self-evaluation \
            form (where the maxima do not add up, a table may have levels above others, and the points are not added; rows without points whose others do not make the total are told); the total is one of the scores that the text states; and a sentence that gives \
            points to the name of a row gives those of the row.
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
                    评分表
                    评估内容\t分值\t得分
                    立项必要性\t60\t50
                    投入经济性\t40\t30
                    ↓合计\t100\t82
            """,
            zh: "评分表各行得分合计 80 分，合计行为 82 分",
            en: "the rows of \"评分表\" make 80 points, its total is 82"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    评分表
                    评估内容\t分值\t得分
                    立项必要性\t60\t50
                    投入经济性\t40\t30
                    合计\t100\t80
                    项目综合得分80分，其中立项必要性得分50分、投入经济性得分30分。
            """
        ),
    ],
    check: { audit, findings in findings.add(try checkScoreTables(audit.report)) }
)

private func checkScoreTables(_ report: ReportText) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    let funds = report.printedTables.flatMap(\.funds).first { $0.points != nil }
    // Printed twice, a table is held against its sentences once.
    var named: [String: PrintedPoints] = [:]
    var ambiguous: Set<String> = []
    for table in report.printedTables {
        let rows = table.pointRows
        if rows.isEmpty { continue }
        for row in rows {
            for score in [row.score, row.reviewScore] {
                if let most = row.most, let score, score > most { findings.append(aboveMost(row, most, score)) }
            }
        }
        findings += try checkSums(rows, table, table.kind == .targets ? funds : nil, report)
        if !report.printedTables.contains(where: { $0.isStatedWhole(in: report, beside: rows) }) {
            findings += checkTotal(rows, report)
        }
        for row in rows where !row.isTotal && row.name.folded.count > 2 && row.said != nil {
            let name = row.name.folded
            if let known = named[name], known.said != row.said {
                ambiguous.insert(name)
            }
            named[name] = row
        }
        findings += try checkGroups(rows, report)
    }
    return findings + checkSentences(named.filter { !ambiguous.contains($0.key) }, report)
}

/// The total row against the rows above it.
private func checkSums(
    _ rows: [PrintedPoints],
    _ table: PrintedTable,
    _ funds: PrintedFunds?,
    _ report: ReportText
) throws(DecimalOverflow) -> [Finding] {
    guard let total = rows.last(where: \.isTotal), rows.count(where: \.isTotal) == 1, let last = rows.last,
        last.line == total.line
    else { return [] }
    let parts = rows.filter { !$0.isTotal }
    let most = parts.compactMap(\.most)
    guard most.count > 1, let whole = total.most else { return [] }
    let sum = try ExactDecimal.sum(most)
    let withFunds = try sum + (funds?.points ?? .zero)
    guard sum == whole || withFunds == whole else {
        // A single slip shows; a table that adds up to quite another total has levels above others.
        let far = max(try (sum - whole).magnitude, try (withFunds - whole).magnitude)
        let isNear = try far * 4 <= whole
        // 10 points of two rows may be those of one cell over both.
        if try parts.maySayAgain(withFunds - whole, report) { return [] }
        return isNear ? [otherSum(table, total, LocalizedText(zh: "分值", en: "maxima"), withFunds, whole)] : []
    }
    let extra = sum == whole ? ExactDecimal.zero : funds?.score ?? .zero
    let columns: [(LocalizedText, (PrintedPoints) -> ExactDecimal?, ExactDecimal)] = [
        (LocalizedText(zh: "得分", en: "points"), { $0.score }, extra),
        (LocalizedText(zh: "评审得分", en: "points of the review"), { $0.reviewScore }, extra),
    ]
    var findings: [Finding] = []
    for (name, value, extra) in columns {
        let scores = parts.compactMap(value)
        guard let whole = value(total) else { continue }
        let blank = parts.filter { $0.most != nil && value($0) == nil }
        if !blank.isEmpty, most.count == parts.count {
            // A merged cell may stand for the blank ones below it: then the rest makes the total.
            let sum = try ExactDecimal.sum(scores + [extra])
            if sum != whole { findings.append(overBlanks(table, total, name, whole, blank)) }
            continue
        }
        guard scores.count == most.count else { continue }
        let sum = try ExactDecimal.sum(scores + [extra])
        if sum != whole { findings.append(otherSum(table, total, name, sum, whole, parts)) }
    }
    return findings
}

/// The scores that the text states which may be those of a total of a hundred, each with its line.
private func statedScores(of total: PrintedPoints, _ report: ReportText) -> [(ExactDecimal, ReportText.Line)] {
    // The applicant's own points are those that the text calls so.
    let keys = total.isOwn && total.reviewScore == nil ? ["self_score"] : ["review_score", "self_score"]
    return report.lines.filter { !$0.isTableRow }.flatMap { line in
        keys.flatMap { line.stated($0, report.words) }.filter { !line.givesToAnother($0.word, $0.points) }
            .map { ($0.points, line) }
    }
}

extension PrintedTable {
    /// Whether it makes the score that the text states, of other things than some rows: of four levels, where these are the targets of one.
    fileprivate func isStatedWhole(in report: ReportText, beside rows: [PrintedPoints]) -> Bool {
        let own = pointRows
        guard let total = own.last(where: \.isTotal), total.most == 100, total.line != rows.last?.line else {
            return false
        }
        let (names, others) = (Set(own.map(\.name.folded)), Set(rows.map(\.name.folded)))
        guard names.intersection(others).count * 2 < min(names.count, others.count) else { return false }
        return statedScores(of: total, report).contains { [total.score, total.reviewScore].contains($0.0) }
    }
}

/// The total of a table of a hundred points is a score that the text states, where it states one.
private func checkTotal(_ rows: [PrintedPoints], _ report: ReportText) -> [Finding] {
    guard let total = rows.last(where: \.isTotal), total.most == 100 else { return [] }
    let stated = statedScores(of: total, report)
    let scores = [total.score, total.reviewScore].compactMap(\.self)
    guard let first = stated.first, !scores.isEmpty, !stated.contains(where: { scores.contains($0.0) }) else {
        return []
    }
    return [otherStated(total, scores[0], first.0, first.1)]
}

/// Sentences that give points to the name of a row.
private func checkSentences(_ rows: [String: PrintedPoints], _ report: ReportText) -> [Finding] {
    if rows.isEmpty { return [] }
    return report.body.filter { !$0.isTableRow && $0.folded.hasBytes(of: "分") }.flatMap { line in
        line.folded.split { "，；。、".contains($0) }.compactMap { clause -> Finding? in
            let clause = String(clause)
            guard let stated = clause.points(after: report.words["scored"]).last?.points,
                let (name, row) = rows.first(where: { clause.hasBytes(of: $0.key + "得分") }),
                let score = row.said, score != stated
            else { return nil }
            return otherSentence(name, row, score, stated, line)
        }
    }
}

/// Sentences that give weight and points to a first level: `决策类指标权重15分，得分14分`.
private func checkGroups(_ rows: [PrintedPoints], _ report: ReportText) throws(DecimalOverflow) -> [Finding] {
    var groups: [(name: String, rows: [PrintedPoints])] = []
    for row in rows where !row.isTotal {
        let name = row.group.folded.nameOfLevel
        if name.count < 2 { continue }
        if groups.last?.name == name { groups[groups.count - 1].rows.append(row) } else { groups.append((name, [row])) }
    }
    guard groups.count > 1, Set(groups.map(\.name)).count == groups.count else { return [] }
    var findings: [Finding] = []
    for line in report.body where !line.isTableRow && line.folded.hasBytes(of: "分") {
        var open: Int?
        for clause in line.folded.split(whereSeparator: { "，；。、".contains($0) }).map(String.init) {
            open =
                groups.firstIndex { clause.beginsWithBytes(of: $0.name) || clause.hasBytes(of: "其中" + $0.name) } ?? open
            // 从投入、产出、效果四个方面设置指标，满分100分: that is the whole.
            if ["方面", "维度", "部分", "指标体系"].contains(where: clause.hasBytes) { open = nil }
            // 绩效目标26分，综合得分88分: the whole again.
            let wholes = report.words["review_score"] + report.words["self_score"]
            if wholes.contains(where: clause.beginsWithBytes) { open = nil }
            guard let position = open else { continue }
            let group = groups[position]
            let stated = clause.points(after: report.words["weight"]).last?.points
            if let stated, stated != 100, group.rows.allSatisfy({ $0.most != nil }) {
                let most = try ExactDecimal.sum(group.rows.compactMap(\.most))
                if most != stated {
                    if try group.rows.maySayAgain(most - stated, report) { return [] }
                    findings.append(otherSentence(group.name, group.rows[0], most, stated, line))
                }
            }
            guard let stated = clause.points(after: report.words["scored"]).last?.points else {
                // 效益指标40分，得38分: what follows is of another one.
                if clause.hasPrefix("得"), clause.dropFirst().first?.isPlainDigit ?? false { open = nil }
                continue
            }
            open = nil
            guard group.rows.allSatisfy({ $0.said != nil }) else { continue }
            let score = try ExactDecimal.sum(group.rows.compactMap(\.said))
            if score != stated { findings.append(otherSentence(group.name, group.rows[0], score, stated, line)) }
        }
    }
    return findings
}

extension String {
    /// `决策` of `1 决策（15）` and of `一、决策指标`.
    fileprivate var nameOfLevel: String {
        var name = String(drop { "0123456789.．、一二三四五六七八九十ABCDEFG ".contains($0) }.prefix { $0 != "（" })
        for end in ["类指标", "指标", "类"] where name.hasSuffix(end) && name.count > end.count + 1 {
            name.removeLast(end.count)
            break
        }
        return name
    }
}

extension [PrintedPoints] {
    /// Whether so many points are those of cells over several rows, which a file without merged cells says in each: neighbours with the same
    /// points that name their first level in each row.
    fileprivate func maySayAgain(_ surplus: ExactDecimal, _ report: ReportText) throws(DecimalOverflow) -> Bool {
        guard surplus > 0 else { return false }
        var (runs, last): ([(most: ExactDecimal, count: Int)], PrintedPoints?) = ([], nil)
        for row in self {
            let isNamed = report.line(row.line)?.folded.hasBytes(of: row.group.folded) ?? false
            guard let most = row.most, most > 0, isNamed, !row.group.isEmpty else {
                last = nil
                continue
            }
            if let before = last, before.group == row.group, before.most == most, before.score == row.score,
                before.reviewScore == row.reviewScore
            {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((most, 1))
            }
            last = row
        }
        var sums: Set<ExactDecimal> = [.zero]
        for run in runs where run.count > 1 {
            for sum in sums {
                for times in 1..<run.count {
                    let more = try sum + run.most * ExactDecimal(times)
                    if more <= surplus { sums.insert(more) }
                }
            }
        }
        return sums.contains(surplus)
    }
}

// MARK: - Messages

private func aboveMost(_ row: PrintedPoints, _ most: ExactDecimal, _ score: ExactDecimal) -> Finding {
    scoreTable.rule.finding(
        message: LocalizedText(
            zh: "\"\(row.name)\"得 \(Money.points(score)) 分，超过分值 \(Money.points(most)) 分",
            en: "\"\(row.name)\" has \(Money.points(score)) points of \(Money.points(most))"
        ),
        subject: row.name,
        lines: [ReportText.spot(line: row.line)],
        expected: "≤ \(Money.points(most))",
        found: Money.points(score)
    )
}

private func otherSum(
    _ table: PrintedTable,
    _ total: PrintedPoints,
    _ column: LocalizedText,
    _ sum: ExactDecimal,
    _ whole: ExactDecimal,
    _ parts: [PrintedPoints] = []
) -> Finding {
    scoreTable.rule.finding(
        message: LocalizedText(
            zh: "\(table.name.zh)各行\(column.zh)合计 \(Money.points(sum)) 分，合计行为 \(Money.points(whole)) 分",
            en:
                "the rows of \"\(table.name.en)\" make \(Money.points(sum)) \(column.en), its total is \(Money.points(whole))"
        ),
        subject: "\(table.caption) \(column.zh)",
        lines: ([total.line] + parts.prefix(50).map(\.line)).map(ReportText.spot),
        expected: Money.points(sum),
        found: Money.points(whole)
    )
}

private func overBlanks(
    _ table: PrintedTable,
    _ total: PrintedPoints,
    _ column: LocalizedText,
    _ whole: ExactDecimal,
    _ blank: [PrintedPoints]
) -> Finding {
    let names = blank.prefix(5).map(\.name).joined(separator: "、") + (blank.count > 5 ? "等" : "")
    return scoreTable.rule.finding(
        message: LocalizedText(
            zh: "\(table.name.zh)有 \(blank.count) 行没有填\(column.zh)（\(names)），合计行却为 \(Money.points(whole)) 分",
            en:
                "\(blank.count) row(s) of \"\(table.name.en)\" have no \(column.en) (\(names)), its total is \(Money.points(whole))"
        ),
        subject: "\(table.caption) \(column.zh) blank",
        lines: ([total.line] + blank.prefix(50).map(\.line)).map(ReportText.spot),
        found: Money.points(whole)
    )
}

private func otherStated(_ total: PrintedPoints, _ score: ExactDecimal, _ stated: ExactDecimal, _ line: ReportText.Line)
    -> Finding
{
    scoreTable.rule.finding(
        message: LocalizedText(
            zh: "正文写 \(Money.points(stated)) 分，得分表合计 \(Money.points(score)) 分",
            en: "the text states \(Money.points(stated)) points, the table of points makes \(Money.points(score))"
        ),
        subject: "total",
        lines: [line.spot, ReportText.spot(line: total.line)],
        expected: Money.points(score),
        found: Money.points(stated)
    )
}

private func otherSentence(
    _ name: String,
    _ row: PrintedPoints,
    _ score: ExactDecimal,
    _ stated: ExactDecimal,
    _ line: ReportText.Line
) -> Finding {
    scoreTable.rule.finding(
        message: LocalizedText(
            zh: "正文写\"\(name)\"得 \(Money.points(stated)) 分，得分表为 \(Money.points(score)) 分",
            en: "the text gives \"\(name)\" \(Money.points(stated)) points, the table of points \(Money.points(score))"
        ),
        subject: name,
        lines: [line.spot, ReportText.spot(line: row.line)],
        expected: Money.points(score),
        found: Money.points(stated)
    )
}
