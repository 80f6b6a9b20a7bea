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
    /// Removes a file, or a folder with everything in it; links are removed, not followed.
    ///
    /// A folder is emptied through its descriptor, so that nothing that is put in its place meanwhile is emptied instead. What
    /// lies two levels deep is moved up first: folders may be nested deeper than a path can be long, or a stack high.
    package static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        fchmodat(AT_FDCWD, path, 0o700, AT_SYMLINK_NOFOLLOW)
        guard let folder = openFolder(AT_FDCWD, path) else { return }
        defer { close(folder) }
        empty(folder)
        rmdir(path)
    }

    private static func empty(_ folder: Int32) {
        var moved = 0
        // Emptying goes in rounds, for what is moved up may or may not be listed by the round that moves it.
        for _ in 0..<maximumRounds {
            var hasFound = false
            FolderEntries.each(in: folder) { name in
                if unlinkat(folder, name, 0) == 0 || flatten(folder, name, &moved) { hasFound = true }
                return true
            }
            if !hasFound { return }
        }
    }

    /// Against somebody who makes new folders as fast as they are removed.
    private static let maximumRounds = 1_000_000

    /// Removes the folder `name` in `folder`, whose own folders move beside it. Says whether anything changed.
    private static func flatten(_ folder: Int32, _ name: UnsafePointer<CChar>, _ moved: inout Int) -> Bool {
        // Nobody may be allowed to look into it, not even its owner.
        fchmodat(folder, name, 0o700, AT_SYMLINK_NOFOLLOW)
        guard let inner = openFolder(folder, name) else { return false }
        defer { close(inner) }
        var count = moved
        FolderEntries.each(in: inner) { entry in
            if unlinkat(inner, entry, 0) == 0 { return true }
            // Who moves a folder must be able to write to it.
            fchmodat(inner, entry, 0o700, AT_SYMLINK_NOFOLLOW)
            // A name that is taken is tried again with the next number.
            for _ in 0..<100 {
                count += 1
                if renameat(inner, entry, folder, ".removed-\(count)") == 0 { break }
            }
            return true
        }
        let hasMoved = count > moved
        moved = count
        return unlinkat(folder, name, AT_REMOVEDIR) == 0 || hasMoved
    }

    private static func openFolder(_ folder: Int32, _ name: UnsafePointer<CChar>) -> Int32? {
        let descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        return descriptor >= 0 ? descriptor : nil
    }
}
