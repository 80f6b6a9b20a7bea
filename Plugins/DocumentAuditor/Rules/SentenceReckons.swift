import BudgetLines
import PrintedReports
import ReviewModel

/// A number that its own words say was reckoned, and that nothing of its sentence, its paragraph or the tables makes.
let sentenceReckons = DocumentRule(
    "document/sentence-reckons",
    .error,
    title: LocalizedText(zh: "正文推算的数与表、与本段的数不符", en: "a reckoned number of a sentence that nothing makes"),
    manual: LocalizedText(
        zh: """
            数前的词说明它是推算出来的：合计、累计、共（几行或前面几个数之和），比……多（少、高、低）、相差、提高几个百分点（差），占……的（占比），平均、人均、每……（均数、单位数），节约率、降幅、减幅（率），几倍，某某与某某之和的百分之几。\
            把本句、本段和各表中可能的数都试算一遍：有一种算得出来即为相符；都算不出的，句中已说明用哪几个数的，或只有一种算法与它仅差一位数字（或相邻两位对调）的，列为错误。别处另有同一个数（三位以上）的不列。表不必是认识的表：行名、表头（或题注）的单位即可。
            """,
        en: """
            Words before a number say that it was reckoned: 合计, 累计 and 共 (a sum of rows, or of the numbers before), 比…多 and 相差 (a difference, points too), 占…的 (a share), 平均, 人均 and 每… (a mean, a price of one), 节约率 and 降幅 (a rate), 倍, 与…之和的 (a fee). All that its sentence, its paragraph and the tables could make of it is tried. It is right where any of that is the number. \
            Where none is, it is told if the sentence says which numbers are meant, or if one reckoning alone has its digits but for one, or for two neighbours that changed places. A number of three digits and more that stands elsewhere, too, is left alone. Tables need not be known: names of rows and units of heads will do.
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
                    供应商\t报价（万元/所）
                    江州厨宝\t17.85
                    远达餐饮\t17.20
                    恒泰商用\t18.60
                    ↓三家平均报价为17.58万元/所。
            """,
            zh: "\"三家平均报价为17.58万元/所\"：(17.85 + 17.20 + 18.60) ÷ 3 = 17.88万元/所",
            en: "\"三家平均报价为17.58万元/所\": (17.85 + 17.20 + 18.60) ÷ 3 = 17.88万元/所"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    供应商\t报价（万元/所）
                    江州厨宝\t17.85
                    远达餐饮\t17.20
                    恒泰商用\t18.60
                    三家平均报价为17.88万元/所，最高价比最低价高1.40万元。
            """
        ),
    ],
    check: { audit, findings in
        let reckoning = Reckoning(audit.report)
        // What rules before have told of a line, and what the texts were held against before.
        let told = findings.all.filter { $0.severity == .error && $0.rule != unknownAmount.rule.id }
        let prose = audit.prior.values.flatMap(\.findings).filter {
            $0.rule.hasPrefix("prose/") && $0.severity == .error
        }
        .map { $0.message.zh.folded.withoutThousands }
        for (place, paragraph) in reckoning.paragraphs.enumerated() {
            let wrong = reckoning.wrong(in: place)
            if wrong.isEmpty { continue }
            let before = told.filter { $0.spots.contains(paragraph.line.spot) }
                .flatMap { StatedFigure.all(in: ($0.found + " " + $0.subject).folded).map(\.digits) }
            findings.add(wrong.filter { !$0.isTold(before, prose) }.map { reckoned($0, paragraph.line) })
        }
    }
)

extension Reckoning.Wrong {
    /// Whether it is told in other words already, or follows from what is.
    ///
    /// - Parameters:
    ///   - numbers: those that are told of its line.
    ///   - prose: what is told of sentences.
    fileprivate func isTold(_ numbers: [String], _ prose: [String]) -> Bool {
        let own = StatedFigure.all(in: (found + " " + formula).folded).map(\.digits)
        if own.contains(where: numbers.contains) { return true }
        let quoted = String(quote.folded.withoutThousands.prefix { !$0.isPlainDigit }.suffix(2)) + (own.first ?? "")
        return prose.contains { $0.contains(quoted) }
    }
}

private func reckoned(_ wrong: Reckoning.Wrong, _ line: ReportText.Line) -> Finding {
    sentenceReckons.rule.finding(
        message: LocalizedText(
            zh: "\"\(wrong.quote)\"：\(wrong.formula) = \(wrong.expected)",
            en: "\"\(wrong.quote)\": \(wrong.formula) = \(wrong.expected)"
        ),
        subject: wrong.quote,
        lines: [line.spot] + [wrong.row?.spot].compactMap(\.self),
        expected: wrong.expected,
        found: wrong.found
    )
}
