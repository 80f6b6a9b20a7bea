internal import CLibZip
internal import Glibc

/// Writes a zip file into memory: the packages that Word and Excel files are.
///
/// The same entries give the same bytes: every entry has the first moment that a zip file can name, no attributes, and stands
/// where it was added.
///
///     var zip = ZipWriter()
///     zip.add("word/document.xml", document)
///     zip.add("word/media/image1.png", png, compression: .stored)
///     let bytes = try zip.bytes()
public struct ZipWriter {
    public enum Compression: Sendable, Hashable {
        /// For what is compressed already: pictures, packages in packages.
        case stored
        /// 1 is the fastest, 9 the smallest.
        case deflated(level: Int)

        /// Fast: on the parts of a report level 6 takes more than twice the time for a twelfth fewer bytes.
        public static let fast = Compression.deflated(level: 1)
    }

    private struct Entry {
        var name: String
        var bytes: [UInt8]
        var compression: Compression
    }

    private var entries: [Entry] = []

    public init() {}

    /// Adds an entry after those that are there. Names must differ.
    public mutating func add(_ name: String, _ bytes: [UInt8], compression: Compression = .fast) {
        entries.append(Entry(name: name, bytes: bytes, compression: compression))
    }

    /// The whole file.
    ///
    /// - Throws: ``OfficeFileError`` for two entries of one name, and where memory is short.
    public func bytes() throws(OfficeFileError) -> [UInt8] {
        guard ZipLibrary.isReady, let target = zip_source_buffer_create(nil, 0, 0, nil) else { throw .cannotPack("") }
        defer { zip_source_free(target) }
        // The archive frees what it is opened from; we still want to read it.
        zip_source_keep(target)
        guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, nil) else {
            zip_source_free(target)
            throw .cannotPack("")
        }
        do throws(OfficeFileError) {
            for entry in entries { try add(entry, to: archive) }
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            let reason = String(cString: zip_strerror(archive))
            zip_discard(archive)
            throw .cannotPack(reason)
        }
        return try contents(of: target)
    }

    private func add(_ entry: Entry, to archive: OpaquePointer) throws(OfficeFileError) {
        guard let source = copied(entry.bytes, for: archive) else { throw .cannotPack(entry.name) }
        let number = zip_file_add(archive, entry.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard number >= 0 else {
            zip_source_free(source)
            throw .cannotPack(entry.name)
        }
        let index = zip_uint64_t(number)
        let (method, level) =
            switch entry.compression {
            case .stored: (ZIP_CM_STORE, UInt32(0))
            case .deflated(let level): (ZIP_CM_DEFLATE, UInt32(min(max(level, 1), 9)))
            }
        // Midnight of the first day that there is.
        guard zip_set_file_compression(archive, index, Int32(method), level) == 0,
            zip_file_set_dostime(archive, index, 0, firstDay, 0) == 0,
            zip_file_set_external_attributes(archive, index, 0, zip_uint8_t(ZIP_OPSYS_DOS), 0) == 0
        else { throw .cannotPack(entry.name) }
    }
}

/// All bytes of a source.
func contents(of source: OpaquePointer) throws(OfficeFileError) -> [UInt8] {
    var status = zip_stat_t()
    guard zip_source_stat(source, &status) == 0, zip_source_open(source) == 0 else { throw .cannotPack("") }
    defer { zip_source_close(source) }
    let size = Int(status.size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        while count < size {
            let read = zip_source_read(source, buffer.baseAddress.map { $0 + count }, zip_uint64_t(size - count))
            if read <= 0 { break }
            count += Int(read)
        }
    }
    guard bytes.count == size else { throw .cannotPack("") }
    return bytes
}

/// A source that holds a copy of the bytes, which goes when the source does; `nil` where memory is short.
func copied(_ bytes: [UInt8], for archive: OpaquePointer? = nil) -> OpaquePointer? {
    guard let memory = malloc(max(bytes.count, 1)) else { return nil }
    bytes.withUnsafeBytes { if let start = $0.baseAddress { memcpy(memory, start, bytes.count) } }
    let source =
        archive.map { zip_source_buffer($0, memory, zip_uint64_t(bytes.count), 1) }
        ?? zip_source_buffer_create(memory, zip_uint64_t(bytes.count), 1, nil)
    if source == nil { free(memory) }
    return source
}
