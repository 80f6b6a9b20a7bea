public import ReviewModel
internal import Tables

/// What is known of a query before it runs.
public struct QueryCheck: Sendable {
    /// What is wrong with it, in the order of the text; none where it can run.
    public var errors: [QueryError]
    /// The columns of its result; none where it cannot be understood.
    public var columns: [Column]

    /// A column of a result.
    public struct Column: Sendable, Equatable {
        public var name: String
        /// `nil` where only the values will tell, as for `field('…')`.
        public var type: ColumnType?
        public var unit: String
    }
}

extension DossierQuery {
    /// Binds the query to tables of these shapes, without any row: whether its names exist and its kinds fit.
    ///
    /// - Parameter parameters: the names that `:name` may have, with their types; `nil` for a type that is not known.
    public func check(tables: [TableSchema], parameters: [String: ColumnType?] = [:]) -> QueryCheck {
        let run = Run(fields: Record(), limits: QueryLimits(), optimises: true, isCancelled: { false })
        let session = Session(
            tables.map(Table.init(schema:)),
            parameters: parameters.mapValues { .kind($0.map(Kind.init)) },
            run: run
        )
        session.gathers = true
        do throws(QueryError) {
            let plan = try Binder(session: session, scope: nil, views: [:]).plan(try Parser.parse(text))
            let columns = plan.columns.map { QueryCheck.Column(name: $0.name, type: $0.knownType, unit: $0.unit) }
            return QueryCheck(errors: session.errors.sorted { $0.offset < $1.offset }, columns: columns)
        } catch {
            return QueryCheck(errors: (session.errors + [error]).sorted { $0.offset < $1.offset }, columns: [])
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
