internal import ReviewModel

/// Which steps filled the rows of a table, one after another.
struct FilledRows: Sendable {
    private var parts: [(first: Int, step: String)] = []

    /// A table whose rows all are from one step.
    init(step: String) { parts = [(0, step)] }

    /// A table whose rows from `first` on are from one step, and those before from the spec.
    init(step: String, from first: Int) { parts = [(first, step)] }

    /// Rows from `first` on are from another step.
    mutating func append(step: String, from first: Int) { parts.append((first, step)) }

    /// The step that a row is from; `nil` for a row of the spec. Without a row, the last that filled the table.
    func step(ofRow row: Int?) -> String? {
        guard let row else { return parts.last?.step }
        return parts.last { $0.first <= row }?.step
    }
}

extension Table {
    /// Rows from `start` on that are the same as an earlier one, apart from the column `key`, each with that one; at most `limit`.
    func repeatedRows(from start: Int, apartFrom key: String?, limit: Int) -> [(row: Int, earlier: Int)] {
        let columns = schema.columns.indices.filter { schema.columns[$0].name != key }
        guard !columns.isEmpty, start < rowCount else { return [] }
        // By their hashes first: the cells of a million rows are not held twice.
        var (first, found) = ([Int: [Int]](), [(Int, Int)]())
        for row in 0..<rowCount where found.count < limit {
            var hasher = Hasher()
            for column in columns { hasher.combine(cell(row: row, column: column)) }
            let hash = hasher.finalize()
            let earlier = first[hash]?.first { earlier in
                columns.allSatisfy { cell(row: row, column: $0) == cell(row: earlier, column: $0) }
            }
            if let earlier {
                if row >= start { found.append((row, earlier)) }
            } else {
                first[hash, default: []].append(row)
            }
        }
        return found
    }
}
