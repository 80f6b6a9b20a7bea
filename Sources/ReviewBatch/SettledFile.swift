internal import CLinux
internal import Glibc
internal import LocalFiles
internal import Synchronization

/// What shows of a file that it was not touched, and whether that may stand for its bytes.
struct SettledFile: Sendable {
    /// By ``FileIdentity``; `nil` where there is no file.
    let identity: String?
    /// Whether the file can no longer be changed without getting another identity.
    ///
    /// A file that was changed just now may be changed once more within the same tick of the kernel's clock, with nothing to show for
    /// it. And only a file system of this machine tells the truth at once: one of another machine's may answer from what it
    /// remembers, and by that machine's clock.
    let isSettled: Bool

    /// How long a file takes to settle: more than any tick, and than the two seconds that some file systems round to.
    static let time = Duration.seconds(3)

    init(_ path: String, after time: Duration = Self.time) {
        identity = FileIdentity(path)?.text
        var (status, now) = (stat(), timespec())
        guard let identity, stat(path, &status) == 0, FileIdentity(path)?.text == identity else {
            isSettled = false
            return
        }
        clock_gettime(CLOCK_REALTIME, &now)
        // Times to come are of a clock that was set back.
        isSettled =
            [status.st_mtim, status.st_ctim].allSatisfy { changed in
                Duration.seconds(now.tv_sec - changed.tv_sec) + .nanoseconds(now.tv_nsec - changed.tv_nsec) >= time
            } && Self.isOfThisMachine(path, status.st_dev)
    }

    private static let machines = Mutex<[dev_t: Bool]>([:])

    private static func isOfThisMachine(_ path: String, _ device: dev_t) -> Bool {
        if let known = machines.withLock({ $0[device] }) { return known }
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let isLocal = localFileSystems.contains(pingshen_file_system(descriptor))
        machines.withLock { $0[device] = isLocal }
        return isLocal
    }

    /// ext2 to ext4, XFS, Btrfs, F2FS, bcachefs, ZFS, tmpfs, overlayfs: their inodes have times to the nanosecond, and keep their numbers.
    private static let localFileSystems: Set<Int> = [
        0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0xCA45_1A4E, 0x2FC1_2FC1, 0x0102_1994, 0x794C_7630,
    ]
}
