import BudgetLines
import PrintedReports
import ReviewModel

/// What sentences say of one row, count by count and price by price: 防火墙2台，单价9.40万元，未调整.
struct RowFacts {
    private let rows: NamedRows
    private let words: ReportWords
    private let sides: [(word: String, side: NamedRows.Side)]

    /// Whether units are told where they differ; not where a table's own is known to be wrong.
    private let tellsUnits: Bool

    init(_ rows: NamedRows, _ words: ReportWords, tellsUnits: Bool) {
        (self.rows, self.words, self.tellsUnits) = (rows, words, tellsUnits)
        sides =
            (words["asked_heads"].map { ($0, NamedRows.Side.asked) } + words["granted_heads"].map { ($0, .granted) })
            .filter { $0.0.count > 1 && !$0.0.utf8.contains { $0 < 0x80 } }
    }

    func check(_ line: ReportText.Line) -> [Finding] {
        var findings: [Finding] = []
        for sentence in RowSentence.all(in: line, rows) {
            // Parts, earlier years and other places have numbers of their own.
            guard !words["of_no_row"].contains(where: sentence.text.hasBytes),
                !words["past_year"].contains(where: sentence.text.hasBytes)
            else { continue }
            for figure in StatedFigure.all(in: sentence.text) {
                guard let subject = sentence.subject(of: figure.range.lowerBound) else { continue }
                if let finding = figure.yuan == nil
                    ? count(figure, subject, sentence)
                    : price(figure, subject, sentence) ?? amount(figure, subject, sentence)
                {
                    findings.append(finding)
                }
            }
            if findings.isEmpty, let finding = change(sentence) { findings.append(finding) }
        }
        return findings
    }

    private typealias Subject = (name: String, rows: [NamedRows.Row], start: Int)

    // MARK: - Prices

    /// `单价9.40万元`, `每台34200元`, `9.40万元/台` that no price of the row is, nor the difference of two.
    private func price(_ figure: StatedFigure, _ subject: Subject, _ sentence: RowSentence) -> Finding? {
        let lead = sentence.lead(subject.start, figure.range.lowerBound)
        guard isPrice(lead, figure, subject.rows), !words["prices_of_others"].contains(where: lead.hasBytes),
            lead.count <= 16
        else { return nil }
        let prices = subject.rows.flatMap(\.values).filter { $0.kind == .price }
        guard !prices.isEmpty, let yuan = figure.yuan else { return nil }
        let known = prices.compactMap(\.yuan)
        let all = subject.rows.flatMap(\.values)
        let own = all.map(\.number) + all.compactMap(\.yuan)
        if known.count < prices.count || !tellsUnits {
            // In what the table's prices are nobody says.
            guard !own.contains(where: figure.isMoney), !differences(own).contains(where: figure.isMoney) else {
                return nil
            }
        } else if (all.compactMap(\.yuan) + differences(known)).contains(yuan) {
            return nil
        }
        // The price of something else that the sentence says in the same breath.
        let clause = sentence.clause(at: figure.range.lowerBound)
        guard lead == "的" || !words["prices_of_others"].contains(where: clause.hasBytes) else {
            return nil
        }
        return lacks(subject, lead, figure, prices[0].line(of: subject.rows), sentence, prices.map(\.number))
    }

    private func isPrice(_ lead: String, _ figure: StatedFigure, _ rows: [NamedRows.Row]) -> Bool {
        let units = rows.reduce(into: Set<String>()) { $0.formUnion($1.units) }
        let behind = figure.behind.drop { "万元".contains($0) }
        if behind.first == "/" {
            let unit = behind.dropFirst().prefix { !"，。；、：（）/".contains($0) }
            let known = countUnits.first(where: unit.hasPrefix) ?? String(unit)
            // 长江水建公司的44.20元/m³, of a table of quotes.
            return units.contains { known == $0 || unit == $0 }
        }
        if words["unit_price"].contains(where: lead.hasBytes) { return !words["falls"].contains(where: lead.hasBytes) }
        guard let each = lead.lastIndex(of: "每"), lead.filter({ $0 == "每" }).count == 1 else { return false }
        var of = lead[lead.index(after: each)...]
        for end in ["按", "为", "计", "只需"] where of.hasSuffix(end) { of.removeLast(end.count) }
        return units.contains(String(of))
    }

    private func differences(_ numbers: [ExactDecimal]) -> [ExactDecimal] {
        numbers.flatMap { one in numbers.compactMap { try? one - $0 } }.filter { $0 > 0 }
    }

    // MARK: - Amounts

    /// `审定206.40元` of a row that has 206.40万元: the same digits in another unit.
    private func amount(_ figure: StatedFigure, _ subject: Subject, _ sentence: RowSentence) -> Finding? {
        let lead = sentence.lead(subject.start, figure.range.lowerBound)
        let values = subject.rows.flatMap(\.values).filter { $0.kind == .money }
        guard tellsUnits, let yuan = figure.yuan, figure.telling > 2,
            sides.contains(where: { lead.hasBytes(of: $0.word) }),
            let same = values.first(where: { $0.number == figure.value && $0.yuan != nil }),
            !subject.rows.flatMap(\.values).contains(where: { $0.yuan == yuan }),
            same.yuan == (try? yuan * 10_000) || yuan == (try? (same.yuan ?? .zero) * 10_000)
        else { return nil }
        return lacks(subject, lead, figure, same.line(of: subject.rows), sentence, [same.number], inOther: true)
    }

    // MARK: - Counts

    /// `申报14台`, `防火墙2台`, `按152个审定` that no count of the row is, nor the difference of two.
    private func count(_ figure: StatedFigure, _ subject: Subject, _ sentence: RowSentence) -> Finding? {
        let values = subject.rows.flatMap(\.values).filter { $0.kind == .count }
        guard
            let unit = Set(values.map(\.unit)).filter({ !$0.isEmpty && figure.behind.hasPrefix($0) }).max(by: {
                ($0.count, $1) < ($1.count, $0)
            }), countUnits.first(where: figure.behind.hasPrefix).map({ $0 == unit }) ?? true
        else { return nil }
        let own = values.filter { $0.unit == unit }
        let numbers = own.map(\.number)
        let start = figure.range.lowerBound
        let lead = sentence.lead(subject.start, start)
        let rest = figure.behind.dropFirst(unit.count)
        let bare = lead.strippedEnds(words["amount_words"])
        let side = sides.first { bare.hasSuffix($0.word) }?.side
        let isAllotted = lead == "按" && sides.contains { rest.hasPrefix($0.word) }
        let isPlain =
            lead.isEmpty && isRightBehind(subject, start, sentence) && (rest.first.map { "，、（中合".contains($0) } ?? true)
        let isCalled = own.contains { value in
            let noun = value.head.strippedEnds(words["counting_ends"])
            guard noun.count > 1 else { return false }
            // 改造路灯118盏, 有8个行政村
            return bare.hasSuffix(noun)
                || noun.hasSuffix(rest.prefix { !"，。；、（".contains($0) }) && !rest.isEmpty && lead.count <= 2
                    && rest.first.map { !"，。；、（".contains($0) } ?? false
        }
        guard lead.count <= 12, side != nil || isAllotted || isPlain || isCalled,
            !words["count_cut_verbs"].contains(where: lead.hasBytes),
            !words["there_already"].contains(where: lead.hasBytes),
            // 46组中有6组与现有书架重复 says the whole first.
            !isPlain || rest.hasPrefix("中") || !words["there_already"].contains(where: sentence.text.hasBytes)
        else { return nil }
        let isKnown = numbers.contains(figure.value) || differences(numbers).contains(figure.value)
        guard isKnown else {
            // Units of a row alone may be met in its parts.
            guard own.contains(where: { $0.side != .neither }) || own.count == 1 || isCalled else { return nil }
            return lacks(subject, lead, figure, subject.rows[0].line, sentence, numbers)
        }
        // 核定14台, where 14 were asked for and 13 granted.
        guard let side, let word = sides.first(where: { bare == $0.word || bare.hasSuffix("，" + $0.word) })?.word,
            !word.isEmpty, side != .neither
        else { return nil }
        let right = own.filter { $0.side == side }.map(\.number)
        let wrong = own.filter { $0.side != side && $0.side != .neither }.map(\.number)
        guard !right.isEmpty, !right.contains(figure.value), wrong.contains(figure.value) else { return nil }
        return lacks(subject, lead, figure, subject.rows[0].line, sentence, right)
    }

    /// Whether a number stands right behind the name, and the name at the beginning of its clause.
    private func isRightBehind(_ subject: Subject, _ place: Int, _ sentence: RowSentence) -> Bool {
        guard place == subject.start, subject.start > 0 else { return false }
        let begin = subject.start - subject.name.count
        let before = String(sentence.letters[..<max(0, begin)])
        return begin >= 0 && Set(sentence.names).count == 1 && before.withoutOrdinal.isEmpty
    }

    // MARK: - Changed or not

    /// `单价4600元，未作调整` of a row whose price was changed, `有审减` of one that was not.
    private func change(_ sentence: RowSentence) -> Finding? {
        for (list, isSaid) in [("said_unchanged", false), ("said_changed", true)] {
            for word in words[list] {
                for place in sentence.text.ranges(of: word) {
                    if let finding = change(place, isSaid, sentence) { return finding }
                }
            }
        }
        return nil
    }

    private func change(_ place: Range<String.Index>, _ isSaid: Bool, _ sentence: RowSentence) -> Finding? {
        let start = sentence.text.distance(from: sentence.text.startIndex, to: place.lowerBound)
        let rest = sentence.text[place.upperBound...]
        // 没有核减 is no 有核减; 未核减的项目 are others.
        guard start == 0 || !"没未不无".contains(sentence.letters[start - 1]),
            rest.first.map({ "，）、".contains($0) || words["count_topics"].contains(where: rest.hasPrefix) }) ?? true,
            let subject = sentence.subject(of: start)
        else { return nil }
        let clause = sentence.clause(at: start)
        let before = String(sentence.letters[subject.start..<max(subject.start, start)])
        guard !words["said_of_part"].contains(where: before.hasBytes) else { return nil }
        // Of what it is said: of what its clause names, else of all.
        let isCount = words["count_topics"].contains(where: clause.hasBytes)
        let isPrice = !isCount && words["unit_price"].contains(where: clause.hasBytes)
        let kinds: [NamedRows.Kind] =
            isCount ? [.count, .measure] : isPrice ? [.price] : [.money, .price, .count, .measure]
        let changed = kinds.flatMap { kind in subject.rows.compactMap { $0.isChanged(kind) } }
        let isAll = !changed.contains(false) && changed.count > (isCount || isPrice ? 0 : 1)
        guard !changed.isEmpty, isSaid ? !changed.contains(true) : isAll else { return nil }
        let row = subject.rows.first { row in kinds.contains { row.isChanged($0) != nil } } ?? subject.rows[0]
        return otherChange(subject.name, clause, isSaid, sentence.line, row.line)
    }
}

extension NamedRows.Value {
    /// The line of the row that has it.
    fileprivate func line(of rows: [NamedRows.Row]) -> ReportText.Line {
        (rows.first { row in row.values.contains { $0.head == head && $0.number == number } } ?? rows[0]).line
    }
}

// MARK: - Messages

private func lacks(
    _ subject: (name: String, rows: [NamedRows.Row], start: Int),
    _ lead: String,
    _ figure: StatedFigure,
    _ row: ReportText.Line,
    _ sentence: RowSentence,
    _ numbers: [ExactDecimal],
    inOther: Bool = false
) -> Finding {
    let unit = figure.unit ?? String(figure.behind.prefix(1))
    let quote = lead + figure.digits + unit
    let shown = Array(Set(numbers)).sorted().map(\.grouped).joined(separator: "、")
    return rowStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(subject.name)\"写为\"\(quote)\"，表中该行为 \(shown)" + (inOther ? "，单位不同" : "") + "，请核对",
            en: "of \(subject.name) the text says \"\(quote)\"; its row of the table has \(shown)"
                + (inOther ? ", in another unit" : "") + "; check which is right"
        ),
        subject: subject.name + quote,
        lines: [sentence.line.spot, row.spot],
        expected: shown,
        found: quote
    )
}

private func otherChange(
    _ name: String,
    _ clause: String,
    _ isSaid: Bool,
    _ line: ReportText.Line,
    _ row: ReportText.Line
) -> Finding {
    let (zh, en) = isSaid ? ("未改变", "the same on both sides") : ("已改变", "changed by the review")
    return rowStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"写\"\(clause)\"，表中该行申报与审定的数\(zh)，请核对",
            en: "of \(name) the text says \"\(clause)\"; the row of the table is \(en); check which is right"
        ),
        subject: name + clause,
        lines: [line.spot, row.spot],
        expected: zh,
        found: clause
    )
}
