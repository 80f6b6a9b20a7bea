internal import Groundwork
internal import JSONDocument

/// Parses the tags of a text, so that every mistake in them is found with its place before anything is printed.
///
/// Names, sections, inverted sections and comments are allowed; partials, inheritance, delimiter changes and pragmas are not,
/// since a template must be readable in one place. A tag that stands alone on its line, but a name's, takes the line with it.
struct WordingParser {
    private let bytes: [UInt8]
    private(set) var mistakes: [WordingMistake] = []

    /// The sections that are open, the outermost first, each with its parts so far.
    private var open: [(path: NamePath, isInverted: Bool, parts: [Wording.Part])] = []
    private var parts: [Wording.Part] = []
    /// How far places have been counted, and the place there.
    private var counted = 0
    private var place = TextPlace(line: 1, column: 1)

    /// How deep sections may stand inside each other.
    static let maximumDepth = 24

    init(_ source: String) { bytes = Array(source.utf8) }

    static func hasTags(_ source: String) -> Bool {
        var isAfterBrace = false
        for byte in source.utf8 {
            let isBrace = byte == UInt8(ascii: "{")
            if isBrace, isAfterBrace { return true }
            isAfterBrace = isBrace
        }
        return false
    }

    /// Whether there may be full-width braces where tags were meant.
    static func hasWideBraces(_ source: String) -> Bool {
        source.utf8.contains(0xEF) && source.contains("｛｛")
    }

    mutating func parse() -> [Wording.Part] {
        var textStart = 0
        lookForWideBraces()
        while let start = find(UInt8(ascii: "{"), times: 2, from: textStart) {
            count(to: start)
            let isTriple = start + 2 < bytes.count && bytes[start + 2] == UInt8(ascii: "{")
            let contentStart = start + (isTriple ? 3 : 2)
            guard let end = find(UInt8(ascii: "}"), times: isTriple ? 3 : 2, from: contentStart) else {
                add(text: textStart..<start)
                mistake(unfinished(text(contentStart..<min(contentStart + 40, bytes.count))), help: closeTag)
                return closed()
            }
            let after = end + (isTriple ? 3 : 2)
            let content = trimmed(contentStart..<end)
            let lines = isTriple ? nil : standalone(content, start, after, since: textStart)
            add(text: textStart..<(lines?.lowerBound ?? start))
            read(content, isTriple: isTriple)
            // Deeper still would only be more of the same, and trees of any depth are not safe to walk.
            if open.count > Self.maximumDepth { return closed() }
            textStart = lines?.upperBound ?? after
        }
        add(text: textStart..<bytes.count)
        return closed()
    }

    /// `｛｛name｝｝`, as a Chinese keyboard gives it, is no tag and would be printed as it stands.
    private mutating func lookForWideBraces() {
        let wide = Array("｛｛".utf8)
        let start = bytes.indices.first { bytes[$0] == wide[0] && bytes[$0...].starts(with: wide) }
        guard let start else { return }
        let lines = bytes[..<start].split(separator: newline, omittingEmptySubsequences: false)
        let place = TextPlace(line: lines.count, column: (lines.last?.count { $0 & 0xC0 != 0x80 } ?? 0) + 1)
        mistakes.append(WordingMistake(place: place, message: wideBraces, help: writePlainBraces))
    }

    /// All parts, once the text is at its end.
    private mutating func closed() -> [Wording.Part] {
        let isTooDeep = open.count > Self.maximumDepth
        for section in open.reversed() {
            if !isTooDeep {
                let name = section.path.expression
                mistakes.append(
                    WordingMistake(place: section.path.place, message: unclosed(name), help: closingTag(of: name))
                )
            }
            close()
        }
        mistakes.sort { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
        return parts
    }

    private mutating func read(_ content: Range<Int>, isTriple: Bool) {
        let sigil = isTriple ? nil : content.first.map { bytes[$0] }
        let inner = trimmed(content.dropFirst())
        switch sigil {
        case UInt8(ascii: "!"): break
        case UInt8(ascii: "#"): open(inner, isInverted: false)
        case UInt8(ascii: "^"): open(inner, isInverted: true)
        case UInt8(ascii: "/"): close(inner)
        case UInt8(ascii: "&"): if let path = path(inner) { add(.value(path)) }
        case let sigil? where unsupportedSigils.contains(sigil): mistake(unsupported(text(content)))
        default: if let path = path(content) { add(.value(path)) }
        }
    }

    private mutating func open(_ content: Range<Int>, isInverted: Bool) {
        guard let path = path(content, mayBeFootnote: !isInverted) else { return }
        if path.start == .footnote, open.contains(where: { $0.path.start == .footnote }) { mistake(noteInNote) }
        if open.count == Self.maximumDepth { mistake(tooDeep) }
        open.append((path, isInverted, parts))
        parts = []
    }

    private mutating func close(_ content: Range<Int>) {
        let expression = text(content)
        guard open.last?.path.expression == expression else {
            mistake(closesNothing(expression))
            if !open.isEmpty { close() }
            return
        }
        close()
    }

    private mutating func close() {
        let section = open.removeLast()
        let inside = parts
        parts = section.parts
        if section.path.start == .footnote {
            parts.append(.footnote(inside))
        } else {
            parts.append(
                section.isInverted ? .inverted(section.path, parts: inside) : .section(section.path, parts: inside)
            )
        }
    }

    private mutating func path(_ content: Range<Int>, mayBeFootnote: Bool = false) -> NamePath? {
        let expression = text(content)
        do throws(NamePath.Mistake) {
            let path = try NamePath(expression[...], at: place)
            if path.start == .footnote, !mayBeFootnote { throw .malformed }
            return path
        } catch {
            switch error {
            case .malformed:
                mistake(
                    malformed(expression),
                    help: unfinishedTag(expression) ?? oddCharacterHint(in: expression) ?? otherBraces(expression)
                        ?? reckoning(expression) ?? nameHint(expression)
                )
            case .unknownForm(let form):
                mistake(
                    unknownForm(form),
                    help: slip(in: form, among: ValueForm.names) ?? oddCharacterHint(in: expression) ?? allForms
                )
            case .lacksText(let form):
                mistake(lacksText(form), help: oddCharacterHint(in: expression) ?? joinLike(form))
            case .takesNoText(let form): mistake(takesNoText(form), help: leaveOut)
            }
            return nil
        }
    }

    private mutating func add(_ part: Wording.Part) { parts.append(part) }

    private mutating func add(text range: Range<Int>) {
        if !range.isEmpty { add(.text(text(range))) }
    }

    private mutating func mistake(_ message: LocalizedText, help: LocalizedText? = nil) {
        mistakes.append(WordingMistake(place: place, message: message, help: help))
    }

    // MARK: Bytes

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, isBlank(bytes[first]) { range = first + 1..<range.upperBound }
        while let last = range.last, isBlank(bytes[last]) { range = range.lowerBound..<last }
        return range
    }

    private func find(_ byte: UInt8, times: Int, from start: Int) -> Int? {
        var (position, found) = (start, 0)
        while position < bytes.count {
            found = bytes[position] == byte ? found + 1 : 0
            position += 1
            if found == times { return position - times }
        }
        return nil
    }

    /// The whole lines of a tag that stands alone on them, line break included; `nil` when it does not. `since` is where the
    /// text before it begins.
    private func standalone(_ content: Range<Int>, _ start: Int, _ after: Int, since: Int) -> Range<Int>? {
        guard let sigil = content.first.map({ bytes[$0] }), standaloneSigils.contains(sigil) else { return nil }
        var (from, to) = (start, after)
        while from > since, isLineBlank(bytes[from - 1]) { from -= 1 }
        guard from == 0 || bytes[from - 1] == newline else { return nil }
        while to < bytes.count, isLineBlank(bytes[to]) { to += 1 }
        if to + 1 < bytes.count, bytes[to] == UInt8(ascii: "\r"), bytes[to + 1] == newline { return from..<to + 2 }
        if to == bytes.count { return from..<to }
        return bytes[to] == newline ? from..<to + 1 : nil
    }

    private mutating func count(to position: Int) {
        while counted < position {
            if bytes[counted] == newline {
                place = TextPlace(line: place.line + 1, column: 1)
            } else if bytes[counted] & 0xC0 != 0x80 {
                place.column += 1
            }
            counted += 1
        }
    }
}

private let newline = UInt8(ascii: "\n")
private let standaloneSigils = Array("#^/!".utf8)
private let unsupportedSigils = Array("><$=%*".utf8)

private func isLineBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

/// A mistake in the tags of a text.
struct WordingMistake: Hashable {
    var place: TextPlace
    var message: LocalizedText
    var help: LocalizedText?

    func diagnostic(at pointer: JSONPointer) -> ConfigurationDiagnostic {
        var diagnostic = ConfigurationDiagnostic(
            code: "template/mustache",
            message: message,
            pointer: pointer,
            help: help
        )
        diagnostic.place = place
        return diagnostic
    }
}

// MARK: - Messages

private func unfinished(_ start: String) -> LocalizedText {
    LocalizedText(zh: "标签未结束：\"{{\(start)\"", en: "unfinished tag \"{{\(start)\"")
}

private let closeTag = LocalizedText(zh: "标签以 }} 结束", en: "a tag ends with }}")

private let wideBraces = LocalizedText(
    zh: "\"｛｛\"是全角花括号，不是标签，会照样印出",
    en: "\"｛｛\" are full-width braces: that is no tag, and would be printed as it stands"
)
private let writePlainBraces = LocalizedText(zh: "请写成半角的 {{…}}", en: "write {{…}}")

private func unclosed(_ name: String) -> LocalizedText {
    LocalizedText(zh: "段落 \"{{#\(name)}}\" 没有结束", en: "section \"{{#\(name)}}\" is never closed")
}

private func closingTag(of name: String) -> LocalizedText {
    LocalizedText(zh: "在段落末尾写 {{/\(name)}}", en: "write {{/\(name)}} where it ends")
}

/// A name that goes on to the end of the next tag.
private func unfinishedTag(_ expression: String) -> LocalizedText? {
    guard expression.contains("{{") else { return nil }
    return LocalizedText(zh: "前一个标签没有写完：标签以 }} 结束", en: "the tag before it is not finished: a tag ends with }}")
}

/// What is probably wrong with a name.
private func nameHint(_ expression: String) -> LocalizedText? {
    let (opened, closed) = (expression.count { $0 == "(" }, expression.count { $0 == ")" })
    if opened > closed { return LocalizedText(zh: "缺右括号\")\"", en: "a \")\" is missing") }
    if opened < closed { return LocalizedText(zh: "多了右括号\")\"", en: "there is a \")\" too many") }
    guard expression.split(separator: " ").count > 1, !expression.contains("'") else { return nil }
    return LocalizedText(zh: "名称里没有空格", en: "a name has no blanks in it")
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

let allForms = LocalizedText(
    zh: "可用的有：\(ValueForm.names.joined(separator: "、"))",
    en: "the forms are: \(ValueForm.names.joined(separator: ", "))"
)

/// `{{sum(costs) / 4}}`.
private func reckoning(_ expression: String) -> LocalizedText? {
    guard expression.contains(where: { "+*/×÷".contains($0) }) || expression.contains(" - ") else { return nil }
    return LocalizedText(
        zh: "模板只求和（sum）和计数（count），不做其他运算：新的数由评审步骤的查询算出（compute，或规则）",
        en:
            "a template adds up (sum) and counts (count) and reckons nothing else: a new figure is made by a query of a step, in `compute` or in a rule"
    )
}

/// `{{#each rows}}` and `{{#if name}}` of other programs.
private func otherBraces(_ expression: String) -> LocalizedText? {
    let words = expression.split(separator: " ")
    guard words.count == 2, ["each", "if", "with", "unless", "for"].contains(words[0]) else { return nil }
    let sign = words[0] == "unless" ? "^" : "#"
    return LocalizedText(
        zh: "请写 {{\(sign)\(words[1])}}…{{/\(words[1])}}",
        en: "write {{\(sign)\(words[1])}}…{{/\(words[1])}}"
    )
}

private func unsupported(_ tag: String) -> LocalizedText {
    LocalizedText(zh: "模板不支持标签 \"{{\(tag)}}\"", en: "templates do not support the tag \"{{\(tag)}}\"")
}

private func unknownForm(_ name: String) -> LocalizedText {
    LocalizedText(zh: "未知的格式\"\(name)\"", en: "unknown form \"\(name)\"")
}

func lacksText(_ form: ValueForm) -> LocalizedText {
    LocalizedText(
        zh: "\(form.rawValue) 的括号里缺少第二项：要补上的文字",
        en: "\(form.rawValue) lacks the second thing in its brackets: the text to add"
    )
}

func joinLike(_ form: ValueForm) -> LocalizedText {
    form == .ending
        ? LocalizedText(zh: "写法如 ending(project.name, '项目')", en: "write ending(project.name, 'project')")
        : LocalizedText(
            zh: "写法如 beginning(project.name, project.town)",
            en: "write beginning(project.name, project.town)"
        )
}

func takesNoText(_ form: ValueForm) -> LocalizedText {
    LocalizedText(
        zh: "\(form.rawValue) 的括号里只能有一项",
        en: "\(form.rawValue) takes one thing in its brackets"
    )
}

let leaveOut = LocalizedText(zh: "请删去逗号及其后的内容", en: "leave out the comma and what is behind it")

private let noteInNote = LocalizedText(zh: "脚注里不能再有脚注", en: "a footnote cannot stand inside a footnote")

private let tooDeep = LocalizedText(
    zh: "段落嵌套超过 \(WordingParser.maximumDepth) 层",
    en: "sections stand more than \(WordingParser.maximumDepth) deep inside each other"
)
