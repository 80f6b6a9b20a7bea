package import Groundwork

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
        "\(words.en) at byte \(offset)"
    }

    /// What is wrong, without the place.
    package var words: LocalizedText {
        switch reason {
        case .unexpectedEnd: LocalizedText(zh: "文字结束得太早", en: "the text ends too early")
        case .unexpectedByte: LocalizedText(zh: "应有一个 JSON 值", en: "no JSON value begins here")
        case .expectedKey:
            LocalizedText(zh: "应有双引号括起的键（是否多了一个逗号？）", en: "expected a key in double quotes (a trailing comma?)")
        case .expectedColon: LocalizedText(zh: "键后应有 \":\"", en: "expected \":\" after the key")
        case .expectedCommaOrEnd: LocalizedText(zh: "应有 \",\" 或右括号", en: "expected \",\" or the closing bracket")
        case .trailingText: LocalizedText(zh: "值结束后还有文字", en: "text after the end of the value")
        case .badNumber: LocalizedText(zh: "不是 JSON 数字", en: "not a JSON number")
        case .badEscape: LocalizedText(zh: "不是 JSON 转义", en: "not a JSON escape")
        case .controlCharacter: LocalizedText(zh: "控制字符须转义", en: "a control character must be escaped")
        case .invalidUTF8: LocalizedText(zh: "不是 UTF-8", en: "not UTF-8")
        case .duplicateKey(let key): LocalizedText(zh: "键\"\(key)\"出现两次", en: "the key \"\(key)\" stands twice")
        case .tooDeep: LocalizedText(zh: "嵌套太深", en: "nested too deeply")
        }
    }
}
