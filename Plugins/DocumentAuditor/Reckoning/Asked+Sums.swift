import BudgetLines
import PrintedReports
import ReviewModel

/// Sums of rows and of the numbers before, and shares in them.
extension Asked {
    /// `合计347.40万元`, `两年累计结余52.44万元`, `最终验收前累计支付70%`.
    var sum: [Made]? {
        guard let lead = clause.endingWord(words["sum_leads"] + words["cumulative"], links: words["reckoned_links"]),
            !clause.contains("平均"), number.measure.per.isEmpty, list.count == 1
        else { return nil }
        let count = lead.trailingCount(words["reckoned_links"])
        var made = sumsOfRun
        for table in tables { made += sums(of: table, count, lead) }
        return made
    }

    /// What the numbers before it make: all of the sentence, the last ones, and those of the paragraph.
    private var sumsOfRun: [Made] {
        let own = alike(number.measure, inSentence: true)
        let all = alike(number.measure).filter { $0.range.lowerBound < number.range.lowerBound }
        var made: [Made] = []
        for (group, weight) in [(own, Made.Weight.likely), (all, .broad)] where group.count > 1 {
            for start in 0..<group.count - 1 {
                if let one = Made.sum(group[start...].map(\.operand)) { made.append(one.weighing(weight)) }
            }
            guard group.count <= 9 else { continue }
            for subset in 1..<(1 << group.count) where subset.nonzeroBitCount > 1 {
                let parts = group.indices.filter { subset >> $0 & 1 == 1 }.map { group[$0].operand }
                if let one = Made.sum(parts) { made.append(one) }
            }
        }
        return made
    }

    private func sums(of table: NamedTable, _ count: Int?, _ lead: String) -> [Made] {
        var made: [Made] = []
        let rows = table.plainRows
        let sentence = said.sentence(of: index)
        let named = table.named(in: sentence)
        let pieces = named.count > 1 ? [] : table.namedByPiece(in: sentence)
        let own = columns(of: table)
        let end = countOfRows(before: lead, of: table)
        for column in table.columns {
            if named.count > 1, named.count < rows.count, let all = table.operands(column, named, for: number.measure),
                let one = Made.sum(all)
            {
                let isSure = own == [column] && (count == nil || count == named.count)
                made.append(one.weighing(isSure ? .sure : .likely))
            }
            // 三年累计支出 of a table of three years.
            if named.isEmpty, count == rows.count, rows.count > 1, columnsOfClause(table) == [column],
                let all = table.operands(column, rows, for: number.measure), let one = Made.sum(all)
            {
                made.append(one.weighing(.sure))
            }
            if pieces.count > 1, pieces.count < rows.count,
                let all = table.operands(column, pieces, for: number.measure),
                let one = Made.sum(all)
            {
                made.append(one.weighing(.likely))
            }
            if let end, end > 1, let all = table.operands(column, Array(rows[..<end]), for: number.measure),
                let one = Made.sum(all)
            {
                made.append(
                    one.weighing(rows[..<end].allSatisfy { $0.cells[column]?.measure != nil } ? .sure : .likely)
                )
            }
            guard rows.count <= 40, let all = table.operands(column, rows, for: number.measure) else { continue }
            for start in all.indices {
                for end in all.indices where end > start {
                    if let one = Made.sum(Array(all[start...end])) { made.append(one) }
                }
            }
            guard let count, (2...4).contains(count), all.count <= 14 else { continue }
            for subset in 1..<(1 << all.count) where subset.nonzeroBitCount == count {
                if let one = Made.sum(all.indices.filter { subset >> $0 & 1 == 1 }.map { all[$0] }) { made.append(one) }
            }
        }
        return made
    }

    /// How many rows stand above the one that words say is still to come: 最终验收前累计.
    private func countOfRows(before lead: String, of table: NamedTable) -> Int? {
        let name = lead.strippedEnds(["之前", "以前", "前"])
        guard name != lead, name.count > 2 else { return nil }
        let places = table.plainRows.indices.filter { table.plainRows[$0].name.hasPrefix(name) }
        return places.count == 1 ? places[0] : nil
    }

    // MARK: - Shares

    /// `占审减总额的86.16%` behind its amount, `软件开发费占43.18%`, `分别占审减总额的86.16%和13.84%`; the shares of rows in a list of them.
    var share: [Made]? {
        // 仅为年初预算的87.89%
        let sign = clause.ranges(of: "占").last ?? (clause.hasSuffix("的") ? clause.ranges(of: "为").last : nil)
        guard let place = sign, clause[place.upperBound...].count <= 16 else { return sharesOfList }
        var whole = String(clause[place.upperBound...]).strippedEnds(["的", "比例", "比重", "比", "为", "达", "约"])
        if let start = ["全部", "整个", "各项"].first(where: whole.hasPrefix), whole.count > start.count {
            whole.removeFirst(start.count)
        }
        for end in words["whole_ends"] where whole.hasSuffix(end) && whole.count > end.count {
            whole.removeLast(end.count)
        }
        let subject = String(clause[..<place.lowerBound]).strippedEnds(["约", "仅", "共", "均", "只", "各"])
        var made: [Made] = []
        let first = list.first
        if subject == "分别", list.count > 1 {
            let parts = said.numbers[..<first].suffix(list.count)
            if parts.count == list.count, let part = parts.dropFirst(list.own).first, part.sentence == number.sentence,
                Set(parts.map(\.measure)).count == 1, !part.measure.isRate
            {
                made += shares(part.operand, part.measure, whole)
            }
        } else if subject.isEmpty, list.count == 1, index > 0, said.numbers[index - 1].sentence == number.sentence,
            !said.numbers[index - 1].measure.isRate, !said.numbers[index - 1].isLoose,
            number.lead.count(where: { "，（".contains($0) }) <= 1
        {
            let part = said.numbers[index - 1]
            made += shares(part.operand, part.measure, whole)
        } else if list.count == 1 {
            let named = subject.isEmpty ? before : subject
            for table in tables { made += sharesOfRows(table, named) }
        }
        // What else could be meant.
        for measure in Set(said.numbers.map(\.measure)) where !measure.isRate {
            let all = said.numbers.filter { $0.measure.isAlike(measure) }.map(\.operand)
            for part in all { for whole in all { made += [Made.share(part, of: whole)].compactMap(\.self) } }
        }
        return made
    }

    /// The share of a number in what is called by a name.
    private func shares(_ part: Operand, _ measure: Measure, _ whole: String) -> [Made] {
        var made: [Made] = []
        // 改造总户数 is what 适老化改造户数 counts.
        let plain = whole.filter { $0 != "总" }
        func names(_ name: String) -> Bool {
            name == whole || plain.count > 2 && (name.hasSuffix(plain) || name == plain)
        }
        func add(_ of: Operand, _ weight: Made.Weight) {
            if let one = Made.share(part, of: of) { made.append(one.weighing(weight)) }
        }
        for (_, other) in reckoning.paragraphs {
            for number in other.numbers where number.measure.isAlike(measure) && number.amount > part.amount {
                let isNamed = !whole.isEmpty && number.clause.dropping(words["reckoned_links"]).hasSuffix(whole)
                add(number.operand, isNamed ? .sure : .broad)
            }
        }
        for table in tables {
            for row in table.rows {
                for column in table.columns {
                    let head = table.heads[column].bareHead
                    let isNamed =
                        !whole.isEmpty
                        && (names(row.name) || row.isTotal && (head.hasPrefix(whole) || head.hasSuffix(whole)))
                    guard row.isTotal || row.isOfGroup || isNamed else { continue }
                    for operand in row.cells[column]?.operands(for: measure, row.line) ?? []
                    where operand.amount > part.amount {
                        add(operand, isNamed ? .sure : .likely)
                    }
                }
            }
        }
        // What is called by its name is meant, and no other total.
        guard made.contains(where: { $0.weight == .sure }) else { return made }
        return made.map { $0.weight == .likely ? $0.weighing(.broad) : $0 }
    }

    /// The shares of the rows that a text names in the totals of their columns.
    private func sharesOfRows(_ table: NamedTable, _ text: String) -> [Made] {
        guard let total = table.total else { return [] }
        let rows = table.named(in: text)
        let own = columns(of: table)
        var made: [Made] = []
        for column in table.columns {
            guard let whole = total.cells[column]?.plain else { continue }
            let weight: Made.Weight =
                own == [column] ? rows.count == 1 ? .sure : .likely : own.count == 1 ? .broad : .likely
            for row in rows {
                guard let part = row.cells[column]?.plain, var one = Made.share(part, of: whole) else { continue }
                one.line = row.line
                made.append(one.weighing(weight))
            }
            let parts = rows.compactMap { $0.cells[column]?.plain }
            if rows.count > 1, parts.count == rows.count, let sum = Made.sum(parts),
                let one = Made.share(sum.operand, of: whole)
            {
                made.append(one.weighing(.likely))
            }
        }
        return made
    }

    /// `由省级专项承担40%、市级配套25%、县级配套35%`: rates behind names of rows, of which the others are the shares.
    private var sharesOfList: [Made]? {
        func row(_ number: SaidNumber, _ table: NamedTable) -> NamedTable.Row? {
            let clause = number.clause.strippedEnds(["承担", "负担", "为", "占", "安排", "配套", "和"])
            return table.plainRows.first { row in
                row.name.count > 1
                    && [clause, number.clause].contains {
                        $0.hasSuffix(row.name) || row.name.count > 3 && $0.hasPrefix(row.name)
                    }
            }
        }
        var made: [Made] = []
        for table in tables {
            guard let total = table.total, let own = row(number, table) else { continue }
            let others = said.numbers.indices.filter {
                $0 != index && said.numbers[$0].sentence == number.sentence && said.numbers[$0].measure.isRate
            }.map { said.numbers[$0] }
            for column in table.columns {
                guard let whole = total.cells[column]?.plain, let part = own.cells[column]?.plain,
                    let one = Made.share(part, of: whole)
                else { continue }
                let borne = others.filter { other in
                    guard let row = row(other, table), row.name != own.name, let part = row.cells[column]?.plain,
                        let made = Made.share(part, of: whole), let apart = try? (made.value - other.amount).magnitude,
                        let allowed = try? made.slack + other.half
                    else { return false }
                    return apart <= allowed
                }
                made.append(one.weighing(borne.isEmpty ? .broad : .sure))
            }
        }
        return made.contains { $0.weight == .sure } ? made : nil
    }
}
