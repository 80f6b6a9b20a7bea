internal import ReviewModel

/// A query in brackets inside an expression. What does not look at the row that the expression is computed for runs once;
/// else the plan may be able to answer for all rows at once; else it runs for each of them.
class QueryComputation: Computation {
    let plan: QueryPlan
    /// Of the query that the expression stands in.
    private let level: Int
    private let remembered: Remembered<Value>

    init(_ plan: QueryPlan, level: Int, kind: Kind?, offset: Int, of parts: [Computation] = []) {
        (self.plan, self.level) = (plan, level)
        remembered = Remembered(plan.levels)
        super.init(kind, offset: offset, isSafe: false, of: parts)
        look(at: plan.levels.without(level))
        // Which tables of its row it looks at is not followed.
        if looksAtRow { look(atSources: .max) }
    }

    final var looksAtRow: Bool { plan.levels.contains(level) }

    /// What the query says, for the rows that the queries around are at.
    func answer(_ run: Run) throws(QueryError) -> Value { .null }

    /// What it says for all rows at once; `nil` where it cannot.
    func answers(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector? { nil }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        if batch.count == 0 { return .constant(.null) }
        if run.optimises {
            if !looksAtRow {
                return .constant(
                    try remembered.value(run, size: { _ in 64 }) { () throws(QueryError) in try answer(run) }
                )
            }
            if let vector = try answers(batch, run) { return vector }
        }
        return try forEachRow(batch, run) { _ throws(QueryError) in try answer(run) }
    }

    final func forEachRow(
        _ batch: Batch,
        _ run: Run,
        _ body: (_ row: Int) throws(QueryError) -> Value
    ) throws(QueryError) -> Vector {
        var values: [Value] = []
        values.reserveCapacity(batch.count)
        for row in 0..<batch.count {
            try run.spend(1)
            values.append(
                try run.with(batch, row: row, level: level) { () throws(QueryError) in
                    try run.temporarily { () throws(QueryError) in try body(row) }
                }
            )
        }
        return .packed(values)
    }
}

/// `(SELECT …)` as a value.
final class ScalarQuery: QueryComputation {
    init(_ plan: QueryPlan, level: Int, offset: Int) throws(QueryError) {
        guard plan.columns.count == 1 else {
            throw QueryError(
                .wrongUse,
                offset,
                zh: "括号内的查询应只有一列，实有 \(plan.columns.count) 列",
                en: "the query in brackets should have one column, it has \(plan.columns.count)"
            )
        }
        super.init(plan, level: level, kind: plan.columns[0].kind, offset: offset)
    }

    override func answer(_ run: Run) throws(QueryError) -> Value {
        try plan.rows.open(run)
        var (value, count) = (Value.null, 0)
        while let batch = try plan.rows.next(run) {
            if count == 0 { value = batch.columns[0].value(0) }
            count += batch.count
        }
        if count <= 1 { return value }
        throw QueryError(
            .wrongValue,
            offset,
            zh: "括号内的查询应只有一个值，实有 \(count) 行",
            en: "the query in brackets should have one value, it has \(count) rows"
        )
    }

    override func answers(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector? {
        try plan.groupedAnswer?.answers(batch, run)
    }
}

/// `EXISTS (SELECT …)`.
final class Existence: QueryComputation {
    init(_ plan: QueryPlan, level: Int, offset: Int) {
        super.init(plan, level: level, kind: .truth, offset: offset)
    }

    override func answer(_ run: Run) throws(QueryError) -> Value {
        try plan.rows.open(run)
        return .boolean(try plan.rows.next(run) != nil)
    }

    override func answers(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector? {
        try plan.existingKeys?.answers(batch, run)
    }
}

/// `IN (SELECT …)`.
final class QueryMembership: QueryComputation {
    private let operand: Computation
    private let negated: Bool
    private let members: Remembered<MemberSet>

    init(
        _ operand: Computation,
        _ plan: QueryPlan,
        negated: Bool,
        level: Int,
        offset: Int
    ) throws(QueryError) {
        guard plan.columns.count == 1 else {
            throw QueryError(
                .wrongUse,
                offset,
                zh: "IN 后的查询应只有一列，实有 \(plan.columns.count) 列",
                en: "the query behind IN should have one column, it has \(plan.columns.count)"
            )
        }
        if let one = operand.kind, let other = plan.columns[0].kind, one != other || one == .list {
            throw incomparable(one.name, other.name, offset)
        }
        (self.operand, self.negated, members) = (operand, negated, Remembered(plan.levels))
        super.init(plan, level: level, kind: .truth, offset: offset, of: [operand])
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        if batch.count == 0 { return .constant(.null) }
        let wanted = try operand.evaluate(batch, run)
        if run.optimises, !looksAtRow {
            try run.spend(batch.count)
            return try memberSet(run).test(wanted, batch.count, negated, offset, run)
        }
        return try forEachRow(batch, run) { row throws(QueryError) in
            try memberSet(run).test(wanted.slice(row..<row + 1), 1, negated, offset, run).value(0)
        }
    }

    private func memberSet(_ run: Run) throws(QueryError) -> MemberSet {
        try members.value(run, size: \.byteCount) { () throws(QueryError) in
            var (set, encoder) = (MemberSet(), KeyEncoder())
            try plan.rows.open(run)
            while let batch = try plan.rows.next(run) {
                for row in 0..<batch.count {
                    set.add(batch.columns[0], row, &encoder)
                    try run.spend(onTextBytes: encoder.key.count)
                }
            }
            return set
        }
    }
}
