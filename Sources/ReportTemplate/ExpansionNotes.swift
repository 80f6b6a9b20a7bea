public import Groundwork
public import ReportDocument

/// A name that was asked for and is not there, and where.
public struct Hole: Sendable, Hashable {
    public var name: String
    /// The text that asks: in the settings (`/template/…`) or in the dossier (`/fields/texts/…`).
    public var pointer: JSONPointer
    public var place: TextPlace
}

/// What a text says right behind a tag and the tag's own text has just said: 项目 behind a name that ends with 项目.
public struct Doubling: Sendable, Hashable {
    /// What stands twice.
    public var words: String
    /// The tag, as written.
    public var tag: String
    /// What would say it once.
    public var remedy: String
    public var pointer: JSONPointer
    public var place: TextPlace
}

/// A picture of the document, and where the template names its file.
public struct PlacedPicture: Sendable, Hashable {
    public var picture: Picture
    public var pointer: JSONPointer
}
