internal import NIOCore
internal import NIOHTTP1
internal import PreviewWire
internal import Synchronization

/// What there is to be seen, and who waits to hear of something new.
final class PageShelf: Sendable {
    private struct State {
        var pages: [String: ServedPage] = [:]
        var version = 0
        var isBusy = false
        var listeners: [ObjectIdentifier: any Channel] = [:]
        var connections = 0
    }

    /// A browser opens six to one server, and somebody may have it open a few times. More are turned away.
    static let maximumConnections = 64

    private let state = Mutex(State())
    private let token: [UInt8]
    private let asked: @Sendable () -> Void

    init(token: String, asked: @escaping @Sendable () -> Void) { (self.token, self.asked) = (Array(token.utf8), asked) }

    func put(_ pages: [ServedPage], _ version: Int) {
        let listeners = state.withLock { state in
            state.pages = Dictionary(pages.map { ($0.path, $0) }) { first, _ in first }
            (state.version, state.isBusy) = (version, false)
            return Array(state.listeners.values)
        }
        for listener in listeners { send(event("version", String(version)), to: listener) }
    }

    func tellBusy() {
        let listeners = state.withLock { state in
            state.isBusy = true
            return Array(state.listeners.values)
        }
        for listener in listeners { send(event("busy", "1"), to: listener) }
    }

    func page(_ path: String) -> ServedPage? { state.withLock { $0.pages[path] } }

    func noteAsked() { asked() }

    /// Whether `text` is the token. How long this takes says nothing of how much of it is right.
    func isToken(_ text: Substring) -> Bool {
        let given = Array(text.utf8)
        var difference = given.count ^ token.count
        for index in token.indices { difference |= Int(token[index] ^ (index < given.count ? given[index] : 0)) }
        return difference == 0
    }

    // MARK: Connections

    /// Whether one more is taken.
    func enter() -> Bool {
        state.withLock { state in
            state.connections += 1
            return state.connections <= Self.maximumConnections
        }
    }

    func leave(_ channel: any Channel) {
        state.withLock { state in
            state.connections -= 1
            state.listeners[ObjectIdentifier(channel)] = nil
        }
    }

    /// From now on the channel hears of every version; what it should have heard is returned.
    func listen(_ channel: any Channel) -> String {
        state.withLock { state in
            state.listeners[ObjectIdentifier(channel)] = channel
            return "retry: 500\n\n" + event("version", String(state.version)) + (state.isBusy ? event("busy", "1") : "")
        }
    }

    /// Ends the conversations that have no end by themselves.
    func hangUp() {
        let listeners = state.withLock { state in
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.close(promise: nil) }
    }

    private func send(_ text: String, to channel: any Channel) {
        let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text)))
        channel.writeAndFlush(part, promise: nil)
    }
}

/// A message as browsers read them: https://html.spec.whatwg.org/multipage/server-sent-events.html
private func event(_ name: String, _ data: String) -> String { "event: \(name)\ndata: \(data)\n\n" }
