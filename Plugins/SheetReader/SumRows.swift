import OfficeFiles
import ReviewModel
import Tables

/// Rows that are no lines of their own though nothing calls them totals: `一、人员经费` with the sum of what stands below it, and
/// `其中：…`, which is a part of the row above. Read as lines they would count an amount twice.
///
/// A row sums up others if its formula does, or if its number (一、（一）1.) is of a higher level than those of the rows that follow, and
/// it has amounts and nothing else that is counted.
struct SumRows {
    /// With what they are called.
    var sums: [Int: String] = [:]
    var parts: [Int: String] = [:]
    /// Sums that their rows do not add up to.
    private(set) var odd: [Odd] = []
    /// Totals that nobody can hold against their rows, for some of these have no number.
    private(set) var unchecked: [Unchecked] = []
    /// Rows below the last total that take something from it, 减：自筹资金, and those that say what is left.
    var below: [Below] = []
    /// The last row in which something is counted; `nil` where nobody has looked.
    private(set) var lastCounted: Int?
    let words: SheetWords

    struct Odd {
        var address: String
        var name: String
        var stated: ExactDecimal
        var found: ExactDecimal
        /// Whether it stands above the rows that it sums up.
        var isAbove: Bool
    }

    struct Below {
        var row: Int
        var address: String
        var name: String
        /// What would be left of the total, where the row says something else.
        var expected: ExactDecimal?
        var stated: ExactDecimal
    }

    struct Unchecked {
        var address: String
        var name: String
        var stated: ExactDecimal
        /// What is no number, and what it would have to be where it is the only one.
        var cells: [String]
        var missing: ExactDecimal?
    }

    /// None: for tables that are read row by row.
    init() { words = .standard }

    struct Row {
        var number: Int
        /// Of its numbering: 1 is the highest; rows without one are the lowest.
        var level: Int
        var name: String
        /// By the column of the sheet.
        var amounts: [Int: ExactDecimal]
        /// Whether something is counted beside the amounts.
        var isCounted: Bool
        var isTotal: Bool
        /// Whether it is called a sum of something, 人员经费小计, or a sum with more behind it, 合计（大写）：….
        var isCalledSum: Bool
        /// Whether its name is moved to the right, as what is a part of something is.
        var isIndented: Bool
        /// Columns of amounts in which something else than a number stands.
        var unread: Set<Int>
        /// Columns whose amounts are computed.
        var computed: Set<Int>
    }

    static let lowest = 99

    init(
        _ reading: inout any RowReading,
        _ value: CellValue,
        _ mapping: ColumnMapping,
        below head: Int,
        through last: Int?,
        totals: Set<String>,
        words: SheetWords = .standard,
        heads: [Int: String] = [:],
        carried: ExactDecimal = .zero,
        formulas: FormulaFindings?,
        sheet: String
    ) throws {
        self.words = words
        // Prices are no sums.
        let amounts = mapping.amounts.map { mapping.columns[$0] }
        let counted = mapping.columns.filter { $0.column.type == .decimal && !$0.column.isMoney && !$0.isRate }
        let prices = counted.isEmpty ? [] : amounts.dropLast()
        let summed = counted.isEmpty ? amounts[...] : amounts.suffix(1)
        if summed.isEmpty { return }
        var rows: [Row] = []
        while try reading.next(), rows.count < Self.most {
            let row = reading.row
            if row.number <= head { continue }
            if let last, row.number > last { break }
            func number(_ column: MappedColumn) -> ExactDecimal? {
                row.cells.first { $0.column == column.sheetColumn }.flatMap { value.plainNumber($0, row) }
            }
            let texts = row.cells.filter { !$0.isEmpty }.map { value.shown($0, row) }.filter { !$0.isEmpty }
            guard let first = texts.first, !words.isExample(row, value.context) else { continue }
            var (found, unread, computed) = ([Int: ExactDecimal](), Set<Int>(), Set<Int>())
            for column in summed {
                guard let cell = row.cells.first(where: { $0.column == column.sheetColumn }) else { continue }
                if cell.hasFormula { computed.insert(cell.column) }
                if let number = value.plainNumber(cell, row) {
                    found[cell.column] = number
                } else if texts.count > 1, value.context.text(cell, row) != heads[column.sheetColumn],
                    !value.shown(cell, row).allSatisfy({ $0.isWhitespace || "-—－–/".contains($0) })
                {
                    unread.insert(cell.column)
                }
            }
            // Its number may have a cell of its own.
            let names = texts.prefix(3)
            let lettered = names.filter { $0.contains(where: \.isLetter) }
            let name = names.first(where: words.isPart) ?? lettered.max { $0.count < $1.count } ?? first
            rows.append(
                Row(
                    number: row.number,
                    level: Self.level(of: first) ?? Self.lowest,
                    name: name,
                    amounts: found,
                    isCounted: counted.contains { number($0).map { !$0.isZero } ?? false }
                        || prices.contains { number($0).map { !$0.isZero } ?? false },
                    isTotal: texts.contains { totals.contains(HeadWords.folded($0)) },
                    isCalledSum: texts.contains { text in
                        let folded = HeadWords.folded(text)
                        return folded.count <= 20
                            && totals.contains { $0.count > 1 && (folded.hasSuffix($0) || folded.hasPrefix($0)) }
                    },
                    isIndented: row.cells.first { !$0.isEmpty && $0.holdsText }.map {
                        value.context.text($0, row).first?.isWhitespace ?? false
                    } ?? false,
                    unread: unread,
                    computed: computed
                )
            )
        }
        lastCounted = rows.last { !$0.amounts.isEmpty || $0.isCounted }?.number ?? head
        findParts(rows)
        findBelow(rows)
        for index in rows.indices where !rows[index].isTotal && !rows[index].isCounted {
            if parts[rows[index].number] != nil || sums[rows[index].number] != nil { continue }
            if rows[index].isCalledSum {
                sums[rows[index].number] = rows[index].name
            } else if rows[index].amounts.isEmpty {
                continue
            } else if let formulas, sumsUp(rows[index], formulas, sheet, within: rows) {
                sums[rows[index].number] = rows[index].name
            }
        }
        for index in rows.indices.reversed() { judge(index, rows) }
        for column in summed {
            // What was read above, in the unit of this table.
            let before = column.factor.map { Self.divided(carried, by: $0) } ?? carried
            checkTotals(rows, column.sheetColumn, carried: before)
        }
    }

    private static func divided(_ amount: ExactDecimal, by factor: ExactDecimal) -> ExactDecimal {
        for places in 1...12 {
            let share = ExactDecimal(significand: 1, places: places)
            if (try? factor * share) == ExactDecimal(1) { return (try? amount * share) ?? amount }
        }
        return amount
    }

    /// Tables of more rows are no lists that somebody has numbered by hand.
    private static let most = 20_000

    private func sumsUp(_ row: Row, _ formulas: FormulaFindings, _ sheet: String, within rows: [Row]) -> Bool {
        let known = Set(rows.filter { !$0.amounts.isEmpty }.map(\.number))
        return row.amounts.keys.allSatisfy { column in
            guard let address = CellAddress(column: column, row: row.number),
                let areas = formulas.summed(at: address, on: sheet), !areas.isEmpty
            else { return false }
            return areas.allSatisfy { area in
                area.columns == column...column && !area.rows.contains(row.number)
                    && area.rows.contains { known.contains($0) }
            }
        }
    }

    /// A numbered row with amounts alone, and rows of deeper levels behind it that have amounts, too.
    private mutating func judge(_ index: Int, _ rows: [Row]) {
        let row = rows[index]
        guard row.level < Self.lowest, !row.amounts.isEmpty, !row.isCounted, !row.isTotal, parts[row.number] == nil
        else {
            return
        }
        let below = rows[(index + 1)...].prefix { $0.level > row.level && !$0.isTotal }
        let lines = below.filter { sums[$0.number] == nil && parts[$0.number] == nil && !$0.amounts.isEmpty }
        // Without a number of their own they may be anything that follows, but for lines that are counted.
        guard !lines.isEmpty, lines.contains(where: { $0.level < Self.lowest || $0.isCounted }) else { return }
        let isSum = sums[row.number] != nil
        for (column, stated) in row.amounts {
            let found = lines.compactMap { $0.amounts[column] }
            guard !found.isEmpty, let sum = try? ExactDecimal.sum(found), sum != stated,
                let address = CellAddress(column: column, row: row.number)
            else { continue }
            // A formula was held against its cells already.
            if !isSum {
                odd.append(Odd(address: address.description, name: row.name, stated: stated, found: sum, isAbove: true))
            }
        }
        sums[row.number] = row.name
    }

    /// Totals that somebody has typed: 小计, 合计. Which rows one sums up is seen from what it says: those since any total or heading above it, several
    /// totals above it, or those below; only one that none of these come to is odd. Nothing is said where some of the rows have no number.
    ///
    /// - Parameter carried: what the rows of the same table come to that stand above it under another head.
    private mutating func checkTotals(_ rows: [Row], _ column: Int, carried: ExactDecimal) {
        /// Sums of the lines before each row, and the places from which a total may count.
        var (reached, starts, totals) = (ExactDecimal.zero, [ExactDecimal.zero], [ExactDecimal]())
        var (before, lines, unread) = ([ExactDecimal](), 0, [Int]())
        /// Those of the starts behind the last row that has no number.
        var sure: [ExactDecimal] = []
        let carriedStarts: [ExactDecimal] = carried.isZero ? [] : [(try? ExactDecimal.zero - carried) ?? .zero]
        var found: [(index: Int, stated: ExactDecimal, since: ExactDecimal, candidates: Set<ExactDecimal>)] = []
        for (index, row) in rows.enumerated() {
            before.append(reached)
            let isTotal = row.isTotal || row.isCalledSum && !row.isCounted
            // What is left of a total is no sum of rows.
            if below.contains(where: { $0.row == row.number }) { continue }
            if isTotal {
                guard let stated = row.amounts[column] else { continue }
                var candidates = Set((starts + carriedStarts).compactMap { try? reached - $0 })
                var sum = ExactDecimal.zero
                for total in totals.reversed() {
                    sum = (try? sum + total) ?? sum
                    candidates.insert(sum)
                }
                if row.computed.contains(column) {
                    // A formula was held against its cells.
                } else if unread.isEmpty {
                    // Behind a total without a line since, it is everything that it sums up.
                    let last = starts.last ?? .zero
                    let isWhole = last == reached || !rows[(index + 1)...].contains { $0.isTotal || $0.isCalledSum }
                    let since = (try? reached - (isWhole ? .zero : last)) ?? reached
                    if lines > 0 { found.append((index, stated, since, candidates)) }
                } else if !sure.contains(where: { (try? reached - $0) == stated }) {
                    // Only a total of everything above it can be reckoned back.
                    let missing = unread.count == 1 && totals.isEmpty ? try? stated - reached : nil
                    note(row, column, stated, unread, missing: missing)
                }
                totals.append(stated)
                starts.append(reached)
                sure.append(reached)
            } else if sums[row.number] != nil {
                starts.append(reached)
                sure.append(reached)
            } else if parts[row.number] == nil {
                if row.unread.contains(column) {
                    unread.append(row.number)
                    sure = []
                }
                guard let amount = row.amounts[column] else { continue }
                (reached, lines) = ((try? reached + amount) ?? reached, lines + 1)
            }
        }
        before.append(reached)
        for total in found where !total.candidates.contains(total.stated) {
            // One that stands above its rows.
            if before[(total.index + 1)...].contains(where: { (try? $0 - before[total.index]) == total.stated }) {
                continue
            }
            guard let address = CellAddress(column: column, row: rows[total.index].number) else { continue }
            odd.append(
                Odd(
                    address: address.description,
                    name: rows[total.index].name,
                    stated: total.stated,
                    found: total.since,
                    isAbove: false
                )
            )
        }
    }

    private mutating func note(
        _ row: Row,
        _ column: Int,
        _ stated: ExactDecimal,
        _ unread: [Int],
        missing: ExactDecimal?
    ) {
        guard let address = CellAddress(column: column, row: row.number) else { return }
        unchecked.append(
            Unchecked(
                address: address.description,
                name: row.name,
                stated: stated,
                cells: unread.compactMap { CellAddress(column: column, row: $0)?.description },
                missing: missing.flatMap { $0.isNegative || $0.isZero ? nil : $0 }
            )
        )
    }

    /// Whether the row is no line; what it is called is noted.
    func leavesOut(_ row: Int, _ notes: inout SheetNotes) -> Bool {
        if let name = sums[row] {
            notes.total(row, name)
            return true
        }
        if let name = parts[row] {
            notes.part(row, name)
            return true
        }
        return false
    }

    // MARK: Numbers of rows

    private static let numerals = Set("一二三四五六七八九十")

    /// 一、 is 1, （一） is 2, 1. and a bare 1 are 3, 1.1 and （1） are 4; `nil` for what begins with no number.
    static func level(of text: String) -> Int? {
        var rest = text.drop(while: \.isWhitespace)
        let isBracketed = rest.first.map { "(（".contains($0) } ?? false
        if isBracketed { rest = rest.dropFirst() }
        let chinese = rest.prefix { numerals.contains($0) }
        let digits = rest.prefix { $0.isNumber && $0.isASCII }
        let number = chinese.isEmpty ? digits : chinese
        guard !number.isEmpty, number.count <= 3 else { return nil }
        let behind = rest.dropFirst(number.count)
        if isBracketed {
            guard let next = behind.first, ")）".contains(next) else { return nil }
            return chinese.isEmpty ? 4 : 2
        }
        guard let next = behind.first else { return chinese.isEmpty ? 3 : 1 }
        if !chinese.isEmpty { return "、.．，,： :".contains(next) ? 1 : nil }
        if ".．".contains(next), behind.dropFirst().first?.isNumber ?? false {
            // 1.1, and no 1.5 米.
            let last = behind.dropFirst().drop { $0.isNumber }
            return last.isEmpty || last.first.map { !$0.isNumber && "、.． ".contains($0) || $0.isLetter } ?? false
                ? 4 : nil
        }
        return "、.．)）".contains(next) ? 3 : nil
    }
}
