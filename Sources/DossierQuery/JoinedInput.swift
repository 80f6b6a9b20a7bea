internal import ReviewModel

/// The rows behind `FROM`: tables and queries, joined from left to right.
struct JoinedInput {
    let columns: [Relation.Column]
    private let steps: [Step]

    private struct Step {
        var source: Source
        var width: Int
        var condition: Evaluation?
        var keepsLeft: Bool
        /// Columns whose equality the condition asks for: of the rows so far, and of the new ones.
        var equal: (left: Int, right: Int)?
    }

    private enum Source {
        case relation(Relation)
        /// A query that may look at the rows of the queries around it.
        case query(SelectPlan)
    }

    init(
        _ joins: [SelectStatement.Join],
        in parent: Scope?,
        _ views: [String: Relation],
        _ execution: Execution
    ) throws(QueryError) {
        var (columns, steps) = ([Relation.Column](), [Step]())
        for join in joins {
            let (source, added) = try Self.resolve(join.source, parent, views, execution)
            let before = columns
            for column in added where before.contains(where: { $0.table == column.table }) {
                throw QueryError(
                    0,
                    zh: "表\"\(column.table)\"出现两次",
                    en: "the table \"\(column.table)\" stands here twice",
                    help: LocalizedText(zh: "请用 AS 另取名称", en: "give one another name with AS")
                )
            }
            columns += added
            var step = Step(source: source, width: added.count, condition: nil, keepsLeft: join.keepsLeft, equal: nil)
            if let condition = join.condition {
                let compiler = Compiler(scope: Scope(columns, parent: parent), views: views, execution: execution)
                step.condition = try compiler.compile(condition)
                step.equal = Self.equality(condition, before, added)
            }
            steps.append(step)
        }
        (self.columns, self.steps) = (columns, steps)
    }

    private static func resolve(
        _ source: SelectStatement.Source,
        _ parent: Scope?,
        _ views: [String: Relation],
        _ execution: Execution
    ) throws(QueryError) -> (Source, [Relation.Column]) {
        switch source {
        case .query(let query, let alias, _):
            let plan = try SelectPlan(query, in: parent, views, execution)
            return (
                .query(plan),
                plan.columns.map {
                    Relation.Column(table: alias, name: $0.name, title: $0.title, type: $0.type, unit: $0.unit)
                }
            )
        case .table(let name, let alias, let offset):
            if let view = views[name] {
                let relation = view.named(alias ?? name)
                return (.relation(relation), relation.columns)
            }
            guard let table = execution.dossier.table(name) else {
                throw QueryError(
                    offset,
                    zh: "没有表\"\(name)\"",
                    en: "there is no table \"\(name)\"",
                    help: suggestion(for: name, among: execution.dossier.tables.map(\.name) + views.keys.sorted())
                )
            }
            let relation = Relation(table, alias: alias)
            return (.relation(relation), relation.columns)
        }
    }

    /// The first `left.column = right.column` that must hold, so that rows are looked up instead of tried one by one.
    private static func equality(
        _ condition: Expression,
        _ left: [Relation.Column],
        _ right: [Relation.Column]
    ) -> (left: Int, right: Int)? {
        switch condition {
        case .binary("AND", let one, let other, _): return equality(one, left, right) ?? equality(other, left, right)
        case .binary("=", .column(let table, let name, _), .column(let otherTable, let otherName, _), _):
            func position(_ table: String?, _ name: String, _ columns: [Relation.Column]) -> Int? {
                let found = columns.indices.filter {
                    columns[$0].name == name && (table == nil || columns[$0].table == table)
                }
                return found.count == 1 ? found[0] : nil
            }
            if let one = position(table, name, left), let other = position(otherTable, otherName, right),
                position(table, name, right) == nil, position(otherTable, otherName, left) == nil
            {
                return (one, other)
            }
            if let one = position(otherTable, otherName, left), let other = position(table, name, right),
                position(otherTable, otherName, right) == nil, position(table, name, left) == nil
            {
                return (one, other)
            }
            return nil
        default: return nil
        }
    }

    /// The joined rows for which `condition` holds. Without `FROM` there is one row of nothing.
    func rows(_ execution: Execution, where condition: Evaluation?) throws(QueryError) -> [[Value]] {
        var rows: [[Value]] = [[]]
        for (index, step) in steps.enumerated() {
            let added: [[Value]]
            switch step.source {
            case .relation(let relation): added = relation.rows
            case .query(let plan): added = try plan.run(execution).rows
            }
            rows = index == 0 ? added : try join(rows, added, step, execution)
            try execution.check(rowCount: rows.count)
        }
        guard let condition else { return rows }
        var kept: [[Value]] = []
        for row in rows {
            try execution.step()
            let holds = try execution.with(row: row) { () throws(QueryError) in try truth(condition(execution), 0) }
            if holds == true { kept.append(row) }
        }
        return kept
    }

    private func join(
        _ rows: [[Value]],
        _ added: [[Value]],
        _ step: Step,
        _ execution: Execution
    ) throws(QueryError) -> [[Value]] {
        var index: [Value: [Int]] = [:]
        if let equal = step.equal {
            for (position, row) in added.enumerated() where !row[equal.right].isNull {
                index[row[equal.right], default: []].append(position)
            }
        }
        var joined: [[Value]] = []
        for row in rows {
            let candidates = step.equal.map { index[row[$0.left]] ?? [] } ?? Array(added.indices)
            var hasPartner = false
            for candidate in candidates {
                try execution.step()
                let whole = row + added[candidate]
                if let condition = step.condition {
                    let holds = try execution.with(row: whole) { () throws(QueryError) in
                        try truth(condition(execution), 0)
                    }
                    if holds != true { continue }
                }
                hasPartner = true
                joined.append(whole)
            }
            if step.keepsLeft, !hasPartner { joined.append(row + Array(repeating: .null, count: step.width)) }
            try execution.check(rowCount: joined.count)
        }
        return joined
    }
}
