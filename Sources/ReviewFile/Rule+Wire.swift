public import ReviewModel

extension Rule: WireForm {
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
            examples: record.optional("examples")?.list(of: Example.self) ?? [],
            aliases: record.optional("aliases")?.texts() ?? [],
            deprecation: record.deprecation()
        )
    }

    public var wire: Value {
        var record: Record = ["id": .text(id), "severity": .text(severity.rawValue), "title": title.wire]
        if manual != LocalizedText("") { record["manual"] = manual.wire }
        record.setIfPresent("parameters", Value(wire: parameters))
        record.setIfPresent("examples", Value(wire: examples))
        record.setIfPresent("aliases", .list(aliases.map(Value.text)))
        deprecation?.add(to: &record)
        return .record(record)
    }
}

extension Rule.Parameter: WireForm {
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

extension Rule.Example: WireForm {
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
