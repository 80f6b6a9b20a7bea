import BudgetLines
import ReviewModel
import Targets

/// Finds the numbers of a running text, in Chinese or English, and says of those that state no figure why not.
///
///     let scan = ProseScanner().scan(ProseText("2025 年预算为 652.43 万元，执行率 61.03%"))
///     scan.numbers.map(\.phrase)     // ["652.43 万元", "61.03%"]
///     scan.excluded.map(\.rule)      // [.calendar]
struct ProseScanner: Sendable {
    /// Names that bear digits and are no figures, without blanks.
    private let names: ProseNames

    /// - Parameter names: names of items, documents and the like that may stand in the texts; only those with digits
    ///   matter.
    init(names: [String] = []) {
        self.names = ProseNames(names.map(canonicalText).filter { $0.utf8.contains { 0x30...0x39 ~= $0 } })
    }

    struct Scan: Sendable {
        var numbers: [ProseNumber] = []
        var excluded: [ExcludedNumber] = []
        /// Stretches in which no number was looked for.
        var unread: [Range<Int>] = []
    }

    func scan(_ text: ProseText) -> Scan {
        var (scan, index) = (Scan(), 0)
        // Most texts of a dossier state no number at all.
        guard let first = text.scalars.firstIndex(where: \.mayBeginNumber) else { return scan }
        index = first
        let rules = ExclusionRules(text, names: names)
        scan.unread = text.overlong
        var unread = scan.unread[...]
        while index < text.count {
            while let next = unread.first, next.upperBound <= index { unread.removeFirst() }
            if let next = unread.first, next.contains(index) {
                index = next.upperBound
                continue
            }
            guard text[index].mayBeginNumber,
                let numeral = text.share(at: index) ?? text.numeral(at: index) ?? text.chineseNumeral(at: index)
            else {
                index += 1
                continue
            }
            index = read(numeral, in: text, rules, into: &scan)
        }
        return scan
    }

    /// Adds the number, or why it is none; returns where to read on.
    private func read(_ numeral: ProseNumeral, in text: ProseText, _ rules: ExclusionRules, into scan: inout Scan)
        -> Int
    {
        let suffix =
            numeral.isShare
            ? ProseSuffix(unit: .percent, end: numeral.range.upperBound) : text.suffix(at: numeral.range.upperBound)
        if let rule = rules.rule(for: numeral, suffix) {
            // Words like 十分 and 万众 are no numbers at all and not worth a mention.
            if rule != .wording || suffix.isCount {
                scan.excluded.append(
                    ExcludedNumber(phrase: text.phrase(numeral.range), offset: numeral.range, rule: rule)
                )
            }
            return numeral.range.upperBound
        }
        let upper = text.rangeEnd(after: numeral, suffix)
        guard let number = try? ProseNumber(numeral, suffix, upper, in: text) else { return numeral.range.upperBound }
        scan.numbers.append(number)
        return number.offset.upperBound
    }
}

extension ProseText {
    /// `百分之三十` and `百分之 30`.
    fileprivate func share(at index: Int) -> ProseNumeral? {
        guard hasWord("百分之", at: index) else { return nil }
        let start = skippingBlanks(index + 3)
        if self[start] == "百" {
            return ProseNumeral(number: 100, range: index..<start + 1, isFormatted: true, isShare: true)
        }
        guard var numeral = numeral(at: start) ?? chineseNumeral(at: start) else { return nil }
        numeral.range = index..<numeral.range.upperBound
        (numeral.isShare, numeral.isChinese) = (true, false)
        return numeral
    }

    /// The other end of `70-90 分`, `80%~90%`, `10 至 12 万元`, with its unit; both ends count the same.
    fileprivate func rangeEnd(after lower: ProseNumeral, _ unit: ProseSuffix) -> (ProseNumeral, ProseSuffix)? {
        var next = skippingBlanks(unit.end)
        guard let join = ["--", "-", "~", "至", "到"].first(where: { hasWord($0, at: next) }) else { return nil }
        next = skippingBlanks(next + join.unicodeScalars.count)
        guard let upper = numeral(at: next) else { return nil }
        let suffix = suffix(at: upper.range.upperBound)
        let isBare = unit.unit == .none && unit.scale == 1
        guard upper.number > lower.number, isBare ? suffix.unit != .none : suffix.unit == unit.unit else { return nil }
        return (upper, suffix)
    }
}

extension ProseNumber {
    /// Puts a number together with its unit, the other end of a range, and the words around it.
    fileprivate init(
        _ numeral: ProseNumeral,
        _ suffix: ProseSuffix,
        _ upper: (numeral: ProseNumeral, suffix: ProseSuffix)?,
        in text: ProseText
    ) throws(DecimalOverflow) {
        let last = upper?.suffix ?? suffix
        let isBare = suffix.unit == .none && suffix.scale == 1
        let scale = try (isBare ? last.scale : suffix.scale) * numeral.scale
        var range = numeral.range.lowerBound..<last.end
        unit = last.unit
        // ¥ of a form whose amounts are in yen is none of 元.
        if let own = text.ownCurrency(before: range.lowerBound), [.none, .yuan, own.unit].contains(unit) {
            (unit, range) = (own.unit, own.start..<range.upperBound)
        } else if let sign = text.currency(before: range.lowerBound) {
            range = sign..<range.upperBound
            if unit == .none { unit = .yuan }
        }
        if unit == .none, text.isEnglishMoney(numeral.range, end: last.end) {
            unit = .yuan
            if let sign = text.currencySign(before: range.lowerBound) { range = sign..<range.upperBound }
        }
        if text[text.before(range.lowerBound)] == "-", !text.isDigit(text.before(text.before(range.lowerBound))),
            text.before(range.lowerBound) == range.lowerBound - 1, text.isNegativeSign(range.lowerBound - 1)
        {
            range = range.lowerBound - 1..<range.upperBound
            value = try -numeral.number * scale
            interval = try ProseInterval(printed: -numeral.number, scale: scale)
        } else {
            value = try numeral.number * scale
            interval = try ProseInterval(printed: numeral.number, scale: scale)
        }
        if let upper {
            let worth = try upper.suffix.scale * upper.numeral.scale
            self.upper = try upper.numeral.number * worth
            interval.highest = try ProseInterval(printed: upper.numeral.number, scale: worth).highest
        }
        (qualifier, offset) = text.qualifier(of: range, isOver: last.isOver)
        per = last.per
        phrase = text.phrase(offset)
    }
}

extension ProseText {
    /// Where a currency's sign or letters before a number begin.
    fileprivate func currency(before index: Int) -> Int? {
        for sign in ["¥", "RMB", "CNY", "人民币"] where hasWord(sign, endingBefore: index) {
            return before(index) + 1 - sign.unicodeScalars.count
        }
        return nil
    }

    /// A minus, not a dash between words: it stands at a boundary.
    fileprivate func isNegativeSign(_ index: Int) -> Bool {
        isBlank(index - 1) || self[index - 1].isNewline || self[index - 1].isOne(of: "(:,，、为")
    }
}
