internal import BudgetLines
internal import ReviewModel

extension [PrintedTable] {
    /// Of several audit tables the one of the whole.
    ///
    /// Where one sums up the totals of two others or more, 表10 those of 表2 to 表9, it is that one. Else it is one whose totals the sentences of the report
    /// print, of several such the one of the largest request; else the one with the most lines, the first where two have as many.
    ///
    /// Tables of sections, 表5 建筑工程, 表6 安装工程, that only together are what sentences say are one table.
    public var mainAuditTable: PrintedTable? {
        let audits = filter { $0.kind == .audit }
        guard audits.count > 1 else { return audits.first }
        let sections = audits.filter(\.isSection)
        if let first = sections.first { return first.joined(sections.dropFirst()) }
        let asked = audits.map { (table: $0, total: $0.auditTotal?.requested) }
        for (index, summary) in asked.enumerated() where asked.count > 2 {
            guard let whole = summary.total, !whole.isZero else { continue }
            // The summary may stand twice, in 万元 and in 元.
            let others = asked.indices.filter { $0 != index }.compactMap { asked[$0].total }.filter { $0 != whole }
            // In 万元 each of its rows is rounded.
            if others.count > 1, let sum = try? ExactDecimal.sum(others), let off = try? (sum - whole).magnitude,
                off <= summary.table.reach(of: others.count, roundedFrom: sum)
            {
                return summary.table
            }
        }
        var best: (table: PrintedTable, rank: (isStated: Bool, requested: ExactDecimal, lines: Int))?
        for table in audits {
            let isStated = table.statedTotals > 1
            let requested = isStated ? table.totalsInAll?.requested ?? .zero : .zero
            let rank = (isStated: isStated, requested: requested, lines: table.auditLines.count)
            guard let found = best?.rank else {
                best = (table, rank)
                continue
            }
            let isBetter =
                rank.isStated == found.isStated
                ? (rank.requested, rank.lines) > (found.requested, found.lines) : rank.isStated
            if isBetter { best = (table, rank) }
        }
        return best?.table
    }
}

extension PrintedTable {
    /// What an audit table comes to: its total, or the sum of its lines where it prints none.
    var totalsInAll: (requested: ExactDecimal, approved: ExactDecimal, deducted: ExactDecimal)? {
        if let total = auditTotal { return (total.requested, total.approved, total.deducted) }
        let lines = auditLines
        guard !lines.isEmpty, let requested = try? ExactDecimal.sum(lines.map(\.requested)),
            let approved = try? ExactDecimal.sum(lines.map(\.approved)),
            let deducted = try? ExactDecimal.sum(lines.map(\.deducted))
        else { return nil }
        return (requested, approved, deducted)
    }

    /// Counts which of its totals sentences give as well.
    mutating func noteStated(by stated: StatedAmounts) {
        guard kind == .audit, let totals = totalsInAll else { return }
        statedTotals = [totals.requested, totals.approved, totals.deducted.magnitude].count { amount in
            !amount.isZero && stated.know(amount)
        }
    }
}

extension [PrintedTable] {
    /// Sees whether audit tables are those of sections: none is the whole by what sentences say, nor sums up the others, and two of what they come to in all,
    /// requested, approved and cut, stand in sentences.
    mutating func noteSections(statedBy stated: StatedAmounts) {
        let audits = indices.filter { self[$0].kind == .audit }
        if noteTotalOfSections(audits) { return }
        guard audits.count > 1, audits.allSatisfy({ self[$0].statedTotals < 2 }), !stated.isEmpty else { return }
        let totals = audits.compactMap { self[$0].totalsInAll }
        guard totals.count == audits.count, Set(audits.map { self[$0].header.line.number }).count == audits.count,
            let requested = try? ExactDecimal.sum(totals.map(\.requested)),
            let approved = try? ExactDecimal.sum(totals.map(\.approved)),
            let deducted = try? ExactDecimal.sum(totals.map(\.deducted)),
            [requested, approved, deducted].count(where: { !$0.isZero && stated.know($0.magnitude) }) > 1
        else { return }
        for index in audits { self[index].isSection = true }
    }
}

extension [PrintedTable] {
    /// 总计 beneath the 小计 of the last of them, which is what the lines of all make: it is no total of its own table.
    private mutating func noteTotalOfSections(_ audits: [Int]) -> Bool {
        guard audits.count > 1, let last = audits.last, let columns = self[last].columns,
            let place = self[last].rows.lastIndex(where: { $0.isTotal && !$0.isSubtotal }),
            self[last].rows[..<place].contains(where: \.isSubtotal), let whole = self[last].auditTotal,
            audits.allSatisfy({ self[$0].columns?.isAlike(columns) ?? false })
        else { return false }
        let own = self[last].auditLines
        let lines = audits.flatMap { self[$0].auditLines }
        guard let requested = try? ExactDecimal.sum(lines.map(\.requested)), requested == whole.requested,
            let approved = try? ExactDecimal.sum(lines.map(\.approved)), approved == whole.approved,
            let part = try? ExactDecimal.sum(own.map(\.requested)), part != whole.requested
        else { return false }
        self[last].totalOfSections = self[last].rows.remove(at: place)
        self[last].rowParts = RowParts(self[last])
        for index in audits { self[index].isSection = true }
        return true
    }
}

extension PrintedTable {
    /// This table with the rows of others that have the same columns, whose totals are those of parts then; `nil` where they have other columns.
    fileprivate func joined(_ others: some Sequence<PrintedTable>) -> PrintedTable? {
        var table = self
        for other in others {
            guard let own = columns, let its = other.columns, own.isAlike(its) else { return nil }
            table.rows += other.rows
        }
        for index in table.rows.indices where table.rows[index].isTotal {
            table.rows[index].becomeTotal(ofPart: true)
        }
        table.rows += others.compactMap(\.totalOfSections)
        table.rowSlip = nil
        table.rowParts = RowParts(table)
        return table
    }

    /// How far a total in 万元 may be from a sum of `count` amounts in yuan; nothing where the sum has no more places.
    fileprivate func reach(of count: Int, roundedFrom sum: ExactDecimal) -> ExactDecimal {
        guard isInWan, sum.inWan.rounded(to: stepPlaces) != sum.inWan else { return .zero }
        return (try? stepOfApproved * ExactDecimal(significand: Int128(5 * (count + 1)), places: 1)) ?? .zero
    }

    /// The places that amounts in 万元 are printed with.
    private var stepPlaces: Int { Swift.max(0, stepOfApproved.inWan.withoutTrailingZeros.places) }
}

extension PrintedTable {
    /// The lines of an audit table, with the cut that each most likely means.
    ///
    /// Where requested less approved is not what is printed as cut, one of the three is wrong, and what the others of the table say tells
    /// which: the rate beside them and the totals below. Where the cut is wrong, it is what the two others make; then one wrong cell is one
    /// finding, and does not make its line, the totals and every sentence about them wrong.
    public var settledAuditLines: [PrintedAuditLine] {
        var lines = auditLines
        let total = auditTotal
        for index in lines.indices {
            let line = lines[index]
            guard let made = try? line.requested - line.approved, made != line.deducted else { continue }
            if evidence(for: made, at: index, lines, total) > evidence(for: line.deducted, at: index, lines, total) {
                lines[index].deducted = made
            }
        }
        return lines
    }

    /// How much speaks for a cut: the rate that is printed beside it, and the total of the cuts.
    private func evidence(
        for cut: ExactDecimal,
        at index: Int,
        _ lines: [PrintedAuditLine],
        _ total: PrintedAuditLine?
    ) -> Int {
        var evidence = 0
        let line = lines[index]
        if let rate = line.rate, let made = try? ExactDecimal.percentage(cut, of: line.requested, places: rate.places),
            made == rate
        {
            evidence += 1
        }
        let others = lines.indices.filter { $0 != index }.map { lines[$0].deducted }
        if let total, let sum = try? ExactDecimal.sum(others + [cut]), sum == total.deducted { evidence += 1 }
        return evidence
    }
}
