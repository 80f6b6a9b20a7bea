import Glibc
import Testing

@testable import LocalFiles

@Suite("A pattern")
struct FilePatternTests {
    private func found(_ pattern: String, _ scene: Scene) -> [String]? {
        FileSystem.paths(like: scene.path(pattern))?.map { String($0.dropFirst(scene.folder.count + 1)) }
    }

    @Test("means the paths that are there, by stars, signs and braces, each once")
    func paths() {
        let scene = Scene()
        for name in ["a/x.yaml", "b/x.yaml", "b/y.yml", "c"] { scene.write("", to: name) }
        #expect(found("*/x.yaml", scene) == ["a/x.yaml", "b/x.yaml"])
        #expect(found("{a,b,a}/[xy].y{a,}ml", scene) == ["a/x.yaml", "b/x.yaml", "b/y.yml"])
        #expect(found("{a,{b,c}}", scene) == ["a", "b", "c"])
        #expect(found("?/z", scene) == [])
        #expect(FileSystem.isPattern("a\u{D4E}*\u{301}") && !FileSystem.isPattern("a"))
    }

    @Test(
        "that comes to more than anybody means is refused before it is written out",
        arguments: [
            String(repeating: "{a,b}", count: 25), String(repeating: "{a,b}", count: 14),
            String(repeating: "{a,", count: 100) + String(repeating: "}", count: 100),
            String(repeating: "{", count: 100_000),
            "{" + String(repeating: "a,", count: 10_001) + "}", String(repeating: "a", count: 70_000) + "*",
        ]
    )
    func tooMuch(_ pattern: String) {
        #expect(FileSystem.paths(like: pattern) == nil)
    }

    @Test("that leads through more folders than can be looked into is refused, and one that is cancelled ends")
    func manyFolders() async {
        let scene = Scene()
        for name in 0..<10 { scene.write("", to: "\(name)/x") }
        let pattern = scene.path(String(repeating: "*/../", count: 12) + "*")
        #expect(FileSystem.paths(like: pattern, through: 1_000) == nil)
        let task = Task { () -> [String]? in
            while !Task.isCancelled { await Task.yield() }
            return FileSystem.paths(like: pattern)
        }
        task.cancel()
        #expect(await task.value == [])
    }

    @Test("is no part of this: what is replaced is the name itself, not what a link or a pipe of that name leads to")
    func replacement() throws {
        let scene = Scene()
        scene.write("old", to: "victim")
        symlink("victim", scene.path("link"))
        mkfifo(scene.path("pipe"), 0o600)
        for name in ["link", "pipe", "new"] { try FileSystem.replace(scene.path(name), with: Array("x".utf8)) }
        for name in ["link", "pipe", "new"] { #expect(FileSystem.isRegularFile(scene.path(name))) }
        #expect(try FileSystem.read(scene.path("victim"), atMost: 10) == Array("old".utf8))
        mkdir(scene.path("folder"), 0o755)
        #expect(throws: FileError.self) { try FileSystem.replace(scene.path("folder"), with: []) }
        #expect(FileSystem.names(in: scene.folder) == ["folder", "link", "new", "pipe", "victim"])
    }
}
