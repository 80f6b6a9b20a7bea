/// What a plugin says of itself.
public struct PluginManifest: Sendable, Hashable {
    public var name: String
    public var version: String
    public var description: String
    public var roles: [RoleDescription]
    /// What it was made with, such as `python 1.0.0`; empty where it does not say.
    public var kit = ""

    public init(name: String, version: String, description: String, roles: [RoleDescription]) {
        self.name = name
        self.version = version
        self.description = description
        self.roles = roles
    }
}

/// One role that a plugin plays.
public struct RoleDescription: Sendable, Hashable {
    public var kind: RoleKind
    /// Unique within the plugin; by custom the plugin's own name when it plays one role.
    public var name: String
    public var summary: String
    /// The tables that the role is sent. Absent tables are left out; `reads` is a wish, ``requires`` a condition.
    public var reads: [String]
    /// The tables among ``reads`` without which the role cannot work.
    public var requires: [String]
    /// The tables that a source fills, or the formats that a renderer writes. `/tables`, a pointer into the settings, stands for
    /// the tables that are named there; see ``filled(by:)``.
    public var writes: [String]
    /// The parts of the review that a renderer is sent, by their keys in `review.json`; `nil` for all. What is short comes
    /// in any case; see ``Review/longParts``.
    public var reviewParts: [String]?
    /// The formats that a renderer makes its own from: earlier renderers write them, and it is handed their files.
    public var takes: [String]
    /// The formats among ``writes`` that are written only when somebody names them.
    public var onRequest: [String]
    /// Whether a renderer may return findings. The other renderers come after it, so that they show them.
    public var finds: Bool
    /// Whether a source, or a scorer, is told the form with each call, as all roles are while their settings are checked.
    public var takesForm: Bool
    /// The setting that makes a source fill fields, as a pointer into the settings: `/fields`. Where a spec sets it, what the form
    /// requires of fields may come from this source. `nil` for a source of tables alone.
    public var fieldSetting: String?
    /// JSON Schema 2020-12 of the settings; null when anything goes.
    public var configSchema: Value
    /// Whether a call may be repeated after a crash.
    public var idempotent: Bool
    /// That the role goes; `nil` for one that stays.
    public var deprecation: Deprecation?

    public init(
        kind: RoleKind,
        name: String,
        summary: String,
        reads: [String] = [],
        requires: [String] = [],
        writes: [String] = [],
        reviewParts: [String]? = nil,
        takes: [String] = [],
        onRequest: [String] = [],
        finds: Bool = false,
        takesForm: Bool = false,
        fieldSetting: String? = nil,
        configSchema: Value = .null,
        idempotent: Bool = true
    ) {
        self.kind = kind
        self.name = name
        self.summary = summary
        self.reads = reads
        self.requires = requires
        self.writes = writes
        self.reviewParts = reviewParts
        (self.takes, self.onRequest, self.finds, self.takesForm) = (takes, onRequest, finds, takesForm)
        self.fieldSetting = fieldSetting
        self.configSchema = configSchema
        self.idempotent = idempotent
    }
}

extension RoleDescription {
    /// Whether a source with these settings fills fields.
    public func fillsFields(by settings: Value) -> Bool {
        guard let fieldSetting, let pointer = JSONPointer(fieldSetting) else { return false }
        return settings[pointer].map { !$0.isNull } ?? false
    }

    /// The tables that a source with these settings fills: those of ``writes``, and where one is a pointer into the settings, the
    /// keys of the mapping there, the texts of the list, or the one text.
    public func filled(by settings: Value) -> [String] {
        writes.flatMap { name -> [String] in
            guard name.hasPrefix("/"), let pointer = JSONPointer(name) else { return [name] }
            switch settings[pointer] {
            case .record(let record)?: return record.keys
            case .list(let items)?: return items.compactMap(\.text)
            case .text(let text)?: return [text]
            default: return []
            }
        }
    }
}

public enum RoleKind: String, Sendable, CaseIterable {
    case source, scorer, renderer
}
