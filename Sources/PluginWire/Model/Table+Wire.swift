public import ReviewModel

extension TableSchema: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        let columns = record.required("columns")?.list(of: Column.self) ?? []
        self.init(name: name, title: record.optional("title")?.localizedText(), columns: columns)
    }

    public var wire: Value {
        var record: Record = ["name": .text(name)]
        if title != LocalizedText(name) { record["title"] = title.wire }
        record["columns"] = Value(wire: columns)
        return .record(record)
    }
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
        unitTitle = record.optional("unitTitle")?.localizedText()
    }

    public var wire: Value {
        var record: Record = ["name": .text(name)]
        if title != LocalizedText(name) { record["title"] = title.wire }
        record["type"] = .text(type.rawValue)
        record.setIfPresent("unit", .text(unit))
        if let unitTitle { record["unitTitle"] = unitTitle.wire }
        return .record(record)
    }
}
