internal import ReviewModel

/// A function of single values.
struct ScalarFunction: Sendable {
    /// How many arguments it takes.
    var arity: ClosedRange<Int>
    var apply: @Sendable ([Value], _ offset: Int, Execution) throws(QueryError) -> Value
}

/// The functions of single values, by name.
let scalarFunctions: [String: ScalarFunction] = [
    "abs": numeric { $0.magnitude },
    "greatest": extreme { $0 > 0 },
    "least": extreme { $0 < 0 },
    "coalesce": ScalarFunction(arity: 1...20) { values, _, _ in values.first { !$0.isNull } ?? .null },
    "ifnull": ScalarFunction(arity: 2...2) { values, _, _ in values.first { !$0.isNull } ?? .null },
    "nullif": ScalarFunction(arity: 2...2) { values, offset, _ throws(QueryError) in
        try compare(values[0], values[1], offset) == 0 ? .null : values[0]
    },
    "round": ScalarFunction(arity: 1...2) { values, offset, _ throws(QueryError) in
        guard let one = try number(values[0], offset) else { return .null }
        return .decimal(one.rounded(to: try places(values, at: 1, offset)))
    },
    "div": ScalarFunction(arity: 3...3) { values, offset, _ throws(QueryError) in
        guard let one = try number(values[0], offset), let other = try number(values[1], offset), !other.isZero else {
            return .null
        }
        let kept = try places(values, at: 2, offset)
        return try exactly(offset) { () throws(DecimalOverflow) in
            try one.divided(by: other, places: kept) ?? .zero
        }
    },
    "length": ScalarFunction(arity: 1...1) { values, offset, _ throws(QueryError) in
        if case .list(let items) = values[0] { return .decimal(ExactDecimal(items.count)) }
        return try text(values[0], offset).map { .decimal(ExactDecimal($0.count)) } ?? .null
    },
    "lower": textual { $0.lowercased() },
    "upper": textual { $0.uppercased() },
    "trim": textual { text in
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    },
    "substr": ScalarFunction(arity: 2...3) { values, offset, _ throws(QueryError) in
        guard let whole = try text(values[0], offset), let start = values[1].integer else { return .null }
        let skipped = start > 0 ? start - 1 : max(0, whole.count + start)
        let rest = whole.dropFirst(skipped)
        return .text(String(values.count > 2 ? rest.prefix(max(0, values[2].integer ?? 0)) : rest))
    },
    "replace": ScalarFunction(arity: 3...3) { values, offset, _ throws(QueryError) in
        guard let whole = try text(values[0], offset), let old = try text(values[1], offset),
            let new = try text(values[2], offset)
        else { return .null }
        return .text(old.isEmpty ? whole : whole.replacing(old, with: new))
    },
    "instr": ScalarFunction(arity: 2...2) { values, offset, _ throws(QueryError) in
        guard let whole = try text(values[0], offset), let part = try text(values[1], offset) else { return .null }
        let start = whole.firstRange(of: part)?.lowerBound
        return .decimal(ExactDecimal(start.map { whole.distance(from: whole.startIndex, to: $0) + 1 } ?? 0))
    },
    "has": ScalarFunction(arity: 2...2) { values, _, _ in
        guard case .list(let items) = values[0] else { return values[0].isNull ? .null : .boolean(false) }
        return .boolean(items.contains(values[1]))
    },
    "field": ScalarFunction(arity: 1...1) { values, offset, execution throws(QueryError) in
        guard let path = try text(values[0], offset) else { return .null }
        let pointer = JSONPointer(path.split(separator: ".").map(String.init))
        guard let value = Value.record(execution.dossier.fields)[pointer] else { return .null }
        return value.number.map(Value.decimal) ?? value
    },
]

/// The greatest or least of several values; missing if one of them is.
private func extreme(_ wins: @escaping @Sendable (Int) -> Bool) -> ScalarFunction {
    ScalarFunction(arity: 2...20) { values, offset, _ throws(QueryError) in
        var best = values[0]
        for value in values.dropFirst() {
            guard let order = try compare(value, best, offset) else { return .null }
            if wins(order) { best = value }
        }
        return best
    }
}

private func numeric(_ body: @escaping @Sendable (ExactDecimal) -> ExactDecimal) -> ScalarFunction {
    ScalarFunction(arity: 1...1) { values, offset, _ throws(QueryError) in
        try number(values[0], offset).map { .decimal(body($0)) } ?? .null
    }
}

private func textual(_ body: @escaping @Sendable (String) -> String) -> ScalarFunction {
    ScalarFunction(arity: 1...1) { values, offset, _ throws(QueryError) in
        try text(values[0], offset).map { .text(body($0)) } ?? .null
    }
}

/// The decimal places that an argument asks for, 0 when it is left out.
private func places(_ values: [Value], at index: Int, _ offset: Int) throws(QueryError) -> Int {
    guard index < values.count else { return 0 }
    guard let places = values[index].integer, (0...ExactDecimal.maximumPlaces).contains(places) else {
        throw QueryError(
            offset,
            zh: "小数位数应为 0 到 \(ExactDecimal.maximumPlaces) 的整数",
            en: "places must be a whole number from 0 to \(ExactDecimal.maximumPlaces)"
        )
    }
    return places
}

/// What a function of a whole group makes of the values that are not missing.
typealias AggregateFunction = @Sendable ([Value], _ offset: Int) throws(QueryError) -> Value

/// The functions of a whole group, by name.
let aggregateFunctions: [String: AggregateFunction] = [
    "count": { values, _ in .decimal(ExactDecimal(values.count)) },
    "sum": { values, offset throws(QueryError) in values.isEmpty ? .null : try sum(values, offset) },
    "total": { values, offset throws(QueryError) in try sum(values, offset) },
    "avg": { values, offset throws(QueryError) in
        guard let total = try sum(values, offset).number, !values.isEmpty else { return .null }
        return try quotient(total, ExactDecimal(values.count), offset)
    },
    "min": { values, offset throws(QueryError) in try extreme(values, offset) { $0 < 0 } },
    "max": { values, offset throws(QueryError) in try extreme(values, offset) { $0 > 0 } },
    "group_concat": { values, offset throws(QueryError) in
        var texts: [String] = []
        for value in values { texts.append(try text(value, offset) ?? "") }
        return values.isEmpty ? .null : .text(texts.joined(separator: "、"))
    },
]

private func sum(_ values: [Value], _ offset: Int) throws(QueryError) -> Value {
    var numbers: [ExactDecimal] = []
    for value in values { if let one = try number(value, offset) { numbers.append(one) } }
    return try exactly(offset) { () throws(DecimalOverflow) in try ExactDecimal.sum(numbers) }
}

private func extreme(_ values: [Value], _ offset: Int, _ wins: (Int) -> Bool) throws(QueryError) -> Value {
    guard var best = values.first else { return .null }
    for value in values.dropFirst() { if let order = try compare(value, best, offset), wins(order) { best = value } }
    return best
}
