import BudgetLines
import PrintedReports
import ReviewModel

/// A grade that no score of this size has.
let gradeDiffers = DocumentRule(
    "document/grade-differs",
    .error,
    title: LocalizedText(zh: "等级与得分相差悬殊", en: "a grade far from its score"),
    manual: LocalizedText(
        zh: """
            没有评分步骤、报告也没有写明分档时，等级按通行的分档核对（财预〔2020〕10号：90 分以上优、80 分以上良、60 分以上中、60 分以下差；叫法见 report-words.yaml 的 grade_90 等）：相差两档以上为错误；\
            相差一档而得分距分界 5 分以上的为提醒，因为各地分档可能不同。
            """,
        en: """
            Where no scoring step runs and the report prints no bands, a grade is held against the usual ones (财预〔2020〕10号: 优 from 90, 良 from 80, 中 from 60, 差 below; `grade_90` and so on of report-words.yaml): two grades \
            off is an error, one grade off and five points from the boundary a warning, for a place may have bands of its own.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: "↓项目自评得分97.12分，自评等级为“差”。"
            """,
            zh: "等级写为\"差\"，得分 97.12 分，通行的分档为\"优\"",
            en: "the grade is stated as 差, the score is 97.12, which is usually 优"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: "项目自评得分92分，自评等级为“良”。"
            """
        ),
    ],
    check: { audit, findings in
        guard audit.prior.values.allSatisfy({ $0.scores.isEmpty }) else { return }
        findings.add(checkGrades(audit.report))
    }
)

/// The usual grades, the best first, each with its least score.
private let grades: [(key: String, least: ExactDecimal)] = [
    ("grade_90", 90), ("grade_80", 80), ("grade_60", 60), ("grade_0", 0),
]

private func checkGrades(_ report: ReportText) -> [Finding] {
    let words = grades.enumerated().flatMap { index, grade in report.words[grade.key].map { ($0, index) } }
    let sorted = words.map(\.0).sorted { $0.count > $1.count }
    // A report that prints its bands is held against them.
    let hasBands = report.lines.contains { line in
        line.folded.hasBytes(of: "分") && sorted.contains(where: line.folded.hasBytes)
            && ["以上", "以下", "不满", "（含", "～", "~"].contains(where: line.folded.hasBytes)
    }
    if hasBands { return [] }
    let lines = report.body.filter { !$0.isTableRow }
    func score(_ line: ReportText.Line) -> ExactDecimal? {
        (line.stated("review_score", report.words) + line.stated("self_score", report.words)).last?.points
    }
    let first = lines.lazy.compactMap(score).first
    return lines.compactMap { line in
        guard let stated = line.folded.verdict(after: report.words["grade_label"], among: sorted),
            let grade = words.first(where: { $0.0 == stated })?.1, let points = score(line) ?? first,
            points >= 0, points <= 100, let usual = grades.firstIndex(where: { points >= $0.least }), usual != grade
        else { return nil }
        let distance = abs(usual - grade)
        let bounds = grades.map(\.least).filter { $0 > 0 }
        let isFar = bounds.allSatisfy { bound in (try? (points - bound).magnitude >= 5) ?? true }
        guard distance > 1 || isFar else { return nil }
        var finding = differs(stated, points, report.words[grades[usual].key].first ?? "", line)
        if distance == 1 { finding.severity = .warning }
        return finding
    }
}

private func differs(_ stated: String, _ points: ExactDecimal, _ usual: String, _ line: ReportText.Line) -> Finding {
    gradeDiffers.rule.finding(
        message: LocalizedText(
            zh: "等级写为\"\(stated)\"，得分 \(Money.points(points)) 分，通行的分档为\"\(usual)\"",
            en: "the grade is stated as \(stated), the score is \(Money.points(points)), which is usually \(usual)"
        ),
        subject: "grade",
        lines: [line.spot],
        expected: usual,
        found: stated
    )
}
