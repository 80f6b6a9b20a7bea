import BudgetLines
import PrintedReports
import ReviewModel

/// The digits of an amount that the report has with 元 in one place and with 万元 in another.
let amountUnit = DocumentRule(
    "document/amount-unit",
    .error,
    title: LocalizedText(zh: "同一金额一处为元、一处为万元", en: "the same digits with 元 here and 万元 there"),
    manual: LocalizedText(
        zh: """
            除末尾的零外至少五位（同一段中四位）的数字完全相同，一处写"元"、他处写"万元"的，列出次数少的一处；同一句其余各项均为"万元"，唯独一项带三位以上小数却写"元"的，也列出。单价（元/…、每……）不计。
            """,
        en: """
            Digits, five that say something (four within a paragraph), that stand with 元 in one place and with 万元 in others: the rarer one is told; also an amount in 元 with three places or more where all others of its sentence are in 万元. \
            Prices do not count.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    审定概算总投资3734.28万元，比送审减少111.08万元。
                    ↓建议按审定概算3734.28元控制投资。
            """,
            zh: "此处为 3734.28元，他处为 3734.28万元",
            en: "3734.28元 here, 3734.28万元 elsewhere"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    审定概算总投资3734.28万元，即37,342,800.00元。
                    建议按审定概算3734.28万元控制投资。
            """
        ),
    ],
    check: { audit, findings in
        var seen: [ExactDecimal: [(isWan: Bool, digits: String, line: ReportText.Line)]] = [:]
        var small: [SmallAmount] = []
        for paragraph in audit.report.paragraphs {
            let text = paragraph.text.folded
            let figures = StatedFigure.all(in: text).filter { figure in
                guard figure.yuan != nil else { return false }
                let rest = figure.behind.drop { $0 == "万" || $0 == "元" }
                return !rest.hasPrefix("/") && !rest.hasPrefix("每")
                    && !text.clause(before: figure.range.lowerBound).hasBytes(of: "单价")
                    && !text.clause(before: figure.range.lowerBound).hasBytes(of: "每")
            }
            for figure in figures {
                let isWan = figure.behind.hasPrefix("万")
                seen[figure.value, default: []].append((isWan, figure.digits, paragraph.line))
            }
            for figure in figures where !figure.behind.hasPrefix("万") && (2...4).contains(figure.value.places) {
                small.append((figure, text, paragraph.line))
            }
            if let odd = oddOne(figures) {
                findings.add([differs(odd.digits + "元", odd.digits + "万元", [paragraph.line.spot])])
            }
        }
        findings.add(rounded(small, Array(seen.filter { $0.value.contains { !$0.isWan } }.keys), seen))
        for (_, all) in seen.sorted(by: { $0.value[0].line.number < $1.value[0].line.number }) {
            let (wan, yuan) = (all.filter(\.isWan), all.filter { !$0.isWan })
            guard let one = wan.first, let other = yuan.first else { continue }
            let telling = one.digits.filter { $0 != "." }.reversed().drop { $0 == "0" }.count
            let isNear = one.line.number == other.line.number
            guard telling >= (isNear ? 4 : 5) else { continue }
            let rare = wan.count < yuan.count ? one : wan.count > yuan.count ? other : yuan.last ?? other
            let usual = rare.isWan ? other : one
            findings.add([
                differs(
                    rare.digits + (rare.isWan ? "万元" : "元"),
                    rare.digits + (rare.isWan ? "元" : "万元"),
                    [rare.line.spot, usual.line.spot]
                )
            ])
        }
    }
)

private typealias SmallAmount = (figure: StatedFigure, text: String, line: ReportText.Line)

/// 送审 371.85 万元，净核减 15.75 元, where the report has 157,457.66 元: an amount rounded to 万元 that says 元, beside others in 万元.
private func rounded(
    _ small: [SmallAmount],
    _ amounts: [ExactDecimal],
    _ seen: [ExactDecimal: [(isWan: Bool, digits: String, line: ReportText.Line)]]
) -> [Finding] {
    let large = amounts.filter { $0 >= 10_000 }
    return small.compactMap { figure, text, line -> Finding? in
        guard figure.telling >= 4, seen[figure.value]?.count == 1, figure.value < 10_000,
            large.contains(where: { amount in
                amount.inWan != figure.value && amount.inWan.rounded(to: figure.value.places) == figure.value
            })
        else { return nil }
        let sentence = text.split { "。；".contains($0) }.first { $0.contains(figure.digits + "元") } ?? ""
        guard StatedFigure.all(in: String(sentence)).contains(where: { $0.behind.hasPrefix("万元") }) else { return nil }
        return differs(figure.digits + "元", figure.digits + "万元", [line.spot])
    }
}

/// The one amount in 元 of many places among others in 万元 with as many.
private func oddOne(_ figures: [StatedFigure]) -> StatedFigure? {
    let (wan, yuan) = (
        figures.filter { $0.behind.hasPrefix("万") }, figures.filter { $0.behind.hasPrefix("元") && $0.value.places >= 3 }
    )
    guard yuan.count == 1, let odd = yuan.first, odd.value >= 1,
        wan.count(where: { $0.value.places == odd.value.places }) >= 2
    else { return nil }
    return odd
}

private func differs(_ found: String, _ expected: String, _ spots: [Spot]) -> Finding {
    amountUnit.rule.finding(
        message: LocalizedText(zh: "此处为 \(found)，他处为 \(expected)", en: "\(found) here, \(expected) elsewhere"),
        subject: found,
        lines: spots,
        expected: expected,
        found: found,
        hint: LocalizedText(zh: "请核对单位", en: "check the unit")
    )
}
