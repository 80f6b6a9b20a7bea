import Groundwork
import Testing

@testable import OfficeFiles

@Suite("Zip files that we write")
struct ZipWriterTests {
    @Test("come back as they were, in their order, packed or not")
    func roundTrip() throws {
        var zip = ZipWriter()
        let long = Array(String(repeating: "预算评审", count: 50_000).utf8)
        zip.add("[Content_Types].xml", Array("<Types/>".utf8), compression: .deflated(level: 9))
        zip.add("word/document.xml", long)
        zip.add("word/media/图.png", [1, 2, 3], compression: .stored)
        zip.add("empty", [])
        let file = try zip.bytes()
        #expect(file.count < 20_000)
        let reader = try ZipReader(file)
        #expect(
            reader.entries.map(\.name) == ["[Content_Types].xml", "word/document.xml", "word/media/图.png", "empty"]
        )
        #expect(try reader.bytes(of: "word/document.xml") == long)
        #expect(try reader.bytes(of: "Word/Media/图.PNG") == [1, 2, 3])
        #expect(try reader.bytes(of: "empty") == [])
    }

    @Test("have the same bytes for the same entries, and no time but the first that there is")
    func sameBytes() throws {
        func file() throws -> [UInt8] {
            var zip = ZipWriter()
            zip.add("a", Array("甲".utf8), compression: .stored)
            zip.add("b", [UInt8](repeating: 7, count: 10_000))
            return try zip.bytes()
        }
        let bytes = try file()
        #expect(try file() == bytes)
        // Time 0 and date 33 of the first local header.
        #expect(Array(bytes[10..<14]) == [0, 0, 33, 0])
        // The version that can read it, flags: no entry is told of only after its bytes.
        #expect(bytes[6] & 0x08 == 0)
    }

    @Test("cannot have two entries of one name")
    func twice() {
        var zip = ZipWriter()
        zip.add("a", [1])
        zip.add("a", [2])
        #expect(throws: OfficeFileError.cannotPack("a")) { try zip.bytes() }
    }
}

@Suite("Zip files that somebody else has written")
struct ZipReaderTests {
    private let limits = ZipLimits(archiveBytes: 5000, entries: 3, entryBytes: 2000, allBytes: 3000, ratio: 300)

    private func refusal(_ bytes: [UInt8], _ limits: ZipLimits? = nil) throws -> OfficeFileError {
        try #require(throws: OfficeFileError.self) { _ = try ZipReader(bytes, limits: limits ?? self.limits) }
    }

    @Test("are read when they are decent; folders are no entries")
    func decent() throws {
        let zip = RawZip([.init("word/"), .init("word/a.xml", [65, 66])])
        let reader = try ZipReader(zip.bytes, limits: limits)
        #expect(reader.entries.map(\.name) == ["word/a.xml"])
        #expect(try reader.bytes(of: "word/a.xml") == [65, 66])
        #expect(throws: OfficeFileError.missing("b")) { try reader.bytes(of: "b") }
    }

    @Test("are refused when they are larger than expected, as they are or unpacked")
    func large() throws {
        #expect(try refusal([UInt8](repeating: 0, count: 5001)) == .tooLarge(5001, 5000))
        let one = RawZip([.init("a", [UInt8](repeating: 0, count: 2001))])
        #expect(try refusal(one.bytes) == .entryTooLarge("a", 2001, 2000))
        let two = RawZip(["a", "b"].map { .init($0, [UInt8](repeating: 0, count: 1501)) })
        #expect(try refusal(two.bytes) == .allTooLarge(3000))
    }

    @Test("are refused when they have more entries than expected, or only say so")
    func many() throws {
        let four = RawZip(["a", "b", "c", "d"].map { .init($0) })
        #expect(try refusal(four.bytes) == .tooManyEntries(4, 3))
        var liar = RawZip([.init("a")])
        liar.announcedCount = 60_000
        #expect(try refusal(liar.bytes) == .tooManyEntries(60_000, 3))
    }

    @Test("are refused when an entry would grow as in a bomb")
    func bomb() throws {
        var zip = ZipWriter()
        zip.add("bomb.xml", [UInt8](repeating: 32, count: 4 << 20), compression: .deflated(level: 9))
        let error = try refusal(zip.bytes(), .document)
        #expect(error.reason.zh.hasPrefix("其中的\"bomb.xml\"解压后大到原来的 "))
    }

    @Test("are refused when two entries have one name, for readers differ in which of them they take")
    func twice() throws {
        #expect(try refusal(RawZip([.init("a"), .init("a")]).bytes) == .twice("a"))
        #expect(try refusal(RawZip([.init("word/A.xml"), .init("Word/a.XML")]).bytes) == .twice("Word/a.XML"))
    }

    @Test(
        "are refused for names that lead elsewhere",
        arguments: ["../a", "a/../b", "/etc/passwd", "a\\b", "a//b", "./a", "a\u{1}", ".."]
    )
    func names(name: String) throws {
        var entry = RawZip.Entry(name)
        // Not called UTF-8, or libzip itself refuses control characters.
        entry.flags = 0
        #expect(try refusal(RawZip([entry]).bytes) == .oddName(name))
    }

    @Test(
        "are refused for links and devices, which programs of Unix pack as such",
        arguments: [0xA1FF, 0x61A4, 0x11A4] as [UInt16]
    )
    func kinds(mode: UInt16) throws {
        var entry = RawZip.Entry("a", Array("/etc/passwd".utf8))
        entry.mode = mode
        #expect(try refusal(RawZip([entry]).bytes) == .noFile("a"))
        entry.mode = 0x81A4
        #expect(try ZipReader(RawZip([entry]).bytes).entries.count == 1)
    }

    @Test("are refused when an entry is encrypted, or packed in an unusual way")
    func unreadable() throws {
        var (secret, odd) = (RawZip.Entry("a", [1]), RawZip.Entry("a", [1]))
        secret.flags |= 1
        odd.method = 14
        #expect(try refusal(RawZip([secret]).bytes) == .encrypted("a"))
        #expect(try refusal(RawZip([odd]).bytes) == .oddCompression("a"))
    }

    @Test("are refused when an entry has other bytes than its directory says")
    func damaged() throws {
        var (wrong, short) = (RawZip.Entry("a", [1, 2, 3]), RawZip.Entry("a", [1, 2, 3]))
        wrong.checksum = 7
        short.announcedSize = 2
        for entry in [wrong, short] {
            #expect(throws: OfficeFileError.damaged("a")) {
                try ZipReader(RawZip([entry]).bytes, limits: limits).bytes(of: "a")
            }
        }
    }

    @Test("are refused with what they are instead: cut off, with a password, of the old kind, something else")
    func other() throws {
        let whole = RawZip([.init("a", [1, 2, 3])]).bytes
        for count in [3, 30, whole.count - 23, whole.count - 1] {
            #expect(try refusal(Array(whole[..<count])) == .isCut)
        }
        let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
        #expect(try refusal(old) == .isOldFormat)
        #expect(try refusal(old + "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] } + [0, 0]) == .hasPassword)
        #expect(try refusal(Array("Dear Sir".utf8)) == .noZip)
        #expect(try refusal([]) == .isEmpty)
    }

    @Test("are refused with the file's own reason when there is none")
    func noFile() throws {
        let error = try #require(throws: OfficeFileError.self) { _ = try ZipReader(file: "/nowhere/firm.docx") }
        #expect(error.reason.zh == "没有这个文件")
    }
}
