import BudgetLines
import PrintedReports
import ReviewModel

/// An amount in 元 that is printed in the report and that no figure of the dossier is.
let unknownAmount = DocumentRule(
    "document/unknown-amount",
    .error,
    title: LocalizedText(zh: "报告所印金额在数据中不存在", en: "a printed amount that the dossier does not have"),
    manual: LocalizedText(
        zh: """
            将报告中每一个写到分、含千分位的金额（如 3,420,162.30）与数据中的全部金额以及前面步骤算出的数字相比。一处改动而另一处未改，\
            就在这里发现；提示最接近的数字。同一数的万元写法也算相同；句中的万元数由 prose-reconciler 核对。\
            slips_from 大于 0 时，只列出与某个数据仅差一位数字（或相邻两位对调）的金额，且该数据除末尾的零外至少有这么多位：报告中有未读的表时，\
            数据之外的金额不一定有错。
            """,
        en: """
            Holds every amount that is printed to the fen with separators (3,420,162.30) against all amounts of the dossier and \
            the figures that earlier steps computed. A table that was changed in one copy only is found here, with the nearest \
            figure. The same in 万元 counts as known; sentences are left to the prose reconciler. With `slips_from` above 0, only \
            amounts are told that are one digit, or two neighbours exchanged, away from a known one of at least so many digits, zeros at its \
            end aside: where tables were not read, an amount beyond the data need not be wrong.
            """
    ),
    parameters: [
        Rule.Parameter(
            "slips_from",
            LocalizedText(zh: "只列出笔误：数据至少有几位", en: "only slips of figures of so many digits"),
            standard: 0
        )
    ],
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓本年度申报 3,000.80 元。
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
            """,
            zh: "报告中的 3,000.80 元不是数据中的任何一个金额，最接近的是 3000.00",
            en: "the report prints 3,000.80, which no amount of the dossier is; the nearest is 3000.00"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    本年度申报 3,000.00 元，扣除残值（2,000.00）。
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
                - {id: L2, group: 残值, quantity: 1, unit_price: -2000.00, amount: -2000.00}
            """
        ),
    ],
    check: { audit, findings in
        let digits = findings.integer("slips_from") ?? 0
        findings.add(try checkAmounts(audit.report, audit.dossier, audit.prior, audit.grids, slipsFrom: digits))
    }
)

private func checkAmounts(
    _ report: ReportText,
    _ dossier: Dossier,
    _ prior: [String: Assessment],
    _ grids: [NumberGrid],
    slipsFrom digits: Int
) throws(DecimalOverflow) -> [Finding] {
    var known: Set<ExactDecimal> = []
    func learn(_ number: ExactDecimal?) throws(DecimalOverflow) {
        // Less than nothing is printed in brackets as well: （2,000.00）.
        guard let number = number?.magnitude else { return }
        known.insert(number.rounded(to: 2))
        // Forms state the same in 万元, in the head of a column or a row.
        if let wan = try number.divided(by: 10000, places: 2) { known.insert(wan) }
    }
    for table in dossier.tables {
        for column in table.schema.columns where column.type == .decimal {
            for value in table.decimals(column.name) { try learn(value) }
        }
    }
    for fact in prior.values.flatMap(\.facts) where fact.unit == "CNY" { try learn(fact.value.decimal) }
    var (order, places) = ([String](), [String: [Spot]]())
    var beside: [String: (amounts: Set<ExactDecimal>, rates: Set<ExactDecimal>)] = [:]
    for (index, line) in report.lines.enumerated() {
        for printed in printedAmounts(in: line.scalars) {
            guard let number = ExactDecimal(printed.filter { $0 != "," }), !known.contains(number) else {
                continue
            }
            // What a table makes is known wherever it stands.
            if line.isTableRow, grids.contains(where: { $0.bearsOut(number, in: line) }) {
                known.insert(number)
                continue
            }
            if places[printed] == nil {
                order.append(printed)
                // A converted paragraph goes over several lines.
                let near = report.lines[max(0, index - 1)...min(index + 1, report.lines.count - 1)]
                if digits > 0, !line.isTableRow { beside[printed] = numbers(in: near.filter { !$0.isTableRow }) }
            }
            places[printed, default: []].append(line.spot)
        }
    }
    let figures = known.sorted()
    let slips = digits > 0 ? SlipsOfFigures(figures, digits: digits) : nil
    var findings: [Finding] = []
    for printed in order {
        guard let number = ExactDecimal(printed.filter { $0 != "," }), !known.contains(number),
            slips.map({ $0.isSlip(printed) }) ?? true
        else {
            continue
        }
        // A part of a figure, where its sentence has the other part or makes it: 由190,000.00元调整为160,000.00元，……核减30,512.76元 of 60,512.76.
        // Or so many percent of one: 按审定费用的3%计取，为12,087.24元.
        if let beside = beside[printed] {
            if try isPart(number, ofOne: figures, beside.amounts) { continue }
            if try isShare(number, ofOne: figures, beside.rates) { continue }
        }
        var finding = try notKnown(printed, number, figures, at: places[printed] ?? [])
        // Two digits of many that changed places in a sentence are no other amount.
        if digits > 0, places[printed]?.count == 1, let nearest = ExactDecimal(finding.expected),
            printed.count(where: \.isPlainDigit) >= 8, beside[printed] != nil,
            number.hasSwapped(digitsOf: nearest.rounded(to: 2))
        {
            finding.severity = .error
        }
        findings.append(finding)
    }
    return findings
}

extension NumberGrid {
    /// Whether the table itself makes a number of one of its rows: of two other cells of the row, or as one of those that a row below sums up.
    fileprivate func bearsOut(_ number: ExactDecimal, in line: ReportText.Line) -> Bool {
        guard let place = rows.firstIndex(where: { $0.line.number == line.number }),
            let column = rows[place].cells.firstIndex(where: { $0.map { !$0.isPercent && $0.value == number } ?? false }
            )
        else { return false }
        return rows[place].makes(column) || isSummed(place, column)
    }

    private func isSummed(_ place: Int, _ column: Int) -> Bool {
        for first in max(0, place - 30)...place {
            var sum = ExactDecimal.zero
            for (index, row) in rows[first...].prefix(60).enumerated() {
                let cell = row.cells[column]?.value
                if first + index >= place, index > 1, let cell, !cell.isZero, cell == sum { return true }
                guard let next = try? sum + (cell ?? .zero) else { break }
                sum = next
            }
        }
        return false
    }
}

extension NumberGrid.Row {
    /// Whether two other cells add up to that of a column, or are parted by it, or one is so many percent of it as another says.
    fileprivate func makes(_ column: Int) -> Bool {
        guard let made = cells[column]?.value, !made.isZero else { return false }
        let others = cells.indices.filter { $0 != column }.compactMap { cells[$0] }.filter {
            !$0.isDash && !$0.value.isZero
        }
        let numbers = others.filter { !$0.isPercent }.map(\.value)
        for (index, one) in numbers.enumerated() {
            for other in numbers[(index + 1)...] {
                if [try? one + other, try? (one - other).magnitude, try? one * other].contains(made) { return true }
            }
        }
        return others.filter { $0.isPercent && $0.digits > 1 }.contains { rate in
            numbers.contains { other in
                let shares = [
                    try? ExactDecimal.percentage(other, of: made, places: rate.value.places),
                    try? ExactDecimal.percentage(made, of: other, places: rate.value.places),
                ]
                return shares.contains(rate.value)
            }
        }
    }
}

/// Whether what a number lacks of one of the figures is an amount beside it, or the difference of two such.
private func isPart(_ number: ExactDecimal, ofOne figures: [ExactDecimal], _ beside: Set<ExactDecimal>)
    throws(DecimalOverflow) -> Bool
{
    for figure in figures where figure > number {
        let rest = try figure - number
        if beside.contains(rest) { return true }
        for amount in beside where try beside.contains(amount + rest) { return true }
    }
    return false
}

/// Whether a number is one of the rates of one of the figures.
private func isShare(_ number: ExactDecimal, ofOne figures: [ExactDecimal], _ rates: Set<ExactDecimal>)
    throws(DecimalOverflow) -> Bool
{
    for rate in rates where rate > 0 && rate < 100 {
        for figure in figures where figure > number {
            if try (figure * rate).divided(by: 100, places: 2) == number.rounded(to: 2) { return true }
        }
    }
    return false
}

/// The numbers of some lines, parted by thousands or not, and the percentages.
private func numbers(in lines: [ReportText.Line]) -> (amounts: Set<ExactDecimal>, rates: Set<ExactDecimal>) {
    var (amounts, rates) = (Set<ExactDecimal>(), Set<ExactDecimal>())
    for line in lines {
        let numbers = line.scalars.split { !$0.isDigit && $0 != "," && $0 != "." }
        for number in numbers.prefix(100) {
            let digits = number.filter { $0 != "," }
            guard let amount = ExactDecimal(utf8: digits.string.utf8) else { continue }
            let isRate =
                line.scalars.indices.contains(number.endIndex) && ["%", "％"].contains(line.scalars[number.endIndex])
            if isRate { rates.insert(amount) } else if amount >= 1 { amounts.insert(amount) }
        }
    }
    return (amounts, rates)
}

/// Figures, to be asked whether a number is one of them but for a slip of the pen.
private struct SlipsOfFigures {
    /// The digits of each figure that is long enough for its like to be no chance.
    private let figures: [[UInt8]]

    init(_ known: [ExactDecimal], digits: Int) {
        figures = known.map { Self.digits(of: $0.rounded(to: 2).description) }.filter { figure in
            figure.count - figure.reversed().prefix { $0 == UInt8(ascii: "0") }.count >= digits
        }
    }

    /// Whether one digit differs, or two neighbours are exchanged.
    func isSlip(_ printed: String) -> Bool {
        let number = Self.digits(of: printed)
        return figures.contains { figure in
            guard figure.count == number.count else { return false }
            let places = figure.indices.filter { figure[$0] != number[$0] }
            switch places.count {
            case 1: return true
            case 2:
                let (first, second) = (places[0], places[1])
                return second == first + 1 && figure[first] == number[second] && figure[second] == number[first]
            default: return false
            }
        }
    }

    private static func digits(of number: String) -> [UInt8] {
        number.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

/// The numbers that are printed to the fen and parted by thousands: `3,420,162.30`.
private func printedAmounts(in scalars: [Unicode.Scalar]) -> [String] {
    // Most lines have no number that is parted at all.
    guard scalars.contains(",") else { return [] }
    var (amounts, position) = ([String](), 0)
    while position < scalars.count {
        guard scalars[position].isDigit else {
            position += 1
            continue
        }
        let rest = scalars[position...]
        let number = rest.prefix { $0.isDigit || $0 == "," || $0 == "." }
        position = number.endIndex
        let halves = number.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].count == 2, halves[1].allSatisfy(\.isDigit) else { continue }
        let groups = halves[0].split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1, (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { continue }
        amounts.append(number.string)
    }
    return amounts
}

private func notKnown(
    _ printed: String,
    _ number: ExactDecimal,
    _ known: [ExactDecimal],
    at lines: [Spot]
) throws(DecimalOverflow) -> Finding {
    var nearest: (figure: ExactDecimal, distance: ExactDecimal)?
    for figure in known {
        let difference = try figure - number
        let distance = difference.isNegative ? try 0 - difference : difference
        if let best = nearest, (distance, figure) >= (best.distance, best.figure) { continue }
        nearest = (figure, distance)
    }
    let expected = nearest.map(\.figure.description) ?? ""
    return unknownAmount.rule.finding(
        message: LocalizedText(
            zh: "报告中的 \(printed) 元不是数据中的任何一个金额" + (expected.isEmpty ? "" : "，最接近的是 \(expected)"),
            en: "the report prints \(printed), which no amount of the dossier is"
                + (expected.isEmpty ? "" : "; the nearest is \(expected)")
        ),
        subject: printed,
        lines: lines,
        expected: expected,
        found: printed,
        difference: try nearest.map { near throws(DecimalOverflow) in try (number - near.figure).description } ?? "",
        hint: LocalizedText(zh: "请与另一处的表格核对", en: "compare it with the other copy of the table")
    )
}
