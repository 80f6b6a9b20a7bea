import ReviewModel

/// Reads the tags of a Mustache text, so that every mistake in them is found with its place before anything is rendered.
///
/// Variables, sections, inverted sections and comments are allowed; partials, inheritance, delimiter changes and pragmas
/// are not, since a template must be readable in one place.
struct MustacheScanner {
    /// A mistake at a line and column of the text, both counting from 1.
    struct Mistake: Hashable {
        var line: Int
        var column: Int
        var message: LocalizedText
        var help: LocalizedText?
    }

    private(set) var tags: [MustacheTag] = []
    private(set) var mistakes: [Mistake] = []
    /// The text with its names marked for strict look-up.
    private(set) var rewritten = ""

    private var line = 1
    private var column = 1
    private var open: [MustacheTag] = []

    init(_ text: String) {
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            take(rest[..<start.lowerBound])
            rest = rest[start.upperBound...]
            let triple = rest.first == "{"
            let end = triple ? "}}}" : "}}"
            guard let stop = rest.firstRange(of: end) else {
                mistake(unfinished(String(rest.prefix(20))))
                return
            }
            let content = rest[(triple ? rest.index(after: rest.startIndex) : rest.startIndex)..<stop.lowerBound]
            read(content, escaped: !triple)
            advance("{{" + rest[..<stop.upperBound])
            rest = rest[stop.upperBound...]
        }
        take(rest)
        for tag in open { mistakes.append(.init(line: tag.line, column: tag.column, message: unclosed(tag.name))) }
    }

    private mutating func take(_ text: Substring) {
        rewritten += text
        advance(text)
    }

    private mutating func advance(_ text: some StringProtocol) {
        for character in text {
            if character.isNewline {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }

    private mutating func read(_ content: Substring, escaped: Bool) {
        let content = trimmed(content)
        switch content.first {
        case "!": rewritten += "{{\(content)}}"
        case "#": read(.section, content.dropFirst())
        case "^": read(.inverted, content.dropFirst())
        case "/": read(.close, content.dropFirst())
        case "&": read(.variable, content.dropFirst())
        case ">", "<", "$", "=", "%", "*": mistake(unsupported(String(content)))
        default: read(.variable, content)
        }
    }

    private mutating func read(_ kind: MustacheTag.Kind, _ content: Substring) {
        let expression = trimmed(content)
        guard let (name, transforms) = call(expression) else {
            mistake(malformed(String(expression)))
            return
        }
        if let unknown = transforms.first(where: { !Transforms.known.contains($0) }) {
            mistake(unknownTransform(unknown), help: suggestion(for: unknown, among: Transforms.known))
            return
        }
        let tag = MustacheTag(kind: kind, name: name, transforms: transforms, line: line, column: column)
        switch kind {
        case .variable: break
        case .section, .inverted: open.append(tag)
        case .close:
            guard let start = open.popLast(), start.name == name, start.transforms == transforms else {
                mistake(closesNothing(String(expression)))
                return
            }
            // The end of a section repeats its start, look-up marks included.
            var end = start
            end.kind = .close
            rewritten += end.rewritten
            return
        }
        tags.append(tag)
        rewritten += tag.rewritten
    }

    private mutating func mistake(_ message: LocalizedText, help: LocalizedText? = nil) {
        mistakes.append(Mistake(line: line, column: column, message: message, help: help))
    }
}

/// Takes `dash(wan(a.b))` apart; `nil` when it is not of this form.
func call(_ expression: Substring) -> (name: String, transforms: [String])? {
    var (transforms, rest) = ([String](), expression)
    while let bracket = rest.firstIndex(of: "(") {
        guard rest.last == ")" else { return nil }
        transforms.append(String(rest[..<bracket]))
        rest = rest[rest.index(after: bracket)...].dropLast()
    }
    let isWord = { (text: Substring) in
        text.utf8.allSatisfy { $0 == 0x5F || $0 == 0x2D || (0x30...0x39).contains($0) || isLetter($0) }
    }
    let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
    let nameFits =
        rest == "."
        || (rest.isEmpty && !transforms.isEmpty)
        || parts.enumerated().allSatisfy { isWord($1) && (!$1.isEmpty || ($0 == 0 && parts.count > 1)) }
    guard nameFits, transforms.allSatisfy({ !$0.isEmpty && isWord($0[...]) }) else { return nil }
    return (String(rest), transforms)
}

private func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}

/// The text without blanks at either end.
func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
}

// MARK: - Messages

private func unfinished(_ start: String) -> LocalizedText {
    LocalizedText(zh: "标签未结束：\"{{\(start)\"", en: "unfinished tag \"{{\(start)\"")
}

private func unclosed(_ name: String) -> LocalizedText {
    LocalizedText(zh: "段落 \"{{#\(name)}}\" 没有结束", en: "section \"{{#\(name)}}\" is never closed")
}

private func closesNothing(_ name: String) -> LocalizedText {
    LocalizedText(
        zh: "\"{{/\(name)}}\" 与最近打开的段落不符",
        en: "\"{{/\(name)}}\" does not close the section that was opened last"
    )
}

private func malformed(_ expression: String) -> LocalizedText {
    LocalizedText(zh: "名称\"\(expression)\"的写法有误", en: "\"\(expression)\" is not a name")
}

private func unsupported(_ tag: String) -> LocalizedText {
    LocalizedText(zh: "模板不支持标签 \"{{\(tag)}}\"", en: "templates do not support the tag \"{{\(tag)}}\"")
}

private func unknownTransform(_ name: String) -> LocalizedText {
    LocalizedText(zh: "未知的格式\"\(name)\"", en: "unknown transform \"\(name)\"")
}
