public import ReviewModel

/// How much a query may do.
public struct QueryLimits: Sendable {
    /// Rows looked at, in all.
    public var steps = 20_000_000
    /// Rows of a result, and of anything in between.
    public var rows = 1_000_000

    public init() {}
}

/// A question about the dossier's tables, in SQL.
///
///     let query = DossierQuery("SELECT category, sum(amount) AS total FROM lines GROUP BY category")
///     let table = try query.run(on: dossier)
///
/// Only `SELECT`, and everything exact: a number is an `ExactDecimal` from the cell to the result, there is no binary
/// floating point to fall into. `/` and `avg` keep twelve places, rounded half away from zero; `div(a, b, places)` and
/// `round(x, places)` say what they keep. Text and numbers are never compared with one another by accident. Docs/QUERIES.md
/// lists what there is; Docs/Decisions says why this is not SQLite.
public struct DossierQuery: Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// The answer, as a table called `name`.
    ///
    /// - Parameters:
    ///   - parameters: values of `:name`; those of question marks are called `1`, `2` …
    /// - Throws: ``QueryError`` with its place in the query.
    public func run(
        on dossier: Dossier,
        parameters: [String: Value] = [:],
        limits: QueryLimits = QueryLimits(),
        named name: String = "query"
    ) throws(QueryError) -> Table {
        let execution = Execution(dossier: dossier, parameters: parameters, limits: limits)
        let plan = try SelectPlan(try Parser.parse(text), in: nil, [:], execution)
        return try plan.run(execution).table(named: name)
    }
}
