internal import LocalFiles
internal import Synchronization

/// Where the records of reviews are kept, a file each: `OUT/batch/.cache`.
///
/// A record is written at once, after the review is in its place. A host that is killed leaves the earlier one, or none, and two
/// hosts each other's; a record that does not fit what lies there is passed over.
final class RecordShelf: Sendable {
    private let folder: String
    private let used = Mutex<Set<String>>([])

    /// A record has some thousand bytes; with a thousand includes a hundred thousand.
    private static let maximumBytes = 4 << 20
    /// Records of specs that this batch does not have, which stay: other batches in the same folder have theirs here too.
    private static let maximumOthers = 20_000

    /// Whether its folder is its own: what a link leads to is somebody else's, and is neither read, written nor tidied.
    private let isOwn: Bool

    init(_ folder: String) {
        self.folder = folder
        isOwn = !FileSystem.isLink(folder)
    }

    /// The record of the spec at `path`, as it is named: the review tells places by that name.
    func record(of path: String) -> ReviewRecord? {
        let name = Self.name(path)
        used.withLock { _ = $0.insert(name) }
        guard isOwn, let bytes = try? FileSystem.read(folder + "/" + name, atMost: Self.maximumBytes) else {
            return nil
        }
        return ReviewRecord(bytes).flatMap { $0.isOf(path) ? $0 : nil }
    }

    /// Keeps a record; where that cannot be, the review is made again next time.
    func keep(_ record: ReviewRecord, of path: String) {
        let name = Self.name(path)
        used.withLock { _ = $0.insert(name) }
        guard isOwn else { return }
        try? FileSystem.makeFolder(folder)
        try? FileSystem.replace(folder + "/" + name, with: record.bytes)
    }

    func forget(_ path: String) {
        if isOwn { FileSystem.remove(folder + "/" + Self.name(path)) }
    }

    /// Removes the oldest records of specs that this batch does not have, beyond ``maximumOthers``, and what a host that was
    /// killed has left half-written.
    func tidy() {
        guard isOwn else { return }
        let used = used.withLock { $0 }
        var others: [String] = []
        for name in FileSystem.names(in: folder) where !used.contains(name) {
            if name.hasPrefix(".") {
                if FileSystem.age(of: folder + "/" + name) > 3600 { FileSystem.remove(folder + "/" + name) }
            } else {
                others.append(name)
            }
        }
        guard others.count > Self.maximumOthers else { return }
        let aged = others.map { (name: $0, age: FileSystem.age(of: folder + "/" + $0)) }.sorted { $0.age < $1.age }
        for other in aged.dropFirst(Self.maximumOthers) { FileSystem.remove(folder + "/" + other.name) }
    }

    private static func name(_ path: String) -> String { String(sha256(Array(path.utf8)).prefix(40)) }
}
