public import ReviewModel

/// Something that crosses the wire by itself: a message, or a reply.
public protocol WireValue: WireForm {
    /// Reads the text, straight from its bytes where that is worth the lines; like `init(wire:)` in all that it takes,
    /// refuses and says.
    static func decode(_ text: JSONText, of method: String) throws(RPCError) -> Self
    /// Writes what ``wire`` is, straight into bytes where that is worth the lines.
    func encode(into writer: inout JSONWriter)
}

extension WireValue {
    public static func decode(_ text: JSONText, of method: String) throws(RPCError) -> Self {
        try read(text.value, of: method)
    }

    public func encode(into writer: inout JSONWriter) { writer.write(wire) }
}

/// A request of the protocol. One method, one file: the folder listing is the protocol.
public protocol WireRequest: WireValue {
    associatedtype Response: WireValue
    static var method: String { get }
    /// Who asks.
    static var asker: Asker { get }
    /// What the other side does, in a few words, as Docs/PROTOCOL.md has them.
    static var summary: String { get }
    /// Whether it, or its reply, holds lists that may not fit a line.
    static var hasLongLists: Bool { get }
}

extension WireRequest {
    public static var hasLongLists: Bool { false }
}

/// Which side makes a request.
public enum Asker: String, Sendable {
    case host, plugin, both
}

/// A message without a reply.
public protocol WireNotification: WireValue {
    static var method: String { get }
}

extension WireValue {
    /// Reads a message that may have come in pieces.
    public static func decode(_ message: LongMessage, of method: String) throws(RPCError) -> Self {
        switch message {
        case .short(let text): try decode(text, of: method)
        case .long(let value, let further): try read(value, further: further, of: method)
        }
    }

    /// Reads `value` or throws `invalidParams`, naming the first mistake and its place in the message.
    ///
    /// - Parameter further: elements of lists in the value that did not come with it.
    public static func read(
        _ value: Value,
        further: FurtherElements? = nil,
        of method: String
    ) throws(RPCError) -> Self {
        let log = DiagnosticLog()
        if let result = Self(wire: ValueReader(value, further: further, log: log)), !log.hasErrors { return result }
        let first = log.diagnostics.first
        let found = first?.message ?? unreadable
        var error = RPCError(.invalidParams, "\(method): \(found.en)", pointer: first?.pointer, help: first?.help?.en)
        error.finding = found
        throw error
    }
}

/// The empty object, `{}`.
public struct Nothing: WireValue, Hashable {
    public init() {}
    public init?(wire reader: ValueReader) { self.init() }
    public var wire: Value { [:] }
}

private let unreadable = LocalizedText(zh: "消息无法读懂", en: "unreadable message")
