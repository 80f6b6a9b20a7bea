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
}
