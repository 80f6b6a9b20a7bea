internal import LocalFiles
internal import OfficeFiles
internal import ReviewModel

/// Puts the files of an archive into an empty folder: `.tar.gz`, `.tar` or `.zip`, known by its first bytes.
///
/// - Throws: ``FileError`` for what is none of these, for what leads out of the folder, for anything but files and folders, and
///   for more than the limits allow. What was unpacked before stays in the folder, which is the caller's to remove.
func unpack(_ path: String, into folder: HeldFolder, limits: ArchiveLimits = ArchiveLimits()) throws(FileError) {
    let file = try OutsideFile(path, atMost: limits.archiveBytes)
    let start = try file.bytes(from: 0, atMost: 512)
    if start.starts(with: [0x1F, 0x8B]) {
        var reader = TarReader(try ArchiveBytes(file, isPacked: true, limits), path, limits)
        try reader.unpack(into: folder)
    } else if start.starts(with: Array("PK".utf8)) {
        try unpackZip(path, into: folder, limits)
    } else if start.count == 512, Array(start[257..<262]) == Array("ustar".utf8) {
        var reader = TarReader(try ArchiveBytes(file, isPacked: false, limits), path, limits)
        try reader.unpack(into: folder)
    } else {
        throw noArchive(path)
    }
}

private func unpackZip(_ path: String, into folder: HeldFolder, _ limits: ArchiveLimits) throws(FileError) {
    do {
        let zip = try ZipReader(
            file: path,
            limits: ZipLimits(
                archiveBytes: limits.archiveBytes,
                entries: limits.entries,
                entryBytes: limits.entryBytes,
                allBytes: limits.allBytes,
                ratio: limits.ratio
            )
        )
        for entry in zip.entries {
            guard let name = try ArchiveName.plain(Array(entry.name.utf8), in: path, limits) else { continue }
            try folder.write(to: name) { write in
                let stream = try zip.stream(of: entry)
                var buffer = [UInt8](repeating: 0, count: 1 << 17)
                while true {
                    let count = try buffer.withUnsafeMutableBytes { try stream.read(into: $0) }
                    if count == 0 { break }
                    try write(Array(buffer[..<count]))
                }
            }
        }
    } catch let error as OfficeFileError {
        throw FileError(path, reason: error.reason, help: packAgain)
    } catch let error as FileError {
        throw error
    } catch {
        throw FileError(path)
    }
}

// MARK: - Messages

private let packAgain = LocalizedText(
    zh: "请重新下载，或只用文件和文件夹重新打包",
    en: "fetch it once more, or pack plain files and folders again"
)

private func noArchive(_ path: String) -> FileError {
    FileError(
        path,
        reason: LocalizedText(
            zh: "这不是插件的压缩包（.tar.gz、.tar 或 .zip）",
            en: "it is no archive of a plugin (.tar.gz, .tar or .zip)"
        ),
        help: LocalizedText(
            zh: "请写插件的文件夹，或用 tar czf NAME.tar.gz FOLDER 打包",
            en: "name the plugin's folder, or pack it: tar czf NAME.tar.gz FOLDER"
        )
    )
}
