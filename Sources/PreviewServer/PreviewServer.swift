internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import PreviewWire
internal import Synchronization

/// Shows pages on this machine's loopback address to whoever knows a token.
///
///     let server = try await PreviewServer(token: token, port: 0)
///     server.show(pages, version: 1)            // http://127.0.0.1:PORT/TOKEN/
///     await server.close()
///
/// Nothing is served but what ``show(_:version:)`` was given last, and `events`, which tells each browser of what is new.
public final class PreviewServer: Sendable {
    /// Where it listens.
    public let port: Int
    private let shelf: PageShelf
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let isClosed = Atomic(false)

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - asked: called when somebody asks for the page itself.
    /// - Throws: `IOError` where it cannot listen there.
    public init(token: String, port: Int, asked: @escaping @Sendable () -> Void = {}) async throws {
        let (shelf, group) = (PageShelf(token: token, asked: asked), MultiThreadedEventLoopGroup(numberOfThreads: 1))
        do {
            channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 16)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                        try pipeline.addHandler(IdleStateHandler(readTimeout: .seconds(30)))
                        try pipeline.addHandler(RequestHandler(shelf))
                    }
                }
                .bind(host: "127.0.0.1", port: port).get()
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        (self.shelf, self.group, self.port) = (shelf, group, channel.localAddress?.port ?? port)
    }

    /// From now on these pages are there, and no others; browsers are told of the version.
    public func show(_ pages: [ServedPage], version: Int) { shelf.put(pages, version) }

    /// Tells browsers that something new is being made.
    public func tellBusy() { shelf.tellBusy() }

    /// Ends every conversation; a second time it does nothing.
    public func close() async {
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        shelf.hangUp()
        try? await channel.close()
        try? await group.shutdownGracefully()
    }
}

/// The number of the system's error that kept a server from listening; 0 for anything else.
public func systemError(_ error: any Error) -> Int32 { (error as? IOError)?.errnoCode ?? 0 }
