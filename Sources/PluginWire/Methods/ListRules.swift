internal import ReviewFile
public import ReviewModel

/// `rules/list`: a scorer names the checks that it makes with these settings. A plugin that does not know the method
/// names none.
public struct ListRules: WireRequest {
    public static let method = "rules/list"
    public static let asker = Asker.host
    public static let summary = "a scorer names the checks that it makes"
    public var role: String
    public var configuration: Value
    public var frame: CallFrame
    /// Whether the examples are wanted, too.
    public var withExamples: Bool

    public init(role: String, configuration: Value, withExamples: Bool = false, frame: CallFrame = CallFrame()) {
        self.role = role
        self.configuration = configuration
        self.withExamples = withExamples
        self.frame = frame
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let role = record.required("role")?.text() else { return nil }
        self.init(
            role: role,
            configuration: record.record["config"] ?? .null,
            withExamples: record.optional("examples")?.boolean() ?? false,
            frame: CallFrame(record)
        )
    }

    public var wire: Value {
        var record: Record = ["role": .text(role), "config": configuration]
        frame.add(to: &record)
        if withExamples { record["examples"] = true }
        return .record(record)
    }

    public struct Response: WireValue {
        public var rules: [Rule]

        public init(rules: [Rule]) { self.rules = rules }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record() else { return nil }
            rules = record.required("rules")?.list(of: Rule.self) ?? []
        }

        public var wire: Value { ["rules": Value(wire: rules)] }
    }
}
