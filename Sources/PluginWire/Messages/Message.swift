public import ReviewModel

/// One line of the wire, understood as JSON-RPC 2.0.
public enum Message: Sendable, Hashable {
    case request(id: RequestID, method: String, params: Value)
    case notification(method: String, params: Value)
    case response(id: RequestID, result: Value)
    /// `id` is absent where the request could not be read.
    case failure(id: RequestID?, error: RPCError)
}

/// The id that its sender chose for a request.
public enum RequestID: Sendable, Hashable {
    case number(Int)
    case text(String)

    init?(_ value: Value) {
        switch value {
        case .integer(let number): self = .number(number)
        case .text(let text): self = .text(text)
        default: return nil
        }
    }

    var value: Value {
        switch self {
        case .number(let number): .integer(number)
        case .text(let text): .text(text)
        }
    }
}

/// A line that breaks the protocol: it ends the conversation.
public struct ProtocolViolation: Error, Sendable, Hashable {
    public var sentence: LocalizedText
    /// The beginning of the line, for the error message.
    public var line: String

    public var reason: String { sentence.en }

    public init(reason sentence: LocalizedText, line: [UInt8]) {
        self.sentence = sentence
        self.line = String(decoding: line.prefix(120), as: UTF8.self)
    }
}

extension Message {
    /// What a line of the wire is.
    public enum Line: Sendable, Hashable {
        case message(Message)
        /// Not JSON-RPC at all: a stray print. Never fatal.
        case stray(String)
        case blank
    }

    /// Reads one line. A line that does not begin with `{` is stray output, not a violation.
    public static func parse(_ line: [UInt8], limits: WireLimits = .standard) throws(ProtocolViolation) -> Line {
        switch try Envelope.open(line, limits: limits) {
        case .blank: .blank
        case .stray(let text): .stray(text)
        case .message(let envelope): .message(envelope.message)
        }
    }

    /// The line, its line feed included.
    public var line: [UInt8] {
        var record: Record = ["jsonrpc": "2.0"]
        switch self {
        case .request(let id, let method, let params):
            record["id"] = id.value
            record["method"] = .text(method)
            record["params"] = params
        case .notification(let method, let params):
            record["method"] = .text(method)
            record["params"] = params
        case .response(let id, let result):
            record["id"] = id.value
            record["result"] = result
        case .failure(let id, let error):
            record["id"] = id?.value ?? .null
            record["error"] = error.wire
        }
        var bytes = JSONWriter.line(.record(record))
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }
}
