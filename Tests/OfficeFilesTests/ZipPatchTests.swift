import Groundwork
import Testing

@testable import OfficeFiles

@Suite("Zip files of which a few entries change")
struct ZipPatchTests {
    private static let long = Array(String(repeating: "预算评审", count: 10_000).utf8)

    private func original() throws -> [UInt8] {
        var zip = ZipWriter()
        zip.add("first.xml", Self.long, compression: .deflated(level: 9))
        zip.add("Word/Document.xml", Array("<a/>".utf8))
        zip.add("picture.png", [1, 2, 3], compression: .stored)
        return try zip.bytes()
    }

    @Test("keep all others as they were packed, at their places")
    func untouched() throws {
        let original = try original()
        var patch = ZipPatch()
        patch["word/document.xml"] = Array("<b/>".utf8)
        patch["new.xml"] = Self.long
        let patched = try patch.applied(to: ZipReader(original), original)
        let zip = try ZipReader(patched)
        #expect(zip.entries.map(\.name) == ["first.xml", "Word/Document.xml", "picture.png", "new.xml"])
        #expect(try zip.bytes(of: "word/document.xml") == Array("<b/>".utf8) && zip.bytes(of: "new.xml") == Self.long)
        #expect(try zip.bytes(of: "first.xml") == Self.long && zip.bytes(of: "picture.png") == [1, 2, 3])
        // The packed bytes themselves: up to the name of the second entry nothing has changed.
        let name = Array("Word/Document.xml".utf8)
        let second = try #require(original.indices.first { original[$0...].starts(with: name) })
        #expect(patched[..<(second - 30)] == original[..<(second - 30)])
    }

    @Test("are the same bytes each time; without a change they are the file")
    func sameBytes() throws {
        let original = try original()
        let zip = try ZipReader(original)
        #expect(try ZipPatch().applied(to: zip, original) == original)
        var patch = ZipPatch()
        for name in ["b", "a", "first.xml"] { patch[name] = Array(name.utf8) }
        #expect(try patch.applied(to: zip, original) == patch.applied(to: zip, original))
        #expect(try ZipReader(patch.applied(to: zip, original)).entries.map(\.name).suffix(2) == ["a", "b"])
    }
}
