internal import Glibc
internal import Groundwork

/// Bytes that come in pieces, as one buffer of which the front is taken away and the end grows.
final class ByteFeed {
    /// Fills a buffer and says how many bytes it has written; 0 at the end.
    typealias Source = (UnsafeMutableRawBufferPointer) throws(OfficeFileError) -> Int

    private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// What is left to be read are the bytes from here…
    var position = 0
    /// … to before here.
    private(set) var end = 0
    private(set) var isDone = false
    private var capacity: Int
    private let source: Source

    /// As much as one cell may have: 32,767 characters, each of which may be formatted for itself.
    static let maximumUnit = 16 << 20

    init(capacity: Int = 1 << 18, _ source: @escaping Source) {
        (self.capacity, self.source) = (capacity, source)
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// Brings more; what is before ``position`` is forgotten, and ``position`` is 0 then.
    ///
    /// - Returns: `false` at the end.
    func more() throws(OfficeFileError) -> Bool {
        if isDone { return false }
        if position > 0 {
            memmove(bytes, bytes + position, end - position)
            (position, end) = (0, end - position)
        } else if end == capacity {
            guard capacity < Self.maximumUnit else { throw .cellTooLong(Self.maximumUnit) }
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
            memcpy(larger, bytes, end)
            bytes.deallocate()
            (bytes, capacity) = (larger, capacity * 2)
        }
        let count = try source(UnsafeMutableRawBufferPointer(start: bytes + end, count: capacity - end))
        end += count
        isDone = count == 0
        return count > 0
    }
}

extension ByteFeed {
    /// Bytes that are there already.
    convenience init(_ whole: [UInt8]) {
        var taken = 0
        self.init(capacity: max(64, whole.count)) { (buffer) throws(OfficeFileError) in
            let count = min(buffer.count, whole.count - taken)
            if count > 0 { buffer.copyBytes(from: whole[taken..<taken + count]) }
            taken += count
            return count
        }
    }

    /// An entry of a zip file as it is; a long one is unpacked on a thread of its own.
    convenience init(_ stream: ZipEntryStream) {
        guard stream.byteCount >= ReadAhead.shortest else {
            self.init { (buffer) throws(OfficeFileError) in try stream.read(into: buffer) }
            return
        }
        let ahead = ReadAhead { (buffer) throws(OfficeFileError) in try stream.read(into: buffer) }
        self.init { (buffer) throws(OfficeFileError) in try ahead.read(into: buffer) }
    }

    /// An entry of a zip file, written again plainly.
    convenience init(plain stream: ZipEntryStream) throws(OfficeFileError) {
        let plain = PlainXML()
        let reader = try XMLReader(plain, limits: .sheet)
        let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        let piece = OwnedBuffer(raw)
        var (taken, isDone) = (0, false)
        self.init { (buffer) throws(OfficeFileError) in
            while taken == plain.written.count, !isDone {
                plain.written.removeAll(keepingCapacity: true)
                taken = 0
                let count = try stream.read(into: piece.bytes)
                isDone = count == 0
                if isDone {
                    try reader.finish()
                } else {
                    try reader.feed(UnsafeRawBufferPointer(rebasing: piece.bytes[..<count]))
                }
            }
            let count = min(buffer.count, plain.written.count - taken)
            if count > 0 { buffer.copyBytes(from: plain.written[taken..<taken + count]) }
            taken += count
            return count
        }
    }
}

extension XMLLimits {
    /// For worksheets, whose length the limits of the zip file bound already.
    static let sheet = XMLLimits(depth: 256, bytes: ZipLimits.workbook.entryBytes)
}

/// A buffer that goes with its owner.
private final class OwnedBuffer {
    let bytes: UnsafeMutableRawBufferPointer
    init(_ bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }
    deinit { bytes.deallocate() }
}

// MARK: - Messages

extension OfficeFileError {
    static func cellTooLong(_ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "其中一个单元格超过 \(limit >> 20) MiB，文件已损坏或是攻击",
                en: "a cell in it has more than \(limit >> 20) MiB; the file is damaged, or an attack"
            )
        )
    }
}
