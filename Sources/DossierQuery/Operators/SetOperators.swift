internal import ReviewModel

/// Every row once, the first of its kind.
final class Distinct: Operator {
    private let input: Operator
    /// How many columns, from the first on, make a row what it is.
    private let compared: Int
    private var seen = KeyTable()
    private var heldBytes = 0

    init(_ input: Operator, compared: Int) {
        (self.input, self.compared) = (input, compared)
        super.init(width: input.width)
    }

    override func open(_ run: Run) throws(QueryError) {
        run.release(heldBytes)
        (seen, heldBytes) = (KeyTable(), 0)
        try input.open(run)
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        while let batch = try input.next(run) {
            try run.spend(batch.count)
            let kept = try seen.newRows(Array(batch.columns.prefix(compared)), batch.count, &heldBytes, run)
            if !kept.isEmpty { return batch.select(kept) }
        }
        return nil
    }
}

/// The rows of several queries, one behind the other.
final class UnionOf: Operator {
    private let inputs: [Operator]
    /// Rows of inputs before this one are handed on once each.
    private let firstKept: Int
    private var current = 0
    private var seen = KeyTable()
    private var heldBytes = 0

    init(_ inputs: [Operator], firstKept: Int) {
        (self.inputs, self.firstKept) = (inputs, firstKept)
        super.init(width: inputs[0].width)
    }

    override func open(_ run: Run) throws(QueryError) {
        run.release(heldBytes)
        (seen, heldBytes, current) = (KeyTable(), 0, 0)
        try inputs[0].open(run)
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        while current < inputs.count {
            guard let batch = try inputs[current].next(run) else {
                current += 1
                if current < inputs.count { try inputs[current].open(run) }
                continue
            }
            if current >= firstKept { return batch }
            try run.spend(batch.count)
            let kept = try seen.newRows(batch.columns, batch.count, &heldBytes, run)
            if !kept.isEmpty { return batch.select(kept) }
        }
        return nil
    }
}

extension KeyTable {
    /// The rows whose keys are new; counts what the table grows by.
    mutating func newRows(
        _ vectors: [Vector],
        _ count: Int,
        _ heldBytes: inout Int,
        _ run: Run
    ) throws(QueryError) -> [Int32] {
        var (rows, encoder) = ([Int32](), KeyEncoder())
        for row in 0..<count {
            try encoder.encode(vectors, row, run)
            if add(encoder.key).isNew { rows.append(Int32(row)) }
        }
        let grown = byteCount - heldBytes
        heldBytes += grown
        try run.hold(grown)
        return rows
    }
}

/// `LIMIT` and `OFFSET`.
final class Limit: Operator {
    private let input: Operator
    private let limit: Computation?
    private let skip: Computation?
    private var open = 0
    private var skipped = 0

    init(_ input: Operator, limit: Computation?, skip: Computation?) {
        (self.input, self.limit, self.skip) = (input, limit, skip)
        super.init(width: input.width)
    }

    override func open(_ run: Run) throws(QueryError) {
        open = try count(limit, run) ?? .max
        skipped = try count(skip, run) ?? 0
        try input.open(run)
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        while open > 0, let batch = try input.next(run) {
            if skipped >= batch.count {
                skipped -= batch.count
                continue
            }
            let range = skipped..<min(batch.count, skipped + min(open, batch.count))
            (skipped, open) = (0, open - range.count)
            return batch.select(range.map(Int32.init))
        }
        return nil
    }

    private func count(_ computation: Computation?, _ run: Run) throws(QueryError) -> Int? {
        guard let computation else { return nil }
        let value = try computation.evaluate(Batch(count: 1, columns: []), run).value(0)
        guard let count = value.integer, count >= 0 else {
            throw QueryError(
                .wrongValue,
                computation.offset,
                zh: "LIMIT 和 OFFSET 应为非负整数",
                en: "LIMIT and OFFSET must be whole numbers from 0"
            )
        }
        return count
    }
}
