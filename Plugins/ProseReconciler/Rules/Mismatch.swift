import BudgetLines
import ReviewModel
import Targets

/// A number whose words name a figure that has another value.
let mismatch = ProseRule(
    "prose/mismatch",
    .error,
    title: LocalizedText(zh: "文字与数据不一致", en: "a sentence's number differs from its figure"),
    manual: LocalizedText(
        zh: """
            文字中的数字，其前面的词语完全指明了一个数据（如"课程活动服务费 2025 年执行率"），而该数据在所印精度\
            之内不是这个值；或者数值是另一年度的（年度写错）。"占申报总额的"按占比计算。单位元、万元、亿元、% 和"平均"均已理解；词语没有全部理解的不算错误。请更正文字或数据\
            。
            """,
        en: """
            The words before a number say wholly which figure it is, and no figure of that name prints as the \
            number, within its printed precision; or it is that of another year. A share (占申报总额的) is computed. 元, 万元, 亿元, % and averages are understood; where some of \
            the words are not, it is no error. Correct the text or the figure.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              texts: {opinion: ↓课程活动服务费申报 3.50 万元，数量和单价均有依据，予以认可。}
            tables:
              budget_lines:
                - {id: L1, group: 课程活动服务费, quantity: 10, unit_price: 3400.00, amount: 34000.00}
            """,
            zh: "\"课程活动服务费申报 3.50 万元\"与课程活动服务费 申报金额（3.40 万元）不一致，相差 0.10 万元",
            en: "\"课程活动服务费申报 3.50 万元\": 课程活动服务费, requested is 3.40 万元, a difference of 0.10 万元"
        ),
        .good(
            """
            fields:
              texts: {opinion: 课程活动服务费申报 3.40 万元，数量和单价均有依据，予以认可。}
            tables:
              budget_lines:
                - {id: L1, group: 课程活动服务费, quantity: 10, unit_price: 3400.00, amount: 34000.00}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

/// More parts of a sum than these are not shown one by one: a total of thousands of lines is no sentence any more.
let mostParts = 50

/// A number that the words before it make another figure of than it is.
func differs(_ number: ProseNumber, _ figures: [ProseFigure], in text: DossierText) -> Finding {
    let quote = quotation(of: number, in: text.prose)
    let figure = figures[0]
    if figure.isOfAnotherYear { return isOfAnotherYear(quote, number, figure, in: text) }
    let (expected, difference) = (number.printed(figure.value), number.difference(from: figure.value))
    let parts = Array(figure.parts.prefix(mostParts))
    let shown = parts.map { "\($0.name) \($0.unit.exact($0.value))" }.joined(separator: "、")
    let more = figure.parts.count - mostParts
    let (zh, en) = more > 0 ? (" 等 \(figure.parts.count) 项", " and \(more) more") : ("", "")
    let (made, madeOf) = shown.isEmpty ? ("", "") : ("：\(shown)\(zh)", ": \(number.listed(parts))\(en)")
    var finding = mismatch.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"与\(figure.label.zh)（\(expected)）不一致，相差 \(difference)\(made)",
            en: "\"\(quote)\": \(figure.label.en) is \(expected), a difference of \(difference)\(madeOf)"
        ),
        subject: canonicalText(quote),
        pointers: [text.pointer] + figure.pointers.prefix(mostParts),
        expected: figures.prefix(3).map { number.printed($0.value) }.uniqued().joined(separator: " / "),
        found: number.phrase,
        hint: LocalizedText(zh: "请核对数据来源，更正文字或数据", en: "check where it comes from, and correct the text or the figure")
    )
    finding.difference = difference
    finding.proof = proof(of: figure, number)
    return finding
}

/// A number that is the figure of a year which the words before it do not name.
private func isOfAnotherYear(_ quote: String, _ number: ProseNumber, _ figure: ProseFigure, in text: DossierText)
    -> Finding
{
    mismatch.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"的年度不符：\(number.printed(figure.value)) 是\(figure.label.zh)",
            en: "\"\(quote)\" names another year: \(number.printed(figure.value)) is the \(figure.label.en)"
        ),
        subject: canonicalText(quote),
        pointers: [text.pointer] + figure.pointers.prefix(mostParts),
        expected: figure.years.map(String.init).joined(),
        found: quote,
        hint: LocalizedText(zh: "请核对年度", en: "check the year")
    )
}
