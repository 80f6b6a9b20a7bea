internal import Glibc
internal import ReviewModel

/// The last lines of a stream, bounded: what an error message quotes of a plugin's standard error.
struct LineTail: Sendable {
    /// As they came; made printable only when somebody asks, for most are never shown.
    private var complete: [[UInt8]] = []
    private var pending: [UInt8] = []

    static let maximumLines = 12
    static let maximumLineBytes = 1000

    mutating func push(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        while start < bytes.count, let base = bytes.baseAddress {
            let end = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start).map {
                UnsafeRawPointer($0) - base
            }
            let part = UnsafeRawBufferPointer(rebasing: bytes[start..<(end ?? bytes.count)])
            pending += part.prefix(Self.maximumLineBytes - pending.count)
            guard let end else { break }
            finishLine()
            start = end + 1
        }
    }

    /// The lines, a last unfinished one included; control characters are made visible.
    var lines: [String] {
        (pending.isEmpty ? complete : complete + [pending]).suffix(Self.maximumLines).map(printable)
    }

    private mutating func finishLine() {
        complete.append(pending)
        if complete.count > Self.maximumLines { complete.removeFirst() }
        pending = []
    }

    private func printable(_ line: [UInt8]) -> String {
        String(decoding: line, as: UTF8.self).withVisibleControls
    }
}
