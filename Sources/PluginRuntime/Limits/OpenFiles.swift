internal import Glibc
internal import LocalFiles

/// What processes have open together, as far as it takes up something that has no name in a folder.
struct OpenFiles {
    /// KiB of files that are memory: without a name, or in `/dev/shm`. They hold what was written to them also where no
    /// process has the pages.
    private(set) var inMemory = 0
    /// KiB of files on a disk that have been removed: they take it up like any other.
    private(set) var removed = 0
    /// Pipes and sockets. In each the kernel keeps what was written and not read, up to some MiB, and counts it as nobody's
    /// memory.
    private(set) var connections = 0
    /// Open files that were sent through a socket and have not been received: no process has them, so nobody sees what is in
    /// them.
    private(set) var underWay = 0
    /// Whether a process has more open than are looked at.
    private(set) var isTooMany = false

    /// More than a plugin may have open in one process: what is not looked at does not count.
    static let maximum = 4096

    private var seen: Set<String> = []

    init(of processes: [pid_t]) {
        for process in processes where !isTooMany { look(at: process) }
    }

    private mutating func look(at process: pid_t) {
        let folder = "/proc/\(process)/fd"
        let names = FileSystem.names(in: folder)
        guard names.count <= Self.maximum else { return isTooMany = true }
        for name in names {
            guard let target = Self.linkTarget(folder + "/" + name) else { continue }
            if target.hasPrefix("socket:") || target.hasPrefix("pipe:") {
                guard seen.insert(target).inserted else { continue }
                connections += 1
                if target.hasPrefix("socket:") { underWay += Self.underWay("/proc/\(process)/fdinfo/\(name)") }
            } else if target.hasPrefix("/"), target.hasSuffix(" (deleted)") || target.hasPrefix("/dev/shm/") {
                addFile(folder + "/" + name, target)
            }
        }
    }

    private mutating func addFile(_ path: String, _ target: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        guard seen.insert("\(status.st_dev) \(status.st_ino)").inserted else { return }
        let isMemory = ["/memfd:", "/dev/shm/", "/SYSV"].contains { target.hasPrefix($0) }
        if isMemory { inMemory += Int(status.st_blocks) / 2 } else { removed += Int(status.st_blocks) / 2 }
    }

    /// The kernel says of a Unix socket how many open files lie in it.
    private static func underWay(_ path: String) -> Int {
        guard let bytes = FileSystem.readFromKernel(path, atMost: 4096) else { return 0 }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard line.starts(with: "scm_fds:".utf8) else { continue }
            let number = line.dropFirst("scm_fds:".utf8.count).filter {
                $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t")
            }
            return Int(String(decoding: number, as: UTF8.self)) ?? 0
        }
        return 0
    }

    private static func linkTarget(_ path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start, buffer.count)
            guard count > 0 else { return nil }
            return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
        }
    }
}
