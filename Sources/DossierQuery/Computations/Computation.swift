internal import ReviewModel

/// What a value is, as far as that is known before the query runs.
enum Kind {
    case number, truth, text, list

    init(_ type: ColumnType) {
        self =
            switch type {
            case .decimal, .integer: .number
            case .boolean: .truth
            case .text, .date: .text
            case .texts: .list
            }
    }

    /// `nil` for a missing value, which may stand for any kind.
    init?(_ value: Value) {
        switch value {
        case .decimal, .integer: self = .number
        case .boolean: self = .truth
        case .text: self = .text
        case .list: self = .list
        case .null, .record: return nil
        }
    }

    var name: LocalizedText {
        switch self {
        case .number: ValueKind.number.name
        case .truth: ValueKind.boolean.name
        case .text: ValueKind.text.name
        case .list: ValueKind.list.name
        }
    }
}

/// A bound expression: names are places in a row, kinds are checked as far as they can be. Computes a whole batch at once.
class Computation {
    /// `nil` where only the run will tell.
    let kind: Kind?
    /// Where it stands in the query.
    let offset: Int
    /// The tables behind `FROM` that it looks at, one bit each.
    private(set) var sources: UInt64
    /// The queries around this one that it looks at.
    private(set) var levels: Levels
    /// Whether it has a value for any row, of the kinds that are known: then it may be computed for rows that are not
    /// asked for. Arithmetic is not safe, for it may need too many digits; queries are not, for they cost too much.
    let isSafe: Bool

    init(_ kind: Kind?, offset: Int, isSafe: Bool, of parts: [Computation] = []) {
        (self.kind, self.offset) = (kind, offset)
        self.isSafe = isSafe && parts.allSatisfy(\.isSafe)
        (sources, levels) = (0, Levels())
        look(atPartsOf: parts)
    }

    /// Also looks at what `parts` look at.
    final func look(atPartsOf parts: [Computation]) {
        for part in parts {
            sources |= part.sources
            levels.formUnion(part.levels)
        }
    }

    final func look(atSources sources: UInt64) { self.sources |= sources }
    final func look(at levels: Levels) { self.levels.formUnion(levels) }

    /// Its value for every row of the batch.
    func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector { .constant(.null) }

    /// The condition that it must be, for every row.
    final func truths(_ batch: Batch, _ run: Run) throws(QueryError) -> [UInt8] {
        let vector = try evaluate(batch, run)
        switch vector {
        case .flags(let flags): return flags
        case .constant(let value): return Array(repeating: Self.flag(try truth(value, offset)), count: batch.count)
        default:
            var flags: [UInt8] = []
            flags.reserveCapacity(batch.count)
            for row in 0..<batch.count { flags.append(Self.flag(try truth(vector.value(row), offset))) }
            return flags
        }
    }

    static func flag(_ truth: Bool?) -> UInt8 {
        switch truth {
        case nil: Vector.unknown
        case false: Vector.no
        case true: Vector.yes
        }
    }
}

/// A value that the query has for every row: a literal or a parameter.
final class Constant: Computation {
    let value: Value

    init(_ value: Value, offset: Int, kind: Kind? = nil) {
        self.value = Vector.exact(value)
        super.init(kind ?? Kind(value), offset: offset, isSafe: true)
    }

    override func evaluate(_ batch: Batch, _ run: Run) -> Vector { .constant(value) }
}

/// A column of the rows that are worked on.
final class ColumnReference: Computation {
    let slot: Int

    init(slot: Int, kind: Kind?, source: Int?, offset: Int) {
        self.slot = slot
        super.init(kind, offset: offset, isSafe: true)
        if let source { look(atSources: 1 << UInt64(source)) }
    }

    override func evaluate(_ batch: Batch, _ run: Run) -> Vector { batch.columns[slot] }
}

/// A column of the row that a query around this one is at.
final class OuterReference: Computation {
    let slot: Int
    let level: Int

    init(slot: Int, level: Int, kind: Kind?, offset: Int) {
        (self.slot, self.level) = (slot, level)
        super.init(kind, offset: offset, isSafe: true)
        look(at: Levels(level))
    }

    override func evaluate(_ batch: Batch, _ run: Run) -> Vector {
        let frame = run.frames[level]
        return .constant(frame.batch.columns[slot].value(frame.row))
    }
}

/// Values row by row, from the values of `vectors`; once where these are all constant.
func rowByRow(
    _ vectors: [Vector],
    count: Int,
    _ run: Run,
    _ compute: ([Value]) throws(QueryError) -> Value
) throws(QueryError) -> Vector {
    let isConstant = vectors.allSatisfy { if case .constant = $0 { true } else { false } }
    if isConstant, count > 0 {
        let arguments = vectors.map { $0.value(0) }
        try run.spend(on: arguments)
        return .constant(try compute(arguments))
    }
    var (values, arguments) = ([Value](), [Value](repeating: .null, count: vectors.count))
    values.reserveCapacity(count)
    for row in 0..<count {
        for index in vectors.indices { arguments[index] = vectors[index].value(row) }
        // Each by itself: between two looks at the clock there is never more than one long text.
        try run.spend(on: arguments)
        values.append(try compute(arguments))
    }
    return .packed(values)
}
