internal import CZLib
internal import Glibc

/// Bytes that are packed as they come, on a thread of its own, into a file that has no name: the rows of a large sheet.
///
/// What is packed ends at a byte, so that it can stand between other packed pieces in one entry of a zip file.
final class PackedRows {
    /// How much is packed at once: large beside what it takes to start a thread, small beside what a book may take of memory.
    static let pieceBytes = 1 << 20
    /// Rows are so much alike that more than the fastest way gains little, and takes two and a half times as long.
    static let level: Int32 = 1

    private let packing: Packing
    private var thread: pthread_t?
    private var pieces = [
        RowText(capacity: pieceBytes + (pieceBytes >> 2)), RowText(capacity: pieceBytes + (pieceBytes >> 2)),
    ]

    /// - Parameter scratch: a folder for the file.
    init(scratch: String) throws(ExcelError) { packing = try Packing(scratch) }

    deinit { wait() }

    /// What is written next. It is handed on by ``handOn(from:)``.
    var piece: RowText { pieces[0] }

    /// Packs what has been written, if it is so much, while the next piece is being written.
    func handOn(from count: Int = PackedRows.pieceBytes) {
        guard piece.count >= count else { return }
        wait()
        pieces.swapAt(0, 1)
        packing.piece = pieces[1]
        piece.removeAll()
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { context in
                if let context { Unmanaged<Packing>.fromOpaque(context).takeUnretainedValue().pack() }
                return nil
            },
            Unmanaged.passUnretained(packing).toOpaque()
        )
        // No thread is to be had: then one after the other.
        if status == 0 { self.thread = thread } else { packing.pack() }
    }

    private func wait() {
        if let thread { pthread_join(thread, nil) }
        thread = nil
    }

    /// Packs the rest. Nothing can be added then.
    func finish() throws(ExcelError) {
        handOn(from: 0)
        wait()
        packing.finish()
        if let failure = packing.failure { throw ExcelError.system("packing rows", failure) }
    }

    var checksum: UInt { packing.checksum }
    /// Bytes before and after packing.
    var length: Int { packing.length }
    var packedLength: Int { packing.packedLength }

    /// Hands over the packed bytes from the first to the last.
    func eachPackedPiece(_ body: (UnsafeRawBufferPointer) throws(ExcelError) -> Void) throws(ExcelError) {
        try packing.read(body)
    }
}

/// What the thread touches; nobody else does while it runs.
private final class Packing {
    private let descriptor: Int32
    private let stream: UnsafeMutablePointer<z_stream>
    private let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
    var piece: RowText?
    private(set) var checksum: UInt = 0
    private(set) var length = 0
    private(set) var packedLength = 0
    /// The number of the system's error.
    private(set) var failure: Int32?

    init(_ scratch: String) throws(ExcelError) {
        var name = Array((scratch + "/rows-" + String(repeating: "X", count: 6)).utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw .system("creating a file in \(scratch)", errno) }
        unlink(name)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard deflater(stream, PackedRows.level) else { throw .system("packing rows", ENOMEM) }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        room.deallocate()
        close(descriptor)
    }

    func pack() { deflate(piece?.bytes ?? UnsafeBufferPointer(start: nil, count: 0), Z_NO_FLUSH) }

    func finish() { deflate(UnsafeBufferPointer(start: nil, count: 0), Z_SYNC_FLUSH) }

    private func deflate(_ bytes: UnsafeBufferPointer<UInt8>, _ flush: Int32) {
        checksum = bytes.isEmpty ? checksum : crc32(checksum, bytes.baseAddress, uInt(bytes.count))
        length += bytes.count
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = uInt(bytes.count)
        repeat {
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = uInt(room.count)
            _ = CZLib.deflate(stream, flush)
            write(room.count - Int(stream.pointee.avail_out))
        } while stream.pointee.avail_out == 0
    }

    private func write(_ count: Int) {
        var written = 0
        while written < count, failure == nil {
            let result = Glibc.write(descriptor, room.baseAddress.map { $0 + written }, count - written)
            if result > 0 { written += result } else if errno != EINTR { failure = errno }
        }
        packedLength += count
    }

    func read(_ body: (UnsafeRawBufferPointer) throws(ExcelError) -> Void) throws(ExcelError) {
        var offset = 0
        while offset < packedLength {
            let count = pread(descriptor, room.baseAddress, min(room.count, packedLength - offset), off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("reading packed rows", count < 0 ? errno : EIO) }
            try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count]))
            offset += count
        }
    }
}

/// Begins to pack raw, without a head of its own. A zip file has one for each entry.
func deflater(_ stream: UnsafeMutablePointer<z_stream>, _ level: Int32) -> Bool {
    let size = Int32(MemoryLayout<z_stream>.size)
    return deflateInit2_(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
}
