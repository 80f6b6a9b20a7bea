/// A place that a person can open, with what stands there.
public struct Location: Sendable, Hashable {
    public var place: Place
    /// The place inside the document: `tables.lines[3].amount`; empty where only the file is known.
    public var path: String
    /// The place for somebody who knows the document and not its files, by the titles of tables, rows and columns.
    public var words: LocalizedText?

    public init(_ place: Place, path: String = "", words: LocalizedText? = nil) {
        (self.place, self.path, self.words) = (place, path, words)
    }

    public var file: String { place.file }
    /// From 1; `nil` in files without lines.
    public var line: Int? { place.line }
    /// From 1; `nil` in files without lines.
    public var column: Int? { place.column }
}
