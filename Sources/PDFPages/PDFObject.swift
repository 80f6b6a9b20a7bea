/// A value of a PDF file (ISO 32000-1, 7.3).
indirect enum PDFObject {
    case null
    case boolean(Bool)
    case number(Double)
    case string([UInt8])
    case name(String)
    case array([PDFObject])
    case dictionary([String: PDFObject])
    /// A dictionary, and where its bytes begin in the file, packed.
    case stream([String: PDFObject], start: Int)
    case reference(Int)
    /// In page contents: what to do with the values before it.
    case word(String)

    var number: Double? { if case .number(let number) = self { number } else { nil } }
    /// Numbers that no whole number can be are none.
    var integer: Int? { number.flatMap { $0.magnitude < 1e15 ? Int($0) : nil } }
    var name: String? { if case .name(let name) = self { name } else { nil } }
    var string: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }
    var array: [PDFObject]? { if case .array(let items) = self { items } else { nil } }

    /// The entries of a dictionary, also of a stream's.
    var entries: [String: PDFObject]? {
        switch self {
        case .dictionary(let entries), .stream(let entries, _): entries
        default: nil
        }
    }
}

/// Reads values out of bytes, one after the other. It never fails: what is no value is passed over.
struct PDFLexer {
    let bytes: [UInt8]
    var position: Int
    private let end: Int

    /// Arrays and dictionaries inside each other.
    private static let maximumDepth = 60

    init(_ bytes: [UInt8], at position: Int = 0) { (self.bytes, self.position, end) = (bytes, position, bytes.count) }

    static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 && [0, 9, 10, 12, 13, 32].contains(byte) }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["),
            UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    mutating func skipSpace() {
        while position < end {
            if Self.isSpace(bytes[position]) {
                position += 1
            } else if bytes[position] == UInt8(ascii: "%") {
                while position < end, bytes[position] != 10, bytes[position] != 13 { position += 1 }
            } else {
                return
            }
        }
    }

    /// The next value; `nil` at the end.
    ///
    /// - Parameter resolvesReferences: whether `3 0 R` is one value, as in files, and not three, as in page contents.
    mutating func next(resolvesReferences: Bool = true, depth: Int = 0) -> PDFObject? {
        skipSpace()
        guard position < end else { return nil }
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "/"): return .name(name())
        case UInt8(ascii: "("): return .string(literal())
        case UInt8(ascii: "["):
            position += 1
            return array(resolvesReferences, depth)
        case UInt8(ascii: "<"):
            guard position + 1 < end, bytes[position + 1] == UInt8(ascii: "<") else { return .string(hexadecimal()) }
            position += 2
            return dictionary(depth)
        case UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "{"):
            position += 1
            return .word(String(UnicodeScalar(byte)))
        case UInt8(ascii: ">"):
            position += position + 1 < end && bytes[position + 1] == byte ? 2 : 1
            return .word(">>")
        default: return numberOrWord(resolvesReferences)
        }
    }

    private mutating func numberOrWord(_ resolvesReferences: Bool) -> PDFObject {
        let start = position
        while position < end, !Self.isSpace(bytes[position]), !Self.isDelimiter(bytes[position]) { position += 1 }
        let token = bytes[start..<position]
        if let number = Self.number(token) {
            if resolvesReferences, number >= 0, number < 1e9, number == number.rounded(),
                let reference = reference(Int(number))
            {
                return reference
            }
            return .number(number)
        }
        switch String(decoding: token.prefix(64), as: UTF8.self) {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        case let word: return .word(word)
        }
    }

    private mutating func reference(_ number: Int) -> PDFObject? {
        let start = position
        var rest = self
        rest.skipSpace()
        var digits = 0
        while rest.position < end, (0x30...0x39).contains(bytes[rest.position]), digits < 6 {
            rest.position += 1
            digits += 1
        }
        guard digits > 0 else { return nil }
        rest.skipSpace()
        guard rest.position < end, bytes[rest.position] == UInt8(ascii: "R"),
            rest.position + 1 == end || Self.isSpace(bytes[rest.position + 1])
                || Self.isDelimiter(bytes[rest.position + 1])
        else {
            position = start
            return nil
        }
        position = rest.position + 1
        return .reference(number)
    }

    /// A number as PDF writes it; signs may be doubled by bad programs.
    static func number(_ token: ArraySlice<UInt8>) -> Double? {
        guard let first = token.first, first < 0x3A, token.count < 64 else { return nil }
        var (sign, whole, fraction, scale, hasDigit, isFraction) = (1.0, 0.0, 0.0, 1.0, false, false)
        for (offset, byte) in token.enumerated() {
            switch byte {
            case UInt8(ascii: "-"):
                if offset == 0 { sign = -1 } else if hasDigit { return hasDigit ? sign * (whole + fraction) : nil }
            case UInt8(ascii: "+"): if offset > 0 { return nil }
            case UInt8(ascii: "."):
                if isFraction { return nil }
                isFraction = true
            case 0x30...0x39:
                hasDigit = true
                let digit = Double(byte - 0x30)
                if isFraction {
                    scale /= 10
                    fraction += digit * scale
                } else {
                    whole = whole * 10 + digit
                }
            default: return nil
            }
        }
        return hasDigit ? sign * (whole + fraction) : nil
    }

    private mutating func name() -> String {
        position += 1
        var name: [UInt8] = []
        while position < end, !Self.isSpace(bytes[position]), !Self.isDelimiter(bytes[position]) {
            if bytes[position] == UInt8(ascii: "#"), position + 2 < end, let high = Self.digit(bytes[position + 1]),
                let low = Self.digit(bytes[position + 2])
            {
                name.append(high << 4 | low)
                position += 3
            } else {
                name.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: name, as: UTF8.self)
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private mutating func hexadecimal() -> [UInt8] {
        position += 1
        var (result, half) = ([UInt8](), nil as UInt8?)
        while position < end, bytes[position] != UInt8(ascii: ">") {
            if let digit = Self.digit(bytes[position]) {
                if let high = half {
                    result.append(high << 4 | digit)
                    half = nil
                } else {
                    half = digit
                }
            }
            position += 1
        }
        position = min(position + 1, end)
        if let half { result.append(half << 4) }
        return result
    }

    private mutating func literal() -> [UInt8] {
        position += 1
        var (result, depth) = ([UInt8](), 1)
        while position < end {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "("):
                depth += 1
                result.append(byte)
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return result }
                result.append(byte)
            case UInt8(ascii: "\\"): if let escaped = escape() { result.append(escaped) }
            default: result.append(byte)
            }
        }
        return result
    }

    private mutating func escape() -> UInt8? {
        guard position < end else { return nil }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case 13:
            if position < end, bytes[position] == 10 { position += 1 }
            return nil
        case 10: return nil
        case 0x30...0x37:
            var value = Int(byte - 0x30)
            for _ in 0..<2 where position < end && (0x30...0x37).contains(bytes[position]) {
                value = value * 8 + Int(bytes[position] - 0x30)
                position += 1
            }
            return UInt8(truncatingIfNeeded: value)
        default: return byte
        }
    }

    private mutating func array(_ resolvesReferences: Bool, _ depth: Int) -> PDFObject {
        var items: [PDFObject] = []
        while depth < Self.maximumDepth, let item = next(resolvesReferences: resolvesReferences, depth: depth + 1) {
            if case .word(let word) = item {
                if word == "]" { break }
                // A value is missing its end: the array is what was read of it.
                if word == ">>" || word == "endobj" { break }
                continue
            }
            items.append(item)
        }
        return .array(items)
    }

    private mutating func dictionary(_ depth: Int) -> PDFObject {
        var entries: [String: PDFObject] = [:]
        while depth < Self.maximumDepth, let key = next(depth: depth + 1) {
            if case .word(let word) = key {
                if word == ">>" || word == "endobj" || word == "stream" { break }
                continue
            }
            guard case .name(let name) = key else { continue }
            guard let value = next(depth: depth + 1) else { break }
            if case .word(let word) = value {
                if word == ">>" { break }
                continue
            }
            entries[name] = value
        }
        return .dictionary(entries)
    }
}
