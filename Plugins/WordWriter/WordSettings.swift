import OfficeFiles
import PluginKit
import ReviewModel

/// The settings of the Word writer. A report needs none: it is set as GB/T 9704 has it.
struct WordSettings: PluginSettings {
    /// The absolute path of a Word file of the firm's own.
    var letterhead: String?
    /// Names of styles in it, by the roles that they are to have.
    var styles: [StyleRole: String] = [:]

    init(_ settings: SettingsReader) {
        letterhead = settings.value("letterhead", schema: Self.letterheadSchema)?.text()
        guard let record = settings.value("styles", schema: Self.stylesSchema)?.record() else { return }
        for role in Self.roles {
            if let name = record.optional(role.rawValue)?.text() { styles[role] = name }
        }
        record.finish()
    }

    /// The roles that a firm may have styles of its own for.
    static let roles = StyleRole.allCases.filter { $0 != .normal && $0 != .header && $0 != .footer }

    private static let letterheadSchema: Record = [
        "type": "string",
        "description":
            "a Word file of the firm, !file firm.docx: its styles, pages, headers and footers are taken, and the report stands where it says {{报告正文}} or {{report}}",
    ]

    private static let stylesSchema: Record = [
        "type": "object",
        "description":
            "names of styles in the letterhead by what they are for, where they are not Word's own names",
        "properties": .record(Record(roles.map { ($0.rawValue, ["type": "string"]) })),
        "additionalProperties": false,
    ]
}
