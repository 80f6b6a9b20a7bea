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

extension Rule: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let id = record.required("id")?.text(),
            let severity = record.required("severity")?.oneOf(Severity.allCases.map(\.rawValue))
                .flatMap(Severity.init),
            let title = record.required("title")?.localizedText()
        else { return nil }
        self.init(
            id,
            severity,
            title: title,
            manual: record.optional("manual")?.localizedText() ?? LocalizedText(""),
            parameters: record.optional("parameters")?.list(of: Parameter.self) ?? [],
            examples: record.optional("examples")?.list(of: Example.self) ?? []
        )
    }

    public var wire: Value {
        var record: Record = ["id": .text(id), "severity": .text(severity.rawValue), "title": title.wire]
        if manual != LocalizedText("") { record["manual"] = manual.wire }
        record.setIfPresent("parameters", Value(wire: parameters))
        record.setIfPresent("examples", Value(wire: examples))
        return .record(record)
    }
}

extension Rule.Parameter: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text(),
            let standard = record.required("default")?.value
        else { return nil }
        self.init(
            name,
            record.optional("title")?.localizedText() ?? LocalizedText(name),
            standard: standard,
            unit: record.optional("unit")?.text() ?? ""
        )
    }

    public var wire: Value {
        var record: Record = ["name": .text(name), "title": title.wire, "default": standard]
        record.setIfPresent("unit", .text(unit))
        return .record(record)
    }
}

extension Rule.Example: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let spec = record.required("spec")?.text() else { return nil }
        self.init(
            spec,
            messages: record.optional("messages")?.list().compactMap { $0.localizedText() } ?? []
        )
    }

    public var wire: Value {
        var record: Record = ["spec": .text(spec)]
        record.setIfPresent("messages", .list(messages.map(\.wire)))
        return .record(record)
    }
}
