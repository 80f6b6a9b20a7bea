internal import CLinux
internal import Glibc
internal import ReviewModel

extension ResourceLimits {
    /// Limits a process that has just been started, and what it starts from now on.
    func apply(to process: pid_t) {
        set(RLIMIT_CPU, soft: cpuSeconds, hard: cpuSeconds + 5, process)
        set(RLIMIT_DATA, soft: memoryMiB << 20, hard: memoryMiB << 20, process)
        set(RLIMIT_FSIZE, soft: fileMiB << 20, hard: fileMiB << 20, process)
        // A dump of what a plugin had in memory is nothing to leave lying about.
        set(RLIMIT_CORE, soft: 0, hard: 0, process)
        lowerOpenFiles(process)
    }

    /// A limit that is lower already stays.
    private func lowerOpenFiles(_ process: pid_t) {
        var limit = rlimit()
        guard prlimit(process, Int32(RLIMIT_NOFILE.rawValue), nil, &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_cur, rlim_t(OpenFiles.maximum))
        limit.rlim_max = min(limit.rlim_max, rlim_t(OpenFiles.maximum))
        _ = prlimit(process, Int32(RLIMIT_NOFILE.rawValue), &limit, nil)
    }

    /// The same, for a shell to do before it starts a program. A limit that is lower already stays.
    var shellCommands: String {
        let limits = [
            "-S -t \(cpuSeconds)", "-H -t \(cpuSeconds + 5)",
            // In KiB, and in blocks of 512 bytes.
            "-d \(memoryMiB << 10)", "-f \(fileMiB << 11)", "-c 0",
        ]
        // The soft limit may not be above the hard one: where it was, both are set.
        let files = "ulimit -H -n \(OpenFiles.maximum) 2>/dev/null || ulimit -n \(OpenFiles.maximum) 2>/dev/null; "
        return limits.map { "ulimit \($0) 2>/dev/null; " }.joined() + files
    }

    private func set(_ resource: __rlimit_resource, soft: Int, hard: Int, _ process: pid_t) {
        var limit = rlimit(rlim_cur: rlim_t(soft), rlim_max: rlim_t(hard))
        _ = prlimit(process, Int32(resource.rawValue), &limit, nil)
    }

    /// What a signal says about a limit that was reached; `nil` for any other signal.
    func explanation(signal: Int32) -> LocalizedText? {
        switch signal {
        case SIGXCPU:
            LocalizedText(
                zh: "用完了 \(cpuSeconds) 秒计算时间；可在 spec 中用 limits: {cpu_seconds: …} 放宽",
                en: "it used up its \(cpuSeconds) s of computing; limits: {cpu_seconds: …} in the spec allows more"
            )
        case SIGXFSZ:
            LocalizedText(
                zh: "写了超过 \(fileMiB) MiB 的文件；可在 spec 中用 limits: {file_mib: …} 放宽",
                en: "it wrote a file of more than \(fileMiB) MiB; limits: {file_mib: …} in the spec allows more"
            )
        default: nil
        }
    }
}
