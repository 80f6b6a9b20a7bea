internal import Glibc
internal import Groundwork

extension FileSystem {
    /// The folder that temporary ones are made in, absolute: what `TMPDIR` says, or `/tmp`.
    ///
    /// - Throws: ``FileError`` where it is no folder, where it cannot be written, or where its path cannot be handed to
    ///   programs as text.
    package static func temporaryRoot() throws(FileError) -> String {
        let written = getenv("TMPDIR")
        guard let written, written.pointee != 0 else { return "/tmp" }
        guard let path = String(validatingCString: written) else {
            throw FileError.unusableTemporaryRoot(String(cString: written), notUTF8)
        }
        guard !path.unicodeScalars.contains("\n") else {
            throw FileError.unusableTemporaryRoot(path.inOneLine, hasLineFeed)
        }
        let root = absolute(path)
        var status = stat()
        guard stat(root, &status) == 0 else { throw FileError.unusableTemporaryRoot(root, FileError(root).reason) }
        guard status.st_mode & S_IFMT == S_IFDIR, access(root, W_OK | X_OK) == 0 else {
            if status.st_mode & S_IFMT != S_IFDIR { errno = ENOTDIR }
            throw FileError.unusableTemporaryRoot(root, FileError(root).reason)
        }
        return root
    }

    /// A name that nobody has, beginning with `prefix`: who is told of a folder before it is made needs its name before.
    package static func unusedName(prefix: String) -> String {
        prefix + String((0..<unusedNameLength).map { _ in nameCharacters[Int.random(in: 0..<nameCharacters.count)] })
    }

    /// Whether ``unusedName(prefix:)`` may have given `name` for `prefix`.
    package static func isUnusedName(_ name: String, prefix: String) -> Bool {
        let end = Array(name.utf8.dropFirst(prefix.utf8.count))
        return name.utf8.starts(with: prefix.utf8) && end.count == unusedNameLength
            && end.allSatisfy { byte in nameCharacters.contains { $0.asciiValue == byte } }
    }

    /// 36^14: nobody meets one by chance.
    private static let unusedNameLength = 14
    private static let nameCharacters = Array("abcdefghijklmnopqrstuvwxyz0123456789")

    /// A new folder of our own, that nobody else may look into. Something of that name is an error.
    package static func makeOwnFolder(_ path: String) throws(FileError) {
        guard mkdir(path, 0o700) == 0 else { throw FileError(path) }
    }
}

// MARK: - Messages

extension FileError {
    fileprivate static func unusableTemporaryRoot(_ path: String, _ reason: LocalizedText) -> FileError {
        FileError(
            path,
            reason: LocalizedText(
                zh: "TMPDIR 指定的临时文件夹不能使用：\(reason.zh)",
                en: "it is what TMPDIR names, and no temporary folder can be made there: \(reason.en)"
            ),
            help: LocalizedText(
                zh: "请把 TMPDIR 设为可写的文件夹，或取消设置",
                en: "set TMPDIR to a folder that can be written, or unset it"
            )
        )
    }
}

private let notUTF8 = LocalizedText(zh: "路径不是 UTF-8", en: "its path is not UTF-8")
private let hasLineFeed = LocalizedText(zh: "路径含有换行", en: "there is a line feed in its path")
