internal import ReviewModel

/// Resolves names, checks kinds, and makes plans of what is written. Nothing runs yet.
struct Binder {
    let session: Session
    /// The rows that names mean; `nil` where there are none, as behind `LIMIT`.
    let scope: Scope?
    /// `WITH` names that are seen here.
    let views: [String: QueryPlan]

    func bind(_ expression: Expression) throws(QueryError) -> Computation {
        try session.spend(1)
        switch expression {
        case .literal(let value, let offset): return Constant(value, offset: offset)
        case .parameter(let name, let offset): return try parameter(name, offset)
        case .column(let table, let name, let offset): return try column(table, name, offset)
        case .negative(let operand, let offset): return try Opposite(try bind(operand), offset: offset)
        case .not(let operand, let offset): return Negation(try condition(operand), offset: offset)
        case .logic(let isOr, let operands): return Logic(isOr: isOr, try conditions(operands))
        case .chain(let first, let links): return try chain(first, links)
        case .comparison(let sign, let left, let right, let offset):
            tellOfMissing(left, right, sign, offset)
            if sign == "=" || sign == "<>" {
                tellOfImpossible(left, right)
                tellOfImpossible(right, left)
            }
            let (one, other) = (try bind(left), try bind(right))
            if let quotedNumber = quotedNumber(left, other) ?? quotedNumber(right, one) { throw quotedNumber }
            return try ComparisonTest(sign, one, other, offset: offset)
        case .isNull(let operand, let negated): return MissingTest(try bind(operand), negated: negated)
        case .isIn(let operand, let items, let negated, let offset):
            for item in items { tellOfImpossible(operand, item) }
            return try ListMembership(try bind(operand), try bind(all: items), negated: negated, offset: offset)
        case .between(let operand, let lower, let upper, let negated, let offset):
            return try between(operand, lower, upper, negated, offset)
        case .like(let operand, let pattern, let negated, let offset):
            return try Likeness(try bind(operand), try bind(pattern), negated: negated, offset: offset)
        case .cases(let base, let branches, let otherwise, let offset):
            return try cases(base, branches, otherwise, offset)
        case .cast(let operand, let type, let offset): return try Conversion(try bind(operand), type, offset: offset)
        case .call(let name, let arguments, let isDistinct, let window, let offset):
            return try call(name, arguments, isDistinct, window, offset)
        case .isInQuery(let operand, let query, let negated, let offset):
            let (plan, level) = try inner(query)
            return try QueryMembership(try bind(operand), plan, negated: negated, level: level, offset: offset)
        case .exists(let query, let offset):
            let (plan, level) = try inner(query)
            return Existence(plan, level: level, offset: offset)
        case .subquery(let query, let offset):
            let (plan, level) = try inner(query)
            return try ScalarQuery(plan, level: level, offset: offset)
        }
    }

    func bind(all expressions: [Expression]) throws(QueryError) -> [Computation] {
        var computations: [Computation] = []
        for expression in expressions { computations.append(try bind(expression)) }
        return computations
    }

    /// What must be true or false.
    func condition(_ expression: Expression) throws(QueryError) -> Computation {
        let condition = try bind(expression)
        try requireTruth(condition)
        return condition
    }

    private func conditions(_ expressions: [Expression]) throws(QueryError) -> [Computation] {
        var conditions: [Computation] = []
        for expression in expressions { conditions.append(try condition(expression)) }
        return conditions
    }

    /// A query inside this one, and the level of the rows it may look at.
    private func inner(_ query: SelectStatement) throws(QueryError) -> (QueryPlan, Int) {
        (try Binder(session: session, scope: scope, views: views).plan(query), scope?.level ?? 0)
    }

    private func chain(_ first: Expression, _ links: [Expression.Link]) throws(QueryError) -> Computation {
        var bound: [Chain.Link] = []
        let start = try bind(first)
        for link in links {
            bound.append(Chain.Link(sign: link.sign, operand: try bind(link.operand), offset: link.offset))
        }
        return try Chain(start, bound, offset: first.offset)
    }

    private func between(
        _ operand: Expression,
        _ lower: Expression,
        _ upper: Expression,
        _ negated: Bool,
        _ offset: Int
    ) throws(QueryError) -> Computation {
        let value = try bind(operand)
        let both = Logic(
            isOr: false,
            [
                try ComparisonTest(">=", value, try bind(lower), offset: offset),
                try ComparisonTest("<=", value, try bind(upper), offset: offset),
            ]
        )
        return negated ? Negation(both, offset: offset) : both
    }

    private func cases(
        _ base: Expression?,
        _ branches: [Branch],
        _ otherwise: Expression?,
        _ offset: Int
    ) throws(QueryError) -> Computation {
        let compared = if let base { try bind(base) } else { nil as Computation? }
        var bound: [(when: Computation, then: Computation)] = []
        for branch in branches {
            let when =
                if let compared {
                    try ComparisonTest("=", compared, try bind(branch.when), offset: branch.when.offset) as Computation
                } else { try condition(branch.when) }
            bound.append((when, try bind(branch.then)))
        }
        let rest = if let otherwise { try bind(otherwise) } else { Constant(.null, offset: offset) as Computation }
        return CaseChoice(bound, otherwise: rest, offset: offset)
    }
}

// MARK: - Names

extension Binder {
    private func parameter(_ name: String, _ offset: Int) throws(QueryError) -> Computation {
        switch session.parameters[name] {
        case .value(let value)?: return Constant(value, offset: offset)
        case .kind(let kind)?: return Constant(.null, offset: offset, kind: kind)
        case nil:
            throw QueryError(
                .unknownParameter,
                offset,
                zh: "没有给出参数\"\(name)\"",
                en: "the parameter \"\(name)\" was not given",
                help: suggestion(for: name, among: session.parameters.keys.sorted())
            )
        }
    }

    private func column(_ table: String?, _ name: String, _ offset: Int) throws(QueryError) -> Computation {
        var (current, inner) = (scope, [Scope]())
        while let scope = current {
            let slots = scope.slots(table, name)
            if slots.count > 1 { throw ambiguous(name, slots.map { scope.columns[$0].table }, offset) }
            if let slot = slots.first {
                if scope.isGrouped, !scope.groupedSlots.contains(slot) { throw notGrouped(name, offset) }
                scope.markRead(slot)
                let column = scope.columns[slot]
                if inner.isEmpty {
                    return ColumnReference(slot: slot, kind: column.kind, source: column.source, offset: offset)
                }
                for scope in inner { scope.levels.formUnion(Levels(level(of: current))) }
                return OuterReference(slot: slot, level: scope.level, kind: column.kind, offset: offset)
            }
            if scope.isOpen { return Constant(.null, offset: offset) }
            inner.append(scope)
            current = scope.parent
        }
        throw unknownColumn(table, name, offset)
    }

    private func level(of scope: Scope?) -> Int { scope?.level ?? 0 }

    private func unknownColumn(_ table: String?, _ name: String, _ offset: Int) -> QueryError {
        let columns = (scope?.columns ?? []).filter { table == nil || $0.table == table }
        let known = columns.map(\.name)
        // Who fills in a form knows its titles.
        let titled = columns.first { $0.title?.zh == name || $0.title?.en == name }.map {
            LocalizedText(zh: "请写列的名称 \($0.name)", en: "write the column's name, \($0.name)")
        }
        let whole = (table.map { $0 + "." } ?? "") + name
        return QueryError(
            .unknownColumn,
            offset,
            zh: "没有列\"\(whole)\"",
            en: "there is no column \"\(whole)\"",
            help: titled ?? table.flatMap { fieldHint($0, name) } ?? slip(in: name, among: known) ?? textHint(name)
                ?? suggestion(for: name, among: known)
        )
    }

    /// `project.year` is no column of a table but a field of the dossier.
    private func fieldHint(_ group: String, _ name: String) -> LocalizedText? {
        guard case .found? = session.fields?.content(at: [group, name]) else { return nil }
        return LocalizedText(
            zh: "数据的字段写 field('\(group).\(name)')",
            en: "a field of the dossier is written field('\(group).\(name)')"
        )
    }

    /// `kind = "三公"` names a column: a text stands in single quotes.
    private func textHint(_ name: String) -> LocalizedText? {
        guard name.contains(where: { !$0.isASCII || $0 == " " }) else { return nil }
        return LocalizedText(zh: "文字要用单引号：'\(name)'", en: "a text stands in single quotes: '\(name)'")
    }
}

private func ambiguous(_ name: String, _ tables: [String], _ offset: Int) -> QueryError {
    let list = tables.map { $0 + "." + name }.joined(separator: ", ")
    return QueryError(
        .ambiguous,
        offset,
        zh: "列\"\(name)\"不止一个：\(list)",
        en: "\"\(name)\" may be several columns: \(list)"
    )
}

private func notGrouped(_ name: String, _ offset: Int) -> QueryError {
    QueryError(
        .wrongUse,
        offset,
        zh: "列\"\(name)\"在一组中可能有多个值",
        en: "the column \"\(name)\" may have several values in a group",
        help: LocalizedText(
            zh: "请写入 GROUP BY，或用 min、max、sum 等汇总",
            en: "add it to GROUP BY, or take its min, max or sum"
        )
    )
}
