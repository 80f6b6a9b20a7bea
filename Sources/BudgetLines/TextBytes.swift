// Texts byte by byte. A report has a thousand lines, and two dozen rules look for words in each: to walk characters, or to
// ask whether two strings are one in another spelling of Unicode, costs ten times as much as what the rules are after.
//
// What other rooms call stands on String and on Substring by itself: a generic function of another room is not specialised,
// and would look up its types at every call.

extension String {
    /// Without blanks at both ends.
    public var trimmed: String { withBytes { $0.isTrimmed ? self : $0.trimmed } }

    /// Without blanks, and with punctuation of one width: what two spellings of one name share.
    public var folded: String { withBytes(\.folded) }

    /// Whether `word` stands in the text, byte by byte: what `contains` says where both are written alike.
    public func hasBytes(of word: String) -> Bool { offset(of: word) != nil }

    /// Whether the text begins with `word`, byte by byte.
    public func beginsWithBytes(of word: String) -> Bool { begins(with: word) }

    /// Whether the text ends with `word`, byte by byte.
    public func endsWithBytes(of word: String) -> Bool {
        withBytes { text in
            word.withBytes { word in
                text.count >= word.count && UnsafeBufferPointer(rebasing: text.suffix(word.count)).isSame(as: word)
            }
        }
    }

    /// Whether both are the same bytes.
    public func isBytes(of other: String) -> Bool { withBytes { text in other.withBytes { text.isSame(as: $0) } } }

    /// Where `word` stands first, byte by byte.
    public func firstBytes(of word: String) -> Range<Index>? { range(of: word) }

    /// The cells of a row, parted by tabs, without blanks at their ends. Those that nothing at all stands in may be kept.
    public func cells(keepsEmpty: Bool) -> [String] {
        withBytes { bytes in
            bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: !keepsEmpty).map {
                UnsafeBufferPointer(rebasing: $0).trimmed
            }
        }
    }
}

extension Substring {
    /// Without blanks at both ends.
    public var trimmed: String { withBytes(\.trimmed) }

    /// As of a whole string.
    public var folded: String { withBytes(\.folded) }

    /// Whether the text begins with `word`, byte by byte.
    public func beginsWithBytes(of word: String) -> Bool { begins(with: word) }

    /// Where `word` stands first, byte by byte.
    public func firstBytes(of word: String) -> Range<Index>? { range(of: word) }
}

extension StringProtocol {
    fileprivate func begins(with word: String) -> Bool {
        withBytes { text in
            word.withBytes { word in
                text.count >= word.count && UnsafeBufferPointer(rebasing: text.prefix(word.count)).isSame(as: word)
            }
        }
    }

    fileprivate func range(of word: String) -> Range<String.Index>? {
        offset(of: word).map { offset in
            let start = utf8.index(startIndex, offsetBy: offset)
            return start..<utf8.index(start, offsetBy: word.utf8.count)
        }
    }

    fileprivate func offset(of word: String) -> Int? {
        withBytes { text in
            word.withBytes { word in
                word.isEmpty ? 0 : text.count < word.count ? nil : text.offset(of: word)
            }
        }
    }

    fileprivate func withBytes<Result>(_ read: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(read) { return result }
        return Array(utf8).withUnsafeBufferPointer(read)
    }
}

// MARK: - Scalars as bytes

/// A scalar by the bytes that it is written in, the first of them foremost: `0xE38080`.
private struct WrittenScalar {
    var bytes: UInt32
    var length: Int

    /// White space of Unicode.
    var isBlank: Bool {
        switch bytes {
        case 0x09...0x0D, 0x20, 0xC285, 0xC2A0, 0xE19A80, 0xE28080...0xE2808A, 0xE280A8, 0xE280A9, 0xE280AF, 0xE2819F,
            0xE38080:
            true
        default: false
        }
    }

    /// Punctuation in full width, and the brackets of a title within a title as those of a title.
    var withWidth: WrittenScalar {
        switch bytes {
        case 0x28: WrittenScalar(bytes: 0xEFBC88, length: 3)
        case 0x29: WrittenScalar(bytes: 0xEFBC89, length: 3)
        case 0x2C: WrittenScalar(bytes: 0xEFBC8C, length: 3)
        case 0x3A: WrittenScalar(bytes: 0xEFBC9A, length: 3)
        case 0x3B: WrittenScalar(bytes: 0xEFBC9B, length: 3)
        case 0xE38088: WrittenScalar(bytes: 0xE3808A, length: 3)
        case 0xE38089: WrittenScalar(bytes: 0xE3808B, length: 3)
        default: self
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// As ``Swift/String/folded`` has it. A sign of one byte becomes one of three.
    fileprivate var folded: String {
        String(unsafeUninitializedCapacity: count * 3) { folded in
            var (position, end) = (0, 0)
            while position < count {
                let scalar = scalar(at: position)
                position += scalar.length
                if scalar.isBlank { continue }
                let written = scalar.withWidth
                var shift = 8 * UInt32(written.length)
                while shift > 0 {
                    shift -= 8
                    folded[end] = UInt8(truncatingIfNeeded: written.bytes >> shift)
                    end += 1
                }
            }
            return end
        }
    }

    fileprivate var isTrimmed: Bool { isEmpty || blank(at: 0) == 0 && blank(before: count) == 0 }

    fileprivate var trimmed: String {
        var (start, end) = (0, count)
        while start < end, case let blank = blank(at: start), blank > 0 { start += blank }
        while start < end, case let blank = blank(before: end), blank > 0 { end -= blank }
        return String(decoding: UnsafeBufferPointer(rebasing: self[start..<end]), as: UTF8.self)
    }

    fileprivate func isSame(as other: Self) -> Bool {
        guard count == other.count else { return false }
        var offset = 0
        while offset < count, self[offset] == other[offset] { offset += 1 }
        return offset == count
    }

    /// Where the bytes of `word`, of which there are some and no more than here, stand first.
    fileprivate func offset(of word: Self) -> Int? {
        let (back, ones) = (word.count - 1, 0x0101_0101_0101_0101 as UInt64)
        // Characters of one script begin alike, so the last byte is looked at together with the first; eight at a time.
        let (first, last) = (ones &* UInt64(word[0]), ones &* UInt64(word[back]))
        let text = UnsafeRawPointer(baseAddress)
        var start = 0
        while let text, start + back + 8 <= count {
            let heads = text.eightBytes(at: start) ^ first
            let tails = text.eightBytes(at: start + back) ^ last
            let differing = heads | tails
            // A byte that is zero leaves its highest bit here; a byte above one may leave it, too, and is looked at in vain.
            var candidates = (differing &- ones) & ~differing & (ones << 7)
            while candidates != 0 {
                let place = start + candidates.trailingZeroBitCount / 8
                if hasBytes(word, at: place) { return place }
                candidates &= candidates &- 1
            }
            start += 8
        }
        while start + back < count {
            if self[start] == word[0], hasBytes(word, at: start) { return start }
            start += 1
        }
        return nil
    }

    private func hasBytes(_ word: Self, at start: Int) -> Bool {
        var offset = 0
        while offset < word.count, self[start + offset] == word[offset] { offset += 1 }
        return offset == word.count
    }

    @inline(__always)
    fileprivate func scalar(at position: Int) -> WrittenScalar {
        let first = self[position]
        if first < 0x80 { return WrittenScalar(bytes: UInt32(first), length: 1) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var (bytes, offset) = (UInt32(first), 1)
        while offset < length, position + offset < count {
            bytes = bytes << 8 | UInt32(self[position + offset])
            offset += 1
        }
        return WrittenScalar(bytes: bytes, length: length)
    }

    /// The length of the blank that stands at `position`; 0 where none does.
    fileprivate func blank(at position: Int) -> Int {
        let scalar = scalar(at: position)
        return scalar.isBlank ? scalar.length : 0
    }

    /// The length of the blank that ends before `position`; 0 where none does.
    fileprivate func blank(before position: Int) -> Int {
        var start = position - 1
        while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
        return blank(at: start)
    }
}

extension UnsafeRawPointer {
    /// The first byte lowest.
    fileprivate func eightBytes(at offset: Int) -> UInt64 {
        UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
