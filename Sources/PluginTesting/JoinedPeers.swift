public import PluginWire

/// Joins two peers back to back, without processes or pipes: every message takes the form that it has on the wire.
///
/// Both serve until `body` is done.
public func withJoinedPeers<Result: Sendable>(
    _ left: Peer.Handlers,
    _ right: Peer.Handlers,
    _ body: @Sendable (_ left: Peer, _ right: Peer) async throws -> Result
) async throws -> Result {
    let (toLeft, leftInput) = AsyncStream.makeStream(of: LineSplitter.Element.self)
    let (toRight, rightInput) = AsyncStream.makeStream(of: LineSplitter.Element.self)
    let leftPeer = Peer(handlers: left) { rightInput.yield(.line(Array($0.dropLast()))) }
    let rightPeer = Peer(handlers: right) { leftInput.yield(.line(Array($0.dropLast()))) }
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await leftPeer.serve(toLeft) }
        group.addTask { try await rightPeer.serve(toRight) }
        defer {
            leftInput.finish()
            rightInput.finish()
        }
        return try await body(leftPeer, rightPeer)
    }
}
