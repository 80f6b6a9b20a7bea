/// A place as a plugin can name it, which knows documents by what it was sent and not by where they lie.
///
/// The host turns each into a ``Place``.
public enum Spot: Sendable, Hashable {
    /// A value of the dossier or of the step's settings: `/tables/lines/3/amount`, `/config/limit`.
    case value(JSONPointer)
    /// A line, and a column in it, of a text that is such a value; both count from 1.
    case line(of: JSONPointer, line: Int, column: Int)
    /// A place in a file that the plugin has read itself.
    case place(Place)

    /// The place in a file; `nil` for what stands in a value.
    public var place: Place? { if case .place(let place) = self { place } else { nil } }

    /// The value that is meant, or the text that has the line; `nil` for a place in a file.
    public var pointer: JSONPointer? {
        switch self {
        case .value(let pointer), .line(let pointer, _, _): pointer
        case .place: nil
        }
    }
}
