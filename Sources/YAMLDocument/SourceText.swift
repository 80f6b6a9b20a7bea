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
        Array(String(decoding: bytes(ofLine: number), as: UTF8.self).unicodeScalars)
    }

    /// A stretch of a line that may be as long as the file.
    ///
    /// - Parameters:
    ///   - columns: the columns wanted, from 1.
    /// - Returns: what the line has of them, and whether it goes on after them.
    func line(_ number: Int, columns: Range<Int>) -> (scalars: [Unicode.Scalar], goesOn: Bool) {
        let line = bytes(ofLine: number)
        var column = 0
        var start = line.endIndex
        var end = line.endIndex
        for index in line.indices where line[index] & 0xC0 != 0x80 {
            column += 1
            if column == columns.lowerBound { start = index }
            if column == columns.upperBound {
                end = index
                break
            }
        }
        let text = String(decoding: line[min(start, end)..<end], as: UTF8.self)
        return (Array(text.unicodeScalars), end < line.endIndex)
    }

    private func bytes(ofLine number: Int) -> ArraySlice<UInt8> {
        guard number >= 1, number <= lineStarts.count else { return [] }
        var end = number < lineStarts.count ? lineStarts[number] : bytes.count
        let start = lineStarts[number - 1]
        while end > start, bytes[end - 1] == .lineFeed || bytes[end - 1] == .carriageReturn { end -= 1 }
        return bytes[start..<end]
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

extension Unicode.Scalar {
    /// Whether the scalar is one of `0` to `9`.
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
