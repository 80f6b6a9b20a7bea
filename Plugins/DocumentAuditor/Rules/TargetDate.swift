import BudgetLines
import PrintedReports
import ReviewModel
import Targets

/// A target that is due before the project begins, or reached after the report was issued.
let targetDate = DocumentRule(
    "document/target-date",
    .error,
    title: LocalizedText(zh: "绩效目标的时间不可能", en: "a target's date that cannot be"),
    manual: LocalizedText(
        zh: """
            绩效目标表中写明日期的目标值：不应早于项目开始的日期（"自……起实施""实施期自……"或开始日期一栏），也不应早于预算年度；实际完成日期不应晚于报告日期；\
            正文写明的完工日期与自评表"完工时间"一行的实际完成日期应相同。
            """,
        en: """
            Dates in a table of targets: a target is not due before the project begins (自……起实施, 实施期自……, or the cell of a start), nor before the budget year; what was reached was reached before the report was \
            issued; and the day on which a sentence says that the work was finished is that of the row 完工时间.
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
                    项目自2026年3月1日开始实施。
                    三级指标\t指标值
                    ↓安装完成时间\t2026年1月30日前
            """,
            zh: "\"安装完成时间\"的目标是2026年1月30日，早于项目开始的2026年3月1日",
            en: "\"安装完成时间\" is due 2026年1月30日, before the project begins, 2026年3月1日"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目自2026年3月1日开始实施。
                    三级指标\t指标值
                    安装完成时间\t2026年11月30日前
            """
        ),
    ],
    check: { audit, findings in
        let report = audit.report
        let targets = report.printedTables.filter { $0.kind == .targets }.flatMap(\.targets)
        if targets.isEmpty { return }
        let start = report.projectStart
        let year = audit.dossier.field("project", "year")?.integer
        let issue = report.issueDates.last?.date
        var seen: Set<String> = []
        for target in targets {
            if let due = target.value.onlyDate {
                if let start, due.isBefore(start.date), seen.insert(target.name + due.text).inserted {
                    findings.add([dueBefore(target, due, start)])
                } else if let year, due.year < year, start == nil || start?.date.year == year,
                    seen.insert(target.name + due.text).inserted
                {
                    findings.add([dueBeforeYear(target, due, year)])
                }
            }
            if let reached = target.actual.onlyDate, let issue, issue.isBefore(reached) {
                findings.add([reachedAfter(target, reached, issue)])
            }
        }
        findings.add(checkFinish(report, targets))
    }
)

extension ReportText {
    /// When the project begins, as a sentence or a form says: 自2026年3月1日起实施, 实施期自2026年1月至2027年12月.
    fileprivate var projectStart: (date: PrintedDate, line: Line)? {
        if let labelled = dates(labelled: words["starts_on"]).first { return (labelled.date, labelled.line) }
        for line in body where !line.isTableRow && line.folded.hasBytes(of: "自") {
            for sentence in line.folded.split(whereSeparator: { "。；".contains($0) }).map(String.init)
            where words["runs"].contains(where: sentence.hasBytes) {
                let text = Array(sentence.unicodeScalars)
                for date in PrintedDate.all(in: text) where date.month != nil {
                    guard text[..<date.range.lowerBound].last == "自" else { continue }
                    let rest = text[date.range.upperBound...].prefix(4).string
                    // So do laws: 自2019年5月1日起施行.
                    guard !rest.contains("施行"),
                        ["至", "起", "开始", "—", "-", "~", "～", "到"].contains(where: rest.hasPrefix)
                    else { continue }
                    return (date, line)
                }
            }
        }
        return nil
    }
}

/// The day of which sentences say that the work was finished, against the row of the form.
private func checkFinish(_ report: ReportText, _ targets: [PrintedTarget]) -> [Finding] {
    let finishes = report.words["finishes"]
    let rows = targets.filter { target in
        target.actual.onlyDate?.day != nil && ["完工", "竣工", "完成时间", "完成日期"].contains(where: target.name.folded.hasBytes)
    }
    guard rows.count == 1, let row = rows.first, let reached = row.actual.onlyDate else { return [] }
    return report.body.filter { !$0.isTableRow }.flatMap { line -> [Finding] in
        line.folded.split { "，。；、".contains($0) }.compactMap { clause -> Finding? in
            let text = Array(clause.unicodeScalars)
            guard let date = PrintedDate.all(in: text).last, date.day != nil, !date.mayBe(reached),
                date.range.lowerBound == 0 || text[..<date.range.lowerBound].string.hasSuffix("于"),
                !report.words["planned"].contains(where: String(clause).hasBytes)
            else { return nil }
            let rest = text[date.range.upperBound...].string
            guard finishes.contains(where: { rest == $0 || rest == "全面" + $0 || rest == "全部" + $0 }) else { return nil }
            return otherFinish(row, date, reached, line)
        }
    }
}

extension String {
    /// The date that a cell is: 2026年11月30日前, 2024年12月底前, 2026年11月.
    fileprivate var onlyDate: PrintedDate? {
        let text = Array(folded.unicodeScalars)
        guard let date = PrintedDate.all(in: text).first, date.month != nil, date.range.lowerBound <= 2 else {
            return nil
        }
        let rest = text[date.range.upperBound...].string
        return rest.count <= 4 && !rest.contains(where: { $0.isASCII && $0.isNumber }) ? date : nil
    }
}

// MARK: - Messages

private func dueBefore(_ target: PrintedTarget, _ due: PrintedDate, _ start: (date: PrintedDate, line: ReportText.Line))
    -> Finding
{
    targetDate.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"的目标是\(due.text)，早于项目开始的\(start.date.text)",
            en: "\"\(target.name)\" is due \(due.text), before the project begins, \(start.date.text)"
        ),
        subject: target.name,
        lines: [ReportText.spot(line: target.line), start.line.spot],
        expected: "≥ \(start.date.text)",
        found: due.text
    )
}

private func dueBeforeYear(_ target: PrintedTarget, _ due: PrintedDate, _ year: Int) -> Finding {
    targetDate.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"的目标是\(due.text)，早于预算年度 \(year) 年",
            en: "\"\(target.name)\" is due \(due.text), before the budget year, \(year)"
        ),
        subject: target.name,
        lines: [ReportText.spot(line: target.line)],
        expected: "≥ \(year)",
        found: due.text
    )
}

private func reachedAfter(_ target: PrintedTarget, _ reached: PrintedDate, _ issue: PrintedDate) -> Finding {
    targetDate.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"实际完成于\(reached.text)，晚于报告日期\(issue.text)",
            en: "\"\(target.name)\" was reached \(reached.text), later than the report, \(issue.text)"
        ),
        subject: target.name,
        lines: [ReportText.spot(line: target.line)],
        expected: "≤ \(issue.text)",
        found: reached.text
    )
}

private func otherFinish(_ row: PrintedTarget, _ date: PrintedDate, _ reached: PrintedDate, _ line: ReportText.Line)
    -> Finding
{
    targetDate.rule.finding(
        message: LocalizedText(
            zh: "正文写于\(date.text)完工，表中\"\(row.name)\"为\(reached.text)",
            en: "the text says that the work was finished \(date.text), \"\(row.name)\" in the table is \(reached.text)"
        ),
        subject: row.name,
        lines: [line.spot, ReportText.spot(line: row.line)],
        expected: reached.text,
        found: date.text
    )
}
