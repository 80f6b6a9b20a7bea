internal import ReviewModel

/// Sums, products and joined texts, from left to right.
final class Chain: Computation {
    private let first: Computation
    private let links: [Link]

    struct Link {
        var sign: String
        var operand: Computation
        var offset: Int
    }

    init(_ first: Computation, _ links: [Link], offset: Int) throws(QueryError) {
        (self.first, self.links) = (first, links)
        // What stands to the left of each sign.
        var left = first.kind
        for link in links {
            if link.sign == "||" {
                for kind in [left, link.operand.kind] where kind == .list { throw expectedText(kind, link.offset) }
                left = .text
            } else {
                for kind in [left, link.operand.kind] { try requireNumber(kind, link.offset) }
                left = .number
            }
        }
        super.init(left, offset: offset, isSafe: false, of: [first] + links.map(\.operand))
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        var left = try first.evaluate(batch, run)
        for link in links {
            try run.spend(links.count > 16 ? batch.count / 16 : 0)
            let right = try link.operand.evaluate(batch, run)
            left = try Self.apply(link, left, right, batch.count, run)
        }
        return left
    }

    private static func apply(
        _ link: Link,
        _ left: Vector,
        _ right: Vector,
        _ count: Int,
        _ run: Run
    ) throws(QueryError) -> Vector {
        if link.sign == "||" { return try join(left, right, count, link.offset, run) }
        if let packed = packedResult(link.sign, left, right, count) { return .numbers(packed) }
        return try rowByRow([left, right], count: count, run) { values throws(QueryError) in
            try arithmetic(link.sign, values[0], values[1], link.offset)
        }
    }

    private static func join(
        _ left: Vector,
        _ right: Vector,
        _ count: Int,
        _ offset: Int,
        _ run: Run
    ) throws(QueryError) -> Vector {
        try rowByRow([left, right], count: count, run) { values throws(QueryError) in
            guard let one = try text(values[0], offset), let other = try text(values[1], offset) else { return .null }
            try checkText(one.utf8.count + other.utf8.count, offset, run)
            return .text(one + other)
        }
    }

    /// Sums and products that fit 64 bits; `nil` where a row's does not, or the vectors are no packed numbers.
    private static func packedResult(_ sign: String, _ left: Vector, _ right: Vector, _ count: Int) -> Numbers? {
        guard sign == "+" || sign == "-" || sign == "*", let one = PackedSide(left), let other = PackedSide(right),
            let places = one.commonPlaces, let otherPlaces = other.commonPlaces
        else { return nil }
        let common = sign == "*" ? places + otherPlaces : max(places, otherPlaces)
        guard common <= ExactDecimal.maximumPlaces else { return nil }
        let (scale, otherScale) = (Int64(powersOfTen[common - places]), Int64(powersOfTen[common - otherPlaces]))
        var result: [Int64] = []
        result.reserveCapacity(count)
        for row in 0..<count {
            let (a, b) = (one.significand(row), other.significand(row))
            if a == Numbers.absent || b == Numbers.absent {
                result.append(Numbers.absent)
                continue
            }
            let (value, overflow) =
                sign == "*" ? a.multipliedReportingOverflow(by: b) : sum(a, scale, b, otherScale, sign)
            // The least number stands for a missing one.
            if overflow || value == Numbers.absent { return nil }
            result.append(value)
        }
        return Numbers(significands: result, places: UInt8(common))
    }

    private static func sum(
        _ a: Int64,
        _ scale: Int64,
        _ b: Int64,
        _ otherScale: Int64,
        _ sign: String
    ) -> (Int64, Bool) {
        let (one, first) = a.multipliedReportingOverflow(by: scale)
        let (other, second) = b.multipliedReportingOverflow(by: otherScale)
        let (sum, third) = sign == "+" ? one.addingReportingOverflow(other) : one.subtractingReportingOverflow(other)
        return (sum, first || second || third)
    }
}

/// `-x`.
final class Opposite: Computation {
    private let operand: Computation

    init(_ operand: Computation, offset: Int) throws(QueryError) {
        self.operand = operand
        try requireNumber(operand.kind, offset)
        super.init(.number, offset: offset, isSafe: operand.kind == .number, of: [operand])
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        let vector = try operand.evaluate(batch, run)
        if case .numbers(var numbers) = vector {
            for row in numbers.significands.indices where numbers.significands[row] != Numbers.absent {
                numbers.significands[row] = -numbers.significands[row]
            }
            return .numbers(numbers)
        }
        return try rowByRow([vector], count: batch.count, run) { values throws(QueryError) in
            try number(values[0], offset).map { .decimal(-$0) } ?? .null
        }
    }
}

/// Counts a text that a query makes, and refuses one that is too long.
func checkText(_ bytes: Int, _ offset: Int, _ run: Run) throws(QueryError) {
    if bytes > QueryLimits.textBytes {
        throw QueryError(
            .tooMuch,
            offset,
            zh: "结果文字超过 \(QueryLimits.textBytes / 1024) KiB",
            en: "the text would be longer than \(QueryLimits.textBytes / 1024) KiB"
        )
    }
    try run.spend(bytes >> 8)
    try run.produce(bytes)
}
