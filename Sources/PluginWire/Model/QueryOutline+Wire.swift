public import ReviewModel

extension QueryMistake: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let message = record.required("message")?.localizedText(),
            let place = TextPlace(record)
        else { return nil }
        self.init(
            severity: record.optional("severity")?.text().flatMap(Severity.init) ?? .error,
            code: record.optional("code")?.text() ?? "query/invalid",
            message: message,
            help: record.optional("help")?.localizedText(),
            place: place
        )
    }

    public var wire: Value {
        var record: Record = ["severity": .text(severity.rawValue), "code": .text(code), "message": message.wire]
        if let help { record["help"] = help.wire }
        place.add(to: &record)
        return .record(record)
    }
}

extension QueryOutline: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            columns: record.optional("columns")?.list(of: Column.self),
            mistakes: record.optional("mistakes")?.list(of: QueryMistake.self) ?? []
        )
    }

    public var wire: Value {
        var record: Record = ["mistakes": Value(wire: mistakes)]
        if let columns { record["columns"] = Value(wire: columns) }
        return .record(record)
    }
}

extension QueryOutline.Column: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        self.init(
            name: name,
            type: record.optional("type")?.text().flatMap(ColumnType.init),
            unit: record.optional("unit")?.text() ?? ""
        )
        constants = record.optional("constants")?.list(of: QueryOutline.Constant.self) ?? []
    }

    public var wire: Value {
        var record: Record = ["name": .text(name)]
        if let type { record["type"] = .text(type.rawValue) }
        record.setIfPresent("unit", .text(unit))
        if !constants.isEmpty { record["constants"] = Value(wire: constants) }
        return .record(record)
    }
}

extension QueryOutline.Constant: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let value = record.required("value")?.value, let place = TextPlace(record)
        else { return nil }
        self.init(value: value, place: place)
    }

    public var wire: Value {
        var record: Record = ["value": value]
        place.add(to: &record)
        return .record(record)
    }
}

extension TextPlace {
    /// `line` and `column` of a record, which count from 1; `nil` where there is no line.
    init?(_ record: RecordReader) {
        guard let line = record.optional("line")?.integer(), line >= 1 else { return nil }
        self.init(line: line, column: max(1, record.optional("column")?.integer() ?? 1))
    }

    func add(to record: inout Record) {
        record["line"] = .integer(line)
        record["column"] = .integer(column)
    }
}
