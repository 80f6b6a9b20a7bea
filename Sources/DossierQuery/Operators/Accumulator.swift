internal import ReviewModel

/// The names of the functions of a whole group.
let aggregateNames: Set<String> = ["count", "sum", "total", "avg", "min", "max", "group_concat"]

/// What a function of a whole group has gathered, group by group. Missing values do not count.
class Accumulator {
    let offset: Int
    init(offset: Int) { self.offset = offset }

    /// Makes room for groups up to `count`.
    func grow(to count: Int) {}
    /// Adds the values of rows to the groups `groups` of these rows. A group below 0 is none.
    func add(_ vector: Vector, _ groups: [Int32], _ run: Run) throws(QueryError) {}
    /// Adds the value of one row to one group.
    func add(_ vector: Vector, row: Int, group: Int, _ run: Run) throws(QueryError) {
        try add(vector.gather([Int32(row)]), [Int32(group)], run)
    }
    /// What the function makes of a group.
    func result(_ group: Int) throws(QueryError) -> Value { .null }

    static func named(_ name: String, offset: Int) -> Accumulator {
        switch name {
        case "count": CountAccumulator(offset: offset)
        case "min": ExtremeAccumulator(offset: offset) { $0 < 0 }
        case "max": ExtremeAccumulator(offset: offset) { $0 > 0 }
        case "group_concat": TextAccumulator(offset: offset)
        default: SumAccumulator(name, offset: offset)
        }
    }
}

private final class CountAccumulator: Accumulator {
    private var counts: [Int] = []

    override func grow(to count: Int) { while counts.count < count { counts.append(0) } }

    override func add(_ vector: Vector, _ groups: [Int32], _ run: Run) {
        switch vector {
        case .constant(let value):
            if value.isNull { return }
            for group in groups where group >= 0 { counts[Int(group)] += 1 }
        case .numbers(let numbers):
            for (row, group) in groups.enumerated() where group >= 0 && numbers.significands[row] != Numbers.absent {
                counts[Int(group)] += 1
            }
        case .texts(let texts):
            for (row, group) in groups.enumerated() where group >= 0 && !texts.isMissing(row) {
                counts[Int(group)] += 1
            }
        case .flags, .values:
            for (row, group) in groups.enumerated() where group >= 0 && !vector.value(row).isNull {
                counts[Int(group)] += 1
            }
        }
    }

    override func add(_ vector: Vector, row: Int, group: Int, _ run: Run) {
        if !vector.value(row).isNull { counts[group] += 1 }
    }

    override func result(_ group: Int) -> Value { .decimal(ExactDecimal(counts[group])) }
}

/// `sum`, `total` and `avg`.
private final class SumAccumulator: Accumulator {
    private let name: String
    private var significands: [Int128] = []
    private var places: [UInt8] = []
    private var counts: [Int] = []

    init(_ name: String, offset: Int) {
        self.name = name
        super.init(offset: offset)
    }

    override func grow(to count: Int) {
        while counts.count < count {
            significands.append(0)
            places.append(0)
            counts.append(0)
        }
    }

    override func add(_ vector: Vector, _ groups: [Int32], _ run: Run) throws(QueryError) {
        if case .numbers(let numbers) = vector {
            for (row, group) in groups.enumerated() where group >= 0 {
                let significand = numbers.significands[row]
                if significand != Numbers.absent { try add(Int128(significand), numbers.places(row), Int(group)) }
            }
            return
        }
        for (row, group) in groups.enumerated() where group >= 0 {
            if let one = try number(vector.value(row), offset) { try add(one.significand, one.places, Int(group)) }
        }
    }

    override func add(_ vector: Vector, row: Int, group: Int, _ run: Run) throws(QueryError) {
        if case .numbers(let numbers) = vector {
            let significand = numbers.significands[row]
            if significand != Numbers.absent { try add(Int128(significand), numbers.places(row), group) }
        } else if let one = try number(vector.value(row), offset) {
            try add(one.significand, one.places, group)
        }
    }

    private func add(_ significand: Int128, _ own: Int, _ group: Int) throws(QueryError) {
        counts[group] += 1
        if own == Int(places[group]) {
            let (sum, overflow) = significands[group].addingReportingOverflow(significand)
            if !overflow {
                significands[group] = sum
                return
            }
        }
        let total = ExactDecimal(significand: significands[group], places: Int(places[group]))
        let sum = try exactly(offset) { () throws(DecimalOverflow) in
            try total + ExactDecimal(significand: significand, places: own)
        }
        guard case .decimal(let number) = sum else { return }
        (significands[group], places[group]) = (number.significand, UInt8(number.places))
    }

    override func result(_ group: Int) throws(QueryError) -> Value {
        let sum = ExactDecimal(significand: significands[group], places: Int(places[group]))
        switch name {
        case "total": return .decimal(sum)
        case "sum": return counts[group] == 0 ? .null : .decimal(sum)
        default: return counts[group] == 0 ? .null : try quotient(sum, ExactDecimal(counts[group]), offset)
        }
    }
}

/// `min` and `max`; of equal values the first stays.
private final class ExtremeAccumulator: Accumulator {
    private let wins: (Int) -> Bool
    private var best: [Value] = []

    init(offset: Int, _ wins: @escaping (Int) -> Bool) {
        self.wins = wins
        super.init(offset: offset)
    }

    override func grow(to count: Int) { while best.count < count { best.append(.null) } }

    override func add(_ vector: Vector, _ groups: [Int32], _ run: Run) throws(QueryError) {
        for (row, group) in groups.enumerated() where group >= 0 {
            let value = vector.value(row)
            if value.isNull { continue }
            try run.spend(onTextBytes: value.text?.utf8.count ?? 0)
            if best[Int(group)].isNull {
                best[Int(group)] = value
            } else if let order = try compare(value, best[Int(group)], offset), wins(order) {
                best[Int(group)] = value
            }
        }
    }

    override func result(_ group: Int) -> Value { best[group] }
}

/// `group_concat`.
private final class TextAccumulator: Accumulator {
    private var texts: [String?] = []

    override func grow(to count: Int) { while texts.count < count { texts.append(nil) } }

    override func add(_ vector: Vector, _ groups: [Int32], _ run: Run) throws(QueryError) {
        for (row, group) in groups.enumerated() where group >= 0 {
            guard let text = try text(vector.value(row), offset) else { continue }
            let length = (texts[Int(group)]?.utf8.count ?? 0) + text.utf8.count + 3
            try checkText(length, offset, run)
            // Held as long as the groups are, unlike other texts.
            try run.hold(text.utf8.count + 3)
            if texts[Int(group)] == nil { texts[Int(group)] = text } else { texts[Int(group)]? += "、" + text }
        }
    }

    override func result(_ group: Int) -> Value { texts[group].map(Value.text) ?? .null }
}
