internal import ExactNumbers
internal import Groundwork

/// Writes values as JSON. Decimals become text, as the protocol has it: `"14017700.00"`.
///
///     JSONWriter.line(message)                 // compact, one line, members in their own order
///     JSONWriter.document(review)              // indented, keys sorted: the form of review.json
public struct JSONWriter {
    private var bytes: [UInt8] = []
    private let pretty: Bool
    /// Whether what a terminal would act on is written as `\u202e`: in all that people look at, not on the wire.
    private let isInert: Bool
    /// Where a long document goes piece by piece; nowhere, if it is wanted whole.
    private var sink: ((inout [UInt8]) throws -> Void)?
    private var failure: (any Error)?

    private init(pretty: Bool, isInert: Bool = false) {
        self.pretty = pretty
        self.isInert = pretty || isInert
    }

    /// Compact, to be put together piece by piece.
    package static var compact: JSONWriter { JSONWriter(pretty: false) }

    /// How much has been written.
    package var byteCount: Int { bytes.count }

    /// What has been written, which must be one whole value.
    package consuming func text() -> JSONText { JSONText(checked: bytes) }

    /// Takes back what was written after so many bytes.
    package mutating func take(backTo count: Int) { bytes.removeLast(bytes.count - count) }

    /// Compact, without a line end.
    public static func line(_ value: Value) -> [UInt8] {
        line { $0.write(value) }
    }

    /// What `body` writes, compact; it must write one whole value.
    package static func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(pretty: false)
        writer.bytes.reserveCapacity(256)
        body(&writer)
        return writer.bytes
    }

    /// Compact, for a file that people look at: what a terminal would act on is escaped, as it is in documents.
    package static func inertLine(_ value: Value) -> [UInt8] {
        var writer = JSONWriter(pretty: false, isInert: true)
        writer.write(value)
        return writer.bytes
    }

    /// Indented by two blanks, keys in code point order, ending in a line feed.
    public static func document(_ value: Value) -> [UInt8] {
        var writer = JSONWriter(pretty: true)
        writer.write(value, indent: 0)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }

    public static func document(_ value: LongValue) -> [UInt8] {
        var writer = JSONWriter(pretty: true)
        writer.write(value, indent: 0)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }

    /// The same, handed on in pieces of about ``pieceBytes``; `sink` empties the piece that it is given.
    ///
    /// - Throws: what `sink` throws; it is not called again then.
    public static func document(_ value: LongValue, sink: (inout [UInt8]) throws -> Void) throws {
        try withoutActuallyEscaping(sink) { sink in
            var writer = JSONWriter(pretty: true)
            writer.bytes.reserveCapacity(2 * pieceBytes)
            writer.sink = sink
            writer.write(value, indent: 0)
            writer.bytes.append(UInt8(ascii: "\n"))
            writer.handOn(from: 1)
            if let failure = writer.failure { throw failure }
        }
    }

    private static let pieceBytes = 1 << 18

    /// Hands the bytes on if there are so many.
    private mutating func handOn(from count: Int) {
        guard bytes.count >= count, let sink else { return }
        if failure == nil { do { try sink(&bytes) } catch { failure = error } }
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func write(_ value: LongValue, indent: Int) {
        switch value {
        case .value(let value): write(value, indent: indent)
        case .list(let list):
            writeList(list.count, indent: indent) { writer, index in
                writer.write(list[index], indent: indent + 1)
            }
        case .mapping(let mapping):
            let order = pretty ? mapping.sortedByKey : Array(mapping.indices)
            writeRecord(order, indent: indent, key: mapping.key) { writer, index in
                writer.write(mapping.value(index), indent: indent + 1)
            }
        case .record(let members):
            writeRecord(order(of: members.map(\.key)), indent: indent, key: { members[$0].key }) { writer, index in
                writer.write(members[index].value, indent: indent + 1)
            }
        }
    }

    /// A value; between values the caller writes what belongs there.
    package mutating func write(_ value: Value) { write(value, indent: 0) }

    /// A value that is JSON already.
    package mutating func write(_ text: JSONText) { bytes += text.bytes[text.range] }

    /// Punctuation, and keys with their quotes and colons.
    package mutating func write(raw word: StaticString) {
        bytes += UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    }

    /// Room for so many bytes more.
    package mutating func reserve(_ count: Int) { bytes.reserveRoom(for: count) }

    private mutating func write(_ value: Value, indent: Int) {
        switch value {
        case .null: write(raw: "null")
        case .boolean(let flag): write(raw: flag ? "true" : "false")
        case .integer(let number): write(number)
        case .decimal(let number):
            bytes.append(UInt8(ascii: "\""))
            bytes += number.description.utf8
            bytes.append(UInt8(ascii: "\""))
        case .text(let text): write(text: text)
        case .list(let items): write(items, indent: indent)
        case .record(let record): write(record, indent: indent)
        }
    }

    package mutating func write(_ number: Int) {
        // The digits of most numbers fit a small string, which needs no memory of its own.
        var digits = String(number)
        digits.withUTF8 { bytes += $0 }
    }

    private mutating func write(_ items: [Value], indent: Int) {
        writeList(items.count, indent: indent) { writer, index in writer.write(items[index], indent: indent + 1) }
    }

    private mutating func write(_ record: Record, indent: Int) {
        let members = record.members
        guard pretty else { return write(members) }
        writeRecord(order(of: record.keys), indent: indent, key: { members[$0].key }) { writer, index in
            writer.write(members[index].value, indent: indent + 1)
        }
    }

    /// A record of a message, in its own order: most of what a host writes.
    private mutating func write(_ members: [Record.Member]) {
        bytes.append(UInt8(ascii: "{"))
        for index in members.indices {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(text: members[index].key)
            bytes.append(UInt8(ascii: ":"))
            write(members[index].value, indent: 0)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// The order in which members are written.
    private func order(of keys: [String]) -> [Int] {
        guard pretty else { return Array(keys.indices) }
        return keys.indices.sorted { keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) }
    }

    @inline(__always)
    private mutating func writeList(_ count: Int, indent: Int, _ element: (inout JSONWriter, Int) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for index in 0..<count {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            newLine(indent + 1)
            element(&self, index)
            handOn(from: Self.pieceBytes)
        }
        if count > 0 { newLine(indent) }
        bytes.append(UInt8(ascii: "]"))
    }

    @inline(__always)
    private mutating func writeRecord(
        _ order: [Int],
        indent: Int,
        key: (Int) -> String,
        _ value: (inout JSONWriter, Int) -> Void
    ) {
        bytes.append(UInt8(ascii: "{"))
        for (position, index) in order.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            newLine(indent + 1)
            write(text: key(index))
            bytes.append(UInt8(ascii: ":"))
            if pretty { bytes.append(UInt8(ascii: " ")) }
            value(&self, index)
            handOn(from: Self.pieceBytes)
        }
        if !order.isEmpty { newLine(indent) }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func newLine(_ indent: Int) {
        guard pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: 2 * indent)
    }

    /// A decimal, as text.
    package mutating func write(decimal significand: Int64, places: Int) {
        var digits: InlineArray<20, UInt8> = InlineArray(repeating: UInt8(ascii: "0"))
        var (rest, start) = (significand.magnitude, 20)
        while rest > 0 || 20 - start <= places {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            if start == 0 { break }
        }
        // More places than digits that fit: rare enough for the slow way.
        guard places < 18 else {
            return write(.decimal(ExactDecimal(significand: Int128(significand), places: places)))
        }
        bytes.append(UInt8(ascii: "\""))
        if significand < 0 { bytes.append(UInt8(ascii: "-")) }
        for index in start..<20 {
            if index == 20 - places { bytes.append(UInt8(ascii: ".")) }
            bytes.append(digits[index])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func write(text: String) {
        var text = text
        text.withUTF8 { utf8 in
            bytes.reserveRoom(for: utf8.count + 2)
            write(utf8: utf8)
        }
    }

    /// A text from its UTF-8.
    package mutating func write(utf8: UnsafeBufferPointer<UInt8>) {
        let begin = bytes.count
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        while start < utf8.count {
            let end = Self.plainText(in: utf8, from: start)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<end]))
            if end < utf8.count { write(escaping: utf8[end]) }
            start = end + 1
        }
        if isInert { escapeActing(from: begin) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Where the text first needs an escape, or its end. Looks at eight bytes at a time.
    private static func plainText(in utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(utf8)
        var position = start
        while position &+ 8 <= raw.count,
            !EightBytes(raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)).needsCare
        {
            position &+= 8
        }
        while position < raw.count, !(raw[position] < 0x20 || raw[position] == 0x22 || raw[position] == 0x5C) {
            position &+= 1
        }
        return position
    }

    /// Escapes what would be acted on, or not be seen, in the text written since `begin`; its controls below U+0020 are escaped
    /// already.
    private mutating func escapeActing(from begin: Int) {
        let written: [UInt8]? = bytes.withUnsafeBufferPointer { all in
            let text = UnsafeBufferPointer(rebasing: all[begin...])
            guard text.firstActedOn != nil else { return nil }
            var (escaped, position) = ([UInt8](), 0)
            while position < text.count {
                if let (scalar, count) = text.actedOn(at: position) {
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        escaped += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
                    }
                    position += count
                } else {
                    escaped.append(text[position])
                    position += 1
                }
            }
            return escaped
        }
        if let written { bytes.replaceSubrange(begin..., with: written) }
    }

    private mutating func write(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): write(raw: "\\\"")
        case UInt8(ascii: "\\"): write(raw: "\\\\")
        case UInt8(ascii: "\n"): write(raw: "\\n")
        case UInt8(ascii: "\r"): write(raw: "\\r")
        case UInt8(ascii: "\t"): write(raw: "\\t")
        case 0..<0x20:
            write(raw: "\\u00")
            bytes += (byte < 16 ? "0" : "").utf8
            bytes += String(byte, radix: 16).utf8
        default: bytes.append(byte)
        }
    }
}

extension [UInt8] {
    /// Room for `count` more, growing as an array does by itself: to reserve just what is needed each time would copy
    /// everything each time.
    fileprivate mutating func reserveRoom(for count: Int) {
        let needed = self.count + count
        if needed > capacity { reserveCapacity(Swift.max(needed, 2 * capacity)) }
    }
}
