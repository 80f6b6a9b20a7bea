/// How much a query may do.
public struct QueryLimits: Sendable {
    /// Rows looked at, in all, by every step of the query.
    public var steps = 100_000_000
    /// Rows of a result, and of anything that is held in between.
    public var rows = 1_000_000
    /// Bytes held at once beside the tables themselves, about.
    public var memory = 256 << 20

    public init() {}

    /// What following a query to its cells may take: less, for nobody waits for that.
    public static let ofTraces = {
        var limits = QueryLimits()
        (limits.steps, limits.rows) = (5_000_000, 200_000)
        return limits
    }()

    /// The longest query, and the longest text that a query may make, in bytes.
    public static let textBytes = 1 << 20
    /// Names, numbers, texts and signs of a query: a list of 100,000 texts is still read.
    public static let tokens = 250_000
    /// Queries inside one another.
    public static let nestedQueries = 24
    /// Names behind `WITH`.
    public static let views = 100
    /// Tables and queries behind all `FROM` together.
    public static let sources = 60
    /// Columns of a table, or of what a part of a query makes.
    public static let columns = 2000
}
