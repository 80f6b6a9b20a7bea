/// Where a value stands inside a document, written as RFC 6901 has it: `/tables/lines/3/amount`.
public struct JSONPointer: Sendable, Hashable {
    public var tokens: [String]

    public init(_ tokens: [String] = []) {
        self.tokens = tokens
    }

    /// Reads the written form; `nil` unless it is empty or begins with `/`.
    public init?(_ text: String) {
        if text.isEmpty {
            self.init()
            return
        }
        guard text.hasPrefix("/") else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        self.init(parts.map { unescape(String($0)) })
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
    var escaped = ""
    for character in token {
        switch character {
        case "~": escaped += "~0"
        case "/": escaped += "~1"
        default: escaped.append(character)
        }
    }
    return escaped
}

private func unescape(_ token: String) -> String {
    guard token.contains("~") else { return token }
    var (plain, rest) = ("", token[...])
    while let tilde = rest.firstIndex(of: "~") {
        plain += rest[..<tilde]
        let next = rest.index(after: tilde)
        let code: Character? = next < rest.endIndex ? rest[next] : nil
        plain += code == "0" ? "~" : code == "1" ? "/" : "~"
        rest = code == "0" || code == "1" ? rest[rest.index(after: next)...] : rest[next...]
    }
    return plain + rest
}
