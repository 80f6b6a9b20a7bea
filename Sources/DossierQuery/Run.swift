internal import ReviewModel

/// One run of a query: what was given, how much was spent, and the rows that queries inside others look at.
final class Run {
    let fields: Record
    let limits: QueryLimits
    /// Off in tests only: then every query inside another runs anew for every row, and every row is tried.
    let optimises: Bool
    private let isCancelled: @Sendable () -> Bool
    private var steps = 0
    private var uncheckedSteps = 0
    private var memory = 0
    private var batchMemory = 0

    /// The row that each query, by its level, is at: what the queries inside of it see.
    private(set) var frames: [Frame] = []
    private var serial = 0

    struct Frame {
        var batch: Batch
        var row: Int
        /// Different for every row that was ever looked at from inside.
        var serial: Int
    }

    init(fields: Record, limits: QueryLimits, optimises: Bool, isCancelled: @escaping @Sendable () -> Bool) {
        (self.fields, self.limits, self.optimises, self.isCancelled) = (fields, limits, optimises, isCancelled)
    }

    // MARK: Limits

    /// Counts rows looked at, and stops what is too much or no longer wanted.
    func spend(_ count: Int) throws(QueryError) {
        steps += count
        uncheckedSteps += max(count, 1)
        if steps > limits.steps {
            throw QueryError(
                .tooMuch,
                0,
                isFinal: true,
                zh: "查询工作量过大（超过 \(limits.steps) 步）",
                en: "the query takes too much work (more than \(limits.steps) rows looked at)",
                help: LocalizedText(zh: "请加上连接条件或 WHERE", en: "join on a condition, or narrow it with WHERE")
            )
        }
        guard uncheckedSteps >= 4096 else { return }
        uncheckedSteps = 0
        if isCancelled() { throw QueryError(.cancelled, 0, isFinal: true, zh: "已取消", en: "cancelled") }
    }

    /// Counts bytes of texts that are looked through: a step for as many as a row costs about. Short ones are a part of their row.
    func spend(onTextBytes bytes: Int) throws(QueryError) {
        if bytes > Self.shortText { try spend(bytes / Self.textBytesOfStep) }
    }

    /// Counts what it takes to look through values that functions are given.
    func spend(on values: [Value]) throws(QueryError) {
        var steps = 0
        for value in values {
            switch value {
            case .text(let text) where text.utf8.count > Self.shortText: steps += text.utf8.count / Self.textBytesOfStep
            case .list(let items): steps += items.count / Self.itemsOfStep
            case .record(let record): steps += record.count / Self.itemsOfStep
            default: break
            }
        }
        if steps > 0 { try spend(steps) }
    }

    private static let shortText = 64
    private static let textBytesOfStep = 8
    private static let itemsOfStep = 4

    func check(rowCount: Int) throws(QueryError) {
        if rowCount <= limits.rows { return }
        throw QueryError(
            .tooMuch,
            0,
            isFinal: true,
            zh: "查询结果过大（超过 \(limits.rows) 行）",
            en: "the query makes too many rows (more than \(limits.rows))",
            help: LocalizedText(zh: "请加上 LIMIT、GROUP BY 或 WHERE", en: "use LIMIT, GROUP BY or WHERE")
        )
    }

    /// Counts bytes that are held until they are released.
    func hold(_ bytes: Int) throws(QueryError) {
        memory += bytes
        try checkMemory()
    }

    func release(_ bytes: Int) { memory -= bytes }

    /// Counts bytes that are held as long as the batch that is worked on, see ``temporarily(_:)``.
    func produce(_ bytes: Int) throws(QueryError) {
        batchMemory += bytes
        try checkMemory()
    }

    /// What `body` produces is no longer held after it.
    func temporarily<Result>(_ body: () throws(QueryError) -> Result) throws(QueryError) -> Result {
        let before = batchMemory
        let result = try body()
        batchMemory = before
        return result
    }

    private func checkMemory() throws(QueryError) {
        if memory + batchMemory <= limits.memory { return }
        throw QueryError(
            .tooMuch,
            0,
            isFinal: true,
            zh: "查询占用内存过多（超过 \(limits.memory >> 20) MiB）",
            en: "the query takes too much memory (more than \(limits.memory >> 20) MiB)",
            help: LocalizedText(zh: "请加上 LIMIT、GROUP BY 或 WHERE", en: "use LIMIT, GROUP BY or WHERE")
        )
    }

    // MARK: Rows of the queries around

    /// Does something for one row of the query at `level`, which queries inside of it then see.
    func with<Result>(
        _ batch: Batch,
        row: Int,
        level: Int,
        _ body: () throws(QueryError) -> Result
    ) throws(QueryError) -> Result {
        serial += 1
        let frame = Frame(batch: batch, row: row, serial: serial)
        while frames.count <= level { frames.append(Frame(batch: Batch(count: 0, columns: []), row: 0, serial: 0)) }
        let before = frames[level]
        frames[level] = frame
        defer { frames[level] = before }
        return try body()
    }

    /// Which rows the queries of `levels` are at; what depends on these alone is still right while they are the same.
    func serials(_ levels: Levels) -> [Int] {
        if levels.isEmpty { return [] }
        return levels.map { $0 < frames.count ? frames[$0].serial : 0 }
    }
}

/// Queries around one, by how many there are around them.
struct Levels: Sequence {
    private var bits: UInt64 = 0

    init() {}
    init(_ level: Int) { bits = 1 << UInt64(level) }

    var isEmpty: Bool { bits == 0 }
    func contains(_ level: Int) -> Bool { bits & (1 << UInt64(level)) != 0 }
    mutating func formUnion(_ other: Levels) { bits |= other.bits }
    func union(_ other: Levels) -> Levels {
        var whole = self
        whole.formUnion(other)
        return whole
    }
    func without(_ level: Int) -> Levels {
        var rest = self
        rest.bits &= ~(1 << UInt64(level))
        return rest
    }
    func makeIterator() -> Iterator { Iterator(rest: bits) }

    struct Iterator: IteratorProtocol {
        fileprivate var rest: UInt64

        mutating func next() -> Int? {
            if rest == 0 { return nil }
            defer { rest &= rest - 1 }
            return rest.trailingZeroBitCount
        }
    }
}

/// What was computed once, for as long as the rows of the queries that it looks at are the same.
final class Remembered<Result> {
    private let levels: Levels
    private var serials: [Int] = []
    private var result: Result?
    private var bytes = 0

    init(_ levels: Levels) { self.levels = levels }

    /// `size` says how many bytes of a result are held.
    func value(
        _ run: Run,
        size: (Result) -> Int,
        _ compute: () throws(QueryError) -> Result
    ) throws(QueryError) -> Result {
        let now = run.serials(levels)
        if let result, now == serials, run.optimises { return result }
        run.release(bytes)
        (result, bytes) = (nil, 0)
        let made = try compute()
        let madeBytes = size(made)
        try run.hold(madeBytes)
        (result, serials, bytes) = (made, now, madeBytes)
        return made
    }
}
