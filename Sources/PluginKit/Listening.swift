internal import Glibc
internal import ReviewModel

/// Waits at the Unix socket `path` for one host and returns the connection; `nil`, with a sentence on standard error, when
/// there can be no such socket.
func acceptHost(at path: String, _ manifest: PluginManifest) -> Int32? {
    func fail() -> Int32? {
        let reason = String(cString: strerror(errno))
        write(Array("\(manifest.name) cannot listen at \(path): \(reason)\n".utf8), to: STDERR_FILENO)
        return nil
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
        guard path.utf8.count < room.count else { return false }
        room.copyBytes(from: Array(path.utf8))
        return true
    }
    if !fits {
        errno = ENAMETOOLONG
        return fail()
    }
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    // What an earlier run has left behind; anything but a socket stays, and binding fails.
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
    let isBound = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
        }
    }
    guard isBound, listen(listener, 1) == 0 else { return fail() }
    let hint = "\(manifest.name) listens; now run: PINGSHEN_ATTACH=\(manifest.name)=\(path) pingshen run SPEC\n"
    write(Array(hint.utf8), to: STDERR_FILENO)
    let connection = accept(listener, nil, nil)
    close(listener)
    unlink(path)
    return connection < 0 ? fail() : connection
}
