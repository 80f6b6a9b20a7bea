internal import ReviewModel

/// `LIKE`: `%` stands for any text, `_` for one character.
final class Likeness: Computation {
    private let operand: Computation
    private let pattern: Computation
    private let negated: Bool

    init(_ operand: Computation, _ pattern: Computation, negated: Bool, offset: Int) throws(QueryError) {
        (self.operand, self.pattern, self.negated) = (operand, pattern, negated)
        for kind in [operand.kind, pattern.kind] where kind == .list { throw expectedText(kind, offset) }
        super.init(
            .truth,
            offset: offset,
            isSafe: operand.kind != nil && pattern.kind != nil,
            of: [operand, pattern]
        )
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        let (texts, patterns) = (try operand.evaluate(batch, run), try pattern.evaluate(batch, run))
        var (last, mask) = (nil as String?, [Character]())
        return try rowByRow([texts, patterns], count: batch.count, run) { values throws(QueryError) in
            guard let whole = try text(values[0], offset), let wanted = try text(values[1], offset) else {
                return .null
            }
            if wanted != last { (last, mask) = (wanted, Array(wanted)) }
            // Trying a pattern may go back to every place of the text.
            try run.spend(mask.count > 8 ? whole.utf8.count / 16 : 0)
            return .boolean(try matches(Array(whole), mask, run) != negated)
        }
    }
}

private func matches(_ text: [Character], _ pattern: [Character], _ run: Run) throws(QueryError) -> Bool {
    var (position, mark, turns) = (0, 0, 0)
    var retry: (position: Int, mark: Int)?
    while position < text.count {
        turns += 1
        if turns & 0xFFF == 0 { try run.spend(4096) }
        if mark < pattern.count, pattern[mark] == "%" {
            retry = (position, mark)
            mark += 1
        } else if mark < pattern.count, pattern[mark] == "_" || pattern[mark] == text[position] {
            position += 1
            mark += 1
        } else if let last = retry {
            position = last.position + 1
            mark = last.mark + 1
            retry = (position, last.mark)
        } else {
            return false
        }
    }
    return pattern[mark...].allSatisfy { $0 == "%" }
}

/// `CAST(x AS type)`; what cannot be read as the type is missing.
final class Conversion: Computation {
    private let operand: Computation
    private let type: ColumnType

    init(_ operand: Computation, _ type: ColumnType, offset: Int) throws(QueryError) {
        (self.operand, self.type) = (operand, type)
        if type == .text || type == .date, operand.kind == .list { throw expectedText(.list, offset) }
        super.init(Kind(type), offset: offset, isSafe: operand.kind != nil, of: [operand])
    }

    override func evaluate(_ batch: Batch, _ run: Run) throws(QueryError) -> Vector {
        let vector = try operand.evaluate(batch, run)
        switch (type, vector) {
        case (.decimal, .numbers), (.text, .texts), (.date, .texts), (.boolean, .flags): return vector
        default: break
        }
        return try rowByRow([vector], count: batch.count, run) { values throws(QueryError) in
            let value = values[0]
            if value.isNull { return .null }
            switch type {
            case .decimal: return value.decimal.map(Value.decimal) ?? .null
            case .integer: return value.decimal.map { .decimal(truncated($0)) } ?? .null
            case .boolean: return value.boolean.map(Value.boolean) ?? .null
            default: return try text(value, offset).map(Value.text) ?? .null
            }
        }
    }
}

private func truncated(_ number: ExactDecimal) -> ExactDecimal {
    var digits = number.significand
    for _ in 0..<number.places { digits /= 10 }
    return ExactDecimal(significand: digits, places: 0)
}
