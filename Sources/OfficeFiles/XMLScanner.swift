internal import Groundwork

/// Reads the XML of an Office part tag by tag, and says where in its bytes each stands: for who changes a few places of a part
/// and leaves the rest as it was.
///
/// No document type is read and no entity expanded but those that XML itself has, so that a part can neither grow nor lead
/// elsewhere. Parts must be UTF-8, as Word, WPS and LibreOffice write them.
public struct XMLScanner {
    /// A tag, or the text between two.
    public struct Token: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            case start, end
            /// A tag that begins and ends an element: `<w:b/>`.
            case empty
            case text
        }

        public var kind: Kind
        /// Of the element, with its prefix; empty for text.
        public var name: String
        /// Where it stands.
        public var range: Range<Int>
        /// Of a tag, as written, in their order, entities resolved.
        public var attributes: [Attribute]
        /// Entities resolved; empty for a tag.
        public var text: String

        public struct Attribute: Sendable, Hashable {
            public var name: String
            public var value: String
        }

        public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    private let bytes: [UInt8]
    private var position: Int
    private var open: [String] = []
    private var hasRoot = false

    /// Deeper than people nest tables in tables.
    public static let maximumDepth = 200
    /// More than any element of WordprocessingML has.
    public static let maximumAttributes = 200

    /// - Throws: for bytes in another encoding than UTF-8.
    public init(_ bytes: [UInt8]) throws(OfficeFileError) {
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { throw .oddEncoding }
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next tag or text; `nil` at the end.
    ///
    /// - Throws: for what is no XML, and for a document type.
    public mutating func next() throws(OfficeFileError) -> Token? {
        while position < bytes.count {
            let start = position
            guard bytes[start] == UInt8(ascii: "<") else { return try text() }
            if has("<!--") {
                try skip(past: "-->")
            } else if has("<?") {
                try skip(past: "?>")
            } else if has("<![CDATA[") {
                try skip(past: "]]>")
                let content = String(decoding: bytes[start + 9..<position - 3], as: UTF8.self)
                return Token(kind: .text, name: "", range: start..<position, attributes: [], text: content)
            } else if has("<!") {
                throw .documentType
            } else {
                return try tag()
            }
        }
        guard open.isEmpty, hasRoot else { throw .noXML }
        return nil
    }

    private func has(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    private mutating func skip(past end: StaticString) throws(OfficeFileError) {
        while position < bytes.count {
            if has(end) {
                position += end.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw .noXML
    }

    private mutating func text() throws(OfficeFileError) -> Token {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        let text = try resolved(start..<position)
        guard !open.isEmpty || text.utf8.allSatisfy({ $0 <= 0x20 }) else { throw .noXML }
        return Token(kind: .text, name: "", range: start..<position, attributes: [], text: text)
    }

    private mutating func tag() throws(OfficeFileError) -> Token {
        let start = position
        position += 1
        let isEnd = position < bytes.count && bytes[position] == UInt8(ascii: "/")
        if isEnd { position += 1 }
        let name = try self.name()
        var attributes: [Token.Attribute] = []
        while true {
            skipBlanks()
            guard position < bytes.count else { throw .noXML }
            if bytes[position] == UInt8(ascii: ">") || bytes[position] == UInt8(ascii: "/") { break }
            guard !isEnd, attributes.count < Self.maximumAttributes else { throw .noXML }
            attributes.append(try attribute())
        }
        let isEmpty = bytes[position] == UInt8(ascii: "/")
        if isEmpty { position += 1 }
        guard position < bytes.count, bytes[position] == UInt8(ascii: ">"), !(isEnd && isEmpty) else { throw .noXML }
        position += 1
        if isEnd {
            guard open.popLast() == name else { throw .noXML }
        } else {
            guard !(open.isEmpty && hasRoot), open.count < Self.maximumDepth else { throw .noXML }
            hasRoot = true
            if !isEmpty { open.append(name) }
        }
        let kind: Token.Kind = isEnd ? .end : isEmpty ? .empty : .start
        return Token(kind: kind, name: name, range: start..<position, attributes: attributes, text: "")
    }

    private mutating func name() throws(OfficeFileError) -> String {
        let start = position
        while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
        guard position > start, position - start <= 256 else { throw .noXML }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func endsName(_ byte: UInt8) -> Bool { byte <= 0x20 || "/>=<\"'&".utf8.contains(byte) }

    private mutating func skipBlanks() {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
    }

    private mutating func attribute() throws(OfficeFileError) -> Token.Attribute {
        let name = try self.name()
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { throw .noXML }
        position += 1
        skipBlanks()
        guard position < bytes.count else { throw .noXML }
        let quote = bytes[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw .noXML }
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != quote {
            guard bytes[position] != UInt8(ascii: "<") else { throw .noXML }
            position += 1
        }
        guard position < bytes.count else { throw .noXML }
        defer { position += 1 }
        return Token.Attribute(name: name, value: try resolved(start..<position))
    }

    /// The text with the entities of XML itself and numbers of characters resolved.
    private func resolved(_ range: Range<Int>) throws(OfficeFileError) -> String {
        let raw = bytes[range]
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        var (text, rest) = ([UInt8](), raw)
        while let position = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += rest[..<position]
            guard let end = rest[position...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { throw .noXML }
            let entity = String(decoding: rest[position + 1..<end], as: UTF8.self)
            guard let scalar = Self.scalar(entity) else { throw .noXML }
            text += String(Character(scalar)).utf8
            rest = rest[(end + 1)...]
        }
        return String(decoding: text + rest, as: UTF8.self)
    }

    private static func scalar(_ entity: String) -> Unicode.Scalar? {
        switch entity {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        default:
            entity.hasPrefix("#x")
                ? UInt32(entity.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
                : entity.hasPrefix("#") ? UInt32(entity.dropFirst()).flatMap(Unicode.Scalar.init) : nil
        }
    }
}

// MARK: - Messages

extension OfficeFileError {
    private static let saveInWord = LocalizedText(
        zh: "请在 Word 或 WPS 中打开，另存为 .docx 后再用",
        en: "open it in Word or WPS and save it as .docx"
    )

    static let oddEncoding = OfficeFileError(
        reason: LocalizedText(zh: "内部文件的编码不是 UTF-8", en: "a part of it is not in UTF-8"),
        help: saveInWord
    )

    static let documentType = OfficeFileError(
        reason: LocalizedText(
            zh: "内部文件含有文档类型声明，Office 文件没有这种内容",
            en: "a part of it has a document type, which Office files have not"
        ),
        help: saveInWord
    )

    static let noXML = OfficeFileError(
        reason: LocalizedText(zh: "内部文件不是完好的 XML", en: "a part of it is not well-formed XML"),
        help: saveInWord
    )
}
