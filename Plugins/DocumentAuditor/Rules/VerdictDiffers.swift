import BudgetLines
import PrintedReports
import ReviewModel

/// The report states another verdict than the score means.
let verdictDiffers = DocumentRule(
    "document/verdict-differs",
    .error,
    title: LocalizedText(zh: "报告中的评审结论与得分不符", en: "the report states another verdict than its score means"),
    manual: LocalizedText(
        zh: """
            正文在"评审结论""结论为"等词之后写的结论（可识别的说法见 report-words.yaml 的 verdicts，取最长的一个："不可行"不是"可行"），不是评分步骤按得分得出的结论。
            """,
        en: """
            What the body states behind 评审结论, 结论为 and the like (the words are `verdicts` in report-words.yaml; the longest counts, so 不可行 is \
            not 可行) is not the verdict that the scoring step came to.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    bands: [{code: pass, name: 可行, range: "[6, 10]"}, {code: fail, name: 暂缓, range: "[0, 6)"}]
                    items: [{code: A, name: 课程, max: 10}]
              document:
                use: document-auditor
                needs: [score]
                with:
                  report: |
                    ↓经评审，评审得分为 8 分，评审结论为不可行。
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
            """,
            zh: "报告写评审结论为\"不可行\"，得分 8 分按评分标准为\"可行\" [6, 10]",
            en: "the report states the verdict \"不可行\", the score 8 means \"可行\" [6, 10]"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    bands: [{code: pass, name: 可行, range: "[6, 10]"}, {code: fail, name: 暂缓, range: "[0, 6)"}]
                    items: [{code: A, name: 课程, max: 10}]
              document:
                use: document-auditor
                needs: [score]
                with:
                  report: |
                    经评审，评审得分为 8 分，评审结论为“可行”。
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
            """
        ),
    ],
    check: { audit, findings in findings.add(checkVerdict(audit.report, audit.prior)) }
)

private func checkVerdict(_ report: ReportText, _ prior: [String: Assessment]) -> [Finding] {
    let sheets = prior.sorted { $0.key < $1.key }.flatMap(\.value.scores)
    guard let sheet = sheets.first(where: \.isReview), let verdict = sheet.verdict else {
        return []
    }
    let own = verdict.name.zh.folded
    let words = Set(report.words["verdicts"]).union([own]).union(sheet.bands.map(\.name.zh.folded)).sorted {
        $0.count > $1.count
    }
    return report.body.filter { !$0.isTableRow }.compactMap { line in
        guard let stated = line.folded.verdict(after: report.words["conclusion"], among: words), stated != own else {
            return nil
        }
        return differs(line, stated, sheet, verdict)
    }
}

extension String {
    /// The verdict that stands right behind one of `leads`: the longest word that fits, a linking word or a quotation mark between them.
    func verdict(after leads: [String], among words: [String]) -> String? {
        for lead in leads {
            guard let place = firstBytes(of: lead) else { continue }
            let rest = self[place.upperBound...].drop { "为是：“”\"‘’「」《》，".contains($0) }
            guard let word = words.first(where: { rest.hasPrefix($0) }) else { continue }
            // 良 begins 良好, and 中 begins many a word: what goes on is another word.
            let next = rest.dropFirst(word.count).first
            if word.count == 1, let next, !"，。；、（）”\"」 ".contains(next) { continue }
            return word
        }
        return nil
    }
}

private func differs(_ line: ReportText.Line, _ stated: String, _ sheet: ScoreSheet, _ verdict: Verdict) -> Finding {
    // What has no total has a level, or a verdict alone.
    let total = sheet.total.map { $0.withoutTrailingZeros.description }
    let score = total.map { LocalizedText(zh: "得分 \($0) 分", en: "score \($0)") }
    let rated = score ?? sheet.level.map { LocalizedText(zh: "等级 \($0)", en: "level \($0)") }
    let basis = rated ?? LocalizedText(zh: "结果", en: "result")
    return verdictDiffers.rule.finding(
        message: LocalizedText(
            zh: "报告写评审结论为\"\(stated)\"，\(basis.zh)按评分标准为\"\(verdict.name.zh)\" \(verdict.band)",
            en:
                "the report states the verdict \"\(stated)\", the \(basis.en) means \"\(verdict.name.en)\" \(verdict.band)"
        ),
        subject: verdict.code,
        lines: [line.spot],
        expected: verdict.name.zh,
        found: stated
    )
}
