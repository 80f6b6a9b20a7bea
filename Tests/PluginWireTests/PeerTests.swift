import PluginTesting
import PluginWire
import ReviewModel
import Testing

@Suite("A conversation")
struct PeerTests {
    /// Runs `body` with a host's peer; the plugin at the other end answers with `request`.
    private func converse(
        request: @escaping @Sendable (Peer.Call, Peer) async throws -> Value,
        _ body: @Sendable (Peer) async throws -> Void
    ) async throws {
        try await withJoinedPeers(Peer.Handlers(request: { _, _ in nil }), Peer.Handlers(request: request)) { host, _ in
            try await body(host)
        }
    }

    @Test("replies find their requests, in whatever order they come")
    func manyAtOnce() async throws {
        try await converse(request: { call, _ in
            if call.params["n"] == 0 { try await Task.sleep(for: .milliseconds(20)) }
            return call.params
        }) { host in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for n in 0..<10 {
                    group.addTask {
                        try await host.call(id: host.reserveID(), "echo", ["n": .integer(n)]) == ["n": .integer(n)]
                    }
                }
                for try await isSame in group { #expect(isSame) }
            }
        }
    }

    @Test("more calls than the other side takes at once wait their turn")
    func inFlightLimit() async throws {
        try await converse(request: { call, _ in call.params }) { host in
            host.limits.requestsInFlight = 2
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for n in 0..<200 {
                    group.addTask { try await host.call(id: host.reserveID(), "echo", .integer(n)) == .integer(n) }
                }
                for try await isSame in group { #expect(isSame) }
            }
        }
    }

    @Test("a request or a reply that the other side could not take is refused here, by its size")
    func tooLarge() async throws {
        try await converse(request: { _, _ in .text(String(repeating: "x", count: 9 << 20)) }) { host in
            let reply = await #expect(throws: RPCError.self) { try await host.call(id: host.reserveID(), "big", nil) }
            #expect(reply?.code == RPCError.Code.messageTooLarge.rawValue)
            host.limits.lineBytes = 100
            let request = await #expect(throws: RPCError.self) {
                try await host.call(id: host.reserveID(), "big", .text(String(repeating: "x", count: 100)))
            }
            #expect(request?.code == RPCError.Code.messageTooLarge.rawValue)
        }
    }

    @Test("a cancelled call tells the other side and still gets its one reply")
    func cancellation() async throws {
        try await converse(request: { _, _ in
            try await Task.sleep(for: .seconds(60))
            return nil
        }) { host in
            let call = Task { try await host.call(id: host.reserveID(), "sleep", nil) }
            try await Task.sleep(for: .milliseconds(5))
            call.cancel()
            let error = await #expect(throws: RPCError.self) { try await call.value }
            #expect(error?.code == RPCError.Code.cancelled.rawValue)
        }
    }

    @Test("the end of the conversation fails what still waits, and every later call")
    func end() async throws {
        struct Gone: Error {}
        try await converse(request: { _, _ in
            try await Task.sleep(for: .seconds(60))
            return nil
        }) { host in
            let call = Task { try await host.call(id: host.reserveID(), "sleep", nil) }
            try await Task.sleep(for: .milliseconds(5))
            host.end(Gone())
            await #expect(throws: Gone.self) { try await call.value }
            await #expect(throws: Gone.self) { try await host.call(id: host.reserveID(), "late", nil) }
        }
    }

    private func serve(_ lines: [String]) async throws -> [String] {
        let (stray, input) = AsyncStream.makeStream(of: String.self)
        let peer = Peer(handlers: .init(request: { _, _ in nil }, stray: { input.yield($0) }), send: { _ in })
        let stream = AsyncStream<LineSplitter.Element> { continuation in
            for line in lines { continuation.yield(.line(Array(line.utf8))) }
            continuation.finish()
        }
        try await peer.serve(stream)
        input.finish()
        return await stray.reduce(into: []) { $0.append($1) }
    }

    @Test("stray prints and blank lines are no messages and no harm")
    func stray() async throws {
        #expect(try await serve(["loading…", "", "  ", "42"]) == ["loading…", "42"])
    }

    @Test(
        "a line that breaks the protocol ends the conversation",
        arguments: [
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}", "{\"jsonrpc\":\"2.0\",",
            "{\"jsonrpc\":\"1.0\",\"method\":\"x\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"x\"}", "{}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"method\":\"x\"}",
        ]
    )
    func violations(line: String) async {
        await #expect(throws: ProtocolViolation.self) { try await serve([line]) }
    }
}
