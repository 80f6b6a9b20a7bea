internal import Glibc

/// Bytes of plain XML: what a scanner of tags needs to look at them quickly.
struct XMLBytes {
    let bytes: UnsafePointer<UInt8>
    let end: Int

    /// A tag, by positions in ``bytes``.
    struct Tag {
        var name: Range<Int>
        /// From behind the name to before `>` or `/>`.
        var attributes: Range<Int>
        var isClosing = false
        /// `<v/>`: opened and closed.
        var isEmpty = false
        /// Behind `>`.
        var next: Int
    }

    enum Found {
        case tag(Tag)
        /// The bytes end before it does.
        case more
        /// Something that only a whole reader of XML understands.
        case unknown
    }

    subscript(position: Int) -> UInt8 { bytes[position] }

    /// Where `byte` stands next, from `position` on.
    func next(_ byte: UInt8, from position: Int) -> Int? { next(byte, in: position..<max(position, end)) }

    /// Where `byte` stands first in `range`.
    func next(_ byte: UInt8, in range: Range<Int>) -> Int? {
        guard !range.isEmpty, let found = memchr(bytes + range.lowerBound, Int32(byte), range.count) else { return nil }
        return found.assumingMemoryBound(to: UInt8.self) - UnsafeMutablePointer(mutating: bytes)
    }

    func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount && memcmp(bytes + range.lowerBound, text.utf8Start, range.count) == 0
    }

    func starts(_ position: Int, _ text: StaticString) -> Bool {
        end - position >= text.utf8CodeUnitCount
            && memcmp(bytes + position, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// The tag that begins at `position`, where a `<` stands.
    func tag(at position: Int) -> Found {
        var place = position + 1
        guard place < end else { return .more }
        let isClosing = bytes[place] == UInt8(ascii: "/")
        if isClosing { place += 1 }
        let nameStart = place
        while place < end, !isNameEnd(bytes[place]) {
            // Prefixes, comments, CDATA, document types, processing instructions.
            if bytes[place] == UInt8(ascii: "!") || bytes[place] == UInt8(ascii: "?") { return .unknown }
            place += 1
        }
        guard place < end else { return .more }
        guard place > nameStart else { return .unknown }
        let nameEnd = place
        while place < end {
            switch bytes[place] {
            case UInt8(ascii: ">"):
                let isEmpty = bytes[place - 1] == UInt8(ascii: "/") && place - 1 >= nameEnd
                return .tag(
                    Tag(
                        name: nameStart..<nameEnd,
                        attributes: nameEnd..<(isEmpty ? place - 1 : place),
                        isClosing: isClosing,
                        isEmpty: isEmpty,
                        next: place + 1
                    )
                )
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let quote = next(bytes[place], from: place + 1) else { return .more }
                place = quote + 1
            case UInt8(ascii: "<"): return .unknown
            default: place += 1
            }
        }
        return .more
    }

    private func isNameEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte <= 0x20
    }

    /// Hands over the attributes of a tag: their names and what stands between the quotes.
    ///
    /// - Returns: whether they were written as they nearly always are.
    func attributes(_ tag: Tag, _ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void) -> Bool {
        var place = tag.attributes.lowerBound
        let last = tag.attributes.upperBound
        while true {
            while place < last, bytes[place] <= 0x20 { place += 1 }
            if place >= last { return true }
            let start = place
            while place < last, bytes[place] != UInt8(ascii: "="), bytes[place] > 0x20 { place += 1 }
            let name = start..<place
            guard place + 1 < last, bytes[place] == UInt8(ascii: "=") else { return false }
            let quote = bytes[place + 1]
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
                let close = next(quote, in: min(place + 2, last)..<last)
            else { return false }
            body(name, place + 2..<close)
            place = close + 1
        }
    }

    /// The value of an attribute as text; `nil` where there is none.
    func attribute(_ wanted: StaticString, of tag: Tag) -> String? {
        var found: Range<Int>?
        _ = attributes(tag) { name, value in if equals(name, wanted) { found = value } }
        guard let found else { return nil }
        var text: [UInt8] = []
        return append(found, to: &text) ? String(decoding: text, as: UTF8.self) : nil
    }

    /// A number of few digits; `nil` for anything else.
    func number(_ range: Range<Int>) -> Int? {
        guard !range.isEmpty, range.count <= 9 else { return nil }
        var number = 0
        for position in range {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    /// Appends a text with its entities resolved.
    ///
    /// - Returns: `false` for an entity that XML itself does not have.
    func append(_ range: Range<Int>, to text: inout [UInt8]) -> Bool {
        var start = range.lowerBound
        while let mark = next(UInt8(ascii: "&"), in: start..<range.upperBound) {
            text.append(contentsOf: UnsafeBufferPointer(start: bytes + start, count: mark - start))
            guard let close = next(UInt8(ascii: ";"), in: mark..<range.upperBound),
                appendEntity(mark + 1..<close, to: &text)
            else { return false }
            start = close + 1
        }
        text.append(contentsOf: UnsafeBufferPointer(start: bytes + start, count: range.upperBound - start))
        return true
    }

    private func appendEntity(_ name: Range<Int>, to text: inout [UInt8]) -> Bool {
        if equals(name, "amp") {
            text.append(UInt8(ascii: "&"))
        } else if equals(name, "lt") {
            text.append(UInt8(ascii: "<"))
        } else if equals(name, "gt") {
            text.append(UInt8(ascii: ">"))
        } else if equals(name, "quot") {
            text.append(UInt8(ascii: "\""))
        } else if equals(name, "apos") {
            text.append(UInt8(ascii: "'"))
        } else if let first = name.first, bytes[first] == UInt8(ascii: "#"), name.count <= 9 {
            let digits = String(
                decoding: UnsafeBufferPointer(start: bytes + first + 1, count: name.count - 1),
                as: UTF8.self
            )
            let code = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let code, code > 0, let scalar = Unicode.Scalar(code) else { return false }
            text.append(contentsOf: String(scalar).utf8)
        } else {
            return false
        }
        return true
    }
}
