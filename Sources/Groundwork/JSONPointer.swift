/// Where a value stands inside a document, written as RFC 6901 has it: `/tables/lines/3/amount`.
public struct JSONPointer: Sendable, Hashable {
    public var tokens: [String]

    public init(_ tokens: [String] = []) {
        self.tokens = tokens
    }

    /// Reads the written form; `nil` unless it is empty or begins with `/`, and where a `~` is neither `~0` nor `~1`.
    public init?(_ text: String) {
        if text.isEmpty {
            self.init()
            return
        }
        guard text.unicodeScalars.first == "/" else { return nil }
        // Scalars, not characters: a combining mark after "/" would otherwise hide it.
        let parts = text.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var tokens: [String] = []
        tokens.reserveCapacity(parts.count)
        for part in parts {
            guard let token = unescape(part) else { return nil }
            tokens.append(token)
        }
        self.init(tokens)
    }

    public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }
    public func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    public static func / (pointer: JSONPointer, token: String) -> JSONPointer { pointer.appending(token) }
    public static func / (pointer: JSONPointer, index: Int) -> JSONPointer { pointer.appending(index) }
}

extension JSONPointer: CustomStringConvertible {
    public var description: String {
        tokens.map { "/" + escape($0) }.joined()
    }

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

private func unescape(_ token: Substring.UnicodeScalarView) -> String? {
    guard token.contains("~") else { return String(token) }
    var (plain, isEscape) = (String.UnicodeScalarView(), false)
    for scalar in token {
        switch (isEscape, scalar) {
        case (true, "0"): plain.append("~")
        case (true, "1"): plain.append("/")
        case (true, _): return nil
        case (false, "~"): break
        case (false, _): plain.append(scalar)
        }
        isEscape = !isEscape && scalar == "~"
    }
    return isEscape ? nil : String(plain)
}
