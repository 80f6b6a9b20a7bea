internal import Glibc
internal import Groundwork

/// How many files this program may have open at once.
package enum Descriptors {
    /// Sees to it that `count` more files can be opened, by asking the system for more where it may.
    ///
    /// What runs out of descriptors in the middle of its work fails in odd places; what is told before can say what is missing.
    ///
    /// - Throws: ``FileError`` where that is more than the system allows.
    package static func require(_ count: Int) throws(FileError) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 else { return }
        // Who has more than half of the usual open here is not known; and to count takes a call for each.
        if limit.rlim_cur >= usual, count <= usual / 2 { return }
        let needed = rlim_t(open(below: Int(min(limit.rlim_cur, maximumCounted))) + count)
        if limit.rlim_cur >= needed { return }
        let soft = limit.rlim_cur
        limit.rlim_cur = min(limit.rlim_max, max(needed, usual))
        if limit.rlim_cur >= needed, setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 {
            return
        }
        throw FileError.tooFewDescriptors(allowed: Int(soft), needed: Int(needed))
    }

    /// How many are open now.
    private static func open(below limit: Int) -> Int {
        (0..<Int32(limit)).count { fcntl($0, F_GETFD) >= 0 }
    }

    /// Nobody has more open here; where more are allowed, those are not counted one by one.
    private static let maximumCounted: rlim_t = 4096
    /// What most systems allow.
    private static let usual: rlim_t = 1024
}

// MARK: - Messages

extension FileError {
    fileprivate static func tooFewDescriptors(allowed: Int, needed: Int) -> FileError {
        FileError(
            "/dev/fd",
            reason: LocalizedText(
                zh: "只允许同时打开 \(allowed) 个文件，此处需要 \(needed) 个",
                en: "only \(allowed) files may be open at once, where \(needed) are needed"
            ),
            help: LocalizedText(
                zh: "请提高上限：ulimit -n 1024",
                en: "allow more: ulimit -n 1024"
            )
        )
    }
}
