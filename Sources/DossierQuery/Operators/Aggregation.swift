internal import ReviewModel

/// A function of a whole group, as it stands in the query.
struct AggregateCall {
    var name: String
    /// `nil` for `count(*)`.
    var argument: Computation?
    var isDistinct: Bool
    var offset: Int
}

/// Rows gathered in groups, in one pass, in the order of their first rows. A group has the input's columns as its first row
/// has them, then the keys, then what the functions make of it.
final class Aggregation: Operator {
    private let input: Operator
    private let keys: [Computation]
    private let calls: [AggregateCall]
    /// The columns that are the same in a whole group.
    private let groupedSlots: Set<Int>
    private let emitsKeys: Bool

    private var rows: RowStore?
    private var position = 0
    private var heldBytes = 0
    /// The numbers of the groups by their keys, once it has run.
    private(set) var table = KeyTable()

    init(_ input: Operator, keys: [Computation], calls: [AggregateCall], groupedSlots: Set<Int>, emitsKeys: Bool = true)
    {
        (self.input, self.keys, self.calls) = (input, keys, calls)
        (self.groupedSlots, self.emitsKeys) = (groupedSlots, emitsKeys)
        super.init(width: input.width + (emitsKeys ? keys.count : 0) + calls.count)
    }

    override func open(_ run: Run) throws(QueryError) {
        run.release(heldBytes)
        (rows, position, heldBytes, table) = (nil, 0, 0, KeyTable())
        try input.open(run)
        var groups = Groups(calls)
        while let batch = try input.next(run) { try add(batch, to: &groups, run) }
        if keys.isEmpty, groups.count == 0 {
            // Everything is one group, even if that is nothing.
            groups.count = 1
            groups.grow()
        }
        let store = try result(groups)
        try run.check(rowCount: store.count)
        heldBytes += store.byteCount
        try run.hold(store.byteCount)
        rows = store
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        guard let batch = rows?.batch(from: position) else { return nil }
        position += batch.count
        try run.spend(batch.count)
        return batch
    }

    /// The group of nothing at all.
    func emptyGroup() throws(QueryError) -> Batch {
        var groups = Groups(calls)
        groups.count = 1
        groups.grow()
        let store = try result(groups)
        return Batch(count: 1, columns: store.columns)
    }

    private struct Groups {
        var count = 0
        var accumulators: [Accumulator]
        var seen: [KeyTable]
        /// The first rows of the groups, and their keys.
        var firsts: [Batch] = []

        init(_ calls: [AggregateCall]) {
            accumulators = calls.map { Accumulator.named($0.name, offset: $0.offset) }
            seen = Array(repeating: KeyTable(), count: calls.count)
        }

        func grow() { for accumulator in accumulators { accumulator.grow(to: count) } }
    }

    private func add(_ batch: Batch, to groups: inout Groups, _ run: Run) throws(QueryError) {
        try run.spend(batch.count)
        let before = (table.byteCount, groups.seen.reduce(0) { $0 + $1.byteCount }, groups.count)
        var (vectors, numbers, firstRows, encoder) = ([Vector](), [Int32](), [Int32](), KeyEncoder())
        for key in keys { vectors.append(try key.evaluate(batch, run)) }
        if keys.isEmpty {
            numbers = Array(repeating: 0, count: batch.count)
            if groups.count == 0 { firstRows = [0] }
            groups.count = 1
        } else {
            numbers.reserveCapacity(batch.count)
            for row in 0..<batch.count {
                try encoder.encode(vectors, row, run)
                let (number, isNew) = table.add(encoder.key)
                numbers.append(Int32(number))
                if isNew { firstRows.append(Int32(row)) }
            }
            groups.count = table.count
        }
        if !firstRows.isEmpty {
            let columns = batch.columns.indices.map { slot in
                groupedSlots.contains(slot) ? batch.columns[slot].gather(firstRows) : .constant(.null)
            }
            let keyColumns = emitsKeys ? vectors.map { $0.gather(firstRows) } : []
            groups.firsts.append(Batch(count: firstRows.count, columns: columns + keyColumns))
        }
        groups.grow()
        try run.temporarily { () throws(QueryError) in
            for index in calls.indices { try accumulate(index, batch, numbers, &groups, run) }
        }
        let after = (table.byteCount, groups.seen.reduce(0) { $0 + $1.byteCount }, groups.count)
        let perGroup = calls.count * 48 + 40
        let grown = after.0 - before.0 + after.1 - before.1 + (after.2 - before.2) * perGroup
        heldBytes += grown
        try run.hold(grown)
    }

    private func accumulate(
        _ index: Int,
        _ batch: Batch,
        _ numbers: [Int32],
        _ groups: inout Groups,
        _ run: Run
    ) throws(QueryError) {
        let call = calls[index]
        let vector = try call.argument?.evaluate(batch, run) ?? .constant(.boolean(true))
        guard call.isDistinct else { return try groups.accumulators[index].add(vector, numbers, run) }
        var (members, encoder) = (numbers, KeyEncoder())
        for row in members.indices {
            encoder.begin()
            encoder.append(vector, row)
            try run.spend(onTextBytes: encoder.key.count)
            if encoder.hasMissing { continue }
            encoder.append(number: Int(numbers[row]))
            if !groups.seen[index].add(encoder.key).isNew { members[row] = -1 }
        }
        try groups.accumulators[index].add(vector, members, run)
    }

    private func result(_ groups: Groups) throws(QueryError) -> RowStore {
        let firstWidth = width - calls.count
        var columns: [Vector]
        if groups.firsts.isEmpty {
            columns = Array(repeating: .constant(.null), count: firstWidth)
        } else {
            columns = RowStore(groups.firsts, width: firstWidth).columns
        }
        for accumulator in groups.accumulators {
            var values: [Value] = []
            values.reserveCapacity(groups.count)
            for group in 0..<groups.count { values.append(try accumulator.result(group)) }
            columns.append(.packed(values))
        }
        return RowStore(count: groups.count, columns: columns)
    }
}
