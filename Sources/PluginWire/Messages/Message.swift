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
    public var reason: String
    /// The beginning of the line, for the error message.
    public var line: String

    public init(reason: String, line: [UInt8]) {
        self.reason = reason
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
        guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return .blank }
        if line.starts(with: byteOrderMark + [UInt8(ascii: "{")]) {
            throw ProtocolViolation(
                reason: "a byte order mark (U+FEFF) before the message; write UTF-8 without one",
                line: line
            )
        }
        guard first == UInt8(ascii: "{") else { return .stray(String(decoding: line.prefix(4096), as: UTF8.self)) }
        let value: Value
        do throws(JSONSyntaxError) {
            value = try JSONReader.read(line, maximumDepth: limits.depth)
        } catch {
            throw ProtocolViolation(reason: "not JSON: \(error)", line: line)
        }
        guard case .record(let record) = value, let message = Message(record) else {
            throw ProtocolViolation(reason: "not a JSON-RPC 2.0 message", line: line)
        }
        return .message(message)
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private init?(_ record: Record) {
        guard record["jsonrpc"] == "2.0" else { return nil }
        let rawID = record["id"]
        let id = rawID.flatMap(RequestID.init)
        if let method = record["method"] {
            guard case .text(let method) = method, record["result"] == nil, record["error"] == nil else { return nil }
            let params = record["params"] ?? .record(Record())
            switch (rawID, id) {
            case (nil, _): self = .notification(method: method, params: params)
            case (_, let id?): self = .request(id: id, method: method, params: params)
            default: return nil
            }
        } else if let error = record["error"] {
            guard record["result"] == nil, id != nil || rawID == .null,
                let error = RPCError(wire: ValueReader(error, log: DiagnosticLog()))
            else { return nil }
            self = .failure(id: id, error: error)
        } else if let result = record["result"], let id {
            self = .response(id: id, result: result)
        } else {
            return nil
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
