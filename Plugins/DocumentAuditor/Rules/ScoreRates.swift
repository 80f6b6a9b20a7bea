import BudgetLines
import PrintedReports
import ReviewModel

/// A rate of points that the points and their maximum do not make, or a sentence that orders them the wrong way.
let scoreRates = DocumentRule(
    "document/score-rate",
    .error,
    title: LocalizedText(zh: "得分率与得分、分值不符", en: "a rate of points that the points do not make"),
    manual: LocalizedText(
        zh: """
            得分率按得分 ÷ 分值重新计算：评分表的"得分率"栏逐行核对；正文"立项必要性得分 18 分，得分率 90.00%"与评分表核对；"得分率最高（最低）的是……""甲得分率低于乙"按评分表核对先后。
            """,
        en: """
            Recomputes rates of points, 得分 by 分值: of each row of a table with a column 得分率, and in sentences that give one to the name of a row. 得分率最高 (最低) 的是… and 甲得分率低于乙 \
            are held against the table, too.
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
                    评估内容\t分值\t得分\t得分率
                    立项必要性\t60\t54\t90.00%
                    ↓投入经济性\t40\t30\t57.00%
                    合计\t100\t84\t84.00%
            """,
            zh: "\"投入经济性\"的得分率为 57.00%，30 分 ÷ 40 分 = 75.00%",
            en: "the rate of \"投入经济性\" is 57.00%, 30 of 40 points are 75.00%"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    评分表
                    评估内容\t分值\t得分\t得分率
                    立项必要性\t60\t54\t90.00%
                    投入经济性\t40\t30\t75.00%
                    合计\t100\t84\t84.00%
                    得分率最高的是立项必要性，为90%，投入经济性得分率低于立项必要性。
            """
        ),
    ],
    check: { audit, findings in findings.add(try checkRates(audit.report)) }
)

private func checkRates(_ report: ReportText) throws(DecimalOverflow) -> [Finding] {
    var (findings, rows) = ([Finding](), [String: PrintedPoints]())
    var ambiguous: Set<String> = []
    for table in report.printedTables {
        for row in table.pointRows {
            if let rate = row.rate, let made = try row.rate(places: rate.places), made != rate {
                findings.append(otherRate(row, rate, made, ReportText.spot(line: row.line)))
            }
            let name = row.name.folded
            guard !row.isTotal, name.count > 2, row.said != nil, row.most != nil else { continue }
            if let known = rows[name], known.said != row.said || known.most != row.most { ambiguous.insert(name) }
            rows[name] = row
        }
    }
    for line in report.body where !line.isTableRow && line.folded.hasBytes(of: "得分率") {
        findings += try ownRates(line)
    }
    let known = rows.filter { !ambiguous.contains($0.key) }
    if known.count < 2 { return findings }
    for line in report.body where !line.isTableRow && line.folded.hasBytes(of: report.words["scored"].first ?? "得分") {
        for sentence in line.folded.split(whereSeparator: { "。".contains($0) }) {
            findings += try checkSentence(String(sentence), known, line)
        }
    }
    return findings
}

private func checkSentence(
    _ sentence: String,
    _ rows: [String: PrintedPoints],
    _ line: ReportText.Line
) throws(DecimalOverflow) -> [Finding] {
    guard sentence.hasBytes(of: "得分率") else { return [] }
    var (findings, open) = ([Finding](), nil as PrintedPoints?)
    for clause in sentence.split(whereSeparator: { "，、：；".contains($0) }).map(String.init) {
        let named = rows.keys.filter(clause.hasBytes).sorted { $0.count > $1.count }
        if named.count > 1 {
            if let finding = try checkOrder(clause, named, rows, line) { findings.append(finding) }
            open = nil
            continue
        }
        if let name = named.first, let row = rows[name] {
            open = row
            if let finding = try checkExtreme(clause, row, rows, line) { findings.append(finding) }
        }
        guard let row = open, let stated = clause.percentAtEnd,
            clause.hasBytes(of: "得分率") || clause.hasPrefix("为"), let made = try row.rate(places: stated.places)
        else { continue }
        if made != stated { findings.append(otherRate(row, stated, made, line.spot)) }
    }
    return findings
}

/// `本项分值20分，评估得分15.40分，得分率77.00%`: a rate with the points and the maximum beside it.
private func ownRates(_ line: ReportText.Line) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    for sentence in line.folded.split(whereSeparator: { "。；".contains($0) }).map(String.init) {
        let figures = StatedFigure.all(in: sentence)
        for (place, rate) in figures.enumerated() where place > 1 && rate.behind.hasPrefix("%") {
            let lead = sentence.clause(before: rate.range.lowerBound)
            let (most, score) = (figures[place - 2], figures[place - 1])
            guard ["得分率", "得分率为"].contains(where: lead.hasSuffix), most.behind.hasPrefix("分"),
                score.behind.hasPrefix("分"), score.value <= most.value, most.value > 0,
                ["分值", "满分", "标准分", "分值为", "满分为"].contains(
                    where: sentence.clause(before: most.range.lowerBound).hasSuffix
                ),
                ["得分", "得分为", "得"].contains(where: sentence.clause(before: score.range.lowerBound).hasSuffix),
                let made = try ExactDecimal.percentage(score.value, of: most.value, places: rate.value.places),
                made != rate.value
            else { continue }
            findings.append(otherOwnRate(rate, made, score, most, line))
        }
    }
    return findings
}

private func otherOwnRate(
    _ rate: StatedFigure,
    _ made: ExactDecimal,
    _ score: StatedFigure,
    _ most: StatedFigure,
    _ line: ReportText.Line
) -> Finding {
    scoreRates.rule.finding(
        message: LocalizedText(
            zh: "得分率写为 \(rate.digits)%，\(score.digits) 分 ÷ \(most.digits) 分为 \(made)%",
            en: "the rate is stated as \(rate.digits)%, \(score.digits) of \(most.digits) points are \(made)%"
        ),
        subject: "rate \(score.digits)",
        lines: [line.spot],
        expected: "\(made)%",
        found: "\(rate.digits)%",
        hint: LocalizedText(zh: "请核对同句的分值、得分和得分率", en: "check the three numbers of the sentence")
    )
}

/// 甲得分率低于乙.
private func checkOrder(
    _ clause: String,
    _ named: [String],
    _ rows: [String: PrintedPoints],
    _ line: ReportText.Line
) throws(DecimalOverflow) -> Finding? {
    guard clause.hasBytes(of: "得分率"), !clause.contains("不"), named.count == 2,
        let word = ["高于", "低于"].first(where: clause.hasBytes), let place = clause.firstBytes(of: word),
        let first = named.first(where: clause[..<place.lowerBound].contains),
        let second = named.first(where: clause[place.upperBound...].contains), first != second,
        let one = try rows[first]?.rate(places: 10), let two = try rows[second]?.rate(places: 10),
        word == "高于" ? one <= two : one >= two
    else { return nil }
    return order(
        clause,
        LocalizedText(
            zh: "\(first) \(Money.percent(one))，\(second) \(Money.percent(two))",
            en: "\(first) \(Money.percent(one)), \(second) \(Money.percent(two))"
        ),
        line
    )
}

/// 得分率最高的是甲.
private func checkExtreme(
    _ clause: String,
    _ row: PrintedPoints,
    _ rows: [String: PrintedPoints],
    _ line: ReportText.Line
) throws(DecimalOverflow) -> Finding? {
    guard let word = ["最高的是", "最高的为", "最低的是", "最低的为"].first(where: clause.hasBytes),
        let own = try row.rate(places: 10)
    else { return nil }
    var far: (row: PrintedPoints, rate: ExactDecimal)?
    for other in rows.values.sorted(by: { $0.line < $1.line }) {
        guard let rate = try other.rate(places: 10) else { continue }
        if let known = far, word.hasPrefix("最高") ? known.rate >= rate : known.rate <= rate { continue }
        far = (other, rate)
    }
    guard let far, far.rate != own else { return nil }
    return order(
        clause,
        LocalizedText(
            zh: "\(row.name) \(Money.percent(own))，\(far.row.name) \(Money.percent(far.rate))",
            en: "\(row.name) \(Money.percent(own)), \(far.row.name) \(Money.percent(far.rate))"
        ),
        line
    )
}

extension PrintedPoints {
    /// Points in percent of the most there may be.
    fileprivate func rate(places: Int) throws(DecimalOverflow) -> ExactDecimal? {
        guard let most, most > 0, let score = said ?? score else { return nil }
        return try ExactDecimal.percentage(score, of: most, places: places)
    }
}

extension String {
    /// The number before a % that a clause ends with.
    fileprivate var percentAtEnd: ExactDecimal? {
        guard hasSuffix("%") else { return nil }
        return ExactDecimal(
            String(dropLast().reversed().prefix { $0.isASCII && ($0.isNumber || $0 == ".") }.reversed())
        )
    }
}

// MARK: - Messages

private func otherRate(_ row: PrintedPoints, _ rate: ExactDecimal, _ made: ExactDecimal, _ spot: Spot) -> Finding {
    let (score, most) = (Money.points(row.said ?? row.score ?? .zero), Money.points(row.most ?? .zero))
    return scoreRates.rule.finding(
        message: LocalizedText(
            zh: "\"\(row.name)\"的得分率为 \(rate)%，\(score) 分 ÷ \(most) 分 = \(made)%",
            en: "the rate of \"\(row.name)\" is \(rate)%, \(score) of \(most) points are \(made)%"
        ),
        subject: row.name,
        lines: [spot],
        expected: "\(made)%",
        found: "\(rate)%"
    )
}

private func order(_ clause: String, _ facts: LocalizedText, _ line: ReportText.Line) -> Finding {
    scoreRates.rule.finding(
        message: LocalizedText(
            zh: "\"\(clause)\"与评分表不符：\(facts.zh)",
            en: "\"\(clause)\" is not what the table of points says: \(facts.en)"
        ),
        subject: clause,
        lines: [line.spot],
        found: clause
    )
}
