internal import ReviewModel

/// A function of single values.
final class FunctionCall: Computation {
    private let function: ScalarFunction
    private let arguments: [Computation]

    /// - Parameter kind: what it gives, where that is known better than by the function alone.
    init(
        _ function: ScalarFunction,
        _ arguments: [Computation],
        kind: Kind? = nil,
        offset: Int
    ) throws(QueryError) {
        (self.function, self.arguments) = (function, arguments)
        for (index, argument) in arguments.enumerated() {
            guard let kind = argument.kind, let wanted = function.wants(index) else { continue }
            switch wanted {
            case .number: try requireNumber(kind, offset)
            case .text where kind == .list: throw expectedText(kind, offset)
            default: break
            }
        }
        super.init(kind ?? function.result(arguments), offset: offset, isSafe: false, of: arguments)
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        guard let apply = function.apply else { return try firstThere(batch, run) }
        var vectors: [Vector] = []
        for argument in arguments { vectors.append(try argument.evaluate(batch, run)) }
        return try rowByRow(vectors, count: batch.count, run) { values throws(QueryError) in
            try apply(values, offset, run)
        }
    }

    /// `coalesce`: an argument is computed only where those before are missing.
    private func firstThere(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        var values = [Value](repeating: .null, count: batch.count)
        var open = (0..<batch.count).map(Int32.init)
        for argument in arguments where !open.isEmpty {
            let vector = try argument.evaluate(batch.select(open), run)
            if open.count == batch.count, case .numbers(let numbers) = vector,
                !numbers.significands.contains(Numbers.absent)
            {
                return vector
            }
            for (index, row) in open.enumerated() { values[Int(row)] = vector.value(index) }
            open = open.filter { values[Int($0)].isNull }
        }
        return .packed(values)
    }
}
