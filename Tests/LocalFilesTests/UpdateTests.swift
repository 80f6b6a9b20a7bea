import Glibc
import LocalFiles
import Testing

@Suite("Files that are written again")
struct UpdateTests {
    @Test("a file that holds just these bytes stays the very same, another one is replaced, and so is a link")
    func update() throws {
        let scene = Scene()
        let (file, link) = (scene.path("a"), scene.path("link"))
        try FileSystem.update(file, to: Array("one".utf8))
        let first = FileIdentity(file)
        try FileSystem.update(file, to: Array("one".utf8))
        #expect(FileIdentity(file) == first)
        try FileSystem.update(file, to: Array("two".utf8))
        #expect(try FileSystem.read(file, atMost: 10) == Array("two".utf8) && FileIdentity(file) != first)
        symlink("a", link)
        try FileSystem.update(link, to: Array("two".utf8))
        #expect(FileSystem.isRegularFile(link) && FileSystem.names(in: scene.folder).sorted() == ["a", "link"])
    }
}
