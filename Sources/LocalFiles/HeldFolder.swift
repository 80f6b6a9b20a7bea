internal import Glibc

/// A folder held open by its descriptor. Whoever renames it, or puts a link in its place, changes nothing for us.
///
/// Names in it are paths of plain parts, `report.md` or `pictures/1.png`: no `..`, nothing absolute. None of the methods
/// follows a link or goes into what is mounted in the folder.
package final class HeldFolder: Sendable {
    /// Where it was when it was opened, for messages and for programs that are told of it.
    package let path: String
    private let descriptor: Descriptor

    /// A folder that there is.
    ///
    /// - Parameter followingLinks: whether the path itself may be a link to it.
    package convenience init(_ path: String, followingLinks: Bool = true) throws(FileError) {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followingLinks ? 0 : O_NOFOLLOW)
        self.init(path, try Descriptor(path, Glibc.open(path, flags)))
    }

    private init(_ path: String, _ descriptor: Descriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    /// The folder of that name, made where there is none.
    ///
    /// - Throws: ``FileError`` where something else has the name, a link included.
    package func folder(_ name: String) throws(FileError) -> HeldFolder {
        guard mkdirat(number, name, 0o755) == 0 || errno == EEXIST else { throw FileError(path + "/" + name) }
        return try existingFolder(name)
    }

    /// The folder of that name.
    ///
    /// - Throws: ``FileError`` where there is none, or only a link to one.
    package func existingFolder(_ name: String) throws(FileError) -> HeldFolder {
        let full = path + "/" + name
        return HeldFolder(full, try Descriptor(full, open(name, O_RDONLY | O_DIRECTORY)))
    }

    var number: Int32 { descriptor.number }

    /// Marks the folder as in use for as long as it is held, wherever it is moved, so that others may tell it from one that
    /// nobody uses any more. The mark goes with the process, however that ends.
    ///
    /// - Returns: `nil` where the file system knows no such marks, `false` where somebody else uses it.
    package func markInUse() -> Bool? {
        if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
        return errno == EWOULDBLOCK ? false : nil
    }
}

// MARK: - Looking

extension HeldFolder {
    /// Opens what has that name; see ``openBeneath(_:_:_:)``.
    func open(_ name: String, _ flags: Int32) -> Int32 { openBeneath(number, name, flags) }

    /// The names in it, in the order of their bytes; those that are not UTF-8 with what cannot be read replaced.
    package var names: [String] {
        var names: [String] = []
        FolderEntries.each(in: number) { entry in
            names.append(String(cString: entry))
            return true
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether the folder that is at `path` now is this one.
    package func isStill(at path: String) -> Bool {
        var (own, other) = (stat(), stat())
        guard fstat(number, &own) == 0, lstat(path, &other) == 0 else { return false }
        return own.st_dev == other.st_dev && own.st_ino == other.st_ino
    }
}

// MARK: - Writing

extension HeldFolder {
    /// Gives a temporary folder, which only its owner may see, the permissions of an ordinary one.
    package func makeReadable() { fchmod(number, 0o755) }

    /// Writes a file that is not there yet, and the folders that it is to be in.
    package func write(_ bytes: [UInt8], to name: String) throws(FileError) {
        let file = try newFile(name)
        try bytes.withUnsafeBufferPointer { (bytes) throws(FileError) in try file.write(UnsafeRawBufferPointer(bytes)) }
    }

    /// The same, piece by piece: `body` is given what writes the next one.
    package func write(to name: String, _ body: (([UInt8]) throws(FileError) -> Void) throws -> Void) throws {
        let file = try newFile(name)
        try body { (bytes) throws(FileError) in
            try bytes.withUnsafeBufferPointer { (bytes) throws(FileError) in
                try file.write(UnsafeRawBufferPointer(bytes))
            }
        }
    }

    /// Copies a file to a name that is not taken yet, with the folders that it is to be in.
    ///
    /// - Returns: the SHA-256 of what was copied.
    /// - Throws: ``CopyError``, which says whose fault it was.
    package func copy(
        _ file: OutsideFile,
        to name: String,
        permissions: UInt32 = 0o644
    ) throws(CopyError) -> String {
        let target: NewFile
        do throws(FileError) { target = try newFile(name, permissions) } catch { throw .writing(error) }
        var (digest, failure) = (Digest(), nil as FileError?)
        do throws(FileError) {
            try file.eachPiece { (piece) throws(FileError) in
                digest.update(piece)
                do throws(FileError) { try target.write(piece) } catch {
                    failure = error
                    throw error
                }
            }
        } catch {
            throw failure.map { .writing($0) } ?? .reading(error)
        }
        return digest.text
    }

    private func newFile(_ name: String, _ permissions: UInt32 = 0o644) throws(FileError) -> NewFile {
        let parts = name.utf8.split(separator: UInt8(ascii: "/")).compactMap { String($0) }
        guard let last = parts.last else { throw FileError(name, errno: ENOENT) }
        var folder = self
        for part in parts.dropLast() { folder = try folder.folder(part) }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        return try NewFile(path + "/" + name, openat(folder.number, last, flags, permissions))
    }
}

/// What went wrong while a file was copied.
package enum CopyError: Error {
    case reading(FileError)
    case writing(FileError)
}

/// A file that is being written.
private struct NewFile {
    private let path: String
    private let descriptor: Descriptor

    init(_ path: String, _ number: Int32) throws(FileError) {
        self.path = path
        descriptor = try Descriptor(path, number)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor.number, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw FileError(path) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}
