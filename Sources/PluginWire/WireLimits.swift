/// What one side of a conversation is ready to take. Both sides state theirs at `initialize`; the lower counts.
public struct WireLimits: Sendable, Hashable {
    /// Bytes of a line without its line end. Large enough for a page of 1 MiB with room, small enough to bound memory.
    public var lineBytes: Int
    /// Nesting of a message.
    public var depth: Int
    /// Requests that may wait for their reply, each way.
    public var requestsInFlight: Int

    public static let standard = WireLimits(lineBytes: 8 << 20, depth: 64, requestsInFlight: 64)
    /// What no side may exceed, whatever it states.
    public static let hard = WireLimits(lineBytes: 64 << 20, depth: 64, requestsInFlight: 1024)

    public init(lineBytes: Int, depth: Int, requestsInFlight: Int) {
        self.lineBytes = lineBytes
        self.depth = depth
        self.requestsInFlight = requestsInFlight
    }

    /// The lower of both sides' limits, each within ``hard``.
    public func combined(with other: WireLimits) -> WireLimits {
        WireLimits(
            lineBytes: min(lineBytes, other.lineBytes, Self.hard.lineBytes),
            depth: min(depth, other.depth, Self.hard.depth),
            requestsInFlight: min(requestsInFlight, other.requestsInFlight, Self.hard.requestsInFlight)
        )
    }
}

/// How rows are cut into pages.
public enum PageLimits {
    /// Rows and bytes (estimated) of one page, whichever is reached first.
    public static let rows = 10_000
    public static let bytes = 512 << 10
    /// The most of a table that a side takes, so that an endless stream ends: more than any document has, and what fits the
    /// memory of an ordinary machine.
    public static let tableRows = 5_000_000
    public static let tableCells = 50_000_000
    /// Bytes of all tables that a source returns, about, as they are held in memory.
    public static let sourceBytes = 1 << 30
    /// Tables that a source returns, and columns of one: more than any workbook has sheets, and than a query can name.
    public static let tables = 1000
    public static let columns = 2000
    /// Streams that a plugin has open at once for one call, and bytes of answers that are held for them.
    public static let openStreams = 1000
    public static let openBytes = 256 << 20
    /// Pages without a single row, or element, in one stream.
    public static let emptyPages = 1000
}
