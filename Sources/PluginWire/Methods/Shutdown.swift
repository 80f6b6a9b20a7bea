public import ReviewModel

/// `shutdown`: nothing more will be asked; after the reply the host closes the plugin's standard input.
public struct Shutdown: WireRequest {
    public typealias Response = Nothing

    public static let method = "shutdown"

    public init() {}
    public init?(wire reader: ValueReader) { self.init() }
    public var wire: Value { [:] }
}
