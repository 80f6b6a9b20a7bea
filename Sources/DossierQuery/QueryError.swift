public import ReviewModel

/// A query that cannot be understood or answered, with its place in the text.
public struct QueryError: Error, Sendable, Equatable {
    public var message: LocalizedText
    /// Where in the query, counted in characters from 0.
    public var offset: Int
    public var help: LocalizedText?

    /// Whether the query as a whole was stopped: too much work, or no longer wanted.
    var isFinal = false

    init(_ offset: Int, isFinal: Bool = false, zh: String, en: String, help: LocalizedText? = nil) {
        message = LocalizedText(zh: zh, en: en)
        self.offset = offset
        self.isFinal = isFinal
        self.help = help
    }

    /// `line 2, column 8` of the query, counted from 1.
    public func place(in query: String) -> (line: Int, column: Int) {
        let before = query.prefix(offset)
        let lineStart = before.lastIndex(where: \.isNewline).map { before.index(after: $0) } ?? before.startIndex
        return (before.count(where: \.isNewline) + 1, before.distance(from: lineStart, to: before.endIndex) + 1)
    }
}
