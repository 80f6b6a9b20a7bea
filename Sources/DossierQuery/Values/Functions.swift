internal import ReviewModel

/// A function of single values.
struct ScalarFunction: Sendable {
    /// How many arguments it takes.
    var arity: ClosedRange<Int>
    /// The kinds of its arguments, those of the last for all that follow; `nil` for any kind.
    var arguments: [Kind?] = [nil]
    var kind: ResultKind = .any
    /// `nil` where it is the first argument that is there; then an argument is computed only where those before it are
    /// missing.
    var apply: (@Sendable ([Value], _ offset: Int, Run) throws(QueryError) -> Value)?

    enum ResultKind: Sendable {
        case kind(Kind)
        /// That of the arguments, where they are all of one.
        case ofArguments
        case any
    }

    func wants(_ index: Int) -> Kind? { arguments[min(index, arguments.count - 1)] }

    func result(_ arguments: [Computation]) -> Kind? {
        switch kind {
        case .kind(let kind): return kind
        case .any: return nil
        case .ofArguments:
            let kinds = Set(arguments.filter { !($0 is Constant && $0.kind == nil) }.map(\.kind))
            return kinds.count == 1 ? kinds.first ?? nil : nil
        }
    }
}

/// The functions of single values, by name.
let scalarFunctions: [String: ScalarFunction] = [
    "abs": numeric { $0.magnitude },
    "greatest": extreme { $0 > 0 },
    "least": extreme { $0 < 0 },
    "coalesce": ScalarFunction(arity: 1...20, kind: .ofArguments, apply: nil),
    "ifnull": ScalarFunction(arity: 2...2, kind: .ofArguments, apply: nil),
    "nullif": ScalarFunction(arity: 2...2, kind: .ofArguments) { values, offset, _ throws(QueryError) in
        try compare(values[0], values[1], offset) == 0 ? .null : values[0]
    },
    "round": ScalarFunction(arity: 1...2, arguments: [.number, nil], kind: .kind(.number)) {
        values,
        offset,
        _ throws(QueryError) in
        guard let one = try number(values[0], offset) else { return .null }
        return .decimal(one.rounded(to: try places(values, at: 1, offset)))
    },
    "div": ScalarFunction(arity: 3...3, arguments: [.number, .number, nil], kind: .kind(.number)) {
        values,
        offset,
        _ throws(QueryError) in
        guard let one = try number(values[0], offset), let other = try number(values[1], offset), !other.isZero else {
            return .null
        }
        let kept = try places(values, at: 2, offset)
        return try exactly(offset) { () throws(DecimalOverflow) in
            try one.divided(by: other, places: kept) ?? .zero
        }
    },
    "length": ScalarFunction(arity: 1...1, kind: .kind(.number)) { values, offset, _ throws(QueryError) in
        if case .list(let items) = values[0] { return .decimal(ExactDecimal(items.count)) }
        return try text(values[0], offset).map { .decimal(ExactDecimal($0.count)) } ?? .null
    },
    "lower": textual { $0.lowercased() },
    "upper": textual { $0.uppercased() },
    "plain": textual { $0.plainName },
    "trim": textual { text in
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    },
    "substr": ScalarFunction(arity: 2...3, arguments: [.text, nil], kind: .kind(.text)) {
        values,
        offset,
        _ throws(QueryError) in
        guard let whole = try text(values[0], offset), let start = values[1].integer else { return .null }
        let skipped = start > 0 ? start - 1 : max(0, whole.count + start)
        let rest = whole.dropFirst(skipped)
        return .text(String(values.count > 2 ? rest.prefix(max(0, values[2].integer ?? 0)) : rest))
    },
    "replace": ScalarFunction(arity: 3...3, arguments: [.text], kind: .kind(.text)) {
        values,
        offset,
        run throws(QueryError) in
        guard let whole = try text(values[0], offset), let old = try text(values[1], offset),
            let new = try text(values[2], offset)
        else { return .null }
        return .text(try replacing(old, with: new, in: whole, offset, run))
    },
    "instr": ScalarFunction(arity: 2...2, arguments: [.text], kind: .kind(.number)) {
        values,
        offset,
        _ throws(QueryError) in
        guard let whole = try text(values[0], offset), let part = try text(values[1], offset) else { return .null }
        let start = whole.firstRange(of: part)?.lowerBound
        return .decimal(ExactDecimal(start.map { whole.distance(from: whole.startIndex, to: $0) + 1 } ?? 0))
    },
    "has": ScalarFunction(arity: 2...2, kind: .kind(.truth)) { values, _, _ in
        guard case .list(let items) = values[0] else { return values[0].isNull ? .null : .boolean(false) }
        return .boolean(items.contains(values[1]))
    },
    "field": ScalarFunction(arity: 1...1) { values, offset, run throws(QueryError) in
        guard let path = try text(values[0], offset) else { return .null }
        let pointer = JSONPointer(path.split(separator: ".").map(String.init))
        guard let value = Value.record(run.fields)[pointer] else { return .null }
        return value.number.map(Value.decimal) ?? value
    },
]

/// The greatest or least of several values; missing if one of them is.
private func extreme(_ wins: @escaping @Sendable (Int) -> Bool) -> ScalarFunction {
    ScalarFunction(arity: 2...20, kind: .ofArguments) { values, offset, _ throws(QueryError) in
        var best = values[0]
        for value in values.dropFirst() {
            guard let order = try compare(value, best, offset) else { return .null }
            if wins(order) { best = value }
        }
        return best
    }
}

private func numeric(_ body: @escaping @Sendable (ExactDecimal) -> ExactDecimal) -> ScalarFunction {
    ScalarFunction(arity: 1...1, arguments: [.number], kind: .kind(.number)) { values, offset, _ throws(QueryError) in
        try number(values[0], offset).map { .decimal(body($0)) } ?? .null
    }
}

private func textual(_ body: @escaping @Sendable (String) -> String) -> ScalarFunction {
    ScalarFunction(arity: 1...1, arguments: [.text], kind: .kind(.text)) { values, offset, run throws(QueryError) in
        guard let whole = try text(values[0], offset) else { return .null }
        let result = body(whole)
        try checkText(result.utf8.count, offset, run)
        return .text(result)
    }
}

/// The decimal places that an argument asks for, 0 when it is left out.
private func places(_ values: [Value], at index: Int, _ offset: Int) throws(QueryError) -> Int {
    guard index < values.count else { return 0 }
    guard let places = values[index].integer, (0...ExactDecimal.maximumPlaces).contains(places) else {
        throw QueryError(
            .wrongValue,
            offset,
            zh: "小数位数应为 0 到 \(ExactDecimal.maximumPlaces) 的整数",
            en: "places must be a whole number from 0 to \(ExactDecimal.maximumPlaces)"
        )
    }
    return places
}

/// All `old` of `whole` replaced, counted before it is made: what a few replacements one around the other would make need
/// not fit anywhere.
private func replacing(
    _ old: String,
    with new: String,
    in whole: String,
    _ offset: Int,
    _ run: Run
) throws(QueryError) -> String {
    if old.isEmpty { return whole }
    try run.spend(whole.utf8.count / 64)
    let pieces = whole.split(separator: old, omittingEmptySubsequences: false)
    let grown = (pieces.count - 1).multipliedReportingOverflow(by: new.utf8.count)
    try checkText(grown.overflow ? Int.max / 2 : whole.utf8.count + grown.partialValue, offset, run)
    return pieces.joined(separator: new)
}

extension String {
    /// As names are compared that people have typed: signs, digits and letters of full width as plain ones, small letters, no blanks.
    fileprivate var plainName: String {
        var name = String.UnicodeScalarView()
        for scalar in unicodeScalars where !scalar.properties.isWhitespace {
            let isWide = ("\u{FF01}"..."\u{FF5E}").contains(scalar)
            name.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(name).lowercased()
    }
}
