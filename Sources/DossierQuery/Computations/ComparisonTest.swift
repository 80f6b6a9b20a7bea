internal import ReviewModel

/// `= <> < <= > >=`.
final class ComparisonTest: Computation {
    private let sign: String
    let left: Computation
    let right: Computation

    init(_ sign: String, _ left: Computation, _ right: Computation, offset: Int) throws(QueryError) {
        (self.sign, self.left, self.right) = (sign, left, right)
        if let one = left.kind, let other = right.kind, one != other || one == .list {
            throw incomparable(one.name, other.name, offset)
        }
        super.init(
            .truth,
            offset: offset,
            isSafe: Self.hasKind(left) && Self.hasKind(right),
            of: [left, right]
        )
    }

    /// Whether rows can be found by the bytes of both sides.
    var isEquality: Bool { sign == "=" && isSafe && left.kind != nil && right.kind != nil }

    private static func hasKind(_ side: Computation) -> Bool {
        side.kind != nil || (side as? Constant)?.value.isNull == true
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        let (one, other) = (try left.evaluate(batch, run), try right.evaluate(batch, run))
        // What -1, 0 and 1 mean: whether the condition holds when the left side is less, equal, greater.
        let holds: (UInt8, UInt8, UInt8) =
            switch sign {
            case "=": (0, 1, 0)
            case "<>": (1, 0, 1)
            case "<": (1, 0, 0)
            case "<=": (1, 1, 0)
            case ">": (0, 0, 1)
            default: (0, 1, 1)
            }
        var orders = numberOrders(one, other, batch.count)
        if orders == nil { orders = try textOrders(one, other, batch.count, run) }
        if let orders {
            return .flags(orders.map { $0 == 2 ? Vector.unknown : $0 < 0 ? holds.0 : $0 == 0 ? holds.1 : holds.2 })
        }
        return try rowByRow([one, other], count: batch.count, run) { values throws(QueryError) in
            guard let order = try compare(values[0], values[1], offset) else { return .null }
            return .boolean((order < 0 ? holds.0 : order == 0 ? holds.1 : holds.2) == 1)
        }
    }
}

/// For every row -1, 0, 1, or 2 where one of both is missing; `nil` where the vectors are no packed numbers.
private func numberOrders(_ left: Vector, _ right: Vector, _ count: Int) -> [Int8]? {
    guard let one = PackedSide(left), let other = PackedSide(right) else { return nil }
    var orders: [Int8] = []
    orders.reserveCapacity(count)
    for row in 0..<count {
        let (a, b) = (one.significand(row), other.significand(row))
        if a == Numbers.absent || b == Numbers.absent {
            orders.append(2)
        } else {
            orders.append(Int8(Numbers.compare(a, one.places(row), b, other.places(row))))
        }
    }
    return orders
}

/// A packed vector of numbers, or one number for all rows.
struct PackedSide {
    private var numbers: Numbers
    private var isConstant = false

    init?(_ vector: Vector) {
        switch vector {
        case .numbers(let numbers): self.numbers = numbers
        case .constant(let value):
            guard let numbers = Numbers([value]) else { return nil }
            (self.numbers, isConstant) = (numbers, true)
        default: return nil
        }
    }

    func significand(_ row: Int) -> Int64 { numbers.significands[isConstant ? 0 : row] }
    func places(_ row: Int) -> Int { numbers.places(isConstant ? 0 : row) }
    /// The places of all rows, where they are the same.
    var commonPlaces: Int? { numbers.placesByRow.isEmpty ? Int(numbers.places) : nil }
}

private func textOrders(
    _ left: Vector,
    _ right: Vector,
    _ count: Int,
    _ run: Run
) throws(QueryError) -> [Int8]? {
    func side(_ vector: Vector) -> (texts: Texts, isConstant: Bool)? {
        switch vector {
        case .texts(let texts): (texts, false)
        case .constant(.text(let text)): (Texts([text]), true)
        default: nil
        }
    }
    guard let one = side(left), let other = side(right), !(one.isConstant && other.isConstant) else { return nil }
    var orders: [Int8] = []
    orders.reserveCapacity(count)
    for row in 0..<count {
        let (a, b) = (one.isConstant ? 0 : row, other.isConstant ? 0 : row)
        if one.texts.isMissing(a) || other.texts.isMissing(b) {
            orders.append(2)
        } else {
            try run.spend(onTextBytes: min(one.texts.range(a).count, other.texts.range(b).count))
            orders.append(Int8(one.texts.compare(a, with: other.texts, b).signum()))
        }
    }
    return orders
}
