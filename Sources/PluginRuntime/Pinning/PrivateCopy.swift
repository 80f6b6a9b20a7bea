internal import Glibc
internal import LocalFiles

/// The files of a locked plugin in a folder of the host's own, arranged as they lie on the machine: what an interpreter
/// finds beside a script is what is locked, and nothing else.
///
/// The folder holds exactly what it should: byte-code (`__pycache__`), or a module that hides another one, would run in
/// the place of what was hashed. A folder with anything else in it is made anew.
struct PrivateCopy {
    private let files: [String: String]
    private let links: [String: String]
    /// Links to programs of the machine.
    private let outside: [String: String]
    private let sources: [String: String]
    private let folders: Set<String>
    private let base: String
    /// A name that says what is in it.
    let identity: String

    /// - Parameter digests: of `program.files`, in their order.
    init(_ program: ProgramFiles, _ digests: [String]) {
        let base = commonFolder(of: program.files.map(\.home) + program.named + program.links.map(\.value))
        func relative(_ path: String) -> String { dropping(base == "/" ? base : base + "/", path) }
        // A link that lies behind another one is there when that one is.
        outside = Dictionary(uniqueKeysWithValues: program.outside.map { (relative($0.key), $0.value) })
        let outer = program.links.filter { link in !program.links.keys.contains { link.key.hasPrefix($0 + "/") } }
        links = Dictionary(uniqueKeysWithValues: outer.map { (relative($0.key), relative($0.value)) })
        var (files, sources) = ([String: String](), [String: String]())
        for (file, digest) in zip(program.files, digests) {
            (files[relative(file.home)], sources[relative(file.home)]) = (digest, file.real)
        }
        (self.files, self.sources, self.base) = (files, sources, base)
        folders = PluginRuntime.folders(of: Array(files.keys) + Array(links.keys) + Array(outside.keys))
        let lines =
            files.map { "\($0.key) \($0.value)\n" }.sorted() + links.map { "\($0.key) -> \($0.value)\n" }.sorted()
            + outside.map { "\($0.key) -> \($0.value)\n" }.sorted()
        identity = sha256(Array(lines.joined().utf8))
    }

    /// Where a path of the machine lies in the copy `folder`.
    func place(of path: String, in folder: String) -> String { folder + dropping(base == "/" ? "" : base, path) }

    /// Makes the folder, in another place first so that two hosts never see each other's halves.
    func make(at folder: String) throws(FileError) {
        let store = FilePaths.folder(of: folder)
        let temporary = try FileSystem.makeTemporaryFolder(prefix: store + "/.partial-")
        defer { FileSystem.remove(temporary) }
        let held = try HeldFolder(temporary, followingLinks: false)
        for (name, source) in sources.sorted(by: { $0.key < $1.key }) {
            let file = try OutsideFile(source, atMost: DigestCache.maximumProgramBytes)
            do throws(CopyError) { _ = try held.copy(file, to: name, permissions: 0o500) } catch {
                switch error {
                case .reading(let error), .writing(let error): throw error
                }
            }
        }
        for (name, target) in links.sorted(by: { $0.key < $1.key }) {
            let path = temporary + "/" + name
            try FileSystem.makeFolder(FilePaths.folder(of: path))
            let up = String(repeating: "../", count: name.utf8.count { $0 == UInt8(ascii: "/") })
            guard symlink(up + target, path) == 0 else { throw FileError(path) }
        }
        for (name, target) in outside.sorted(by: { $0.key < $1.key }) {
            let path = temporary + "/" + name
            try FileSystem.makeFolder(FilePaths.folder(of: path))
            guard symlink(target, path) == 0 else { throw FileError(path) }
        }
        for inner in folders + ["."] { chmod(temporary + "/" + inner, 0o500) }
        try replace(folder, by: temporary)
    }

    /// What is in the place of the folder goes out of the way first. Another host may be faster; its copy is looked at like ours.
    private func replace(_ folder: String, by temporary: String) throws(FileError) {
        if FileSystem.exists(folder) {
            // Who moves a folder must be able to write to it.
            FileSystem.makeWritable(folder)
            let old = try FileSystem.makeTemporaryFolder(prefix: FilePaths.folder(of: folder) + "/.old-")
            _ = Glibc.rename(folder, old + "/copy")
            FileSystem.remove(old)
        }
        if Glibc.rename(temporary, folder) != 0, !FileSystem.isFolder(folder) { throw FileError(folder) }
    }

    /// Whether the folder holds these very files, with these bytes, and nothing else.
    ///
    /// - Parameter digest: the checksum of the file at a path.
    func isWhole(at folder: String, _ digest: (String) throws(FileError) -> String) -> Bool {
        guard let held = try? HeldFolder(folder, followingLinks: false), names(in: held, "") else { return false }
        return files.allSatisfy { name, locked in (try? digest(folder + "/" + name)) == locked }
            && links.allSatisfy { name, target in
                FileSystem.realPath(folder + "/" + name) == FileSystem.realPath(folder + "/" + target)
            }
            && outside.allSatisfy { name, target in
                FileSystem.isLink(folder + "/" + name) && FileSystem.realPath(folder + "/" + name) == target
            }
    }

    /// Whether there is nothing but what belongs there.
    private func names(in folder: HeldFolder, _ above: String) -> Bool {
        folder.names.allSatisfy { entry in
            let name = above + entry
            if folders.contains(name) {
                guard let inner = try? folder.existingFolder(entry) else { return false }
                return self.names(in: inner, name + "/")
            }
            let path = folder.path + "/" + entry
            return links[name] != nil || outside[name] != nil || files[name] != nil && FileSystem.isRegularFile(path)
        }
    }

}

/// The folders that files of these names are in.
private func folders(of names: [String]) -> Set<String> {
    var all: Set<String> = []
    for name in names {
        var folder = FilePaths.folder(of: name)
        while folder != ".", all.insert(folder).inserted { folder = FilePaths.folder(of: folder) }
    }
    return all
}

/// The rest of a path that begins with `prefix`.
private func dropping(_ prefix: String, _ path: String) -> String {
    String(Substring(path.utf8.dropFirst(prefix.utf8.count)))
}

/// The innermost folder that all of the files are in.
private func commonFolder(of files: [String]) -> String {
    var common = files.first.map { FilePaths.folder(of: $0).split(separator: "/") } ?? []
    for file in files.dropFirst() {
        let parts = FilePaths.folder(of: file).split(separator: "/")
        common = zip(common, parts).prefix { $0 == $1 }.map(\.0)
    }
    return "/" + common.joined(separator: "/")
}
