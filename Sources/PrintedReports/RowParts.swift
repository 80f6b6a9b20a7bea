internal import BudgetLines
public import ReviewModel

/// Rows of a table of amounts that say again what other rows count: those beneath 其中, and 一、 above the 1. and 2. that make it.
public struct RowParts: Sendable {
    /// The lines of rows that are parts of another row.
    public private(set) var parts: Set<Int> = []
    /// The lines of rows that sum up those beneath them.
    public private(set) var sums: Set<Int> = []
    /// Columns in which the parts do not make their whole, though they do in another.
    public private(set) var slips: [Slip] = []

    public struct Slip: Sendable {
        /// The row that the others are parts of.
        public var line: Int
        public var name: String
        /// The head of the column.
        public var column: String
        /// In yuan, as is what the parts make.
        public var amount: ExactDecimal
        public var sum: ExactDecimal
        public var count: Int
    }

    /// A row with its amounts, by the columns that add up.
    private struct Entry {
        var line: Int
        var name: String
        var rank: Int?
        var isPart: Bool
        var isTotal: Bool
        var isSubtotal: Bool
        var amounts: [ExactDecimal?]
        /// Whether it says how many of what price.
        var isCounted: Bool
        /// Whether it says how many or of what price.
        var isFigured: Bool
    }

    /// As many rows as one row is looked for the parts of.
    private static let most = 200

    init() {}

    init(_ table: PrintedTable) {
        guard let columns = table.columns else { return }
        let adding = (0..<columns.count).filter { column in
            columns.role(at: column).map { ColumnRole.money.contains($0) && $0 != .unitPrice } ?? false
        }
        let entries = table.rows.compactMap { row -> Entry? in
            guard let cells = PlacedCells(row, columns) else { return nil }
            let amounts = adding.map { column in
                PrintedAmount(row.cells[column])?.value.flatMap { try? $0 * columns.scale(at: column) }
            }
            guard amounts.contains(where: { $0 != nil }) else { return nil }
            let names = cells.names
            let label = ([cells.text(.number)] + names).first { !$0.isEmpty } ?? ""
            return Entry(
                line: row.line.number,
                name: names.last ?? label,
                rank: label.rank,
                isPart: (names + [label]).contains { $0.folded.beginsWithBytes(of: "其中") },
                isTotal: row.isTotal || names.contains { table.words.isTotal($0.folded) },
                isSubtotal: row.isSubtotal,
                amounts: amounts,
                isCounted: cells.figure(.quantity)?.value != nil && cells.figure(.unitPrice)?.value != nil,
                isFigured: cells.figure(.quantity)?.value != nil || cells.figure(.unitPrice)?.value != nil
            )
        }
        // 甲类合计, and what is carried from page to page, beneath the lines that it sums up.
        if table.kind == .budget {
            let rows = Dictionary(table.rows.map { ($0.line.number, $0) }) { first, _ in first }
            for entry in entries.dropFirst() where !entry.isTotal && !entry.isFigured {
                if rows[entry.line]?.isCalledSum(table.words) ?? false { sums.insert(entry.line) }
            }
        }
        let heads = adding.map { table.header.cells[$0] }
        findParts(entries, heads)
        findSums(entries, heads)
        // Those of a budget table are looked at with its totals.
        if table.kind == .audit { checkSubtotals(entries, heads) }
    }

    /// What stands beneath 其中, up to the row with which the parts make the whole in as many columns as they do anywhere, the first of such; without
    /// such a row only what begins with the word. Of cuts the first part may have all there are.
    private mutating func findParts(_ entries: [Entry], _ heads: [String]) {
        var whole: Entry?
        var position = 0
        while position < entries.count {
            let entry = entries[position]
            guard entry.isPart, let parent = whole else {
                whole = entry
                position += 1
                continue
            }
            let below = entries[position...].prefix(Self.most)
            var end = below.prefix(while: \.isPart).endIndex
            var sums = [ExactDecimal](repeating: .zero, count: heads.count)
            var most = 0
            for index in below.indices {
                if index > position,
                    entries[index].isTotal || entries[index].rank.map({ $0 <= parent.rank ?? 0 }) ?? false
                {
                    break
                }
                for column in sums.indices {
                    sums[column] = (try? sums[column] + (entries[index].amounts[column] ?? .zero)) ?? .zero
                }
                let agreeing = sums.indices.count { !sums[$0].isZero && sums[$0] == parent.amounts[$0] }
                if agreeing > most { (most, end) = (agreeing, index + 1) }
            }
            if most > 0 { note(entries[position..<end], of: parent, heads) }
            parts.formUnion(entries[position..<end].map(\.line))
            position = end
        }
    }

    /// Rows of a higher number that are the sum of those beneath: from the last to the first, so that sums of sums are known.
    private mutating func findSums(_ entries: [Entry], _ heads: [String]) {
        for position in entries.indices.reversed() {
            let entry = entries[position]
            guard let rank = entry.rank, !entry.isTotal, !entry.isPart else { continue }
            let below = entries[(position + 1)...].prefix(Self.most).prefix { !$0.isTotal && ($0.rank ?? .max) > rank }
            let addends = below.filter { !parts.contains($0.line) && !sums.contains($0.line) }
            // A single row of the same amount may be a neighbour under a merged number.
            guard !addends.isEmpty, addends.count > 1 || addends.allSatisfy({ $0.rank != nil }) else { continue }
            let makesIt = heads.indices.contains { column in
                guard let amount = entry.amounts[column], !amount.isZero else { return false }
                return (try? ExactDecimal.sum(addends.compactMap { $0.amounts[column] })) == amount
            }
            let isHead = !entry.isCounted && addends.allSatisfy { $0.isCounted && $0.rank != nil }
            guard makesIt || isHead else { continue }
            sums.insert(entry.line)
            note(addends, of: entry, heads)
        }
    }

    /// 小计 that is not the sum of the rows since the last one, though it is in another column.
    private mutating func checkSubtotals(_ entries: [Entry], _ heads: [String]) {
        var open: [Entry] = []
        for entry in entries {
            guard entry.isTotal else {
                if !parts.contains(entry.line), !sums.contains(entry.line) { open.append(entry) }
                continue
            }
            if entry.isSubtotal, open.count <= Self.most {
                let agrees = heads.indices.contains { column in
                    guard let amount = entry.amounts[column], !amount.isZero else { return false }
                    return (try? ExactDecimal.sum(open.compactMap { $0.amounts[column] })) == amount
                }
                if agrees { note(open, of: entry, heads) }
            }
            open = []
        }
    }

    private mutating func note(_ addends: some Collection<Entry>, of whole: Entry, _ heads: [String]) {
        for column in heads.indices {
            guard let amount = whole.amounts[column], addends.allSatisfy({ $0.amounts[column] != nil }),
                let sum = try? ExactDecimal.sum(addends.compactMap { $0.amounts[column] }), sum != amount
            else { continue }
            slips.append(
                Slip(
                    line: whole.line,
                    name: whole.name,
                    column: heads[column],
                    amount: amount,
                    sum: sum,
                    count: addends.count
                )
            )
        }
    }
}

extension PrintedTable.Row {
    /// Whether a cell has the name of a sum: 甲类合计, 本页小计, 过次页.
    fileprivate func isCalledSum(_ words: ReportWords) -> Bool {
        filled.prefix(3).contains { cell in
            let folded = cell.folded
            return folded.count <= 20 && (words["totals"].end(folded) || words["carried"].isOne(folded))
        }
    }
}

extension String {
    /// The depth of the number that a label begins with, or is: 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `1.1`, 5 for `1.1.1`, and 10 for `（1）`,
    /// which stands beneath all of these.
    var rank: Int? {
        let text = Array(folded.unicodeScalars.prefix(16))
        guard let first = text.first else { return nil }
        let isChinese: (Unicode.Scalar) -> Bool = { "一二三四五六七八九十".unicodeScalars.contains($0) }
        if first == "（" {
            let inside = text.dropFirst().prefix { $0 != "）" }
            guard !inside.isEmpty, inside.count < text.count - 1 || text.last == "）" else { return nil }
            if inside.allSatisfy(isChinese) { return 2 }
            return inside.allSatisfy(\.isDigit) ? 10 : nil
        }
        let number = text.prefix(while: isChinese)
        if !number.isEmpty { return number.count == text.count || text[number.count] == "、" ? 1 : nil }
        let digits = text.prefix(while: \.isDigit)
        if digits.isEmpty { return nil }
        guard digits.count == text.count || ".．、".unicodeScalars.contains(text[digits.count]) else { return nil }
        // 1.1 stands beneath 1, and 1.1.1 beneath that.
        var (rank, rest) = (3, text.dropFirst(digits.count))
        while let point = rest.first, ".．".unicodeScalars.contains(point), rest.dropFirst().first?.isDigit ?? false {
            rest = rest.dropFirst().drop(while: \.isDigit)
            rank += 1
        }
        return rank
    }
}
