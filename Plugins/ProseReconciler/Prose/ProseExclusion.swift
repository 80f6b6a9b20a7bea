import BudgetLines

/// Why a number in a text is none that a figure of the dossier could bear out.
enum ProseExclusion: String, Sendable, CaseIterable {
    /// A year, a date, months of a year: `2026 年`, `2025 年 12 月`, `2025-10-31`, `2024 氛围提升`.
    case calendar
    /// `22:52`, `9:30`
    case clock
    /// `财预〔2021〕101 号`, and whatever else bears a number to be told by: `12 号`, `3 楼`.
    case documentNumber
    /// `第 3`, `附件 1`, `表 2`, `(1)`
    case ordinal
    /// `1.` and `2、` at the beginning of a line.
    case heading
    /// Letters and digits in one: `A11`, `B1`, `5G`.
    case code
    /// `第 12 条`
    case lawArticle
    /// In a title, 《…》, or in a name that the dossier gives: `2024 氛围提升项目尾款`.
    case name
    /// In a place that is filled in later: `{{…}}`.
    case slot
    /// Numbers joined by signs: `1/3`, `1.2.3`, `1+1`, `3:1`.
    case sequence
    /// Ten digits or more without a unit: a telephone or account number.
    case identifier
    /// A lone Chinese numeral before a measure word: `三个方面`, `一次`.
    case wording
}

/// A number of a text that the rules leave out.
struct ExcludedNumber: Sendable, Hashable {
    var phrase: String
    var offset: Range<Int>
    var rule: ProseExclusion
}

/// Judges a number by where it stands. Every rule takes the text, the number's place and what follows it.
struct ExclusionRules {
    let text: ProseText
    /// Places of titles, names and slots.
    let spans: ProseSpans

    init(_ text: ProseText, names: ProseNames) {
        self.text = text
        spans = ProseSpans(text, names: names)
    }

    func rule(for numeral: ProseNumeral, _ suffix: ProseSuffix) -> ProseExclusion? {
        let range = numeral.range
        // A name may end where an amount begins, but not take it in.
        if let rule = spans[range.lowerBound] { return rule }
        if numeral.isChinese { return chinese(range, suffix) }
        if let ordinal = ordinal(range) { return ordinal }
        if isCode(range, suffix) { return .code }
        if isHeading(numeral) { return .heading }
        if isDocumentNumber(range) { return .documentNumber }
        if isClock(range) { return .clock }
        if isCalendar(numeral) { return .calendar }
        if isSequence(range) { return .sequence }
        if suffix.unit == .none, !numeral.isFormatted, range.count >= 10 { return .identifier }
        return nil
    }

    // MARK: - Rules

    private func chinese(_ range: Range<Int>, _ suffix: ProseSuffix) -> ProseExclusion? {
        if let ordinal = ordinal(range) { return ordinal }
        if case .count = suffix.unit { return range.count == 1 ? .wording : nil }
        return suffix.unit == .yuan || suffix.unit == .percent ? nil : .wording
    }

    private func ordinal(_ range: Range<Int>) -> ProseExclusion? {
        let next = text[text.skippingBlanks(range.upperBound)]
        if text.hasWord("第", endingBefore: range.lowerBound) {
            return next.isOne(of: "条款项章节") ? .lawArticle : .ordinal
        }
        if ordinalWords.contains(where: { text.hasWord($0, endingBefore: range.lowerBound) }) { return .ordinal }
        let (before, after) = (text.before(range.lowerBound), text.skippingBlanks(range.upperBound))
        let isBracketed = text[before].isOne(of: "(〔[") && text[after].isOne(of: ")〕]")
        return isBracketed && range.count <= 2 && text.isDigit(range.lowerBound) ? .ordinal : nil
    }

    /// A letter right before, `A11`, or before the dash of a longer code, `A11-2`; or right behind and no unit, `5G`.
    private func isCode(_ range: Range<Int>, _ suffix: ProseSuffix) -> Bool {
        let before = range.lowerBound - 1
        if text.isLetter(before) {
            // A currency's letters make no code: `RMB100`.
            return !currencies.contains { text.hasWord($0, endingBefore: range.lowerBound) }
                && text.ownCurrency(before: range.lowerBound) == nil
        }
        if text[before] == "-" || text[before] == ".", isCodeTail(before) { return true }
        return suffix.end == range.upperBound && text.isLetter(range.upperBound)
    }

    private func isCodeTail(_ dash: Int) -> Bool {
        var index = dash - 1
        while text.isDigit(index) { index -= 1 }
        return index < dash - 1 && (text.isLetter(index) || text.hasWord("附件", endingBefore: index + 1))
            || text.isLetter(dash - 1)
    }

    private func isHeading(_ numeral: ProseNumeral) -> Bool {
        let range = numeral.range
        guard text.isLineStart(range.lowerBound), range.count <= 2, !numeral.isFormatted else { return false }
        return text[text.skippingBlanks(range.upperBound)].isOne(of: ".、)")
    }

    private func isDocumentNumber(_ range: Range<Int>) -> Bool {
        let (before, after) = (text[text.before(range.lowerBound)], text.skippingBlanks(range.upperBound))
        // The year in brackets, and the number behind them.
        if before.isOne(of: "〔[(【"), isYear(range), text[after].isOne(of: "〕])】") { return true }
        return thingWords.contains { text.hasWord($0, at: after) }
    }

    private func isClock(_ range: Range<Int>) -> Bool {
        func colon(_ index: Int) -> Bool { text[index] == ":" }
        let isHour = range.count <= 2 && colon(range.upperBound) && text.digits(from: range.upperBound + 1) == 2
        let isMinute = range.count == 2 && colon(range.lowerBound - 1) && text.isDigit(range.lowerBound - 2)
        return isHour || isMinute
    }

    private func isCalendar(_ numeral: ProseNumeral) -> Bool {
        let (range, after) = (numeral.range, text.skippingBlanks(numeral.range.upperBound))
        let isPlain = !numeral.isFormatted
        if isPlain, isYear(range) {
            let next = text[after]
            // 2026 by itself, before a word or a dash, is a year; before a unit of money it is an amount.
            let isCounted = measureStarts.contains(next)
            return next == "年" || !isCounted
        }
        if text[after] == "月", range.count <= 2 { return true }
        if text[after].isOne(of: "日号"), range.count <= 2, hasMonthBefore(range.lowerBound) { return true }
        let isMonthDay = hasMonthBefore(range.lowerBound)
        if text[after].isOne(of: "-~至到、"), leads(to: isMonthDay ? "日" : "月", after + 1) { return true }
        return isDateByDashes(range)
    }

    private func isYear(_ range: Range<Int>) -> Bool {
        guard range.count == 4, text.digits(from: range.lowerBound) == 4 else { return false }
        let century = (text[range.lowerBound], text[range.lowerBound + 1])
        return century == ("1", "9") || century == ("2", "0")
    }

    private func hasMonthBefore(_ index: Int) -> Bool {
        let before = text.before(index)
        if text[before] == "月" { return true }
        // `5 月 8-9 日`
        var start = before - 1
        guard text[before].isOne(of: "-~至") else { return false }
        while text.isDigit(start) || text.isBlank(start) { start -= 1 }
        return text[start] == "月"
    }

    private func leads(to unit: Unicode.Scalar, _ index: Int) -> Bool {
        let start = text.skippingBlanks(index)
        let length = text.digits(from: start)
        return (1...2).contains(length) && text[text.skippingBlanks(start + length)] == unit
    }

    /// A part of `2025-10-31`, `2026/1/1`, `2026.1.1`.
    private func isDateByDashes(_ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        while text.isDigit(start - 1) || text[start - 1].isOne(of: "-/.") && text.isDigit(start - 2) { start -= 1 }
        guard text.digits(from: start) == 4, isYear(start..<start + 4), text[start + 4].isOne(of: "-/.") else {
            return false
        }
        // 2052.6 before a unit is an amount, 2026.1 by itself a month.
        if text[start + 4] == "." {
            let end = start + 5 + text.digits(from: start + 5)
            let goesOn = text[end].isOne(of: "-/.") && text.isDigit(end + 1)
            if !goesOn, measureStarts.contains(text[text.skippingBlanks(end)]) { return false }
        }
        return start < range.lowerBound || text.isDigit(start + 5)
    }

    private func isSequence(_ range: Range<Int>) -> Bool {
        let (before, after) = (text[range.lowerBound - 1], text[range.upperBound])
        let joins: (Unicode.Scalar) -> Bool = { $0.isOne(of: "/:+×.") }
        if joins(after), text.isDigit(range.upperBound + 1) { return true }
        return joins(before) && text.isDigit(range.lowerBound - 2) || before == "+" || after == "+"
    }
}

/// Words before a number that make it the number of a thing.
private let ordinalWords = [
    "附件", "附表", "附图", "表", "图", "注", "No.", "NO.", "no.", "Article", "article", "Section", "Annex", "Table", "Figure",
]
/// Words behind a number that make it the number of a thing.
private let thingWords = ["号", "楼", "室", "弄", "幢", "栋", "路", "级", "版", "期", "届"]
private let currencies = ["RMB", "CNY", "GBP", "USD", "EUR"]
/// What begins a unit behind a number of four digits that could be a year.
private let measureStarts: Set<Unicode.Scalar> = [
    "元", "万", "亿", "%", "人", "个", "家", "户", "次", "场", "份", "件", "名", "节", "平", "米", "台", "套", "分", "余", "多", "课", "小",
]
