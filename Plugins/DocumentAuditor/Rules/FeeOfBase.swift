import BudgetLines
import PrintedReports
import ReviewModel

/// A fee by a rate of something that is only named: the rate, the base and the fee of the tables do not reckon.
let feeOfBase = DocumentRule(
    "document/fee-of-base",
    .error,
    title: LocalizedText(zh: "按费率计取的费用与所称基数不符", en: "a fee that its rate of a named base does not make"),
    manual: LocalizedText(
        zh: """
            正文写"监理费以建议设备小计为基数，费率由2.5%调整为2%，建议金额11.27万元""规费以甲、乙、丙三项之和为基数，费率2.8%""建设单位管理费按建筑安装工程费的0.8%计取"的，基数按名称在表中查找（"上述五项"为该费用之前的各行），\
            任何一栏按此费率都得不出该费用时，如果另一个整齐的费率恰好得出所写或表中的费用，列出该费率；如果按此费率恰好得出表中该费用，列出该费用。
            """,
        en: """
            Where a fee is a rate of something named, 以设备小计为基数，费率由2.5%调整为2%，金额11.27万元, the base is looked up among the rows of the tables (上述五项 are the rows above the fee). Told where no column makes the fee by this rate, \
            and another round rate makes exactly the fee that is stated or printed, or this rate makes exactly the fee of the table and the sentence says otherwise.
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
                    费用名称\t申报金额\t评审意见金额
                    设备小计\t6,754,800.00\t5,635,400.00
                    监理费\t168,870.00\t112,708.00
                    ↓监理费以设备小计为基数，按3%计取。
            """,
            zh: "\"监理费\"写为\"设备小计\"的 3%：表中 112,708.00 为 5,635,400.00 的 2%",
            en: "监理费 is called 3% of 设备小计: 112,708.00 is 2% of 5,635,400.00"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    费用名称\t申报金额\t评审意见金额
                    设备小计\t6,754,800.00\t5,635,400.00
                    监理费\t168,870.00\t112,708.00
                    监理费以设备小计为基数，费率由2.5%调整为2%，为112,708.00元。
            """
        ),
    ],
    check: { audit, findings in
        let fees = NamedFees(audit.grids, audit.report.words)
        if fees.isEmpty { return }
        let told = findings.told
        for line in audit.report.body
        where !line.isTableRow && line.folded.hasBytes(of: "%") && !told.contains(line.spot) {
            for sentence in line.folded.withoutThousands.split(whereSeparator: { "。；".contains($0) }) {
                findings.add(fees.check(String(sentence), line))
            }
        }
    }
)

private struct NamedFees {
    private struct Table {
        var grid: NumberGrid
        /// Its rows by name, those with a name of their own.
        var rows: [String: Int]
    }

    /// What a rate is of, as a column has it, and what the fee is there, where a row of it is known.
    private struct Case {
        var base: ExactDecimal
        var fee: ExactDecimal?
        var column: Int
    }

    private let tables: [Table]
    private let words: ReportWords
    var isEmpty: Bool { tables.isEmpty }

    init(_ grids: [NumberGrid], _ words: ReportWords) {
        self.words = words
        tables = grids.compactMap { grid in
            let names = grid.rows.enumerated().map { ($1.name.folded.bareName, $0) }.filter { $0.0.count > 1 }
            let times = Dictionary(names.map { ($0.0, 1) }, uniquingKeysWith: +)
            let rows = Dictionary(names.filter { times[$0.0] == 1 }) { first, _ in first }
            return grid.numeric.isEmpty || rows.count < 2 ? nil : Table(grid: grid, rows: rows)
        }
    }

    func check(_ sentence: String, _ line: ReportText.Line) -> [Finding] {
        if words["base_marks"].contains(where: sentence.hasBytes) { return checkOne(sentence, of: nil, line) }
        // 系统集成费按设备小计的3%申报，监理费按设备小计的2.5%申报: each with what follows up to the next rate.
        var parts: [String] = []
        for clause in sentence.split(separator: "，") {
            if clause.contains("%") || parts.isEmpty {
                parts.append(String(clause))
            } else {
                parts[parts.count - 1] += "，" + clause
            }
        }
        return parts.filter { $0.contains("%") }.flatMap { part in
            ofColumn(part, line) ?? checkOne(part, of: part.hasPrefix("按") ? sentence.withoutOrdinal : nil, line)
        }
    }

    /// `政务平台、档案系统按开发合同额的8%计取`: the base is a column, and the rate one of those that the rows print.
    private func ofColumn(_ part: String, _ line: ReportText.Line) -> [Finding]? {
        guard let (base, start) = base(part), let place = part.ranges(of: "按").last,
            let rate = StatedFigure.all(in: part).first(where: {
                $0.range.lowerBound >= start && $0.behind.hasPrefix("%")
            })
        else { return nil }
        let names = part[..<place.lowerBound].split { "、和与及".contains($0) }.map { String($0).withoutOrdinal }
        for table in tables where table.grid.heads.contains(where: { $0.bareHead == base }) {
            let rows = names.compactMap { table.rows[$0] }
            guard !rows.isEmpty, rows.count == names.count else { continue }
            let own = rows.map { row in
                table.grid.heads.indices.filter { table.grid.heads[$0].contains("费率") }.compactMap {
                    table.grid.rows[row].cells[$0]
                }.filter(\.isPercent)
            }
            guard own.allSatisfy({ !$0.isEmpty }) else { continue }
            guard let off = own.firstIndex(where: { !$0.contains { $0.value == rate.value } }), let cell = own[off].last
            else { return [] }
            return [ofRow(names[off], base, rate, cell.printed, table.grid.rows[rows[off]].line, line)]
        }
        return nil
    }

    private func checkOne(_ sentence: String, of subject: String?, _ line: ReportText.Line) -> [Finding] {
        guard let (base, start) = base(sentence) else { return [] }
        let figures = StatedFigure.all(in: sentence)
        let rates = figures.filter { $0.range.lowerBound >= start && $0.behind.hasPrefix("%") }
        guard let rate = rates.last, rates.count <= 2, rate.value > 0 else { return [] }
        let letters = Array(sentence)
        // 招标代理费、造价咨询费分别按…的0.5%和0.4%计取: one rate is of the one, the other of the other.
        if rates.count == 2 {
            let between = letters[(rates[0].range.upperBound + 1)..<rates[1].range.lowerBound]
            if between.count <= 1, between.allSatisfy({ "和、及与".contains($0) }) { return [] }
        }
        let sum = figures.first { figure in
            guard figure.range.lowerBound > rate.range.upperBound, figure.yuan != nil else { return false }
            let lead = String(
                letters[rate.range.upperBound..<figure.range.lowerBound].split { "，".contains($0) }.last ?? []
            )
            return !words["cut_heads"].contains(where: lead.hasBytes) && !lead.contains("比")
        }
        let name = subject ?? sentence.withoutOrdinal
        let fee = tables.flatMap { $0.rows.keys }.filter(name.hasPrefix).max { $0.count < $1.count }
        // What is granted stands right of what was asked for, and is what a review speaks of.
        let isAsked = words["asked_heads"].contains(where: sentence.hasBytes)
        let all = tables.map { table in
            let cases = cases(base, fee, table)
            return isAsked ? cases : cases.reversed()
        }.filter { !$0.isEmpty }
        guard !all.isEmpty else { return [] }
        let amounts = sum.map { figure in [figure.value] + (figure.yuan.map { [$0] } ?? []) } ?? []
        if all.contains(where: { $0.contains { makes(rate.value, $0, amounts, sum) } }) {
            return rates.count == 2 ? former(rates[0], rate, base, fee, all.joined().map(\.self), line) : []
        }
        return all.lazy.compactMap { other(rate, base, fee ?? "", $0, amounts, sum, line) }.first.map { [$0] } ?? []
    }

    /// 送审费率3.2%，审定费率2.5%: the former is that of another column.
    private func former(
        _ rate: StatedFigure,
        _ last: StatedFigure,
        _ base: String,
        _ fee: String?,
        _ cases: [Case],
        _ line: ReportText.Line
    ) -> [Finding] {
        let known = cases.filter { $0.fee != nil }
        guard let fee, !known.contains(where: { makes(rate.value, $0, [], nil) }) else { return [] }
        let rest = known.filter { !makes(last.value, $0, [], nil) }
        return other(rate, base, fee, rest, [], nil, line).map { [$0] } ?? []
    }

    /// What a rate is of, and from where in the sentence it is looked for.
    private func base(_ sentence: String) -> (String, Int)? {
        let letters = Array(sentence)
        for mark in words["base_marks"] {
            guard let place = sentence.firstBytes(of: mark) else { continue }
            let before = sentence[..<place.lowerBound]
            guard let start = ["以", "按"].compactMap({ before.firstBytes(of: $0)?.upperBound }).min() else { continue }
            return (String(before[start...]), sentence.distance(from: sentence.startIndex, to: place.upperBound))
        }
        for figure in StatedFigure.all(in: sentence) where figure.behind.hasPrefix("%") {
            let lead = String(letters[..<figure.range.lowerBound])
            guard lead.hasSuffix("的"), let place = lead.ranges(of: "按").last else { continue }
            let name = String(lead[place.upperBound...].dropLast())
            if (2...30).contains(name.count), !name.contains("，") { return (name, figure.range.lowerBound) }
        }
        return nil
    }

    /// What a base comes to in the columns of a table.
    private func cases(_ text: String, _ fee: String?, _ table: Table) -> [Case] {
        let own = fee.flatMap { table.rows[$0] }
        var rows: [Int] = []
        // 按送审金额的90%核定: of the row itself.
        if let own, words["requested"].contains(text) {
            return table.grid.numeric.filter { column in
                words["asked_heads"].contains(where: table.grid.heads[column].hasBytes)
                    && !words["counted_heads"].contains(where: table.grid.heads[column].hasBytes)
            }.compactMap { column in
                table.grid.rows[own].cells[column].flatMap {
                    $0.value > 0 ? Case(base: $0.value, fee: nil, column: column) : nil
                }
            }
        }
        let isAbove = words["base_above"].contains(where: text.hasBytes)
        if isAbove {
            guard let own else { return [] }
            rows = table.grid.rows.indices.filter { $0 < own && !table.grid.rows[$0].isTotal && !isSubtotal($0, table) }
        } else {
            for part in text.strippedEnds(words["base_ends"]).split(whereSeparator: { "、和与及".contains($0) }) {
                guard let row = row(String(part), table) else { return [] }
                rows.append(row)
            }
        }
        guard !rows.isEmpty, own.map({ !rows.contains($0) }) ?? true else { return [] }
        return table.grid.numeric.compactMap { column in
            let cells = rows.compactMap { table.grid.rows[$0].cells[column] }
            guard cells.count == rows.count, !cells.contains(where: \.isPercent),
                let sum = try? ExactDecimal.sum(cells.map(\.value)),
                sum > 0
            else { return nil }
            return Case(base: sum, fee: own.flatMap { table.grid.rows[$0].cells[column]?.value }, column: column)
        }
    }

    private func isSubtotal(_ row: Int, _ table: Table) -> Bool {
        let name = table.grid.rows[row].name.folded
        return words["totals"].contains(where: name.hasSuffix)
    }

    /// The row that a text names, whose amounts the review has granted or the applicant has asked for: 建议设备小计, 建筑安装工程费 for 建筑安装工程费小计.
    private func row(_ text: String, _ table: Table) -> Int? {
        var name = text
        for _ in 0..<2 {
            if table.rows[name] != nil { break }
            for lead in words["base_leads"] where name.hasPrefix(lead) && name.count > lead.count + 1 {
                name = String(name.dropFirst(lead.count))
                break
            }
        }
        return table.rows[name] ?? words["totals"].lazy.compactMap { table.rows[name + $0] }.first
    }

    private func near(_ one: ExactDecimal, _ other: ExactDecimal, _ places: Int) -> Bool {
        // Half a step, and what the base was rounded by.
        guard let off = try? (one - other).magnitude else { return true }
        return off <= ExactDecimal(significand: 6, places: places + 1)
    }

    private func makes(_ rate: ExactDecimal, _ own: Case, _ amounts: [ExactDecimal], _ sum: StatedFigure?) -> Bool {
        guard let made = try? own.base * rate * ExactDecimal(significand: 1, places: 2) else { return true }
        if let sum {
            let wan = try? made * ExactDecimal(significand: 1, places: 4)
            return amounts.contains { near(made, $0, sum.value.places) }
                || sum.behind.hasPrefix("万元") && near(wan ?? made, sum.value, sum.value.places)
        }
        return own.fee.map { near(made, $0, max($0.places, own.base.places)) } ?? false
    }

    /// Another rate makes the fee, or this rate makes that of the table.
    private func other(
        _ rate: StatedFigure,
        _ base: String,
        _ name: String,
        _ cases: [Case],
        _ amounts: [ExactDecimal],
        _ sum: StatedFigure?,
        _ line: ReportText.Line
    ) -> Finding? {
        for own in cases {
            let fees = sum == nil ? own.fee.map { [$0] } ?? [] : amounts
            for fee in fees where fee > 0 {
                guard fee < own.base, let places = (try? fee.divided(by: own.base, places: 8)).flatMap(\.self),
                    let share = try? places * 100
                else { continue }
                let round = share.rounded(to: max(1, rate.value.places))
                guard round != rate.value, round > 0,
                    let least = try? rate.value * ExactDecimal(significand: 2, places: 1),
                    let most = try? rate.value * 5, round > least, round < most,
                    let made = try? own.base * round * ExactDecimal(significand: 1, places: 2),
                    near(made, fee, max(fee.places, 2)), fee.magnitude.tellingDigits > 2
                else { continue }
                return otherRate(name, base, rate, round, fee, own.base, line)
            }
            if let sum, let made = try? own.base * rate.value * ExactDecimal(significand: 1, places: 2),
                sum.telling > 3, made.rounded(to: sum.value.places).hasSwapped(digitsOf: sum.value)
            {
                return otherFee(name, base, rate, made.rounded(to: sum.value.places), sum, line)
            }
            if let sum, let fee = own.fee, fee > 0, makes(rate.value, own, [], nil), fee.tellingDigits > 2 {
                return otherFee(name, base, rate, fee, sum, line)
            }
        }
        return nil
    }
}

extension ExactDecimal {
    fileprivate var tellingDigits: Int {
        var digits = magnitude.withoutTrailingZeros.description.filter { $0 != "." }.drop { $0 == "0" }
        while digits.last == "0" { digits.removeLast() }
        return digits.count
    }
}

// MARK: - Messages

private func otherRate(
    _ name: String,
    _ base: String,
    _ rate: StatedFigure,
    _ meant: ExactDecimal,
    _ fee: ExactDecimal,
    _ whole: ExactDecimal,
    _ line: ReportText.Line
) -> Finding {
    let share = meant.withoutTrailingZeros.description
    return feeOfBase.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"写为\"\(base)\"的 \(rate.digits)%：表中 \(fee.grouped) 为 \(whole.grouped) 的 \(share)%",
            en: "\(name) is called \(rate.digits)% of \(base): \(fee.grouped) is \(share)% of \(whole.grouped)"
        ),
        subject: "\(name) \(rate.digits)%",
        lines: [line.spot],
        expected: "\(share)%",
        found: "\(rate.digits)%"
    )
}

private func ofRow(
    _ name: String,
    _ base: String,
    _ rate: StatedFigure,
    _ printed: String,
    _ row: ReportText.Line,
    _ line: ReportText.Line
) -> Finding {
    feeOfBase.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"写为按\"\(base)\"的 \(rate.digits)%，表中费率为 \(printed)",
            en: "\(name) is charged \(rate.digits)% of \(base) in the text; the table has \(printed)"
        ),
        subject: "\(name) \(rate.digits)%",
        lines: [line.spot, row.spot],
        expected: printed,
        found: "\(rate.digits)%"
    )
}

private func otherFee(
    _ name: String,
    _ base: String,
    _ rate: StatedFigure,
    _ fee: ExactDecimal,
    _ sum: StatedFigure,
    _ line: ReportText.Line
) -> Finding {
    feeOfBase.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"写为 \(sum.value.grouped)，\"\(base)\"的 \(rate.digits)% 为 \(fee.grouped)",
            en: "\(name) is stated as \(sum.value.grouped); \(rate.digits)% of \(base) are \(fee.grouped)"
        ),
        subject: "\(name) \(sum.digits)",
        lines: [line.spot],
        expected: fee.grouped,
        found: sum.value.grouped
    )
}
