import BudgetLines
import PrintedReports
import ReviewModel

/// The report speaks of another budget year in a title, a caption or a table.
let yearDiffers = DocumentRule(
    "document/year-differs",
    .error,
    title: LocalizedText(zh: "预算年度前后不一", en: "another budget year"),
    manual: LocalizedText(
        zh: """
            项目的预算年度（project.year）与报告的标题、表题、附件标题中的年度相比：如"2025 年项目预算明细表"、"2025 年绩效目标申报表"（见 report-words.yaml 的 \
            year_of_request；含近三年、历年、执行等字样的除外；独占一行的"（2025年度）"也算）。历年表中出现预算年度或以后的年度也是错误；"近三年"的表不是前三年的为提醒。\
            一个年度与它自己相比（"2023年……，比2023年……增加"）的也列出。实施期、服务期（periods）整个在预算年度之前或之后的为提醒。\
            标题、"项目名称："和第一段中同一名称的年份应相同（"2026 年学校装备更新项目"）。
            """,
        en: """
            Holds the project's year against titles, captions and headings of annexes that speak of what is asked for (`year_of_request` of report-words.yaml; \
            those of earlier years, `year_of_past`, aside). A table of earlier years that has the budget year or a later one is an error, too; one of 近三年 that \
            has other years than the three before is a warning. A year that is compared with itself (2023年……，比2023年……增加) is an error, too. A period of the project \
            (`periods`: 实施期, 服务期) that ends before the budget year or begins after it is a warning. One name has one year in the title, behind 项目名称 and in the first paragraph.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {document: {use: document-auditor, with: {report: "↓表 1 2025 年项目预算明细表"}}}
            fields:
              project: {name: 课程, town: 望舒镇, year: 2026}
            """,
            zh: "此处为 2025 年，项目的预算年度是 2026 年：表12025年项目预算明细表",
            en: "this says 2025, the project's budget year is 2026: 表12025年项目预算明细表"
        ),
        .good(
            """
            pipeline: {document: {use: document-auditor, with: {report: "表 1 2026 年项目预算明细表；表 2 近三年（2023-2025 年）预算及执行情况"}}}
            fields:
              project: {name: 课程, town: 望舒镇, year: 2026}
            """
        ),
    ],
    check: { audit, findings in
        findings.add(checkComparisons(audit.report))
        findings.add(checkNames(audit.report))
        guard let year = audit.dossier.field("project", "year")?.integer, year > 1990 else { return }
        findings.add(checkTitles(audit.report, year))
        findings.add(checkHistory(audit.report, year))
        findings.add(checkRequests(audit.report, year))
        findings.add(checkPeriods(audit.report, year))
    }
)

private func checkTitles(_ report: ReportText, _ year: Int) -> [Finding] {
    // The line below a title may be the year alone, （2025年度）; below that of a self-evaluation it is another one by right.
    let looksBack = report.looksBack(at: year)
    let body = report.body.filter { !$0.isTableRow && !$0.folded.isEmpty }
    let alone = zip(body, body.dropFirst()).compactMap { title, line -> Finding? in
        guard let other = line.folded.yearAlone, other != year,
            looksBack || !report.words["looks_back"].contains(where: title.folded.hasBytes)
        else { return nil }
        return differs(other, year, line.folded, line)
    }
    return alone
        + report.lines.compactMap { line in
            let text = line.folded
            guard !line.isTableRow, text.utf8.count <= 150, !text.hasBytes(of: "。"), !text.hasBytes(of: "《"),
                text.hasBytes(of: "年"),
                report.words["year_of_request"].contains(where: text.hasBytes)
                    || report.words["title_end"].contains(where: text.endsWithBytes),
                !report.words["year_of_past"].contains(where: text.hasBytes)
            else { return nil }
            let scalars = Array(text.unicodeScalars)
            let dates = PrintedDate.all(in: scalars, gluedToNumbers: true)
            // A month makes it a day, two years a span: 2023-2025年.
            guard dates.count == 1, !scalars.hasSpanOfYears, dates[0].month == nil, dates[0].year != year else {
                return nil
            }
            return differs(dates[0].year, year, text, line)
        }
}

extension String {
    /// The year of `（2025年度）`, a line of its own.
    fileprivate var yearAlone: Int? {
        guard hasPrefix("（"), hasSuffix("）") else { return nil }
        let inside = dropFirst().dropLast()
        guard inside.hasSuffix("年度"), inside.count == 6 else { return nil }
        return Int(inside.prefix(4))
    }
}

extension [Unicode.Scalar] {
    /// Whether four digits, a dash and four digits stand side by side.
    fileprivate var hasSpanOfYears: Bool {
        indices.contains { place in
            ["-", "—", "~", "～", "–", "至"].contains(self[place]) && place >= 4 && place + 4 < count
                && self[place - 4..<place].allSatisfy(\.isDigit) && self[place + 1...place + 4].allSatisfy(\.isDigit)
        }
    }
}

private func checkHistory(_ report: ReportText, _ year: Int) -> [Finding] {
    report.printedTables.filter { $0.kind == .history }.flatMap { table -> [Finding] in
        let items = table.historyItems
        let years = Set(items.map(\.year))
        // A report on a year that is over has that year's own figures: it was issued later, or is about what was reached.
        let looksBack = report.looksBack(at: year)
        if let late = items.first(where: { looksBack ? $0.year > year : $0.year >= year }) {
            return [notEarlier(late, year)]
        }
        guard report.words["last_three"].contains(where: table.caption.folded.hasBytes), !years.isEmpty,
            // Of a budget that is asked for while the year before it goes on, the last three years that are over end a year earlier.
            years != Set(year - 3..<year), years != Set(year - 4..<year - 1),
            !looksBack || years != Set(year - 2...year)
        else { return [] }
        return [otherYears(years.sorted(), year, table)]
    }
}

extension ReportText {
    /// Whether the report is about a year that is over: it was issued in a later one, or its title says that it evaluates.
    fileprivate func looksBack(at year: Int) -> Bool {
        if issueDates.contains(where: { $0.date.year > year }) { return true }
        let titles = lines.lazy.filter { !$0.isTableRow && !$0.folded.isEmpty }.prefix(10)
        return titles.contains { line in
            line.folded.count <= 60 && words["looks_back"].contains(where: line.folded.hasBytes)
        }
    }
}

/// A year that is compared with itself: 2023年……38.6万人次，比2023年的35.2万人次增加.
private func checkComparisons(_ report: ReportText) -> [Finding] {
    report.body.filter { !$0.isTableRow && $0.folded.hasBytes(of: "年") }.flatMap { line -> [Finding] in
        line.folded.split { "。；".contains($0) }.compactMap { sentence -> Finding? in
            let text = Array(sentence.unicodeScalars)
            let dates = PrintedDate.all(in: text)
            for (one, other) in zip(dates, dates.dropFirst())
            where one.month == nil && other.month == nil && one.year == other.year {
                let between = text[one.range.upperBound..<other.range.lowerBound]
                // What follows says whether the same is compared: 比2023年的35.2万人次, not 较2023年预算减少.
                var rest = text[other.range.upperBound...]
                if rest.first == "的" { rest = rest.dropFirst() }
                guard let word = between.last, "比较".unicodeScalars.contains(word),
                    between.contains(where: \.isDigit), rest.first?.isDigit ?? false,
                    between.dropLast().last.map({ "，,".unicodeScalars.contains($0) }) ?? false
                else { continue }
                return comparedWithItself(
                    one.year,
                    text[one.range.lowerBound..<min(other.range.upperBound + 4, text.count)].string,
                    line
                )
            }
            return nil
        }
    }
}

/// Sentences that name the year of what is asked for: 2025年度送审金额, where the project is of 2026 and 2025 is no year of its history.
private func checkRequests(_ report: ReportText, _ year: Int) -> [Finding] {
    let past = Set(report.printedTables.filter { $0.kind == .history }.flatMap(\.historyItems).map(\.year))
    return report.body.filter { !$0.isTableRow && $0.folded.hasBytes(of: "年") }.flatMap { line -> [Finding] in
        let text = Array(line.folded.unicodeScalars)
        return PrintedDate.all(in: text).compactMap { date in
            guard date.month == nil, date.year != year, !past.contains(date.year), abs(date.year - year) < 10 else {
                return nil
            }
            let before = text[..<date.range.lowerBound].last
            // 2023—2025 年 is a span, and what was compared with is another year.
            if let before, "-—~～–至到较比、和及（《〔".unicodeScalars.contains(before) { return nil }
            let rest = text[date.range.upperBound...].prefix(8).string
            let granted = text[..<date.range.lowerBound].string
            // 申请2025年…资金, 建议安排2027年…资金: what is asked for, or granted, is of the year of the project.
            let name = text[date.range.upperBound...].prefix(24).prefix { !"，。；、：（".unicodeScalars.contains($0) }.string
            let isMoney = ["资金", "预算", "经费", "项目", "补助", "补贴"].contains(where: name.hasBytes)
            let isOther =
                ["结转", "结余", "以前", "上年"].contains(where: name.hasBytes) || name.hasPrefix("已") || name.hasPrefix("未")
            let isAsked = ["申请", "申报", "申请的", "申报的"].contains(where: granted.endsWithBytes)
            guard
                report.words["requests"].contains(where: rest.hasPrefix)
                    || (isAsked || report.words["grants"].contains(where: granted.endsWithBytes)) && isMoney && !isOther
            else { return nil }
            let quote = text[date.range.lowerBound...].prefix(14).string
            return differs(date.year, year, quote, line)
        }
    }
}

/// The period of the project, a span behind its label: 实施期限：2025年1月至2025年12月, 服务期为…. It may begin before the budget year and end after it.
private func checkPeriods(_ report: ReportText, _ year: Int) -> [Finding] {
    if report.looksBack(at: year) { return [] }
    let labels = report.words["periods"]
    return report.body.filter { line in labels.contains(where: line.folded.hasBytes) }.flatMap { line -> [Finding] in
        let parts =
            line.isTableRow
            ? zip(line.filledCells, line.filledCells.dropFirst()).map { $0.folded + "：" + $1.folded }
            : line.folded.split { "。；".contains($0) }.map(String.init)
        return parts.compactMap { part in
            guard let label = labels.filter(part.hasBytes).max(by: { $0.count < $1.count }),
                let place = part.firstBytes(of: label),
                !["上年", "上期", "原", "前期", "一期", "已"].contains(where: part[..<place.lowerBound].hasSuffix)
            else { return nil }
            let rest = Array(part[place.upperBound...].unicodeScalars)
            let lead = rest.prefix { !$0.isDigit }
            guard lead.count <= 4, lead.allSatisfy({ "：为是自从（限(即".unicodeScalars.contains($0) }),
                let start = PrintedDate(rest, at: lead.count), !rest.dropFirst(start.range.upperBound).isEmpty
            else { return nil }
            var join = start.range.upperBound
            while join < rest.count, "起开始至到—-~～–".unicodeScalars.contains(rest[join]) { join += 1 }
            guard join > start.range.upperBound,
                let end = PrintedDate(rest, at: join, inherited: start.year), end.year < year || start.year > year
            else { return nil }
            return otherPeriod(rest[lead.count..<end.range.upperBound].string, label, year, line)
        }
    }
}

// MARK: - Messages

private func otherPeriod(_ period: String, _ label: String, _ year: Int, _ line: ReportText.Line) -> Finding {
    var finding = yearDiffers.rule.finding(
        message: LocalizedText(
            zh: "\(label)\(period)，不含预算年度 \(year) 年",
            en: "\(label)\(period) has no day of the budget year, \(year)"
        ),
        subject: label + period,
        lines: [line.spot],
        expected: "\(year)",
        found: period
    )
    finding.severity = .warning
    return finding
}

private func differs(_ found: Int, _ year: Int, _ text: String, _ line: ReportText.Line) -> Finding {
    yearDiffers.rule.finding(
        message: LocalizedText(
            zh: "此处为 \(found) 年，项目的预算年度是 \(year) 年：\(text)",
            en: "this says \(found), the project's budget year is \(year): \(text)"
        ),
        subject: text,
        lines: [line.spot],
        expected: "\(year)",
        found: "\(found)"
    )
}

private func comparedWithItself(_ year: Int, _ quote: String, _ line: ReportText.Line) -> Finding {
    yearDiffers.rule.finding(
        message: LocalizedText(
            zh: "\(year) 年与它自己相比：\(quote)",
            en: "\(year) is compared with itself: \(quote)"
        ),
        subject: quote,
        lines: [line.spot],
        found: "\(year)"
    )
}

private func notEarlier(_ item: PrintedHistoryItem, _ year: Int) -> Finding {
    yearDiffers.rule.finding(
        message: LocalizedText(
            zh: "历年预算执行表中有 \(item.year) 年，而预算年度是 \(year) 年",
            en: "the table of earlier years has \(item.year), the budget year is \(year)"
        ),
        subject: "history \(item.year)",
        lines: [ReportText.spot(line: item.line)],
        expected: "< \(year)",
        found: "\(item.year)"
    )
}

private func otherYears(_ years: [Int], _ year: Int, _ table: PrintedTable) -> Finding {
    let list = years.map(String.init).joined(separator: "、")
    var finding = yearDiffers.rule.finding(
        message: LocalizedText(
            zh: "\"\(table.caption)\"列出 \(list) 年，预算年度 \(year) 年的前三年是 \(year - 3)～\(year - 1) 年",
            en: "\"\(table.caption)\" has \(list); the three years before \(year) are \(year - 3) to \(year - 1)"
        ),
        subject: "last three years",
        lines: [table.header.line.spot],
        expected: "\(year - 3)～\(year - 1)",
        found: list
    )
    finding.severity = .warning
    return finding
}
