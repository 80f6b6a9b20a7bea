internal import CLinux
internal import Glibc

/// Opens what lies beneath a folder that is held open, by a path of plain parts: nothing above the folder, no link that leads
/// elsewhere, and nothing that is mounted there, be it a folder of the same disk. A link at the end is opened itself where
/// `flags` allow that, and else refused.
///
/// What is mounted is not even asked for its kind, for who has mounted it may not answer.
///
/// - Returns: a descriptor, or a negative number and the reason in `errno`: `ELOOP` and `EXDEV` for what leads elsewhere.
func openBeneath(_ folder: Int32, _ name: UnsafePointer<CChar>, _ flags: Int32) -> Int32 {
    let found = pingshen_openat2(
        folder,
        name,
        UInt64(flags | O_NOFOLLOW | O_CLOEXEC),
        PINGSHEN_RESOLVE_BENEATH_ONLY
    )
    // An older kernel does not know the call, and some containers forbid what they do not know.
    guard found < 0, errno == ENOSYS || errno == EPERM else { return found }
    return openStepByStep(folder, name, flags)
}

/// ``openBeneath(_:_:_:)`` by one step a part of the name: each is opened in the one before, so that there is no moment at
/// which a link could come in between.
func openStepByStep(_ folder: Int32, _ name: UnsafePointer<CChar>, _ flags: Int32) -> Int32 {
    guard let home = Mount(of: folder) else { return -1 }
    guard let copy = strdup(name) else { return -1 }
    defer { free(copy) }
    var (current, rest) = (fcntl(folder, F_DUPFD_CLOEXEC, 0), Optional(copy))
    while current >= 0, let part = rest {
        let slash = strchr(part, Int32(UInt8(ascii: "/")))
        slash?.pointee = 0
        rest = slash.map { $0 + 1 }
        let isLast = rest == nil
        // Opened for nothing first: a device that is mounted there must not notice.
        var next = openPart(current, part, PINGSHEN_O_PATH | (isLast ? flags & O_DIRECTORY : 0), home)
        if next >= 0, isLast, flags & PINGSHEN_O_PATH == 0 {
            close(next)
            next = openPart(current, part, flags, home)
        }
        let reason = errno
        close(current)
        errno = reason
        current = next
    }
    return current
}

/// Opens a single name, unless it leads out of `home`.
private func openPart(_ folder: Int32, _ part: UnsafePointer<CChar>, _ flags: Int32, _ home: Mount) -> Int32 {
    if part.pointee == 0 || strcmp(part, ".") == 0 || strcmp(part, "..") == 0 {
        errno = ENOENT
        return -1
    }
    let opened = openat(folder, part, flags | O_NOFOLLOW | O_CLOEXEC)
    guard opened >= 0, Mount(of: opened) != home else { return opened }
    close(opened)
    errno = EXDEV
    return -1
}

/// Which of the file systems that are mounted a file was reached by. A disk that is mounted twice has one number of the device
/// and two of these.
private struct Mount: Equatable {
    private let device: dev_t
    private let number: Int?

    /// `nil` for what is not open.
    init?(of descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        device = status.st_dev
        number = Self.number(of: descriptor)
    }

    /// From `/proc`; `nil` where there is none.
    private static func number(of descriptor: Int32) -> Int? {
        let bytes = FileSystem.readFromKernel("/proc/self/fdinfo/\(descriptor)", atMost: 4096) ?? []
        let line = bytes.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: "mnt_id:".utf8) }
        return line.flatMap { Int(String(decoding: $0.dropFirst(7).filter { $0 > 0x20 }, as: UTF8.self)) }
    }
}
