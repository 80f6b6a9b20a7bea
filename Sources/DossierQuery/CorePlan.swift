internal import ReviewModel

/// One `SELECT … FROM … WHERE … GROUP BY … HAVING`, its names resolved.
struct CorePlan {
    /// A row of the result, with what it is to be sorted by besides.
    struct Output {
        var values: [Value]
        var extras: [Value]
    }

    /// The columns of the result.
    let columns: [Relation.Column]
    private let input: JoinedInput
    private let condition: Evaluation?
    private let groups: [Evaluation]
    private let groupCondition: Evaluation?
    private let items: [Evaluation]
    private let extras: [Evaluation]
    private let isGrouped: Bool
    private let isDistinct: Bool

    init(
        _ core: SelectStatement.Core,
        in parent: Scope?,
        _ views: [String: Relation],
        _ execution: Execution,
        extras: [Expression]
    ) throws(QueryError) {
        input = try JoinedInput(core.joins, in: parent, views, execution)
        let rowScope = Scope(input.columns, parent: parent)
        let rowCompiler = Compiler(scope: rowScope, views: views, execution: execution)
        if let condition = core.condition {
            self.condition = try rowCompiler.compile(condition)
        } else {
            condition = nil
        }
        let expanded = try Self.expand(core.items, input.columns)
        let needsGroups = expanded.contains { $0.expression.hasAggregate } || extras.contains { $0.hasAggregate }
        isGrouped = !core.groups.isEmpty || core.groupCondition != nil || needsGroups
        isDistinct = core.isDistinct

        let scope = Scope(input.columns, parent: parent)
        scope.isGrouped = isGrouped
        var (groups, grouped) = ([Evaluation](), Set<Int>())
        for group in core.groups {
            // The name of a computed item stands for the item.
            let index = Self.item(named: group, expanded, input.columns)
            let expression = index.map { expanded[$0].expression } ?? group
            if let index { grouped.insert(index) }
            if case .column(let table, let name, _) = expression {
                for column in input.columns.indices
                where input.columns[column].name == name
                    && (table ?? input.columns[column].table) == input.columns[column].table
                {
                    scope.groupedColumns.insert(column)
                }
            }
            groups.append(try rowCompiler.compile(expression))
        }
        self.groups = groups
        let compiler = Compiler(scope: scope, views: views, execution: execution)
        var (items, columns) = ([Evaluation](), [Relation.Column]())
        for (index, item) in expanded.enumerated() {
            items.append(try (grouped.contains(index) ? rowCompiler : compiler).compile(item.expression))
            columns.append(Self.column(item, input.columns, position: index))
        }
        (self.items, self.columns) = (items, columns)
        var compiledExtras: [Evaluation] = []
        for extra in extras { compiledExtras.append(try compiler.compile(extra)) }
        self.extras = compiledExtras
        if let having = core.groupCondition {
            groupCondition = try compiler.compile(having)
        } else {
            groupCondition = nil
        }
    }

    func run(_ execution: Execution) throws(QueryError) -> [Output] {
        let rows = try input.rows(execution, where: condition)
        var outputs: [Output] = []
        if isGrouped {
            for group in try gather(rows, execution) {
                try execution.with(row: group.first ?? []) { () throws(QueryError) in
                    try execution.with(group: group) { () throws(QueryError) in
                        if let groupCondition, try truth(groupCondition(execution), 0) != true { return }
                        outputs.append(try output(execution))
                    }
                }
            }
        } else {
            for row in rows {
                try execution.step()
                try execution.with(row: row) { () throws(QueryError) in outputs.append(try output(execution)) }
            }
        }
        try execution.check(rowCount: outputs.count)
        return isDistinct ? distinct(outputs) : outputs
    }

    private func output(_ execution: Execution) throws(QueryError) -> Output {
        var output = Output(values: [], extras: [])
        output.values.reserveCapacity(items.count)
        for item in items { output.values.append(try item(execution)) }
        for extra in extras { output.extras.append(try extra(execution)) }
        return output
    }

    /// The groups in the order of their first rows. Without `GROUP BY` everything is one group, even if that is nothing.
    private func gather(_ rows: [[Value]], _ execution: Execution) throws(QueryError) -> [[[Value]]] {
        if groups.isEmpty { return [rows] }
        var (positions, gathered) = ([[Value]: Int](), [[[Value]]]())
        for row in rows {
            try execution.step()
            let key = try execution.with(row: row) { () throws(QueryError) -> [Value] in
                var key: [Value] = []
                for group in groups { key.append(try group(execution)) }
                return key
            }
            if let position = positions[key] {
                gathered[position].append(row)
            } else {
                positions[key] = gathered.count
                gathered.append([row])
            }
        }
        return gathered
    }
}

// MARK: - Items

extension CorePlan {
    private typealias Item = (expression: Expression, name: String?)

    /// `*` and `table.*` written out.
    private static func expand(
        _ items: [SelectStatement.Item],
        _ columns: [Relation.Column]
    ) throws(QueryError) -> [Item] {
        var expanded: [Item] = []
        for item in items {
            if let expression = item.expression {
                expanded.append((expression, item.name))
                continue
            }
            let meant = columns.filter { item.name == nil || $0.table == item.name }
            if meant.isEmpty {
                throw QueryError(item.offset, zh: "没有可用的列", en: "there are no columns to take")
            }
            for column in meant {
                expanded.append((.column(table: column.table, name: column.name, offset: item.offset), nil))
            }
        }
        return expanded
    }

    /// The item that a name behind `GROUP BY` stands for, unless it is a column of the input.
    private static func item(named group: Expression, _ items: [Item], _ columns: [Relation.Column]) -> Int? {
        guard case .column(nil, let name, _) = group, !columns.contains(where: { $0.name == name }) else { return nil }
        return items.firstIndex { $0.name == name }
    }

    private static func column(_ item: Item, _ inputs: [Relation.Column], position: Int) -> Relation.Column {
        if case .column(let table, let name, _) = item.expression,
            var source = inputs.first(where: { $0.name == name && (table == nil || $0.table == table) })
        {
            if let alias = item.name { (source.name, source.title) = (alias, nil) }
            return source
        }
        let name = item.name ?? "column\(position + 1)"
        return Relation.Column(table: "", name: name, title: nil, type: nil)
    }

    /// The names of the result's columns, for `ORDER BY`.
    static func outputNames(
        _ core: SelectStatement.Core,
        _ views: [String: Relation],
        _ parent: Scope?,
        _ execution: Execution
    ) throws(QueryError) -> [String] {
        let columns = try JoinedInput(core.joins, in: parent, views, execution).columns
        return try expand(core.items, columns).enumerated().map { column($1, columns, position: $0).name }
    }
}

extension Expression {
    /// Whether a function of a whole group stands in it, outside of queries of its own.
    var hasAggregate: Bool {
        switch self {
        case .call(let name, let arguments, _, _):
            aggregateFunctions[name] != nil || arguments.contains(where: \.hasAggregate)
        case .literal, .parameter, .column, .exists, .subquery: false
        case .unary(_, let operand, _), .isNull(let operand, _), .isInQuery(let operand, _, _, _),
            .cast(let operand, _, _):
            operand.hasAggregate
        case .binary(_, let left, let right, _), .like(let left, let right, _, _):
            left.hasAggregate || right.hasAggregate
        case .isIn(let operand, let items, _, _): operand.hasAggregate || items.contains(where: \.hasAggregate)
        case .between(let operand, let lower, let upper, _, _):
            operand.hasAggregate || lower.hasAggregate || upper.hasAggregate
        case .cases(let base, let branches, let otherwise):
            base?.hasAggregate == true || otherwise?.hasAggregate == true
                || branches.contains { $0.when.hasAggregate || $0.then.hasAggregate }
        }
    }
}
