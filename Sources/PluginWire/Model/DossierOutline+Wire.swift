public import ReviewModel

extension DossierOutline: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            fields: record.optional("fields")?.list(of: Field.self) ?? [],
            tables: record.optional("tables")?.list(of: TableSchema.self) ?? [],
            synonyms: Dictionary(
                (record.optional("synonyms")?.record()?.all() ?? []).map { ($0.key, $0.value.texts()) }
            ) { first, _ in first }
        )
        units = Dictionary(
            (record.optional("units")?.record()?.all() ?? []).map { ($0.key, $0.value.text() ?? "") }
        ) { first, _ in first }
        values = Dictionary(
            (record.optional("values")?.record()?.all() ?? []).map { ($0.key, $0.value.texts()) }
        ) { first, _ in first }
        if let words = record.optional("roles") { roles = FormRoles(written: words.value) }
    }

    public var wire: Value {
        var record: Record = ["fields": Value(wire: fields), "tables": Value(wire: tables)]
        let names = synonyms.sorted { $0.key < $1.key }.map { ($0.key, Value($0.value)) }
        record.setIfPresent("synonyms", .record(Record(names)))
        record.setIfPresent(
            "units",
            .record(Record(units.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }))
        )
        let allowed = values.sorted { $0.key < $1.key }.map { ($0.key, Value($0.value)) }
        record.setIfPresent("values", .record(Record(allowed)))
        record.setIfPresent("roles", .record(roles.written))
        return .record(record)
    }
}

extension DossierOutline.Field: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
        self.init(name, DossierOutline.Content(record))
    }

    public var wire: Value {
        var record: Record = ["name": .text(name)]
        content.write(into: &record)
        return .record(record)
    }
}

extension DossierOutline.Content {
    /// A field that says nothing of its content holds one value.
    fileprivate init(_ record: RecordReader) {
        if let fields = record.optional("fields") {
            self = .group(fields.list(of: DossierOutline.Field.self))
        } else if let map = record.optional("map")?.record() {
            self = .map(Self(map))
        } else if let list = record.optional("list")?.record() {
            self = .list(Self(list))
        } else if record.optional("open")?.boolean() == true {
            self = .open
        } else {
            // A type of a later protocol is one that is not known.
            self = .value(record.record["type"]?.text.flatMap(ColumnType.init))
        }
    }

    fileprivate func write(into record: inout Record) {
        switch self {
        case .value(let type): if let type { record["type"] = .text(type.rawValue) }
        case .group(let fields): record["fields"] = Value(wire: fields)
        case .map(let content): record["map"] = content.wire
        case .list(let content): record["list"] = content.wire
        case .open: record["open"] = true
        }
    }

    private var wire: Value {
        var record = Record()
        write(into: &record)
        return .record(record)
    }
}
