import ReviewModel
import Testing

@testable import LocalFiles
@testable import PluginFolders

/// A folder of its own, gone with the test.
final class Workplace {
    let path: String

    init() throws { path = try FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-folders-") }

    deinit { FileSystem.remove(path) }

    @discardableResult
    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let file = path + "/" + name
        try FileSystem.makeFolder(FilePaths.folder(of: file))
        try FileSystem.write(bytes, to: file)
        return file
    }

    @discardableResult
    func write(_ text: String, _ name: String) throws -> String { try write(Array(text.utf8), name) }

    func read(_ name: String) throws -> String {
        String(decoding: try FileSystem.read(path + "/" + name, atMost: 1 << 20), as: UTF8.self)
    }
}

@Suite("An archive from outside")
struct ArchiveTests {
    private func unpacked(_ bytes: [UInt8], _ limits: ArchiveLimits = ArchiveLimits()) throws -> Workplace {
        let place = try Workplace()
        let archive = try place.write(bytes, "archive")
        try FileSystem.makeFolder(place.path + "/out")
        try unpack(archive, into: try HeldFolder(place.path + "/out"), limits: limits)
        return place
    }

    private func refusal(_ bytes: [UInt8], _ limits: ArchiveLimits = ArchiveLimits()) -> String {
        do {
            _ = try unpacked(bytes, limits)
        } catch let error as FileError {
            return error.reason.en
        } catch {
            return "\(error)"
        }
        return "it was unpacked"
    }

    @Test("gives its files and folders, packed by gzip or not, with long names of both kinds")
    func files() throws {
        let long = String(repeating: "long-", count: 30) + "name"
        let record = " path=\(long)\n"
        let tar = RawTar([
            .init("./a/", kind: "5"), .init("./a/b.py", "one"), .init("c", String(repeating: "x", count: 513)),
            .init("././@LongLink", "a/" + long + "\0", kind: "L"), .init("a/long", "two"),
            .init("pax", "\(record.utf8.count + 3)\(record)", kind: "x"), .init("short", "three"),
            .init("comment", "12 comment=a\n", kind: "g"), .init("d/e/f", "four"),
        ])
        for bytes in [tar.bytes, tar.packed, gzip(Array(tar.bytes[..<700])) + gzip(Array(tar.bytes[700...]))] {
            let place = try unpacked(bytes)
            #expect(try place.read("out/a/b.py") == "one")
            #expect(try place.read("out/c").utf8.count == 513)
            #expect(try place.read("out/a/" + long) == "two")
            #expect(try place.read("out/" + long) == "three")
            #expect(try place.read("out/d/e/f") == "four")
        }
    }

    @Test(
        "has no name that leads elsewhere or that nobody can see",
        arguments: ["../x", "a/../../x", "/etc/x", "a\\b", "a\nb", "..", String(repeating: "a/", count: 40) + "b"]
    )
    func names(name: String) throws {
        #expect(refusal(RawTar([.init(name, "x")]).bytes).hasPrefix("a file in it has a name that is not allowed"))
        #expect(refusal(RawTar([.init(name + "/", kind: "5")]).packed).hasPrefix("a file in it has a name"))
    }

    @Test(
        "has no links, devices, pipes or sparse files",
        arguments: [
            ("1", "a hard link"), ("2", "a link"), ("3", "a device"), ("4", "a device"), ("6", "a named pipe"),
            ("S", "a sparse file"), ("V", "of a kind that is not known"), ("K", "a link"),
        ] as [(Character, String)]
    )
    func kinds(kind: Character, told: String) {
        let tar = RawTar([.init("good", "x"), .init("odd", kind: kind, link: "/etc/passwd")])
        #expect(refusal(tar.bytes) == "\"odd\" in it is \(told); a plugin has files and folders")
    }

    @Test("has no file twice, nor one where it has a folder, nor a folder where it has a link")
    func twice() {
        #expect(refusal(RawTar([.init("a", "1"), .init("a", "2")]).bytes) == "two entries in it have one name: \"a\"")
        #expect(
            refusal(RawTar([.init("a/b", "1"), .init("a", "2")]).bytes) == "two entries in it have one name: \"a\""
        )
        #expect(refusal(RawTar([.init("a", "1"), .init("a/b", "2")]).bytes) != "it was unpacked")
    }

    @Test("does not unpack to more than a plugin has, in files, in bytes, or in times of its own size")
    func bombs() {
        let zeros = RawTar([.init("a", String(repeating: "\0", count: 4 << 20))])
        #expect(refusal(zeros.packed).contains("as bombs do"))
        #expect(refusal(zeros.packed, ArchiveLimits(allBytes: 1 << 20, ratio: 2000)) == "it unpacks to more than 1 MiB")
        #expect(
            refusal(zeros.bytes, ArchiveLimits(entryBytes: 1 << 20)).contains("4194304 bytes, where at most 1048576")
        )
        let many = RawTar((0..<30).map { .init("\($0)") })
        #expect(refusal(many.bytes, ArchiveLimits(entries: 20)) == "there are more than 20 files in it")
        let folders = RawTar((0..<30).map { .init("\($0)/", kind: "5") })
        #expect(refusal(folders.bytes, ArchiveLimits(entries: 20)) == "there are more than 20 files in it")
        let headers = RawTar((0..<50).map { _ in .init("g", "12 comment=a\n", kind: "g") })
        #expect(refusal(headers.bytes, ArchiveLimits(entries: 20)) == "there are more than 20 files in it")
        #expect(refusal(zeros.bytes, ArchiveLimits(archiveBytes: 1 << 20)).contains("where at most 1048576"))
    }

    @Test("that is cut off or damaged anywhere is refused in a sentence")
    func damaged() {
        let tar = RawTar([.init("a/b", "one"), .init("c", "two")])
        let (bytes, packed) = (tar.bytes, tar.packed)
        for end in stride(from: 0, to: bytes.count - 512, by: 97) {
            #expect(refusal(Array(bytes[..<end])) != "it was unpacked", "\(end)")
        }
        for end in packed.indices { #expect(refusal(Array(packed[..<end])) != "it was unpacked", "\(end)") }
        #expect(refusal(RawTar([.init("a", "x", size: 1 << 30)]).bytes).contains("where at most"))
        #expect(refusal(RawTar([.init("a", "x", size: 5000)]).bytes) == "it is cut off")
        var wrong = bytes
        wrong[0] ^= 1
        #expect(refusal(wrong) == "what it says as a tar file makes no sense")
        for record in ["x", "99 path=a\n", "4 a\n\n", "-3 path=a\n", "11 size=-1\n", "12 path=../x\n"] {
            let pax = RawTar([.init("p", record, kind: "x"), .init("a", "x")])
            #expect(refusal(pax.bytes) != "it was unpacked", "\(record)")
        }
    }

    @Test("no change of one byte makes it crash, or leads out of its folder")
    func bytes() throws {
        let bytes = RawTar([.init("c", "one"), .init("p", "12 path=a/b\n", kind: "x"), .init("b", "two")]).bytes
        for index in bytes.indices.prefix(512 * 5) {
            var changed = bytes
            changed[index] ^= UInt8(truncatingIfNeeded: index &* 37 | 1)
            let place = try? unpacked(changed)
            #expect(place == nil || FileSystem.names(in: place?.path ?? "") == ["archive", "out"])
        }
    }

    @Test("is no archive where it is something else")
    func other() {
        #expect(refusal([]) == "it is no archive of a plugin (.tar.gz, .tar or .zip)")
        #expect(refusal(Array("#!/bin/sh\n".utf8)) == "it is no archive of a plugin (.tar.gz, .tar or .zip)")
        #expect(refusal(Array("PK".utf8)) == "the file is cut off or damaged")
        #expect(refusal(gzip(Array("no tar".utf8))) == "it is cut off")
    }
}
