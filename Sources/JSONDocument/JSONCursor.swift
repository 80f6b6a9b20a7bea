internal import ExactNumbers

/// Walks through JSON that has been checked, forwards, value by value.
///
///     cursor.members { key, cursor in
///         switch key {
///         case "seq": sequence = cursor.integer()
///         default: cursor.skip()
///         }
///     }
///
/// Every read passes over exactly one value. One that is of another kind than asked for is passed over too, and `nil`.
package struct JSONCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// From the beginning of the text.
    package private(set) var position = 0
    private let jumps: JSONJumps
    /// Where the text begins in what the jumps count in.
    private let origin: Int

    /// - Parameter bytes: one value, checked; they must outlive the cursor.
    init(_ bytes: UnsafeBufferPointer<UInt8>, jumps: JSONJumps, at origin: Int) {
        (self.bytes, self.jumps, self.origin) = (bytes, jumps, origin)
        skipBlanks()
    }

    /// What kind of value comes next.
    package var kind: ValueKind {
        guard position < bytes.count else { return .null }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .record
        case UInt8(ascii: "["): return .list
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        default: return .number
        }
    }

    /// Calls `body` for each member of an object, with the cursor at its value, which `body` must read or skip.
    ///
    /// - Returns: whether there was an object.
    package mutating func members(_ body: (JSONKey, inout JSONCursor) -> Void) -> Bool {
        guard kind == .record else {
            skip()
            return false
        }
        position &+= 1
        skipBlanks()
        while position < bytes.count, bytes[position] != UInt8(ascii: "}") {
            if bytes[position] == UInt8(ascii: ",") {
                position &+= 1
                skipBlanks()
            }
            let key = JSONKey(content())
            skipBlanks()
            position &+= 1
            skipBlanks()
            body(key, &self)
            skipBlanks()
        }
        position &+= 1
        return true
    }

    /// Calls `body` for each element of an array, with the cursor at it, as long as it returns `true`.
    ///
    /// - Returns: whether there was an array, and `body` wanted all of it.
    package mutating func elements(_ body: (inout JSONCursor) -> Bool) -> Bool {
        guard kind == .list else {
            skip()
            return false
        }
        position &+= 1
        skipBlanks()
        while position < bytes.count, bytes[position] != UInt8(ascii: "]") {
            if bytes[position] == UInt8(ascii: ",") {
                position &+= 1
                skipBlanks()
            }
            guard body(&self) else { return false }
            skipBlanks()
        }
        position &+= 1
        return true
    }

    /// Passes over a value.
    ///
    /// - Returns: where it stands.
    @discardableResult
    package mutating func skip() -> Range<Int> {
        let start = position
        switch kind {
        case .text: _ = content()
        case .record, .list: skipNested()
        default: skipWord()
        }
        return start..<position
    }

    /// The text; a number counts as the text of its digits.
    package mutating func text() -> String? {
        switch kind {
        case .text:
            let content = content()
            return content.isEscaped ? content.unescaped : String(decoding: content.bytes, as: UTF8.self)
        case .number: return String(decoding: bytes[skip()], as: UTF8.self)
        default:
            skip()
            return nil
        }
    }

    /// A whole number, from a number or from text that is one.
    package mutating func integer() -> Int? {
        plainInteger() ?? value().integer
    }

    package mutating func boolean() -> Bool? {
        let isTrue = kind == .boolean && bytes[position] == UInt8(ascii: "t")
        let isBoolean = kind == .boolean
        skip()
        return isBoolean ? isTrue : nil
    }

    /// Any value, as a tree.
    package mutating func value() -> Value {
        if kind == .text { return text().map(Value.text) ?? .null }
        let range = skip()
        return (try? JSONReader.read(UnsafeBufferPointer(rebasing: bytes[range]), maximumDepth: .max)) ?? .null
    }

    /// Hands the UTF-8 of a text without escapes to `body`, where it stands.
    ///
    /// - Returns: whether that was possible; if not, nothing was passed over.
    package mutating func plainText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
        guard kind == .text else { return false }
        let start = position
        let content = content()
        if content.isEscaped {
            position = start
            return false
        }
        body(content.bytes)
        return true
    }

    /// A whole number of at most 15 digits, written as digits.
    ///
    /// - Returns: `nil` for anything else; then nothing was passed over.
    package mutating func plainInteger() -> Int? {
        guard kind == .number else { return nil }
        let start = position
        skipWord()
        guard position &- start <= 15 else {
            position = start
            return nil
        }
        var (number, isNegative) = (0, false)
        for byte in bytes[start..<position] {
            if byte == UInt8(ascii: "-") {
                isNegative = true
            } else if byte &- UInt8(ascii: "0") < 10 {
                number = number &* 10 &+ Int(byte & 0x0F)
            } else {
                position = start
                return nil
            }
        }
        return isNegative ? -number : number
    }

    // MARK: Passing over

    private mutating func skipBlanks() {
        while position < bytes.count, bytes[position] <= 0x20 { position &+= 1 }
    }

    private mutating func skipWord() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0...0x20: return
            default: position &+= 1
            }
        }
    }

    private mutating func skipNested() {
        if let end = jumps.end(of: origin &+ position) { return position = end &- origin }
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                _ = content()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth &+= 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth &-= 1
            default: break
            }
            position &+= 1
            if depth == 0 { return }
        }
    }

    /// The inside of the text at the cursor, which is passed over.
    private mutating func content() -> JSONKey.Content {
        position &+= 1
        let (raw, start) = (UnsafeRawBufferPointer(bytes), position)
        var isEscaped = false
        while position < raw.count {
            while position &+ 8 <= raw.count,
                !EightBytes(raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)).needsCare
            {
                position &+= 8
            }
            guard position < raw.count else { break }
            if raw[position] == UInt8(ascii: "\"") { break }
            if raw[position] == UInt8(ascii: "\\") {
                isEscaped = true
                position &+= 1
            }
            position &+= 1
        }
        defer { position &+= 1 }
        return JSONKey.Content(
            bytes: UnsafeBufferPointer(rebasing: bytes[start..<min(position, raw.count)]),
            isEscaped: isEscaped
        )
    }
}

/// A key as it stands in the text, to be compared without making a string of it.
package struct JSONKey {
    struct Content {
        let bytes: UnsafeBufferPointer<UInt8>
        let isEscaped: Bool

        var unescaped: String {
            let quoted = [UInt8(ascii: "\"")] + Array(bytes) + [UInt8(ascii: "\"")]
            return (try? JSONReader.read(quoted))?.text ?? ""
        }
    }

    private let content: Content

    init(_ content: Content) { self.content = content }

    package var text: String {
        content.isEscaped ? content.unescaped : String(decoding: content.bytes, as: UTF8.self)
    }

    package static func ~= (pattern: StaticString, key: JSONKey) -> Bool {
        if key.content.isEscaped { return pattern.description == key.text }
        let (bytes, count) = (key.content.bytes, pattern.utf8CodeUnitCount)
        guard bytes.count == count else { return false }
        for index in 0..<count where bytes[index] != pattern.utf8Start[index] { return false }
        return true
    }
}
