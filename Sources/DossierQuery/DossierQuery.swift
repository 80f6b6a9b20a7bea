public import ReviewModel
internal import Tables

/// A question about the dossier's tables, in SQL.
///
///     let query = DossierQuery("SELECT category, sum(amount) AS total FROM lines GROUP BY category")
///     let table = try query.run(on: dossier)
///
/// Only `SELECT`, and everything exact: a number is an `ExactDecimal` from the cell to the result, there is no binary
/// floating point to fall into. `/` and `avg` keep twelve places, rounded half away from zero; `div(a, b, places)` and
/// `round(x, places)` say what they keep. Text and numbers are never compared with one another by accident. Docs/QUERIES.md
/// lists what there is; Docs/Decisions says why this is not SQLite, and how it runs.
public struct DossierQuery: Sendable {
    public let text: String
    /// Off in tests only, which hold the plans against trying every row.
    package var optimises = true

    public init(_ text: String) { self.text = text }

    /// The answer, as a table called `name`.
    ///
    /// - Parameters:
    ///   - parameters: values of `:name`; those of question marks are called `1`, `2` …
    ///   - isCancelled: asked every few thousand rows; where it says yes, the query ends with an error.
    /// - Throws: ``QueryError`` with its place in the query.
    public func run(
        on dossier: Dossier,
        parameters: [String: Value] = [:],
        limits: QueryLimits = QueryLimits(),
        named name: String = "query",
        isCancelled: @escaping @Sendable () -> Bool = { Task.isCancelled }
    ) throws(QueryError) -> Table {
        let run = Run(fields: dossier.fields, limits: limits, optimises: optimises, isCancelled: isCancelled)
        let session = Session(dossier.tables, parameters: parameters.mapValues { .value($0) }, run: run)
        let plan = try Binder(session: session, scope: nil, views: [:]).plan(try Parser.parse(text))
        return try plan.rows.collect(run).table(named: name, columns: plan.columns)
    }

    /// The cells that the answer rests on, in the order of the query: of the columns that it selects, in the rows that its tables,
    /// joins and conditions leave; where it selects none of a table, as `count(*)` does, those that the rows were chosen by.
    ///
    /// A query that has an answer has cells, too: what is too much to be followed is taken whole.
    ///
    /// - Parameter most: more are left out.
    public func cells(
        on dossier: Dossier,
        parameters: [String: Value] = [:],
        limits: QueryLimits = .ofTraces,
        most: Int = 200,
        isCancelled: @escaping @Sendable () -> Bool = { Task.isCancelled }
    ) throws(QueryError) -> [JSONPointer] {
        var trace = QueryTrace(
            dossier,
            parameters.mapValues { .value($0) },
            limits,
            most: most,
            isCancelled: isCancelled
        )
        try trace.follow(try Parser.parse(text))
        return trace.cells
    }
}
