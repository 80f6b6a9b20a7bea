internal import ReviewModel
internal import Tables

/// Finds out which cells the answer of a query rests on.
///
/// Every `SELECT` of the query is asked once more, for the places of the rows that its `FROM`, `JOIN` and `WHERE` leave. A column
/// is added to each table for that, by a name that nobody can write.
struct QueryTrace {
    /// What no query can be made to say: the name of the column that has the places of rows.
    private static let place = "\u{1}row"

    private let dossier: Dossier
    private let parameters: [String: Session.Parameter]
    private let limits: QueryLimits
    private let most: Int
    private let isCancelled: @Sendable () -> Bool
    private var marked: [String: Table] = [:]
    private var known: Set<JSONPointer> = []
    private(set) var cells: [JSONPointer] = []

    /// What a query inside another sees of it.
    private struct Around {
        var views: [SelectStatement.View] = []
        var joins: [SelectStatement.Join] = []
        var conditions: [Expression] = []
    }

    /// A table behind `FROM`, by the name that it goes by there.
    private struct Base {
        var alias: String
        var table: Table
    }

    init(
        _ dossier: Dossier,
        _ parameters: [String: Session.Parameter],
        _ limits: QueryLimits,
        most: Int,
        isCancelled: @escaping @Sendable () -> Bool
    ) {
        (self.dossier, self.parameters, self.limits) = (dossier, parameters, limits)
        (self.most, self.isCancelled) = (most, isCancelled)
    }

    mutating func follow(_ query: SelectStatement) throws(QueryError) { try follow(query, Around()) }

    private mutating func follow(_ query: SelectStatement, _ around: Around) throws(QueryError) {
        var around = around
        for view in query.views {
            try follow(view.query, around)
            around.views.append(view)
        }
        for core in [query.core] + query.unions.map(\.core) { try follow(core, of: query, around) }
    }

    private mutating func follow(
        _ core: SelectStatement.Core,
        of query: SelectStatement,
        _ around: Around
    ) throws(QueryError) {
        let words = CoreWords(core, order: query.order)
        let names = Set(around.views.map(\.name))
        let bases = core.joins.compactMap { join -> Base? in
            guard case .table(let name, let alias, _) = join.source, !names.contains(name),
                let table = dossier.table(name)
            else { return nil }
            return Base(alias: alias ?? name, table: table)
        }
        let rows = try places(of: bases, core, query, around)
        for (base, rows) in zip(bases, rows) {
            let columns = columns(of: base, among: bases, words)
            for row in rows {
                let place = JSONPointer(["tables", base.table.schema.name, "\(row)"])
                if columns.isEmpty { add(place) }
                for column in columns { add(place / column) }
                if cells.count >= most { break }
            }
        }
        for path in words.fields {
            let pointer = JSONPointer(["fields"] + path.split(separator: ".").map(String.init))
            if !dossier[pointer].isNull { add(pointer) }
        }
        for join in core.joins {
            if case .query(let inner, _, _) = join.source { try follow(inner, Around(views: around.views)) }
        }
        var inner = around
        inner.joins += core.joins
        inner.conditions += [core.condition].compactMap(\.self)
        for query in words.queries { try follow(query, inner) }
    }

    private mutating func add(_ cell: JSONPointer) {
        if cells.count < most, known.insert(cell).inserted { cells.append(cell) }
    }

    /// The columns that the answer is made of; where a table gives it none, those that its rows were chosen by.
    private func columns(of base: Base, among bases: [Base], _ words: CoreWords) -> [String] {
        let schema = base.table.schema
        if words.takesAll { return schema.columns.map(\.name) }
        func named(_ columns: [CoreWords.Name]) -> [String] {
            var names: [String] = []
            for column in columns where !names.contains(column.name) && schema.position(of: column.name) != nil {
                let owner = column.table ?? bases.first { $0.table.schema.position(of: column.name) != nil }?.alias
                if owner == base.alias { names.append(column.name) }
            }
            return names
        }
        let taken = named(words.taken)
        return taken.isEmpty ? named(words.asked) : taken
    }

    // MARK: Rows

    /// The rows of each table that take part. A query inside another is asked by itself first; where it looks at the rows around, it is
    /// joined with them. Where neither can be asked, all rows take part.
    private mutating func places(
        of bases: [Base],
        _ core: SelectStatement.Core,
        _ query: SelectStatement,
        _ around: Around
    ) throws(QueryError) -> [[Int]] {
        if bases.isEmpty { return [] }
        for base in bases { mark(base.table) }
        for join in around.joins {
            if case .table(let name, _, _) = join.source, let table = dossier.table(name) { mark(table) }
        }
        let alone = probe(bases, core, query, Around(views: around.views))
        if let rows = try ask(alone, bases.count) { return rows }
        if !around.joins.isEmpty, let rows = try ask(probe(bases, core, query, around), bases.count) { return rows }
        return bases.map { Array(0..<min($0.table.rowCount, most)) }
    }

    private mutating func mark(_ table: Table) {
        let name = table.schema.name
        guard marked[name] == nil else { return }
        var schema = table.schema
        schema.columns.append(Column(name: Self.place, type: .integer))
        var places = ColumnStorage(.integer)
        places.reserve(table.rowCount)
        for row in 0..<table.rowCount { places.append(.integer(row)) }
        marked[name] = Table(schema: schema, storage: table.storage + [places])
    }

    /// The same rows, with the places of those that they were made of behind what was selected.
    private func probe(
        _ bases: [Base],
        _ core: SelectStatement.Core,
        _ query: SelectStatement,
        _ around: Around
    ) -> SelectStatement {
        var probe = SelectStatement()
        probe.views = around.views
        probe.core.joins = around.joins + core.joins
        let conditions = around.conditions + [core.condition].compactMap(\.self)
        if !conditions.isEmpty { probe.core.condition = .logic(isOr: false, conditions) }
        // One row of many that were sorted is that row; what is gathered in groups is all of them.
        let isGathered =
            core.isDistinct || !core.groups.isEmpty || core.groupCondition != nil
            || core.items.contains { $0.expression?.hasAggregate == true }
            || query.order.contains { $0.expression.hasAggregate }
        if !isGathered, query.unions.isEmpty, around.joins.isEmpty {
            probe.core.items = core.items
            (probe.order, probe.limit, probe.skip) = (query.order, query.limit, query.skip)
        }
        probe.core.items += bases.map { base in
            let column = Expression.column(table: base.alias, name: Self.place, offset: 0)
            return SelectStatement.Item(expression: column, name: nil, offset: 0)
        }
        return probe
    }

    /// The rows of each table, in the order in which they come up; `nil` where the query cannot be asked.
    private func ask(_ probe: SelectStatement, _ count: Int) throws(QueryError) -> [[Int]]? {
        let run = Run(fields: dossier.fields, limits: limits, optimises: true, isCancelled: isCancelled)
        let session = Session(
            dossier.tables.map { marked[$0.schema.name] ?? $0 },
            parameters: parameters,
            run: run
        )
        do throws(QueryError) {
            let plan = try Binder(session: session, scope: nil, views: [:]).plan(probe)
            let rows = try plan.rows.collect(run)
            return (0..<count).map { position in
                let column = rows.columns[plan.columns.count - count + position]
                var seen: Set<Int> = []
                return (0..<rows.count).compactMap { row in
                    guard case .decimal(let number) = column.value(row), let place = Int(exactly: number.significand),
                        seen.insert(place).inserted
                    else { return nil }
                    return place
                }
            }
        } catch {
            if error.code == .cancelled { throw error }
            return nil
        }
    }
}
