/// The rows of a query inside another that belong to one row of that: `WHERE inner = outer`, looked up instead of tried.
final class Lookup: Operator {
    private let input: Operator
    /// Look at the rows of the input only.
    private let innerKeys: [Computation]
    /// Look at the rows of the queries around only.
    private let outerKeys: [Computation]
    private let stored: Remembered<JoinedRows>

    private var rows: JoinedRows?
    private var found: ArraySlice<Int32> = []

    init(_ input: Operator, _ keys: [(inner: Computation, outer: Computation)], inputLevels: Levels) {
        (self.input, innerKeys, outerKeys) = (input, keys.map(\.inner), keys.map(\.outer))
        stored = Remembered(inputLevels)
        super.init(width: input.width)
    }

    override func open(_ run: Run) throws(QueryError) {
        let rows = try stored.value(run, size: \.byteCount) { () throws(QueryError) in
            return try JoinedRows(try input.whole(run), keys: innerKeys, behind: 0, run)
        }
        self.rows = rows
        var keys: [Vector] = []
        for key in outerKeys { keys.append(try key.evaluate(Batch(count: 1, columns: []), run)) }
        found = try rows.rows(of: keys, run)
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        guard let rows, !found.isEmpty else { return nil }
        let part = Array(found.prefix(Batch.size))
        found = found.dropFirst(part.count)
        try run.spend(part.count)
        return Batch(count: part.count, columns: rows.store.columns.map { $0.gather(part) })
    }
}
