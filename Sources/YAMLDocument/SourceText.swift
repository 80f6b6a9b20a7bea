/// The bytes of a file with an index of its lines, made when something must be shown or looked up in them.
///
/// Lines end at LF, CR LF or CR, as in libyaml and in editors. A byte order mark at the start is left out.
struct SourceText {
    private let bytes: [UInt8]
    private let lineStarts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [bytes.hasByteOrderMark ? 3 : 0]
        for (index, byte) in bytes.enumerated() {
            let endsLine = byte == .lineFeed || byte == .carriageReturn && !bytes.has(.lineFeed, at: index + 1)
            if endsLine { starts.append(index + 1) }
        }
        lineStarts = starts
    }

    /// The offset of the first byte that is text: 3 after a byte order mark, else 0.
    var firstByte: Int { lineStarts[0] }

    /// The number of lines; the empty one after a last line break counts.
    var lineCount: Int { lineStarts.count }

    /// A line from 1 without its break, invalid UTF-8 replaced; empty beyond the file.
    func line(_ number: Int) -> [Unicode.Scalar] {
        guard number >= 1, number <= lineStarts.count else { return [] }
        var end = number < lineStarts.count ? lineStarts[number] : bytes.count
        let start = lineStarts[number - 1]
        while end > start, bytes[end - 1] == .lineFeed || bytes[end - 1] == .carriageReturn { end -= 1 }
        return Array(String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars)
    }

    /// The line and column, from 1, of the scalar that holds the byte at `offset` of the file.
    func position(ofByte offset: Int) -> (line: Int, column: Int) {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let start = min(lineStarts[low], bytes.count)
        let before = bytes[start..<min(max(offset, start), bytes.count)]
        return (low + 1, 1 + before.count { $0 & 0xC0 != 0x80 })
    }
}

extension UInt8 {
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
}

extension [UInt8] {
    var hasByteOrderMark: Bool { starts(with: [0xEF, 0xBB, 0xBF]) }

    fileprivate func has(_ byte: UInt8, at index: Int) -> Bool { index < count && self[index] == byte }
}
