/// Where a value stands inside a document, written as RFC 6901 has it: `/tables/lines/3/amount`.
///
/// It is held as it is written: a review names a million cells, and most are only handed on.
public struct JSONPointer: Sendable, Hashable {
    private let text: String

    public init(_ tokens: [String] = []) {
        var text = ""
        for token in tokens {
            text += "/"
            text += escape(token)
        }
        self.text = text
    }

    /// Reads the written form; `nil` unless it is empty or begins with `/`, and where a `~` is neither `~0` nor `~1`.
    public init?(_ text: String) {
        guard text.isEmpty || text.utf8.first == UInt8(ascii: "/") else { return nil }
        var isEscape = false
        for byte in text.utf8 {
            if isEscape, byte != UInt8(ascii: "0"), byte != UInt8(ascii: "1") { return nil }
            isEscape = !isEscape && byte == UInt8(ascii: "~")
        }
        if isEscape { return nil }
        self.text = text
    }

    private init(escaped text: String) { self.text = text }

    /// The steps from the root, without their escapes.
    public var tokens: [String] {
        guard !text.isEmpty else { return [] }
        var (tokens, written, isEscaped) = ([String](), text, false)
        // Bytes, not characters: a combining mark after "/" would otherwise hide it.
        written.withUTF8 { bytes in
            var start = 1
            for index in 1...bytes.count {
                if index < bytes.count, bytes[index] != UInt8(ascii: "/") {
                    if bytes[index] == UInt8(ascii: "~") { isEscaped = true }
                    continue
                }
                tokens.append(String(decoding: bytes[start..<index], as: UTF8.self))
                start = index + 1
            }
        }
        return isEscaped ? tokens.map(unescape) : tokens
    }

    public func appending(_ token: String) -> JSONPointer { JSONPointer(escaped: text + "/" + escape(token)) }
    public func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    public static func / (pointer: JSONPointer, token: String) -> JSONPointer { pointer.appending(token) }
    public static func / (pointer: JSONPointer, index: Int) -> JSONPointer { pointer.appending(index) }
}

extension JSONPointer: CustomStringConvertible {
    public var description: String { text }

    /// The same place as a person writes it: `tables.lines[3].amount`.
    public var dotted: String {
        var text = ""
        for token in tokens {
            if Int(token) != nil { text += "[\(token)]" } else { text += (text.isEmpty ? "" : ".") + token }
        }
        return text
    }
}

private func escape(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
    var escaped = String.UnicodeScalarView()
    for scalar in token.unicodeScalars {
        switch scalar {
        case "~": escaped.append(contentsOf: "~0".unicodeScalars)
        case "/": escaped.append(contentsOf: "~1".unicodeScalars)
        default: escaped.append(scalar)
        }
    }
    return String(escaped)
}

/// The token without its escapes, which are known to be right.
private func unescape(_ token: String) -> String {
    guard token.utf8.contains(UInt8(ascii: "~")) else { return token }
    var (plain, isEscape) = (String.UnicodeScalarView(), false)
    for scalar in token.unicodeScalars {
        switch (isEscape, scalar) {
        case (true, "0"): plain.append("~")
        case (true, _): plain.append("/")
        case (false, "~"): break
        case (false, _): plain.append(scalar)
        }
        isEscape = !isEscape && scalar == "~"
    }
    return String(plain)
}
