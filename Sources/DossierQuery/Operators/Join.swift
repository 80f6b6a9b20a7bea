internal import ReviewModel

/// The rows so far with the rows of one more table: tried one by one, or looked up where the condition asks for equality.
final class Join: Operator {
    private let left: Operator
    private let right: Operator
    /// Equal on both sides; each looks only at its own.
    private let keys: [(left: Computation, right: Computation)]
    private let conditions: [Computation]
    private let keepsLeft: Bool
    private let stored: Remembered<JoinedRows>

    private var rows: JoinedRows?
    private var batch: Batch?
    private var bounds: [Range<Int>] = []
    private var row = 0
    private var candidate = 0
    private var hasPartner = false

    init(
        _ left: Operator,
        _ right: Operator,
        keys: [(left: Computation, right: Computation)],
        conditions: [Computation],
        keepsLeft: Bool,
        rightLevels: Levels
    ) {
        (self.left, self.right, self.keys, self.conditions) = (left, right, keys, conditions)
        self.keepsLeft = keepsLeft
        stored = Remembered(rightLevels)
        super.init(width: left.width + right.width)
    }

    override func open(_ run: Run) throws(QueryError) {
        try left.open(run)
        let (right, keys, leftWidth) = (right, keys.map(\.right), left.width)
        rows = try stored.value(run, size: \.byteCount) { () throws(QueryError) in
            return try JoinedRows(try right.whole(run), keys: keys, behind: leftWidth, run)
        }
        batch = nil
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        guard let rows else { return nil }
        while true {
            if batch == nil || row >= bounds.count {
                guard let next = try left.next(run) else { return nil }
                (batch, row, hasPartner) = (next, 0, false)
                bounds = try rows.candidates(of: next, keys.map(\.left), run)
                candidate = bounds.first?.lowerBound ?? 0
            }
            guard let batch else { return nil }
            let pairs = nextPairs(rows)
            if pairs.left.isEmpty { continue }
            try run.spend(pairs.left.count)
            let joined = Batch(
                count: pairs.left.count,
                columns: batch.columns.map { $0.gather(pairs.left) } + rows.store.columns.map { $0.gather(pairs.right) }
            )
            let kept = try kept(joined, pairs.right, run)
            if kept.count > 0 { return kept }
        }
    }

    /// Pairs of rows to be tried. Where the left rows are kept, each of them ends with a pair that has no right one.
    private func nextPairs(_ rows: JoinedRows) -> (left: [Int32], right: [Int32]) {
        var (lefts, rights) = ([Int32](), [Int32]())
        while row < bounds.count, lefts.count < Batch.size {
            let end = min(bounds[row].upperBound, candidate + Batch.size - lefts.count)
            while candidate < end {
                lefts.append(Int32(row))
                rights.append(rows.position(candidate))
                candidate += 1
            }
            if candidate < bounds[row].upperBound { break }
            if keepsLeft {
                lefts.append(Int32(row))
                rights.append(-1)
            }
            row += 1
            if row < bounds.count { candidate = bounds[row].lowerBound }
        }
        return (lefts, rights)
    }

    private func kept(_ joined: Batch, _ rights: [Int32], _ run: Run) throws(QueryError) -> Batch {
        if conditions.isEmpty, !keepsLeft { return joined }
        var flags = [UInt8](repeating: Vector.yes, count: joined.count)
        for condition in conditions {
            let open = flags.indices.filter { flags[$0] == Vector.yes && rights[$0] >= 0 }.map(Int32.init)
            let holds = try run.temporarily { () throws(QueryError) in
                try condition.truths(joined.select(open), run)
            }
            for (index, row) in open.enumerated() { flags[Int(row)] = holds[index] }
        }
        if keepsLeft {
            for row in flags.indices {
                if rights[row] >= 0 {
                    if flags[row] == Vector.yes { hasPartner = true }
                } else {
                    flags[row] = hasPartner ? Vector.no : Vector.yes
                    hasPartner = false
                }
            }
        }
        return joined.select(where: flags)
    }
}

/// The right side of a join, and where its rows stand by their keys.
struct JoinedRows {
    let store: RowStore
    private var table = KeyTable()
    /// The rows by keys: those of key n are `order[starts[n]..<starts[n + 1]]`. Empty where there are no keys.
    private var order: [Int32] = []
    private var starts: [Int] = []

    /// - Parameter width: how many columns stand before those of the store.
    init(_ store: RowStore, keys: [Computation], behind width: Int, _ run: Run) throws(QueryError) {
        self.store = store
        if keys.isEmpty { return }
        let whole = Batch(
            count: store.count,
            columns: Array(repeating: .constant(.null), count: width) + store.columns
        )
        var (vectors, numbers, encoder) = ([Vector](), [Int32](), KeyEncoder())
        for key in keys { vectors.append(try key.evaluate(whole, run)) }
        try run.spend(store.count)
        numbers.reserveCapacity(store.count)
        for row in 0..<store.count {
            try encoder.encode(vectors, row, run)
            numbers.append(encoder.hasMissing ? -1 : Int32(table.add(encoder.key).number))
        }
        starts = Array(repeating: 0, count: table.count + 1)
        for number in numbers where number >= 0 { starts[Int(number) + 1] += 1 }
        for number in 0..<table.count { starts[number + 1] += starts[number] }
        order = Array(repeating: 0, count: starts[table.count])
        var filled = starts
        for (row, number) in numbers.enumerated() where number >= 0 {
            order[filled[Int(number)]] = Int32(row)
            filled[Int(number)] += 1
        }
    }

    var byteCount: Int { store.byteCount + table.byteCount + order.count * 4 + starts.count * 8 }

    /// The row behind a candidate.
    func position(_ candidate: Int) -> Int32 { starts.isEmpty ? Int32(candidate) : order[candidate] }

    /// For every row of the batch, the candidates that may belong to it.
    func candidates(of batch: Batch, _ keys: [Computation], _ run: Run) throws(QueryError) -> [Range<Int>] {
        if keys.isEmpty { return Array(repeating: 0..<store.count, count: batch.count) }
        var (vectors, encoder) = ([Vector](), KeyEncoder())
        for key in keys { vectors.append(try key.evaluate(batch, run)) }
        return try (0..<batch.count).map { row throws(QueryError) in
            try encoder.encode(vectors, row, run)
            return range(of: encoder)
        }
    }

    private func range(of encoder: KeyEncoder) -> Range<Int> {
        guard !encoder.hasMissing, let number = table.find(encoder.key) else { return 0..<0 }
        return starts[number]..<starts[number + 1]
    }

    /// The rows for one key; for keys that are the same for all rows.
    func rows(of keys: [Vector], _ run: Run) throws(QueryError) -> ArraySlice<Int32> {
        var encoder = KeyEncoder()
        try encoder.encode(keys, 0, run)
        return order[range(of: encoder)]
    }
}
