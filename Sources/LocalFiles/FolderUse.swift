internal import CLinux
internal import Glibc

/// How much lies in folders: a count that stops where it is too much.
package struct FolderUse: Sendable, Equatable {
    /// Files, folders, links and whatever else has a name.
    package private(set) var entries = 0
    /// What they take up on the disk; holes take up nothing.
    package private(set) var kibibytes = 0
    private let maximumEntries: Int

    /// What is mounted in a folder is somebody else's, and not counted.
    ///
    /// - Parameter maximumEntries: beyond it nothing more is counted. Folders nested more than 64 deep are beyond it.
    package init(of folders: [String], maximumEntries: Int) {
        self.maximumEntries = maximumEntries
        for folder in folders {
            let descriptor = open(folder, Self.flags)
            if descriptor >= 0 { count(descriptor, depth: 0) }
        }
    }

    package var isTooMuch: Bool { entries > maximumEntries }

    /// Counts what is in the folder, and closes it.
    private mutating func count(_ folder: Int32, depth: Int) {
        defer { close(folder) }
        // Nobody keeps files there, and each level costs three descriptors.
        guard depth < Self.maximumDepth else { return entries = maximumEntries + 1 }
        FolderEntries.each(in: folder) { name in
            entries += 1
            let seen = openBeneath(folder, name, PINGSHEN_O_PATH)
            guard seen >= 0 else { return !isTooMuch }
            defer { close(seen) }
            var status = stat()
            guard fstat(seen, &status) == 0 else { return !isTooMuch }
            kibibytes += Int(status.st_blocks) / 2
            if status.st_mode & S_IFMT == S_IFDIR {
                let inner = openat(seen, ".", Self.flags)
                if inner >= 0 { count(inner, depth: depth + 1) }
            }
            return !isTooMuch
        }
    }

    private static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    private static let maximumDepth = 64
}
