/// Reads values of a PDF file from its bytes.
struct PDFLexer {
    private let bytes: [UInt8]
    var position: Int

    /// Arrays and dictionaries inside each other; files of programs have some ten.
    private static let maximumDepth = 64
    /// Values of one object, all of them.
    private static let maximumValues = 1_000_000
    private var values = 0

    init(_ bytes: [UInt8], at position: Int) { (self.bytes, self.position) = (bytes, position) }

    /// The next value.
    mutating func value(depth: Int = 0) throws(PDFError) -> PDFValue {
        values += 1
        guard depth < Self.maximumDepth, values < Self.maximumValues else { throw .damaged }
        skipBlanks()
        guard position < bytes.count else { throw .damaged }
        switch bytes[position] {
        case UInt8(ascii: "/"): return .name(try name())
        case UInt8(ascii: "("): return .string(try literal())
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "<"):
            return peek(1) == UInt8(ascii: "<") ? .dictionary(try dictionary(depth)) : .string(try hexadecimal())
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return numberOrReference()
        default: return try word()
        }
    }

    /// A number that stands alone.
    mutating func integer() throws(PDFError) -> Int {
        guard case .integer(let number) = try value() else { throw .damaged }
        return number
    }

    /// Passes over a word, where it stands next.
    mutating func has(_ word: StaticString) -> Bool {
        skipBlanks()
        let isHere = word.withUTF8Buffer { bytes[min(position, bytes.count)...].starts(with: $0) }
        if isHere { position += word.utf8CodeUnitCount }
        return isHere
    }

    mutating func skipBlanks() {
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "%") {
                while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
            } else if Self.isBlank(bytes[position]) {
                position += 1
            } else {
                return
            }
        }
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0 || byte == 9 || byte == 10 || byte == 12 || byte == 13 || byte == 32
    }

    private static func endsWord(_ byte: UInt8) -> Bool { isBlank(byte) || "()<>[]{}/%".utf8.contains(byte) }

    private func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private mutating func token() -> String {
        let start = position
        while position < bytes.count, !Self.endsWord(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func name() throws(PDFError) -> String {
        position += 1
        let name = token()
        guard name.utf8.count <= 512 else { throw .damaged }
        return name
    }

    private mutating func numberOrReference() -> PDFValue {
        let text = token()
        guard let number = Int(text) else { return .real(text) }
        let end = position
        // `12 0 R` is one value, `12 0` are two.
        if number >= 0, text.utf8.allSatisfy({ $0 >= 0x30 }) {
            skipBlanks()
            let generation = token()
            if let value = Int(generation), value >= 0, !generation.isEmpty, generation.utf8.count <= 5 {
                skipBlanks()
                if peek(0) == UInt8(ascii: "R"), peek(1).map(Self.endsWord) ?? true {
                    position += 1
                    return .reference(PDFReference(number, value))
                }
            }
        }
        position = end
        return .integer(number)
    }

    private mutating func word() throws(PDFError) -> PDFValue {
        switch token() {
        case "true": .boolean(true)
        case "false": .boolean(false)
        case "null": .null
        default: throw .damaged
        }
    }

    private mutating func literal() throws(PDFError) -> [UInt8] {
        let start = position
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\\") { position += 1 }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { return Array(bytes[start..<position]) }
            }
        }
        throw .damaged
    }

    private mutating func hexadecimal() throws(PDFError) -> [UInt8] {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
        guard position < bytes.count else { throw .damaged }
        position += 1
        return Array(bytes[start..<position])
    }

    private mutating func array(_ depth: Int) throws(PDFError) -> PDFValue {
        position += 1
        var values: [PDFValue] = []
        while !has("]") { values.append(try value(depth: depth + 1)) }
        return .array(values)
    }

    private mutating func dictionary(_ depth: Int) throws(PDFError) -> PDFDictionary {
        position += 2
        var dictionary = PDFDictionary()
        while !has(">>") {
            guard case .name(let key) = try value(depth: depth + 1) else { throw .damaged }
            dictionary.append(key, try value(depth: depth + 1))
        }
        return dictionary
    }
}
