import BudgetReview
import ReviewModel

/// Two copies of a paragraph, in the body and in an annex, that do not say the same.
let copiesDiffer = Rule(
    "document/copies-differ",
    .warning,
    title: LocalizedText(zh: "同一段文字前后两处不同", en: "two copies of a paragraph that differ"),
    manual: LocalizedText(
        zh: """
            报告常在正文和附件中各印一遍同一段文字。开头至少 12 字相同、首尾相同的字数达到较短一段的 percent 而全文不同的两段列出，并指出不同之处；一处只是少了一部分的为提示。\
            空格、标点全半角和重复的标点不计；因换页断开的段落先接上。少于 25 字的段落不比较。
            """,
        en: """
            Reports print some paragraphs twice, in the body and in an annex. Two that begin alike for 12 characters, and whose equal beginnings and ends make `percent` \
            of the shorter one and that are not the same are listed, with what differs; where one only lacks a part, as info. Blanks, the width of punctuation and \
            doubled marks do not count; paragraphs that a page break cuts are joined first. Below 25 characters nothing is compared.
            """
    ),
    parameters: [
        Rule.Parameter(
            "percent",
            LocalizedText(zh: "首尾相同部分的比例", en: "share that is equal at both ends"),
            standard: 60,
            unit: "percent"
        )
    ]
)

func checkCopies(_ report: ReportText, _ settings: RuleSettings) -> [Finding] {
    let share = settings[copiesDiffer, "percent"].integer ?? 60
    var (findings, groups, order) = ([Finding](), [[Unicode.Scalar]: [Paragraph]](), [[Unicode.Scalar]]())
    for paragraph in report.paragraphs.map(Paragraph.init) where paragraph.scalars.count >= 25 {
        let beginning = Array(paragraph.scalars.prefix(12))
        if groups[beginning] == nil { order.append(beginning) }
        if groups[beginning]?.contains(where: { $0.scalars == paragraph.scalars }) == true { continue }
        groups[beginning, default: []].append(paragraph)
    }
    for alike in order.compactMap({ groups[$0] }) {
        for (index, first) in alike.enumerated() {
            for second in alike.dropFirst(index + 1) {
                let difference = Difference(first.scalars, second.scalars)
                let shorter = min(first.scalars.count, second.scalars.count)
                if difference.equal * 100 >= shorter * share { findings.append(differ(first, second, difference)) }
            }
        }
    }
    return findings
}

/// What is left of two texts between their equal beginnings and ends.
private struct Difference {
    var first: String
    var second: String
    /// How much is equal at both ends together.
    var equal: Int

    init(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) {
        let start = zip(a, b).prefix { $0 == $1 }.count
        let rest = min(a.count, b.count) - start
        let end = zip(a.reversed(), b.reversed()).prefix(rest).prefix { $0 == $1 }.count
        first = a[start..<a.count - end].string
        second = b[start..<b.count - end].string
        equal = start + end
    }
}

private func differ(_ a: Paragraph, _ b: Paragraph, _ difference: Difference) -> Finding {
    func shown(_ text: String) -> LocalizedText {
        if text.isEmpty { return LocalizedText(zh: "没有这一部分", en: "nothing") }
        let quote = text.count > 60 ? "\"\(text.prefix(57))…\"" : "\"\(text)\""
        return LocalizedText(quote)
    }
    let (one, other) = (shown(difference.first), shown(difference.second))
    var finding = copiesDiffer.finding(
        message: LocalizedText(
            zh: "\"\(a.scalars.prefix(16).string)…\"一段，第 \(a.line.number) 行为\(one.zh)，第 \(b.line.number) 行为\(other.zh)",
            en:
                "\"\(a.scalars.prefix(16).string)…\": line \(a.line.number) has \(one.en), line \(b.line.number) has \(other.en)"
        ),
        subject: a.scalars.prefix(16).string,
        pointers: [b.line.pointer, a.line.pointer],
        expected: one.zh,
        found: other.zh,
        hint: LocalizedText(zh: "请统一两处文字，或说明不同的原因", en: "make them the same, or say why they differ")
    )
    // What only one copy has contradicts nothing.
    if difference.first.isEmpty || difference.second.isEmpty { finding.severity = .info }
    return finding
}

/// A paragraph without blanks and doubled marks, and the line where it begins.
private struct Paragraph {
    var line: ReportText.Line
    var scalars: [Unicode.Scalar] = []

    init(_ paragraph: ReportParagraph) {
        let marks: Set<Unicode.Scalar> = ["。", "，", "；", "：", "、"]
        line = paragraph.line
        for scalar in paragraph.text.folded.unicodeScalars {
            if scalar == scalars.last, marks.contains(scalar) { continue }
            scalars.append(scalar)
        }
    }
}
