internal import Glibc
internal import Groundwork

/// What the system lets this program have of memory: with too little, threads cannot be started, and what waits for one of
/// them waits for ever. (The stack is looked at before, by `Sources/CStart`.)
package enum StartLimits {
    /// Sees to it that there is enough.
    ///
    /// - Throws: ``FileError`` where that is more than the system allows.
    package static func require() throws(FileError) {
        for amount in [addressSpace, data] where soft(amount.resource) < amount.needed {
            throw FileError.tooLittle(amount, allowed: soft(amount.resource))
        }
        try requireThreads()
    }

    /// Starts as many threads as a review needs beside its plugins', which end at once.
    private static func requireThreads() throws(FileError) {
        // They wait until all are there, so that there are as many at the same time.
        let door = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        pthread_mutex_init(door, nil)
        pthread_mutex_lock(door)
        var (started, code) = ([pthread_t](), Int32(0))
        while started.count < threads, code == 0 {
            var thread = pthread_t()
            code = pthread_create(
                &thread,
                nil,
                { door in
                    guard let door = door?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
                    pthread_mutex_lock(door)
                    pthread_mutex_unlock(door)
                    return nil
                },
                door
            )
            if code == 0 { started.append(thread) }
        }
        pthread_mutex_unlock(door)
        for thread in started { pthread_join(thread, nil) }
        pthread_mutex_destroy(door)
        door.deallocate()
        if code != 0 { throw FileError(starting: "thread", errno: code) }
    }

    /// What runs tasks and watches descriptors and signals, and what starts plugins.
    private static let threads = 8

    fileprivate struct Amount {
        var resource: __rlimit_resource_t
        var needed: rlim_t
        /// The letter that shells know it by.
        var letter: String
        var name: LocalizedText
    }

    private static let addressSpace = Amount(
        resource: __rlimit_resource_t(UInt32(RLIMIT_AS.rawValue)),
        needed: 1 << 30,
        letter: "v",
        name: LocalizedText(zh: "地址空间", en: "address space")
    )
    private static let data = Amount(
        resource: __rlimit_resource_t(UInt32(RLIMIT_DATA.rawValue)),
        needed: 256 << 20,
        letter: "d",
        name: LocalizedText(zh: "数据内存", en: "memory for data")
    )
    private static func soft(_ resource: __rlimit_resource_t) -> rlim_t {
        var limit = rlimit()
        return getrlimit(resource, &limit) == 0 ? limit.rlim_cur : .max
    }
}

// MARK: - Messages

extension FileError {
    fileprivate static func tooLittle(_ amount: StartLimits.Amount, allowed: rlim_t) -> FileError {
        FileError(
            "/proc/self/limits",
            reason: LocalizedText(
                zh: "只允许使用 \(allowed >> 10) KiB \(amount.name.zh)，需要 \(amount.needed >> 10) KiB",
                en:
                    "only \(allowed >> 10) KiB of \(amount.name.en) are allowed, where \(amount.needed >> 10) are needed"
            ),
            help: LocalizedText(
                zh: "请提高上限：ulimit -\(amount.letter) unlimited",
                en: "allow more: ulimit -\(amount.letter) unlimited"
            )
        )
    }
}
