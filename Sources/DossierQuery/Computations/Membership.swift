internal import ReviewModel

/// `IN (…)` with the values written out.
final class ListMembership: Computation {
    private let operand: Computation
    private let items: [Computation]
    private let negated: Bool
    /// The items, where all of them are the same for every row and of one known kind.
    private let members: MemberSet?

    init(_ operand: Computation, _ items: [Computation], negated: Bool, offset: Int) throws(QueryError) {
        (self.operand, self.items, self.negated) = (operand, items, negated)
        for item in items {
            if let one = operand.kind, let other = item.kind, one != other || one == .list {
                throw incomparable(one.name, other.name, offset)
            }
        }
        let constants = items.compactMap { ($0 as? Constant)?.value }
        members = constants.count == items.count ? MemberSet(constants) : nil
        super.init(
            .truth,
            offset: offset,
            isSafe: operand.kind != nil
                && items.allSatisfy { $0.kind != nil || ($0 as? Constant)?.value.isNull == true },
            of: [operand] + items
        )
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        let wanted = try operand.evaluate(batch, run)
        try run.spend(batch.count)
        if let members { return try members.test(wanted, batch.count, negated, offset, run) }
        var vectors: [Vector] = []
        for item in items {
            try run.spend(batch.count)
            vectors.append(try item.evaluate(batch, run))
        }
        return try rowByRow([wanted] + vectors, count: batch.count, run) { values throws(QueryError) in
            if values[0].isNull { return .null }
            var isUnknown = false
            for item in values.dropFirst() {
                guard let order = try compare(values[0], item, offset) else {
                    isUnknown = true
                    continue
                }
                if order == 0 { return .boolean(!negated) }
            }
            return isUnknown ? .null : .boolean(negated)
        }
    }
}

/// Values that others are looked up among.
struct MemberSet {
    private var keys = KeyTable()
    private var hasMissing = false
    private var isEmpty = true
    /// One of each kind that there is, for the error that a comparison with it makes.
    private var samples: [Value] = []

    init() {}

    init(_ values: [Value]) {
        var encoder = KeyEncoder()
        for value in values { add(.constant(value), 0, &encoder) }
    }

    var byteCount: Int { keys.byteCount }

    mutating func add(_ vector: Vector, _ row: Int, _ encoder: inout KeyEncoder) {
        isEmpty = false
        encoder.begin()
        encoder.append(vector, row)
        if encoder.hasMissing {
            hasMissing = true
        } else if keys.add(encoder.key).isNew {
            let value = samples.count < 4 ? vector.value(row) : .null
            if !value.isNull, !samples.contains(where: { $0.kind == value.kind }) { samples.append(value) }
        }
    }

    /// Whether each value is among these; unknown where it is missing, or might be one that is.
    func test(
        _ wanted: Vector,
        _ count: Int,
        _ negated: Bool,
        _ offset: Int,
        _ run: Run
    ) throws(QueryError) -> Vector {
        var (flags, encoder) = ([UInt8](), KeyEncoder())
        flags.reserveCapacity(count)
        // Of nothing at all nothing is a member, not even what is missing.
        if isEmpty { return .constant(.boolean(negated)) }
        for row in 0..<count {
            encoder.begin()
            encoder.append(wanted, row)
            try run.spend(onTextBytes: encoder.key.count)
            if encoder.hasMissing {
                flags.append(Vector.unknown)
            } else if keys.find(encoder.key) != nil {
                flags.append(negated ? Vector.no : Vector.yes)
            } else {
                for sample in samples where !isSafe(wanted, sample) {
                    _ = try compare(wanted.value(row), sample, offset)
                }
                flags.append(hasMissing ? Vector.unknown : negated ? Vector.yes : Vector.no)
            }
        }
        return .flags(flags)
    }

    /// Whether the vector's kind shows that comparing with `sample` is no error.
    private func isSafe(_ vector: Vector, _ sample: Value) -> Bool {
        switch (vector, sample) {
        case (.numbers, .decimal), (.texts, .text), (.flags, .boolean): true
        default: false
        }
    }
}
