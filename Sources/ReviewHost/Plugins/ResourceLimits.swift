internal import CLinux
internal import Glibc
internal import ReviewModel

/// What one plugin process, and each that it starts, may use up. A limit is there against mistakes: a loop without end, a
/// list that grows and grows. Linux enforces it.
public struct ResourceLimits: Sendable, Hashable {
    /// Seconds of computing, not of waiting.
    public var cpuSeconds = 600
    /// MiB of memory for data.
    public var memoryMiB = 4096
    /// MiB of one file that it writes.
    public var fileMiB = 1024

    public init() {}

    /// The most that a spec may ask for of each.
    static let ranges = (cpuSeconds: 1...86_400, memoryMiB: 16...1_048_576, fileMiB: 1...1_048_576)

    /// Limits a process that has just been started, and what it starts from now on.
    func apply(to process: pid_t) {
        set(RLIMIT_CPU, soft: cpuSeconds, hard: cpuSeconds + 5, process)
        set(RLIMIT_DATA, soft: memoryMiB << 20, hard: memoryMiB << 20, process)
        set(RLIMIT_FSIZE, soft: fileMiB << 20, hard: fileMiB << 20, process)
        // A dump of what a plugin had in memory is nothing to leave lying about.
        set(RLIMIT_CORE, soft: 0, hard: 0, process)
    }

    private func set(_ resource: __rlimit_resource, soft: Int, hard: Int, _ process: pid_t) {
        var limit = rlimit(rlim_cur: rlim_t(soft), rlim_max: rlim_t(hard))
        _ = prlimit(process, Int32(resource.rawValue), &limit, nil)
    }

    /// What a signal says about a limit that was reached; `nil` for any other signal.
    func explanation(signal: Int32) -> String? {
        switch signal {
        case SIGXCPU: "it used up its \(cpuSeconds) s of computing; limits: {cpu_seconds: …} in the spec allows more"
        case SIGXFSZ: "it wrote a file of more than \(fileMiB) MiB; limits: {file_mib: …} in the spec allows more"
        default: nil
        }
    }
}

extension ResourceLimits {
    /// Reads `{cpu_seconds, memory_mib, file_mib}`; what is absent stays as it is.
    init(_ reader: ValueReader) {
        self.init()
        guard let record = reader.record() else { return }
        func read(_ key: String, _ range: ClosedRange<Int>, _ standard: Int) -> Int {
            guard let reader = record.optional(key), let number = reader.integer() else { return standard }
            if !range.contains(number) { reader.log.add(outOfRange(number, range, at: reader.pointer)) }
            return min(max(number, range.lowerBound), range.upperBound)
        }
        cpuSeconds = read("cpu_seconds", Self.ranges.cpuSeconds, cpuSeconds)
        memoryMiB = read("memory_mib", Self.ranges.memoryMiB, memoryMiB)
        fileMiB = read("file_mib", Self.ranges.fileMiB, fileMiB)
        record.finish()
    }
}

private func outOfRange(_ number: Int, _ range: ClosedRange<Int>, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/limit-out-of-range",
        message: LocalizedText(
            zh: "\(number) 超出范围，应在 \(range.lowerBound) 到 \(range.upperBound) 之间",
            en: "\(number) is out of range; expected \(range.lowerBound) to \(range.upperBound)"
        ),
        pointer: pointer
    )
}
