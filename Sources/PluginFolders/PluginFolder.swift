internal import LocalFiles
internal import ReviewModel
internal import SpecLoading

/// A folder with a `plugin.yaml`: what it says, and which files belong to the plugin.
struct PluginFolder {
    let path: String
    let label: PluginLabel
    /// By their paths as seen from the folder, in order.
    let files: [String]

    private static let limits = ArchiveLimits()
    /// A `plugin.yaml` has some ten lines.
    private static let maximumLabelBytes = 1 << 20

    /// - Parameter shownPath: where people find the folder, for messages: one that was unpacked lies elsewhere.
    /// - Throws: ``PluginAddError``.
    init(_ path: String, shownAs shownPath: String) throws(PluginAddError) {
        self.path = path
        let name = PluginLabel.fileName
        let folder = try Self.reading { () throws(FileError) in try HeldFolder(path) }
        guard Self.kind(of: name, in: path) == .file else { throw .unusable(hasNoLabel(shownPath)) }
        let bytes = try Self.reading { () throws(FileError) in
            try FileSystem.read(path + "/" + name, atMost: Self.maximumLabelBytes)
        }
        let (label, loaded) = PluginLabel.read(bytes, as: shownPath + "/" + name) { Self.kind(of: $0, in: path) }
        guard let label else { throw .invalid(loaded) }
        self.label = label
        files = try Self.reading { () throws(FileError) in
            try Self.files(of: label, folder, FileError(shownPath, reason: LocalizedText("")))
        }
    }

    private static func reading<Result>(_ body: () throws(FileError) -> Result) throws(PluginAddError) -> Result {
        do throws(FileError) { return try body() } catch { throw .unreadable(error) }
    }

    /// What a path in the folder leads to; nothing where a link is on the way.
    private static func kind(of name: String, in folder: String) -> PluginLabel.EntryKind? {
        var path = folder
        let parts = name.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        for (index, part) in parts.enumerated() {
            path += "/" + part
            if FileSystem.isLink(path) { return nil }
            if FileSystem.isFolder(path) { continue }
            return index == parts.count - 1 && FileSystem.isRegularFile(path) ? .file : nil
        }
        return .folder
    }

    private static func files(
        of label: PluginLabel,
        _ folder: HeldFolder,
        _ place: FileError
    ) throws(FileError) -> [String] {
        var gathering = Gathering(root: folder.path, shownPath: place.path, limits: limits)
        if label.files.isEmpty {
            for name in folder.names where !name.hasPrefix(".") { try gathering.add(name, depth: 1) }
        } else {
            let own = label.command.filter { $0.hasPrefix("./") }.map(FilePaths.normalised)
            for name in [PluginLabel.fileName] + own + label.files { try gathering.add(name, depth: 1) }
        }
        return gathering.files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Copies the plugin's files into a folder, where nobody can change them by mistake.
    ///
    /// - Returns: their checksums.
    func copy(to target: HeldFolder) throws(PluginAddError) -> [String: String] {
        var (digests, total) = ([String: String](), 0)
        for name in files {
            do throws(CopyError) {
                let file: OutsideFile
                do throws(FileError) {
                    file = try OutsideFile(path + "/" + name, atMost: Self.limits.entryBytes).withoutGrowth
                } catch {
                    throw CopyError.reading(error)
                }
                total += file.byteCount
                guard total <= Self.limits.allBytes else {
                    throw CopyError.reading(FileError(path, reason: isTooMuch(Self.limits.allBytes)))
                }
                digests[name] = try target.copy(file, to: name, permissions: 0o500)
            } catch {
                switch error {
                case .reading(let error): throw .unreadable(error)
                case .writing(let error): throw .cannotWrite(error)
                }
            }
        }
        FileSystem.makeReadOnly(target.path)
        return digests
    }
}

/// Files that are gathered from a folder.
private struct Gathering {
    let root: String
    let shownPath: String
    let limits: ArchiveLimits
    private(set) var files: Set<String> = []
    private var entries = 0

    init(root: String, shownPath: String, limits: ArchiveLimits) {
        (self.root, self.shownPath, self.limits) = (root, shownPath, limits)
    }

    /// A file, or a folder with everything in it but byte-code, and the links that npm makes for commands of packages.
    mutating func add(_ name: String, depth: Int) throws(FileError) {
        entries += 1
        guard entries <= limits.entries, depth <= limits.depth else { throw tooManyEntries(shownPath, limits.entries) }
        let path = name == "." ? root : root + "/" + name
        if FileSystem.isLink(path) { throw isLink(shownPath, name) }
        if FileSystem.isFolder(path) {
            for entry in FileSystem.names(in: path) where entry != "__pycache__" {
                if entry == ".bin", FilePaths.name(of: name) == "node_modules" { continue }
                try add(name == "." ? entry : name + "/" + entry, depth: depth + 1)
            }
        } else {
            guard FileSystem.isRegularFile(path) else { throw isNoFile(shownPath, name) }
            files.insert(name)
        }
    }
}

// MARK: - Messages

private func hasNoLabel(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh: "\(folder) 中没有 \(PluginLabel.fileName)，看不出是什么插件；pingshen plugins new 会写一个",
        en:
            "there is no \(PluginLabel.fileName) in \(folder), which would say what plugin it is; pingshen plugins new writes one"
    )
}

private func isLink(_ folder: String, _ name: String) -> FileError {
    FileError(
        folder,
        reason: LocalizedText(zh: "其中的 \(quoted(name)) 是链接", en: "\(quoted(name)) in it is a link"),
        help: LocalizedText(
            zh: "请放入文件本身，或在 files 中只写插件自己的文件",
            en: "put the file itself there, or name the plugin's own files under files:"
        )
    )
}

private func isNoFile(_ folder: String, _ name: String) -> FileError {
    FileError(
        folder,
        reason: LocalizedText(
            zh: "其中的 \(quoted(name)) 既不是文件也不是文件夹",
            en: "\(quoted(name)) in it is neither a file nor a folder"
        ),
        help: LocalizedText(
            zh: "请移走它，或在 files 中只写插件自己的文件",
            en: "move it away, or name the plugin's own files under files:"
        )
    )
}

private func isTooMuch(_ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "插件的文件合计超过 \(limit >> 20) MiB",
        en: "the plugin's files come to more than \(limit >> 20) MiB"
    )
}
