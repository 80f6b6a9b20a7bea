/// Something that the preview's page shows: its own page, a file of the review.
public struct ServedPage: Sendable, Hashable {
    /// As the address has it behind the token, percent signs resolved: `""` for the page itself, `review/report.html`.
    public var path: String
    public var mediaType: String
    public var content: Content
    public var trust: Trust

    /// Where the bytes are.
    public enum Content: Sendable, Hashable {
        case text(String)
        /// Read each time that somebody asks for it.
        case file(String)
    }

    /// What a browser may do with it.
    public enum Trust: String, Sendable {
        /// The preview's own: its script may run and may ask this server.
        case own
        /// Made from a spec by anybody's plugin: it is looked at, no script of it runs, nothing is fetched for it.
        case shown
    }

    public init(_ path: String, _ mediaType: String, _ content: Content, _ trust: Trust) {
        (self.path, self.mediaType, self.content, self.trust) = (path, mediaType, content, trust)
    }
}
