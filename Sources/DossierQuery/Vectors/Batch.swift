/// Some rows that are worked on together, column by column.
struct Batch {
    var count: Int
    /// One a slot of the query's rows. Columns that nobody reads are a constant.
    var columns: [Vector]

    /// Rows of a batch: few enough for a processor's cache, enough to make a step's own cost vanish.
    static let size = 2048

    func select(_ rows: [Int32]) -> Batch {
        if rows.count == count { return self }
        return Batch(count: rows.count, columns: columns.map { $0.gather(rows) })
    }

    /// The rows for which `flags` says yes.
    func select(where flags: [UInt8]) -> Batch {
        var rows: [Int32] = []
        rows.reserveCapacity(count)
        for row in 0..<count where flags[row] == Vector.yes { rows.append(Int32(row)) }
        return select(rows)
    }

    var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
}

/// All rows of a part of a query, held until it is no longer needed.
struct RowStore {
    var count = 0
    var columns: [Vector]

    init(count: Int, columns: [Vector]) { (self.count, self.columns) = (count, columns) }

    init(_ batches: [Batch], width: Int) {
        count = batches.reduce(0) { $0 + $1.count }
        columns = (0..<width).map { slot in
            batches.isEmpty ? .values([]) : .concatenated(batches.map { ($0.columns[slot], $0.count) })
        }
    }

    /// At most ``Batch/size`` rows from `start` on; `nil` behind the end.
    func batch(from start: Int) -> Batch? {
        guard start < count else { return nil }
        let range = start..<min(count, start + Batch.size)
        if range.count == count { return Batch(count: count, columns: columns) }
        return Batch(count: range.count, columns: columns.map { $0.slice(range) })
    }

    var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
}
