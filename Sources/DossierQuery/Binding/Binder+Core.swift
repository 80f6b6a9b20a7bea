internal import ReviewModel

extension Binder {
    typealias Item = (expression: Expression, name: String?)

    /// A core in a scope of its own, inside the scope of this binder.
    func core(
        _ core: SelectStatement.Core,
        order: [SelectStatement.Order],
        isAlone: Bool
    ) throws(QueryError) -> BoundCore {
        let scope = Scope(parent: self.scope)
        let binder = Binder(session: session, scope: scope, views: views)
        var input = CoreInput(scope: scope, optimises: session.optimises)
        for join in core.joins { try input.add(try binder.source(join), join.keepsLeft) }
        input.conditions = try binder.conjuncts(core.condition)

        let items = try binder.expand(core.items)
        let names = items.enumerated().map { binder.resultColumn($1, nil, position: $0).name }
        let extras = order.map(\.expression).filter { isAlone && !core.isDistinct && Self.resultSlot($0, names) == nil }
        let isGrouped =
            !core.groups.isEmpty || core.groupCondition != nil || items.contains { $0.expression.hasAggregate }
            || extras.contains(where: \.hasAggregate)
        let keys = try binder.keys(core.groups, items)
        (scope.isGrouped, scope.keyCount, scope.windows) = (isGrouped, keys.computations.count, [])
        var (computations, columns) = ([Computation](), [ResultColumn]())
        for (index, item) in items.enumerated() {
            let computation = try session.attempt(Constant(.null, offset: item.expression.offset)) {
                () throws(QueryError) in try binder.item(item.expression, index, keys)
            }
            computations.append(computation)
            columns.append(binder.resultColumn(item, computation, position: index))
        }
        for extra in extras { computations.append(try binder.bind(extra)) }
        let windows = scope.windows ?? []
        scope.windows = nil
        let having = try binder.conjuncts(core.groupCondition)
        let groups = isGrouped ? CoreGroups(keys: keys.computations, calls: scope.calls, having: having) : nil
        var planner = CorePlanner(
            scope: scope,
            input: input,
            groups: groups,
            windows: windows,
            computations: computations,
            columns: columns,
            isDistinct: core.isDistinct
        )
        return try planner.plan()
    }

    /// The conditions that must all hold, one by one.
    private func conjuncts(_ expression: Expression?) throws(QueryError) -> [Computation] {
        guard let expression else { return [] }
        let parts = if case .logic(isOr: false, let operands) = expression { operands } else { [expression] }
        var conditions: [Computation] = []
        for part in parts {
            conditions.append(
                try session.attempt(Constant(true, offset: part.offset)) { () throws(QueryError) in try condition(part)
                }
            )
        }
        return conditions
    }

    // MARK: FROM

    private func source(_ join: SelectStatement.Join) throws(QueryError) -> CoreInput.Source {
        guard let scope else { return CoreInput.Source(rows: SingleRow(), levels: Levels(), conditions: []) }
        let number = scope.columns.last.map { $0.source + 1 } ?? 0
        let before = scope.columns.count
        // A query behind FROM looks at the queries around this one, not at the tables beside it.
        let around = Binder(session: session, scope: scope.parent, views: views)
        let (rows, added, levels) = try around.rows(join.source, number, scope)
        for column in added where scope.columns.contains(where: { $0.table == column.table }) {
            throw QueryError(
                .wrongUse,
                join.source.offset,
                zh: "表\"\(column.table)\"出现两次",
                en: "the table \"\(column.table)\" stands here twice",
                help: LocalizedText(zh: "请用 AS 另取名称", en: "give one another name with AS")
            )
        }
        try session.spend(added.count)
        guard before + added.count <= QueryLimits.columns else {
            throw QueryError(
                .tooMuch,
                join.source.offset,
                zh: "超过 \(QueryLimits.columns) 列",
                en: "there are more than \(QueryLimits.columns) columns"
            )
        }
        scope.add(added)
        scope.levels.formUnion(levels)
        return CoreInput.Source(rows: rows, levels: levels, conditions: try conjuncts(join.condition))
    }

    /// Who fills in a form knows its titles.
    private func titled(_ name: String) -> LocalizedText? {
        session.tableNames.first { known in
            guard let title = session.tables[known]?.schema.title else { return false }
            return title.zh == name || title.en == name
        }.map { LocalizedText(zh: "请写表的名称 \($0)", en: "write the table's name, \($0)") }
    }

    private func rows(
        _ source: SelectStatement.Source,
        _ number: Int,
        _ scope: Scope
    ) throws(QueryError) -> (Operator, [ScopeColumn], Levels) {
        switch source {
        case .query(let query, let alias, _):
            let plan = try plan(query)
            return (scope.level == 0 ? plan.rows : plan.source(), Self.columns(plan, alias, number), plan.levels)
        case .table(let name, let alias, let offset):
            if let view = views[name] { return (view.source(), Self.columns(view, alias ?? name, number), view.levels) }
            guard let table = session.tables[name] else {
                if session.isOpen {
                    scope.isOpen = true
                    return (SingleRow(), [], Levels())
                }
                throw QueryError(
                    .unknownTable,
                    offset,
                    zh: "没有表\"\(name)\"",
                    en: "there is no table \"\(name)\"",
                    help: titled(name) ?? suggestion(for: name, among: session.tableNames + views.keys.sorted())
                        ?? LocalizedText(
                            zh: "表名见表单的 tables",
                            en: "the tables are those that the form names under tables:"
                        )
                )
            }
            if session.filled?.contains(name) == false { session.note(notFilled(name, offset)) }
            let columns = zip(table.schema.columns, table.storage).map { column, cells in
                let known = session.values(of: column.name, in: name)
                return ScopeColumn(
                    table: alias ?? name,
                    name: column.name,
                    title: column.title,
                    type: column.type,
                    unit: column.unit,
                    // A cell that does not fit its column may be anything.
                    kind: cells.strays.isEmpty ? Kind(column.type) : nil,
                    isWhole: column.type == .integer,
                    source: number,
                    values: known.values,
                    titles: known.titles
                )
            }
            return (Scan(table, in: scope, base: scope.columns.count), columns, Levels())
        }
    }

    private static func columns(_ plan: QueryPlan, _ alias: String, _ number: Int) -> [ScopeColumn] {
        plan.columns.map {
            ScopeColumn(
                table: alias,
                name: $0.name,
                title: $0.title,
                type: $0.type,
                unit: $0.unit,
                kind: $0.kind,
                isWhole: $0.isWhole,
                source: number
            )
        }
    }

    // MARK: What SELECT lists

    /// `*` and `table.*` written out.
    private func expand(_ items: [SelectStatement.Item]) throws(QueryError) -> [Item] {
        var expanded: [Item] = []
        for item in items {
            if let expression = item.expression {
                expanded.append((expression, item.name))
                continue
            }
            let meant = (scope?.columns ?? []).filter { item.name == nil || $0.table == item.name }
            if meant.isEmpty || scope?.isOpen == true {
                if scope?.isOpen == true { throw .nothingKnown }
                throw QueryError(.wrongUse, item.offset, zh: "没有可用的列", en: "there are no columns to take")
            }
            for column in meant {
                expanded.append((.column(table: column.table, name: column.name, offset: item.offset), nil))
            }
        }
        guard expanded.count <= QueryLimits.columns else {
            throw QueryError(
                .tooMuch,
                items.first?.offset ?? 0,
                zh: "超过 \(QueryLimits.columns) 列",
                en: "there are more than \(QueryLimits.columns) columns"
            )
        }
        return expanded
    }

    typealias Keys = (computations: [Computation], items: [Int: Int])

    /// What groups are made by. The name of a computed item stands for the item; `items` says which key an item is.
    private func keys(_ groups: [Expression], _ items: [Item]) throws(QueryError) -> Keys {
        var keys: Keys = ([], [:])
        for group in groups {
            let index = item(named: group, items)
            if let index { keys.items[index] = keys.computations.count }
            let key = try bind(index.map { items[$0].expression } ?? group)
            if let column = key as? ColumnReference { scope?.groupedSlots.insert(column.slot) }
            keys.computations.append(key)
        }
        return keys
    }

    /// The item that a name behind `GROUP BY` stands for, unless it is a column of the input.
    private func item(named group: Expression, _ items: [Item]) -> Int? {
        guard case .column(nil, let name, _) = group, scope?.slots(nil, name).isEmpty == true else { return nil }
        return items.firstIndex { $0.name == name }
    }

    private func item(_ expression: Expression, _ index: Int, _ keys: Keys) throws(QueryError) -> Computation {
        guard let scope, let key = keys.items[index] else { return try bind(expression) }
        return ColumnReference(
            slot: scope.columns.count + key,
            kind: keys.computations[key].kind,
            source: nil,
            offset: expression.offset
        )
    }

    private func resultColumn(_ item: Item, _ computation: Computation?, position: Int) -> ResultColumn {
        if case .column(let table, let name, _) = item.expression, let scope,
            let slot = scope.slots(table, name).first
        {
            let source = scope.columns[slot]
            return ResultColumn(
                name: item.name ?? name,
                title: item.name == nil ? source.title : nil,
                type: source.type,
                unit: source.unit,
                kind: computation?.kind ?? source.kind,
                isWhole: source.isWhole
            )
        }
        var column = ResultColumn(name: item.name ?? "column\(position + 1)", kind: computation?.kind)
        if case .call("count", _, _, _, _) = item.expression { column.isWhole = true }
        if case .literal(.decimal(let number), _) = item.expression { column.isWhole = number.places == 0 }
        return column
    }
}

extension QueryError {
    /// What `*` stands for is not known, and so nothing that follows is.
    static let nothingKnown = QueryError(.cancelled, 0, isFinal: true, zh: "表未知", en: "the tables are not known")
}

// MARK: - Messages

private func notFilled(_ table: String, _ offset: Int) -> QueryError {
    var warning = QueryError(
        .tableNotFilled,
        offset,
        zh: "表单有表\"\(table)\"，但此处没有填写，查询将没有结果",
        en: "the form has a table \"\(table)\", but it is not filled here: the query will have no answer",
        help: LocalizedText(zh: "请在 tables: 中填写 \(table)，可以为空：[]", en: "fill in \(table) under tables:, be it with []")
    )
    warning.severity = .warning
    return warning
}
