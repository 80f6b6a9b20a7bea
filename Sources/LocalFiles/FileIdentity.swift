internal import Glibc

/// By what a file shows that it was changed or replaced: device, inode, size, and the times of the last change of its bytes and
/// of itself. The latter nobody can set.
package struct FileIdentity: Sendable, Hashable {
    private let parts: [Int]

    /// For a file that is kept.
    package var text: String { parts.map { String($0) }.joined(separator: " ") }

    /// `nil` where there is no such file.
    package init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        parts = [
            Int(bitPattern: UInt(status.st_dev)), Int(bitPattern: UInt(status.st_ino)), Int(status.st_size),
            status.st_mtim.tv_sec,
            status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}
