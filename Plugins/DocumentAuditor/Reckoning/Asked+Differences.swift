import BudgetLines
import PrintedReports
import ReviewModel

/// How far two values are apart, and what is left of one.
extension Asked {
    /// `比申报少160人`, `相差1.65万元`, `最高价比最低价高1.40万元`, `提高5个百分点`, `尚有234.60万元未支出`, `每所核减1.30万元`.
    var difference: [Made]? {
        let text = clause.dropping(["了", "约", "仅", "共", "出"])
        let isPoints = number.measure.unit == "个百分点"
        var measure = isPoints ? Measure(unit: "%") : number.measure
        // …每公里146万元，比报审减少11万元
        if measure.per.isEmpty, index > 0, said.numbers[index - 1].sentence == number.sentence,
            said.numbers[index - 1].measure.unit == measure.unit
        {
            measure = said.numbers[index - 1].measure
        }
        guard !measure.isRate || isPoints, list.count == 1, !clause.contains("年均") else { return nil }
        let short = ["多", "少", "高", "低", "长", "短", "大", "小"]
        let verbs = words["rises"] + words["falls"] + words["cut_verbs"]
        let isVerb = (verbs + short).contains(where: text.hasSuffix)
        let compared = words["compared_leads"].compactMap { text.firstBytes(of: $0) }.min {
            $0.lowerBound < $1.lowerBound
        }
        let isCompared = compared != nil && isVerb
        // …97.5%低2.5个百分点: what it is compared with stands right before it.
        let isBehind = isVerb && (verbs + short).contains(text) && comparedWith != nil
        // 高于信息价168元/米 says what it is above, 低于目标5个百分点 by how much.
        let isBeyond = isPoints && (words["less_than"] + words["more_than"]).contains(where: text.hasBytes)
        let isApart = words["apart_leads"].contains(where: text.hasSuffix)
        let isOfRow =
            isVerb
            && tables.contains {
                $0.plainRows.contains { row in row.name.count > 1 && verbs.contains { text.hasSuffix(row.name + $0) } }
            }
        let isChange = isVerb && (isPoints || !measure.per.isEmpty || isOfRow)
        let isRest = words["left_open"].contains(text) || words["rest_leads"].contains(where: text.hasSuffix)
        let isGap = words["gap_verbs"].contains(where: text.hasSuffix)
        let earlier = alike(measure, inSentence: true)
        let isTurned = isVerb && turned(earlier) != nil
        guard isCompared || isBehind || isBeyond || isApart || isChange || isRest || isGap || isTurned else {
            return nil
        }
        var label = compared.map { String(text[$0.upperBound...]) } ?? ""
        label = label.dropping(verbs + short + ["的", "实际", "相比", "净"])
        var made = differences(measure, label, isApart: isApart, isChange: isChange, isBehind: isBehind)
        // 目标不少于4,800人，实际4,900人，超额完成100人
        if isGap, earlier.count == 2, let one = Made.difference(earlier[0].operand, earlier[1].operand) {
            made.append(one.weighing(.sure))
        }
        // …最高为99.00%；最低为86.00%，两者相差13.00个百分点
        let before = alike(measure).filter { $0.range.lowerBound < number.range.lowerBound }.suffix(2)
        if isApart, ["两者", "二者"].contains(where: text.hasBytes), earlier.count < 2, before.count == 2,
            let one = Made.difference(before[before.startIndex].operand, before[before.startIndex + 1].operand)
        {
            made.append(one.weighing(.sure))
        }
        for table in tables {
            made += differences(in: table, measure, label, isFirm: isCompared || isChange || isBeyond && isPoints)
            if isRest {
                made += rows(of: table).flatMap { row in cells(row, table, measure).flatMap(\.operands) }.map {
                    Made(value: $0.amount, slack: $0.slack, formula: $0.text, weight: .likely, line: $0.line)
                }
            }
        }
        if isCompared || isApart { made += spreads(measure) }
        return made
    }

    /// The number right before it that it is compared with: 97.5% of 比2025年实际值97.5%低2.5个百分点.
    private var comparedWith: SaidNumber? {
        guard index > 0, said.numbers[index - 1].sentence == number.sentence, number.lead.count <= 4 else { return nil }
        let other = said.numbers[index - 1]
        return words["compared_leads"].contains(where: other.clause.hasBytes) ? other : nil
    }

    /// Differences of the numbers of the paragraph.
    private func differences(_ measure: Measure, _ label: String, isApart: Bool, isChange: Bool, isBehind: Bool)
        -> [Made]
    {
        // What one of it costs less: the prices may stand without their 每.
        let isAlike = { (other: SaidNumber) in
            other.measure.isAlike(measure)
                || isChange && !measure.per.isEmpty && other.measure == Measure(unit: measure.unit)
        }
        let all = said.numbers.indices.filter { $0 != index && isAlike(said.numbers[$0]) }.map { said.numbers[$0] }
        let earlier = all.filter { $0.sentence == number.sentence && $0.range.lowerBound < number.range.lowerBound }
        var made: [Made] = []
        for (one, two) in pairs(all) {
            guard let each = Made.difference(one.operand, two.operand) else { continue }
            let isOwn = one.sentence == number.sentence && two.sentence == number.sentence
            let isPoints =
                number.measure.unit == "个百分点"
                && (label.isEmpty || earlier.contains { $0.lead.hasBytes(of: label) }
                    || earlier.last.map { ["、", "和"].contains($0.lead) } ?? false)
            let isOnly = (isApart || isChange && clause.hasPrefix("每") || isPoints) && earlier.count == 2
            let isAsked =
                (isAskedFor(one, label, all) && two.sentence == number.sentence
                    || isAskedFor(two, label, all) && one.sentence == number.sentence)
            made.append(each.weighing(isOwn && isOnly || isAsked ? .sure : isOwn ? .likely : .broad))
        }
        if isBehind, let other = comparedWith,
            let first = earlier.last(where: { $0.range.upperBound <= other.range.lowerBound }),
            other.measure.isAlike(measure), let one = Made.difference(first.operand, other.operand)
        {
            made.append(one.weighing(.sure))
        }
        if let one = turned(earlier) { made.append(one.weighing(.outright)) }
        // What other paragraphs have of the same.
        if let last = earlier.last {
            for (line, other) in reckoning.paragraphs where line.number != reckoning.paragraphs[place].line.number {
                for number in other.numbers
                where number.measure.unit == last.measure.unit
                    && (last.measure.per.isEmpty || number.measure.isAlike(last.measure))
                {
                    made += [Made.difference(last.operand, number.operand)].compactMap(\.self)
                }
            }
        }
        return made
    }

    /// Whether a number is the one of the paragraph that stands behind a word for what was asked for, and that is what it is compared with.
    private func isAskedFor(_ one: SaidNumber, _ label: String, _ all: [SaidNumber]) -> Bool {
        guard words["asked_leads"].contains(label) else { return false }
        let asked = all.filter { words["asked_leads"].contains(where: $0.lead.hasBytes) }
        return asked.count == 1 && asked[0].range == one.range
    }

    /// What a sentence changes from one number to the next: `由不低于90%调整为不低于92%，提高2个百分点`.
    private func turned(_ earlier: [SaidNumber]) -> Made? {
        guard earlier.count >= 2 else { return nil }
        let (from, to) = (earlier[earlier.count - 2], earlier[earlier.count - 1])
        guard ["由", "从"].contains(where: { from.lead.suffix(8).contains($0) }), to.lead.count <= 12,
            !to.lead.contains("，"), number.lead.count <= 6, number.lead.hasPrefix("，") || number.lead.hasPrefix("（"),
            !words["compared_leads"].contains(where: number.lead.hasBytes), from.measure.isAlike(to.measure)
        else { return nil }
        return Made.difference(from.operand, to.operand)
    }

    private func cells(_ row: NamedTable.Row, _ table: NamedTable, _ measure: Measure)
        -> [(column: Int, cell: NamedTable.Cell, operands: [Operand])]
    {
        table.columns.compactMap { column in
            row.cells[column].map { (column: column, cell: $0, operands: $0.operands(for: measure, row.line)) }
        }.filter { !$0.operands.isEmpty }
    }

    private func differences(in table: NamedTable, _ measure: Measure, _ label: String, isFirm: Bool) -> [Made] {
        var made: [Made] = []
        let rows = rows(of: table)
        let earlier = alike(measure, inSentence: true)
        for row in rows {
            let cells = cells(row, table, measure)
            let known = cells.filter { $0.cell.measure?.unit == measure.unit }
            let values = Set(known.map { $0.operands[0].amount.withoutTrailingZeros })
            let isNamed = clause.hasBytes(of: row.name) || before.hasPrefix(row.name)
            let isOnly = isFirm && rows.count == 1 && values.count == 2 && isNamed
            for (one, two) in pairs(cells) {
                for (a, b) in zip(one.operands, two.operands) {
                    guard let each = Made.difference(a, b) else { continue }
                    let isKnown = [one, two].allSatisfy { $0.cell.measure?.unit == measure.unit }
                    made.append(each.weighing(isOnly && isKnown ? .sure : .likely))
                }
            }
            for other in alike(measure) {
                for (column, cell, operands) in cells {
                    let head = table.heads[column].bareHead
                    // 为7.20万元，比申请单价低0.40万元; 不少于38家，比2025年增加12家
                    let isAsked =
                        words["asked_leads"].contains(label) && words["asked_heads"].contains(where: head.hasBytes)
                        && !words["counted_heads"].contains(where: head.hasBytes)
                    let isLabelled =
                        label.count > 1 && (head == label || head.hasPrefix(label) && label.count > 3 || isAsked)
                    let isSure =
                        isFirm && isLabelled && rows.count == 1 && other.range == earlier.last?.range
                        && cell.measure?.isRate != true
                    made += operands.compactMap {
                        Made.difference(other.operand, $0)?.weighing(isSure ? .sure : .likely)
                    }
                }
            }
        }
        // Two rows of one column.
        if rows.count > 1, rows.count < 6 {
            for column in table.columns {
                for (one, two) in pairs(rows) {
                    guard let both = table.operands(column, [one, two], for: measure) else { continue }
                    // 2025年支出率比2024年提高0.33个百分点: the column and both rows are named.
                    let isSure =
                        isFirm && rows.count == 2 && rows.contains { $0.name == label }
                        && columnsOfClause(table) == [column]
                    made += [Made.difference(both[0], both[1])?.weighing(isSure ? .sure : .likely)].compactMap(\.self)
                }
            }
        }
        return made
    }

    /// How far the most and the least of a column are apart, where words speak of both.
    private func spreads(_ measure: Measure) -> [Made] {
        let isSpoken =
            words["most_heads"].contains(where: before.hasBytes)
            && words["least_heads"].contains(where: before.hasBytes)
        guard isSpoken else { return [] }
        let own = reckoning.paragraphs[place].line.number
        var made: [Made] = []
        for table in tables {
            for column in table.columns {
                let rows = table.plainRows
                guard rows.count > 1, let all = table.operands(column, rows, for: measure),
                    let most = all.max(by: { $0.amount < $1.amount }),
                    let least = all.min(by: { $0.amount < $1.amount }),
                    let one = Made.difference(most, least)
                else { continue }
                // The table that the paragraph speaks of stands right before or behind it.
                let isNear = abs(table.line - own) <= rows.count + 8
                let isKnown = rows.allSatisfy { $0.cells[column]?.measure?.unit == measure.unit }
                made.append(one.weighing(isNear && table.columns.count == 1 && isKnown ? .sure : .likely))
            }
        }
        return made
    }

    /// `扣除已建护岸120m后为3,080m`.
    var remainder: [Made]? {
        guard index > 1, number.lead.count <= 6, number.lead.hasPrefix("后"),
            ["扣除", "剔除", "减去"].contains(where: said.numbers[index - 1].lead.hasBytes),
            said.numbers[index - 1].sentence == number.sentence, said.numbers[index - 2].sentence == number.sentence,
            said.numbers[index - 1].measure.isAlike(number.measure),
            said.numbers[index - 2].measure.isAlike(number.measure),
            let made = Made.difference(said.numbers[index - 2].operand, said.numbers[index - 1].operand)
        else { return nil }
        return [made.weighing(.outright)]
    }
}
