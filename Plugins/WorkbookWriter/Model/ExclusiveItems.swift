import ReviewModel
import Rubrics

/// Items of a rubric of which only one applies, and when it does: what somebody has to know before he gives points to both.
struct ExclusiveItems {
    /// One for each set of them, in the order of the rubric.
    let sentences: [String]
    /// By the codes of the items and of all below them.
    private let byCode: [String: String]

    init(_ rubric: Rubric?, _ titles: FormTitles, _ locale: Locale) {
        var (sentences, byCode) = ([String](), [String: String]())
        for node in rubric?.all ?? [] where node.kind == .alternatives && node.children.count > 1 {
            let sentence = onlyOne(node.children.map(\.code), Self.conditions(of: node, titles))(locale)
            sentences.append(sentence)
            // The innermost says it last.
            for below in node.all { byCode[below.code] = sentence }
        }
        (self.sentences, self.byCode) = (sentences, byCode)
    }

    func sentence(of code: String) -> String? { byCode[code] }

    /// What each of them depends on, as the form's sheets call it; the question once where all ask the same.
    private static func conditions(of node: RubricNode, _ titles: FormTitles) -> [Condition] {
        node.children.compactMap { part in
            part.condition.map { condition in
                let name = condition.field.tokens.joined(separator: ".")
                let value = condition.value.boolean.map { $0 ? yes : no }
                let text = condition.value.scalarText ?? ""
                return Condition(
                    code: part.code,
                    field: titles.name(of: condition.field) ?? name,
                    value: value ?? LocalizedText(titles.value(text, at: condition.field))
                )
            }
        }
    }

    fileprivate struct Condition {
        var code: String
        var field: String
        var value: LocalizedText
    }
}

// MARK: - Messages

private let yes = LocalizedText(zh: "是", en: "yes")
private let no = LocalizedText(zh: "否", en: "no")

private func onlyOne(_ codes: [String], _ conditions: [ExclusiveItems.Condition]) -> LocalizedText {
    var (zh, en, asked) = ([String](), [String](), "")
    for condition in conditions {
        let isAsked = condition.field == asked
        zh.append((isAsked ? "" : "“\(condition.field)”") + "为“\(condition.value.zh)”的填 \(condition.code)")
        let question = isAsked ? "it" : "\"\(condition.field)\""
        en.append("\(condition.code) where \(question) is \"\(condition.value.en)\"")
        asked = condition.field
    }
    return LocalizedText(
        zh: codes.joined(separator: "、") + " 只填适用的一项，其余留空" + zh.map { "，" + $0 }.joined() + "。",
        en: "Only one of " + codes.joined(separator: ", ") + " applies, and the others stay empty"
            + (en.isEmpty ? "" : ": " + en.joined(separator: ", ")) + "."
    )
}
