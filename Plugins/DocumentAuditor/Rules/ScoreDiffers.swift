import BudgetLines
import PrintedReports
import ReviewModel

/// The report states another score than the score sheet adds up to.
let scoreDiffers = DocumentRule(
    "document/score-differs",
    .error,
    title: LocalizedText(zh: "报告中的得分与评分不一致", en: "the report states another score"),
    manual: LocalizedText(
        zh: """
            正文写的评审得分、自评得分（叫法见 report-words.yaml 的 review_score 和 self_score）与评分步骤算出的总分不同。只看紧跟在这些词后面的数字：\
            "评审得分为 90 分"。
            """,
        en: """
            The body states a score of the review or of the applicant (review_score and self_score of report-words.yaml) that is not the total of \
            the score sheet. Only the number right behind these words is looked at: 评审得分为 90 分.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}
              document:
                use: document-auditor
                needs: [score]
                with:
                  report: |
                    ↓经评审，评审得分为 9 分。
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
            """,
            zh: "报告写评审得分 9 分，评分合计为 8 分",
            en: "the report states a review score of 9, the score sheet has 8"
        ),
        .good(
            """
            pipeline:
              score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}
              document:
                use: document-auditor
                needs: [score]
                with:
                  report: |
                    经评审，评审得分为 8.00 分。
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
            """
        ),
    ],
    check: { audit, findings in findings.add(checkScores(audit.report, audit.prior)) }
)

private func checkScores(_ report: ReportText, _ prior: [String: Assessment]) -> [Finding] {
    let sheets = prior.sorted { $0.key < $1.key }.flatMap(\.value.scores)
    let stated = [("review_score", sheets.first(where: \.isReview)), ("self_score", sheets.first(where: \.isSelf))]
    return stated.flatMap { key, sheet -> [Finding] in
        guard let sheet, let total = sheet.total else { return [] }
        return report.body.filter { !$0.isTableRow }.flatMap { line in
            line.stated(key, report.words).filter { $0.points != total }.map { stated in
                differs(line, sheet.rater, stated.word, stated.points, total)
            }
        }
    }
}

extension ReportText.Line {
    /// The points that a line gives behind the words of a list, `review_score` or `self_score`: 自评价得分 is no 评价得分.
    func stated(_ key: String, _ words: ReportWords) -> [(word: String, points: ExactDecimal)] {
        (key == "self_score" ? folded : words.withoutOwnScores(folded)).points(
            after: words[key],
            unless: words["past_year"]
        )
    }
}

extension String {
    /// The points that stand right behind one of the words, a linking word or a colon between them.
    ///
    /// - Parameter past: words that make a clause one of an earlier year: 上年度评审得分 82 分.
    func points(after words: [String], unless past: [String] = []) -> [(word: String, points: ExactDecimal)] {
        var found: [(word: String, points: ExactDecimal)] = []
        for word in words {
            var rest = self[...]
            while let place = rest.firstBytes(of: word) {
                rest = rest[place.upperBound...]
                let clause =
                    self[..<place.lowerBound].split(
                        omittingEmptySubsequences: false,
                        whereSeparator: { "，。；、".contains($0) }
                    ).last.map(String.init) ?? ""
                if past.contains(where: clause.hasBytes) { continue }
                let number = rest.drop { "为是：有共达".contains($0) }
                let digits = number.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
                guard ["分", "points"].contains(where: number.dropFirst(digits.count).hasPrefix),
                    let points = ExactDecimal(String(digits))
                else {
                    continue
                }
                found.append((word, points))
            }
        }
        return found
    }
}

private func differs(
    _ line: ReportText.Line,
    _ rater: String,
    _ word: String,
    _ stated: ExactDecimal,
    _ total: ExactDecimal
) -> Finding {
    let (found, expected) = (stated.withoutTrailingZeros.description, total.withoutTrailingZeros.description)
    return scoreDiffers.rule.finding(
        message: LocalizedText(
            zh: "报告写\(word) \(found) 分，评分合计为 \(expected) 分",
            en: "the report states a \(rater) score of \(found), the score sheet has \(expected)"
        ),
        subject: word,
        lines: [line.spot],
        expected: expected,
        found: found
    )
}
