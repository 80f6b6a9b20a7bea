internal import JSONDocument
internal import ReviewModel

/// A line understood as JSON-RPC 2.0, whose contents are text still: what it is about is read when it is known by whom.
enum Envelope: Sendable {
    case request(id: RequestID, method: String, params: JSONText)
    case notification(method: String, params: JSONText)
    case response(id: RequestID, result: JSONText)
    /// `id` is absent where the request could not be read.
    case failure(id: RequestID?, error: RPCError)

    /// What a line of the wire is.
    enum Line: Sendable {
        case message(Envelope)
        /// Not JSON-RPC at all: a stray print. Never fatal.
        case stray(String)
        case blank
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Reads one line. A line that does not begin with `{` is stray output, not a violation.
    static func open(_ line: [UInt8], limits: WireLimits) throws(ProtocolViolation) -> Line {
        guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return .blank }
        if first != UInt8(ascii: "{") {
            if line.starts(with: byteOrderMark + [UInt8(ascii: "{")]) {
                throw ProtocolViolation(reason: markedByteOrder, line: line)
            }
            return .stray(String(decoding: line.prefix(4096), as: UTF8.self))
        }
        let text: JSONText
        do throws(JSONSyntaxError) {
            text = try JSONText(line, maximumDepth: limits.depth)
        } catch {
            throw ProtocolViolation(reason: notJSON(error, line), line: line)
        }
        guard let envelope = Envelope(text) else {
            throw ProtocolViolation(reason: noMessage, line: line)
        }
        return .message(envelope)
    }

    private init?(_ text: JSONText) {
        var parts = Parts()
        text.read { cursor in _ = cursor.members { parts.take($0, &$1) } }
        guard parts.isJSONRPC else { return nil }
        if parts.hasMethod {
            guard let method = parts.method, parts.result == nil, parts.error == nil else { return nil }
            let params = parts.params.map(text.part) ?? Self.noParams
            switch (parts.hasID, parts.id) {
            case (false, _): self = .notification(method: method, params: params)
            case (true, let id?): self = .request(id: id, method: method, params: params)
            default: return nil
            }
        } else if let error = parts.error {
            guard parts.result == nil, parts.id != nil || parts.isNullID,
                let error = RPCError(wire: ValueReader(text.part(error).value, log: DiagnosticLog()))
            else { return nil }
            self = .failure(id: parts.id, error: error)
        } else if let result = parts.result, let id = parts.id {
            self = .response(id: id, result: text.part(result))
        } else {
            return nil
        }
    }

    private static let noParams = JSONText(.record(Record()))

    /// The members of a message, as they come.
    private struct Parts {
        var isJSONRPC = false
        var (hasID, isNullID, hasMethod) = (false, false, false)
        var id: RequestID?
        var method: String?
        var params: Range<Int>?
        var result: Range<Int>?
        var error: Range<Int>?

        mutating func take(_ key: JSONKey, _ cursor: inout JSONCursor) {
            switch key {
            case "id":
                hasID = true
                isNullID = cursor.kind == .null
                id = RequestID(cursor.value())
            case "method":
                hasMethod = true
                method = word(&cursor)
            case "params": params = cursor.skip()
            case "result": result = cursor.skip()
            case "error": error = cursor.skip()
            case "jsonrpc": isJSONRPC = word(&cursor) == "2.0"
            default: cursor.skip()
            }
        }

        /// A text, and no number.
        private func word(_ cursor: inout JSONCursor) -> String? {
            let isText = cursor.kind == .text
            let text = cursor.text()
            return isText ? text : nil
        }
    }

    /// Everything, as trees.
    var message: Message {
        switch self {
        case .request(let id, let method, let params): .request(id: id, method: method, params: params.value)
        case .notification(let method, let params): .notification(method: method, params: params.value)
        case .response(let id, let result): .response(id: id, result: result.value)
        case .failure(let id, let error): .failure(id: id, error: error)
        }
    }
}

// MARK: - Writing

extension Envelope {
    /// The line of a request, its line feed included; `params` writes one value.
    static func request(id: Int, _ method: String, _ params: (inout JSONWriter) -> Void) -> [UInt8] {
        line { writer in
            writer.write(raw: ",\"id\":")
            writer.write(id)
            writer.write(raw: ",\"method\":")
            writer.write(text: method)
            writer.write(raw: ",\"params\":")
            params(&writer)
        }
    }

    /// The line of a reply.
    static func response(id: RequestID, _ result: (inout JSONWriter) -> Void) -> [UInt8] {
        line { writer in
            writer.write(raw: ",\"id\":")
            switch id {
            case .number(let number): writer.write(number)
            case .text(let text): writer.write(text: text)
            }
            writer.write(raw: ",\"result\":")
            result(&writer)
        }
    }

    private static func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        JSONWriter.line { writer in
            writer.write(raw: "{\"jsonrpc\":\"2.0\"")
            members(&writer)
            writer.write(raw: "}\n")
        }
    }
}

// MARK: - Messages

private let markedByteOrder = LocalizedText(
    zh: "消息之前有字节顺序标记（U+FEFF），请写不带它的 UTF-8",
    en: "a byte order mark (U+FEFF) before the message; write UTF-8 without one"
)

private let noMessage = LocalizedText(
    zh: "不是 JSON-RPC 2.0 消息：须有 \"jsonrpc\": \"2.0\"，答复须有 id，result 和 error 两者取一",
    en: "not a JSON-RPC 2.0 message: it has \"jsonrpc\": \"2.0\", a reply its id and either a result or an error"
)

private func notJSON(_ error: JSONSyntaxError, _ line: [UInt8]) -> LocalizedText {
    // JSON that was laid out for people: all of it is to stand in the line that begins it.
    let isBroken = error.reason == .unexpectedEnd && line.count < 40
    return LocalizedText(
        zh: "不是 JSON：第 \(error.offset) 字节处\(error.words.zh)" + (isBroken ? "。一条消息只占一行，中间不换行" : ""),
        en: "not JSON: \(error)" + (isBroken ? "; a message is one line, without line breaks in it" : "")
    )
}
