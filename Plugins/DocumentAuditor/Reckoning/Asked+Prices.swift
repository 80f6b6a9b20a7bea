import BudgetLines
import PrintedReports
import ReviewModel

/// What one of so many costs, and rates of a base in words.
extension Asked {
    /// `平均每公里投资1,585,024.29元`, `人均处理600件`, `三家平均报价为17.88万元/所`, `综合单价45.31元`.
    var quotient: [Made]? {
        let isPrice = (words["unit_price"] + words["unit_costs"]).contains(where: clause.dropping(["为"]).hasSuffix)
        let isMean =
            clause.contains("平均") || ["折合", "折算"].contains(where: clause.hasBytes)
            || clause.contains("均") && !number.measure.per.isEmpty && !clause.contains("每")
        guard isMean || isPrice, !clause.contains("年均"), list.count == 1,
            !words["trimmed"].contains(where: before.hasBytes)
        else {
            return nil
        }
        let plain = Measure(unit: number.measure.unit)
        var made: [Made] = []
        if isMean {
            // 日均 is no mean of rows.
            if clause.contains("平均") { for table in tables { made += means(of: table) } }
            let means = alike(number.measure, inSentence: true)
            let count = Operand(amount: ExactDecimal(max(means.count, 1)), slack: .zero, text: "\(means.count)")
            if let sum = Made.sum(means.map(\.operand)), let one = Made.quotient(sum.operand, count) {
                made.append(one.weighing(.likely))
            }
        }
        let units =
            isMean
            ? number.measure.per
            : Array(Set(said.numbers.filter { $0.sentence == number.sentence }.map(\.measure.unit))).filter {
                !["元", "%", "年", "月", "日"].contains($0)
            }
        for unit in units where isPrice || units.count == 1 { made += quotients(plain, unit, isMean: isMean) }
        return made.isEmpty ? nil : made
    }

    private func quotients(_ plain: Measure, _ unit: String, isMean: Bool) -> [Made] {
        let own = alike(plain, inSentence: true)
        let beside = said.numbers.indices.filter {
            $0 < index && said.numbers[$0].sentence == number.sentence
                && said.numbers[$0].measure == Measure(unit: unit)
        }.map { said.numbers[$0].operand }
        var made: [Made] = []
        let counts = isMean ? reckoning.counts[unit] ?? [] : beside
        // What the paragraph counts once of the unit is what is shared among.
        let ofParagraph = Set(said.numbers.filter { $0.measure == Measure(unit: unit) }.map(\.amount))
        let largest = counts.map(\.amount).max()
        for whole in alike(plain) where isMean || whole.range.upperBound < number.range.lowerBound {
            let isFirst = whole.range == own.first?.range
            for count in counts {
                guard let one = Made.quotient(whole.operand, count) else { continue }
                let isOnly =
                    own.count == 1 && isFirst
                    && (beside.count == 1 && count.amount == beside[0].amount
                        || beside.isEmpty && ofParagraph == [count.amount])
                // The first number of a sentence is what it is about.
                let isWhole = isMean && isFirst && beside.isEmpty && count.amount == largest
                made.append(
                    one.weighing(
                        isOnly && isMean
                            ? .sure : isWhole && number.telling > 5 ? .sure : isFirst && isMean ? .likely : .broad
                    )
                )
            }
        }
        guard isMean else { return made }
        // 全县人均872.82元，即每人每月72.74元
        if clause.hasPrefix("即"), let last = own.last ?? said.numbers[..<index].last, last.sentence == number.sentence,
            last.measure.unit == number.measure.unit, number.measure.per == last.measure.per + ["月"],
            let one = Made.quotient(last.operand, Operand(amount: 12, slack: .zero, text: "12"))
        {
            made.append(one.weighing(.sure))
        }
        for table in tables {
            let named = rows(of: table) + [table.total].compactMap(\.self)
            for row in named {
                for whole in table.columns.flatMap({ row.cells[$0]?.operands(for: plain, row.line) ?? [] }) {
                    made += counts.compactMap { Made.quotient(whole, $0)?.weighing(.likely) }
                }
            }
            // Several rows together: 清淤与外运两项…，折合每立方米76.00元.
            let pieces = table.namedByPiece(in: said.sentence(of: index))
            for column in table.columns where pieces.count > 1 && pieces.count < 6 {
                guard let parts = table.operands(column, pieces, for: plain), let sum = Made.sum(parts) else {
                    continue
                }
                made += counts.compactMap { Made.quotient(sum.operand, $0) }
            }
        }
        return made
    }

    /// The mean of each column of a table that counts what the number counts.
    private func means(of table: NamedTable) -> [Made] {
        let rows = table.plainRows
        let count = Operand(amount: ExactDecimal(rows.count), slack: .zero, text: "\(rows.count)")
        let isWhole = clause.dropping(words["stated_links"] + ["报价", "价格", "单价", "询价"]).strippedEnds(["平均"])
        return table.columns.compactMap { column in
            guard let all = table.operands(column, rows, for: number.measure), let sum = Made.sum(all),
                let one = Made.quotient(sum.operand, count)
            else { return nil }
            let isKnown = rows.allSatisfy { $0.cells[column]?.measure?.unit == number.measure.unit }
            // 12所学校…，平均每所: so many rows as the paragraph counts.
            let isCounted =
                number.measure.per.count == 1
                && said.numbers.contains {
                    $0.measure == Measure(unit: number.measure.per[0]) && $0.amount == count.amount
                }
            let isSure =
                isKnown
                && (isCounted
                    || isWhole.trailingCount(words["reckoned_links"]) == rows.count && table.columns.count == 1)
            return one.weighing(isSure ? .sure : .likely)
        }
    }

    /// `按排烟改造和土建修缮费用之和的2.5%计取，申报基数为387.60万元`; what a fee beside it is its rate of.
    var base: [Made]? {
        guard clause.dropping(["为", "是", "金额"]).hasSuffix("基数"), number.measure == Measure(unit: "元") else {
            return nil
        }
        let text = String(said.letters[..<number.range.lowerBound])
        var made: [Made] = []
        for table in tables {
            let parts = table.named(in: text).filter { $0.line.number != headRow(of: table)?.line.number }
            for column in table.columns {
                guard let all = table.operands(column, parts, for: number.measure) else { continue }
                if let sum = Made.sum(all) { made.append(sum.weighing(.likely)) }
                made += all.map {
                    Made(value: $0.amount, slack: $0.slack, formula: $0.text, weight: .likely, line: $0.line)
                }
            }
        }
        // 应按5%计取，取费基数435.20万元，核定21.76万元
        let own = said.numbers.filter { $0.sentence == number.sentence }
        let rates = own.filter(\.measure.isRate)
        if rates.count == 1, index + 1 < said.numbers.count, said.numbers[index + 1].sentence == number.sentence,
            said.numbers[index + 1].measure == number.measure,
            let one = Made.quotient(said.numbers[index + 1].operand, rates[0].operand, times: 100)
        {
            made.append(one.weighing(.sure))
        }
        return made
    }

    /// `按软件开发费与硬件购置费之和的5%计取`.
    var feeRate: [Made]? {
        // 应按5%计取，取费基数435.20万元，核定21.76万元
        if index + 2 < said.numbers.count, said.numbers[index + 2].sentence == number.sentence,
            said.numbers[index + 1].clause.dropping(["为", "是", "金额"]).hasSuffix("基数"),
            said.numbers[index + 1].measure == said.numbers[index + 2].measure,
            !said.numbers[index + 2].clause.contains("基数"),
            let one = Made.share(said.numbers[index + 2].operand, of: said.numbers[index + 1].operand)
        {
            return [one.weighing(.sure)]
        }
        if let made = rateOfFee { return made }
        guard let place = ["之和的", "合计的", "总和的"].lazy.compactMap({ clause.ranges(of: $0).last }).first,
            let end = before.ranges(of: String(clause[place])).last
        else { return nil }
        let base = String(before[..<end.lowerBound])
        let money = Measure(unit: "元")
        var made: [Made] = []
        for table in tables {
            let parts = table.named(in: base)
            guard parts.count > 1 else { continue }
            for fees in tables {
                guard let fee = headRow(of: fees), !parts.contains(where: { $0.name == fee.name }) else { continue }
                for column in table.columns {
                    guard let all = table.operands(column, parts, for: money), let sum = Made.sum(all) else { continue }
                    for other in fees.columns {
                        let isSame = fees.heads[other].bareHead == table.heads[column].bareHead
                        for amount in fee.cells[other]?.operands(for: money, fee.line) ?? [] {
                            made += [Made.share(amount, of: sum.operand)?.weighing(isSame ? .sure : .broad)].compactMap(
                                \.self
                            )
                        }
                    }
                }
            }
        }
        return made.isEmpty ? nil : made
    }

    /// `设计费费率由2.8%调整为2.6%，…，均以建安工程费为计费基数`: the row of a fee, in the row that is its base.
    private var rateOfFee: [Made]? {
        let sentence = said.sentence(of: index)
        guard let mark = words["base_marks"].first(where: sentence.hasBytes) else { return nil }
        let isSecond =
            index > 0 && said.numbers[index - 1].measure.isRate
            && ["由", "从"].contains(where: said.numbers[index - 1].clause.hasBytes)
            && !number.lead.contains("，")
        let clause = isSecond ? said.numbers[index - 1].clause : clause
        func isBase(_ row: NamedTable.Row) -> Bool {
            let name = row.name.strippedEnds(words["totals"])
            return name.count > 1 && sentence.hasBytes(of: name + mark)
        }
        guard isSecond || clause.hasBytes(of: "由") || clause.hasBytes(of: "费率") else { return nil }
        var made: [Made] = []
        for table in tables {
            guard let fee = table.named(in: clause).first ?? headRow(of: table) else { continue }
            let bases = table.rows.filter { $0.name != fee.name && isBase($0) }
            for base in bases {
                for column in table.columns {
                    guard let part = fee.cells[column]?.plain, let whole = base.cells[column]?.plain,
                        part.amount < whole.amount,
                        let one = Made.share(part, of: whole)
                    else { continue }
                    made.append(
                        one.weighing(words["cut_heads"].contains(where: table.heads[column].hasBytes) ? .likely : .sure)
                    )
                }
            }
        }
        return made.isEmpty ? nil : made
    }
}
