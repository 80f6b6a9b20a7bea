internal import Groundwork
internal import JSONDocument

// What NameCheck says of names that cannot be there.

func unknownName(
    _ name: String,
    known: [String],
    at pointer: JSONPointer,
    _ place: TextPlace?
) -> ConfigurationDiagnostic {
    let message = LocalizedText(zh: "没有名为\"\(name)\"的内容", en: "nothing is called \"\(name)\"")
    return diagnostic("template/unknown-name", message, at: pointer, place, help: hint(for: name, among: known))
}

/// What was probably meant; an odd character of a name that is like no other.
private func hint(for name: String, among known: [String]) -> LocalizedText? {
    slip(in: name, among: known) ?? oddCharacterHint(in: name) ?? suggestion(for: name, among: known)
}

func lacksName(
    _ whole: String,
    _ part: String,
    known: [String],
    at pointer: JSONPointer,
    _ place: TextPlace?
) -> ConfigurationDiagnostic {
    let message = LocalizedText(zh: "\"\(whole)\"中没有\"\(part)\"", en: "\"\(whole)\" has no \"\(part)\"")
    return diagnostic("template/unknown-name", message, at: pointer, place, help: hint(for: part, among: known))
}

func unknownCaption(
    _ id: String,
    known: [String],
    at pointer: JSONPointer,
    _ place: TextPlace?
) -> ConfigurationDiagnostic {
    let message = LocalizedText(
        zh: "没有 id 为\"\(id)\"的编号图表",
        en: "no table or picture with a counted caption has the id \"\(id)\""
    )
    return diagnostic("template/unknown-caption", message, at: pointer, place, help: suggestion(for: id, among: known))
}

/// `a.rater = inspector`: what a name is compared with, and is none.
func unquotedText(_ words: String, at pointer: JSONPointer, _ place: TextPlace?) -> ConfigurationDiagnostic {
    diagnostic(
        "template/unknown-name",
        LocalizedText(zh: "没有名为\"\(words)\"的内容", en: "nothing is called \"\(words)\""),
        at: pointer,
        place,
        help: LocalizedText(zh: "若是文字，请加引号：'\(words)'", en: "a text stands in quotes: '\(words)'")
    )
}

/// A name of the program's that the form has given to something of its own.
func twoMeanings(_ name: String, _ other: String, at pointer: JSONPointer, _ place: TextPlace?)
    -> ConfigurationDiagnostic
{
    var found = diagnostic(
        "template/two-meanings",
        LocalizedText(
            zh: "这里的\"\(name)\"是评审得出的内容，不是表单的\"\(name)\"",
            en: "\"\(name)\" is what the review makes here, not the form's own \"\(name)\""
        ),
        at: pointer,
        place,
        help: LocalizedText(zh: "表单的请写 \(other)", en: "write \(other) for the form's")
    )
    found.severity = .warning
    return found
}

/// A text that a form adds, without quotes.
func unquoted(_ words: String, at pointer: JSONPointer, _ place: TextPlace?) -> ConfigurationDiagnostic {
    diagnostic(
        "template/unknown-name",
        LocalizedText(zh: "没有名为\"\(words)\"的内容", en: "nothing is called \"\(words)\""),
        at: pointer,
        place,
        help: LocalizedText(zh: "要补上的文字须加引号：'\(words)'", en: "a text to add stands in quotes: '\(words)'")
    )
}

func singleBraces(_ tag: String, at pointer: JSONPointer, _ place: TextPlace?) -> ConfigurationDiagnostic {
    var found = diagnostic(
        "template/single-braces",
        LocalizedText(
            zh: "\"\(tag)\"只有一层花括号，不是标签，会照样印出",
            en: "\"\(tag)\" has single braces: that is no tag, and would be printed as it stands"
        ),
        at: pointer,
        place,
        help: LocalizedText(zh: "请写 {\(tag)}", en: "write {\(tag)}")
    )
    found.severity = .warning
    return found
}

extension TextPlace {
    /// Where the words stand first in a text.
    init?(of words: String, in text: String) {
        guard let range = text.firstRange(of: words) else { return nil }
        let before = text[..<range.lowerBound]
        let line = before.lastIndex(where: \.isNewline).map { before.index(after: $0) } ?? before.startIndex
        self.init(line: before.count(where: \.isNewline) + 1, column: before[line...].unicodeScalars.count + 1)
    }
}

func unprintable(
    _ expression: String,
    at pointer: JSONPointer,
    _ place: TextPlace?
) -> ConfigurationDiagnostic {
    diagnostic(
        "template/not-a-value",
        LocalizedText(
            zh: "\"\(expression)\"是一组内容，不能直接打印",
            en: "\"\(expression)\" holds names and cannot be printed itself"
        ),
        at: pointer,
        place,
        help: LocalizedText(zh: "请写到其中的一项，或用 each 逐项打印", en: "name one of its parts, or print its elements with each")
    )
}

func wrongKind(
    _ expression: String,
    _ form: ValueForm,
    _ misfit: NameMisfit,
    at pointer: JSONPointer,
    _ place: TextPlace?
) -> ConfigurationDiagnostic {
    let name = misfit.name
    let wanted: LocalizedText =
        switch form {
        case .date, .compactdate, .slashdate, .hanzidate, .month: LocalizedText(zh: "日期", en: "a date")
        case .ending, .beginning: LocalizedText(zh: "文字", en: "a text")
        default: LocalizedText(zh: "数字", en: "a number")
        }
    return diagnostic(
        "template/wrong-form",
        LocalizedText(
            zh: "\"\(expression)\"：\(form.rawValue) 用于\(wanted.zh)，而里面是\(name.zh)",
            en: "\"\(expression)\": \(form.rawValue) is for \(wanted.en), and what it holds is \(name.en)"
        ),
        at: pointer,
        place,
        help: LocalizedText(
            zh: "请换成\(wanted.zh)，或去掉 \(form.rawValue)；列表要先取其中一项或求和",
            en: "name \(wanted.en), or leave \(form.rawValue) out; of a list take one element or the sum"
        )
    )
}

extension NameMisfit {
    fileprivate var name: LocalizedText {
        switch self {
        case .list: LocalizedText(zh: "一个列表", en: "a list")
        case .value(.text): LocalizedText(zh: "文字", en: "text")
        case .value(.figure): LocalizedText(zh: "数字", en: "a number")
        case .value(.day): LocalizedText(zh: "日期", en: "a date")
        case .value(.flag): LocalizedText(zh: "是或否", en: "yes or no")
        }
    }
}

private func diagnostic(
    _ code: String,
    _ message: LocalizedText,
    at pointer: JSONPointer,
    _ place: TextPlace?,
    help: LocalizedText?
) -> ConfigurationDiagnostic {
    var diagnostic = ConfigurationDiagnostic(code: code, message: message, pointer: pointer, help: help)
    diagnostic.place = place
    return diagnostic
}
