internal import JSONDocument
internal import ReviewFile
public import ReviewModel

/// `source/open`: a data source opens what its settings name and returns its tables.
public struct OpenSource: WireRequest {
    public static let method = "source/open"
    public static let asker = Asker.host
    public static let summary = "a source returns tables"
    public var role: String
    public var configuration: Value
    public var frame: CallFrame
    /// The dossier as it is before: the fields, and the tables that the role reads. Sent to who asks for it by `reads`.
    public var dossier: WireDossier
    /// What the dossier may hold, for roles whose manifest says `form`.
    public var form: FormText?

    public init(
        role: String,
        configuration: Value,
        dossier: WireDossier = WireDossier(fields: Record(), tables: []),
        form: FormText? = nil,
        frame: CallFrame = CallFrame()
    ) {
        self.role = role
        self.configuration = configuration
        self.dossier = dossier
        self.form = form
        self.frame = frame
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let role = record.required("role")?.text() else { return nil }
        self.init(
            role: role,
            configuration: record.record["config"] ?? .null,
            dossier: record.optional("dossier").flatMap(WireDossier.init(wire:))
                ?? WireDossier(fields: Record(), tables: []),
            form: record.optional("form").map { FormText(JSONText($0.value)) },
            frame: CallFrame(record)
        )
    }

    public var wire: Value {
        var record: Record = ["role": .text(role), "config": configuration, "dossier": dossier.wire]
        if let form { record["form"] = form.text.value }
        frame.add(to: &record)
        return .record(record)
    }

    /// The tables, each with its first page inline or a stream to pull it from, or both; fields; findings.
    public struct Response: WireValue {
        public var tables: [WireTable]
        public var fields: [SourceField]
        public var findings: [Finding]

        public init(tables: [WireTable], fields: [SourceField] = [], findings: [Finding] = []) {
            (self.tables, self.fields, self.findings) = (tables, fields, findings)
        }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record() else { return nil }
            tables = record.required("tables")?.list(of: WireTable.self) ?? []
            fields = record.optional("fields")?.list(of: SourceField.self) ?? []
            findings = record.optional("findings")?.list(of: Finding.self) ?? []
        }

        public var wire: Value {
            var record: Record = ["tables": Value(wire: tables)]
            record.setIfPresent("fields", Value(wire: fields))
            record.setIfPresent("findings", Value(wire: findings))
            return .record(record)
        }
    }
}

/// `{field, value, place}`.
extension SourceField: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let text = record.required("field")?.text() else { return nil }
        guard let pointer = JSONPointer(text) else { return nil }
        self.init(
            pointer,
            record.optional("value")?.value ?? .null,
            at: record.optional("place").flatMap(Place.init(wire:))
        )
    }

    public var wire: Value {
        var record: Record = ["field": .text(pointer.description)]
        if !value.isNull { record["value"] = value }
        if let place { record["place"] = place.wire }
        return .record(record)
    }
}
