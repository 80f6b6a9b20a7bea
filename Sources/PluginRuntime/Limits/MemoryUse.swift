internal import Glibc
internal import LocalFiles

/// How much memory processes hold together, in KiB.
enum MemoryUse {
    /// - Parameter limit: where a quick look says less, no closer one is taken.
    static func kibibytes(of processes: [pid_t], limit: Int) -> Int {
        let files = filesInMemory(processes)
        let quick = sum(processes) { status($0) }
        guard quick.own + max(quick.shared, files) > limit else { return quick.own + max(quick.shared, files) }
        // Pages that several of them share were counted for each. The kernel tells each one's share, but has to walk all pages.
        let close = sum(processes) { shares($0) ?? status($0) }
        return close.own + max(close.shared, files)
    }

    private typealias Amount = (own: Int, shared: Int)

    private static func sum(_ processes: [pid_t], _ amount: (pid_t) -> Amount) -> Amount {
        processes.reduce(into: (0, 0)) { sum, process in
            let one = amount(process)
            sum = (sum.0 + one.own, sum.1 + one.shared)
        }
    }

    private static func status(_ process: pid_t) -> Amount {
        let fields = fields(of: "/proc/\(process)/status")
        return (fields["RssAnon", default: 0] + fields["VmSwap", default: 0], fields["RssShmem", default: 0])
    }

    private static func shares(_ process: pid_t) -> Amount? {
        let fields = fields(of: "/proc/\(process)/smaps_rollup")
        guard let own = fields["Pss_Anon"] else { return nil }
        return (own + fields["SwapPss", default: 0], fields["Pss_Shmem", default: 0])
    }

    /// Lines like `RssAnon:  123 kB`.
    private static func fields(of path: String) -> [String: Int] {
        guard let bytes = FileSystem.readFromKernel(path, atMost: 1 << 16) else { return [:] }
        var fields: [String: Int] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
            guard words.count == 3, words[2].elementsEqual("kB".utf8) else { continue }
            fields[String(decoding: words[0].dropLast(), as: UTF8.self)] = Int(
                String(decoding: words[1], as: UTF8.self)
            )
        }
        return fields
    }

    /// Files without a name that are memory, open or mapped, and segments of System V: they hold what was written to them
    /// also where no process has the pages.
    private static func filesInMemory(_ processes: [pid_t]) -> Int {
        var sizes: [String: Int] = [:]
        for process in processes {
            OpenFiles.each(of: process) { file in
                if file.isMemory { sizes[file.identity] = file.kibibytes }
            }
        }
        return sizes.values.reduce(0, +) + segments(of: Set(processes))
    }

    /// What segments of shared memory hold that one of the processes has made.
    private static func segments(of processes: Set<pid_t>) -> Int {
        guard let bytes = FileSystem.readFromKernel("/proc/sysvipc/shm", atMost: 1 << 20) else { return 0 }
        return bytes.split(separator: UInt8(ascii: "\n")).dropFirst().reduce(0) { sum, line in
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            // key shmid perms size cpid lpid nattch uid gid cuid cgid atime dtime ctime rss swap
            guard words.count >= 16, let maker = pid_t(words[4]), processes.contains(maker) else { return sum }
            return sum + ((Int(words[14]) ?? 0) + (Int(words[15]) ?? 0)) / 1024
        }
    }
}

/// What a process has open.
enum OpenFiles {
    struct File {
        /// As `/proc` shows it: `/memfd:x (deleted)`, `pipe:[1]`.
        var target: String
        var identity: String
        var kibibytes: Int

        var isMemory: Bool { ["/memfd:", "/dev/shm/", "/SYSV"].contains { target.hasPrefix($0) } }
    }

    /// Hands over the regular files that have no name in a folder any more, or are memory; at most as many as a process may
    /// have open by default.
    static func each(of process: pid_t, _ body: (File) -> Void) {
        let folder = "/proc/\(process)/fd"
        for name in FileSystem.names(in: folder).prefix(maximum) {
            guard let target = linkTarget(folder + "/" + name), target.hasPrefix("/") else { continue }
            guard target.hasSuffix(" (deleted)") || target.hasPrefix("/dev/shm/") else { continue }
            var status = stat()
            guard stat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            body(
                File(
                    target: target,
                    identity: "\(status.st_dev) \(status.st_ino)",
                    kibibytes: Int(status.st_blocks) / 2
                )
            )
        }
    }

    private static func linkTarget(_ path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start, buffer.count)
            guard count > 0 else { return nil }
            return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
        }
    }

    private static let maximum = 1024
}
