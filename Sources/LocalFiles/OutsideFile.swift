internal import CLinux
internal import Glibc
internal import Groundwork

/// A regular file that somebody else has named, open for reading: the one way in which this program reads files.
///
/// A name can lead to anything, so nothing is done to what it names before it was looked at: a named pipe would make the
/// reader wait, a device act, a sparse file of 10 GiB fill the memory. Kind and size are asked of the descriptor that is
/// then read, and what is put in the file's place meanwhile changes nothing. A file is read once, from start to end.
package struct OutsideFile: Sendable {
    /// The name, for messages.
    package let path: String
    /// The bytes that it had when it was opened.
    package let byteCount: Int
    private let descriptor: Descriptor
    private var limit: Int

    /// The same, refused while it is read should it have more bytes by then than when it was opened.
    package var withoutGrowth: OutsideFile {
        var file = self
        file.limit = byteCount
        return file
    }

    /// A file that a person names; links are followed, as people expect.
    ///
    /// - Parameter limit: the most bytes that it may have.
    /// - Throws: ``FileError`` for what is no regular file, is the kernel's, or has more bytes.
    package init(_ path: String, atMost limit: Int) throws(FileError) {
        try self.init(path, atMost: limit, mayHaveOtherNames: true) { open(path, $0) }
    }

    /// A file that a plugin names, in a folder where it may rename everything at any moment.
    ///
    /// Neither a link nor a mount leads out of the folder, and a file that has another name elsewhere is refused: whoever
    /// may not read a file may still be able to link it, and a copy of it would lie in the report. The owner says nothing
    /// here, for a plugin's user is the host's.
    package init(_ path: String, beneath folder: HeldFolder, atMost limit: Int) throws(FileError) {
        try self.init(path, atMost: limit, mayHaveOtherNames: false) { folder.open(path, $0) }
    }

    /// - Parameter opening: opens the file with these flags; returns a negative number and sets `errno` where it cannot.
    private init(
        _ path: String,
        atMost limit: Int,
        mayHaveOtherNames: Bool,
        _ opening: (_ flags: Int32) -> Int32
    ) throws(FileError) {
        let seen = try Descriptor(path, opening(PINGSHEN_O_PATH | O_CLOEXEC))
        _ = try Self.check(seen, path, limit, mayHaveOtherNames)
        let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        // Just what was seen; where there is no /proc it is what has the name now, and is looked at like the first.
        var number = Glibc.open("/proc/self/fd/\(seen.number)", flags)
        if number < 0, errno == ENOENT { number = opening(flags) }
        descriptor = try Descriptor(path, number)
        byteCount = try Self.check(descriptor, path, limit, mayHaveOtherNames)
        (self.path, self.limit) = (path, limit)
    }

    /// The size of a regular file; refuses everything else.
    private static func check(
        _ file: Descriptor,
        _ path: String,
        _ limit: Int,
        _ mayHaveOtherNames: Bool
    ) throws(FileError) -> Int {
        let status = try file.status(path)
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw FileError.isFolder(path)
        case S_IFLNK: throw FileError.liesOutside(path)
        case S_IFIFO: throw FileError.isNoFile(path, LocalizedText(zh: "命名管道", en: "a named pipe"))
        case S_IFSOCK: throw FileError.isNoFile(path, LocalizedText(zh: "套接字", en: "a socket"))
        default: throw FileError.isNoFile(path, LocalizedText(zh: "设备", en: "a device"))
        }
        if kernelFileSystems.contains(pingshen_file_system(file.number)) { throw FileError.belongsToKernel(path) }
        if !mayHaveOtherNames, status.st_nlink > 1 { throw FileError.hasOtherNames(path) }
        guard status.st_size <= limit else {
            throw FileError.isTooLarge(path, bytes: Int(status.st_size), limit: limit)
        }
        return Int(status.st_size)
    }

    /// proc, sysfs, debugfs, tracefs, securityfs, cgroup, cgroup2, bpf, pstore, configfs, efivarfs, binfmt_misc, selinuxfs and
    /// fusectl: their files are regular by name only. Reading one may wait for ever (/proc/kmsg) or change something.
    private static let kernelFileSystems: Set<Int> = [
        0x9FA0, 0x6265_6572, 0x6462_6720, 0x7472_6163, 0x7363_6673, 0x0027_E0EB, 0x6367_7270, 0xCAFE_4A11, 0x6165_676C,
        0x6265_6570, 0xDE5E_81E4, 0x4249_4E4D, 0xF97C_FF8C, 0x6573_5543,
    ]
}

// MARK: - Reading

extension OutsideFile {
    /// The whole of it.
    ///
    /// - Throws: ``FileError``, also where the file has grown beyond the limit since it was opened.
    package func bytes() throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount + 1)
        try eachPiece { (piece) throws(FileError) in bytes += piece }
        return bytes
    }

    /// A part of it, wherever its readers have got to.
    package func bytes(from start: Int, atMost count: Int) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let read = pread(
                    descriptor.number,
                    buffer.baseAddress.map { $0 + filled },
                    count - filled,
                    start + filled
                )
                if read < 0, errno == EINTR { continue }
                if read < 0 { failure = errno }
                if read <= 0 { return }
                filled += read
            }
        }
        if failure != 0 { throw FileError(path, errno: failure) }
        return bytes
    }

    /// A descriptor of the file for a library that reads it by itself; the caller closes it.
    package func duplicate() throws(FileError) -> Int32 {
        let number = fcntl(descriptor.number, F_DUPFD_CLOEXEC, 0)
        guard number >= 0 else { throw FileError(path) }
        return number
    }

    /// Hands over what is in it, piece by piece, without holding more than one of them.
    package func eachPiece(
        _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
    ) throws(FileError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
        defer { buffer.deallocate() }
        var total = 0
        while true {
            let count = Glibc.read(descriptor.number, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path) }
            if count == 0 { return }
            total += count
            guard total <= limit else { throw FileError.isTooLarge(path, bytes: total, limit: limit) }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// The SHA-256 of what is in it, in lower-case hexadecimal digits.
    package func sha256() throws(FileError) -> String {
        var digest = Digest()
        try eachPiece { (piece) throws(FileError) in digest.update(piece) }
        return digest.text
    }
}

// MARK: - Writing

extension OutsideFile {
    /// Opens a file that a person names to be written, emptied if it is there.
    ///
    /// - Returns: a descriptor, which the caller closes.
    /// - Throws: ``FileError`` for what is no regular file: a named pipe would make the writer wait, a device act.
    package static func openForWriting(_ path: String, permissions: UInt32) throws(FileError) -> Int32 {
        let seen = open(path, PINGSHEN_O_PATH | O_CLOEXEC)
        if seen >= 0 {
            let before = try Descriptor(path, seen)
            _ = try check(before, path, .max, true)
        }
        // What has got the name since then is looked at as well, and is not waited for.
        let number = open(path, O_WRONLY | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, permissions)
        let file = try Descriptor(path, number)
        _ = try check(file, path, .max, true)
        let own = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard own >= 0, ftruncate(own, 0) == 0 else {
            let error = FileError(path)
            if own >= 0 { close(own) }
            throw error
        }
        return own
    }
}

/// A descriptor that is closed when it is no longer needed.
final class Descriptor: Sendable {
    let number: Int32

    /// - Parameter number: what opening `path` has returned; a negative one is an error by `errno`.
    init(_ path: String, _ number: Int32) throws(FileError) {
        self.number = number
        if number < 0 { throw FileError(path) }
    }

    deinit { close(number) }

    func status(_ path: String) throws(FileError) -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw FileError(path) }
        return status
    }
}
