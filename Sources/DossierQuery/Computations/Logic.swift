internal import ReviewModel

/// `NOT`.
final class Negation: Computation {
    private let operand: Computation

    init(_ operand: Computation, offset: Int) {
        self.operand = operand
        super.init(.truth, offset: offset, isSafe: operand.kind == .truth, of: [operand])
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        .flags(try operand.truths(batch, run).map { $0 == Vector.unknown ? $0 : 1 - $0 })
    }
}

/// `AND` or `OR` between conditions, in their order: what the ones before have decided is not asked of the next.
final class Logic: Computation {
    private let isOr: Bool
    private let operands: [Computation]

    init(isOr: Bool, _ operands: [Computation]) {
        (self.isOr, self.operands) = (isOr, operands)
        super.init(
            .truth,
            offset: operands.first?.offset ?? 0,
            isSafe: operands.allSatisfy { $0.kind == .truth },
            of: operands
        )
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        // What decides alone: false for AND, true for OR; else an unknown side makes the whole unknown.
        let decisive = isOr ? Vector.yes : Vector.no
        var result = [UInt8](repeating: 1 - decisive, count: batch.count)
        for operand in operands {
            try run.spend(operands.count > 16 ? batch.count / 16 : 0)
            if operand.isSafe {
                Self.combine(&result, try operand.truths(batch, run), decisive)
                continue
            }
            let open = result.indices.filter { result[$0] != decisive }.map(Int32.init)
            if open.isEmpty { break }
            var part = open.map { result[Int($0)] }
            Self.combine(&part, try operand.truths(batch.select(open), run), decisive)
            for (index, row) in open.enumerated() { result[Int(row)] = part[index] }
        }
        return .flags(result)
    }

    private static func combine(_ result: inout [UInt8], _ other: [UInt8], _ decisive: UInt8) {
        for row in result.indices where result[row] != decisive {
            if other[row] == decisive || other[row] == Vector.unknown { result[row] = other[row] }
        }
    }
}

/// `IS NULL` and `IS NOT NULL`.
final class MissingTest: Computation {
    private let operand: Computation
    private let negated: Bool

    init(_ operand: Computation, negated: Bool) {
        (self.operand, self.negated) = (operand, negated)
        super.init(.truth, offset: operand.offset, isSafe: true, of: [operand])
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        let vector = try operand.evaluate(batch, run)
        switch vector {
        case .constant(let value): return .constant(.boolean(value.isNull != negated))
        case .numbers(let numbers):
            return .flags(numbers.significands.map { ($0 == Numbers.absent) != negated ? 1 : 0 })
        case .flags(let flags): return .flags(flags.map { ($0 == Vector.unknown) != negated ? 1 : 0 })
        case .texts(let texts): return .flags(texts.starts.map { ($0 == Texts.missing) != negated ? 1 : 0 })
        case .values(let values): return .flags(values.map { $0.isNull != negated ? 1 : 0 })
        }
    }
}

/// `CASE WHEN … THEN … ELSE … END`; with a value behind `CASE`, the branches are compared with it.
final class CaseChoice: Computation {
    private let branches: [(when: Computation, then: Computation)]
    private let otherwise: Computation

    init(_ branches: [(when: Computation, then: Computation)], otherwise: Computation, offset: Int) {
        (self.branches, self.otherwise) = (branches, otherwise)
        let results = branches.map(\.then) + [otherwise]
        let kinds = Set(results.filter { !($0 is Constant && $0.kind == nil) }.map(\.kind))
        super.init(
            kinds.count == 1 ? kinds.first ?? nil : nil,
            offset: offset,
            isSafe: branches.allSatisfy { $0.when.kind == .truth },
            of: branches.map(\.when) + results
        )
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        var values = [Value](repeating: .null, count: batch.count)
        var open = (0..<batch.count).map(Int32.init)
        for branch in branches {
            if open.isEmpty { break }
            let rest = batch.select(open)
            let flags = try branch.when.truths(rest, run)
            let chosen = open.indices.filter { flags[$0] == Vector.yes }.map(Int32.init)
            if chosen.isEmpty { continue }
            let vector = try branch.then.evaluate(rest.select(chosen), run)
            for (index, row) in chosen.enumerated() { values[Int(open[Int(row)])] = vector.value(index) }
            open = open.indices.filter { flags[$0] != Vector.yes }.map { open[$0] }
        }
        if !open.isEmpty {
            let vector = try otherwise.evaluate(batch.select(open), run)
            for (index, row) in open.enumerated() { values[Int(row)] = vector.value(index) }
        }
        return .packed(values)
    }
}
