internal import CLibZip
internal import Glibc
internal import LocalFiles

/// Reads a zip file that somebody has given us: a Word or Excel file.
///
/// All that its directory says is looked at before anything is unpacked, and what is then unpacked is never more than the
/// directory has said.
public final class ZipReader {
    /// The files in it, in the order of its directory; folders are left out.
    public let entries: [ZipEntry]
    private let archive: OpaquePointer
    private let places: [String: Int]
    /// Held while the library works on the archive, which it does not let two threads do at once.
    fileprivate let lock = ThreadLock()

    /// - Throws: ``OfficeFileError`` for what is no zip file, is larger than the limits, or holds what an Office file does
    ///   not: two entries of one name, encrypted entries, names that lead elsewhere.
    public convenience init(_ bytes: [UInt8], limits: ZipLimits = .document) throws(OfficeFileError) {
        try self.init(archive: Archive.open(bytes, limits), limits)
    }

    /// A file that somebody has named. It stays open, and is not held in memory; nobody may change it as long as it is read.
    public convenience init(file path: String, limits: ZipLimits = .document) throws(OfficeFileError) {
        try self.init(archive: Archive.open(file: path, limits), limits)
    }

    private init(archive: OpaquePointer, _ limits: ZipLimits) throws(OfficeFileError) {
        do throws(OfficeFileError) {
            entries = try Archive.entries(of: archive, limits)
        } catch {
            zip_discard(archive)
            throw error
        }
        self.archive = archive
        places = Dictionary(entries.enumerated().map { (folded($1.name), $0) }) { first, _ in first }
    }

    deinit { zip_discard(archive) }

    /// The entry of that name, whatever the case of its Latin letters, as names of parts are compared.
    public subscript(name: String) -> ZipEntry? { places[folded(name)].map { entries[$0] } }

    /// The bytes of the entry of that name.
    ///
    /// - Throws: ``OfficeFileError`` where there is none, or it is damaged.
    public func bytes(of name: String) throws(OfficeFileError) -> [UInt8] {
        guard let entry = self[name] else { throw .missing(name) }
        return try bytes(of: entry)
    }

    /// The bytes of an entry.
    public func bytes(of entry: ZipEntry) throws(OfficeFileError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entry.byteCount)
        try eachPiece(of: entry) { (piece) throws(OfficeFileError) in bytes += piece }
        return bytes
    }

    /// Hands over what is in an entry, piece by piece, without holding more than one of them. What is damaged is told at the
    /// end, after all pieces.
    public func eachPiece(
        of entry: ZipEntry,
        _ body: (UnsafeRawBufferPointer) throws(OfficeFileError) -> Void
    ) throws(OfficeFileError) {
        let stream = try stream(of: entry)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try stream.read(into: buffer)
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// What is in an entry, to be asked for piece by piece.
    public func stream(of entry: ZipEntry) throws(OfficeFileError) -> ZipEntryStream {
        guard let file = lock.locked({ zip_fopen_index(archive, entry.index, 0) }) else {
            throw .damaged(entry.name)
        }
        return ZipEntryStream(self, file, entry)
    }
}

/// What is in an entry of a zip file, piece by piece.
public final class ZipEntryStream {
    private let entry: ZipEntry
    private let file: OpaquePointer
    private var total = 0
    /// The archive must not be closed before its files are.
    private let reader: ZipReader

    fileprivate init(_ reader: ZipReader, _ file: OpaquePointer, _ entry: ZipEntry) {
        (self.reader, self.file, self.entry) = (reader, file, entry)
    }

    deinit { _ = reader.lock.locked { zip_fclose(file) } }

    /// How long it is, as the directory says.
    var byteCount: Int { entry.byteCount }

    /// Fills the buffer as far as there is something.
    ///
    /// - Returns: how many bytes, 0 at the end.
    /// - Throws: ``OfficeFileError`` where it is damaged, also where that shows only at its end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(OfficeFileError) -> Int {
        let count = reader.lock.locked { Int(zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count))) }
        // Also where the checksum at its end is wrong.
        guard count >= 0 else { throw .damaged(entry.name) }
        total += count
        guard count == 0 ? total == entry.byteCount : total <= entry.byteCount else { throw .damaged(entry.name) }
        return count
    }
}

/// Names of parts are equal whatever the case of their Latin letters (ECMA-376 part 2, 6.2.2.3).
private func folded(_ name: String) -> String {
    String(decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
}

private enum Archive {
    static func open(file path: String, _ limits: ZipLimits) throws(OfficeFileError) -> OpaquePointer {
        let (file, tail) = try reading { () throws(FileError) in
            let file = try OutsideFile(path, atMost: limits.archiveBytes)
            return (file, try file.bytes(from: max(0, file.byteCount - 0x1_0100), atMost: 0x1_0100))
        }
        if let count = announcedEntries(tail), count > limits.entries { throw .tooManyEntries(count, limits.entries) }
        // libzip closes it, unless it refuses the file.
        let descriptor = try reading { () throws(FileError) in try file.duplicate() }
        if file.byteCount > 0, ZipLibrary.isReady, let archive = zip_fdopen(descriptor, 0, nil) { return archive }
        close(descriptor)
        throw noArchive(try reading { () throws(FileError) in try file.bytes(from: 0, atMost: file.byteCount) })
    }

    private static func reading<Result>(_ body: () throws(FileError) -> Result) throws(OfficeFileError) -> Result {
        do throws(FileError) { return try body() } catch {
            throw OfficeFileError(reason: error.reason, help: error.help)
        }
    }

    static func open(_ bytes: [UInt8], _ limits: ZipLimits) throws(OfficeFileError) -> OpaquePointer {
        guard bytes.count <= limits.archiveBytes else { throw .tooLarge(bytes.count, limits.archiveBytes) }
        if let count = announcedEntries(bytes), count > limits.entries {
            throw .tooManyEntries(count, limits.entries)
        }
        // To libzip an empty file is an archive without entries.
        guard !bytes.isEmpty, ZipLibrary.isReady, let source = copied(bytes) else { throw noArchive(bytes) }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, nil) else {
            zip_source_free(source)
            throw noArchive(bytes)
        }
        return archive
    }

    /// What the file says at its end, before libzip makes a record for each of them; `nil` where it says nothing.
    private static func announcedEntries(_ bytes: [UInt8]) -> Int? {
        let (size, signature) = (22, [0x50, 0x4B, 0x05, 0x06] as [UInt8])
        guard bytes.count >= size else { return nil }
        var position = bytes.count - size
        let first = max(0, position - 0xFFFF)
        var largest: Int?
        while position >= first {
            if bytes[position] == 0x50, bytes[position..<position + 4].elementsEqual(signature) {
                largest = max(largest ?? 0, Int(bytes[position + 10]) | Int(bytes[position + 11]) << 8)
            }
            position -= 1
        }
        return largest
    }

    private static func noArchive(_ bytes: [UInt8]) -> OfficeFileError {
        if bytes.isEmpty { return .isEmpty }
        if bytes.starts(with: [0x50, 0x4B]) { return .isCut }
        guard bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { return .noZip }
        // Word and Excel keep a file with a password in a container of the old kind, under this name in UTF-16.
        let marker = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
        return contains(bytes, marker) ? .hasPassword : .isOldFormat
    }

    private static func contains(_ bytes: [UInt8], _ marker: [UInt8]) -> Bool {
        guard let first = marker.first, bytes.count >= marker.count else { return false }
        return bytes.indices.dropLast(marker.count - 1).contains { position in
            bytes[position] == first && bytes[position..<position + marker.count].elementsEqual(marker)
        }
    }

    static func entries(of archive: OpaquePointer, _ limits: ZipLimits) throws(OfficeFileError) -> [ZipEntry] {
        let count = Int(zip_get_num_entries(archive, 0))
        guard count <= limits.entries else { throw .tooManyEntries(count, limits.entries) }
        var (entries, names, total) = ([ZipEntry](), Set<String>(), 0)
        for index in 0..<count {
            var status = zip_stat_t()
            guard zip_stat_index(archive, zip_uint64_t(index), zip_flags_t(ZIP_FL_ENC_RAW), &status) == 0,
                let raw = status.name
            else {
                throw .isCut
            }
            let name = String(cString: raw)
            guard isPlain(name) else { throw .oddName(name) }
            guard names.insert(folded(name)).inserted else { throw .twice(name) }
            guard isFileOrFolder(archive, zip_uint64_t(index)) else { throw .noFile(name) }
            if name.utf8.last == UInt8(ascii: "/") { continue }
            let entry = ZipEntry(
                name: name,
                byteCount: Int(clamping: status.size),
                index: zip_uint64_t(index)
            )
            try check(entry, status, limits)
            total += entry.byteCount
            guard total <= limits.allBytes else { throw .allTooLarge(limits.allBytes) }
            entries.append(entry)
        }
        return entries
    }

    /// Whether an entry is what it looks like: programs of Unix note links and devices beside their bytes.
    private static func isFileOrFolder(_ archive: OpaquePointer, _ index: zip_uint64_t) -> Bool {
        var (system, attributes) = (zip_uint8_t(0), zip_uint32_t(0))
        guard zip_file_get_external_attributes(archive, index, 0, &system, &attributes) == 0 else { return false }
        guard Int32(system) == ZIP_OPSYS_UNIX else { return true }
        let kind = mode_t(attributes >> 16) & S_IFMT
        return [0, S_IFREG, S_IFDIR].contains(kind)
    }

    private static func check(
        _ entry: ZipEntry,
        _ status: zip_stat_t,
        _ limits: ZipLimits
    ) throws(OfficeFileError) {
        guard status.encryption_method == 0 else { throw .encrypted(entry.name) }
        guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(status.comp_method)) else {
            throw .oddCompression(entry.name)
        }
        guard entry.byteCount <= limits.entryBytes else {
            throw .entryTooLarge(entry.name, entry.byteCount, limits.entryBytes)
        }
        let ratio = entry.byteCount / max(1, Int(clamping: status.comp_size))
        guard entry.byteCount <= 1 << 20 || ratio <= limits.ratio else { throw .bomb(entry.name, ratio) }
    }

    /// A path of plain parts that stays in its folder.
    private static func isPlain(_ name: String) -> Bool {
        if name.isEmpty || name.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\\") }) { return false }
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.dropLast().allSatisfy { !$0.isEmpty }
            && parts.allSatisfy { !$0.elementsEqual("..".utf8) && !$0.elementsEqual(".".utf8) }
    }
}
