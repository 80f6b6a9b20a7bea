package import ReviewModel

extension ResourceLimits {
    /// Reads `{cpu_seconds, memory_mib, file_mib, processes, folder_mib, folder_files}`; what is absent stays as it is.
    package init(_ reader: ValueReader) {
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
        processes = read("processes", Self.ranges.processes, processes)
        folderMiB = read("folder_mib", Self.ranges.folderMiB, folderMiB)
        folderFiles = read("folder_files", Self.ranges.folderFiles, folderFiles)
        record.finish()
    }
}

func outOfRange(_ number: Int, _ range: ClosedRange<Int>, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "spec/limit-out-of-range",
        message: LocalizedText(
            zh: "\(number) 超出范围，应在 \(range.lowerBound) 到 \(range.upperBound) 之间",
            en: "\(number) is out of range; expected \(range.lowerBound) to \(range.upperBound)"
        ),
        pointer: pointer
    )
}
