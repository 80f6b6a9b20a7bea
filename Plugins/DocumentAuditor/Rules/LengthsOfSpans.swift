import BudgetLines
import PrintedReports
import ReviewModel

/// Lengths of time right behind a span, in a paragraph of many dates: `3月5日受理，3月9日至3月12日踏勘，历时4天；…`, and terms before one, `保修期2年，自…起至…止`.
///
/// Each is brought into the words of a sentence of its own, which is held against its two dates as any other.
func lengthsOfSpans(_ paragraph: ReportParagraph, _ words: ReportWords) -> [Finding] {
    let text = SentenceDates(paragraph.text.folded)
    guard text.dates.count > 1 else { return [] }
    return StatedFigure.all(in: text.text).flatMap { figure -> [Finding] in
        guard let number = Int(figure.digits), !text.dates.contains(where: { $0.range.overlaps(figure.range) }) else {
            return []
        }
        if let found = text.term(figure, number, words, paragraph.line) { return [found] }
        guard let unit = ["个日历天", "日历天", "天", "个月"].first(where: figure.behind.hasPrefix),
            let last = text.dates.lastIndex(where: { $0.range.upperBound <= figure.range.lowerBound }), last > 0,
            text.words(behind: last - 1).isJoin
        else { return [] }
        let between = text.scalars[text.dates[last].range.upperBound..<figure.range.lowerBound].string
        let clause = between.split(separator: "，", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        guard !between.contains(where: { "。；（）".contains($0) }),
            !clause.contains(where: { $0.isPlainDigit || "每个约".contains($0) }),
            !["内", "前", "后", "以上", "以内"].contains(where: figure.behind.dropFirst(unit.count).hasPrefix)
        else { return [] }
        let (from, to) = (text.dates[last - 1], text.dates[last])
        let lead = words["lasts"].filter(clause.hasSuffix).max { $0.count < $1.count }
        if let lead, clause.count - lead.count <= 2 {
            return lengths(of: SentenceDates("\(from.text)至\(to.text)，共\(number)\(unit)"), paragraph.line, words)
        }
        // 12月15日至12月17日现场复测3天: fewer may be days of work.
        guard !between.contains("，"), between.count <= 8, unit != "个月", let one = from.daysPassed,
            let two = to.daysPassed, number > two - one + 1
        else { return [] }
        return lengths(of: SentenceDates("\(from.text)至\(to.text)，共\(number)\(unit)"), paragraph.line, words)
    }
}

extension SentenceDates {
    /// `保修期2年，自2027年5月15日起至2029年5月14日止`: a term before the span of it, where only the year of its end is another.
    fileprivate func term(_ figure: StatedFigure, _ number: Int, _ words: ReportWords, _ line: ReportText.Line)
        -> Finding?
    {
        guard (1...60).contains(number), let unit = ["个月", "年"].first(where: figure.behind.hasPrefix) else {
            return nil
        }
        let before = scalars[max(0, figure.range.lowerBound - 8)..<figure.range.lowerBound].string
        let lead = before.strippedEnds(["为", "是", "：", "共"])
        let place = figure.range.upperBound + unit.count
        guard words["terms"].contains(where: lead.hasSuffix),
            let first = dates.firstIndex(where: { $0.range.lowerBound >= place }), first + 1 < dates.count,
            ["，自", "（自", "，从", "，即", "，"].contains(scalars[place..<dates[first].range.lowerBound].string),
            self.words(behind: first).isJoin,
            let due = dates[first].later(byMonths: unit == "年" ? number * 12 : number),
            due.isOfAnotherYear(than: dates[first + 1])
        else { return nil }
        return otherEnd("\(number) \(unit)", dates[first], due, dates[first + 1], line)
    }
}

extension String {
    /// What joins the two dates of a span.
    var isJoin: Bool { ["至", "起至", "到", "—", "-", "~", "～", "起到"].contains(self) }
}

/// `12月1日受理，12月14日委托协审，12月8日询价，12月26日形成初步意见`: one day of a course that is out of order. In brackets and in spans over others a day
/// may be earlier.
func courseOfDays(_ paragraph: ReportParagraph, _ words: ReportWords) -> [Finding] {
    let text = SentenceDates(paragraph.text.folded)
    guard text.dates.count > 3 else { return [] }
    let steps = words["course_steps"]
    var depth = 0
    let isBracketed = text.scalars.map { scalar in
        if scalar == "（" { depth += 1 }
        if scalar == "）" { depth -= 1 }
        return depth > 0
    }
    var days: [(date: PrintedDate, day: Int)] = []
    var isSpan = false
    for (index, date) in text.dates.enumerated() {
        let behind = text.words(behind: index)
        let clause = behind.prefix { !"，。；".contains($0) }
        let isStep = behind.isJoin || steps.contains { word in clause.firstBytes(of: word) != nil }
        guard isStep, !isBracketed[date.range.lowerBound], let day = date.daysPassed else {
            isSpan = false
            continue
        }
        // A span of all that follows says nothing of the order.
        if isSpan, text.dates.dropFirst(index + 1).contains(where: { $0.daysPassed.map { $0 < day } ?? false }),
            days.count == 1
        {
            days.removeAll()
        } else {
            days.append((date, day))
        }
        isSpan = behind.isJoin
    }
    guard days.count > 3 else { return [] }
    let falls = days.indices.dropLast().filter { days[$0].day > days[$0 + 1].day }
    guard falls.count == 1, let fall = falls.first, days[fall].day - days[fall + 1].day < 180 else { return [] }
    // Without one of the two all are in order.
    func isInOrder(without index: Int) -> Bool {
        var rest = days.map(\.day)
        rest.remove(at: index)
        return zip(rest, rest.dropFirst()).allSatisfy { $0 <= $1 }
    }
    guard isInOrder(without: fall) || isInOrder(without: fall + 1) else { return [] }
    return [outOfOrder(days[fall].date, days[fall + 1].date, paragraph.line)]
}

// MARK: - Messages

private func outOfOrder(_ one: PrintedDate, _ next: PrintedDate, _ line: ReportText.Line) -> Finding {
    dateOrder.rule.finding(
        message: LocalizedText(
            zh: "各环节日期先后不符：\(next.text)写在\(one.text)之后",
            en: "the course of days is out of order: \(next.text) stands behind \(one.text)"
        ),
        subject: "course \(one.text) \(next.text)",
        lines: [line.spot],
        expected: "≥ \(one.text)",
        found: next.text,
        hint: LocalizedText(zh: "请核对这两个日期", en: "check the two dates")
    )
}
