internal import Dispatch
internal import Glibc
internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import Synchronization

/// Hears of it when one of some files is saved, by whatever way of saving: written to, put in the place of the old one, or made
/// anew after that was taken away (inotify(7)).
///
/// Folders are watched, and names in them, for a file that is replaced is another one. So the locks and copies that editors
/// and office programs leave beside a file are never heard of. Changes on another machine's disk are not told by the kernel.
final class FileWatch: Sendable {
    /// What is known of a change.
    private enum Change: Int, Comparable {
        /// Something is on its way: bytes were written to an open file, or a name is gone that may come back.
        case begun
        /// A file was closed after it was written to, or got the name.
        case done

        static func < (left: Change, right: Change) -> Bool { left.rawValue < right.rawValue }
    }

    private struct State {
        /// The watched folders by the kernel's numbers, with the names that count.
        var names: [Int32: Set<String>] = [:]
        var folders: [String: Int32] = [:]
        /// Folders in which every script counts, by the same numbers.
        var scriptFolders: Set<Int32> = []
        /// The files as they were when they were last followed.
        var known: [String: FileIdentity?] = [:]
        /// Folders in which nothing is heard.
        var unheard: [FileError] = []
        var change: Change?
        var waiting: CheckedContinuation<Void, Never>?
        var isOver = false
    }

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "saves")
    /// Made once, then only kept alive and cancelled, which any thread may do.
    nonisolated(unsafe) private let source: any DispatchSourceRead
    private let state = Mutex(State())

    /// How long nothing may happen before a save counts as over; editors that write several files do so within it.
    private static let quiet = Duration.milliseconds(25)
    /// How long a name that is gone may take to come back, and bytes to be followed by others.
    private static let patience = 12
    /// What never comes to rest is looked at all the same.
    private static let unrest = 40

    /// - Throws: ``PreviewError`` where the system lets nobody watch more.
    init() throws(PreviewError) {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw PreviewError(message: watchesNothing(FileError("inotify"))) }
        self.descriptor = descriptor
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [weak self] in self?.read() }
        source.setCancelHandler { Glibc.close(descriptor) }
        source.activate()
    }

    func close() {
        source.cancel()
        wake { $0.isOver = true }
    }

    /// From now on these files are watched, and no others; those that are not there are watched for.
    ///
    /// - Parameter scriptFolders: where whatever a plugin may load counts, also what is not there yet.
    /// - Returns: whether something was not watched before, and may have changed unheard since it was read.
    func follow(_ paths: [String], scriptsIn scriptFolders: [String] = []) -> Bool {
        let known = Dictionary(paths.map { ($0, FileIdentity($0)) }) { first, _ in first }
        var needed: [String: Set<String>] = [:]
        for path in paths {
            for (folder, name) in stations(of: path) { needed[folder, default: []].insert(name) }
        }
        return state.withLock { state in
            var (names, folders, isNew) = ([Int32: Set<String>](), [String: Int32](), false)
            state.unheard = []
            for (folder, wanted) in needed {
                let number = inotify_add_watch(descriptor, folder, Self.mask)
                guard number >= 0 else {
                    // One that has gone since is looked for next time; it was watched for, above.
                    if errno != ENOENT, errno != ENOTDIR { state.unheard.append(FileError(folder)) }
                    continue
                }
                if !wanted.isSubset(of: state.names[number] ?? []) { isNew = true }
                names[number, default: []].formUnion(wanted)
                folders[folder] = number
            }
            var scripts: Set<Int32> = []
            for folder in Set(scriptFolders) {
                let number = inotify_add_watch(descriptor, folder, Self.mask)
                guard number >= 0 else {
                    if errno != ENOENT, errno != ENOTDIR { state.unheard.append(FileError(folder)) }
                    continue
                }
                if !state.scriptFolders.contains(number) { isNew = true }
                scripts.insert(number)
                names[number, default: []].formUnion([])
                folders[folder] = number
            }
            state.scriptFolders = scripts
            for number in state.names.keys where names[number] == nil { inotify_rm_watch(descriptor, number) }
            (state.names, state.folders, state.known) = (names, folders, known)
            return isNew
        }
    }

    /// Waits until a file was saved; returns at once where that happened since it was last asked, and when it is closed or the task
    /// is cancelled.
    func next() async {
        var patience = Self.patience
        while true {
            await wait()
            guard !isOver, !Task.isCancelled else { return }
            // What has begun is waited for; then for a moment in which nothing happens.
            guard let change = take() else { continue }
            if change == .begun, patience > 0 {
                while patience > 0, !hasDone {
                    try? await Task.sleep(for: Self.quiet)
                    patience -= 1
                }
            }
            for _ in 0..<Self.unrest {
                try? await Task.sleep(for: Self.quiet)
                if take() != .done || Task.isCancelled { break }
            }
            return
        }
    }

    /// The folders that cannot be watched, by what is in the way, as of the last ``follow(_:)``.
    var unheard: [FileError] { state.withLock { $0.unheard.sorted { $0.path < $1.path } } }

    /// Whether something was saved since that was last asked. Nothing is waited for: what was saved before has been told by now.
    func hasNews() -> Bool {
        queue.sync { read() }
        return take() != nil
    }

    /// Looks whether a file is another by now: on a disk of another machine nobody tells.
    func lookAgain() {
        let known = state.withLock { $0.known }
        if known.contains(where: { FileIdentity($0.key) != $0.value }) { wake { $0.change = .done } }
    }

    private var isOver: Bool { state.withLock { $0.isOver } }
    private var hasDone: Bool { state.withLock { $0.change == .done } }

    private func take() -> Change? {
        state.withLock { state in
            defer { state.change = nil }
            return state.change
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.change != nil || state.isOver || Task.isCancelled { return true }
                    state.waiting = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            wake { _ in }
        }
    }

    private func wake(_ body: (inout State) -> Void) {
        let waiting = state.withLock { state in
            body(&state)
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }
}

// MARK: - What the kernel says

extension FileWatch {
    private static let mask = [
        IN_CLOSE_WRITE, IN_MODIFY, IN_CREATE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO, IN_DELETE_SELF, IN_MOVE_SELF,
        IN_ONLYDIR,
    ].reduce(UInt32(0)) { $0 | UInt32(bitPattern: $1) }

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        var found: Change?
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
            let change = buffer[..<count].withUnsafeBytes { changes(in: $0) }
            found = [found, change].compactMap(\.self).max()
        }
        if let found { wake { $0.change = [$0.change, found].compactMap(\.self).max() } }
    }

    private func changes(in bytes: UnsafeRawBufferPointer) -> Change? {
        let (names, folders, scripts) = state.withLock { ($0.names, $0.folders, $0.scriptFolders) }
        var (position, found) = (0, nil as Change?)
        while position + MemoryLayout<inotify_event>.size <= bytes.count {
            let event = bytes.loadUnaligned(fromByteOffset: position, as: inotify_event.self)
            let start = position + MemoryLayout<inotify_event>.size
            let rest = bytes[start..<min(start + Int(event.len), bytes.count)].prefix { $0 != 0 }
            position = start + Int(event.len)
            let name = String(decoding: rest, as: UTF8.self)
            let counts =
                names[event.wd]?.contains(name) == true || scripts.contains(event.wd) && Self.mayBeLoaded(event, name)
            guard let change = change(event, name, counts, folders) else { continue }
            found = max(found ?? change, change)
        }
        return found
    }

    /// Whether it may be a script, or a folder of scripts.
    private static func mayBeLoaded(_ event: inotify_event, _ name: String) -> Bool {
        let isFolder = event.mask & UInt32(bitPattern: Int32(IN_ISDIR)) != 0
        return ProgramFiles.mayBeScript(name) || isFolder && !name.hasPrefix(".") && name != "__pycache__"
    }

    private func change(
        _ event: inotify_event,
        _ name: String,
        _ counts: Bool,
        _ folders: [String: Int32]
    ) -> Change? {
        func has(_ bits: Int32...) -> Bool { bits.contains { event.mask & UInt32(bitPattern: $0) != 0 } }
        // More has happened than the kernel keeps.
        if has(IN_Q_OVERFLOW) { return .done }
        if has(IN_DELETE_SELF, IN_MOVE_SELF) { return .begun }
        guard counts else { return nil }
        if has(IN_CLOSE_WRITE, IN_MOVED_TO) { return .done }
        guard has(IN_CREATE) else { return .begun }
        // A new file is empty, and closed later; a link, a folder, or a second name of a file is there at once.
        let folder = folders.first { $0.value == event.wd }?.key ?? "."
        var status = stat()
        guard lstat(folder + "/" + name, &status) == 0 else { return .begun }
        return status.st_mode & S_IFMT == S_IFREG && status.st_nlink == 1 ? .begun : .done
    }
}

/// The folders in which something must happen for what `path` leads to to become another, and the names in them.
private func stations(of path: String) -> [(folder: String, name: String)] {
    var (found, open, seen) = ([(folder: String, name: String)](), [FileSystem.absolute(path)], Set<String>())
    while let path = open.popLast(), seen.count < 40 {
        guard seen.insert(path).inserted else { continue }
        // Along the way, every link may come to lead elsewhere, and what is not there may come to be.
        var folder = "/"
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        for (index, part) in parts.enumerated() {
            let here = FilePaths.resolve(part, inFolder: folder)
            let isLast = index == parts.count - 1
            let target = linkTarget(here)
            let isThere = FileSystem.exists(here)
            if isLast || target != nil || !isThere { found.append((folder, part)) }
            if !isThere { break }
            if let target {
                let rest = parts[(index + 1)...].joined(separator: "/")
                let whole = FilePaths.resolve(target, inFolder: folder) + (rest.isEmpty ? "" : "/" + rest)
                open.append(whole)
                break
            }
            folder = here
        }
    }
    return found
}

private func linkTarget(_ path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
        guard let start = buffer.baseAddress else { return nil }
        let count = readlink(path, start, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

// MARK: - Messages

private func watchesNothing(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "不能监视文件：\(error.reason.zh)；请关闭其他监视文件的程序，或提高 fs.inotify.max_user_instances",
        en:
            "no file can be watched: \(error.reason.en); close other programs that watch files, or allow more with fs.inotify.max_user_instances"
    )
}
