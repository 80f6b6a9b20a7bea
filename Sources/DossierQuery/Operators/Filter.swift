internal import ReviewModel

/// The rows for which all conditions hold.
final class Filter: Operator {
    private let input: Operator
    private let conditions: [Computation]
    /// Columns that the conditions count before those of the input.
    private let before: [Vector]

    init(_ input: Operator, _ conditions: [Computation], behind width: Int = 0) {
        (self.input, self.conditions) = (input, conditions)
        before = Array(repeating: .constant(.null), count: width)
        super.init(width: input.width)
    }

    override func open(_ run: Run) throws(QueryError) { try input.open(run) }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        while var batch = try input.next(run) {
            try run.spend(batch.count)
            for condition in conditions where batch.count > 0 {
                let whole = before.isEmpty ? batch : Batch(count: batch.count, columns: before + batch.columns)
                let flags = try run.temporarily { () throws(QueryError) in try condition.truths(whole, run) }
                batch = batch.select(where: flags)
            }
            if batch.count > 0 { return batch }
        }
        return nil
    }
}

/// What `SELECT` lists, for every row.
final class Projection: Operator {
    private let input: Operator
    private let items: [Computation]

    init(_ input: Operator, _ items: [Computation]) {
        (self.input, self.items) = (input, items)
        super.init(width: items.count)
    }

    override func open(_ run: Run) throws(QueryError) { try input.open(run) }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        guard let batch = try input.next(run) else { return nil }
        try run.spend(batch.count)
        var columns: [Vector] = []
        for item in items {
            columns.append(
                try run.temporarily { () throws(QueryError) in try item.evaluate(batch, run) }
            )
        }
        return Batch(count: batch.count, columns: columns)
    }
}
