public import ReviewModel

/// The settings of a role, as a type of their own.
///
///     struct Settings: PluginSettings {
///         let step: ExactDecimal
///         init(_ settings: SettingsReader) { step = settings.decimal("step", default: 10_000) }
///     }
///
/// That is all there is to write: a misspelt or mistyped setting becomes a diagnostic at its line in the spec, and the
/// JSON Schema for editors is made from what the initialiser asks for.
public protocol PluginSettings: Sendable {
    /// Asks for every setting, also for those that only matter sometimes.
    init(_ settings: SettingsReader)
}

/// For roles that have nothing to set; any setting is then a mistake.
public struct NoSettings: PluginSettings {
    public init(_ settings: SettingsReader = SettingsReader(.null, log: DiagnosticLog())) {}
}

/// Reads settings by name, with their defaults, and gathers what is wrong with them.
public final class SettingsReader {
    private let record: RecordReader
    /// Takes what is wrong with settings that are read by hand.
    public let log: DiagnosticLog
    private var properties: [(name: String, schema: Record)] = []
    private var required: [String] = []

    /// - Parameter value: the settings; null stands for none.
    public init(_ value: Value, log: DiagnosticLog) {
        let reader = value.isNull ? nil : ValueReader(value, log: log).record()
        record = reader ?? RecordReader(Record(), at: JSONPointer(), log: log)
        self.log = log
    }

    /// A text, the default when it is left out.
    public func text(_ name: String, default standard: String, oneOf allowed: [String] = []) -> String {
        declare(name, allowed.isEmpty ? ["type": "string"] : ["enum": .list(allowed.map(Value.text))], .text(standard))
        guard let reader = record.optional(name) else { return standard }
        return (allowed.isEmpty ? reader.text() : reader.oneOf(allowed)) ?? standard
    }

    /// A text that has to be there; empty when it is not, which is a diagnostic.
    public func text(_ name: String) -> String {
        declare(name, ["type": "string"], .null)
        required.append(name)
        return record.required(name)?.text() ?? ""
    }

    /// An exact decimal, written as a number or as text.
    public func decimal(_ name: String, default standard: ExactDecimal) -> ExactDecimal {
        declare(name, ["type": ["number", "string"]], .decimal(standard))
        return record.optional(name)?.decimal() ?? standard
    }

    /// A percentage in percent: `5%`, `5` and `"5"` are all 5.
    public func percent(_ name: String, default standard: ExactDecimal) -> ExactDecimal {
        declare(name, ["type": ["number", "string"]], .text("\(standard)%"))
        return record.optional(name)?.percent() ?? standard
    }

    /// A whole number within `range`; one outside is a diagnostic.
    public func integer(_ name: String, default standard: Int, in range: ClosedRange<Int> = Int.min...Int.max) -> Int {
        var schema: Record = ["type": "integer"]
        if range.lowerBound > .min { schema["minimum"] = .integer(range.lowerBound) }
        if range.upperBound < .max { schema["maximum"] = .integer(range.upperBound) }
        declare(name, schema, .integer(standard))
        guard let reader = record.optional(name), let number = reader.integer() else { return standard }
        guard range.contains(number) else {
            reader.log.add(outOfRange(number, range, at: reader.pointer))
            return standard
        }
        return number
    }

    public func flag(_ name: String, default standard: Bool) -> Bool {
        declare(name, ["type": "boolean"], .boolean(standard))
        return record.optional(name)?.boolean() ?? standard
    }

    /// A list of texts.
    public func texts(_ name: String, default standard: [String] = []) -> [String] {
        declare(name, ["type": "array", "items": ["type": "string"]], .list(standard.map(Value.text)))
        return record.optional(name).map { $0.list().compactMap { $0.text() } } ?? standard
    }

    /// Anything else, to be read by hand; `nil` when it is left out.
    public func value(_ name: String, schema: Record = [:]) -> ValueReader? {
        declare(name, schema, .null)
        return record.optional(name)
    }

    /// Says that the setting `name`, which has been asked for before, goes: whoever sets it is told.
    ///
    ///     let limit = settings.value("limit", schema: ["type": "number"])
    ///     settings.deprecate("limit", Deprecation(from: "1.2", until: "2.0", instead: LocalizedText("ceiling")))
    public func deprecate(_ name: String, _ deprecation: Deprecation) {
        guard let index = properties.firstIndex(where: { $0.name == name }) else { return }
        deprecation.add(to: &properties[index].schema)
    }

    private func declare(_ name: String, _ schema: Record, _ standard: Value) {
        var schema = schema
        if !standard.isNull { schema["default"] = standard }
        properties.append((name, schema))
    }

    /// Reports the settings that nobody asked for.
    func finish() { record.finish() }

    /// JSON Schema 2020-12 of what was asked for.
    var schema: Value {
        var schema: Record = [
            "type": "object", "properties": .record(Record(properties.map { ($0.name, .record($0.schema)) })),
            "additionalProperties": false,
        ]
        if !required.isEmpty { schema["required"] = .list(required.map(Value.text)) }
        return .record(schema)
    }
}

extension PluginSettings {
    /// The settings, and what is wrong with them.
    public static func read(_ value: Value) -> (settings: Self, diagnostics: [ConfigurationDiagnostic]) {
        let log = DiagnosticLog()
        let reader = SettingsReader(value, log: log)
        let settings = Self(reader)
        reader.finish()
        return (settings, log.diagnostics)
    }

    /// JSON Schema 2020-12 of the settings, for a role's `configSchema`.
    public static var schema: Value {
        let reader = SettingsReader(.null, log: DiagnosticLog())
        _ = Self(reader)
        return reader.schema
    }
}

private func outOfRange(_ number: Int, _ range: ClosedRange<Int>, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let (low, high) = (range.lowerBound, range.upperBound)
    let (zh, en) =
        high == .max
        ? ("不小于 \(low)", "at least \(low)")
        : low == .min ? ("不大于 \(high)", "at most \(high)") : ("\(low) 到 \(high)", "from \(low) to \(high)")
    return ConfigurationDiagnostic(
        code: "value/out-of-range",
        message: LocalizedText(zh: "此处应为\(zh)的整数，实为 \(number)", en: "expected a whole number \(en), found \(number)"),
        pointer: pointer
    )
}
