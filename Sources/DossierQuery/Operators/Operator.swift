/// A step of a plan, which hands on its rows batch by batch when it is asked for them.
class Operator {
    /// How many columns its batches have.
    let width: Int

    init(width: Int) { self.width = width }

    /// Begins, anew if it ran before.
    func open(_ run: Run) throws(QueryError) {}

    /// The next rows, at least one; `nil` when there are no more.
    func next(_ run: Run) throws(QueryError) -> Batch? { nil }

    /// All rows at once, shared with whoever holds them already.
    func whole(_ run: Run) throws(QueryError) -> RowStore { try collect(run) }

    /// All rows at once. The rows are counted, the bytes are not held: whoever keeps them does that.
    final func collect(_ run: Run) throws(QueryError) -> RowStore {
        try open(run)
        var (batches, rows, bytes) = ([Batch](), 0, 0)
        // Whatever happens, what was held for the batches is not held any more: the store is what remains.
        defer { run.release(bytes) }
        while let batch = try next(run) {
            rows += batch.count
            try run.check(rowCount: rows)
            let size = batch.byteCount
            bytes += size
            try run.hold(size)
            batches.append(batch)
        }
        return RowStore(batches, width: width)
    }
}

/// Rows that are held already.
final class StoredRows: Operator {
    private let store: (Run) throws(QueryError) -> RowStore
    private var rows: RowStore?
    private var position = 0

    init(width: Int, _ store: @escaping (Run) throws(QueryError) -> RowStore) {
        self.store = store
        super.init(width: width)
    }

    override func open(_ run: Run) throws(QueryError) {
        rows = try store(run)
        position = 0
    }

    override func whole(_ run: Run) throws(QueryError) -> RowStore {
        let rows = try store(run)
        try run.spend(rows.count)
        return rows
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        guard let batch = rows?.batch(from: position) else { return nil }
        position += batch.count
        try run.spend(batch.count)
        return batch
    }
}

/// One row of nothing: what `SELECT` without `FROM` looks at.
final class SingleRow: Operator {
    private var isDone = false

    init() { super.init(width: 0) }

    override func open(_ run: Run) { isDone = false }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        if isDone { return nil }
        isDone = true
        try run.spend(1)
        return Batch(count: 1, columns: [])
    }
}
