import Glibc
import PluginTesting
import PluginWire
import ReviewModel

// Stands in for the plugin of a recorded conversation: `transcript-player TRACE`. It says what the plugin said, when the
// host has said what the host said. A host that says something else ends it with status 9 and a sentence.

func give(up sentence: String) -> Never {
    let bytes = Array((sentence + "\n").utf8)
    _ = write(2, bytes, bytes.count)
    exit(9)
}

func send(_ message: Message) {
    let bytes = message.line
    if write(1, bytes, bytes.count) != bytes.count { exit(0) }
}

/// What is compared: not the folder of this run, nor the release of the host.
func content(_ method: String, _ params: Value) -> Value {
    guard case .record(var record) = params else { return params }
    record["scratchDirectory"] = nil
    if method == Initialize.method { record["host"] = nil }
    record["parent"] = nil
    return .record(record)
}

/// Messages of the host that came before their turn.
nonisolated(unsafe) var early: [Message] = []
/// Where the renderer's files go.
nonisolated(unsafe) var folder = "."
/// The ids that the host uses this time, by the recorded ones.
nonisolated(unsafe) var ids: [RequestID: RequestID] = [:]

func isSame(_ message: Message, _ recorded: Message) -> Bool {
    switch (message, recorded) {
    case (.request(_, let method, let params), .request(_, let other, let otherParams)):
        method == other && content(method, params) == content(other, otherParams)
    case (.notification(let method, let params), .notification(let other, let otherParams)):
        method == other && (method == Cancel.method || params == otherParams)
    case (.response(let id, let result), .response(let other, let otherResult)):
        id == other && result == otherResult
    case (.failure(let id, let error), .failure(let other, let otherError)): id == other && error == otherError
    default: false
    }
}

func expect(_ recorded: Message, line: Int) {
    while true {
        if let index = early.firstIndex(where: { isSame($0, recorded) }) {
            let message = early.remove(at: index)
            if case .request(let id, _, let params) = message, case .request(let old, _, _) = recorded {
                ids[old] = id
                folder = params["scratchDirectory"]?.text ?? folder
            }
            return
        }
        guard let text = readLine(strippingNewline: true) else {
            give(up: "line \(line) of the transcript did not come: \(String(decoding: recorded.line, as: UTF8.self))")
        }
        guard case .message(let message)? = try? Message.parse(Array(text.utf8)),
            recordedByHost.contains(where: { isSame(message, $0) })
        else { give(up: "the host says what is not in the transcript: \(text)") }
        early.append(message)
    }
}

func say(_ recorded: Message) {
    switch recorded {
    case .response(let id, let result):
        // A renderer's files belong to what it says.
        for artifact in result["artifacts"]?.list ?? [] {
            guard let path = artifact["path"]?.text, let file = fopen(folder + "/" + path, "w") else { continue }
            fclose(file)
        }
        send(.response(id: ids[id] ?? id, result: result))
    case .failure(let id?, let error): send(.failure(id: ids[id] ?? id, error: error))
    case .request(let id, let method, let params): send(.request(id: id, method: method, params: withParent(params)))
    case .notification(let method, let params): send(.notification(method: method, params: withParent(params)))
    default: send(recorded)
    }
}

func withParent(_ params: Value) -> Value {
    guard case .record(var record) = params, let parent = record["parent"]?.integer,
        case .number(let now)? = ids[.number(parent)]
    else { return params }
    record["parent"] = .integer(now)
    return .record(record)
}

guard CommandLine.arguments.count > 1, let transcript = try? Transcript.read(file: CommandLine.arguments[1]) else {
    give(up: "usage: transcript-player TRACE")
}
let recordedByHost: [Message] = transcript.entries.compactMap { entry in
    guard entry.isToPlugin, case .message(let message)? = try? Message.parse(Array(entry.line.utf8)) else { return nil }
    return message
}
for entry in transcript.entries {
    guard case .message(let message)? = try? Message.parse(Array(entry.line.utf8)) else { continue }
    if entry.isToPlugin { expect(message, line: entry.number) } else { say(message) }
}
while readLine() != nil {}
