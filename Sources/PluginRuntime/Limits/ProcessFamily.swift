internal import Glibc
internal import LocalFiles

/// A plugin's process and everything that it has started.
///
/// Whoever was once seen as a member stays one, also when its parent is gone or it has a session of its own. One that has
/// become an orphan between two looks is known by its `TMPDIR`, as long as it keeps that.
struct ProcessFamily {
    private let leader: pid_t
    /// `TMPDIR=` and the plugin's own folder.
    private let mark: [UInt8]
    /// Members and when they started.
    private var members: [pid_t: UInt64] = [:]
    /// Ticks that members had when they were seen last, living and gone.
    private var ticks: [pid_t: UInt64] = [:]
    private var ticksOfGone: UInt64 = 0
    /// Processes that are somebody else's.
    private var others: [pid_t: UInt64] = [:]

    init(leader: pid_t, folder: String) {
        self.leader = leader
        mark = Array("TMPDIR=\(folder)".utf8)
    }

    /// The members that there are.
    mutating func look(at table: ProcessTable) -> [ProcessTable.Entry] {
        for (id, start) in members where table.entries[id]?.start != start {
            members[id] = nil
            ticksOfGone += ticks.removeValue(forKey: id) ?? 0
        }
        others = others.filter { table.entries[$0.key]?.start == $0.value }
        if let leader = table.entries[leader], members.isEmpty || members[leader.id] != nil { join(leader) }
        var hasFound = true
        while hasFound {
            hasFound = false
            for entry in table.entries.values where members[entry.id] == nil {
                guard members[entry.parent] != nil || isRelated(entry) else { continue }
                join(entry)
                hasFound = true
            }
        }
        let found = members.keys.compactMap { table.entries[$0] }
        for entry in found { ticks[entry.id] = entry.ticks }
        return found
    }

    private mutating func join(_ entry: ProcessTable.Entry) {
        members[entry.id] = entry.start
        others[entry.id] = nil
    }

    private mutating func isRelated(_ entry: ProcessTable.Entry) -> Bool {
        if entry.session == leader || entry.group == leader { return true }
        guard others[entry.id] == nil, entry.id != getpid() else { return false }
        others[entry.id] = entry.start
        // What the kernel lets a program start with is less than 8 MiB.
        guard let environment = FileSystem.readFromKernel("/proc/\(entry.id)/environ", atMost: 8 << 20) else {
            return false
        }
        return environment.split(separator: 0).contains { $0.elementsEqual(mark) }
    }

    /// Seconds of computing of all of them, those that have ended included.
    func seconds(_ entries: [ProcessTable.Entry]) -> Double {
        let seen = ticksOfGone + entries.reduce(0) { $0 + $1.ticks }
        // Children too short-lived to be seen are in their parents' sums; what was seen may be in both.
        let told = entries.reduce(0) { $0 + $1.ticks + $1.ticksOfChildren }
        return Double(max(seen, told)) / Double(ProcessTable.ticksInSecond)
    }

    /// Kills them all. Who is just starting another needs another look.
    mutating func kill() {
        for _ in 0..<Self.maximumRounds {
            _ = Glibc.kill(-leader, SIGKILL)
            let found = look(at: .now()).filter { !Self.isZombie($0.id) }
            if found.isEmpty { return }
            for entry in found { _ = Glibc.kill(entry.id, SIGKILL) }
        }
    }

    private static let maximumRounds = 50

    private static func isZombie(_ id: pid_t) -> Bool {
        guard let bytes = FileSystem.readFromKernel("/proc/\(id)/stat", atMost: 4096) else { return true }
        guard let end = bytes.lastIndex(of: UInt8(ascii: ")")), end + 2 < bytes.count else { return true }
        return bytes[end + 2] == UInt8(ascii: "Z") || bytes[end + 2] == UInt8(ascii: "X")
    }
}
