internal import Glibc
internal import Synchronization

/// Remembers the checksums of files that do not change from run to run: the plugins' executables.
///
/// A static executable has 14 to 75 MB, and hashing five of them costs more than the rest of a review
/// (Docs/Decisions/0005). A remembered checksum counts only while device, inode, size, modification and change time are
/// all the same. The cache is a convenience: when it cannot be read or written, checksums are computed.
package struct DigestCache {
    private let path: String?
    /// The most entries that are kept.
    private let maximumEntries: Int
    private var entries: [String: String] = [:]
    /// What was asked for, in order: it is kept rather than what others wanted.
    private var asked: [String] = []
    private var isChanged = false

    /// - Parameters:
    ///   - folder: where the cache file lives; the user's cache folder by default, `nil` for none.
    ///   - maximumEntries: plugins times their releases: by default more than anyone has installed.
    package init(folder: String? = DigestCache.userFolder, maximumEntries: Int = 500) {
        path = folder.map { $0 + "/digests" }
        self.maximumEntries = maximumEntries
        guard let path else { return }
        let identity = FileIdentity(path)
        if let known = Self.known(path, identity) {
            entries = known
            return
        }
        entries = Dictionary(lines()) { _, last in last }
        // What somebody has put there in between is read next time.
        if FileIdentity(path) == identity { Self.remember(path, identity, entries) }
    }

    /// What was read last, of one cache file: a host that makes many reviews asks for it each time.
    private static let latest = Mutex<(path: String, identity: FileIdentity, entries: [String: String])?>(nil)

    private static func known(_ path: String, _ identity: FileIdentity?) -> [String: String]? {
        latest.withLock { latest in
            guard let latest, let identity, latest.path == path, latest.identity == identity else { return nil }
            return latest.entries
        }
    }

    private static func remember(_ path: String, _ identity: FileIdentity?, _ entries: [String: String]) {
        guard let identity else { return }
        latest.withLock { $0 = (path, identity, entries) }
    }

    /// What the file holds: each file with its checksum, the one that was asked for last at the end.
    private func lines() -> [(key: String, digest: String)] {
        // An entry has a path, and a path at most 4 KiB.
        guard let path, let bytes = try? FileSystem.read(path, atMost: maximumEntries << 13) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            // A checksum has 64 characters; the rest of the line tells the file.
            line.utf8.count > 65 ? (String(line.dropFirst(65)), String(line.prefix(64))) : nil
        }
    }

    package static var userFolder: String? { folder(FileSystem.environment, homeOfUser) }

    /// Where the environment says; else in the home that the system knows of, for services and containers set no `HOME`, and
    /// without the cache every run would hash all executables anew, which takes six times as long as the rest.
    static func folder(_ environment: (String) -> String?, _ homeOfUser: () -> String?) -> String? {
        func absolute(_ path: String?) -> String? { path.flatMap { $0.hasPrefix("/") ? $0 : nil } }
        if let folder = absolute(environment("XDG_CACHE_HOME")) { return folder + "/pingshen" }
        return (absolute(environment("HOME")) ?? absolute(homeOfUser())).map { $0 + "/.cache/pingshen" }
    }

    private static func homeOfUser() -> String? {
        getpwuid(getuid()).flatMap { $0.pointee.pw_dir }.map { String(cString: $0) }
    }

    /// The SHA-256 of the file at `path`, remembered or computed.
    package mutating func sha256(ofFile path: String) throws(FileError) -> String {
        guard let key = Self.key(path) else { throw FileError(path) }
        asked.append(key)
        if let known = entries[key] { return known }
        let digest = try OutsideFile(path, atMost: Self.maximumProgramBytes).sha256()
        // The file may have changed while it was read; then its key has, too.
        if Self.key(path) == key {
            entries[key] = digest
            isChanged = true
        }
        return digest
    }

    /// Writes what was learnt, at once, so that two hosts never see each other's halves, and beside what others have
    /// learnt in the meantime. Of a file that has changed, what it was before is forgotten.
    ///
    /// One host writes at a time; another that finds it busy keeps what it has learnt to itself: a checksum more to compute the
    /// next time costs less than to wait for a host that may have been stopped.
    package mutating func save() {
        guard isChanged, let path else { return }
        isChanged = false
        do throws(FileError) { try FileSystem.makeFolder(FilePaths.folder(of: path)) } catch { return }
        // Whoever is killed while it writes leaves this name to the next, not one more file a time.
        let temporary = path + ".new"
        let lock = open(temporary, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
        guard lock >= 0 else { return }
        defer {
            // Also what a program that is being started has of it.
            flock(lock, LOCK_UN)
            close(lock)
        }
        // The last one may have moved what was opened here into its place.
        guard flock(lock, LOCK_EX | LOCK_NB) == 0, Self.isSame(lock, temporary) else { return }
        let files = Set(asked.map(Self.file))
        let others = lines().filter { !files.contains(Self.file($0.key)) }
            .map { "\($0.digest) \($0.key)\n" }
        // Each file as it was when it was last asked for.
        let last = Dictionary(asked.map { (Self.file($0), $0) }) { _, last in last }
        var written: Set<String> = []
        let mine = asked.filter { last[Self.file($0)] == $0 && written.insert($0).inserted }.compactMap { key in
            entries[key].map { "\($0) \(key)\n" }
        }
        let lines = (others + mine).suffix(maximumEntries)
        do throws(FileError) {
            try FileSystem.write(Array(lines.joined().utf8), to: temporary)
            try FileSystem.rename(temporary, to: path)
        } catch {
            FileSystem.remove(temporary)
        }
    }

    /// Whether the name still leads to what is open.
    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (held, named) = (stat(), stat())
        return fstat(descriptor, &held) == 0 && lstat(path, &named) == 0 && held.st_dev == named.st_dev
            && held.st_ino == named.st_ino && named.st_mode & S_IFMT == S_IFREG
    }

    /// The path in a key, whatever its file was like.
    private static func file(_ key: String) -> Substring {
        key.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: false).last ?? ""
    }

    /// Larger than any program with an interpreter and its libraries packed into it.
    package static let maximumProgramBytes = 2 << 30

    private static func key(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return "\(status.st_dev) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) "
            + "\(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec) \(path)"
    }
}
