import Glibc
import TemporarySpec
import Testing

@testable import LocalFiles

@Suite("Remembered checksums")
struct DigestCacheTests {
    private let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test("SHA-256 is that of the standard")
    func standard() {
        #expect(sha256([]) == empty)
        #expect(sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("they are kept where the environment says, else in the home that the system knows of")
    func folder() {
        func folder(_ variables: [String: String], home: String?) -> String? {
            DigestCache.folder({ variables[$0] }, { home })
        }
        #expect(folder(["XDG_CACHE_HOME": "/c", "HOME": "/h"], home: "/s") == "/c/pingshen")
        #expect(folder(["XDG_CACHE_HOME": "c", "HOME": "/h"], home: "/s") == "/h/.cache/pingshen")
        #expect(folder([:], home: "/s") == "/s/.cache/pingshen")
        #expect(folder(["HOME": ""], home: "/s") == "/s/.cache/pingshen")
        #expect(folder([:], home: nil) == nil)
    }

    @Test("a checksum is remembered for the file as it was, and forgotten when it changes")
    func remembering() throws {
        let temporary = TemporarySpec("", files: ["plugin": "one"])
        let plugin = temporary.folder + "/plugin"
        var cache = DigestCache(folder: temporary.folder + "/cache")
        let first = try cache.sha256(ofFile: plugin)
        cache.save()
        var again = DigestCache(folder: temporary.folder + "/cache")
        #expect(try again.sha256(ofFile: plugin) == first)
        try FileSystem.write(Array("two!".utf8), to: plugin)
        #expect(try again.sha256(ofFile: plugin) == sha256(Array("two!".utf8)))
        again.save()
        var third = DigestCache(folder: temporary.folder + "/cache")
        try FileSystem.write(Array("three".utf8), to: plugin)
        _ = try third.sha256(ofFile: plugin)
        third.save()
        let lines = try FileSystem.read(temporary.folder + "/cache/digests", atMost: .max)
        #expect(lines.count { $0 == UInt8(ascii: "\n") } == 1, "what the file was is of no use any more")
    }

    @Test(
        "a host that is busy with the cache is not waited for, and one that was killed leaves one file, not one a time"
    )
    func busy() throws {
        let temporary = TemporarySpec("", files: ["a": "a", "b": "b"])
        let folder = temporary.folder + "/cache"
        func learn(_ name: String) throws -> [String] {
            var cache = DigestCache(folder: folder)
            _ = try cache.sha256(ofFile: temporary.folder + "/" + name)
            cache.save()
            return FileSystem.names(in: folder)
        }
        try FileSystem.makeFolder(folder)
        let other = open(folder + "/digests.new", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        try #require(flock(other, LOCK_EX) == 0)
        #expect(try learn("a") == ["digests.new"])
        // A program that another test starts meanwhile has the descriptor for a moment, too.
        flock(other, LOCK_UN)
        close(other)
        #expect(try learn("a") == ["digests"])
        try FileSystem.write(Array("half".utf8), to: folder + "/digests.new")
        #expect(try learn("b") == ["digests"])
        let bytes = try FileSystem.read(folder + "/digests", atMost: .max)
        #expect(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0.suffix(2) } == ["/a", "/b"])
    }

    @Test("a cache that leads elsewhere is not followed")
    func linked() throws {
        let temporary = TemporarySpec("", files: ["a": "a", "victim": "untouched"])
        let folder = temporary.folder + "/cache"
        try FileSystem.makeFolder(folder)
        symlink("../victim", folder + "/digests.new")
        var cache = DigestCache(folder: folder)
        _ = try cache.sha256(ofFile: temporary.folder + "/a")
        cache.save()
        #expect(try FileSystem.read(temporary.folder + "/victim", atMost: 100) == Array("untouched".utf8))
    }

    @Test("two hosts at once keep what the other has learnt")
    func twoHosts() throws {
        let temporary = TemporarySpec("", files: ["a": "a", "b": "b"])
        var (one, other) = (
            DigestCache(folder: temporary.folder + "/cache"), DigestCache(folder: temporary.folder + "/cache")
        )
        _ = try one.sha256(ofFile: temporary.folder + "/a")
        _ = try other.sha256(ofFile: temporary.folder + "/b")
        one.save()
        other.save()
        let lines = try FileSystem.read(temporary.folder + "/cache/digests", atMost: .max).count {
            $0 == UInt8(ascii: "\n")
        }
        #expect(lines == 2)
    }

    @Test("of a full cache the oldest go, never what has just been learnt or used")
    func full() throws {
        let names = (0..<6).map { "f\($0)" }
        let temporary = TemporarySpec("", files: Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }))
        func learn(_ names: [String]) throws {
            var cache = DigestCache(folder: temporary.folder + "/cache", maximumEntries: 3)
            for name in names { _ = try cache.sha256(ofFile: temporary.folder + "/" + name) }
            cache.save()
        }
        func kept() throws -> [String] {
            let bytes = try FileSystem.read(temporary.folder + "/cache/digests", atMost: .max)
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { String($0.suffix(2)) }
        }
        try learn(["f5"])
        try learn(["f4"])
        try learn(["f3"])
        try learn(["f5", "f0"])
        #expect(try kept() == ["f3", "f5", "f0"])
        try learn(["f1", "f2"])
        #expect(try kept() == ["f0", "f1", "f2"])
    }

    @Test("a cache that cannot be written changes nothing")
    func unwritable() throws {
        let temporary = TemporarySpec("")
        var cache = DigestCache(folder: "/proc/nowhere")
        #expect(try cache.sha256(ofFile: temporary.path) == empty)
        cache.save()
        #expect(throws: FileError.self) { try cache.sha256(ofFile: temporary.folder + "/none") }
    }
}
