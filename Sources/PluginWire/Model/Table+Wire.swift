public import ReviewModel

extension LocalizedText: WireValue {
    public init?(wire reader: ValueReader) {
        guard let text = reader.localizedText() else { return nil }
        self = text
    }

    public var wire: Value { ["zh": .text(zh), "en": .text(en)] }
}

extension TableSchema: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        let columns = record.required("columns")?.list(of: Column.self) ?? []
        let origin = record.optional("origin").flatMap(Origin.init(wire:))
        self.init(name: name, title: record.optional("title")?.localizedText(), columns: columns, origin: origin)
    }

    public var wire: Value {
        var record: Record = ["name": .text(name)]
        if title != LocalizedText(name) { record["title"] = title.wire }
        record["columns"] = Value(wire: columns)
        if let origin { record["origin"] = origin.wire }
        return .record(record)
    }
}

extension TableSchema.Origin: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let setting = record.required("setting")?.text(),
            let line = record.required("line")?.text()
        else { return nil }
        self.init(setting: setting, lineColumn: line)
    }

    public var wire: Value { ["setting": .text(setting), "line": .text(lineColumn)] }
}

extension Column: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        let type = record.optional("type")?.oneOf(ColumnType.allCases.map(\.rawValue))
        self.init(
            name: name,
            title: record.optional("title")?.localizedText(),
            type: type.flatMap(ColumnType.init) ?? .text,
            unit: record.optional("unit")?.text() ?? ""
        )
    }

    public var wire: Value {
        var record: Record = ["name": .text(name)]
        if title != LocalizedText(name) { record["title"] = title.wire }
        record["type"] = .text(type.rawValue)
        record.setIfPresent("unit", .text(unit))
        return .record(record)
    }
}
