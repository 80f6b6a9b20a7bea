internal import Glibc
internal import LocalFiles

/// How much memory processes hold together, in KiB.
enum MemoryUse {
    /// - Parameters:
    ///   - open: what they have open.
    ///   - limit: where a quick look says less, no closer one is taken.
    static func kibibytes(of processes: [pid_t], _ open: OpenFiles, limit: Int) -> Int {
        let files = open.inMemory + segments(of: Set(processes))
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
        let own = ["RssAnon", "VmSwap", tables].reduce(0) { $0 + fields[$1, default: 0] }
        return (own, fields["RssShmem", default: 0])
    }

    private static func shares(_ process: pid_t) -> Amount? {
        let fields = fields(of: "/proc/\(process)/smaps_rollup")
        guard let own = fields["Pss_Anon"] else { return nil }
        let tables = self.fields(of: "/proc/\(process)/status")[tables, default: 0]
        return (own + fields["SwapPss", default: 0] + tables, fields["Pss_Shmem", default: 0])
    }

    /// What the kernel keeps to find pages by: of a mapping in which there is nothing, there can be gibibytes.
    private static let tables = "VmPTE"

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
