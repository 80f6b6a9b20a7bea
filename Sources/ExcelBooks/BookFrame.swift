internal import CZLib
internal import Glibc

/// A workbook of which the library has written all but the rows of its sheets, and how these come into it.
///
/// What has no rows is copied as it is packed. A sheet becomes one entry of three packed pieces: what stands before its rows, the
/// rows, and the rest.
struct BookFrame {
    private let bytes: [UInt8]
    private let entries: [ZipRecord]

    /// - Parameter path: the file that the library has written.
    init(_ path: String) throws(ExcelError) {
        bytes = try contents(path)
        entries = try ZipRecord.all(in: bytes)
    }

    /// Writes the whole book.
    ///
    /// - Parameter bodies: the rows by the names of the entries.
    func write(to path: String, _ bodies: [String: SheetBody]) throws(ExcelError) {
        let file = try OutputFile(path)
        var directory: [UInt8] = []
        for var entry in entries {
            let begin = file.position
            if let body = bodies[entry.name] {
                let parts = try SheetParts(entry, bytes, body)
                entry.set(checksum: parts.checksum, packed: parts.packedLength, length: parts.length)
                guard parts.length < 1 << 32, parts.packedLength < 1 << 32 else { throw .system(path, EFBIG) }
                try file.write(entry.header(in: bytes))
                try file.write(parts.head)
                try body.rows.eachPackedPiece { (piece) throws(ExcelError) in try file.write(piece) }
                try file.write(parts.tail)
            } else {
                try file.write(entry.whole(in: bytes))
            }
            guard begin < 1 << 32 else { throw .system(path, EFBIG) }
            directory += entry.directoryRecord(at: begin)
        }
        let begin = file.position
        guard begin + directory.count < 1 << 32 else { throw .system(path, EFBIG) }
        try file.write(directory)
        try file.write(ZipRecord.end(of: entries.count, directory: directory.count, at: begin))
        try file.close()
    }
}

/// What stands around the rows of a sheet, packed.
private struct SheetParts {
    let head: [UInt8]
    let tail: [UInt8]
    let checksum: UInt
    let length: Int
    let packedLength: Int

    init(_ entry: ZipRecord, _ bytes: [UInt8], _ body: SheetBody) throws(ExcelError) {
        let xml = try inflated(entry.packed(in: bytes), length: entry.length)
        guard let rows = xml.range(of: "<sheetData/>") ?? xml.range(from: "<sheetData>", through: "</sheetData>"),
            let dimension = xml.range(from: "<dimension ", through: "/>"),
            let margins = xml.range(of: "<printOptions ", from: rows.upperBound)
                ?? xml.range(of: "<pageMargins ", from: rows.upperBound)
        else { throw .library("workbook_close", "a sheet without its parts") }
        let above =
            xml[..<dimension.lowerBound] + Array("<dimension ref=\"\(body.dimension)\"/>".utf8)
            + xml[dimension.upperBound..<rows.lowerBound] + Array("<sheetData>".utf8)
        var below = Array("</sheetData>".utf8) + xml[rows.upperBound..<margins.lowerBound]
        if body.links.count > 0 {
            below += Array("<hyperlinks>".utf8) + body.links.bytes + Array("</hyperlinks>".utf8)
        }
        below += xml[margins.lowerBound...]
        head = try deflated(Array(above), Z_SYNC_FLUSH)
        tail = try deflated(below, Z_FINISH)
        checksum = [(UInt(body.rows.checksum), body.rows.length), (sum(below), below.count)]
            .reduce(sum(Array(above))) { crc32_combine($0, $1.0, $1.1) }
        length = above.count + body.rows.length + below.count
        packedLength = head.count + body.rows.packedLength + tail.count
    }
}

private func sum(_ bytes: [UInt8]) -> UInt { crc32(0, bytes, uInt(bytes.count)) }

extension [UInt8] {
    fileprivate func range(of word: StaticString, from start: Int = 0) -> Range<Int>? {
        let length = word.utf8CodeUnitCount
        return withUnsafeBytes { text in
            guard let base = text.baseAddress else { return nil }
            var position = start
            while position + length <= text.count {
                if memcmp(base + position, word.utf8Start, length) == 0 { return position..<(position + length) }
                position += 1
            }
            return nil
        }
    }

    fileprivate func range(from first: StaticString, through last: StaticString) -> Range<Int>? {
        guard let begin = range(of: first), let end = range(of: last, from: begin.upperBound) else { return nil }
        return begin.lowerBound..<end.upperBound
    }
}

// MARK: - Packing

private func deflated(_ bytes: [UInt8], _ flush: Int32) throws(ExcelError) -> [UInt8] {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard deflater(stream, PackedRows.level) else { throw .system("packing a sheet", ENOMEM) }
    defer { deflateEnd(stream) }
    // A flush adds some bytes to what everything takes at the most.
    let room = Int(deflateBound(stream, uLong(bytes.count))) + 64
    var bytes = bytes
    return bytes.withUnsafeMutableBufferPointer { source in
        [UInt8](unsafeUninitializedCapacity: room) { target, count in
            stream.pointee.next_in = source.baseAddress
            stream.pointee.avail_in = uInt(source.count)
            stream.pointee.next_out = target.baseAddress
            stream.pointee.avail_out = uInt(room)
            _ = deflate(stream, flush)
            count = room - Int(stream.pointee.avail_out)
        }
    }
}

private func inflated(_ bytes: ArraySlice<UInt8>, length: Int) throws(ExcelError) -> [UInt8] {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        throw .system("unpacking a sheet", ENOMEM)
    }
    defer { inflateEnd(stream) }
    var packed = Array(bytes)
    let text = packed.withUnsafeMutableBufferPointer { source in
        [UInt8](unsafeUninitializedCapacity: length) { target, count in
            stream.pointee.next_in = source.baseAddress
            stream.pointee.avail_in = uInt(source.count)
            stream.pointee.next_out = target.baseAddress
            stream.pointee.avail_out = uInt(length)
            _ = inflate(stream, Z_FINISH)
            count = length - Int(stream.pointee.avail_out)
        }
    }
    guard text.count == length else { throw .library("workbook_close", "a damaged sheet") }
    return text
}
