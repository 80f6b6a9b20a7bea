/// Whether bytes are JSON as ``JSONReader`` takes it, without making anything of them: the same strictness (no trailing
/// commas, no key twice, valid UTF-8, bounded depth) at a fraction of the time.
///
/// It says only yes or no. Whoever gets a no asks the reader, which says why and where; and should the two ever differ,
/// the reader is right.
struct JSONCheck {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let maximumDepth: Int
    private var position = 0
    private var jumps = JSONJumps()

    /// The long lists and objects, for a cursor to jump over them; `nil` where the bytes are not one value, blanks around it
    /// allowed.
    static func jumps(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) -> JSONJumps? {
        var check = JSONCheck(bytes: bytes, maximumDepth: maximumDepth)
        check.skipBlanks()
        guard check.value(depth: 0) else { return nil }
        check.skipBlanks()
        guard check.position == bytes.count, isUTF8(bytes) else { return nil }
        return check.jumps
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        (self.bytes, self.maximumDepth) = (bytes, maximumDepth)
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position &+= 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) -> Bool {
        guard position < bytes.count else { return false }
        switch bytes[position] {
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "{"), UInt8(ascii: "["): return container(depth: depth &+ 1)
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    private mutating func container(depth: Int) -> Bool {
        guard depth <= maximumDepth else { return false }
        let start = position
        guard bytes[position] == UInt8(ascii: "{") ? record(depth: depth) : list(depth: depth) else { return false }
        if JSONJumps.depths.contains(depth), position &- start >= JSONJumps.shortest { jumps.add(start, position) }
        return true
    }

    private mutating func list(depth: Int) -> Bool {
        position &+= 1
        skipBlanks()
        if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
            position &+= 1
            return true
        }
        while true {
            guard value(depth: depth) else { return false }
            skipBlanks()
            guard position < bytes.count else { return false }
            let byte = bytes[position]
            position &+= 1
            if byte == UInt8(ascii: "]") { return true }
            guard byte == UInt8(ascii: ",") else { return false }
            skipBlanks()
        }
    }

    private mutating func record(depth: Int) -> Bool {
        position &+= 1
        skipBlanks()
        if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
            position &+= 1
            return true
        }
        var keys = JSONKeys()
        while true {
            let start = position &+ 1
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\""), string() else { return false }
            guard keys.insert(UnsafeBufferPointer(rebasing: bytes[start..<position &- 1])) else { return false }
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { return false }
            position &+= 1
            skipBlanks()
            guard value(depth: depth) else { return false }
            skipBlanks()
            guard position < bytes.count else { return false }
            let byte = bytes[position]
            position &+= 1
            if byte == UInt8(ascii: "}") { return true }
            guard byte == UInt8(ascii: ",") else { return false }
            skipBlanks()
        }
    }

    private mutating func string() -> Bool {
        position &+= 1
        let raw = UnsafeRawBufferPointer(bytes)
        while true {
            while position &+ 8 <= raw.count,
                !EightBytes(raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)).needsCare
            {
                position &+= 8
            }
            guard position < bytes.count else { return false }
            let byte = bytes[position]
            position &+= 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape() else { return false }
            case 0..<0x20: return false
            default: break
            }
        }
    }

    private mutating func escape() -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        position &+= 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            guard let first = fourHexDigits() else { return false }
            guard (0xD800..<0xE000).contains(first) else { return true }
            guard first < 0xDC00, position &+ 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position &+ 1] == UInt8(ascii: "u")
            else { return false }
            position &+= 2
            guard let second = fourHexDigits() else { return false }
            return (0xDC00..<0xE000).contains(second)
        default: return false
        }
    }

    private mutating func fourHexDigits() -> UInt32? {
        guard position &+ 4 <= bytes.count else { return nil }
        var number: UInt32 = 0
        for _ in 0..<4 {
            let byte = bytes[position]
            position &+= 1
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt32(byte &- UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt32(byte &- UInt8(ascii: "a") &+ 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): number = number << 4 | UInt32(byte &- UInt8(ascii: "A") &+ 10)
            default: return nil
            }
        }
        return number
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position &+ count <= bytes.count else { return false }
        for offset in 0..<count where bytes[position &+ offset] != word.utf8Start[offset] { return false }
        position &+= count
        return true
    }

    private mutating func number() -> Bool {
        if bytes[position] == UInt8(ascii: "-") { position &+= 1 }
        let start = position
        guard digits() else { return false }
        if position &- start > 1, bytes[start] == UInt8(ascii: "0") { return false }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position &+= 1
            guard digits() else { return false }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position &+= 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position &+= 1
            }
            guard digits() else { return false }
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
        return position > start
    }

    /// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
    static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var position = 0
        while position < raw.count {
            while position &+ 8 <= raw.count,
                raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                position &+= 8
            }
            guard position < raw.count else { return true }
            let lead = raw[position]
            if lead < 0x80 {
                position &+= 1
                continue
            }
            let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            guard lead >= 0xC2, lead <= 0xF4, position &+ length <= raw.count else { return false }
            let second = raw[position &+ 1]
            switch lead {
            case 0xE0: guard second >= 0xA0 else { return false }
            case 0xED: guard second < 0xA0 else { return false }
            case 0xF0: guard second >= 0x90 else { return false }
            case 0xF4: guard second < 0x90 else { return false }
            default: break
            }
            for offset in 1..<length where raw[position &+ offset] & 0xC0 != 0x80 { return false }
            position &+= length
        }
        return true
    }
}

/// Lists and objects that one may jump over, for they have been looked through: from the bracket to behind the end. The
/// first few that are worth it; others are walked through again.
struct JSONJumps: Sendable {
    /// Members of the whole and their members.
    static let depths = 2...3
    static let shortest = 64
    private static let room = 4

    private var count = 0
    private var starts: InlineArray<4, Int> = InlineArray(repeating: -1)
    private var ends: InlineArray<4, Int> = InlineArray(repeating: -1)

    mutating func add(_ start: Int, _ end: Int) {
        guard count < Self.room else { return }
        (starts[count], ends[count]) = (start, end)
        count &+= 1
    }

    /// Behind the list or object that begins at `start`; `nil` when it is none of these.
    func end(of start: Int) -> Int? {
        for index in 0..<count where starts[index] == start { return ends[index] }
        return nil
    }
}

/// The keys of one object, to notice one that comes twice. Most objects have few, which are compared one with another.
private struct JSONKeys {
    private typealias Key = UnsafeBufferPointer<UInt8>
    private var count = 0
    private var few: InlineArray<8, Key> = InlineArray(repeating: Key(start: nil, count: 0))
    /// From the ninth key on, or the first with an escape or a character beyond ASCII: equal texts may then be written in
    /// several ways.
    private var many: Set<String>?

    /// `false` when the key is there already.
    mutating func insert(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        if many == nil, count < 8, isPlain(key) {
            for index in 0..<count where few[index].count == key.count {
                if isSame(few[index], key) { return false }
            }
            few[count] = key
            count += 1
            return true
        }
        var texts = many ?? Set((0..<count).map { text(few[$0]) })
        many = nil
        defer { many = texts }
        return texts.insert(text(key)).inserted
    }

    private func isPlain(_ key: Key) -> Bool { EightBytes.areASCII(key) && !key.contains(UInt8(ascii: "\\")) }

    private func isSame(_ one: Key, _ other: Key) -> Bool {
        for index in 0..<one.count where one[index] != other[index] { return false }
        return true
    }

    /// The key as the reader would have it.
    private func text(_ key: Key) -> String {
        let quoted = [UInt8(ascii: "\"")] + Array(key) + [UInt8(ascii: "\"")]
        return (try? JSONReader.read(quoted))?.text ?? String(decoding: key, as: UTF8.self)
    }
}
