/// What an XML part from outside may have.
public struct XMLLimits: Sendable, Hashable {
    /// Elements inside each other. A table in a table in a text box has some forty.
    public var depth: Int
    /// Bytes of the part. The zip reader's own limit comes before it.
    public var bytes: Int

    public init(depth: Int, bytes: Int) { (self.depth, self.bytes) = (depth, bytes) }

    public static let part = XMLLimits(depth: 256, bytes: 128 << 20)
}
