internal import ReviewModel

/// Whole queries: `WITH`, `UNION`, `ORDER BY` and `LIMIT` around one or several cores.
extension Binder {
    /// The plan of a query whose rows may look at those of this binder's scope.
    func plan(_ query: SelectStatement) throws(QueryError) -> QueryPlan {
        var views = views
        for view in query.views {
            views[view.name] = try Binder(session: session, scope: scope, views: views).plan(view.query)
        }
        let binder = Binder(session: session, scope: scope, views: views)
        var first = try binder.core(query.core, order: query.order, isAlone: query.unions.isEmpty)
        let columns = first.columns
        var (rows, levels) = (first.rows, first.levels)
        if !query.unions.isEmpty { rows = try binder.union(query, first, &levels) }
        let keys = try sortKeys(query, first)
        if !keys.isEmpty { rows = Sorting(rows, keys, keptWidth: columns.count) }
        if query.limit != nil || query.skip != nil {
            rows = Limit(rows, limit: try constant(query.limit), skip: try constant(query.skip))
            (first.groupedAnswer, first.existingKeys) = (nil, nil)
        }
        if !query.unions.isEmpty { (first.groupedAnswer, first.existingKeys) = (nil, nil) }
        return QueryPlan(
            columns: columns,
            rows: rows,
            levels: levels,
            groupedAnswer: first.groupedAnswer,
            existingKeys: first.existingKeys
        )
    }

    /// What stands behind `LIMIT`: a value that is the same for all rows.
    private func constant(_ expression: Expression?) throws(QueryError) -> Computation? {
        guard let expression else { return nil }
        let value = try Binder(session: session, scope: nil, views: [:]).bind(expression)
        try requireNumber(value.kind, value.offset)
        return value
    }

    private func union(
        _ query: SelectStatement,
        _ first: BoundCore,
        _ levels: inout Levels
    ) throws(QueryError) -> Operator {
        var (inputs, firstKept) = ([first.rows], 0)
        for (index, union) in query.unions.enumerated() {
            let core = try core(union.core, order: [], isAlone: false)
            guard core.columns.count == first.columns.count else {
                throw QueryError(
                    .wrongUse,
                    query.offset,
                    zh: "UNION 两边的列数不同",
                    en: "both sides of UNION must have as many columns"
                )
            }
            levels.formUnion(core.levels)
            inputs.append(core.rows)
            if !union.keepsAll { firstKept = index + 2 }
        }
        return UnionOf(inputs, firstKept: firstKept)
    }

    /// What the rows are sorted by: columns of the result, named or numbered, or what the core has computed beside them.
    private func sortKeys(_ query: SelectStatement, _ core: BoundCore) throws(QueryError) -> [SortKey] {
        var (keys, extra) = ([SortKey](), core.columns.count)
        for key in query.order {
            if let slot = Self.resultSlot(key.expression, core.columns.map(\.name)) {
                keys.append(SortKey(slot: slot, isDescending: key.isDescending))
            } else if query.unions.isEmpty, !query.core.isDistinct {
                keys.append(SortKey(slot: extra, isDescending: key.isDescending))
                extra += 1
            } else {
                throw QueryError(
                    .wrongUse,
                    key.expression.offset,
                    zh: "用 DISTINCT 或 UNION 时，只能按结果中的列排序",
                    en: "with DISTINCT or UNION, rows can only be sorted by columns of the result"
                )
            }
        }
        return keys
    }

    /// The result column that an `ORDER BY` names or numbers.
    static func resultSlot(_ expression: Expression, _ names: [String]) -> Int? {
        switch expression {
        case .column(nil, let name, _): names.firstIndex(of: name)
        case .literal(.decimal(let number), _)
        where number.places == 0 && number >= 1 && number <= ExactDecimal(names.count):
            Int(number.significand) - 1
        default: nil
        }
    }
}

/// One `SELECT … FROM … WHERE … GROUP BY … HAVING`, bound and planned. Its rows have the result's columns, then what they
/// are sorted by besides.
struct BoundCore {
    var columns: [ResultColumn]
    var rows: Operator
    var levels: Levels
    var groupedAnswer: GroupedAnswer?
    var existingKeys: ExistingKeys?
}
