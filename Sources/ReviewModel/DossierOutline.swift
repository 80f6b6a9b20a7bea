/// Which fields and tables a dossier may have, as its form says: what can be known of it before there is one.
public struct DossierOutline: Sendable, Hashable {
    public var fields: [Field]
    /// Without rows, with titles, types and units.
    public var tables: [TableSchema]
    /// What else people call tables (`lines`) and their columns (`lines.amount`), for those who look for them, and all that they call
    /// fields (`/project/area`).
    public var synonyms: [String: [String]]
    /// What the form calls what the program speaks of.
    public var roles = FormRoles()
    /// What numbers of fields count, by the pointers of these below the fields: `/project/area`.
    public var units: [String: String] = [:]
    /// The only texts that fields and columns may have, where the form lists them, by the same pointers, and of a column by its name in
    /// its table: `lines.kind`.
    public var values: [String: [String]] = [:]

    /// A field and its name.
    public struct Field: Sendable, Hashable {
        public var name: String
        public var content: Content

        public init(_ name: String, _ content: Content) { (self.name, self.content) = (name, content) }
    }

    /// What a field holds.
    public indirect enum Content: Sendable, Hashable {
        /// One value, of this type where that is known.
        case value(ColumnType?)
        case group([Field])
        /// Free keys, all of one kind.
        case map(Content)
        case list(Content)
        /// Anything at all.
        case open
    }

    public init(fields: [Field] = [], tables: [TableSchema] = [], synonyms: [String: [String]] = [:]) {
        (self.fields, self.tables, self.synonyms) = (fields, tables, synonyms)
    }

    /// What a path of names leads to.
    public enum Found: Sendable {
        case found(Content)
        /// Nothing: with the paths that would have been something.
        case unknown([String])
    }

    /// What the fields hold at a path of names: `["project", "name"]`.
    public func content(at path: [String]) -> Found {
        var (content, walked) = (Content.group(fields), [String]())
        for name in path {
            switch content {
            case .group(let members):
                guard let member = members.first(where: { $0.name == name }) else {
                    return .unknown(members.map { (walked + [$0.name]).joined(separator: ".") })
                }
                content = member.content
            case .map(let element): content = element
            case .list(let element):
                guard Int(name) != nil else { return .unknown([walked.joined(separator: ".")]) }
                content = element
            case .open: return .found(.open)
            case .value: return .unknown([walked.joined(separator: ".")])
            }
            walked.append(name)
        }
        return .found(content)
    }
}
