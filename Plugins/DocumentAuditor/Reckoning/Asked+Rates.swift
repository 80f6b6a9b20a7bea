import BudgetLines
import PrintedReports
import ReviewModel

/// Rates of two values, how many times one is the other, and what a rate of a whole comes to.
extension Asked {
    /// `合同价248万元，结算价235.6万元，节约率5.00%`, `减幅27.98%`.
    var rate: [Made]? {
        let text = clause.dropping(["约", "为", "达", "仅", "了", "分别"])
        let ends = words["reckoned_rates"] + words["rises"] + words["falls"] + words["cut_verbs"]
        guard ends.contains(where: text.hasSuffix), text.count <= 16, list.count == 1,
            !clause.contains("年均"), !clause.contains("平均"),
            // 高于全县平均增幅6.10% is the rate of others.
            !(words["less_than"] + words["more_than"]).contains(where: clause.hasBytes)
        else { return nil }
        var made: [Made] = []
        func add(_ one: Operand, _ two: Operand, _ weight: Made.Weight) {
            guard let gap = Made.difference(one, two) else { return }
            let isFall = (words["falls"] + words["cut_verbs"]).contains(where: text.hasSuffix)
            for base in [one, two] where !isFall || base.amount >= max(one.amount, two.amount) {
                if let each = Made.share(gap.operand, of: base) {
                    made.append(each.weighing(base.text == one.text ? weight : min(weight, .likely)))
                }
            }
            made += [one.amount < two.amount ? Made.share(one, of: two) : Made.share(two, of: one)].compactMap {
                $0?.weighing(min(weight, .likely))
            }
        }
        // 同比增长 may be of anything.
        let isOfPair =
            !["同比", "环比"].contains(where: text.hasPrefix)
            && (words["reckoned_rates"] + words["compared_leads"] + ["由", "从"]).contains(where: before.hasBytes)
        for measure in Set(said.numbers.map(\.measure)) where !measure.isRate && measure.unit != "个百分点" {
            let all = alike(measure)
            let own = all.filter { $0.sentence == number.sentence }
            for (one, two) in pairs(all) {
                let isOwn = one.sentence == number.sentence && two.sentence == number.sentence
                // 人均2,760元，比上年减少1,040元，下降27.37%: of what it was before the change.
                let isFall = words["falls"].contains(where: two.clause.dropping(["了"]).hasSuffix)
                if isFall || words["rises"].contains(where: two.clause.dropping(["了"]).hasSuffix) {
                    let base = isFall ? try? one.amount + two.amount : try? one.amount - two.amount
                    let was = base.map {
                        Operand(amount: $0, slack: one.slack, text: "\(one.text) \(isFall ? "+" : "−") \(two.text)")
                    }
                    made += [was.flatMap { Made.share(two.operand, of: $0) }?.weighing(isOwn ? .sure : .broad)]
                        .compactMap(\.self)
                    continue
                }
                add(
                    one.operand,
                    two.operand,
                    isOwn ? own.count == 2 && number.lead.count <= 10 && isOfPair ? .sure : .likely : .broad
                )
            }
        }
        for table in tables {
            let isCut = words["cut_verbs"].contains(where: text.hasBytes)
            let named = rows(of: table)
            for row in named + [table.total].compactMap(\.self) {
                var columns = table.columns
                if isCut {
                    // What was cut is a part of what was asked for.
                    let sides = columns.filter { column in
                        (words["asked_heads"] + words["granted_heads"] + words["cut_heads"]).contains(
                            where: table.heads[column].hasBytes
                        )
                            && !words["counted_heads"].contains(where: table.heads[column].hasBytes)
                    }
                    if sides.count > 1 { columns = sides }
                }
                let cells = columns.compactMap { row.cells[$0] }.filter { $0.measure?.isRate != true }.map(\.plain)
                for (one, two) in pairs(cells) { add(one, two, .likely) }
                // 较报审投资核减7.44%: nobody but the whole is spoken of.
                if isCut, named.isEmpty, row.isTotal, let sides = sides(of: row, in: table),
                    words["asked_leads"].contains(where: clause.hasBytes),
                    let gap = Made.difference(sides.asked, sides.granted),
                    let one = Made.share(gap.operand, of: sides.asked)
                {
                    made.append(one.weighing(.sure))
                }
                for measure in Set(said.numbers.map(\.measure)) where !measure.isRate && measure.unit != "个百分点" {
                    for operand in table.columns.flatMap({ row.cells[$0]?.operands(for: measure, row.line) ?? [] }) {
                        for number in alike(measure) { add(number.operand, operand, .likely) }
                    }
                }
            }
        }
        return made
    }

    /// What a row has asked for and was granted, where one column has each.
    private func sides(of row: NamedTable.Row, in table: NamedTable) -> (asked: Operand, granted: Operand)? {
        func only(_ key: String) -> Operand? {
            let own = table.columns.filter { column in
                let head = table.heads[column]
                return words[key].contains(where: head.hasBytes)
                    && !words["counted_heads"].contains(where: head.hasBytes)
                    && !words["cut_heads"].contains(where: head.hasBytes) && row.cells[column] != nil
            }
            return own.count == 1 ? row.cells[own[0]]?.plain : nil
        }
        guard let asked = only("asked_heads"), let granted = only("granted_heads") else { return nil }
        return (asked, granted)
    }

    /// `预算分别为352.00万元、386.50万元，支出分别为341.44万元、371.04万元，执行率分别为97.00%、96.00%`.
    var doneRate: [Made]? {
        let text = clause.dropping(["约", "为", "达", "分别"])
        guard words["done_rate"].contains(where: text.hasSuffix) else { return nil }
        if list.count == 1 {
            // 目标不少于36,000人次，实际33,516人次，完成率93.1%
            let own = said.numbers[..<index].filter { $0.sentence == number.sentence && !$0.measure.isRate }
            guard own.count == 2, own[0].measure.isAlike(own[1].measure), number.lead.count <= 10,
                (words["spent_leads"] + words["reached_leads"]).contains(where: own[1].lead.hasBytes)
            else { return nil }
            return [
                Made.share(own[1].operand, of: own[0].operand)?.weighing(.sure),
                Made.share(own[0].operand, of: own[1].operand)?.weighing(.sure),
            ]
            .compactMap(\.self)
        }
        let amounts = said.numbers[..<list.first].filter {
            $0.sentence == number.sentence && $0.measure == Measure(unit: "元")
        }
        guard amounts.count == 2 * list.count,
            let made = Made.share(amounts[list.count + list.own].operand, of: amounts[list.own].operand)
        else { return nil }
        return [made.weighing(.sure)]
    }

    /// `支付至97%；余3%为质量保证金`.
    var restOfRate: [Made]? {
        guard ["余", "剩余", "其余", "余款", "尾款"].contains(clause), index > 0 else { return nil }
        let hundred = Operand(amount: 100, slack: .zero, text: "100%")
        let all = alike(number.measure).filter { $0.range.lowerBound < number.range.lowerBound }
        var made = all.compactMap { Made.difference(hundred, $0.operand)?.weighing(.likely) }
        if let last = all.last, ["至", "到"].contains(where: last.clause.hasSuffix),
            let one = Made.difference(hundred, last.operand)
        {
            made.append(one.weighing(.sure))
        }
        for count in 2...4 where all.count >= count {
            if let paid = Made.sum(all.suffix(count).map(\.operand)), let one = Made.difference(hundred, paid.operand) {
                made.append(one.weighing(.likely))
            }
        }
        return made
    }

    /// `县级资金是省级资金的2.34倍`.
    var times: [Made]? {
        guard number.measure.unit == "倍" else { return nil }
        var made: [Made] = []
        func add(_ one: Operand, _ two: Operand, _ weight: Made.Weight) {
            if let each = Made.quotient(one, two) { made.append(each.weighing(weight)) }
        }
        for measure in Set(said.numbers.map(\.measure)) {
            for (one, two) in pairs(alike(measure)) {
                add(one.operand, two.operand, .likely)
                add(two.operand, one.operand, .likely)
            }
        }
        for table in tables {
            let rows = rows(of: table)
            // 受益农户1,800户，为上年的1.44倍: two values of the row.
            for row in rows {
                let cells = table.columns.compactMap { row.cells[$0] }.filter {
                    $0.measure != nil && $0.measure?.isRate != true
                }
                for (one, two) in pairs(cells) where one.measure == two.measure {
                    let isOnly = rows.count == 1 && cells.count == 2 || Set(cells.map(\.printed)).count == 2
                    add(one.plain, two.plain, isOnly ? .sure : .likely)
                    add(two.plain, one.plain, isOnly ? .sure : .likely)
                }
            }
            for column in table.columns {
                for (one, two) in pairs(rows) {
                    guard let a = one.cells[column], let b = two.cells[column] else { continue }
                    let isOnly = rows.count == 2 && a.measure?.isRate != true && b.measure?.isRate != true
                    add(a.plain, b.plain, isOnly ? .sure : .likely)
                    add(b.plain, a.plain, isOnly ? .sure : .likely)
                }
            }
        }
        return made
    }

    /// `累计支付70%，计203.00万元`, `预付款20%，即建安工程费的1,941,408.00元`: what the rate before it is of a whole.
    var portion: [Made]? {
        guard index > 0, said.numbers[index - 1].measure.isRate, said.numbers[index - 1].sentence == number.sentence,
            !said.numbers[index - 1].isLoose, number.measure == Measure(unit: "元"), number.lead.count <= 16,
            let link = ["计", "即", "合", "折合", "为"].first(where: { clause.hasPrefix($0) && number.lead.contains("，") })
        else { return nil }
        let rate = said.numbers[index - 1]
        let whole = String(clause.dropFirst(link.count)).strippedEnds(["的"])
        var made: [Made] = []
        func add(_ of: Operand, _ weight: Made.Weight) {
            guard let all = try? of.amount * rate.amount, let value = try? all.divided(by: 100, places: 6),
                let slack = try? of.slack.divided(by: 1, places: 6)
            else { return }
            made.append(
                Made(value: value, slack: slack, formula: "\(of.text) × \(rate.text)", weight: weight, line: of.line)
            )
        }
        let paragraph = String(said.letters[..<number.range.lowerBound])
        for table in tables {
            for row in table.rows {
                let isNamed =
                    whole.isEmpty
                    ? (row.isTotal || row.isOfGroup) && row.name.count > 2 && paragraph.hasBytes(of: row.name)
                    : row.name == whole
                for column in table.columns {
                    for operand in row.cells[column]?.operands(for: number.measure, row.line) ?? [] {
                        add(operand, isNamed ? .sure : row.isTotal || row.isOfGroup ? .likely : .broad)
                    }
                }
            }
        }
        // Of a whole of which it is another rate, as plain as the one that is printed: 60% for 70%.
        for table in tables {
            for operand in table.columns.flatMap({
                table.total?.cells[$0]?.operands(for: number.measure, table.total?.line) ?? []
            }) {
                guard number.telling > 4, operand.amount > number.amount,
                    let share = Made.share(number.operand, of: operand),
                    (try? share.value.rounded(to: rate.printed.places).isWithin(share.slack, of: share.value)) ?? false
                else { continue }
                add(operand, .sure)
            }
        }
        for (line, other) in reckoning.paragraphs {
            let isOwn = line.number == reckoning.paragraphs[place].line.number
            for one in other.numbers where one.measure == number.measure && (!isOwn || one.range != number.range) {
                add(one.operand, isOwn ? .likely : .broad)
            }
        }
        return made
    }
}

extension ExactDecimal {
    fileprivate func isWithin(_ slack: ExactDecimal, of other: ExactDecimal) throws(DecimalOverflow) -> Bool {
        try (self - other).magnitude <= slack + ExactDecimal(significand: 1, places: 6)
    }
}
