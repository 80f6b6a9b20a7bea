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
    return diagnostic("template/unknown-name", message, at: pointer, place, help: suggestion(for: name, among: known))
}

func lacksName(
    _ whole: String,
    _ part: String,
    known: [String],
    at pointer: JSONPointer,
    _ place: TextPlace?
) -> ConfigurationDiagnostic {
    let message = LocalizedText(zh: "\"\(whole)\"中没有\"\(part)\"", en: "\"\(whole)\" has no \"\(part)\"")
    return diagnostic("template/unknown-name", message, at: pointer, place, help: suggestion(for: part, among: known))
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
