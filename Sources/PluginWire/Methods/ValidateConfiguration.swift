internal import Groundwork
public import JSONDocument
public import ReviewModel

/// `config/validate`: the plugin reads its settings and points at every mistake in them.
public struct ValidateConfiguration: WireRequest {
    public static let method = "config/validate"
    public static let asker = Asker.host
    public static let summary = "the plugin reads its settings and points at mistakes"
    public var role: String
    public var configuration: Value
    /// What a dossier may hold, for roles whose settings name fields and tables.
    public var form: FormText?
    /// What the spec gives, for renderers that find what it lacks.
    public var given: GivenDossier?
    public var frame: CallFrame

    public init(
        role: String,
        configuration: Value,
        form: FormText? = nil,
        given: GivenDossier? = nil,
        frame: CallFrame = CallFrame()
    ) {
        self.role = role
        self.configuration = configuration
        self.form = form
        self.given = given
        self.frame = frame
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let role = record.required("role")?.text() else { return nil }
        let form = record.optional("form").map { FormText(JSONText($0.value)) }
        let configuration = record.record["config"] ?? .null
        let given = record.optional("given").flatMap(GivenDossier.init(wire:))
        self.init(role: role, configuration: configuration, form: form, given: given, frame: CallFrame(record))
    }

    public var wire: Value {
        var record: Record = ["role": .text(role), "config": configuration]
        if let form { record["form"] = form.text.value }
        if let given { record["given"] = given.wire }
        frame.add(to: &record)
        return .record(record)
    }

    public static func decode(_ text: JSONText, of method: String) throws(RPCError) -> ValidateConfiguration {
        var (role, configuration, frame, isPlain) = (nil as String?, Value.null, CallFrame(), true)
        var form: FormText?
        text.read { cursor in
            _ = cursor.members { key, cursor in
                switch key {
                case "role" where cursor.kind == .text: role = cursor.text()
                case "config": configuration = cursor.value()
                case "form" where cursor.kind == .record:
                    form = FormText(text.part(cursor.skip()))
                case "given":
                    isPlain = false
                    cursor.skip()
                case "form", "step", "locale", "scratchDirectory":
                    if !frame.take(key, &cursor) {
                        isPlain = false
                        cursor.skip()
                    }
                default: cursor.skip()
                }
            }
        }
        // Whatever is wrong is read by the slower way.
        guard let role, isPlain else { return try read(text.value, of: method) }
        return ValidateConfiguration(role: role, configuration: configuration, form: form, frame: frame)
    }

    public func encode(into writer: inout JSONWriter) {
        writer.write(raw: "{\"role\":")
        writer.write(text: role)
        writer.write(raw: ",\"config\":")
        writer.write(configuration)
        if let form {
            writer.write(raw: ",\"form\":")
            writer.write(form.text)
        }
        if let given {
            writer.write(raw: ",\"given\":")
            writer.write(given.wire)
        }
        frame.encode(into: &writer)
        writer.write(raw: "}")
    }

    public struct Response: WireValue {
        public var diagnostics: [ConfigurationDiagnostic]

        public init(diagnostics: [ConfigurationDiagnostic]) { self.diagnostics = diagnostics }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record() else { return nil }
            diagnostics = record.optional("diagnostics")?.list(of: ConfigurationDiagnostic.self) ?? []
        }

        public var wire: Value { ["diagnostics": Value(wire: diagnostics)] }

        public static func decode(_ text: JSONText, of method: String) throws(RPCError) -> Response {
            var (diagnostics, isKnown) = ([ConfigurationDiagnostic](), true)
            text.read { cursor in
                let isRecord = cursor.members { key, cursor in
                    guard "diagnostics" ~= key else { return _ = cursor.skip() }
                    let isList = cursor.elements { element in
                        guard let diagnostic = ConfigurationDiagnostic(&element) else { return false }
                        diagnostics.append(diagnostic)
                        return true
                    }
                    isKnown = isKnown && isList
                }
                isKnown = isKnown && isRecord
            }
            return isKnown ? Response(diagnostics: diagnostics) : try read(text.value, of: method)
        }

        public func encode(into writer: inout JSONWriter) {
            writer.write(raw: "{\"diagnostics\":[")
            for (index, diagnostic) in diagnostics.enumerated() {
                if index > 0 { writer.write(raw: ",") }
                diagnostic.encode(into: &writer)
            }
            writer.write(raw: "]}")
        }
    }
}

extension GivenDossier: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        var counts: [String: Int?] = [:]
        record.optional("rowCounts")?.record()?.forEachMember { name, count in
            counts[name] = .some(count.isNull ? nil : count.integer())
        }
        self.init(fields: record.optional("fields")?.record()?.record ?? Record(), rowCounts: counts)
    }

    public var wire: Value {
        var counts = Record()
        for (name, count) in rowCounts.sorted(by: { $0.key < $1.key }) {
            counts[name] = count.map { .integer($0) } ?? .null
        }
        return ["fields": .record(fields), "rowCounts": .record(counts)]
    }
}

extension ConfigurationDiagnostic {
    /// Straight from the text, if it is a diagnostic as it is mostly written; else the slower way must look at it.
    fileprivate init?(_ cursor: inout JSONCursor) {
        var (severity, code, message) = (
            Severity.error as Severity?, "config/invalid" as String?, nil as LocalizedText?
        )
        var (pointer, help, isPlain) = (JSONPointer() as JSONPointer?, nil as LocalizedText?, true)
        let isRecord = cursor.members { key, cursor in
            switch key {
            case "severity" where cursor.kind == .text: severity = cursor.text().flatMap(Severity.init)
            case "code" where cursor.kind == .text: code = cursor.text()
            case "message": message = LocalizedText(&cursor)
            case "pointer" where cursor.kind == .text: pointer = cursor.text().flatMap { JSONPointer($0) }
            case "help":
                help = LocalizedText(&cursor)
                isPlain = isPlain && help != nil
            case "severity", "code", "pointer", "of", "line", "column":
                isPlain = false
                cursor.skip()
            default: cursor.skip()
            }
        }
        guard isRecord, isPlain, let severity, let code, let message, let pointer else { return nil }
        self.init(severity: severity, code: code, message: message, pointer: pointer, help: help)
    }

    public func encode(into writer: inout JSONWriter) {
        writer.write(raw: "{\"severity\":")
        writer.write(text: severity.rawValue)
        writer.write(raw: ",\"code\":")
        writer.write(text: code)
        writer.write(raw: ",\"message\":")
        message.encode(into: &writer)
        writer.write(raw: ",\"pointer\":")
        writer.write(text: pointer.description)
        if isOfGiven { writer.write(raw: ",\"of\":\"given\"") }
        if isOfFile { writer.write(raw: ",\"of\":\"file\"") }
        if let help {
            writer.write(raw: ",\"help\":")
            help.encode(into: &writer)
        }
        if let place {
            writer.write(raw: ",\"line\":")
            writer.write(.integer(place.line))
            writer.write(raw: ",\"column\":")
            writer.write(.integer(place.column))
        }
        writer.write(raw: "}")
    }
}

extension LocalizedText {
    /// `{"zh": …, "en": …}` with both; anything else is for the slower way.
    fileprivate init?(_ cursor: inout JSONCursor) {
        var (zh, en, isPlain) = (nil as String?, nil as String?, true)
        guard cursor.kind == .record else {
            cursor.skip()
            return nil
        }
        _ = cursor.members { key, cursor in
            switch key {
            case "zh" where cursor.kind == .text: zh = cursor.text()
            case "en" where cursor.kind == .text: en = cursor.text()
            default:
                isPlain = false
                cursor.skip()
            }
        }
        guard isPlain, let zh, let en else { return nil }
        self.init(zh: zh, en: en)
    }

    public func encode(into writer: inout JSONWriter) {
        writer.write(raw: "{\"zh\":")
        writer.write(text: zh)
        writer.write(raw: ",\"en\":")
        writer.write(text: en)
        writer.write(raw: "}")
    }
}
