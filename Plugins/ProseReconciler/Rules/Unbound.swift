import BudgetLines
import ReviewModel
import Targets

/// Numbers that no figure stands behind.
let unbound = ProseRule(
    "prose/unbound",
    .info,
    title: LocalizedText(zh: "数字没有对应的数据", en: "a number that no figure stands behind"),
    manual: LocalizedText(
        zh: """
            文字中有单位的数字，在数据中没有任何一个与之相等，每段文字列为一条，并给出最接近的数据。不一定有错：\
            可能是只在文字中出现的数。请核对，或把它写入数据。
            """,
        en: """
            Numbers with a unit that no figure of the dossier prints as; one finding a text, with the nearest \
            figure. Not wrong by itself: the text may be the only place of it. Check it, or make it data.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              texts: {opinion: ↓据了解，周边同类项目每年投入约为 7.35 万元，可供参考和比较。}
            tables:
              budget_lines:
                - {id: L1, group: 课程活动服务费, quantity: 10, unit_price: 3400.00, amount: 34000.00}
            """,
            zh: "文字中的 约为 7.35 万元没有对应的数据",
            en: "no figure bears out 约为 7.35 万元"
        ),
        .good(
            """
            fields:
              texts: {opinion: 据了解，本项目每年投入约为 3.40 万元，可供参考和比较。}
            tables:
              budget_lines:
                - {id: L1, group: 课程活动服务费, quantity: 10, unit_price: 3400.00, amount: 34000.00}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

/// The numbers of one text that no figure bears out and that nothing contradicts.
func notBound(_ numbers: [(number: ProseNumber, nearest: ProseFigure?)], in text: DossierText) -> Finding {
    let shown = numbers.prefix(6)
    let more = numbers.count - shown.count
    let zh = shown.map { number, nearest in
        number.phrase + (nearest.map { "（最接近：\($0.label.zh) \(number.printed($0.value))）" } ?? "")
    }
    let en = shown.map { number, nearest in
        number.phrase + (nearest.map { " (nearest: \($0.label.en) \(number.printed($0.value)))" } ?? "")
    }
    return unbound.rule.finding(
        message: LocalizedText(
            zh: "文字中的 \(zh.joined(separator: "、"))\(more > 0 ? " 等 \(numbers.count) 个数" : "")没有对应的数据",
            en: "no figure bears out \(en.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")"
        ),
        subject: text.pointer.dotted,
        pointers: [text.pointer],
        found: shown.map(\.number.phrase).joined(separator: " / "),
        hint: LocalizedText(zh: "如由计算得出，请写明来源", en: "if it was computed, say from what")
    )
}
