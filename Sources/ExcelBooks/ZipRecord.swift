/// An entry of the directory of a zip file that the library wrote: one file without comment, archives in pieces or more than 4 GB.
struct ZipRecord {
    private var record: [UInt8]

    var name: String { String(decoding: record[46..<(46 + Int(number(28, 2)))], as: UTF8.self) }
    /// Bytes before packing.
    var length: Int { number(24, 4) }
    private var packedLength: Int { number(20, 4) }
    /// Where its own header stands in the file.
    private var offset: Int { number(42, 4) }

    /// The entries in the order of the directory.
    static func all(in bytes: [UInt8]) throws(ExcelError) -> [ZipRecord] {
        // 22 bytes at the end say where the directory is.
        guard bytes.count >= 22, case let end = bytes.count - 22, number(bytes, end, 4) == 0x0605_4B50 else {
            throw .library("workbook_close", "no zip file")
        }
        var (entries, position) = ([ZipRecord](), number(bytes, end + 16, 4))
        for _ in 0..<number(bytes, end + 10, 2) {
            guard position + 46 <= end, number(bytes, position, 4) == 0x0201_4B50 else {
                throw .library("workbook_close", "a damaged zip file")
            }
            let length = 46 + [28, 30, 32].reduce(0) { $0 + number(bytes, position + $1, 2) }
            entries.append(ZipRecord(record: Array(bytes[position..<min(position + length, end)])))
            position += length
        }
        return entries
    }

    mutating func set(checksum: UInt, packed: Int, length: Int) {
        set(16, 4, Int(checksum))
        set(20, 4, packed)
        set(24, 4, length)
    }

    /// The entry's own header, with what the directory says of it.
    func header(in bytes: [UInt8]) -> [UInt8] {
        let (begin, end) = (offset, start(in: bytes))
        var header = Array(bytes[begin..<end])
        // Checksum and lengths.
        header.replaceSubrange(14..<26, with: record[16..<28])
        return header
    }

    /// What is packed in it.
    func packed(in bytes: [UInt8]) -> ArraySlice<UInt8> {
        let begin = start(in: bytes)
        return bytes[begin..<(begin + packedLength)]
    }

    /// Header and content.
    func whole(in bytes: [UInt8]) -> [UInt8] { Array(bytes[offset..<(start(in: bytes) + packedLength)]) }

    func directoryRecord(at offset: Int) -> [UInt8] {
        var copy = self
        copy.set(42, 4, offset)
        return copy.record
    }

    /// What stands at the end of a zip file.
    static func end(of count: Int, directory: Int, at offset: Int) -> [UInt8] {
        var end = ZipRecord(record: [UInt8](repeating: 0, count: 22))
        end.set(0, 4, 0x0605_4B50)
        end.set(8, 2, count)
        end.set(10, 2, count)
        end.set(12, 4, directory)
        end.set(16, 4, offset)
        return end.record
    }

    private func start(in bytes: [UInt8]) -> Int {
        offset + 30 + Self.number(bytes, offset + 26, 2) + Self.number(bytes, offset + 28, 2)
    }

    private func number(_ position: Int, _ width: Int) -> Int { Self.number(record, position, width) }

    private static func number(_ bytes: [UInt8], _ position: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
    }

    private mutating func set(_ position: Int, _ width: Int, _ number: Int) {
        for byte in 0..<width { record[position + byte] = UInt8(truncatingIfNeeded: number >> (8 * byte)) }
    }
}
