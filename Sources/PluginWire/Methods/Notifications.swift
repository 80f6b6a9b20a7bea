public import ReviewModel

/// `$/cancel` (both ways): the reply to a request is no longer wanted. The request is still answered, with the result
/// or with `cancelled`.
public struct Cancel: WireNotification {
    public static let method = "$/cancel"
    public var id: RequestID

    public init(id: RequestID) { self.id = id }

    public init?(wire reader: ValueReader) {
        guard let value = reader.record()?.required("id")?.value, let id = RequestID(value) else { return nil }
        self.init(id: id)
    }

    public var wire: Value { ["id": id.value] }
}

/// `$/log` (plugin to host): a line for the run log.
public struct Log: WireNotification {
    public static let method = "$/log"
    public var level: LogLevel
    public var message: String
    /// The id of the request that is being served.
    public var parent: Int?
    /// How long each rule took that was checked for it.
    public var ruleTimes: [RuleTime]
    /// Whether the answer to that request rests on something that the host does not see: another program, the network, the time.
    public var isOnce: Bool

    public init(
        level: LogLevel,
        message: String,
        parent: Int? = nil,
        ruleTimes: [RuleTime] = [],
        isOnce: Bool = false
    ) {
        self.level = level
        self.message = message
        self.parent = parent
        self.ruleTimes = ruleTimes
        self.isOnce = isOnce
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let message = record.required("message")?.text() else { return nil }
        self.init(
            level: record.optional("level")?.text().flatMap(LogLevel.init) ?? .info,
            message: message,
            parent: record.optional("parent")?.integer(),
            isOnce: record.optional("once")?.boolean() ?? false
        )
        for (rule, microseconds) in record.optional("ruleMicroseconds")?.record()?.all() ?? [] {
            ruleTimes += microseconds.integer().map { [RuleTime(rule: rule, duration: .microseconds($0))] } ?? []
        }
    }

    public var wire: Value {
        var record: Record = ["level": .text(level.rawValue), "message": .text(message)]
        if let parent { record["parent"] = .integer(parent) }
        let times = ruleTimes.map { ($0.rule, Value.integer($0.microseconds)) }
        record.setIfPresent("ruleMicroseconds", .record(Record(times)))
        if isOnce { record["once"] = .boolean(true) }
        return .record(record)
    }
}

/// `$/progress` (plugin to host): how far the work on `parent` is. Never decreasing; at most ten a second.
public struct Progress: WireNotification {
    public static let method = "$/progress"
    /// The id of the request that is being served.
    public var parent: Int?
    public var done: Int
    public var total: Int?
    public var message: String

    public init(parent: Int?, done: Int, total: Int?, message: String) {
        self.parent = parent
        self.done = done
        self.total = total
        self.message = message
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let done = record.required("done")?.integer() else { return nil }
        self.init(
            parent: record.optional("parent")?.integer(),
            done: done,
            total: record.optional("total")?.integer(),
            message: record.optional("message")?.text() ?? ""
        )
    }

    public var wire: Value {
        var record: Record = ["done": .integer(done)]
        if let parent { record["parent"] = .integer(parent) }
        if let total { record["total"] = .integer(total) }
        record.setIfPresent("message", .text(message))
        return .record(record)
    }
}
