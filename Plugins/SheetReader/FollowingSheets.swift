import ReviewModel
import Tables

/// Sheets that fill the columns of one that was read, whose rows go on with its rows: 人员 and 设备 of one budget.
///
/// What says the same again, the lines of another draft or the details of a sum, would count twice and is left to people.
enum FollowingSheets {
    /// - Parameter read: reads the table from one sheet.
    static func among(_ sheets: [String], after first: Table, read: (String) throws -> Table) rethrows -> [String] {
        var (following, before) = ([String](), [first])
        for sheet in sheets {
            let table = try read(sheet)
            guard table.rowCount > 0, before.allSatisfy({ !saysAgain(table, $0) }) else { continue }
            following.append(sheet)
            before.append(table)
        }
        return following
    }

    /// Whether a table holds what another one does, or its sums or details.
    static func saysAgain(_ table: Table, _ other: Table) -> Bool {
        haveNames(table, other) || areSums(table, other)
    }

    /// Whether half of what one of them names stands in the other, too, in any column that tells its rows apart.
    private static func haveNames(_ table: Table, _ other: Table) -> Bool {
        let columns = table.schema.columns.filter { $0.type == .text }.compactMap { column in
            names(table, column.name).flatMap { own in names(other, column.name).map { (own: own, others: $0) } }
        }
        // What things are counted in, 人 and 台, tells few rows apart by chance; names are longer.
        func isShort(_ names: Set<String>) -> Bool { names.allSatisfy { $0.count == 1 } }
        let hasNames = columns.contains { !isShort($0.own) || !isShort($0.others) }
        return columns.contains { own, others in
            if hasNames, isShort(own), isShort(others) { return false }
            return own.intersection(others).count * 2 >= min(own.count, others.count)
        }
    }

    /// The texts of a column in which every row has its own.
    private static func names(_ table: Table, _ column: String) -> Set<String>? {
        guard let position = table.schema.position(of: column) else { return nil }
        var names = Set<String>()
        for row in 0..<table.rowCount {
            guard case .text(let text) = table.cell(row: row, column: position), names.insert(text).inserted else {
                return nil
            }
        }
        return names.isEmpty ? nil : names
    }

    /// Whether one of them comes to what the other does, to one of its amounts, or to several that follow one another.
    private static func areSums(_ table: Table, _ other: Table) -> Bool {
        // Prices stand before what they come to.
        table.schema.columns.filter(\.isMoney).suffix(1).contains { column in
            guard let own = amounts(table, column.name), let others = amounts(other, column.name),
                let sum = try? ExactDecimal.sum(own), let otherSum = try? ExactDecimal.sum(others)
            else { return false }
            return sum == otherSum || table.rowCount > 1 && hasRun(of: sum, in: others)
                || other.rowCount > 1 && hasRun(of: otherSum, in: own)
        }
    }

    /// Whether amounts that follow one another, or one of them, come to a sum.
    private static func hasRun(of sum: ExactDecimal, in amounts: [ExactDecimal]) -> Bool {
        var (before, reached) = (Set<ExactDecimal>([.zero]), ExactDecimal.zero)
        for amount in amounts {
            guard let next = try? reached + amount, let start = try? next - sum else { return false }
            if before.contains(start) { return true }
            before.insert(next)
            reached = next
        }
        return false
    }

    private static func amounts(_ table: Table, _ column: String) -> [ExactDecimal]? {
        guard let position = table.schema.position(of: column) else { return nil }
        let amounts = (0..<table.rowCount).compactMap { table.cell(row: $0, column: position).decimal }
        return amounts.isEmpty ? nil : amounts
    }
}
