public import ReviewModel

/// What a side can do beyond what every side of protocol 1 does. Both state theirs at `initialize`; a name that a side
/// does not know is ignored, so that old and new go together.
public enum Capability: String, Sendable, CaseIterable {
    /// Takes lists whose rest stands in a stream: findings, facts, adjustments, scores, earlier assessments, a review.
    case lists
    /// Host: reads `places` in the pages of a source.
    case places
    /// Host: reads `sheet` in the pages of a source, which says the places of rows and cells of one sheet at once.
    case sheetPlaces
    /// Host: reads `findings` and `texts` in the last page of a source's stream.
    case lastPageFindings
    /// Host: lets a source see the dossier as it was before.
    case sourceDossier
    /// Host: answers `dossier/check` while settings are checked.
    case queryCheck
    /// Plugin: keeps nothing of a review once that is over, so that its process may serve further ones.
    case reusable
    /// Plugin: answers equal calls alike, so that an answer may stand for a later call.
    case repeatable
}

extension Set<Capability> {
    /// What this library does at both ends.
    public static var both: Self { [.lists] }
    /// What a host does with this library.
    public static var host: Self { [.lists, .places, .sheetPlaces, .lastPageFindings, .sourceDossier, .queryCheck] }
}

extension Set<Capability>: WireForm {
    public init?(wire reader: ValueReader) { self = Set(reader.texts().compactMap(Capability.init)) }

    public var wire: Value { Value(map(\.rawValue).sorted()) }
}

extension Set<Capability>: WireValue {}
