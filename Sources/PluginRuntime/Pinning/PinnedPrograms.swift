internal import Glibc
internal import LocalFiles
internal import ReviewModel

/// Locked plugins, started from private copies.
///
/// What is hashed must be what runs: between a look at a file and its start somebody may replace it. So the host copies
/// the files into a folder that only its user can write to, named after their checksums, hashes the copies, and starts
/// those. See ``PrivateCopy``.
package struct PinnedPrograms {
    private let locks: [PluginLock]
    /// Where the copies live, a folder a set of checksums.
    private let store: String
    private var digests = DigestCache()
    /// For plugins with many files, which would drive those of all others out.
    private var moduleDigests: DigestCache?

    /// - Parameter locks: a plugin must be locked by each of them.
    package init(_ locks: [PluginLock], scratch: String) {
        self.locks = locks
        let kept = DigestCache.userFolder.map { $0 + "/plugins" }
        store = kept.flatMap { Self.isOurs($0) ? $0 : nil } ?? scratch + "/pinned"
    }

    /// The program, to be started from its copy.
    ///
    /// - Throws: ``PluginFailure`` when it is not locked, or not what was locked.
    package mutating func pinned(_ program: PluginProgram) throws(PluginFailure) -> PluginProgram {
        for lock in locks where lock.pin(program.name) == nil {
            throw PluginFailure(plugin: program.name, .notLocked(lock: lock.path))
        }
        if let obstacle = program.obstacle() { throw PluginFailure(plugin: program.name, obstacle) }
        let files = try ProgramFiles(program)
        let digests = try digests(of: files, program)
        for lock in locks {
            guard let pin = lock.pin(program.name) else { continue }
            if let (file, detail) = difference(locked(files, digests), files, pin) {
                let reason =
                    program.upgrade(since: pin) ?? files.modulesUnknown(to: pin).map { modulesAreLocked($0) }
                throw PluginFailure(
                    plugin: program.name,
                    reason.map { .lockedOtherwise(lock: lock.path, $0) }
                        ?? .changed(file: file ?? program.file, lock: lock.path, detail)
                )
            }
        }
        return try copy(program, files, digests)
    }

    /// The program as it is now, to be started from a copy, and what a lock says of it.
    package mutating func taken(
        _ program: PluginProgram
    ) throws(PluginFailure) -> (copy: PluginProgram, files: [PluginLock.File], uncovered: Uncovered?) {
        if let obstacle = program.obstacle() { throw PluginFailure(plugin: program.name, obstacle) }
        let files = try ProgramFiles(program)
        let digests = try digests(of: files, program)
        return (try copy(program, files, digests), locked(files, digests), files.uncovered)
    }

    /// Remembers the checksums for the next run.
    package mutating func save() {
        digests.save()
        moduleDigests?.save()
    }

    /// What a lock says of the files: each by itself, then links to programs of the machine, whose checksum is that of `-> ` and
    /// where they lead, then folders of modules as one.
    private func locked(_ files: ProgramFiles, _ digests: [String]) -> [PluginLock.File] {
        var single: [PluginLock.File] = []
        var folders = files.folders.map { (path: $0, lines: [String]()) }
        for (file, digest) in zip(files.files, digests) {
            if let folder = file.folder {
                folders[folder].lines.append("\(digest) \((file.name ?? "").inOneLine)\n")
            } else {
                single.append(PluginLock.File(path: file.path, sha256: digest))
            }
        }
        return single
            + files.machineNames.map { PluginLock.File(path: $0.path, sha256: sha256(Array("-> \($0.leadsTo)".utf8))) }
            + folders.map { folder in
                let sum = sha256(Array(folder.lines.sorted().joined().utf8))
                return PluginLock.File(path: folder.path, sha256: sum, count: folder.lines.count)
            }
    }

    /// What is not as the lock has it.
    private func difference(
        _ found: [PluginLock.File],
        _ files: ProgramFiles,
        _ pin: PluginLock.Pin
    ) -> (file: String?, detail: String)? {
        guard found.count == pin.files.count else {
            let new = found.map(\.path).filter { path in !pin.files.contains { $0.path == path } }
            // Elsewhere than it was locked, all its paths are others.
            let names = new.count == found.count - pin.files.count ? new.prefix(3).map { ", \($0)" }.joined() : ""
            return (nil, "\(pin.files.count) file(s) are locked, it has \(found.count)" + names)
        }
        // Where each folder that the spec names was locked.
        var folders: [Substring: Substring] = [:]
        let single =
            files.files.filter { $0.folder == nil }.map(\.name) + files.machineNames.map { _ in nil }
            + files.folders.map { _ in nil }
        for ((file, name), locked) in zip(zip(found, single), pin.files) {
            if file.sha256 != locked.sha256 || (file.count == nil) != (locked.count == nil) {
                if let link = files.machineNames.first(where: { $0.path == file.path && file.count == nil }) {
                    return (file.path, "it leads to \(link.leadsTo), and was locked leading elsewhere")
                }
                let counts = file.count.map { "\($0) files, locked \(locked.count ?? 1); " } ?? ""
                return (
                    file.path,
                    counts + "sha256 \(file.sha256.prefix(12))…, locked \(locked.sha256.prefix(12))…"
                )
            }
            // What the spec names is the spec's to name; what else a folder holds was locked by its name as well.
            guard let name else { continue }
            guard let here = file.path.without(ending: "/" + name), let then = locked.path.without(ending: "/" + name),
                folders[here] ?? then == then
            else { return (file.path, "locked under another name: \(locked.path)") }
            folders[here] = then
        }
        return nil
    }

    private mutating func digests(
        of files: ProgramFiles,
        _ program: PluginProgram
    ) throws(PluginFailure) -> [String] {
        var found: [String] = []
        for file in files.files {
            do throws(FileError) { found.append(try digest(of: file.real, isOneOfMany: files.areMany)) } catch {
                throw PluginFailure(plugin: program.name, .spawnFailed(error.sentence))
            }
        }
        return found
    }

    private mutating func digest(of path: String, isOneOfMany: Bool) throws(FileError) -> String {
        guard isOneOfMany else { return try digests.sha256(ofFile: path) }
        var cache = moduleDigests ?? .modules
        // Taken out, so that nothing is copied.
        moduleDigests = nil
        defer { moduleDigests = cache }
        return try cache.sha256(ofFile: path)
    }

    private mutating func copy(
        _ program: PluginProgram,
        _ files: ProgramFiles,
        _ digests: [String]
    ) throws(PluginFailure) -> PluginProgram {
        let copy = PrivateCopy(files, digests)
        let folder = store + "/" + copy.identity
        do throws(FileError) {
            try FileSystem.makeFolder(store)
            // Twice: what is in its place may not be what it should be, and is made anew; so is what changed meanwhile.
            for _ in 0..<2 where !isWhole(copy, folder, files.areMany) { try copy.make(at: folder) }
        } catch {
            throw PluginFailure(plugin: program.name, .spawnFailed(error.sentence))
        }
        guard isWhole(copy, folder, files.areMany) else {
            throw PluginFailure(
                plugin: program.name,
                .spawnFailed(
                    LocalizedText(
                        zh: "它的私有副本 \(folder) 写好后又变了",
                        en: "its private copy \(folder) does not stay as it is made"
                    )
                )
            )
        }
        var pinned = program
        pinned.copy = folder
        // Looked at already, and started from elsewhere.
        pinned.installed = nil
        pinned.command = files.command(program.command) { copy.place(of: $0, in: folder) }
        return pinned
    }

    private mutating func isWhole(_ copy: PrivateCopy, _ folder: String, _ areMany: Bool) -> Bool {
        copy.isWhole(at: folder) { (path) throws(FileError) in try digest(of: path, isOneOfMany: areMany) }
    }

    /// Whether the folder is there or can be made, belongs to this user, and nobody else may write to it.
    private static func isOurs(_ folder: String) -> Bool {
        guard (try? FileSystem.makeFolder(folder)) != nil else { return false }
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
            return false
        }
        return chmod(folder, 0o700) == 0
    }
}

extension String {
    /// What stands before an ending, by its bytes; `nil` where it ends otherwise.
    fileprivate func without(ending: String) -> Substring? {
        guard utf8.reversed().starts(with: ending.utf8.reversed()) else { return nil }
        return self[..<utf8.index(endIndex, offsetBy: -ending.utf8.count)]
    }
}

extension PluginProgram {
    /// Why it may be another than was locked without anybody's malice: it came in another version by a way that the host knows. It
    /// is not asked; what is not locked is not started.
    fileprivate func upgrade(since pin: PluginLock.Pin) -> LocalizedText? {
        let now = origin == .builtIn ? hostVersion : installation?.version
        guard let now, now != pin.version else { return nil }
        return origin == .builtIn ? cameWithHost(pin.version, now) : wasInstalled(pin.version, now)
    }
}

extension ProgramFiles {
    /// Whether they would drive the checksums of other plugins out of the cache.
    fileprivate var areMany: Bool { files.count > 200 }

    /// Modules and what goes with them that a lock of an earlier release does not have: all else is as it was in number. A lock that
    /// has any of them is not of such a release.
    fileprivate func modulesUnknown(to pin: PluginLock.Pin) -> [String]? {
        if pin.files.contains(where: { implicit.contains($0.path) }) { return nil }
        let paths = files.filter { $0.folder == nil }.map(\.path) + machineNames.map(\.path) + folders
        let unknown = paths.filter { path in !pin.files.contains { $0.path == path } }
        return !unknown.isEmpty && unknown.allSatisfy(implicit.contains)
            && unknown.count == paths.count - pin.files.count
            ? unknown : nil
    }
}

// MARK: - Messages

private func cameWithHost(_ earlier: String, _ now: String) -> LocalizedText {
    LocalizedText(
        zh: "锁定的是 \(earlier) 版，这个 pingshen 自带 \(now) 版（\(earlier) → \(now)）",
        en: "version \(earlier) is locked, and this pingshen brings \(now) (\(earlier) → \(now))"
    )
}

private func wasInstalled(_ earlier: String, _ now: String) -> LocalizedText {
    LocalizedText(
        zh: "锁定的是 \(earlier) 版，现在安装的是 \(now) 版（\(earlier) → \(now)）",
        en: "version \(earlier) is locked, and \(now) is installed (\(earlier) → \(now))"
    )
}

private func modulesAreLocked(_ paths: [String]) -> LocalizedText {
    let list = paths.prefix(3).joined(separator: ", ") + (paths.count > 3 ? ", …" : "")
    return LocalizedText(
        zh: "它还载入 \(list)，锁中没有；本版本的 pingshen 把解释器的模块也锁定",
        en:
            "it loads \(list) as well, which the lock does not have: this pingshen locks the modules of interpreters, too"
    )
}

extension String {
    /// A name in which no line feed looks like the line of the next file.
    fileprivate var inOneLine: String {
        guard utf8.contains(where: { $0 == 0x0A || $0 == 0x5C }) else { return self }
        return unicodeScalars.map { $0 == "\n" ? "\\n" : $0 == "\\" ? "\\\\" : String($0) }.joined()
    }
}
