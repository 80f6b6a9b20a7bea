import Glibc
import Groundwork
import Testing

@testable import LocalFiles

@Suite("A file that somebody else names")
struct OutsideFileTests {
    /// Why the file is refused.
    private func refusal(_ path: String, atMost limit: Int = 1000) throws -> FileError {
        try #require(throws: FileError.self) { try OutsideFile(path, atMost: limit).bytes() }
    }

    @Test("is read when it is a regular file, by a link as well")
    func regular() throws {
        let scene = Scene()
        scene.write("红桥", to: "a.txt")
        symlink("a.txt", scene.path("link"))
        for name in ["a.txt", "link"] {
            #expect(try OutsideFile(scene.path(name), atMost: 6).bytes() == Array("红桥".utf8))
        }
        #expect(try OutsideFile(scene.path("a.txt"), atMost: 6).sha256() == sha256(Array("红桥".utf8)))
    }

    @Test("is read empty, and through a descriptor's name where that is a file")
    func oddNames() throws {
        let scene = Scene()
        scene.write("", to: "empty")
        #expect(try OutsideFile(scene.path("empty"), atMost: 0).bytes() == [])
        scene.write("x", to: "x")
        let descriptor = open(scene.path("x"), O_RDONLY)
        defer { close(descriptor) }
        #expect(try OutsideFile("/dev/fd/\(descriptor)", atMost: 1).bytes() == Array("x".utf8))
    }

    @Test("is refused, and nothing waits, when it is a named pipe that nobody writes to")
    func pipe() throws {
        let scene = Scene()
        mkfifo(scene.path("pipe"), 0o600)
        let error = try refusal(scene.path("pipe"))
        #expect(error.reason.en == "it is a named pipe, where a regular file is expected")
        #expect(error.reason.zh == "这是命名管道，此处应为普通文件")
        #expect(error.help?.en == "save what it gives in a file, and name that")
    }

    @Test("wakes nobody who waits at the other end of a named pipe")
    func pipeWithWriter() throws {
        let scene = Scene()
        mkfifo(scene.path("pipe"), 0o600)
        _ = try refusal(scene.path("pipe"))
        // A writer that does not wait is told whether anybody has the pipe open for reading.
        let writer = open(scene.path("pipe"), O_WRONLY | O_NONBLOCK)
        #expect(writer < 0 && errno == ENXIO)
    }

    @Test(
        "is refused when it is a device, a folder or the kernel's",
        arguments: [
            ("/dev/zero", "it is a device, where a regular file is expected"),
            ("/dev/null", "it is a device, where a regular file is expected"),
            ("/tmp", "it is a folder, where a file is expected"),
            ("/proc/self/environ", "it is one of the kernel's files"),
            ("/proc/kmsg", "it is one of the kernel's files"),
            ("/sys/kernel/uevent_seqnum", "it is one of the kernel's files"),
        ]
    )
    func kinds(path: String, words: String) throws {
        if access(path, F_OK) != 0 { return }
        let error = try refusal(path)
        // Who may not read the kernel's file at all is told that.
        if error.reason.en == "Permission denied" { return }
        #expect(error.reason.en.hasPrefix(words), "\(error)")
        #expect(error.help != nil)
    }

    @Test("is refused when it is a socket")
    func socket() throws {
        let scene = Scene()
        let listener = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: scene.path("s").utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        #expect(try refusal(scene.path("s")).reason.en == "it is a socket, where a regular file is expected")
    }

    @Test("takes no memory when it is larger than it may be, however large that is")
    func sparse() throws {
        let scene = Scene()
        scene.writeSparse(10 << 30, to: "sparse")
        let error = try refusal(scene.path("sparse"))
        #expect(error.reason.en == "it has 10737418240 bytes, where at most 1000 are expected")
        #expect(error.reason.zh == "文件有 10737418240 字节，此处最多 1000 字节")
    }

    @Test("is refused when it grows beyond the limit while it is read")
    func grows() throws {
        let scene = Scene()
        scene.write("12345", to: "log")
        let file = try OutsideFile(scene.path("log"), atMost: 5)
        scene.write("1234567890", to: "log")
        var failure: FileError?
        do throws(FileError) { _ = try file.bytes() } catch { failure = error }
        #expect(failure?.reason.en == "it has 10 bytes, where at most 5 are expected")
    }

    @Test(
        "is refused when it has grown at all where its bytes have been counted already, and no more of it is read than it had"
    )
    func growsWithinTheLimit() throws {
        let scene = Scene()
        scene.write("12345", to: "log")
        let file = try OutsideFile(scene.path("log"), atMost: 1000).withoutGrowth
        scene.write("123456", to: "log")
        #expect(throws: FileError.self) { try file.bytes() }
        scene.write(String(repeating: "1", count: 1 << 20), to: "log")
        let endless = try OutsideFile(scene.path("log"), atMost: 1 << 20).withoutGrowth
        var read = 0
        let failure = #expect(throws: FileError.self) {
            // Somebody writes as fast as it is read.
            try endless.eachPiece { (piece) throws(FileError) in
                read += piece.count
                let log = fopen(scene.path("log"), "a")
                fputs(String(repeating: "2", count: piece.count), log)
                fclose(log)
            }
        }
        #expect(read <= 1 << 20)
        #expect(failure?.reason.en.contains("where at most 1048576 are expected") == true)
    }

    @Test("is what was opened, whatever gets its name afterwards")
    func swapped() throws {
        let scene = Scene()
        scene.write("first", to: "a")
        scene.write("second", to: "b")
        let file = try OutsideFile(scene.path("a"), atMost: 100)
        rename(scene.path("b"), scene.path("a"))
        #expect(try file.bytes() == Array("first".utf8))
    }

    @Test("is said to be missing in the reader's language")
    func missing() throws {
        let error = try refusal("/nowhere/at/all")
        #expect(error.reason == LocalizedText(zh: "没有这个文件", en: "No such file or directory"))
    }
}
