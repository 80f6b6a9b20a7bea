public import ReviewModel

/// `config/validate`: the plugin reads its settings and points at every mistake in them.
public struct ValidateConfiguration: WireRequest {
    public static let method = "config/validate"
    public static let asker = Asker.host
    public static let summary = "the plugin reads its settings and points at mistakes"
    public var role: String
    public var configuration: Value
    /// What a dossier may hold, for roles whose settings name fields and tables.
    public var form: DossierOutline?
    public var frame: CallFrame

    public init(
        role: String,
        configuration: Value,
        form: DossierOutline? = nil,
        frame: CallFrame = CallFrame()
    ) {
        self.role = role
        self.configuration = configuration
        self.form = form
        self.frame = frame
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let role = record.required("role")?.text() else { return nil }
        let form = record.optional("form").flatMap(DossierOutline.init(wire:))
        let configuration = record.record["config"] ?? .null
        self.init(role: role, configuration: configuration, form: form, frame: CallFrame(record))
    }

    public var wire: Value {
        var record: Record = ["role": .text(role), "config": configuration]
        if let form { record["form"] = form.wire }
        frame.add(to: &record)
        return .record(record)
    }

    public struct Response: WireValue {
        public var diagnostics: [ConfigurationDiagnostic]

        public init(diagnostics: [ConfigurationDiagnostic]) { self.diagnostics = diagnostics }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record() else { return nil }
            diagnostics = record.optional("diagnostics")?.list(of: ConfigurationDiagnostic.self) ?? []
        }

        public var wire: Value { ["diagnostics": Value(wire: diagnostics)] }
    }
}
