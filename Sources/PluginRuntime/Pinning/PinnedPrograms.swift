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
        let files = try ProgramFiles(program)
        let digests = try digests(of: files, program)
        for lock in locks {
            guard let pin = lock.pin(program.name) else { continue }
            if let (file, detail) = difference(files, digests, pin) {
                throw PluginFailure(
                    plugin: program.name,
                    .changed(file: file ?? program.file, lock: lock.path, detail)
                )
            }
        }
        return try copy(program, files, digests)
    }

    /// The program as it is now, to be started from a copy, and what a lock says of it.
    package mutating func taken(
        _ program: PluginProgram
    ) throws(PluginFailure) -> (copy: PluginProgram, files: [PluginLock.File]) {
        let files = try ProgramFiles(program)
        let digests = try digests(of: files, program)
        let locked = zip(files.files, digests).map { PluginLock.File(path: $0.path, sha256: $1) }
        return (try copy(program, files, digests), locked)
    }

    /// Remembers the checksums for the next run.
    package mutating func save() { digests.save() }

    /// What is not as the lock has it.
    private func difference(
        _ files: ProgramFiles,
        _ digests: [String],
        _ pin: PluginLock.Pin
    ) -> (file: String?, detail: String)? {
        guard files.files.count == pin.files.count else {
            return (nil, "\(pin.files.count) file(s) are locked, it has \(files.files.count)")
        }
        // Where each folder that the spec names was locked.
        var folders: [Substring: Substring] = [:]
        for ((file, found), locked) in zip(zip(files.files, digests), pin.files) {
            if found != locked.sha256 {
                return (file.path, "sha256 \(found.prefix(12))…, locked \(locked.sha256.prefix(12))…")
            }
            // What the spec names is the spec's to name; what else a folder holds was locked by its name as well.
            guard let name = file.name else { continue }
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
            do throws(FileError) { found.append(try digests.sha256(ofFile: file.real)) } catch {
                throw PluginFailure(plugin: program.name, .spawnFailed(error.description))
            }
        }
        return found
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
            for _ in 0..<2 where !isWhole(copy, folder) { try copy.make(at: folder) }
        } catch {
            throw PluginFailure(plugin: program.name, .spawnFailed(error.description))
        }
        guard isWhole(copy, folder) else {
            throw PluginFailure(
                plugin: program.name,
                .spawnFailed("its private copy \(folder) does not stay as it is made")
            )
        }
        var pinned = program
        pinned.copy = folder
        pinned.command = files.command(program.command) { copy.place(of: $0, in: folder) }
        return pinned
    }

    private mutating func isWhole(_ copy: PrivateCopy, _ folder: String) -> Bool {
        copy.isWhole(at: folder) { (path) throws(FileError) in try digests.sha256(ofFile: path) }
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
