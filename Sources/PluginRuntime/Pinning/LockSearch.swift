internal import LocalFiles

/// A search for the locks of many specs, which remembers what it has seen: most of them lie in few folders.
package struct LockSearch: Sendable {
    /// By folders: the nearest lock in one or above it, and what folders and locks are called without links.
    private var nearest: [String: String?] = [:]
    private var real: [String: String] = [:]

    package init() {}

    /// As ``PluginLock/find(forSpec:)`` says, at the time at which each folder was first looked at.
    package mutating func locks(forSpec spec: String) -> [String] {
        let named = FileSystem.absolute(spec)
        let found = [named, realPath(ofSpec: named)].compactMap { nearest(FilePaths.folder(of: $0)) }
        guard found.count == 2, found[0] != found[1] else { return Array(found.prefix(1)) }
        return realPath(found[0]) == realPath(found[1]) ? [found[0]] : found
    }

    private mutating func nearest(_ folder: String) -> String? {
        if let known = nearest[folder] { return known }
        let path = FilePaths.resolve(PluginLock.fileName, inFolder: folder)
        let found =
            FileSystem.mayExist(path) ? path : folder == "/" ? nil : nearest(FilePaths.folder(of: folder))
        nearest[folder] = .some(found)
        return found
    }

    /// Of a file that is no link the folder's name says it.
    private mutating func realPath(ofSpec path: String) -> String {
        guard FileSystem.isRegularFile(path) else { return FileSystem.realPath(path) ?? path }
        return FilePaths.resolve(FilePaths.name(of: path), inFolder: realPath(FilePaths.folder(of: path)))
    }

    private mutating func realPath(_ path: String) -> String {
        if let known = real[path] { return known }
        let found = FileSystem.realPath(path) ?? path
        real[path] = found
        return found
    }
}
