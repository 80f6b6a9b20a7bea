internal import LocalFiles
internal import ReviewModel
internal import Synchronization

/// Where answers of steps are kept: a file for each step by the checksum of what it is made from, the files that steps have written
/// by their own checksums, and what each spec's steps were last made from.
///
/// Everything is written beside its place and moved there. A host that is killed leaves nothing that counts, two hosts take each
/// other's answers, and what is torn, altered or gone is no answer.
package final class StepShelf: Sendable {
    private enum Part: String, CaseIterable {
        case answers, files, seen
    }

    /// How much is kept.
    package struct Bounds: Sendable {
        /// In all files together.
        package var bytes = 1 << 30
        /// What nobody has asked for so long goes.
        package var seconds = 30 * 86400

        package init() {}
    }

    private let folder: String
    private let bounds: Bounds
    private let isChanged = Mutex(false)

    /// A table of a million rows has some hundred MB; the like is read anew.
    private static let maximumAnswerBytes = 64 << 20
    /// The times of what is asked for are renewed once a day.
    private static let secondsOfUse = 86400
    private static let secondsHalfWritten = 3600

    /// Whether its folders are its own: what a link leads to is somebody else's, and is neither read, written nor tidied.
    private let isOwn: Bool

    package init(_ folder: String, _ bounds: Bounds = Bounds()) {
        (self.folder, self.bounds) = (folder, bounds)
        isOwn = !([folder] + Part.allCases.map { folder + "/" + $0.rawValue }).contains(where: FileSystem.isLink)
    }

    private func path(_ part: Part, _ name: String) -> String { folder + "/" + part.rawValue + "/" + name }

    // MARK: Answers

    /// The answers on record for a step; none where there is nothing that can be believed.
    func answers(_ key: String) -> [KeptAnswer] {
        guard let bytes = read(.answers, key) else { return [] }
        return KeptAnswer.list(bytes)
    }

    func keep(_ answers: [KeptAnswer], _ key: String) { write(KeptAnswer.bytes(answers), .answers, key) }

    // MARK: What steps were made from

    /// By step.
    func seen(_ spec: String) -> [String: [StepPart]] {
        guard let bytes = read(.seen, Self.name(spec)), let value = try? JSONReader.read(bytes) else { return [:] }
        let steps = (value.record?.members ?? []).map { ($0.key, ($0.value.list ?? []).compactMap(StepPart.init)) }
        return Dictionary(steps) { first, _ in first }
    }

    func keep(seen steps: [String: [StepPart]], _ spec: String) {
        let sorted = steps.sorted { $0.key < $1.key }
        let record = Record(sorted.map { ($0.key, Value.list($0.value.map(\.value))) })
        write(JSONWriter.line(.record(record)), .seen, Self.name(spec))
    }

    private static func name(_ spec: String) -> String { String(sha256(Array(spec.utf8)).prefix(40)) }

    // MARK: Files

    /// Copies a file of a step.
    ///
    /// - Returns: its checksum, by which it is found; `nil` where it cannot be kept.
    func keep(_ file: OutsideFile) -> String? {
        let place = folder + "/" + Part.files.rawValue
        guard isOwn else { return nil }
        do {
            try FileSystem.makeFolder(place)
            let temporary = FilePaths.name(of: FileSystem.unusedName(prefix: place + "/."))
            do {
                let sum = try HeldFolder(place).copy(file.withoutGrowth, to: temporary, permissions: 0o644)
                try FileSystem.rename(place + "/" + temporary, to: path(.files, sum))
                isChanged.withLock { $0 = true }
                return sum
            } catch {
                FileSystem.remove(place + "/" + temporary)
                return nil
            }
        } catch { return nil }
    }

    /// Copies a file that was kept to where a step would have written it.
    ///
    /// - Returns: whether it is there now, and is the one that was kept.
    func put(_ sum: String, as name: String, into target: HeldFolder) -> Bool {
        let path = path(.files, sum)
        guard isOwn, let file = try? OutsideFile(path, atMost: .max) else { return false }
        guard (try? target.copy(file, to: name, permissions: 0o644)) == sum else {
            FileSystem.remove(path)
            return false
        }
        renew(path)
        return true
    }

    // MARK: Bytes

    /// The bytes of a file, with a checksum before them of the bytes and of what they are an answer to: a file that has come into
    /// another's place is none.
    private func read(_ part: Part, _ name: String) -> [UInt8]? {
        let path = path(part, name)
        guard isOwn, let bytes = try? FileSystem.read(path, atMost: Self.maximumAnswerBytes) else { return nil }
        let content = Array(bytes.dropFirst(Self.sumLength))
        let sum = Self.sum(content, part, name)
        guard bytes.count >= Self.sumLength, bytes.prefix(Self.sumLength).elementsEqual(sum.utf8) else {
            FileSystem.remove(path)
            return nil
        }
        renew(path)
        return content
    }

    private func write(_ bytes: [UInt8], _ part: Part, _ name: String) {
        let whole = Array(Self.sum(bytes, part, name).utf8) + bytes
        guard isOwn, whole.count <= Self.maximumAnswerBytes else { return }
        do {
            try FileSystem.makeFolder(folder + "/" + part.rawValue)
            try FileSystem.replace(path(part, name), with: whole)
            isChanged.withLock { $0 = true }
        } catch { return }
    }

    private static let sumLength = 64

    private static func sum(_ bytes: [UInt8], _ part: Part, _ name: String) -> String {
        sha256(Array("\(part.rawValue)/\(name) \(sha256(bytes))".utf8))
    }

    private func renew(_ path: String) {
        if FileSystem.age(of: path) > Self.secondsOfUse { FileSystem.touch(path) }
    }
}

// MARK: - Bounds

extension StepShelf {
    private struct Entry {
        var path: String
        var age: Int
        var bytes: Int
    }

    /// Removes what nobody has asked for, what hosts that were killed have left half-written, and, where there is still too much, what was not
    /// asked for longest. Nothing where nothing was added.
    package func tidy() {
        let isDue = isChanged.withLock { isChanged in
            defer { isChanged = false }
            return isChanged
        }
        guard isDue, isOwn else { return }
        var entries: [Entry] = []
        for part in Part.allCases {
            for name in FileSystem.names(in: folder + "/" + part.rawValue) {
                let path = path(part, name)
                // Files are all that it makes.
                guard FileSystem.isRegularFile(path) else { continue }
                let (age, bytes) = (FileSystem.age(of: path), FileSystem.size(of: path))
                let isOver = age > (name.hasPrefix(".") ? Self.secondsHalfWritten : bounds.seconds)
                if isOver { FileSystem.remove(path) } else { entries.append(Entry(path: path, age: age, bytes: bytes)) }
            }
        }
        var sum = entries.reduce(0) { $0 + $1.bytes }
        guard sum > bounds.bytes else { return }
        entries.sort { ($0.age, $0.path) > ($1.age, $1.path) }
        // Some room more, so that it is not due again with the next review.
        for entry in entries where sum > bounds.bytes / 10 * 9 {
            FileSystem.remove(entry.path)
            sum -= entry.bytes
        }
    }
}
