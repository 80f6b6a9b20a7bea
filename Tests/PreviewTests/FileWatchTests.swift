import Glibc
import Synchronization
import Testing

@testable import LocalFiles
@testable import Preview

@Suite("A save")
struct FileWatchTests {
    /// A folder with a file that is watched.
    private final class Scene: Sendable {
        let folder: String
        let watch: FileWatch
        var file: String { folder + "/spec.yaml" }

        init(_ others: [String] = []) throws {
            folder = try FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-watch-")
            watch = try FileWatch()
            try write("old", "spec.yaml")
            _ = watch.follow(([file] + others.map { folder + "/" + $0 }))
        }

        deinit {
            watch.close()
            FileSystem.remove(folder)
        }

        func write(_ text: String, _ name: String) throws {
            try FileSystem.write(Array(text.utf8), to: folder + "/" + name)
        }
    }

    @Test("is heard of when the file is written to, replaced by another, or taken away and made anew")
    func ways() async throws {
        let scene = try Scene()
        try scene.write("new", "spec.yaml")
        await scene.watch.next()
        try FileSystem.replace(scene.file, with: Array("newer".utf8))
        await scene.watch.next()
        try FileSystem.rename(scene.file, to: scene.file + "~")
        try scene.write("newest", "spec.yaml")
        await scene.watch.next()
        symlink("spec.yaml~", scene.folder + "/link")
        try FileSystem.rename(scene.folder + "/link", to: scene.file)
        await scene.watch.next()
        _ = scene.watch.follow([scene.file])
        try scene.write("through the link", "spec.yaml~")
        await scene.watch.next()
        FileSystem.remove(scene.file)
        await scene.watch.next()
    }

    @Test("of another file is not: not of an editor's copy, nor of the locks that office programs leave")
    func others() async throws {
        let scene = try Scene(["marker"])
        let names = ["~$spec.yaml", ".~lock.spec.yaml#", ".spec.yaml.swp", "4913", "spec.yaml~", "#spec.yaml#"]
        for name in names {
            try scene.write("x", name)
            try FileSystem.rename(scene.folder + "/" + name, to: scene.folder + "/" + name + ".other")
        }
        #expect(!scene.watch.hasNews())
        try scene.write("marker", "marker")
        #expect(scene.watch.hasNews() && !scene.watch.hasNews())
    }

    @Test("of a file that was not there yet is heard of, in a folder that was not there either")
    func missing() async throws {
        let scene = try Scene(["parts/rubric/levels.yaml"])
        let parts = scene.folder + "/parts/rubric"
        try FileSystem.makeFolder(parts)
        await scene.watch.next()
        #expect(scene.watch.follow([parts + "/levels.yaml"]), "what may have come meanwhile must be looked at")
        #expect(!scene.watch.follow([parts + "/levels.yaml"]))
        try FileSystem.write([], to: parts + "/levels.yaml")
        await scene.watch.next()
    }

    @Test("is heard of when a link on the way comes to lead elsewhere")
    func links() async throws {
        let scene = try Scene()
        for name in ["one", "two"] {
            try FileSystem.makeFolder(scene.folder + "/" + name)
            try scene.write(name, name + "/spec.yaml")
        }
        symlink("one", scene.folder + "/current")
        _ = scene.watch.follow([scene.folder + "/current/spec.yaml"])
        symlink("two", scene.folder + "/next")
        try FileSystem.rename(scene.folder + "/next", to: scene.folder + "/current")
        await scene.watch.next()
        _ = scene.watch.follow([scene.folder + "/current/spec.yaml"])
        try scene.write("new", "two/spec.yaml")
        await scene.watch.next()
    }

    @Test("is heard of when its whole folder is replaced")
    func folders() async throws {
        let scene = try Scene()
        let folder = scene.folder + "/project"
        try FileSystem.makeFolder(folder)
        try scene.write("old", "project/spec.yaml")
        _ = scene.watch.follow([folder + "/spec.yaml"])
        try FileSystem.rename(folder, to: scene.folder + "/before")
        await scene.watch.next()
        _ = scene.watch.follow([folder + "/spec.yaml"])
        try FileSystem.makeFolder(scene.folder + "/after")
        try scene.write("new", "after/spec.yaml")
        try FileSystem.rename(scene.folder + "/after", to: folder)
        await scene.watch.next()
        _ = scene.watch.follow([folder + "/spec.yaml"])
        try scene.write("newer", "project/spec.yaml")
        await scene.watch.next()
    }

    @Test("before anybody waits is not lost")
    func early() async throws {
        let scene = try Scene()
        try scene.write("new", "spec.yaml")
        await scene.watch.next()
        try scene.write("newer", "spec.yaml")
        await scene.watch.next()
    }

    @Test("that nobody has told of is found by looking")
    func looking() async throws {
        let scene = try Scene()
        scene.watch.lookAgain()
        #expect(!scene.watch.hasNews())
        try scene.write("longer", "spec.yaml")
        #expect(scene.watch.hasNews())
        scene.watch.lookAgain()
        #expect(scene.watch.hasNews(), "it is not the one that was followed")
    }

    @Test("is waited for no longer when the watch is closed, or the task is cancelled")
    func ends() async throws {
        let scene = try Scene()
        let task = Task { await scene.watch.next() }
        task.cancel()
        await task.value
        let other = Task { await scene.watch.next() }
        scene.watch.close()
        await other.value
    }
}
