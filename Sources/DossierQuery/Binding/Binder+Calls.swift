internal import ReviewModel

/// Functions of values, of groups and of windows.
extension Binder {
    func call(
        _ name: String,
        _ arguments: [Expression],
        _ isDistinct: Bool,
        _ window: Window?,
        _ offset: Int
    ) throws(QueryError) -> Computation {
        if let window { return try windowCall(name, arguments, isDistinct, window, offset) }
        if aggregateNames.contains(name) { return try aggregate(name, arguments, isDistinct, offset) }
        if windowNames[name] != nil {
            throw QueryError(
                .wrongUse,
                offset,
                zh: "\(name) 后应有 OVER (…)",
                en: "\(name) needs OVER (…)",
                help: LocalizedText(zh: "如 \(name)() OVER (ORDER BY …)", en: "such as \(name)() OVER (ORDER BY …)")
            )
        }
        guard let function = scalarFunctions[name] else {
            let known = Array(scalarFunctions.keys) + Array(aggregateNames) + Array(windowNames.keys)
            throw QueryError(
                .unknownFunction,
                offset,
                zh: "没有函数\"\(name)\"",
                en: "there is no function \"\(name)\"",
                help: suggestion(for: name, among: known.sorted()) ?? functions(known, near: name)
            )
        }
        guard function.arity.contains(arguments.count), !isDistinct else {
            throw wrongCount(name, function.arity, arguments.count, offset)
        }
        if name == "field", case .literal(.text(let path), let place)? = arguments.first {
            let kind = try fieldKind(path, place)
            return try FunctionCall(function, try bind(all: arguments), kind: kind, offset: offset)
        }
        return try FunctionCall(function, try bind(all: arguments), offset: offset)
    }

    /// What kind of value a path of the form leads to; `nil` where only the dossier will tell.
    private func fieldKind(_ path: String, _ offset: Int) throws(QueryError) -> Kind? {
        guard let form = session.fields else { return nil }
        switch form.content(at: path.split(separator: ".").map(String.init)) {
        case .found(.value(let type)): return type.map(Kind.init)
        case .found(.list): return .list
        case .found: return nil
        case .unknown(let known):
            throw QueryError(
                .unknownField,
                offset,
                zh: "表单没有字段\"\(path)\"",
                en: "the form has no field \"\(path)\"",
                help: suggestion(for: path, among: known)
            )
        }
    }

    // MARK: Groups

    private func aggregate(
        _ name: String,
        _ arguments: [Expression],
        _ isDistinct: Bool,
        _ offset: Int
    ) throws(QueryError) -> Computation {
        try checkAggregate(name, arguments, offset)
        guard let scope, scope.isGrouped else {
            throw QueryError(
                .wrongUse,
                offset,
                zh: "此处不能用汇总函数",
                en: "no function of a whole group can stand here",
                help: LocalizedText(zh: "条件请写在 HAVING 中", en: "put the condition in HAVING")
            )
        }
        // The argument is computed for every row, before there are groups; windows come after these.
        let windows = scope.windows
        (scope.isGrouped, scope.windows) = (false, nil)
        defer { (scope.isGrouped, scope.windows) = (true, windows) }
        let argument = if let only = arguments.first { try bind(only) } else { nil as Computation? }
        try checkSummand(name, argument, offset)
        scope.calls.append(AggregateCall(name: name, argument: argument, isDistinct: isDistinct, offset: offset))
        let reference = ColumnReference(
            slot: scope.columns.count + scope.keyCount + scope.calls.count - 1,
            kind: Self.kind(name, argument),
            source: nil,
            offset: offset
        )
        if let argument { reference.look(at: argument.levels) }
        return reference
    }

    private func checkAggregate(_ name: String, _ arguments: [Expression], _ offset: Int) throws(QueryError) {
        if arguments.count <= 1, !arguments.isEmpty || name == "count" { return }
        throw wrongCount(name, 1...1, arguments.count, offset)
    }

    private func checkSummand(_ name: String, _ argument: Computation?, _ offset: Int) throws(QueryError) {
        switch name {
        case "sum", "total", "avg": try requireNumber(argument?.kind, offset)
        case "group_concat": if argument?.kind == .list { throw expectedText(.list, offset) }
        case "min", "max":
            if argument?.kind == .list { throw incomparable(Kind.list.name, Kind.list.name, offset) }
        default: break
        }
    }

    private static func kind(_ name: String, _ argument: Computation?) -> Kind? {
        switch name {
        case "min", "max", "lag", "lead": argument?.kind
        case "group_concat": .text
        default: .number
        }
    }

    // MARK: Windows

    private func windowCall(
        _ name: String,
        _ arguments: [Expression],
        _ isDistinct: Bool,
        _ window: Window,
        _ offset: Int
    ) throws(QueryError) -> Computation {
        guard aggregateNames.contains(name) || windowNames[name] != nil, name != "group_concat" else {
            throw QueryError(
                .wrongUse,
                offset,
                zh: "\(name) 不能用 OVER",
                en: "\(name) takes no OVER",
                help: suggestion(for: name, among: (Array(aggregateNames) + Array(windowNames.keys)).sorted())
            )
        }
        if isDistinct {
            throw QueryError(.wrongUse, offset, zh: "OVER 前不能用 DISTINCT", en: "DISTINCT cannot stand before OVER")
        }
        if let arity = windowNames[name] {
            guard arity.contains(arguments.count) else { throw wrongCount(name, arity, arguments.count, offset) }
        } else {
            try checkAggregate(name, arguments, offset)
        }
        guard let scope, let windows = scope.windows else {
            throw QueryError(
                .wrongUse,
                offset,
                zh: "OVER 只能用在 SELECT 的列和 ORDER BY 中",
                en: "OVER can only stand in what SELECT lists and in ORDER BY",
                help: LocalizedText(zh: "条件请写在外层查询中", en: "put the condition into a query around this one")
            )
        }
        // No window looks at another.
        scope.windows = nil
        defer { if scope.windows == nil { scope.windows = windows } }
        var order: [(computation: Computation, isDescending: Bool)] = []
        for key in window.order { order.append((try bind(key.expression), key.isDescending)) }
        let call = WindowCall(
            name: name,
            arguments: try bind(all: arguments),
            partitions: try bind(all: window.partitions),
            order: order,
            offset: offset
        )
        try checkSummand(name, call.arguments.first, offset)
        let reference = WindowReference(call, kind: Self.kind(name, call.arguments.first), offset: offset)
        scope.windows = windows + [(call, reference)]
        return reference
    }
}

private func wrongCount(_ name: String, _ arity: ClosedRange<Int>, _ count: Int, _ offset: Int) -> QueryError {
    let wanted =
        arity.lowerBound == arity.upperBound ? "\(arity.lowerBound)" : "\(arity.lowerBound)–\(arity.upperBound)"
    // Elsewhere min and max of several values are one function with those of a column.
    let meant = count > 1 ? ["min": "least", "max": "greatest"][name] : nil
    return QueryError(
        .wrongUse,
        offset,
        zh: "函数 \(name) 需要 \(wanted) 个参数，给了 \(count) 个",
        en:
            "\(name) takes \(wanted) \(wanted == "1" ? "argument" : "arguments"), \(count) \(count == 1 ? "was" : "were") given",
        help: meant.map {
            LocalizedText(zh: "几个值中取一个，请写 \($0)(…)", en: "of several values it is \($0)(…)")
        }
    )
}

/// Some of the functions that there are, those that begin alike first.
private func functions(_ known: [String], near name: String) -> LocalizedText {
    let list = listed(Set(known).sortedByNearness(to: name))
    return LocalizedText(zh: "可用的有：\(list)", en: "known here: \(list)")
}
