internal import Glibc
internal import LocalFiles
internal import ReviewModel
internal import Synchronization

/// Looks at what a plugin and the processes that it has started use up together, for Linux limits each process by itself:
/// fifty children of 100 MiB, memory that is shared, ten thousand small files.
///
/// A look costs a millisecond or so on a machine with a few hundred processes. The next one is at least twenty-five times
/// that later, and as many times more as there are plugins that are watched, so that watching takes no more than a few hundredths of
/// a processor whatever the machine does. But no plugin goes unwatched for longer than two seconds.
struct LimitWatch {
    private let limits: ResourceLimits
    private let folders: [String]
    private var family: ProcessFamily
    /// Since when there was an open file under way at every look.
    private var underWaySince: ContinuousClock.Instant?

    /// What a thread costs is the kernel's memory and the machine's numbers for processes; nobody has more of them.
    private static let (leastThreads, threadsOfProcess) = (1024, 16)
    /// Full ones of the largest kind come to what a plugin may have of memory.
    private static let (leastConnections, connectionsOfProcess) = (1024, 4)
    /// What is sent is received at once, unless the receiver is busy.
    private static let longestWay = Duration.seconds(2)

    private static let shortestPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(2)
    private static let pausePerLook = 25
    /// How many are watched at the same time in this program.
    private static let watched = Atomic(0)

    /// - Parameters:
    ///   - folder: the plugin's own, its `TMPDIR`.
    ///   - folders: what counts as its own folder.
    init(_ limits: ResourceLimits, leader: pid_t, folder: String, folders: [String]) {
        (self.limits, self.folders) = (limits, folders)
        family = ProcessFamily(leader: leader, folder: folder)
    }

    /// Looks again and again until the task is cancelled, or there is too much of something.
    ///
    /// - Returns: what there is too much of, `nil` where the task was cancelled.
    mutating func excess() async -> LocalizedText? {
        Self.watched.add(1, ordering: .relaxed)
        defer { Self.watched.subtract(1, ordering: .relaxed) }
        var pause = Self.shortestPause
        while (try? await Task.sleep(for: pause)) != nil {
            let begin = ContinuousClock.now
            if let excess = look() { return excess }
            let cost = ContinuousClock.now - begin
            let looks = Self.pausePerLook * Self.watched.load(ordering: .relaxed)
            pause = min(max(Self.shortestPause, cost * looks), Self.longestPause)
        }
        return nil
    }

    /// Kills all of them.
    mutating func kill() { family.kill() }

    private mutating func look() -> LocalizedText? {
        let members = family.look(at: .recent(within: Self.shortestPause / 2))
        if members.count > limits.processes { return tooManyProcesses(members.count, limits.processes) }
        // A single process is stopped by the kernel to the tick, with words of its own.
        let seconds = family.seconds(members)
        if seconds > Double(limits.cpuSeconds) + 1 { return computesTooMuch(limits.cpuSeconds) }
        let threads = members.reduce(0) { $0 + $1.threads }
        let allowedThreads = max(Self.leastThreads, limits.processes * Self.threadsOfProcess)
        if threads > allowedThreads { return tooManyThreads(threads, allowedThreads) }
        let ids = members.map(\.id)
        let open = OpenFiles(of: ids)
        if let excess = excess(of: open) { return excess }
        let memory = MemoryUse.kibibytes(of: ids, open, limit: limits.memoryMiB << 10)
        if memory > limits.memoryMiB << 10 { return holdsTooMuch(memory >> 10, limits.memoryMiB) }
        let use = FolderUse(of: folders, maximumEntries: limits.folderFiles)
        if use.isTooMuch { return tooManyFiles(limits.folderFiles) }
        let written = use.kibibytes + open.removed
        if written > limits.folderMiB << 10 { return writesTooMuch(written >> 10, limits.folderMiB) }
        return nil
    }

    private mutating func excess(of open: OpenFiles) -> LocalizedText? {
        if open.isTooMany { return opensTooMuch(OpenFiles.maximum) }
        let allowed = max(Self.leastConnections, limits.processes * Self.connectionsOfProcess)
        if open.connections > allowed { return tooManyConnections(open.connections, allowed) }
        guard open.underWay > 0 else {
            underWaySince = nil
            return nil
        }
        let now = ContinuousClock.now
        let since = underWaySince ?? now
        underWaySince = since
        return now - since < Self.longestWay ? nil : keepsOutOfSight(open.underWay)
    }
}

// MARK: - Messages

private func allow(_ key: String) -> (zh: String, en: String) {
    ("可在 spec 中用 limits: {\(key): …} 放宽。", "; limits: {\(key): …} in the spec allows more")
}

private func tooManyProcesses(_ count: Int, _ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它同时有 \(count) 个进程，最多 \(limit) 个。" + allow("processes").zh,
        en: "it has \(count) processes at once, where \(limit) are allowed" + allow("processes").en
    )
}

private func tooManyThreads(_ count: Int, _ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它的各个进程合计有 \(count) 个线程，最多 \(limit) 个。" + allow("processes").zh,
        en: "its processes together have \(count) threads, where \(limit) are allowed" + allow("processes").en
    )
}

private func opensTooMuch(_ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它的一个进程同时打开了超过 \(limit) 个文件；请关闭不再用的文件。",
        en: "one of its processes has more than \(limit) files open; let it close those that it has done with"
    )
}

private func tooManyConnections(_ count: Int, _ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它的各个进程合计打开了 \(count) 个管道和套接字，最多 \(limit) 个。" + allow("processes").zh,
        en: "its processes together have \(count) pipes and sockets open, where \(limit) are allowed"
            + allow("processes").en
    )
}

private func keepsOutOfSight(_ count: Int) -> LocalizedText {
    LocalizedText(
        zh: "它把 \(count) 个打开的文件留在套接字中而不接收，文件有多大无法得知；请让接收方及时接收。",
        en:
            "it leaves \(count) open file(s) in a socket, sent and not received, where nobody sees how large they are; let "
            + "them be received at once"
    )
}

private func computesTooMuch(_ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它的各个进程合计用完了 \(limit) 秒计算时间。" + allow("cpu_seconds").zh,
        en: "its processes together used up its \(limit) s of computing" + allow("cpu_seconds").en
    )
}

private func holdsTooMuch(_ used: Int, _ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它的各个进程合计占用 \(used) MiB 内存，最多 \(limit) MiB。" + allow("memory_mib").zh,
        en: "its processes together hold \(used) MiB of memory, where \(limit) are allowed" + allow("memory_mib").en
    )
}

private func tooManyFiles(_ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它在自己的文件夹中写了超过 \(limit) 个文件，或层次过深。" + allow("folder_files").zh,
        en: "it has more than \(limit) files in its own folder, or deeper ones than anyone needs"
            + allow("folder_files").en
    )
}

private func writesTooMuch(_ used: Int, _ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它在自己的文件夹中写了 \(used) MiB，最多 \(limit) MiB。" + allow("folder_mib").zh,
        en: "it has \(used) MiB in its own folder, where \(limit) are allowed" + allow("folder_mib").en
    )
}
