internal import JSONDocument

/// Cuts a stream of bytes into lines, however the stream was chopped up.
///
/// Only newly arrived bytes are scanned for the line feed (scanning the whole buffer again made a 4 MiB line take
/// seconds). A line over the limit is dropped as it comes, so that it costs no memory, and is reported once.
public struct LineSplitter: Sendable {
    /// What the stream held next.
    public enum Element: Sendable, Equatable {
        /// A line without its line end; a carriage return before the line feed is gone too.
        case line([UInt8])
        /// A line longer than the limit; its first bytes, for messages.
        case oversize(start: [UInt8])
    }

    private let limit: Int
    private var pending: [UInt8] = []
    private var isDropping = false
    /// Bytes of the last line that came in pieces.
    private var lastLong = 0

    public init(limit: Int) {
        self.limit = limit
    }

    /// Takes the next bytes and returns the lines that they complete.
    public mutating func push(_ bytes: UnsafeRawBufferPointer) -> [Element] {
        var (elements, start) = ([Element](), 0)
        while start < bytes.count {
            guard let end = Self.lineFeed(in: bytes, from: start) else {
                hold(bytes[start...], &elements)
                break
            }
            finishLine(bytes[start..<end], &elements)
            start = end + 1
        }
        return elements
    }

    /// Where the next line feed is. Eight bytes at a time: a page is a single line of half a megabyte.
    private static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var position = start
        while position &+ 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            if EightBytes(word).contains(UInt8(ascii: "\n")) { break }
            position &+= 8
        }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { return position }
            position &+= 1
        }
        return nil
    }

    /// The last line, when the stream ended without a line feed.
    public mutating func finish() -> [Element] {
        var elements: [Element] = []
        if !pending.isEmpty, !isDropping {
            finishLine(UnsafeRawBufferPointer(start: nil, count: 0)[...], &elements)
        }
        return elements
    }

    private mutating func hold(_ part: Slice<UnsafeRawBufferPointer>, _ elements: inout [Element]) {
        if isDropping { return }
        if pending.count + part.count > limit {
            report(part, &elements)
            isDropping = true
        } else {
            // A page is followed by another: room for as much as the last long line had, instead of growing into it.
            if pending.isEmpty, part.count >= 4096 { pending.reserveCapacity(max(part.count, lastLong)) }
            pending += part
        }
    }

    private mutating func finishLine(_ part: Slice<UnsafeRawBufferPointer>, _ elements: inout [Element]) {
        defer { isDropping = false }
        if isDropping { return }
        if pending.count + part.count > limit {
            report(part, &elements)
            return
        }
        // What has gathered is handed out as it is, not copied.
        var line: [UInt8] = []
        swap(&line, &pending)
        if line.count >= 4096 { lastLong = line.count + part.count }
        line += part
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        elements.append(.line(line))
    }

    private mutating func report(_ part: Slice<UnsafeRawBufferPointer>, _ elements: inout [Element]) {
        elements.append(.oversize(start: Array((pending + part.prefix(200)).prefix(200))))
        pending = []
    }
}
