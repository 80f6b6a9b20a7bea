import BudgetLines
import ExcelBooks
import ReviewModel

/// The requested lines of whatever table they stand in, each with what the review made of it.
struct LineList {
    /// The table that the lines are rows of; `nil` where nothing was adjusted.
    let table: Table?
    /// One an adjustment and one a row without, in the order of the table; lines that are in no table come last.
    private(set) var entries: [LineEntry] = []
    /// The column of the table that holds what was requested; `nil` where none has just these numbers.
    let requestColumn: Int?
    /// The positions of the entries by the ids that deductions name.
    let positions: [String: Int]
    let total: Amounts

    init(_ review: Review, _ dossier: Dossier) throws {
        table = Self.tableName(review.adjustments).flatMap(dossier.table)
        var byRow: [Int: Int] = [:]
        var rest: [Int] = []
        for (position, adjustment) in review.adjustments.enumerated() {
            if let row = Self.row(adjustment.pointer, of: table?.name), row < table?.rowCount ?? 0, byRow[row] == nil {
                byRow[row] = position
            } else {
                rest.append(position)
            }
        }
        entries.reserveCapacity(review.adjustments.count)
        if !review.adjustments.isEmpty {
            for row in 0..<(table?.rowCount ?? 0) {
                entries.append(try LineEntry(row: row, adjustment: byRow[row].map { review.adjustments[$0] }))
            }
        }
        for position in rest { entries.append(try LineEntry(row: nil, adjustment: review.adjustments[position])) }
        positions = Dictionary(
            entries.enumerated().compactMap { entry in entry.element.adjustment.map { ($0.subject, entry.offset) } }
        ) { first, _ in first }
        total = try Amounts.sum(entries.compactMap(\.amounts))
        requestColumn = table.flatMap { [entries] in Self.requestColumn(of: $0, entries) }
    }

    /// The table that most adjustments point into.
    static func tableName(_ adjustments: [Adjustment]) -> String? {
        var counts: [String: Int] = [:]
        // A few say as much as all.
        for adjustment in adjustments.prefix(1000) {
            guard let tokens = adjustment.pointer?.tokens, tokens.count >= 3, tokens[0] == "tables" else { continue }
            counts[tokens[1], default: 0] += 1
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private static func row(_ pointer: JSONPointer?, of table: String?) -> Int? {
        guard let tokens = pointer?.tokens, tokens.count >= 3, tokens[1] == table else { return nil }
        return Int(tokens[2]).flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func requestColumn(of table: Table, _ entries: [LineEntry]) -> Int? {
        table.schema.columns.indices.last { position in
            let column = table.schema.columns[position]
            guard column.type == .decimal else { return false }
            let numbers = table.decimals(column.name)
            return entries.allSatisfy { entry in
                guard let row = entry.row, let amounts = entry.amounts else { return true }
                return numbers[row] == amounts.requested
            }
        }
    }
}

/// A requested line.
struct LineEntry {
    /// Its row in the table of the lines.
    var row: Int?
    /// `nil` for a row that the review says nothing of.
    var adjustment: Adjustment?
    var amounts: Amounts?

    init(row: Int?, adjustment: Adjustment?) throws {
        (self.row, self.adjustment) = (row, adjustment)
        amounts = try adjustment?.amounts()
    }

    /// Whether a spreadsheet can reckon with the line's amounts.
    var isExact: Bool {
        guard let amounts else { return true }
        return amounts.sums.allSatisfy { $0.sum.cellNumber != nil }
    }
}
