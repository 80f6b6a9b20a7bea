internal import Glibc
internal import LocalFiles
internal import ReviewModel

/// Names in archives: paths of plain parts that stay in their folder.
enum ArchiveName {
    /// The name without what says nothing, `./a//b/`: `a/b`; `nil` for the folder itself.
    ///
    /// - Throws: ``FileError`` for a name that leads elsewhere, is no text, or cannot be shown.
    static func plain(_ raw: [UInt8], in archive: String, _ limits: ArchiveLimits) throws(FileError) -> String? {
        guard let text = String(validating: raw, as: UTF8.self), text.utf8.first != UInt8(ascii: "/"),
            raw.count <= 4000,
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" })
        else { throw oddName(archive, raw) }
        let parts = raw.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        guard parts.count <= limits.depth, parts.allSatisfy({ !$0.elementsEqual("..".utf8) && $0.count <= 255 }) else {
            throw oddName(archive, raw)
        }
        if parts.isEmpty { return nil }
        return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    }
}

/// The folder of that path, made with those above it.
func makeFolders(_ name: String, in folder: HeldFolder) throws(FileError) {
    var folder = folder
    for part in name.utf8.split(separator: UInt8(ascii: "/")) { folder = try folder.folder(String(Substring(part))) }
}

extension FileError {
    /// Whether the name is somebody else's already.
    var isTaken: Bool { reason == FileError(path, errno: EEXIST).reason }
}

// MARK: - Messages

func oddName(_ archive: String, _ name: [UInt8]) -> FileError {
    let name = quoted(String(decoding: name, as: UTF8.self))
    return FileError(
        archive,
        reason: LocalizedText(
            zh: "其中有文件名不能用：\(name)",
            en: "a file in it has a name that is not allowed: \(name)"
        ),
        help: LocalizedText(
            zh: "文件名须是文件夹内的相对路径，不含 ..、\\ 和控制字符",
            en: "names stay in the folder, without .., \\ and control characters"
        )
    )
}

func twice(_ archive: String, _ name: String) -> FileError {
    FileError(
        archive,
        reason: LocalizedText(
            zh: "其中有两个条目同名：\(quoted(name))",
            en: "two entries in it have one name: \(quoted(name))"
        ),
        help: copyAgain
    )
}

func tooManyEntries(_ archive: String, _ limit: Int) -> FileError {
    FileError(
        archive,
        reason: LocalizedText(zh: "其中的文件多于 \(limit) 个", en: "there are more than \(limit) files in it"),
        help: LocalizedText(zh: "请只放插件自己的文件", en: "put the plugin's own files into it only")
    )
}

func entryTooLarge(_ archive: String, _ name: String, _ size: Int, _ limit: Int) -> FileError {
    FileError(
        archive,
        reason: LocalizedText(
            zh: "其中的 \(quoted(name)) 有 \(size) 字节，最多 \(limit) 字节",
            en: "\(quoted(name)) in it has \(size) bytes, where at most \(limit) are expected"
        )
    )
}
