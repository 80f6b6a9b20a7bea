internal import Glibc
internal import LocalFiles
internal import PluginWire
internal import ReviewModel
internal import Synchronization

extension PluginSession {
    /// Talks to a plugin that somebody has started as `PLUGIN --plugin-listen SOCKET`, in a debugger perhaps. Nothing is
    /// supervised then: a breakpoint may last as long as it likes.
    func runAttached(to socket: String) async {
        do throws(FileError) {
            let descriptor = try connect(to: socket)
            let ends = PipeLoop.Ends(input: dup(descriptor), output: descriptor, error: nil)
            let over = Signal()
            try process.loop.start(
                ends,
                PipeLoop.Readers(output: { self.take($0) }, error: { _ in }, outputEnded: { over.send() })
            )
            await over.wait()
            await process.loop.end(within: .zero)
            end(.crashed(status: closedSocket, during: state.withLock { $0.currentCall }))
        } catch {
            end(.spawnFailed(error.sentence))
        }
        await peer.stopServing()
    }
}

private let closedSocket = LocalizedText(zh: "套接字已关闭", en: "the socket was closed")

private let tooLong = LocalizedText(zh: "套接字的路径过长", en: "the path is too long for a socket")

/// A stream socket connected to the path.
private func connect(to path: String) throws(FileError) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw FileError(path) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
        let bytes = Array(path.utf8)
        guard bytes.count < room.count else { return false }
        room.copyBytes(from: bytes)
        return true
    }
    let status = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    if !fits || status != 0 {
        let error = fits ? FileError(path) : FileError(path, reason: tooLong)
        close(descriptor)
        throw error
    }
    return descriptor
}
