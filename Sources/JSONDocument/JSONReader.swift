internal import ExactNumbers

/// Reads JSON text (RFC 8259) strictly: no trailing commas, no duplicate keys, valid UTF-8, bounded depth.
///
/// Foundation's reader lets trailing commas and duplicate keys pass and needs ten times as long, hence one of our own
/// (Docs/Decisions/0003). Whole numbers up to 2^53 become `.integer`, other numbers `.decimal` with their digits kept;
/// a number that no exact decimal can hold stays `.text` with its literal, so that nothing is lost.
public struct JSONReader {
    /// Nesting beyond this is refused.
    public static let defaultDepth = 64

    /// What to do with a key that stands twice in one object. RFC 8259 leaves it open; on the wire it is an error, for
    /// the two ends might read different values.
    public enum DuplicateKeys: Sendable {
        case refused
        case lastWins
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private let maximumDepth: Int
    private let duplicateKeys: DuplicateKeys

    /// The one value that `bytes` hold, blanks around it allowed.
    public static func read(
        _ bytes: some Collection<UInt8>,
        maximumDepth: Int = defaultDepth,
        duplicateKeys: DuplicateKeys = .refused
    ) throws(JSONSyntaxError) -> Value {
        func read(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<Value, JSONSyntaxError> {
            var reader = JSONReader(bytes: buffer, maximumDepth: maximumDepth, duplicateKeys: duplicateKeys)
            return reader.whole()
        }
        if let result = bytes.withContiguousStorageIfAvailable(read) { return try result.get() }
        return try Array(bytes).withUnsafeBufferPointer(read).get()
    }

    private mutating func whole() -> Result<Value, JSONSyntaxError> {
        do throws(JSONSyntaxError) {
            let value = try value(depth: 0)
            skipBlanks()
            guard position == bytes.count else { throw error(.trailingText) }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int, duplicateKeys: DuplicateKeys) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        self.duplicateKeys = duplicateKeys
    }

    private func error(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> Value {
        skipBlanks()
        guard let byte = current else { throw error(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"): return .record(try record(depth: depth + 1))
        case UInt8(ascii: "["): return .list(try list(depth: depth + 1))
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error(.unexpectedByte)
        }
    }

    private mutating func record(depth: Int) throws(JSONSyntaxError) -> Record {
        if depth > maximumDepth { throw error(.tooDeep) }
        position += 1
        var record = Record()
        skipBlanks()
        if current == UInt8(ascii: "}") {
            position += 1
            return record
        }
        record.reserveCapacity(4)
        while true {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw error(current == nil ? .unexpectedEnd : .expectedKey) }
            let key = try string()
            skipBlanks()
            guard current == UInt8(ascii: ":") else { throw error(current == nil ? .unexpectedEnd : .expectedColon) }
            position += 1
            let member = try value(depth: depth)
            if !record.appendIfNew(key, member) {
                guard duplicateKeys == .lastWins else { throw error(.duplicateKey(key)) }
                record[key] = member
            }
            if try endOfElement(closing: UInt8(ascii: "}")) { return record }
        }
    }

    private mutating func list(depth: Int) throws(JSONSyntaxError) -> [Value] {
        if depth > maximumDepth { throw error(.tooDeep) }
        position += 1
        var items: [Value] = []
        skipBlanks()
        if current == UInt8(ascii: "]") {
            position += 1
            return items
        }
        while true {
            items.append(try value(depth: depth))
            if try endOfElement(closing: UInt8(ascii: "]")) { return items }
        }
    }

    /// Passes the comma (`false`) or the closing bracket (`true`) after an element.
    private mutating func endOfElement(closing: UInt8) throws(JSONSyntaxError) -> Bool {
        skipBlanks()
        guard let byte = current else { throw error(.unexpectedEnd) }
        guard byte == closing || byte == UInt8(ascii: ",") else { throw error(.expectedCommaOrEnd) }
        position += 1
        return byte == closing
    }

    private mutating func word(_ word: StaticString, _ value: Value) throws(JSONSyntaxError) -> Value {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw error(.unexpectedEnd) }
        for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] {
            throw error(.unexpectedByte)
        }
        position += count
        return value
    }
}

// MARK: - Numbers

extension JSONReader {
    private mutating func number() throws(JSONSyntaxError) -> Value {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        let whole = skipDigits()
        guard whole > 0 else { throw error(.badNumber) }
        let firstDigit = bytes[position - whole]
        if whole > 1, firstDigit == UInt8(ascii: "0") { throw error(.badNumber) }
        var (isWhole, hasExponent) = (true, false)
        if current == UInt8(ascii: ".") {
            position += 1
            isWhole = false
            guard skipDigits() > 0 else { throw error(.badNumber) }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            hasExponent = true
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw error(.badNumber) }
        }
        let literal = UnsafeBufferPointer(rebasing: bytes[start..<position])
        if isWhole, !hasExponent, literal.count <= 16, let number = smallInteger(literal) { return .integer(number) }
        if !hasExponent, let number = ExactDecimal(utf8: literal) { return .decimal(number) }
        return .text(String(decoding: literal, as: UTF8.self))
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        return position - start
    }

    /// The integer of at most 16 characters that `literal` is, if every reader can hold it exactly.
    private func smallInteger(_ literal: UnsafeBufferPointer<UInt8>) -> Int? {
        var (number, negative) = (0, false)
        for byte in literal {
            if byte == UInt8(ascii: "-") { negative = true } else { number = number * 10 + Int(byte & 0x0F) }
        }
        return number <= 1 << 53 ? (negative ? -number : number) : nil
    }
}

// MARK: - Strings

extension JSONReader {
    private mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        skipPlainText()
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                let text = try decode(start..<position)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            if byte < 0x20 { throw error(.controlCharacter) }
            position += 1
        }
        throw error(.unexpectedEnd)
    }

    /// Passes bytes that are nothing special in a string, eight at a time.
    private mutating func skipPlainText() {
        let raw = UnsafeRawBufferPointer(bytes)
        while position &+ 8 <= raw.count {
            if EightBytes(raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)).needsCare { return }
            position &+= 8
        }
    }

    private func decode(_ range: Range<Int>) throws(JSONSyntaxError) -> String {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        // Decoding mends what is not UTF-8; text that needed no mending has the bytes it was read from. (The
        // initialiser that validates is generic, and takes four times as long.)
        var text = String(decoding: part, as: UTF8.self)
        guard EightBytes.areASCII(part) || text.withUTF8({ $0.elementsEqual(part) }) else {
            throw JSONSyntaxError(reason: .invalidUTF8, offset: range.lowerBound)
        }
        return text
    }

    /// The rest of a string that holds at least one escape; `position` is at the first backslash.
    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = try decode(start..<position)
        var runStart = position
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                text += try decode(runStart..<position)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text += try decode(runStart..<position)
                position += 1
                text.unicodeScalars.append(try escape())
                runStart = position
            case 0..<0x20:
                throw error(.controlCharacter)
            default:
                position += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    /// The scalar of the escape after a backslash. An unpaired surrogate is refused: UTF-8 cannot carry it.
    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard let byte = current else { throw error(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw error(.badEscape)
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), position + 1 < bytes.count,
            bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        else { throw error(.badEscape) }
        position += 2
        let second = try fourHexDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw error(.badEscape) }
        return scalar
    }

    private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw error(.unexpectedEnd) }
        var number: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error(.badEscape)
            }
            number = number << 4 | UInt32(digit)
        }
        position += 4
        return number
    }
}
