import BudgetLines
import PrintedReports
import ReviewModel

/// Lengths of time beside the two dates of their sentence: `自…起至…止，共 7 天`, `约定…交付，实际于…交付，延迟 18 天`, `…竣工，缺陷责任期（24 个月）满即…`.
func periodsOfSentences(_ paragraph: ReportParagraph, _ words: ReportWords) -> [Finding] {
    paragraph.text.folded.sentencesWithParts.flatMap { lengths(of: SentenceDates($0), paragraph.line, words) }
}

/// The lengths of a sentence of two dates.
func lengths(of sentence: SentenceDates, _ line: ReportText.Line, _ words: ReportWords) -> [Finding] {
    guard sentence.dates.count == 2 else { return [] }
    return sentence.lengths.compactMap { length in
        guard let made = sentence.made(length, words) else { return nil }
        if made.contains(length.number) {
            // 2026年1月至2026年9月，共8个月: nobody counts so, but for half years and whole ones.
            guard length.isMonths, made.count == 2, length.number == made.lowerBound, length.number % 6 != 0,
                sentence.isSpanOfMonths(length, words)
            else { return nil }
            var finding = otherLength(length, made, sentence.dates, line)
            finding.severity = .warning
            return finding
        }
        return otherLength(length, made, sentence.dates, line)
    }
}

extension SentenceDates {
    /// What a length may be by the two dates, the first and the last day counted or not; `nil` where nothing says that it is theirs.
    fileprivate func made(_ length: Length, _ words: ReportWords) -> ClosedRange<Int>? {
        guard isOfDates(length, words) else { return nil }
        if length.isMonths { return months }
        guard let one = dates[0].daysPassed, let two = dates[1].daysPassed else { return nil }
        return max(0, abs(two - one) - 1)...abs(two - one) + 1
    }

    /// Whether the length stands behind a span of months from one to the other, 2026年1月至2026年9月，共8个月.
    fileprivate func isSpanOfMonths(_ length: Length, _ words: ReportWords) -> Bool {
        dates[0].day == nil && dates[1].day == nil && self.words(behind: 0) == "至"
            && words["lasts"].contains(where: length.lead.isBytes)
    }

    /// The months from the first date to the last: whole ones where days say so, 1月1日至12月31日; else both ends counted or one of them.
    private var months: ClosedRange<Int>? {
        guard let first = dates[0].month, let last = dates[1].month else { return nil }
        let apart = abs((dates[1].year - dates[0].year) * 12 + last - first)
        guard let start = dates[0].day, dates[1].day != nil, !dates[1].isBefore(dates[0]), let next = dates[1].next
        else { return max(0, apart - (dates[0].day == nil ? 0 : 1))...apart + 1 }
        let whole = (next.year - dates[0].year) * 12 + (next.month ?? last) - first
        // 3月15日至9月15日 are six months, too.
        if next.day == start || dates[1].day == start { return whole...whole }
        return max(0, whole - 1)...whole + ((next.day ?? 1) > start ? 1 : 0)
    }

    private func isOfDates(_ length: Length, _ words: ReportWords) -> Bool {
        let lead = length.lead
        if lead.contains(where: \.isPlainDigit) || ["合同工期", "计划工期", "约定工期", "要求"].contains(where: lead.hasSuffix) {
            return false
        }
        // （24个月）满即…
        if lead.isEmpty || lead.hasSuffix("期"), length.isMonths,
            length.behind.drop(while: { $0 == "）" }).hasPrefix("满"),
            words["finishes"].contains(where: self.words(behind: 0).hasPrefix), text.hasBytes(of: "即")
        {
            return true
        }
        if (words["early"] + words["late"]).contains(where: lead.hasSuffix) {
            return ["应于", "应在", "约定", "计划", "原定", "由"].contains(where: text.hasBytes) && !length.isMonths
        }
        let isJoined =
            ["至", "起至", "到"].contains(self.words(behind: 0))
            || text.hasBytes(of: "自")
                && self.words(behind: 0).hasPrefix("起")
        let isFromTo =
            words["begins"].contains(where: self.words(behind: 0).hasPrefix)
            && words["finishes"].contains(where: self.words(behind: 1).dropping("底前", "底", "前").hasPrefix)
        if words["lasts"].contains(where: lead.hasSuffix) { return isJoined || isFromTo }
        // 公告至开标 23 日
        guard let place = lead.firstBytes(of: "至") else { return false }
        let (from, to) = (String(lead[..<place.lowerBound]), String(lead[place.upperBound...]))
        return from.count >= 2 && to.count >= 2 && self.words(behind: 0).contains(from)
            && self.words(behind: 1).hasPrefix(to)
    }
}

extension String {
    fileprivate func dropping(_ starts: String...) -> String {
        starts.first(where: hasPrefix).map { String(dropFirst($0.count)) } ?? self
    }
}

/// Days of the work that lie outside of the time that the sentence gives for all of it, and days of one month the wrong way round:
/// `于9月8日至10月17日开展评估，其中…，11月10日召开专家会`.
func daysOfSentences(_ paragraph: ReportParagraph) -> [Finding] {
    paragraph.text.folded.sentencesWithParts.map(SentenceDates.init).flatMap { sentence -> [Finding] in
        let dates = sentence.dates
        guard dates.count > 2, ["至", "起至"].contains(sentence.words(behind: 0)),
            sentence.words(behind: 1).hasBytes(of: "其中"),
            let start = dates[0].daysPassed, let end = dates[1].daysPassed, start < end
        else { return [] }
        for index in dates.indices.dropFirst(2) {
            guard let day = dates[index].daysPassed else { continue }
            if index + 1 < dates.count, ["至", "起至"].contains(sentence.words(behind: index)),
                let next = dates[index + 1].daysPassed, next < day
            {
                return [reversedDays(dates[index], dates[index + 1], paragraph.line)]
            }
            if day < start || day > end { return [outside(dates[index], dates[0], dates[1], paragraph.line)] }
        }
        return []
    }
}

extension String {
    /// Its sentences; one that begins with 其中 together with the one before it.
    fileprivate var sentencesWithParts: [String] {
        var found: [String] = []
        for part in split(whereSeparator: { "。；".contains($0) }).map(String.init) {
            if part.hasPrefix("其中"), let last = found.popLast() {
                found.append(last + "，" + part)
            } else {
                found.append(part)
            }
        }
        return found
    }
}

// MARK: - Messages

private func otherLength(
    _ length: SentenceDates.Length,
    _ made: ClosedRange<Int>,
    _ dates: [PrintedDate],
    _ line: ReportText.Line
) -> Finding {
    let (unit, english) = length.isMonths ? ("个月", "months") : ("天", "days")
    let meant = length.isMonths ? made.upperBound : made.lowerBound + 1
    return periodDiffers.rule.finding(
        message: LocalizedText(
            zh: "写为 \(length.number) \(unit)，\(dates[0].text)至 \(dates[1].text) 为 \(meant) \(unit)",
            en: "\(length.number) \(english) are stated, \(dates[0].text) to \(dates[1].text) are \(meant)"
        ),
        subject: "length \(dates[0].text)",
        lines: [line.spot],
        expected: "\(meant) \(unit)",
        found: "\(length.number) \(unit)",
        hint: LocalizedText(zh: "请核对天数（月数）和两个日期", en: "check the length and the two dates")
    )
}

private func reversedDays(_ start: PrintedDate, _ end: PrintedDate, _ line: ReportText.Line) -> Finding {
    dateOrder.rule.finding(
        message: LocalizedText(
            zh: "起止日期颠倒：\(start.text)至\(end.text)",
            en: "the span ends before it begins: \(start.text) to \(end.text)"
        ),
        subject: "\(start.text) \(end.text)",
        lines: [line.spot],
        expected: "≥ \(start.text)",
        found: end.text
    )
}

private func outside(_ day: PrintedDate, _ start: PrintedDate, _ end: PrintedDate, _ line: ReportText.Line) -> Finding {
    dateOrder.rule.finding(
        message: LocalizedText(
            zh: "\(day.text)不在所写的\(start.text)至\(end.text)之内",
            en: "\(day.text) is not within \(start.text) to \(end.text), the time that is stated for all of it"
        ),
        subject: day.text,
        lines: [line.spot],
        expected: "\(start.text)—\(end.text)",
        found: day.text
    )
}
