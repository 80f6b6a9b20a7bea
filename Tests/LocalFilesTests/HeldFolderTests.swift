import Glibc
import Groundwork
import Testing

@testable import LocalFiles

@Suite("A folder that is held open")
struct HeldFolderTests {
    private func refusal(_ name: String, in folder: HeldFolder) throws -> String {
        try #require(throws: FileError.self) { try OutsideFile(name, beneath: folder, atMost: 1000).bytes() }.reason.en
    }

    @Test("gives the files in it, in folders too, to the byte")
    func files() throws {
        let scene = Scene()
        scene.write("x", to: "held/a/b.txt")
        let held = try HeldFolder(scene.path("held"))
        #expect(try OutsideFile("a/b.txt", beneath: held, atMost: 1).bytes() == Array("x".utf8))
    }

    @Test("keeps giving its own files when a link gets its name")
    func replaced() throws {
        let scene = Scene()
        scene.write("ours", to: "held/report.md")
        scene.write("foreign", to: "elsewhere/report.md")
        let held = try HeldFolder(scene.path("held"))
        #expect(held.isStill(at: scene.path("held")))
        rename(scene.path("held"), scene.path("moved"))
        symlink(scene.path("elsewhere"), scene.path("held"))
        #expect(try OutsideFile("report.md", beneath: held, atMost: 100).bytes() == Array("ours".utf8))
        #expect(!held.isStill(at: scene.path("held")))
        #expect(throws: FileError.self) { try held.folder("../held") }
    }

    @Test("does not become what a link names", arguments: ["/proc/self", "/etc", "elsewhere"])
    func linkedFolder(target: String) throws {
        let scene = Scene()
        scene.write("x", to: "elsewhere/x")
        let held = try HeldFolder(scene.folder)
        symlink(target, scene.path("step"))
        #expect(throws: FileError.self) { try held.folder("step") }
    }

    @Test(
        "follows no link and leads nowhere else",
        arguments: [
            ("link", "it is a link, or leads elsewhere by one"),
            ("linked/secret", "it is a link, or leads elsewhere by one"),
            ("../secret", "it leads out of the folder"), ("/etc/passwd", "it leads out of the folder"),
            ("folder", "it is a folder, where a file is expected"),
            ("pipe", "it is a named pipe, where a regular file is expected"),
            ("hard", "the file has another name elsewhere (a hard link) and may be somebody else's"),
            ("none", "No such file or directory"),
        ]
    )
    func refused(name: String, words: String) throws {
        let scene = Scene()
        scene.write("secret", to: "secret")
        scene.write("x", to: "held/folder/x")
        symlink("../secret", scene.path("held/link"))
        symlink("..", scene.path("held/linked"))
        link(scene.path("secret"), scene.path("held/hard"))
        mkfifo(scene.path("held/pipe"), 0o600)
        #expect(try refusal(name, in: HeldFolder(scene.path("held"))) == words)
    }

    @Test(
        "is as strict on a kernel that has to be asked step by step",
        arguments: ["link", "linked/secret", "../secret", "/etc/passwd", "a/../a/b", "a//b", "a/none", ""]
    )
    func stepByStep(name: String) throws {
        let scene = Scene()
        scene.write("secret", to: "secret")
        scene.write("x", to: "held/a/b")
        symlink("../secret", scene.path("held/link"))
        symlink("..", scene.path("held/linked"))
        let held = try HeldFolder(scene.path("held"))
        let opened = openStepByStep(held.number, "a/b", O_RDONLY)
        #expect(opened >= 0)
        close(opened)
        let refused = openStepByStep(held.number, name, O_RDONLY)
        #expect(refused < 0 || name.isEmpty)
        if refused >= 0 { close(refused) }
    }

    @Test("takes files under new names only, and says what they are")
    func writing() throws {
        let scene = Scene()
        scene.write("text", to: "source")
        mkdir(scene.path("out"), 0o755)
        let held = try HeldFolder(scene.path("out"))
        let digest = try held.copy(OutsideFile(scene.path("source"), atMost: 10), to: "a/b/c.md")
        #expect(digest == sha256(Array("text".utf8)))
        #expect(try OutsideFile("a/b/c.md", beneath: held, atMost: 10).bytes() == Array("text".utf8))
        #expect(throws: CopyError.self) {
            try held.copy(OutsideFile(scene.path("source"), atMost: 10), to: "a/b/c.md")
        }
        symlink("/tmp", scene.path("out/link"))
        #expect(throws: FileError.self) { try held.write([], to: "link/x") }
        #expect(held.names == ["a", "link"])
    }

    @Test("is removed with what has names that are no text, with locked folders, and however deep it is")
    func removal() throws {
        let scene = Scene()
        let folder = scene.path("doomed")
        mkdir(folder, 0o755)
        for name in [[0xFF, 0xFE], [0x0A], [0x2A]] as [[UInt8]] {
            let path = Array(folder.utf8) + [0x2F] + name + [0]
            path.withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { _ = $0.baseAddress.map { mkdir($0, 0o755) } }
            }
        }
        scene.write("x", to: "doomed/locked/inner/x")
        chmod(scene.path("doomed/locked"), 0)
        scene.write("kept", to: "kept/x")
        symlink(scene.path("kept"), scene.path("doomed/link"))
        // 3,000 folders of 200 letters: far more than a path may have.
        let name = String(repeating: "d", count: 200)
        let home = open(".", O_RDONLY)
        defer { close(home) }
        var current = open(folder, O_RDONLY | O_DIRECTORY)
        for _ in 0..<3000 {
            mkdirat(current, name, 0o755)
            let next = openat(current, name, O_RDONLY | O_DIRECTORY)
            close(current)
            current = next
        }
        close(current)
        FileSystem.remove(folder)
        #expect(access(folder, F_OK) != 0)
        #expect(access(scene.path("kept/x"), F_OK) == 0)
    }
}
