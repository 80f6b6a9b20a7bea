internal import ReviewModel

/// A `SELECT` whose names are resolved, ready to be run, as often as a query around it needs.
struct SelectPlan {
    private let cores: [(plan: CorePlan, keepsAll: Bool)]
    private let order: [OrderKey]
    private let limit: Evaluation?
    private let skip: Evaluation?

    /// The columns of the result.
    var columns: [Relation.Column] { cores[0].plan.columns }

    /// What rows are sorted by: a column of the result, or something computed beside it.
    private enum OrderKey {
        case column(Int, isDescending: Bool)
        case extra(Int, isDescending: Bool)
    }

    init(
        _ query: SelectStatement,
        in parent: Scope?,
        _ outerViews: [String: Relation],
        _ execution: Execution
    ) throws(QueryError) {
        var views = outerViews
        for view in query.views {
            views[view.name] = try SelectPlan(view.query, in: parent, views, execution).run(execution)
        }
        let names = try CorePlan.outputNames(query.core, views, parent, execution)
        var (order, extras) = ([OrderKey](), [Expression]())
        for key in query.order {
            if let column = Self.outputColumn(key.expression, names) {
                order.append(.column(column, isDescending: key.isDescending))
            } else if query.unions.isEmpty, !query.core.isDistinct {
                order.append(.extra(extras.count, isDescending: key.isDescending))
                extras.append(key.expression)
            } else {
                throw QueryError(
                    query.offset,
                    zh: "用 DISTINCT 或 UNION 时，只能按结果中的列排序",
                    en: "with DISTINCT or UNION, rows can only be sorted by columns of the result"
                )
            }
        }
        self.order = order
        var cores = [(plan: try CorePlan(query.core, in: parent, views, execution, extras: extras), keepsAll: true)]
        for union in query.unions {
            let plan = try CorePlan(union.core, in: parent, views, execution, extras: [])
            guard plan.columns.count == cores[0].plan.columns.count else {
                throw QueryError(
                    query.offset,
                    zh: "UNION 两边的列数不同",
                    en: "both sides of UNION must have as many columns"
                )
            }
            cores.append((plan, union.keepsAll))
        }
        self.cores = cores
        let constants = Compiler(scope: Scope([], parent: nil), views: views, execution: execution)
        if let limit = query.limit { self.limit = try constants.compile(limit) } else { limit = nil }
        if let skip = query.skip { self.skip = try constants.compile(skip) } else { skip = nil }
    }

    /// The result column that an `ORDER BY` names or numbers.
    private static func outputColumn(_ expression: Expression, _ names: [String]) -> Int? {
        switch expression {
        case .column(nil, let name, _): names.firstIndex(of: name)
        case .literal(.decimal(let number))
        where number.places == 0 && number >= 1 && number <= ExactDecimal(names.count):
            Int(number.significand) - 1
        default: nil
        }
    }

    func run(_ execution: Execution) throws(QueryError) -> Relation {
        var rows = try cores[0].plan.run(execution)
        for core in cores.dropFirst() {
            rows += try core.plan.run(execution)
            if !core.keepsAll { rows = distinct(rows) }
        }
        if !order.isEmpty { rows = sorted(rows) }
        let skipped = try count(skip, execution) ?? 0
        let kept = try count(limit, execution) ?? rows.count
        return Relation(columns: cores[0].plan.columns, rows: rows.dropFirst(skipped).prefix(kept).map(\.values))
    }

    private func count(_ evaluation: Evaluation?, _ execution: Execution) throws(QueryError) -> Int? {
        guard let value = try evaluation?(execution) else { return nil }
        guard let count = value.integer, count >= 0 else {
            throw QueryError(0, zh: "LIMIT 和 OFFSET 应为非负整数", en: "LIMIT and OFFSET must be whole numbers from 0")
        }
        return count
    }

    /// Sorted by the keys; equal rows keep their order.
    private func sorted(_ rows: [CorePlan.Output]) -> [CorePlan.Output] {
        rows.enumerated().sorted { one, other in
            for key in order {
                let (order, isDescending) =
                    switch key {
                    case .column(let index, let isDescending):
                        (sortsBefore(one.element.values[index], other.element.values[index]), isDescending)
                    case .extra(let index, let isDescending):
                        (sortsBefore(one.element.extras[index], other.element.extras[index]), isDescending)
                    }
                if order != 0 { return isDescending ? order > 0 : order < 0 }
            }
            return one.offset < other.offset
        }.map(\.element)
    }
}

/// Every row once, the first of its kind.
func distinct(_ rows: [CorePlan.Output]) -> [CorePlan.Output] {
    var seen = Set<[Value]>()
    return rows.filter { seen.insert($0.values).inserted }
}
