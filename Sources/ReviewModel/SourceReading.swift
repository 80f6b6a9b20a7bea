/// What a source has read.
public struct SourceReading: Sendable {
    public var tables: [Table]
    /// Fields of the dossier, of a source whose role names a setting for them: ``RoleDescription/fieldSetting``.
    public var fields: [SourceField] = []
    /// Their pointers lead into the settings, or to rows of these tables.
    public var findings: [Finding]
    /// Further tables, whose rows are read as they are asked for; only where ``SourceRequest/mayStream`` says so.
    public var streams: [any TableStream] = []

    public init(_ tables: [Table], fields: [SourceField] = [], findings: [Finding] = []) {
        (self.tables, self.fields, self.findings) = (tables, fields, findings)
    }
}

/// A field of the dossier that a source has read, or the place where it looked for one and found nothing.
public struct SourceField: Sendable, Hashable {
    /// `/fields/project/name`.
    public var pointer: JSONPointer
    /// As it was found; the host types it as the form says. Null where the place is empty.
    public var value: Value
    public var place: Place?

    /// How deep fields lie at most.
    package static let maximumDepth = 16

    public init(_ pointer: JSONPointer, _ value: Value, at place: Place? = nil) {
        (self.pointer, self.value, self.place) = (pointer, value, place)
    }

    /// Whether it is a field at all.
    package var isSound: Bool {
        pointer.tokens.first == "fields" && (2...Self.maximumDepth).contains(pointer.tokens.count)
    }
}
