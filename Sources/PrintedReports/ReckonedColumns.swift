internal import BudgetLines
internal import ReviewModel

/// The columns of an audit table, known by what they reckon: in every row, or in every row but one, requested less cut is approved.
///
/// Heads alone do not tell it: 合价 beneath 核定, 金额（审定）, 审增（减） are words that nobody can list. What heads still have to say is whose an
/// amount is, for a budget less what was spent leaves a rest in the same way.
struct ReckonedColumns {
    private(set) var requested = 0
    private(set) var approved = 0
    private(set) var cut = 0
    private(set) var increase: Int?
    /// How many rows do not reckon.
    private(set) var failing = 0

    /// What a head says of whose amount its column has.
    private enum Side { case asked, granted, cut, increase, none }

    /// As many rows as are looked at: enough to tell, however long a table is.
    private static let most = 200

    /// - Parameter head: the words above each column, those of an upper row joined.
    init?(_ head: [String], _ rows: [PrintedTable.Row], _ words: ReportWords) {
        let folded = head.map(\.folded)
        let sides = folded.map { Self.side($0, words) }
        guard head.count < 40, sides.contains(.granted) || sides.contains(.asked) && sides.contains(.cut) else {
            return nil
        }
        let whole = rows.filter { $0.cells.count == head.count }.prefix(Self.most)
        let values = whole.map { row in row.cells.map { PrintedAmount($0) } }
        let amounts = head.indices.filter { column in
            !words["counted_heads"].contains(where: folded[column].hasBytes)
                && values.allSatisfy { row in row[column].map { !["%", "％"].contains($0.unit) } ?? false }
                && values.contains { $0[column]?.value != nil }
        }
        var best: (columns: ReckonedColumns, rank: Int)?
        let cuts = amounts.filter { sides[$0] == .cut || sides[$0] == .none }
        for requested in amounts where sides[requested] == .asked || sides[requested] == .none {
            for approved in amounts where approved != requested {
                guard sides[approved] == .granted || sides[approved] == .none,
                    sides[requested] != .none || sides[approved] != .none
                else { continue }
                for cut in cuts where cut != requested && cut != approved {
                    let named = [requested, approved, cut].count { sides[$0] != .none }
                    // A rest is what remains of a budget, too: two of the three are named at least.
                    guard named > 1 else { continue }
                    for increase in [nil] + amounts.filter({ sides[$0] == .increase }).map(Int?.some) {
                        var columns = ReckonedColumns(requested, approved, cut, increase)
                        guard columns.reckon(values.map { $0.map { $0?.value } }) else { continue }
                        let rank = named * 4 + (requested < approved ? 2 : 0) - columns.failing
                        if rank > best?.rank ?? .min { best = (columns, rank) }
                    }
                }
            }
        }
        guard let best else { return nil }
        self = best.columns
    }

    private init(_ requested: Int, _ approved: Int, _ cut: Int, _ increase: Int?) {
        (self.requested, self.approved, self.cut, self.increase) = (requested, approved, cut, increase)
    }

    /// The columns as words have them, with the rows that do not reckon by them.
    init?(_ columns: PrintedColumns, _ rows: [PrintedTable.Row]) {
        guard let requested = columns.index(of: .requested), let approved = columns.index(of: .approved),
            let cut = columns.index(of: .cut)
        else { return nil }
        self.init(requested, approved, cut, columns.index(of: .increase))
        let whole = rows.filter { $0.cells.count == columns.count }.prefix(Self.most)
        _ = reckon(whole.map { row in row.cells.map { PrintedAmount($0)?.value } })
    }

    /// What roles they give to columns.
    var roles: [Int: ColumnRole] {
        var roles: [Int: ColumnRole] = [requested: .requested, approved: .approved, cut: .cut]
        if let increase { roles[increase] = .increase }
        return roles
    }

    /// Counts the rows that reckon, whatever sign cuts have; whether they are enough to tell.
    private mutating func reckon(_ rows: [[ExactDecimal?]]) -> Bool {
        var (all, plain, turned, telling) = (0, 0, 0, 0)
        for row in rows {
            let (asked, granted) = (row[requested], row[approved])
            guard asked != nil || granted != nil else { continue }
            let (change, more) = (row[cut] ?? .zero, increase.flatMap { row[$0] } ?? .zero)
            guard let off = try? (asked ?? .zero) - (granted ?? .zero), let net = try? change.magnitude - more.magnitude
            else { continue }
            all += 1
            let places = [asked, granted, row[cut]].map { $0?.places ?? 0 }.max() ?? 0
            let slack = places > 0 ? ExactDecimal(significand: 2, places: places) : .zero
            let isNear = { (a: ExactDecimal, b: ExactDecimal) in (try? (a - b).magnitude <= slack) ?? false }
            let isPlain = isNear(off, change) || !more.isZero && isNear(off, net)
            let isTurned = isNear(off, -change)
            if isPlain { plain += 1 }
            if isTurned { turned += 1 }
            if isPlain || isTurned, !change.isZero, asked.map({ !$0.isZero }) ?? false,
                granted.map({ !$0.isZero }) ?? false
            {
                telling += 1
            }
        }
        failing = all - Swift.max(plain, turned)
        return telling > 1 && failing <= (all > 3 ? 1 : 0)
    }

    private static func side(_ head: String, _ words: ReportWords) -> Side {
        let has = { (key: String) in words[key].contains(where: head.hasBytes) }
        if has("cut_heads") { return .cut }
        if has("increase_heads") { return .increase }
        switch (has("asked_heads"), has("granted_heads")) {
        case (true, false): return .asked
        case (false, true): return .granted
        // 审核申报数, or neither.
        default: return .none
        }
    }
}

extension PrintedTable {
    /// Gives the columns of an audit table what they reckon to be, where its words make less of them.
    mutating func settleAuditColumns() {
        guard kind == .audit, !words.ownHeads.contains(.audit), let columns else { return }
        let said = ReckonedColumns(columns, rows)
        if let said, said.failing < 2 { return }
        guard let reckoned = ReckonedColumns(header.cells, rows, words), reckoned.failing < said?.failing ?? .max,
            let settled = PrintedColumns(header.cells, of: .audit, words, unit: saidUnit, reckoned.roles)
        else { return }
        self.columns = settled
    }
}

extension UnreadTable {
    /// The table as one of requested, approved and cut, where its columns reckon and two of its totals at least are what sentences say:
    /// of a table whose heads nobody knows only these tell that it is about the whole.
    func audited(_ words: ReportWords, _ stated: StatedAmounts) -> PrintedTable? {
        guard !words.ownHeads.contains(.audit), rows.count > 2 else { return nil }
        let height = rows[1].isWordy && rows[1].completes(head) ? 2 : 1
        let joined = height == 2 ? head.over(rows[1], words) : head
        let own = Array(rows.dropFirst(height))
        guard joined.isWordy, let reckoned = ReckonedColumns(joined.cells, own, words),
            let columns = PrintedColumns(joined.cells, of: .audit, words, unit: said?.unit, reckoned.roles)
        else { return nil }
        var table = PrintedTable(
            kind: .audit,
            caption: caption,
            header: joined,
            rows: own,
            columns: columns,
            unitLine: columns.headSaysUnit ? head.line : said?.line,
            saidUnit: said?.unit,
            words: words
        )
        table.columns?.noteItems(of: own)
        table.settleUnit(by: stated)
        table.noteStated(by: stated)
        return table.statedTotals > 1 ? table : nil
    }
}
