internal import CLinux
internal import Glibc

/// The entries of a folder, by the bytes of their names: not every name is UTF-8.
enum FolderEntries {
    /// Hands over every name but `.` and `..`, until `body` has had enough.
    static func each(in folder: Int32, _ body: (UnsafePointer<CChar>) -> Bool) {
        // A descriptor of its own, which closedir closes and which reads from the start.
        let own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { return }
        guard let directory = fdopendir(own) else {
            close(own)
            return
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let goesOn = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    let isDots = strcmp(name, ".") == 0 || strcmp(name, "..") == 0
                    return isDots || body(name)
                }
            }
            if !goesOn { return }
        }
    }
}

extension FileSystem {
    /// Removes a file, or a folder with everything in it; links are removed, not followed, and what is mounted in it is left.
    ///
    /// A folder is emptied through its descriptor, so that nothing that is put in its place meanwhile is emptied instead. What
    /// lies two levels deep is moved up first: folders may be nested deeper than a path can be long, or a stack high.
    ///
    /// - Returns: the first thing that could not be removed, and why; `nil` where nothing is left.
    @discardableResult
    package static func remove(_ path: String) -> FileError? {
        if unlink(path) == 0 || errno == ENOENT { return nil }
        let code = errno
        let above = open(FilePaths.folder(of: path), PINGSHEN_O_PATH | O_DIRECTORY | O_CLOEXEC)
        guard above >= 0 else { return FileError(path, errno: code) }
        defer { close(above) }
        let folder = FolderRemoval.openFolder(above, FilePaths.name(of: path))
        // Of what is no folder it counts why it could not be removed.
        guard folder >= 0 else { return FolderRemoval.error(path, code == EISDIR || errno == EXDEV ? errno : code) }
        defer { close(folder) }
        var removal = FolderRemoval()
        return removal.remove(FilePaths.name(of: path), folder, in: above, path)
    }

    /// Lets the owner look into a folder and write to it, where he may not, as the owner of what is in it may have to. Neither
    /// what a link leads to nor what is mounted there is touched.
    package static func makeWritable(_ path: String) {
        let above = open(FilePaths.folder(of: path), PINGSHEN_O_PATH | O_DIRECTORY | O_CLOEXEC)
        guard above >= 0 else { return }
        defer { close(above) }
        let folder = FolderRemoval.openFolder(above, FilePaths.name(of: path))
        if folder >= 0 { close(folder) }
    }
}

extension HeldFolder {
    /// Removes everything in the folder, through its descriptor; see ``FileSystem/remove(_:)``.
    ///
    /// - Returns: the first thing that could not be removed, and why; `nil` where nothing is left.
    package func empty() -> FileError? {
        var removal = FolderRemoval()
        return removal.clear(number, path)
    }
}

/// One folder on its way out.
private struct FolderRemoval {
    /// How the names of folders begin that were moved up; nobody has one by chance, or before.
    private let prefix = FileSystem.unusedName(prefix: ".removed-") + "-"
    /// How many were moved up, and how many of these were emptied.
    private var (moved, emptied) = (0, 0)
    private var looked = 0
    private var hasChanged = false
    private var left: FileError?

    /// A second pass finds what the first has not: a file system may leave out names while its folder changes, and somebody
    /// may still be writing.
    private static let maximumPasses = 100
    /// Names that are looked at in all: against somebody who makes new ones as fast as they are removed.
    private static let maximumNames = 10_000_000

    mutating func remove(_ name: String, _ folder: Int32, in above: Int32, _ path: String) -> FileError? {
        for _ in 0..<Self.maximumPasses {
            (left, hasChanged) = (nil, false)
            empty(folder, path)
            if unlinkat(above, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return nil }
            let reason = Self.error(path, errno)
            if !hasChanged || looked >= Self.maximumNames { return left ?? reason }
        }
        return left ?? FileError(path, errno: ENOTEMPTY)
    }

    /// Removes what is in the folder, which stays.
    mutating func clear(_ folder: Int32, _ path: String) -> FileError? {
        for _ in 0..<Self.maximumPasses {
            var isEmpty = true
            FolderEntries.each(in: folder) { _ in
                isEmpty = false
                return false
            }
            if isEmpty { return nil }
            (left, hasChanged) = (nil, false)
            empty(folder, path)
            if !hasChanged || looked >= Self.maximumNames { break }
        }
        return left ?? FileError(path, errno: ENOTEMPTY)
    }

    private mutating func empty(_ folder: Int32, _ path: String) {
        FolderEntries.each(in: folder) { name in
            remove(folder, name, path)
            return looked < Self.maximumNames
        }
        while emptied < moved, looked < Self.maximumNames {
            emptied += 1
            remove(folder, prefix + String(emptied), path)
        }
    }

    /// Removes `name` in `folder`; the folders in it move beside it.
    private mutating func remove(_ folder: Int32, _ name: UnsafePointer<CChar>, _ path: String) {
        looked += 1
        if unlinkat(folder, name, 0) == 0 { return hasChanged = true }
        let code = errno
        if code == ENOENT { return }
        let place = path + "/" + String(cString: name)
        let inner = Self.openFolder(folder, name)
        // Of what is no folder it counts why it could not be removed.
        guard inner >= 0 else { return leave(place, errno == EXDEV ? EXDEV : code) }
        defer { close(inner) }
        FolderEntries.each(in: inner) { entry in
            looked += 1
            if unlinkat(inner, entry, 0) == 0 { hasChanged = true } else { moveUp(entry, inner, folder, place, errno) }
            return looked < Self.maximumNames
        }
        if unlinkat(folder, name, AT_REMOVEDIR) == 0 { hasChanged = true } else { leave(place, errno) }
    }

    /// - Parameter code: why `entry` could not be removed as a file is.
    private mutating func moveUp(
        _ entry: UnsafePointer<CChar>,
        _ inner: Int32,
        _ folder: Int32,
        _ path: String,
        _ code: Int32
    ) {
        let place = path + "/" + String(cString: entry)
        // Who moves a folder must be able to write to it.
        let opened = Self.openFolder(inner, entry)
        guard opened >= 0 else { return leave(place, errno == EXDEV ? EXDEV : code) }
        close(opened)
        guard renameat(inner, entry, folder, prefix + String(moved + 1)) == 0 else { return leave(place, errno) }
        (moved, hasChanged) = (moved + 1, true)
    }

    private mutating func leave(_ path: String, _ code: Int32) {
        if left == nil, code != ENOENT { left = Self.error(path, code) }
    }

    static func error(_ path: String, _ code: Int32) -> FileError {
        code == EXDEV || code == EBUSY ? FileError.isMounted(path) : FileError(path, errno: code)
    }

    /// Opens a folder for everything, which nobody may be allowed to do so far, not even its owner.
    static func openFolder(_ folder: Int32, _ name: UnsafePointer<CChar>) -> Int32 {
        let seen = openBeneath(folder, name, PINGSHEN_O_PATH | O_DIRECTORY)
        guard seen >= 0 else { return -1 }
        defer { close(seen) }
        var status = stat()
        if fstat(seen, &status) == 0, status.st_mode & 0o700 != 0o700 { chmod("/proc/self/fd/\(seen)", 0o700) }
        return openat(seen, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
}
