internal import Glibc

/// The few file operations that the host needs, on the C library: Foundation would double the start-up time.
package enum FileSystem {
    /// The bytes of a file that somebody else has named.
    ///
    /// - Throws: ``FileError`` for what is no regular file or larger than `limit`; see ``OutsideFile``.
    package static func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
        try OutsideFile(path, atMost: limit).bytes()
    }

    /// What the kernel tells in one of its files (`/proc/loadavg`), whose size nobody knows before; at most `limit` bytes of it.
    package static func readFromKernel(_ path: String, atMost limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            while bytes.count < limit {
                let count = Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, limit - bytes.count))
                if count < 0, errno == EINTR { continue }
                if count < 0 { return nil }
                if count == 0 { break }
                bytes += buffer[..<count]
            }
            return bytes
        }
    }

    /// The first bytes of a regular file, at most `count`; `nil` where there is none that can be read.
    package static func head(of path: String, _ count: Int) -> [UInt8]? {
        isRegularFile(path) ? readFromKernel(path, atMost: count) : nil
    }

    /// Writes a new file, or replaces one.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try write(bytes, to: path, O_TRUNC)
    }

    private static func write(_ bytes: [UInt8], to path: String, _ flag: Int32) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0o644)
        guard descriptor >= 0 else { throw FileError(path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw FileError(path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes a file, whole or not at all, in the place of one that may be there.
    package static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
        let temporary = unusedName(prefix: FilePaths.folder(of: path) + "/.")
        do throws(FileError) {
            // Never what is there already, be it a link to somewhere or a pipe.
            try write(bytes, to: temporary, O_EXCL)
            try rename(temporary, to: path)
        } catch {
            remove(temporary)
            throw error
        }
    }

    /// The same, unless just that stands there: to read a file costs a fraction of what it costs to put another one in its place.
    package static func update(_ path: String, to bytes: [UInt8]) throws(FileError) {
        let mayBeSame = isRegularFile(path) && size(of: path) == bytes.count
        if mayBeSame, (try? read(path, atMost: bytes.count)) == bytes { return }
        try replace(path, with: bytes)
    }

    /// A folder and those above it; an existing one is fine.
    package static func makeFolder(_ path: String) throws(FileError) {
        if mkdir(path, 0o755) == 0 { return }
        if errno == EEXIST {
            if isFolder(path) { return }
            throw FileError(path, errno: ENOTDIR)
        }
        guard errno == ENOENT, path != "/", path != "." else { throw FileError(path) }
        try makeFolder(FilePaths.folder(of: path))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileError(path) }
    }

    /// A new, empty folder of our own whose name begins with `prefix`.
    package static func makeTemporaryFolder(prefix: String) throws(FileError) -> String {
        var template = Array((prefix + String(repeating: "X", count: 6)).utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard made else { throw FileError(prefix) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    package static func isFolder(_ path: String) -> Bool { mode(of: path).map { $0 & S_IFMT == S_IFDIR } ?? false }

    /// Whether `path` itself, not what a link leads to, is a regular file.
    package static func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether `path` itself is a link.
    package static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Lets nobody write to a folder of our own and to the folders in it, so that nothing is left there by mistake.
    package static func makeReadOnly(_ folder: String) {
        for name in names(in: folder) {
            let path = folder + "/" + name
            if isFolder(path), !isLink(path) { makeReadOnly(path) }
        }
        chmod(folder, 0o500)
    }

    package static func isExecutable(_ path: String) -> Bool { !isFolder(path) && access(path, X_OK) == 0 }

    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }

    /// The names in a folder, in order; none when it cannot be read.
    ///
    /// - Parameter prefix: names that begin otherwise are left out.
    package static func names(in folder: String, beginningWith prefix: String = "") -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != "..", name.utf8.starts(with: prefix.utf8) { names.append(name) }
        }
        return names.sorted()
    }

    /// Seconds since the bytes of a file were changed; 0 where there is none.
    package static func age(of path: String) -> Int {
        var (status, now) = (stat(), timespec())
        guard lstat(path, &status) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { return 0 }
        return now.tv_sec - status.st_mtim.tv_sec
    }

    /// The bytes of a file; 0 where there is none.
    package static func size(of path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Says that a file was changed just now, as far as that is allowed.
    package static func touch(_ path: String) { utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW) }

    package static func rename(_ source: String, to target: String) throws(FileError) {
        guard Glibc.rename(source, target) == 0 else { throw FileError(target) }
    }

    /// Whether anything has that name, be it a link that leads nowhere.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Whether something may have that name: also where nobody may look, for then one cannot say that nothing has.
    package static func mayExist(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }

    /// The absolute path, links resolved; `nil` when there is no such file.
    package static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// `path` made absolute against the working directory, without asking whether it exists.
    package static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return FilePaths.normalised(path) }
        return FilePaths.resolve(path, inFolder: realPath(".") ?? "/")
    }

    package static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
