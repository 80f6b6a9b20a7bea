/// Which fields and tables a dossier may have, as its form says: what can be known of it before there is one.
public struct DossierOutline: Sendable, Hashable {
    public var fields: [Field]
    /// Without rows, with titles, types and units.
    public var tables: [TableSchema]

    /// A field and its name.
    public struct Field: Sendable, Hashable {
        public var name: String
        public var content: Content

        public init(_ name: String, _ content: Content) { (self.name, self.content) = (name, content) }
    }

    /// What a field holds.
    public indirect enum Content: Sendable, Hashable {
        /// One value.
        case value
        case group([Field])
        /// Free keys, all of one kind.
        case map(Content)
        case list(Content)
        /// Anything at all.
        case open
    }

    public init(fields: [Field] = [], tables: [TableSchema] = []) { (self.fields, self.tables) = (fields, tables) }
}
