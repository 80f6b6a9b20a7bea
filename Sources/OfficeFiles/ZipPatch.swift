internal import CLibZip

/// A zip file of which some entries are replaced and others added at its end.
///
/// What is not named stays as it was packed, byte for byte, at its place. The same file and the same entries give the same bytes.
///
///     var patch = ZipPatch()
///     patch["word/document.xml"] = document
///     let bytes = try patch.applied(to: ZipReader(original), original)
public struct ZipPatch {
    private var entries: [String: [UInt8]] = [:]

    public init() {}

    /// What an entry is to hold; `nil` for what stays as it is. Names are those of the file's own entries, whatever the case of
    /// their letters, or new.
    public subscript(name: String) -> [UInt8]? {
        get { entries[name] }
        set { entries[name] = newValue }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// The whole file with the changes.
    ///
    /// - Parameters:
    ///   - zip: the file, read and found within its limits.
    ///   - original: its bytes.
    /// - Throws: ``OfficeFileError`` where memory is short.
    public func applied(to zip: ZipReader, _ original: [UInt8]) throws(OfficeFileError) -> [UInt8] {
        if entries.isEmpty { return original }
        guard ZipLibrary.isReady, let target = copied(original) else { throw .cannotPack("") }
        defer { zip_source_free(target) }
        // The archive frees what it is opened from; we still want to read it.
        zip_source_keep(target)
        guard let archive = zip_open_from_source(target, 0, nil) else {
            zip_source_free(target)
            throw .cannotPack("")
        }
        do throws(OfficeFileError) {
            for (name, bytes) in entries.sorted(by: { $0.key < $1.key }) {
                try put(name, bytes, in: archive, zip[name])
            }
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

    private func put(
        _ name: String,
        _ bytes: [UInt8],
        in archive: OpaquePointer,
        _ old: ZipEntry?
    ) throws(OfficeFileError) {
        guard let source = copied(bytes, for: archive) else { throw .cannotPack(name) }
        let number =
            if let old {
                zip_file_replace(archive, old.index, source, 0) == 0 ? zip_int64_t(old.index) : -1
            } else {
                zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
            }
        guard number >= 0 else {
            zip_source_free(source)
            throw .cannotPack(name)
        }
        let index = zip_uint64_t(number)
        guard zip_set_file_compression(archive, index, Int32(ZIP_CM_DEFLATE), 1) == 0,
            zip_file_set_dostime(archive, index, 0, firstDay, 0) == 0,
            old != nil || zip_file_set_external_attributes(archive, index, 0, zip_uint8_t(ZIP_OPSYS_DOS), 0) == 0
        else { throw .cannotPack(name) }
    }
}

/// 1 January 1980: day 1, month 1, year 0 of the clock of zip files, which knows no time zones.
let firstDay: zip_uint16_t = 1 << 5 | 1
