/// A zip file written byte by byte, so that it can say what no decent program writes. Nothing in it is compressed.
struct RawZip {
    struct Entry {
        var name: [UInt8]
        var bytes: [UInt8]
        var flags: UInt16 = 0x0800
        var method: UInt16 = 0
        /// What the directory says; the truth when it is `nil`.
        var announcedSize: UInt32?
        var packedSize: UInt32?
        var checksum: UInt32?
        /// What a program of Unix says of its kind and permissions.
        var mode: UInt16 = 0

        init(_ name: String, _ bytes: [UInt8] = []) { (self.name, self.bytes) = (Array(name.utf8), bytes) }
    }

    var entries: [Entry]
    /// How many entries the end of the file speaks of.
    var announcedCount: UInt16?

    init(_ entries: [Entry]) { self.entries = entries }

    var bytes: [UInt8] {
        var (file, directory) = ([UInt8](), [UInt8]())
        for entry in entries {
            let offset = UInt32(file.count)
            file += little(0x0403_4B50 as UInt32) + little(20 as UInt16) + common(entry) + entry.name + entry.bytes
            directory +=
                little(0x0201_4B50 as UInt32) + little(entry.mode == 0 ? 20 : 0x0314 as UInt16) + little(20 as UInt16)
            directory += common(entry) + [UInt8](repeating: 0, count: 6) + little(UInt32(entry.mode) << 16)
            directory += little(offset) + entry.name
        }
        let count = UInt16(entries.count)
        let end =
            little(0x0605_4B50 as UInt32) + [0, 0, 0, 0] + little(announcedCount ?? count)
            + little(announcedCount ?? count) + little(UInt32(directory.count)) + little(UInt32(file.count)) + [0, 0]
        return file + directory + end
    }

    /// What stands in both headers of an entry: flags, method, time, checksum, sizes, lengths of names.
    private func common(_ entry: Entry) -> [UInt8] {
        let size = UInt32(entry.bytes.count)
        return little(entry.flags) + little(entry.method) + little(0 as UInt16) + little(33 as UInt16)
            + little(entry.checksum ?? crc32(entry.bytes)) + little(entry.packedSize ?? size)
            + little(entry.announcedSize ?? size) + little(UInt16(entry.name.count)) + little(0 as UInt16)
    }
}

private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

private func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
}
