import Testing

@testable import OfficeFiles

@Suite("Long parts, unpacked on a thread of their own")
struct ReadAheadTests {
    /// Says 0, 1, 2, … as bytes, in pieces of odd lengths, and then ends, or fails.
    private static func source(_ length: Int, failing failure: OfficeFileError? = nil) -> ByteFeed.Source {
        var said = 0
        return { (buffer) throws(OfficeFileError) in
            if said == length, let failure { throw failure }
            let count = min(buffer.count, length - said, 70_001)
            for index in 0..<count { buffer[index] = UInt8(truncatingIfNeeded: said + index) }
            said += count
            return count
        }
    }

    /// What is read with a buffer of some size, and the error at the end.
    private func read(_ ahead: ReadAhead, by size: Int, atMost most: Int = .max) -> ([UInt8], OfficeFileError?) {
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: size))
        while bytes.count < most {
            do {
                let count = try buffer.withUnsafeMutableBytes { buffer -> Result<Int, OfficeFileError> in
                    do throws(OfficeFileError) { return .success(try ahead.read(into: buffer)) } catch {
                        return .failure(error)
                    }
                }.get()
                if count == 0 { return (bytes, nil) }
                bytes += buffer[..<count]
            } catch { return (bytes, error) }
        }
        return (bytes, nil)
    }

    @Test(
        "every byte comes once and in its place, whatever the sizes of pieces and buffers",
        arguments: [0, 1, 1 << 18, 3_000_017]
    )
    func bytes(length: Int) {
        for size in [1 << 18, 100_003] {
            let (bytes, failure) = read(ReadAhead(Self.source(length)), by: size)
            #expect(bytes.count == length && failure == nil)
            #expect(bytes.indices.allSatisfy { bytes[$0] == UInt8(truncatingIfNeeded: $0) })
        }
    }

    @Test("what goes wrong is told behind what came before it")
    func failure() {
        let (bytes, failure) = read(ReadAhead(Self.source(1_000_000, failing: .missing("x"))), by: 1 << 16)
        #expect(bytes.count == 1_000_000 && failure != nil)
    }

    @Test("who stops reading stops the thread, too")
    func abandoned() {
        for most in [1, 600_000] {
            let (bytes, _) = read(ReadAhead(Self.source(100_000_000)), by: 1 << 16, atMost: most)
            #expect(bytes.count >= most)
        }
    }

    @Test("two long parts of one file are read side by side")
    func sideBySide() throws {
        let parts = (0..<2).map { part in
            (0..<ReadAhead.shortest + 5).map { UInt8(truncatingIfNeeded: $0 / 251 + part) }
        }
        var zip = ZipWriter()
        for (number, bytes) in parts.enumerated() { zip.add("part\(number)", bytes) }
        let reader = try ZipReader(zip.bytes(), limits: .workbook)
        let feeds = try reader.entries.map { ByteFeed(try reader.stream(of: $0)) }
        var read: [[UInt8]] = [[], []]
        var open = 2
        while open > 0 {
            open = 0
            for (number, feed) in feeds.enumerated() where try feed.more() {
                open += 1
                read[number] += UnsafeBufferPointer(start: feed.bytes + feed.position, count: feed.end - feed.position)
                feed.position = feed.end
            }
        }
        #expect(read == parts)
    }
}
