internal import Glibc

/// Lines that wait until a process takes them, bounded: a reader that asks for more and more and takes nothing must not
/// cost the host its memory.
struct OutgoingBytes {
    /// Room for as many full pages as requests may be under way, and for a few of the longest lines.
    static let standardLimit = 64 << 20
    /// Larger buffers are given back once they are written.
    private static let keptCapacity = 1 << 20

    private var bytes: [UInt8] = []
    private var written = 0
    /// Whether ``bytes`` is a line of somebody else's, as it came.
    private var isTaken = false
    let limit: Int

    init(limit: Int = standardLimit) { self.limit = limit }

    var count: Int { bytes.count - written }
    var isEmpty: Bool { bytes.isEmpty }

    /// Takes one more line; `false` when that would be more than the limit.
    mutating func append(_ line: [UInt8]) -> Bool {
        guard count + line.count <= limit else { return false }
        // A page is half a megabyte: taken as it is where nothing else waits, not copied.
        if bytes.isEmpty, line.count >= 4096 { (bytes, isTaken) = (line, true) } else { bytes += line }
        return true
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: !isTaken && bytes.capacity <= Self.keptCapacity)
        isTaken = false
        written = 0
    }

    /// What became of a ``write(to:)``.
    enum Progress { case everything, pipeIsFull, readerIsGone }

    /// Writes as much as the pipe takes without waiting.
    mutating func write(to descriptor: Int32) -> Progress {
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                return .pipeIsFull
            } else if errno != EINTR {
                removeAll()
                return .readerIsGone
            }
        }
        removeAll()
        return .everything
    }
}
