import BudgetLines
import ReviewModel

/// A chosen place that holds no text.
let noText = ProseRule(
    "prose/no-text",
    .warning,
    title: LocalizedText(zh: "没有可核对的文字", en: "no text to check"),
    manual: LocalizedText(
        zh: """
            设置 texts 中写的位置没有文字，可能写错。请核对写法。
            """,
        en: """
            A place in the setting `texts` holds no text: likely a slip. Check how it is spelt.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {prose: {use: prose-reconciler, with: {texts: [↓/fields/texts/opinon]}}}
            fields:
              texts: {opinion: 课程活动服务费申报 3.40 万元，数量和单价均有依据，予以认可。}
            """,
            zh: "\"/fields/texts/opinon\"处没有文字",
            en: "there is no text at \"/fields/texts/opinon\""
        ),
        .good(
            """
            pipeline: {prose: {use: prose-reconciler, with: {texts: [/fields/texts/opinion]}}}
            fields:
              texts: {opinion: 课程活动服务费申报 3.40 万元，数量和单价均有依据，予以认可。}
            """
        ),
    ],
    check: check
)

private func check(_ audit: ProseAudit, _ findings: inout RuleFindings) {
    guard let chosen = audit.settings.texts else { return }
    var everything = audit.settings
    (everything.texts, everything.except, everything.minimumLength) = (nil, [], 1)
    let texts = DossierText.all(in: audit.dossier, everything)
    for (offset, selector) in chosen.enumerated() where !texts.contains(where: { selector.matches($0.pointer) }) {
        findings.add(nothingChosen(selector, at: JSONPointer(["config", "texts"]) / offset))
    }
}

private func nothingChosen(_ selector: TextSelector, at pointer: JSONPointer) -> Finding {
    noText.rule.finding(
        message: LocalizedText(zh: "\"\(selector.written)\"处没有文字", en: "there is no text at \"\(selector.written)\""),
        subject: selector.written,
        pointers: [pointer],
        hint: LocalizedText(zh: "请核对 texts 的写法", en: "check how it is spelt in texts")
    )
}
