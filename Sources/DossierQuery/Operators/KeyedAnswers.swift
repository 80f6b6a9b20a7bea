internal import ReviewModel

/// Answers a query of one aggregate for all rows of the query around it at once. `(SELECT sum(paid) FROM history WHERE
/// line = lines.id)` is grouped by `line`, once, and looked up.
final class GroupedAnswer {
    /// Look at the rows of the query around only.
    private let outerKeys: [Computation]
    private let aggregation: Aggregation
    private let item: Computation
    private let remembered: Remembered<Answers>
    private var isOutOfReach = false

    private struct Answers {
        var keys: KeyTable
        /// By number of the key; the answer for rows without a partner comes last.
        var values: Vector
        var byteCount: Int { keys.byteCount + values.byteCount }
    }

    /// The keys of `aggregation` are equal to `outerKeys` in the query.
    init(_ aggregation: Aggregation, item: Computation, outerKeys: [Computation], levels: Levels) {
        (self.aggregation, self.item, self.outerKeys) = (aggregation, item, outerKeys)
        remembered = Remembered(levels)
    }

    /// `nil` where a group that is perhaps never asked for is an error.
    func answers(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector? {
        if isOutOfReach { return nil }
        let answers: Answers
        do throws(QueryError) {
            answers = try remembered.value(run, size: \.byteCount) { () throws(QueryError) in try compute(run) }
        } catch {
            if error.isFinal { throw error }
            isOutOfReach = true
            return nil
        }
        var (vectors, rows, encoder) = ([Vector](), [Int32](), KeyEncoder())
        for key in outerKeys { vectors.append(try key.evaluate(batch, run)) }
        try run.spend(batch.count)
        for row in 0..<batch.count {
            try encoder.encode(vectors, row, run)
            let number = encoder.hasMissing ? nil : answers.keys.find(encoder.key)
            rows.append(Int32(number ?? answers.keys.count))
        }
        return answers.values.gather(rows)
    }

    private func compute(_ run: Run) throws(QueryError) -> Answers {
        let groups = try aggregation.collect(run)
        let batch = Batch(count: groups.count, columns: groups.columns)
        let found = try item.evaluate(batch, run)
        let missing = try item.evaluate(try aggregation.emptyGroup(), run)
        let pieces = groups.count == 0 ? [(missing, 1)] : [(found, groups.count), (missing, 1)]
        // One value for one row, so that constants among them are told apart.
        let values = Vector.concatenated(pieces.map { (Self.spread($0.0, $0.1), $0.1) })
        return Answers(keys: aggregation.table, values: values)
    }

    private static func spread(_ vector: Vector, _ count: Int) -> Vector {
        guard case .constant(let value) = vector, !value.isNull else { return vector }
        return .packed(Array(repeating: value, count: count))
    }
}

/// Answers `EXISTS (SELECT … WHERE inner = outer)` for all rows of the query around it at once.
final class ExistingKeys {
    private let input: Operator
    private let keys: [(inner: Computation, outer: Computation)]
    private let remembered: Remembered<KeyTable>
    private var isOutOfReach = false

    init(_ input: Operator, _ keys: [(inner: Computation, outer: Computation)], levels: Levels) {
        (self.input, self.keys) = (input, keys)
        remembered = Remembered(levels)
    }

    /// `nil` where a row that is perhaps never asked for is an error.
    func answers(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector? {
        if isOutOfReach { return nil }
        let table: KeyTable
        do throws(QueryError) {
            table = try remembered.value(run, size: \.byteCount) { () throws(QueryError) in try compute(run) }
        } catch {
            if error.isFinal { throw error }
            isOutOfReach = true
            return nil
        }
        var (vectors, flags, encoder) = ([Vector](), [UInt8](), KeyEncoder())
        for key in keys { vectors.append(try key.outer.evaluate(batch, run)) }
        try run.spend(batch.count)
        for row in 0..<batch.count {
            try encoder.encode(vectors, row, run)
            flags.append(!encoder.hasMissing && table.find(encoder.key) != nil ? Vector.yes : Vector.no)
        }
        return .flags(flags)
    }

    private func compute(_ run: Run) throws(QueryError) -> KeyTable {
        var (table, encoder) = (KeyTable(), KeyEncoder())
        try input.open(run)
        while let batch = try input.next(run) {
            try run.spend(batch.count)
            var vectors: [Vector] = []
            for key in keys { vectors.append(try key.inner.evaluate(batch, run)) }
            for row in 0..<batch.count {
                try encoder.encode(vectors, row, run)
                if !encoder.hasMissing { _ = table.add(encoder.key) }
            }
        }
        return table
    }
}
