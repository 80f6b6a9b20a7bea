/// Why a text is not JSON, and at which byte (counted from 0).
public struct JSONSyntaxError: Error, Sendable, Hashable {
    public var reason: Reason
    public var offset: Int

    public enum Reason: Sendable, Hashable {
        case unexpectedEnd
        case unexpectedByte
        case expectedKey
        case expectedColon
        case expectedCommaOrEnd
        case trailingText
        case badNumber
        case badEscape
        case controlCharacter
        case invalidUTF8
        case duplicateKey(String)
        case tooDeep
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    public var description: String {
        "\(words) at byte \(offset)"
    }

    private var words: String {
        switch reason {
        case .unexpectedEnd: "the text ends too early"
        case .unexpectedByte: "no JSON value begins here"
        case .expectedKey: "expected a key in double quotes (a trailing comma?)"
        case .expectedColon: "expected \":\" after the key"
        case .expectedCommaOrEnd: "expected \",\" or the closing bracket"
        case .trailingText: "text after the end of the value"
        case .badNumber: "not a JSON number"
        case .badEscape: "not a JSON escape"
        case .controlCharacter: "a control character must be escaped"
        case .invalidUTF8: "not UTF-8"
        case .duplicateKey(let key): "the key \"\(key)\" stands twice"
        case .tooDeep: "nested too deeply"
        }
    }
}
