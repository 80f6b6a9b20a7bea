internal import Synchronization

/// What this process could not tidy away, for whoever tells people: a result that is right in itself must not be lost over it,
/// and nobody shall find a folder years later and wonder.
public enum Leftovers {
    private static let found = Mutex<[FileError]>([])

    /// What was left since this was asked last, each by what is in the way.
    public static func take() -> [FileError] {
        found.withLock { found in
            defer { found = [] }
            return found
        }
    }

    fileprivate static func add(_ error: FileError) { found.withLock { $0.append(error) } }
}

extension FileSystem {
    /// Removes a folder of our own that nobody needs any more; what stays of it is among the ``Leftovers``.
    package static func tidyAway(_ path: String) {
        if let error = remove(path) { Leftovers.add(error) }
    }
}
