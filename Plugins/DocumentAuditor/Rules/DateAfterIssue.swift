import BudgetLines
import PrintedReports
import ReviewModel

/// The report knows figures or documents of a time after it was issued.
let dateAfterIssue = DocumentRule(
    "document/date-after-issue",
    .error,
    title: LocalizedText(zh: "日期晚于报告日期", en: "a date that is later than the report"),
    manual: LocalizedText(
        zh: """
            报告日期取正文中独占一行的年月（封面、落款）。"截至……"的数据日期（附近写有预计、计划的除外）和文号〔年份〕不应晚于报告日期；没有报告日期的，文号年份不应晚于预算年度。\
            已发生的事（"……批复""……签订"）不应晚于报告日期，要求完成的期限（"应于……前"）不应早于它。\
            报告日期也取"出具日期："等标签（report-words.yaml 的 issued_on）之后的；两处报告日期不能同为一天的为错误，只写到月的为提醒。自评等总结性报告在所报告的年度结束之前出具的为提醒。
            """,
        en: """
            The report's date is a year and month that stand in a line of their own before the annexes, on the cover or at the end. Figures up to a date (截至…, unless \
            it is expected or planned) and the years in document numbers, 〔2025〕, must not be later; without such a date, no later than the budget year. What has happened (……批复) is not later either, and what is asked for (应于……前) not earlier. \
            What stands behind a label of it (`issued_on`) counts, too; two that cannot be one day are an error, or a warning where one is a month only. A report that looks back on a year and is issued before it is over is a warning.
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
                    评审报告
                    2025 年 9 月
                    ↓截至 2025 年 10 月 31 日，支付 12.00 万元。
            """,
            zh: "数据截至2025年10月31日，晚于报告日期2025年9月",
            en: "figures up to 2025年10月31日 are later than the report, 2025年9月"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    评审报告
                    2025 年 11 月
                    根据《管理办法》（望府〔2025〕8 号），截至 2025 年 10 月 31 日，支付 12.00 万元，预计截至 2025 年 12 月 31 日支付完毕。
            """
        ),
    ],
    check: { audit, findings in
        let (issue, year) = (audit.report.issue, audit.dossier.field("project", "year")?.integer)
        if let issue {
            findings.add(checkCutOffs(audit.report, issue.date))
            findings.add(checkReview(audit.report, issue.date))
            findings.add(checkLabelled(audit.report, issue.date))
            findings.add(checkOwnNumber(audit.report, issue))
            findings.add(checkEvents(audit.report, issue.date))
            findings.add(checkYearIsOver(audit.report, issue, year))
            findings.add(checkAdvice(audit.report, issue.date))
            findings.add(checkClosedYears(audit.report, issue.date))
            let others = audit.report.issueDates + audit.report.labelledIssueDates(audit.report.words["issued_on"])
            findings.add(
                others.filter { $0.line.number != issue.line.number && !$0.date.mayBe(issue.date) }.map {
                    twoIssues($0, issue)
                }
            )
        }
        let latest = issue?.date.year ?? year
        if let latest { findings.add(checkNumbers(audit.report, latest, issue: issue?.date)) }
    }
)

private func checkCutOffs(_ report: ReportText, _ issue: PrintedDate) -> [Finding] {
    report.lines.flatMap { line -> [Finding] in
        guard report.words["cut_off"].contains(where: line.folded.hasBytes) else { return [] }
        let text = Array(line.folded.unicodeScalars)
        return PrintedDate.all(in: text).filter { date in
            let before = text[max(0, date.range.lowerBound - 12)..<date.range.lowerBound].string
            return report.words["cut_off"].contains(where: before.endsWithBytes) && issue.isBefore(date)
                && !report.words["planned"].contains(where: before.hasBytes)
        }.map { laterFigures($0, issue, line) }
    }
}

/// A report on what was reached in a year is not issued before its last month.
private func checkYearIsOver(_ report: ReportText, _ issue: (line: ReportText.Line, date: PrintedDate), _ year: Int?)
    -> [Finding]
{
    guard let year, let month = issue.date.month, issue.date.year < year || issue.date.year == year && month < 12,
        report.lines.lazy.filter({ !$0.folded.isEmpty && !$0.isTableRow }).prefix(10).contains(where: { line in
            line.folded.count <= 60 && report.words["looks_back"].contains(where: line.folded.hasBytes)
        })
    else { return [] }
    return [beforeItsEnd(year, issue)]
}

/// The days of the review itself: a report is not issued before they are over.
private func checkReview(_ report: ReportText, _ issue: PrintedDate) -> [Finding] {
    report.body.filter { !$0.isTableRow }.compactMap { line in
        let isLabelled = report.words["review_days"].contains(where: line.folded.hasPrefix)
        for sentence in line.folded.split(whereSeparator: { "。；".contains($0) }).map(String.init) {
            // 营养改善计划 behind the days plans nothing.
            let before = sentence.firstBytes(of: "年").map { String(sentence[..<$0.lowerBound]) } ?? sentence
            // 本次评审时间为2025年9月3日至9月28日
            let isSaid = report.words["review_days"].contains {
                sentence.hasBytes(of: $0 + "为") || sentence.hasBytes(of: $0 + "：")
            }
            // 2025年10月13日至10月17日，评估组到6所学校现场调研
            let isOfTeam =
                report.words["review_team"].contains(where: sentence.hasBytes)
                && visits.contains(where: sentence.hasBytes)
            guard isLabelled || isSaid || isOfTeam || report.words["reviewed"].contains(where: sentence.hasBytes),
                !report.words["planned"].contains(where: before.hasBytes)
            else { continue }
            let text = Array(sentence.unicodeScalars)
            let dates = PrintedDate.all(in: text).filter { $0.day != nil }
            // 于 2026 年 5 月 6 日至 5 月 22 日: the end may inherit its year.
            guard let first = dates.first else { continue }
            let rest = text[first.range.upperBound...].prefix(1)
            let joined = rest.first.map { "至-—~～–到".unicodeScalars.contains($0) } ?? false
            var end = joined ? PrintedDate(text, at: first.range.upperBound + 1, inherited: first.year) ?? first : first
            // 自 2 月 20 日开始，3 月 10 日结束
            if let last = dates.last, first.isBefore(last), text[last.range.upperBound...].string.hasPrefix("结束") {
                end = last
            }
            let isEnded = text[end.range.upperBound...].string.hasPrefix("结束")
            guard isLabelled || isEnded || text[..<first.range.lowerBound].string.hasSuffix("于") || joined else {
                continue
            }
            if issue.isBefore(end) { return laterReview(end, issue, line) }
        }
        return nil
    }
}

/// What the people of a review do on certain days, and is over when it is issued.
private let visits = ["现场", "访谈", "座谈", "问卷", "踏勘", "核查", "调研", "走访", "询价"]

/// Days behind labels of what is done before a report is issued: 复核日期, 初审日期.
private func checkLabelled(_ report: ReportText, _ issue: PrintedDate) -> [Finding] {
    report.lines.flatMap { line -> [Finding] in
        guard report.words["done_on"].contains(where: line.folded.hasBytes) else { return [] }
        let cells =
            line.isTableRow ? line.filledCells.map(\.folded) : line.folded.split(separator: "：").map(String.init)
        return zip(cells, cells.dropFirst()).flatMap { label, value -> [Finding] in
            guard report.words["done_on"].contains(where: label.endsWithBytes) else { return [] }
            return SentenceDates(value).dates.filter { $0.day != nil && issue.isBefore($0) }.prefix(1).map {
                laterReview($0, issue, line)
            }
        }
    }
}

/// The year in the report's own number, 某财评审〔2024〕206号 on a line of its own at its head, beside the year in which it is issued. In its first months a
/// report may still have a number of the year before.
private func checkOwnNumber(_ report: ReportText, _ issue: (line: ReportText.Line, date: PrintedDate)) -> [Finding] {
    guard let month = issue.date.month, month > 2 else { return [] }
    // What stands below the first sentence or heading is cited.
    let head = report.lines.filter { !$0.folded.isEmpty }.prefix(12).prefix { line in
        !line.folded.hasBytes(of: "。") && !["一、", "1、", "1.", "第一"].contains(where: line.folded.hasPrefix)
    }
    for line in head where line.number < issue.line.number {
        let text = line.folded.split(separator: "：").last.map(String.init) ?? ""
        guard text.hasSuffix("号"), text.count <= 30, let open = text.firstBytes(of: "〔"),
            let close = text.firstBytes(of: "〕"), open.upperBound < close.lowerBound,
            text.distance(from: close.upperBound, to: text.endIndex) <= 8,
            let year = Int(text[open.upperBound..<close.lowerBound]), (1990..<issue.date.year).contains(year)
        else { continue }
        return [otherYearOfNumber(text, year, issue.date, line)]
    }
    return []
}

/// What has happened, 2026年7月15日批复, was before the report; what is asked for, 应于2026年2月底前完成, is not over when it is issued.
private func checkEvents(_ report: ReportText, _ issue: PrintedDate) -> [Finding] {
    let (happened, demands) = (report.words["happened"], report.words["demands"])
    return report.body.filter { !$0.isTableRow && $0.folded.hasBytes(of: "年") }.flatMap { line -> [Finding] in
        line.folded.split { "。；".contains($0) }.flatMap { sentence -> [Finding] in
            let text = Array(sentence.unicodeScalars)
            let isPlanned = (report.words["planned"] + demands).contains(where: String(sentence).hasBytes)
            // What should have been done by then is told as a fault: 按合同应于……前完成.
            let isOfContract = report.words["past_demands"].contains(where: String(sentence).withoutSigning.hasBytes)
            return PrintedDate.all(in: text).compactMap { date -> Finding? in
                guard date.month != nil else { return nil }
                let rest = text[date.range.upperBound...].prefix(8).string
                if !isPlanned, issue.isBefore(date), happened.contains(where: rest.hasPrefix) {
                    return laterEvent(date, issue, line)
                }
                let clause =
                    text[..<date.range.lowerBound].split { "，、：".unicodeScalars.contains($0) }.last?.string ?? ""
                // 请各部门于2025年12月20日前
                let isAsked =
                    demands.contains(where: clause.hasBytes) || clause.hasBytes(of: "请") && clause.hasSuffix("于")
                guard date.isBefore(issue), isAsked, !isOfContract,
                    ["前", "底前", "之前", "以前", "末前"].contains(where: rest.hasPrefix)
                else { return nil }
                return overDue(date, issue, line)
            }
        }
    }
}

extension String {
    /// Without the words for signing a contract: who signs one looks ahead.
    fileprivate var withoutSigning: String {
        ["签订合同", "合同签订", "签订协议", "签署合同", "合同签署"].reduce(self) { $0.hasBytes(of: $1) ? $0.replacing($1, with: "") : $0 }
    }
}

/// What is advised, or planned behind a day to come: 2025年6月底前补足 in a report of 2026.
private func checkAdvice(_ report: ReportText, _ issue: PrintedDate) -> [Finding] {
    let (heads, past) = (report.words["advice_heads"], report.words["past_demands"])
    var isAdvice = false
    return report.body.filter { !$0.isTableRow && !$0.folded.isEmpty }.flatMap { line -> [Finding] in
        let text = line.folded
        if text.count <= 20, !text.hasBytes(of: "。"), !text.hasBytes(of: "，") {
            isAdvice = heads.contains(where: text.hasBytes)
            return []
        }
        guard text.hasBytes(of: "前") else { return [] }
        return text.split { "。；".contains($0) }.compactMap { sentence -> Finding? in
            let scalars = Array(sentence.unicodeScalars)
            if past.contains(where: String(sentence).withoutSigning.hasBytes) { return nil }
            let dates = PrintedDate.all(in: scalars).filter { date in
                let rest = scalars[date.range.upperBound...].prefix(4).string
                return date.month != nil
                    && ["前", "底前", "之前", "以前", "末前"].contains(where: rest.hasPrefix)
            }
            guard let late = dates.firstIndex(where: { $0.isBefore(issue) }) else { return nil }
            // A plan has a day to come before it: 2026年5月20日前签订合同，2025年8月18日前完成安装.
            let isPlan = dates[..<late].contains { issue.isBefore($0) }
            let demands = report.words["demands"]
            let clause = scalars[..<dates[late].range.lowerBound].split { "，、：".unicodeScalars.contains($0) }.last
            // What is demanded in so many words is told above.
            if demands.contains(where: (clause?.string ?? "").hasBytes) { return nil }
            return isAdvice || isPlan ? overDue(dates[late], issue, line) : nil
        }
    }
}

/// A column of the final accounts of a year that was not over: 2026年决算数 in a report of May 2026.
private func checkClosedYears(_ report: ReportText, _ issue: PrintedDate) -> [Finding] {
    report.lines.filter { $0.isTableRow && $0.folded.hasBytes(of: "决算") }.flatMap { line -> [Finding] in
        line.filledCells.map(\.folded).compactMap { cell -> Finding? in
            let digits = cell.prefix(while: \.isPlainDigit)
            guard digits.count == 4, let year = Int(digits), year >= issue.year, year < issue.year + 10 else {
                return nil
            }
            let rest = cell.dropFirst(4).filter { !"度支出收入金额数（）万元".contains($0) }
            return rest == "年决算" ? notClosed(year, cell, issue, line) : nil
        }
    }
}

private func checkNumbers(_ report: ReportText, _ latest: Int, issue: PrintedDate?) -> [Finding] {
    var places: [String: [ReportText.Line]] = [:]
    for line in report.lines where line.folded.hasBytes(of: "〔") {
        let text = Array(line.folded.unicodeScalars)
        for (position, scalar) in text.enumerated() where scalar == "〔" {
            let year = text[(position + 1)...].prefix(while: \.isDigit)
            guard year.count == 4, let number = Int(year.string), number > latest, number <= 2100 else { continue }
            places[year.string, default: []].append(line)
        }
    }
    return places.sorted { $0.key < $1.key }.map { laterDocument($0.key, issue, latest, $0.value) }
}

// MARK: - Messages

private func laterFigures(_ date: PrintedDate, _ issue: PrintedDate, _ line: ReportText.Line) -> Finding {
    dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "数据截至\(date.text)，晚于报告日期\(issue.text)",
            en: "figures up to \(date.text) are later than the report, \(issue.text)"
        ),
        subject: date.text,
        lines: [line.spot],
        expected: "≤ \(issue.text)",
        found: date.text
    )
}

private func laterReview(_ date: PrintedDate, _ issue: PrintedDate, _ line: ReportText.Line) -> Finding {
    dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "评审工作到\(date.text)，晚于报告日期\(issue.text)",
            en: "the review lasted until \(date.text), which is later than the report, \(issue.text)"
        ),
        subject: date.text,
        lines: [line.spot],
        expected: "≤ \(issue.text)",
        found: date.text
    )
}

private func beforeItsEnd(_ year: Int, _ issue: (line: ReportText.Line, date: PrintedDate)) -> Finding {
    var finding = dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "报告日期\(issue.date.text)，而所报告的 \(year) 年度尚未结束",
            en: "the report is of \(issue.date.text), when the year that it reports on, \(year), was not over"
        ),
        subject: "\(year)",
        lines: [issue.line.spot],
        expected: "≥ \(year)年12月",
        found: issue.date.text
    )
    finding.severity = .warning
    return finding
}

private func otherYearOfNumber(_ number: String, _ year: Int, _ issue: PrintedDate, _ line: ReportText.Line) -> Finding
{
    var finding = dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "报告文号\(number)是 \(year) 年的，报告日期为\(issue.text)",
            en: "the report's number \(number) is of \(year), the report of \(issue.text)"
        ),
        subject: "number",
        lines: [line.spot],
        expected: "〔\(issue.year)〕",
        found: "〔\(year)〕"
    )
    finding.severity = .warning
    return finding
}

private func laterEvent(_ date: PrintedDate, _ issue: PrintedDate, _ line: ReportText.Line) -> Finding {
    dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "已发生的事写在\(date.text)，晚于报告日期\(issue.text)",
            en: "what has happened is dated \(date.text), later than the report, \(issue.text)"
        ),
        subject: date.text,
        lines: [line.spot],
        expected: "≤ \(issue.text)",
        found: date.text
    )
}

private func overDue(_ date: PrintedDate, _ issue: PrintedDate, _ line: ReportText.Line) -> Finding {
    dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "要求在\(date.text)前完成，而报告日期是\(issue.text)",
            en: "something is asked for before \(date.text), the report is of \(issue.text)"
        ),
        subject: date.text,
        lines: [line.spot],
        expected: "≥ \(issue.text)",
        found: date.text
    )
}

private func notClosed(_ year: Int, _ cell: String, _ issue: PrintedDate, _ line: ReportText.Line) -> Finding {
    dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "表中有\"\(cell)\"，而报告日期是\(issue.text)，\(year) 年尚未决算",
            en: "the table has \(cell), the report is of \(issue.text), when the accounts of \(year) were not closed"
        ),
        subject: cell,
        lines: [line.spot],
        expected: "≤ \(issue.year - 1)",
        found: "\(year)"
    )
}

private func laterDocument(_ year: String, _ issue: PrintedDate?, _ latest: Int, _ lines: [ReportText.Line]) -> Finding
{
    let (zh, en) =
        issue.map { ("报告日期\($0.text)", "the report, \($0.text)") } ?? ("预算年度 \(latest) 年", "the budget year \(latest)")
    return dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "引用的文号年份〔\(year)〕晚于\(zh)",
            en: "a document of 〔\(year)〕 is cited, which is later than \(en)"
        ),
        subject: year,
        lines: lines.map(\.spot),
        expected: "≤ \(latest)",
        found: year
    )
}

private func twoIssues(
    _ first: (line: ReportText.Line, date: PrintedDate),
    _ last: (line: ReportText.Line, date: PrintedDate)
) -> Finding {
    var finding = dateAfterIssue.rule.finding(
        message: LocalizedText(
            zh: "报告日期前后不一：\(first.line.label.zh)为\(first.date.text)，\(last.line.label.zh)为\(last.date.text)",
            en:
                "the report has two dates: \(first.date.text) in \(first.line.label.en), \(last.date.text) in \(last.line.label.en)"
        ),
        subject: "issue",
        lines: [last.line.spot, first.line.spot],
        expected: first.date.text,
        found: last.date.text
    )
    // A month on the cover may be that of the draft; two days of the very same month are a slip.
    if first.date.day == nil || last.date.day == nil { finding.severity = .warning }
    return finding
}
