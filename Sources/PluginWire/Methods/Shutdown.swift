public import ReviewModel

/// `shutdown`: nothing more will be asked; after the reply the host closes the plugin's standard input.
public struct Shutdown: WireRequest {
    public typealias Response = Nothing

    public static let method = "shutdown"
    public static let asker = Asker.host
    public static let summary = "nothing more will be asked"

    public init() {}
    public init?(wire reader: ValueReader) { self.init() }
    public var wire: Value { [:] }
}
