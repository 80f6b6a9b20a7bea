internal import Glibc
internal import LocalFiles
internal import ReviewModel

/// Private copies of locked plugins.
///
/// What is hashed must be what runs: between a look at a file and its start somebody may replace it. So the host copies
/// the files into a folder that only its user can write to, named after their checksums, hashes the copies, and starts
/// those. A script is copied with the files that the spec names beside it, in the same arrangement.
package struct PinnedPrograms {
    private let lock: PluginLock
    /// Where the copies live, a folder a set of checksums.
    private let store: String
    private var digests = DigestCache()

    package init(_ lock: PluginLock, scratch: String) {
        self.lock = lock
        store = (DigestCache.userFolder ?? scratch + "/pinned") + "/plugins"
    }

    /// The program, to be started from its copy.
    ///
    /// - Throws: ``PluginFailure`` when it is not locked, or not what was locked.
    package mutating func pinned(_ program: PluginProgram) throws(PluginFailure) -> PluginProgram {
        guard let pin = lock.pin(program.name) else { throw failure(program, .notLocked(lock: lock.path)) }
        let files = program.pinnedFiles
        guard files.count == pin.files.count else {
            throw failure(
                program,
                .changed(
                    file: program.file,
                    lock: lock.path,
                    "\(pin.files.count) file(s) are locked, it has \(files.count)"
                )
            )
        }
        for (file, locked) in zip(files, pin.files) {
            let found = try digest(file, program)
            guard found == locked.sha256 else {
                throw failure(
                    program,
                    .changed(
                        file: file,
                        lock: lock.path,
                        "sha256 \(found.prefix(12))…, locked \(locked.sha256.prefix(12))…"
                    )
                )
            }
        }
        return try copy(program, files, pin)
    }

    /// Remembers the checksums for the next run.
    package mutating func save() { digests.save() }

    private mutating func digest(_ file: String, _ program: PluginProgram) throws(PluginFailure) -> String {
        do throws(FileError) {
            return try digests.sha256(ofFile: file)
        } catch {
            throw failure(program, .spawnFailed(error.description))
        }
    }

    private mutating func copy(
        _ program: PluginProgram,
        _ files: [String],
        _ pin: PluginLock.Pin
    ) throws(PluginFailure) -> PluginProgram {
        let base = commonFolder(of: files)
        let relative = files.map { String($0.dropFirst(base.count).drop { $0 == "/" }) }
        let identity = zip(relative, pin.files).map { "\($0) \($1.sha256)\n" }.joined()
        let folder = store + "/" + sha256(Array(identity.utf8))
        do throws(FileError) {
            if !FileSystem.isFolder(folder) { try fill(folder, from: base, relative) }
        } catch {
            throw failure(program, .spawnFailed(error.description))
        }
        for (name, locked) in zip(relative, pin.files) {
            let copy = folder + "/" + name
            guard try digest(copy, program) == locked.sha256 else {
                throw failure(
                    program,
                    .changed(file: copy, lock: lock.path, "the private copy has other bytes; remove it")
                )
            }
        }
        var pinned = program
        pinned.command = program.command.map { part in
            files.firstIndex(of: part).map { folder + "/" + relative[$0] } ?? part
        }
        return pinned
    }

    /// Copies into a folder of another name and renames it, so that two hosts never see each other's halves.
    private func fill(_ folder: String, from base: String, _ files: [String]) throws(FileError) {
        try FileSystem.makeFolder(store)
        _ = chmod(store, 0o700)
        let temporary = try FileSystem.makeTemporaryFolder(prefix: store + "/.partial-")
        defer { FileSystem.remove(temporary) }
        for file in files {
            let copy = temporary + "/" + file
            try FileSystem.makeFolder(FilePaths.folder(of: copy))
            try FileSystem.write(FileSystem.read(base + "/" + file, atMost: DigestCache.maximumProgramBytes), to: copy)
            _ = chmod(copy, 0o500)
        }
        do throws(FileError) {
            try FileSystem.rename(temporary, to: folder)
        } catch {
            // Another host was faster; its copy is checked like ours.
            if !FileSystem.isFolder(folder) { throw error }
        }
    }

    private func failure(_ program: PluginProgram, _ reason: PluginFailure.Reason) -> PluginFailure {
        PluginFailure(plugin: program.name, reason)
    }
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
