import BudgetLines
import PrintedReports
import ReviewModel

/// What the words of a number ask for: the values that it could be by them.
struct Asked {
    let reckoning: Reckoning
    let said: SaidNumbers
    let index: Int
    /// Which paragraph of the report it stands in.
    let place: Int

    init(_ reckoning: Reckoning, _ said: SaidNumbers, _ index: Int, _ place: Int) {
        (self.reckoning, self.said, self.index, self.place) = (reckoning, said, index, place)
    }

    var number: SaidNumber { said.numbers[index] }
    var words: ReckoningWords { reckoning.words }
    var tables: [NamedTable] { reckoning.tables }
    /// The words right before it; of one of a list those before the list.
    var clause: String { said.numbers[list.first].clause }

    /// The numbers of its kind that it stands among, parted by 、 and 和 alone: where they begin, how many there are and which of them it is.
    var list: (first: Int, count: Int, own: Int) {
        func follows(_ place: Int) -> Bool {
            place > 0 && said.numbers.indices.contains(place)
                && said.numbers[place].sentence == said.numbers[place - 1].sentence
                && said.numbers[place].measure.unit == said.numbers[place - 1].measure.unit
                && ["、", "和", "与", "及", "，", "以及"].contains(said.numbers[place].lead)
        }
        var (first, last) = (index, index)
        while follows(first) { first -= 1 }
        while follows(last + 1) { last += 1 }
        return (first, last - first + 1, index - first)
    }

    /// `nil` where its words do not say that it was reckoned.
    var made: [Made]? {
        if number.measure.isRate { return share ?? sum ?? feeRate ?? rate ?? doneRate ?? restOfRate }
        return quotient ?? base ?? sum ?? portion ?? difference ?? times ?? remainder
    }

    /// The numbers of the paragraph beside it that count the same.
    func alike(_ measure: Measure, inSentence: Bool = false) -> [SaidNumber] {
        said.numbers.indices.filter {
            $0 != index && said.numbers[$0].measure.isAlike(measure)
                && (!inSentence || said.numbers[$0].sentence == number.sentence && $0 < index)
        }.map { said.numbers[$0] }
    }

    /// The words of the sentence before the number.
    var before: String { said.before(index) }

    /// The row that the paragraph begins with: `4.供餐补助。申报按…`.
    func headRow(of table: NamedTable) -> NamedTable.Row? {
        let text = String(said.letters.prefix(40)).withoutOrdinal
        return table.plainRows.filter { $0.name.count > 1 && text.hasPrefix($0.name) }.max {
            $0.name.count < $1.name.count
        }
    }

    /// The rows that the sentence names before the number, or else the one that its paragraph is about.
    func rows(of table: NamedTable) -> [NamedTable.Row] {
        let named = table.named(in: before)
        return named.isEmpty ? [headRow(of: table)].compactMap(\.self) : named
    }

    /// The columns that the words before the number name by their heads, or by what was asked for, granted or cut; all where nothing is said of it.
    func columns(of table: NamedTable) -> [Int] {
        let text = before
        let named = table.columns.filter { column in
            let head = table.heads[column].bareHead
            return head.count > 1 && clause.hasBytes(of: head)
        }
        if named.count == 1 { return named }
        let spoken = table.columns.filter { column in
            let head = table.heads[column].bareHead
            return head.count > 2 && text.hasBytes(of: head)
        }
        if spoken.count == 1 { return spoken }
        let sides = ["asked_leads", "given_leads", "cut_verbs"].filter { words[$0].contains(where: text.hasBytes) }
        guard sides.count == 1 else { return table.columns }
        let own = table.columns.filter { column in
            let head = table.heads[column]
            if words["counted_heads"].contains(where: head.hasBytes) { return false }
            return sides[0] == "cut_verbs"
                ? words["cut_heads"].contains(where: head.hasBytes)
                : words[sides[0] == "asked_leads" ? "asked_heads" : "granted_heads"].contains(where: head.hasBytes)
                    && !words["cut_heads"].contains(where: head.hasBytes)
        }
        return own.isEmpty ? table.columns : own
    }

    /// The columns whose heads, but for 数 and 金额 at their ends, stand in the number's clause: 支出数 for 三年累计支出.
    func columnsOfClause(_ table: NamedTable) -> [Int] {
        table.columns.filter { column in
            let head = table.heads[column].bareHead
            let core = head.strippedEnds(["数", "额", "金额"])
            return core.count > 1 && clause.hasBytes(of: core) && (core == head || !clause.hasBytes(of: core + "率"))
        }
    }

    func pairs<Element>(_ all: [Element]) -> [(Element, Element)] {
        guard all.count <= 24 else { return [] }
        return all.indices.flatMap { one in all[(one + 1)...].map { (all[one], $0) } }
    }
}

extension NamedTable.Cell {
    /// Its number as it is printed, whatever it counts.
    var plain: Operand {
        let half = ExactDecimal(significand: 5, places: printed.places + 1)
        return Operand(amount: printed, slack: printed.places >= 2 ? half : .zero, text: text)
    }
}

extension Made {
    var operand: Operand { Operand(amount: value, slack: slack, text: formula, line: line) }

    static func sum(_ parts: [Operand]) -> Made? {
        guard parts.count > 1, let value = try? ExactDecimal.sum(parts.map(\.amount)),
            let slack = try? ExactDecimal.sum(parts.map(\.slack))
        else { return nil }
        return Made(
            value: value,
            slack: slack,
            formula: parts.map(\.text).joined(separator: " + "),
            line: parts[0].line
        )
    }

    static func difference(_ one: Operand, _ two: Operand) -> Made? {
        guard let value = try? (one.amount - two.amount).magnitude, !value.isZero,
            let slack = try? one.slack + two.slack
        else {
            return nil
        }
        let (larger, smaller) = one.amount > two.amount ? (one, two) : (two, one)
        return Made(value: value, slack: slack, formula: "\(larger.text) − \(smaller.text)", line: one.line ?? two.line)
    }

    /// In percent.
    static func share(_ part: Operand, of whole: Operand) -> Made? { quotient(part, whole, times: 100) }

    /// The quotient of two, as far as their slack lets it be known.
    static func quotient(_ one: Operand, _ two: Operand, times: ExactDecimal = 1) -> Made? {
        guard two.amount > two.slack, let scaled = try? one.amount * times,
            let value = try? scaled.divided(by: two.amount, places: 8),
            let most = try? ((one.amount + one.slack) * times).divided(by: two.amount - two.slack, places: 8),
            let slack = try? most - value
        else { return nil }
        let bracketed = one.text.contains(" ") ? "(\(one.text))" : one.text
        let below = two.text.contains(" ") ? "(\(two.text))" : two.text
        return Made(value: value, slack: slack, formula: "\(bracketed) ÷ \(below)", line: one.line ?? two.line)
    }

    static func product(_ parts: [Operand]) -> Made? {
        var (value, most) = (ExactDecimal(1), ExactDecimal(1))
        for part in parts {
            guard let next = try? value * part.amount, let upper = try? most * (part.amount + part.slack) else {
                return nil
            }
            (value, most) = (next, upper)
        }
        guard let slack = try? most - value else { return nil }
        return Made(
            value: value,
            slack: slack,
            formula: parts.map(\.text).joined(separator: " × "),
            line: parts.compactMap(\.line).first
        )
    }
}

extension String {
    /// What stands before one of some words that ends it, but for words that may link it to its number; `nil` where none ends it.
    func endingWord(_ words: [String], links: [String]) -> String? {
        let text = dropping(links)
        guard let word = words.filter(text.hasSuffix).max(by: { $0.count < $1.count }) else { return nil }
        return String(text.dropLast(word.count))
    }

    /// Without words at its end, as often as one stands there.
    func dropping(_ ends: [String]) -> String {
        var text = self[...]
        while let end = ends.first(where: { !$0.isEmpty && text.count > $0.count && text.hasSuffix($0) }) {
            text = text.dropLast(end.count)
        }
        return String(text)
    }

    /// How many things it ends with: 3 of 设备类三项.
    func trailingCount(_ links: [String]) -> Int? {
        let bare = dropping(links + ["子目", "供应商", "单位", "数"])
        guard let last = bare.last, "项家个类年所人处段部".contains(last) else { return nil }
        let digits = bare.dropLast().reversed().prefix { $0.isPlainDigit || "两二三四五六七八九十".contains($0) }.reversed()
        if let plain = Int(String(digits)) { return plain }
        guard digits.count == 1, let digit = digits.first else { return nil }
        return digit == "两" ? 2 : Array("零一二三四五六七八九十").firstIndex(of: digit)
    }
}
