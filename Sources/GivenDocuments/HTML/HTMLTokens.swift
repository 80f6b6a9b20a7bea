/// The tags and texts of an HTML file, one after the other. It never fails: what is no tag is text, as browsers have it.
struct HTMLTokens {
    enum Token {
        case start(name: String, attributes: [String: String], isEmpty: Bool)
        case end(name: String)
        case text(String)
    }

    private let bytes: [UInt8]
    private(set) var position = 0
    /// Where the token that was read last begins.
    private(set) var place: (line: Int, column: Int)
    private var counted = 0

    /// - Parameter line: of the file, where `text` is a part of it.
    init(_ text: String, line: Int = 1) {
        bytes = Array(text.utf8)
        place = (line, 1)
    }

    /// Letters of a name, and attributes of a tag: more than any tag has.
    private static let (longestName, mostAttributes) = (64, 256)

    mutating func next() -> Token? {
        while position < bytes.count {
            advancePlace(to: position)
            guard bytes[position] == UInt8(ascii: "<"), let following = peek(1) else { return text() }
            switch following {
            case UInt8(ascii: "!"):
                if has("<!--") {
                    skip(past: "-->")
                } else if has("<![CDATA[") {
                    skip(past: "]]>")
                } else {
                    skip(past: ">")
                }
            case UInt8(ascii: "?"): skip(past: ">")
            case UInt8(ascii: "/"):
                position += 2
                let name = name()
                skip(past: ">")
                if !name.isEmpty { return .end(name: name) }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): return tag()
            default: return text()
            }
        }
        return nil
    }

    /// Passes over what is in an element that is no markup: up to its end tag.
    mutating func skipRaw(_ name: String) {
        let end = Array("</\(name)".utf8)
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "<"), position + end.count <= bytes.count,
                zip(bytes[position...], end).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
            {
                return
            }
            position += 1
        }
    }

    private func peek(_ offset: Int) -> UInt8? { position + offset < bytes.count ? bytes[position + offset] : nil }

    private func has(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    private mutating func skip(past word: StaticString) {
        while position < bytes.count {
            if has(word) {
                position += word.utf8CodeUnitCount
                return
            }
            position += 1
        }
    }

    private mutating func advancePlace(to end: Int) {
        while counted < end {
            let byte = bytes[counted]
            if byte == 0x0A { place = (place.line + 1, 1) } else if byte & 0xC0 != 0x80 { place.column += 1 }
            counted += 1
        }
    }

    private mutating func text() -> Token {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        return .text(HTMLEntities.resolved(bytes[start..<position]))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private mutating func name() -> String {
        let start = position
        while position < bytes.count, !Self.isBlank(bytes[position]), bytes[position] != UInt8(ascii: ">"),
            bytes[position] != UInt8(ascii: "/")
        {
            position += 1
        }
        return String(decoding: bytes[start..<position].prefix(Self.longestName), as: UTF8.self).lowercased()
    }

    private mutating func tag() -> Token {
        position += 1
        let name = name()
        var (attributes, isEmpty) = ([String: String](), false)
        while position < bytes.count, bytes[position] != UInt8(ascii: ">") {
            if Self.isBlank(bytes[position]) {
                position += 1
            } else if bytes[position] == UInt8(ascii: "/") {
                isEmpty = peek(1) == UInt8(ascii: ">")
                position += 1
            } else {
                let (key, value) = attribute()
                if attributes.count < Self.mostAttributes, attributes[key] == nil { attributes[key] = value }
            }
        }
        position = min(position + 1, bytes.count)
        return .start(name: name, attributes: attributes, isEmpty: isEmpty)
    }

    private mutating func attribute() -> (String, String) {
        let start = position
        position += 1
        while position < bytes.count, !Self.isBlank(bytes[position]), !"=>/".utf8.contains(bytes[position]) {
            position += 1
        }
        let key = String(decoding: bytes[start..<position].prefix(Self.longestName), as: UTF8.self).lowercased()
        var rest = position
        while rest < bytes.count, Self.isBlank(bytes[rest]) { rest += 1 }
        guard rest < bytes.count, bytes[rest] == UInt8(ascii: "=") else { return (key, "") }
        position = rest + 1
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        guard let quote = peek(0), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let start = position
            while position < bytes.count, !Self.isBlank(bytes[position]), bytes[position] != UInt8(ascii: ">") {
                position += 1
            }
            return (key, HTMLEntities.resolved(bytes[start..<position]))
        }
        position += 1
        let first = position
        while position < bytes.count, bytes[position] != quote { position += 1 }
        defer { position = min(position + 1, bytes.count) }
        return (key, HTMLEntities.resolved(bytes[first..<position]))
    }
}

enum HTMLEntities {
    /// The characters that people cannot type, under the names that programs write for them.
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ensp": " ", "emsp": " ",
        "thinsp": " ",
        "shy": "\u{AD}", "middot": "·", "times": "×", "divide": "÷", "plusmn": "±", "ge": "≥", "le": "≤", "ne": "≠",
        "yen": "¥", "cent": "¢", "pound": "£", "euro": "€", "copy": "©", "reg": "®", "deg": "°", "permil": "‰",
        "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "laquo": "«", "raquo": "»", "hellip": "…", "mdash": "—",
        "ndash": "–", "minus": "−", "bull": "•", "rarr": "→", "larr": "←", "sect": "§", "para": "¶", "sup2": "²",
        "sup3": "³", "frac12": "½", "check": "✓", "zwnj": "\u{200C}", "zwj": "\u{200D}",
    ]

    /// The text with its entities resolved; what is none stays as it is written.
    static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var (result, rest) = ([UInt8](), bytes)
        while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
            result += rest[..<start]
            guard let end = rest[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(String(decoding: rest[start + 1..<end], as: UTF8.self))
            else {
                result.append(UInt8(ascii: "&"))
                rest = rest[(start + 1)...]
                continue
            }
            result += String(Character(scalar)).utf8
            rest = rest[(end + 1)...]
        }
        return String(decoding: result + rest, as: UTF8.self)
    }

    private static func scalar(_ name: String) -> Unicode.Scalar? {
        if let scalar = named[name] { return scalar }
        guard name.hasPrefix("#") else { return nil }
        let isHexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
        let value = isHexadecimal ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
        return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }
}
