internal import Glibc
internal import LocalFiles
internal import Synchronization

/// The processes of the machine at one moment, as `/proc` shows them.
struct ProcessTable: Sendable {
    struct Entry: Sendable {
        var id: pid_t
        var parent: pid_t
        var group: pid_t
        var session: pid_t
        /// When it started, in ticks since the machine did: with the id it says which process this is.
        var start: UInt64
        /// Ticks of computing: its own, and those of children that have ended and were waited for.
        var ticks: UInt64
        var ticksOfChildren: UInt64
        var threads: Int
    }

    var entries: [pid_t: Entry]

    /// What is asked for by the watchers of all plugins at about the same time is read once.
    static func recent(within age: Duration) -> ProcessTable {
        latest.withLock { latest in
            if let latest, ContinuousClock.now - latest.time < age { return latest.table }
            let table = now()
            latest = (.now, table)
            return table
        }
    }

    private static let latest = Mutex<(time: ContinuousClock.Instant, table: ProcessTable)?>(nil)

    static func now() -> ProcessTable {
        var entries: [pid_t: Entry] = [:]
        for name in FileSystem.names(in: "/proc") {
            guard name.utf8.first.map({ (0x31...0x39).contains($0) }) == true, let id = pid_t(name) else { continue }
            if let entry = entry(of: id) { entries[id] = entry }
        }
        return ProcessTable(entries: entries)
    }

    private static func entry(of id: pid_t) -> Entry? {
        let descriptor = open("/proc/\(id)/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // The line has some 300 bytes; read at once it is of one moment.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            guard count > 0 else { return nil }
            return entry(id, UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func entry(_ id: pid_t, _ line: UnsafeBufferPointer<UInt8>) -> Entry? {
        // The name of the program stands in brackets, and may have brackets and spaces in it. By index: a slice of it costs more than all
        // that is read, and this is read for every process of the machine several times a second.
        var end = line.count - 1
        while end >= 0, line[end] != UInt8(ascii: ")") { end -= 1 }
        guard end >= 0 else { return nil }
        // By proc(5): 4 ppid, 5 pgrp, 6 session, 14 to 17 times, 20 num_threads, 22
        // starttime. After the bracket comes field 3, a letter.
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 23) { fields in
            fields.initialize(repeating: 0)
            var (field, position) = (2, end + 1)
            while position < line.count, field < 23 {
                let byte = line[position]
                position += 1
                if byte == UInt8(ascii: " ") {
                    field += 1
                } else if field < 23, (0x30...0x39).contains(byte) {
                    fields[field] = fields[field] &* 10 &+ UInt64(byte - 0x30)
                }
            }
            guard field > 22 || fields[22] > 0 else { return nil }
            return Entry(
                id: id,
                parent: pid_t(truncatingIfNeeded: fields[4]),
                group: pid_t(truncatingIfNeeded: fields[5]),
                session: pid_t(truncatingIfNeeded: fields[6]),
                start: fields[22],
                ticks: fields[14] &+ fields[15],
                ticksOfChildren: fields[16] &+ fields[17],
                threads: Int(truncatingIfNeeded: fields[20])
            )
        }
    }

    static let ticksInSecond = UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))
}
