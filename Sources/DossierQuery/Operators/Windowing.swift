internal import ReviewModel

/// A function over the rows around each row, as it stands in the query.
struct WindowCall {
    var name: String
    var arguments: [Computation]
    var partitions: [Computation]
    var order: [(computation: Computation, isDescending: Bool)]
    var offset: Int
}

/// The names of functions that only a window can have; those of a group can have one, too.
let windowNames: [String: ClosedRange<Int>] = [
    "row_number": 0...0, "rank": 0...0, "dense_rank": 0...0, "lag": 1...3, "lead": 1...3,
]

/// Adds a column for every window call; rows keep their order.
final class Windowing: Operator {
    private let input: Operator
    private let calls: [WindowCall]
    private var rows: RowStore?
    private var position = 0
    private var heldBytes = 0

    init(_ input: Operator, _ calls: [WindowCall]) {
        (self.input, self.calls) = (input, calls)
        super.init(width: input.width + calls.count)
    }

    override func open(_ run: Run) throws(QueryError) {
        run.release(heldBytes)
        (rows, position, heldBytes) = (nil, 0, 0)
        var store = try input.collect(run)
        let batch = Batch(count: store.count, columns: store.columns)
        for call in calls where store.count > 0 {
            store.columns.append(
                try run.temporarily { () throws(QueryError) in try WindowFrame(call, batch, run).column(run) }
            )
        }
        heldBytes = store.byteCount
        try run.hold(heldBytes)
        rows = store
    }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        guard let batch = rows?.batch(from: position) else { return nil }
        position += batch.count
        return batch
    }
}

/// The rows of one window call, sorted into their partitions.
private struct WindowFrame {
    private let call: WindowCall
    private let count: Int
    private let arguments: [Vector]
    private let orderKeys: [(vector: Vector, isDescending: Bool)]
    /// The partition of every row.
    private let partitions: [Int32]
    /// All rows by partition, then by order.
    private let sorted: [Int32]

    init(_ call: WindowCall, _ batch: Batch, _ run: Run) throws(QueryError) {
        (self.call, count) = (call, batch.count)
        var (arguments, keys, orderKeys) = ([Vector](), [Vector](), [(vector: Vector, isDescending: Bool)]())
        for argument in call.arguments { arguments.append(try argument.evaluate(batch, run)) }
        for key in call.partitions { keys.append(try key.evaluate(batch, run)) }
        for key in call.order { orderKeys.append((try key.computation.evaluate(batch, run), key.isDescending)) }
        (self.arguments, self.orderKeys) = (arguments, orderKeys)
        try run.produce(count * 24)
        var (table, encoder) = (KeyTable(), KeyEncoder())
        partitions = try (0..<count).map { row throws(QueryError) in
            try encoder.encode(keys, row, run)
            return keys.isEmpty ? 0 : Int32(table.add(encoder.key).number)
        }
        try run.produce(table.byteCount)
        let numbers = Numbers(significands: partitions.map(Int64.init), places: 0)
        sorted = try sortedRows(count, [(.numbers(numbers), false)] + orderKeys, run)
    }

    func column(_ run: Run) throws(QueryError) -> Vector {
        switch call.name {
        case "row_number", "rank", "dense_rank": return .numbers(Numbers(significands: ranks(), places: 0))
        case "lag": return try neighbours(direction: -1)
        case "lead": return try neighbours(direction: 1)
        default: return try aggregates(run)
        }
    }

    /// Runs of rows that are equal in partition and order, as ranges of ``sorted``, with the start of their partition.
    private func peers(_ body: (_ peers: Range<Int>, _ partition: Int) throws(QueryError) -> Void) throws(QueryError) {
        var (start, partitionStart) = (0, 0)
        for index in 1..<(count + 1) {
            let isNewPartition = index == count || partition(index) != partition(index - 1)
            if !isNewPartition, isPeer(index, index - 1) { continue }
            try body(start..<index, partitionStart)
            start = index
            if isNewPartition { partitionStart = index }
        }
    }

    private func partition(_ index: Int) -> Int32 { partitions[Int(sorted[index])] }

    private func isPeer(_ one: Int, _ other: Int) -> Bool {
        orderKeys.allSatisfy { $0.vector.order(Int(sorted[one]), Int(sorted[other])) == 0 }
    }

    private func ranks() -> [Int64] {
        var (result, start, rank, dense) = ([Int64](repeating: 0, count: count), 0, 0, 0)
        for index in 0..<count {
            if index == 0 || partition(index) != partition(index - 1) {
                (start, rank, dense) = (index, 1, 1)
            } else if !isPeer(index, index - 1) {
                (rank, dense) = (index - start + 1, dense + 1)
            }
            let number = call.name == "row_number" ? index - start + 1 : call.name == "rank" ? rank : dense
            result[Int(sorted[index])] = Int64(number)
        }
        return result
    }

    /// The value of the row so many before or behind; the third argument, or nothing, where there is none.
    private func neighbours(direction: Int) throws(QueryError) -> Vector {
        var values = [Value](repeating: .null, count: count)
        for index in 0..<count {
            let row = Int(sorted[index])
            let distance = arguments.count > 1 ? arguments[1].value(row).integer : 1
            guard let distance, (0...Int(Int32.max)).contains(distance) else {
                throw QueryError(
                    .wrongValue,
                    call.offset,
                    zh: "\(call.name) 的行数应为非负整数",
                    en: "\(call.name) counts rows with a whole number from 0"
                )
            }
            let other = index + direction * distance
            if other >= 0, other < count, partition(other) == partition(index) {
                values[row] = arguments[0].value(Int(sorted[other]))
            } else if arguments.count > 2 {
                values[row] = arguments[2].value(row)
            }
        }
        return .packed(values)
    }

    /// With an order, of all rows up to this one and its equals; without, of the whole partition.
    private func aggregates(_ run: Run) throws(QueryError) -> Vector {
        let accumulator = Accumulator.named(call.name, offset: call.offset)
        accumulator.grow(to: count)
        let argument = arguments.first ?? .constant(.boolean(true))
        var values = [Value](repeating: .null, count: count)
        if orderKeys.isEmpty {
            try accumulator.add(argument, partitions, run)
            var results: [Int32: Value] = [:]
            for row in 0..<count {
                let partition = partitions[row]
                if results[partition] == nil { results[partition] = try accumulator.result(Int(partition)) }
                values[row] = results[partition] ?? .null
            }
            return .packed(values)
        }
        try peers { range, start throws(QueryError) in
            for index in range { try accumulator.add(argument, row: Int(sorted[index]), group: start, run) }
            let result = try accumulator.result(start)
            for index in range { values[Int(sorted[index])] = result }
        }
        return .packed(values)
    }
}
