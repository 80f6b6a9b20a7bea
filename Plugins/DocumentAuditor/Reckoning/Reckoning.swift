import BudgetLines
import PrintedReports
import ReviewModel

/// What some numbers make, that one of a sentence may be.
struct Made: Sendable {
    /// In the unit of the measure.
    var value: ExactDecimal
    var slack: ExactDecimal
    /// As it is told: `8.10 − 7.70`.
    var formula: String
    var weight = Weight.broad
    /// The row of a table that has a part of it.
    var line: ReportText.Line?

    /// How surely the words mean it.
    enum Weight: Int, Comparable, Sendable {
        /// It could be.
        case broad
        /// It is made of what the sentence names.
        case likely
        /// The sentence says that it is this, or another one of this weight.
        case sure
        /// The sentence says it outright: nothing else will do.
        case outright

        static func < (one: Weight, two: Weight) -> Bool { one.rawValue < two.rawValue }
    }

    func weighing(_ weight: Weight) -> Made {
        var made = self
        made.weight = weight
        return made
    }
}

/// The reckonings of a report: its tables and its paragraphs, and what numbers of sentences are made of.
///
/// A number is looked at where the words before it say that it was reckoned (合计, 比…多, 占…的, 平均每, 节约率). All that such words could mean in the
/// sentence, its paragraph and the tables is made; where any of it is the number, it is right. Where none is, it is told if the sentence says which it is, or if one alone has its digits but for a slip of the pen.
struct Reckoning: Sendable {
    let words: ReckoningWords
    let tables: [NamedTable]
    let paragraphs: [(line: ReportText.Line, said: SaidNumbers)]
    /// How often each amount of a unit stands in sentences.
    private var printed: [String: [ExactDecimal: Int]] = [:]
    /// What the report counts in each unit, each value once.
    let counts: [String: [Operand]]
    /// The amounts of money of all tables.
    let amounts: [Operand]

    init(_ report: ReportText) {
        words = ReckoningWords(report.words)
        tables = NamedTable.all(in: report, words)
        var paragraphs: [(ReportText.Line, SaidNumbers)] = []
        for line in report.body where !line.isTableRow && line.folded.contains(where: \.isPlainDigit) {
            let said = SaidNumbers(line.folded, words)
            if !said.numbers.isEmpty { paragraphs.append((line, said)) }
        }
        self.paragraphs = paragraphs
        var (seen, counts) = ([String: Set<ExactDecimal>](), [String: [Operand]]())
        func count(_ operand: Operand, _ unit: String) {
            guard seen[unit, default: []].insert(operand.amount).inserted else { return }
            counts[unit, default: []].append(operand)
        }
        for (_, said) in paragraphs {
            for number in said.numbers {
                printed[number.measure.unit, default: [:]][number.amount.withoutTrailingZeros, default: 0] += 1
                if number.measure.per.isEmpty, !number.measure.isMoney, !number.measure.isRate {
                    count(number.operand, number.measure.unit)
                }
            }
        }
        for row in tables.flatMap(\.rows) {
            for case let cell? in row.cells {
                guard let measure = cell.measure, measure.per.isEmpty, !measure.isMoney, !measure.isRate else {
                    continue
                }
                for operand in cell.operands(for: measure, row.line) { count(operand, measure.unit) }
            }
        }
        self.counts = counts
        amounts = tables.flatMap(\.rows).flatMap { row in
            row.cells.flatMap { $0?.operands(for: Measure(unit: "元"), row.line) ?? [] }
        }
    }

    struct Wrong {
        var quote: String
        var found: String
        var expected: String
        var formula: String
        var row: ReportText.Line?
    }

    func wrong(in place: Int) -> [Wrong] {
        let said = paragraphs[place].said
        var (found, told) = ([Wrong](), [String]())
        for index in said.numbers.indices where !said.numbers[index].isLoose {
            guard let made = Asked(self, said, index, place).made,
                let wrong = judge(said.numbers[index], made, said.quote(index))
            else {
                continue
            }
            // What follows from a number that is wrong itself is told with it.
            if told.contains(where: wrong.formula.contains) { continue }
            told.append(wrong.found)
            found.append(wrong)
        }
        return found + Products(reckoning: self, said: said, place: place).wrong()
    }

    /// What is told of a number for which its words ask for one of some values.
    private func judge(_ number: SaidNumber, _ made: [Made], _ quote: String) -> Wrong? {
        let most = made.map(\.weight).max() ?? .broad
        // Beside what is said outright nothing else bears it out, beside what is sure nothing far-fetched.
        let least: Made.Weight = most == .outright ? .outright : most == .sure ? .likely : .broad
        let made = made.filter { $0.weight >= least }
        guard !made.isEmpty else { return nil }
        let half = number.half
        for one in made {
            guard let apart = try? (one.value - number.amount).magnitude, let allowed = try? half + one.slack else {
                return nil
            }
            if apart <= allowed { return nil }
        }
        // Said again somewhere, it is borne out.
        if most < .outright, number.telling > 2, isSaidAgain(number) { return nil }
        for weight in [Made.Weight.outright, .sure, .likely, .broad] {
            let own = made.filter { $0.weight == weight }
            let near = own.filter { number.isSlip(of: $0.value) }
            if let first = near.first, Set(near.compactMap { number.printing($0.value) }).count == 1,
                weight >= .sure || !isChance(number, first, own, weight)
            {
                return wrong(number, first, quote)
            }
            guard weight >= .sure else { continue }
            let plausible = own.filter { $0.value.isPlausible(for: number.amount) }
            guard Set(plausible.compactMap { number.printing($0.value) }).count <= 3 else { continue }
            let nearest = plausible.min { one, two in
                let (a, b) = (try? (one.value - number.amount).magnitude, try? (two.value - number.amount).magnitude)
                return (a ?? .zero) < (b ?? .zero)
            }
            if let nearest { return wrong(number, nearest, quote) }
        }
        return nil
    }

    /// Whether one of so many values may have nearly the digits of a number by chance: of three digits every thirtieth has.
    private func isChance(_ number: SaidNumber, _ near: Made, _ made: [Made], _ weight: Made.Weight) -> Bool {
        let allowed: Int
        switch number.telling(beside: near.value) {
        case ...2: return true
        case 3: allowed = weight == .likely ? 4 : 1
        case 4: allowed = weight == .likely ? 40 : 15
        case 5: allowed = 300
        default: return false
        }
        return Set(made.filter { $0.value.isPlausible(for: number.amount) }.compactMap { number.printing($0.value) })
            .count > allowed
    }

    private func wrong(_ number: SaidNumber, _ one: Made, _ quote: String) -> Wrong? {
        guard let shown = number.printing(one.value) else { return nil }
        return Wrong(
            quote: quote,
            found: number.text,
            expected: shown.grouped + number.unit,
            formula: one.formula,
            row: one.line
        )
    }

    private func isSaidAgain(_ number: SaidNumber) -> Bool {
        let amount = number.amount.withoutTrailingZeros
        if let times = printed[number.measure.unit]?[amount], times > 1 { return true }
        return tables.contains { table in
            table.rows.contains { row in
                row.cells.contains { cell in
                    guard let cell else { return false }
                    return cell.operands(for: number.measure, row.line).contains { $0.amount == number.amount }
                }
            }
        }
    }
}

extension ExactDecimal {
    /// Whether another number may be meant as this one: neither less than two fifths of it nor more than two and a half times.
    fileprivate func isPlausible(for other: ExactDecimal) -> Bool {
        guard !isZero, let times = try? other.divided(by: magnitude, places: 4) else { return false }
        return times > ExactDecimal(significand: 4, places: 1) && times < ExactDecimal(significand: 25, places: 1)
    }
}

extension NamedTable {
    /// The rows that a text names; of names that contain each other the longer ones.
    func named(in text: String) -> [Row] {
        let found = plainRows.filter { $0.name.count > 1 && text.hasBytes(of: $0.name) }
        guard found.count > 1 else { return found }
        return found.filter { row in
            !found.contains { $0.name.count > row.name.count && $0.name.hasBytes(of: row.name) }
        }
    }

    /// Rows that a text names by a piece of two letters or more that no other row has: 清淤 of 清淤疏浚.
    func namedByPiece(in text: String) -> [Row] {
        plainRows.filter { row in
            let letters = Array(row.name)
            guard letters.count > 2 else { return false }
            return (0..<letters.count - 1).contains { start in
                let piece = String(letters[start...(start + 1)])
                return text.hasBytes(of: piece) && !rows.contains { $0.name != row.name && $0.name.hasBytes(of: piece) }
            }
        }
    }

    /// What a column holds of some rows, in the unit of a number; `nil` where one of them has nothing of it.
    func operands(_ column: Int, _ rows: [Row], for measure: Measure) -> [Operand]? {
        var found: [Operand] = []
        var scale: Int?
        for row in rows {
            guard let all = row.cells[column]?.operands(for: measure, row.line), !all.isEmpty else { return nil }
            // The same reading of all cells.
            scale = min(scale ?? 0, all.count - 1)
            found.append(all[scale ?? 0])
        }
        return found
    }
}
