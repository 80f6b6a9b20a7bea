public import ReviewModel
internal import Tables

/// What is known of a query before it runs.
public struct QueryCheck: Sendable {
    /// What is wrong with it, in the order of the text; without errors it can run.
    public var errors: [QueryError]
    /// The columns of its result; none where it cannot be understood.
    public var columns: [Column]

    public typealias Column = QueryOutline.Column

    fileprivate let text: String

    /// The same, as plugins and hosts tell of it.
    public var outline: QueryOutline {
        let isUnderstood = !errors.contains { $0.severity >= .error } && !columns.isEmpty
        return QueryOutline(columns: isUnderstood ? columns : nil, mistakes: errors.map { $0.mistake(in: text) })
    }
}

extension DossierQuery {
    /// Binds the query to tables of these shapes, without any row: whether its names exist and its kinds fit.
    ///
    /// - Parameter parameters: the names that `:name` may have, with their types; `nil` for a type that is not known.
    public func check(tables: [TableSchema], parameters: [String: ColumnType?] = [:]) -> QueryCheck {
        bind(tables, parameters) { _ in }
    }

    /// Binds the query to what a dossier may hold, its fields included.
    ///
    /// - Parameters:
    ///   - form: `nil` where it is not known: then any table and field may be there, and only the language is checked.
    ///   - filled: the tables that will be there; another of the form is worth a warning. `nil` where that is not known.
    ///   - parameters: the names that `:name` may have, with their types; `nil` for a type that is not known.
    public func check(
        against form: DossierOutline?,
        filled: Set<String>? = nil,
        parameters: [String: ColumnType?] = [:]
    ) -> QueryOutline {
        bind(form?.tables ?? [], parameters) { session in
            (session.fields, session.filled, session.isOpen) = (form, filled, form == nil)
        }.outline
    }

    private func bind(
        _ tables: [TableSchema],
        _ parameters: [String: ColumnType?],
        _ prepare: (Session) -> Void
    ) -> QueryCheck {
        let run = Run(fields: Record(), limits: QueryLimits(), optimises: true, isCancelled: { false })
        let session = Session(
            tables.map(Table.init(schema:)),
            parameters: parameters.mapValues { .kind($0.map(Kind.init)) },
            run: run
        )
        session.gathers = true
        prepare(session)
        do throws(QueryError) {
            let statement = try Parser.parse(text)
            let plan = try Binder(session: session, scope: nil, views: [:]).plan(statement)
            var columns = plan.columns.map { QueryCheck.Column(name: $0.name, type: $0.knownType, unit: $0.unit) }
            for (index, constants) in statement.constants.enumerated() where columns.indices.contains(index) {
                columns[index].constants = constants.map { value, offset in
                    let place = QueryError(.wrongValue, offset, zh: "", en: "").place(in: text)
                    return QueryOutline.Constant(value: value, place: TextPlace(line: place.line, column: place.column))
                }
            }
            return QueryCheck(errors: session.errors.sorted { $0.offset < $1.offset }, columns: columns, text: text)
        } catch {
            let errors = session.errors + (error == .nothingKnown ? [] : [error])
            return QueryCheck(errors: errors.sorted { $0.offset < $1.offset }, columns: [], text: text)
        }
    }
}

extension SelectStatement {
    /// What is written out as a value of each column: `'高'` and `'低'` of `CASE … THEN '高' ELSE '低' END`. Nothing where columns are not
    /// counted one by one.
    fileprivate var constants: [[(value: Value, offset: Int)]] {
        let cores = [core] + unions.map(\.core)
        guard cores.allSatisfy({ $0.items.count == core.items.count && $0.items.allSatisfy { $0.expression != nil } })
        else { return [] }
        return core.items.indices.map { index in cores.flatMap { $0.items[index].expression?.constants ?? [] } }
    }
}

extension Expression {
    /// The constants that it may be as a whole.
    fileprivate var constants: [(value: Value, offset: Int)] {
        switch self {
        case .literal(let value, let offset): value.isNull ? [] : [(value, offset)]
        case .cases(_, let branches, let otherwise, _):
            branches.flatMap(\.then.constants) + (otherwise?.constants ?? [])
        case .call("coalesce", let arguments, _, _, _): arguments.flatMap(\.constants)
        case .subquery(let query, _): query.constants.first ?? []
        default: []
        }
    }
}

extension ResultColumn {
    /// The type as far as it is known without values.
    fileprivate var knownType: ColumnType? {
        if let type { return type }
        return switch kind {
        case .number: isWhole ? .integer : .decimal
        case .truth: .boolean
        case .text: .text
        case .list: .texts
        case nil: nil
        }
    }
}
