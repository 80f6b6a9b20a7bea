import BudgetLines
import PrintedReports
import ReviewModel

/// A length of time that its two dates do not make, or how much earlier something was done than its target says.
let periodDiffers = DocumentRule(
    "document/period-differs",
    .error,
    title: LocalizedText(zh: "工期与起止日期不符", en: "a period that its dates do not make"),
    manual: LocalizedText(
        zh: """
            一句中只有两个日期（开工、竣工）并写有"工期……个月"或"工期……天"的，按起止日期计算，含头尾相差一个单位的不列；"11 月 26 日完工，比计划提前 4 天"按绩效目标表中该日期所完成的目标日期计算。\
            一段有多个日期的，"9月16日至9月19日……，历时4天"按数前最近的起止日期计算，没有年份的取前文的年份；"12月15日至12月17日现场复测3天"只列出超过起止天数的；"保修期2年，自……起至……止"按期限计算。\
            "自……起至……止，共 7 天""约定……前交付，实际于……交付，延迟 18 天""……竣工，缺陷责任期（24 个月）满即……"按同句仅有的两个日期计算（叫法见 report-words.yaml 的 early、late、lasts）。\
            "实际工期 226 日历天，提前 14 天"按本段的开工、完工日期和合同工期计算（time_taken、time_agreed）；"验收，质保期 3 年，至……止"按期限计算，到期日月日相符而年份不符的列出（terms、accepted）。
            """,
        en: """
            Of a sentence with two dates and 工期 N 个月 or N 天 the dates are reckoned, first and last counted or not; 11 月 26 日完工，比计划提前 4 天 is held against the date of the target that was reached on that day. \
            In a paragraph of many dates 历时4天 is held against the span right before it, whose year may stand farther before; where the span has a work, 现场复测3天, only more days than it has are told; 保修期2年，自…起至…止 against its term. \
            So are 共 7 天 behind 自…起至…止, 延迟 18 天 behind what was agreed and what was done, and 缺陷责任期（24 个月）满即…, where the sentence has two dates (`early`, `late` and `lasts` of report-words.yaml). \
            实际工期 226 日历天，提前 14 天 is held against the days on which works began and were done, and against what was agreed (`time_taken`, `time_agreed`); a term that ends on a day, 质保期 3 年，至…止, against the day on which it begins (`terms`, `accepted`), where only \
            the year is another.
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
                    ↓项目计划2026年3月开工，2026年6月竣工，总工期16个月。
            """,
            zh: "工期写为 16 个月，2026年3月至 2026年6月 为 4 个月",
            en: "the period is stated as 16 months, 2026年3月 to 2026年6月 are 4"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目计划2026年3月开工，2027年6月竣工，总工期16个月。
            """
        ),
    ],
    check: { audit, findings in
        let targets = audit.report.printedTables.filter { $0.kind == .targets }.flatMap(\.targets)
        let accepted = audit.report.accepted()
        for paragraph in audit.report.paragraphs where paragraph.text.contains("天") || paragraph.text.contains("月") {
            var isTold = false
            for sentence in paragraph.text.folded.split(whereSeparator: { "。；".contains($0) }).map(String.init) {
                let found = period(sentence, paragraph.line) ?? early(sentence, paragraph.line, targets)
                if let found {
                    findings.add([found])
                    isTold = true
                }
            }
            if !isTold {
                let own = periodsOfSentences(paragraph, audit.report.words)
                findings.add(own.isEmpty ? lengthsOfSpans(paragraph, audit.report.words) : own)
            }
            findings.add(periodsOfWorks(paragraph, audit.report.words))
            findings.add(termsUntil(paragraph, audit.report, accepted: accepted))
        }
    }
)

private func period(_ sentence: String, _ line: ReportText.Line) -> Finding? {
    guard let place = ["总工期", "计划工期", "工期", "建设期", "实施期", "服务期"].compactMap({ sentence.firstBytes(of: $0) }).first
    else { return nil }
    let rest = sentence[place.upperBound...].drop { "为共计约：".contains($0) }
    let digits = rest.prefix(while: \.isPlainDigit)
    let unit = rest.dropFirst(digits.count)
    let dates = PrintedDate.all(in: Array(sentence.unicodeScalars))
    guard let stated = Int(digits), dates.count == 2, let first = dates[0].month, let last = dates[1].month,
        ["计划", "拟", "预计", "自"].contains(where: sentence.hasBytes),
        !["提前", "延", "合同", "实际", "完成", "已"].contains(where: sentence.hasBytes)
    else { return nil }
    let months = (dates[1].year - dates[0].year) * 12 + last - first
    guard months >= 0 else { return nil }
    if unit.hasPrefix("个月") {
        let most = months + 1
        guard stated < months || stated > most else { return nil }
        return otherPeriod("\(stated) 个月", "\(stated) months", "\(most) 个月", "\(most)", dates, line)
    }
    if unit.hasPrefix("天") || unit.hasPrefix("日历天") || unit.hasPrefix("日"), let one = dates[0].daysPassed,
        let two = dates[1].daysPassed
    {
        let days = two - one + 1
        guard stated < days - 1 || stated > days else { return nil }
        return otherPeriod("\(stated) 天", "\(stated) days", "\(days) 天", "\(days)", dates, line)
    }
    return nil
}

private func early(_ sentence: String, _ line: ReportText.Line, _ targets: [PrintedTarget]) -> Finding? {
    guard let place = sentence.firstBytes(of: "提前") else { return nil }
    let digits = sentence[place.upperBound...].prefix(while: \.isPlainDigit)
    guard let stated = Int(digits), sentence[place.upperBound...].dropFirst(digits.count).hasPrefix("天") else {
        return nil
    }
    let before = String(sentence[..<place.lowerBound])
    guard ["计划", "目标"].contains(where: before.suffix(6).contains),
        let done = PrintedDate.all(in: Array(before.unicodeScalars)).last, let day = done.daysPassed
    else { return nil }
    for target in targets {
        guard let reached = PrintedDate(Array(target.actual.folded.unicodeScalars), at: 0), reached.daysPassed == day,
            let aim = PrintedDate(Array(target.value.folded.unicodeScalars), at: 0), let due = aim.daysPassed, due > day
        else { continue }
        if due - day == stated || due - day - 1 == stated { return nil }
        return periodDiffers.rule.finding(
            message: LocalizedText(
                zh: "正文写提前 \(stated) 天，\"\(target.name)\"的目标为 \(aim.text)，\(done.text) 提前 \(due - day) 天",
                en:
                    "\(stated) days early in the text; the target \"\(target.name)\" is \(aim.text), \(done.text) is \(due - day) days early"
            ),
            subject: target.name,
            lines: [line.spot, ReportText.spot(line: target.line)],
            expected: "\(due - day)",
            found: "\(stated)"
        )
    }
    return nil
}

private func otherPeriod(
    _ stated: String,
    _ statedEn: String,
    _ made: String,
    _ madeEn: String,
    _ dates: [PrintedDate],
    _ line: ReportText.Line
) -> Finding {
    periodDiffers.rule.finding(
        message: LocalizedText(
            zh: "工期写为 \(stated)，\(dates[0].text)至 \(dates[1].text) 为 \(made)",
            en: "the period is stated as \(statedEn), \(dates[0].text) to \(dates[1].text) are \(madeEn)"
        ),
        subject: "period",
        lines: [line.spot],
        expected: made,
        found: stated,
        hint: LocalizedText(zh: "请核对工期和起止日期", en: "check the period and its dates")
    )
}
