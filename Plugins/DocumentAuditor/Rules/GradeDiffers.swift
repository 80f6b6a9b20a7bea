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
        findings.add(checkLetters(audit.report))
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
    if hasBands { return checkBands(report, sorted) }
    let lines = report.body.filter { !$0.isTableRow }
    func score(_ line: ReportText.Line) -> ExactDecimal? {
        // The applicant's own score beside that of the review is not the one that the grade is of.
        let reviewed = line.folded.hasBytes(of: "自评等级") ? nil : line.stated("review_score", report.words).last?.points
        return reviewed ?? line.stated("self_score", report.words).last?.points
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

/// A band of the report's own: 90分及以上为优, 80分（含）至90分为良, 75至85分（不含）为良好, 60分以下为差.
private struct PrintedBand {
    var least: ExactDecimal
    var most: ExactDecimal
    var name: String

    static func all(in text: String, _ grades: [String]) -> [PrintedBand] {
        var bands: [PrintedBand] = []
        guard text.hasBytes(of: "为"), grades.contains(where: text.hasBytes) else { return [] }
        let plain = ["（含）", "（不含）", "(含)", "(不含)", "含", "“", "”", "及"].reduce(text) { $0.replacing($1, with: "") }
        for bare in plain.split(whereSeparator: { "，；。：（）".contains($0) }).map(String.init) {
            let figures = StatedFigure.all(in: bare)
            guard let first = figures.first, figures.count <= 2, let place = bare.firstBytes(of: "为"),
                let name = grades.first(where: { bare[place.upperBound...].hasPrefix($0) }),
                bare.distance(from: bare.startIndex, to: place.lowerBound) >= (figures.last?.range.upperBound ?? 0)
            else { continue }
            if figures.count == 2 {
                guard first.value < figures[1].value else { return [] }
                bands.append(PrintedBand(least: first.value, most: figures[1].value, name: name))
            } else if bare.hasBytes(of: "以上") {
                bands.append(PrintedBand(least: first.value, most: 101, name: name))
            } else if bare.hasBytes(of: "以下") {
                bands.append(PrintedBand(least: -1, most: first.value, name: name))
            }
        }
        return bands
    }
}

/// A grade against the bands that the report prints, where a score lies within one of them and not at its end.
private func checkBands(_ report: ReportText, _ words: [String]) -> [Finding] {
    let lines = report.body.filter { !$0.isTableRow }
    let all = report.paragraphs.map { PrintedBand.all(in: $0.text.folded, words) }
    guard let bands = all.first(where: { $0.count >= 3 }), all.count(where: { $0.count >= 2 }) == 1,
        Set(bands.map(\.name)).count == bands.count
    else { return [] }
    func score(_ line: ReportText.Line) -> ExactDecimal? {
        // The applicant's own score beside that of the review is not the one that the grade is of.
        let reviewed = line.folded.hasBytes(of: "自评等级") ? nil : line.stated("review_score", report.words).last?.points
        return reviewed ?? line.stated("self_score", report.words).last?.points
    }
    let first = lines.lazy.compactMap(score).first
    return lines.compactMap { line in
        // 得分 89.2 分，评价等级为“良”: the score of the grade stands right before it.
        let own = line.folded.points(after: report.words["scored"], unless: report.words["past_year"]).first?.points
        guard
            let stated = line.folded.verdict(after: report.words["grade_label"], among: words)
                ?? line.folded.gradeBehindScore(words),
            bands.contains(where: { $0.name == stated }), let points = score(line) ?? own ?? first,
            let band = bands.first(where: { points > $0.least && points < $0.most }), band.name != stated
        else { return nil }
        return outOfBand(stated, points, band.name, line)
    }
}

extension String {
    /// The grade of 得分 85.0 分，等级为“良”.
    fileprivate func gradeBehindScore(_ words: [String]) -> String? {
        for link in ["分，等级为", "分，等级：", "分，等次为", "分，评为"] {
            guard let place = firstBytes(of: link), hasBytes(of: "得分") else { continue }
            let rest = self[place.upperBound...].drop { "“\"".contains($0) }
            if let word = words.first(where: rest.hasPrefix) { return word }
        }
        return nil
    }
}

private func outOfBand(_ stated: String, _ points: ExactDecimal, _ own: String, _ line: ReportText.Line) -> Finding {
    gradeDiffers.rule.finding(
        message: LocalizedText(
            zh: "等级写为\"\(stated)\"，得分 \(Money.points(points)) 分，按报告所列分档为\"\(own)\"",
            en:
                "the grade is stated as \(stated), the score \(Money.points(points)) is \(own) by the bands of the report"
        ),
        subject: "grade",
        lines: [line.spot],
        expected: own,
        found: stated
    )
}

/// What the report says that letters mean, A级为“同意”，B级为“修改后同意”, with the letter of the whole and its verdict.
private func checkLetters(_ report: ReportText) -> [Finding] {
    var meanings: [Character: String] = [:]
    let lines = report.body.filter { !$0.folded.isEmpty }
    for line in lines where !line.isTableRow && line.folded.hasBytes(of: "级为") {
        for clause in line.folded.split(whereSeparator: { "，。；、".contains($0) }) {
            let bare = clause.filter { !"“”\"".contains($0) }
            guard let letter = bare.first, ("A"..."E").contains(letter), bare.dropFirst().hasPrefix("级为") else {
                continue
            }
            meanings[letter] = String(bare.dropFirst(3))
        }
    }
    guard meanings.count > 1 else { return [] }
    // The letter of the whole: in the last row of its table, and in the text.
    var whole: [(letter: Character, line: ReportText.Line)] = []
    for line in lines {
        if line.isTableRow {
            let cells = line.filledCells.map(\.folded)
            if cells.count > 1, ["综合等级", "总体等级", "综合评级", "评定等级", "总评"].contains(cells[0]), cells[1].count == 1,
                let letter = cells[1].first, meanings[letter] != nil
            {
                whole.append((letter, line))
            }
        } else {
            for label in ["综合等级为", "总体等级为", "综合评级为", "评定等级为"] {
                guard let place = line.folded.firstBytes(of: label),
                    let letter = line.folded[place.upperBound...].drop(while: { "“\"".contains($0) }).first,
                    meanings[letter] != nil
                else { continue }
                whole.append((letter, line))
            }
        }
    }
    guard let first = whole.first else { return [] }
    if let other = whole.first(where: { $0.letter != first.letter }) { return [otherLetter(other, first)] }
    let leads = report.words["conclusion"].filter { $0 != "建议" && $0 != "等级" }
    let words = Set(report.words["verdicts"]).union(meanings.values).sorted { $0.count > $1.count }
    return lines.compactMap { line in
        guard !line.isTableRow, let verdict = line.folded.verdict(after: leads, among: words),
            meanings.values.contains(verdict), let meant = meanings[first.letter], meant != verdict
        else { return nil }
        return otherMeaning(verdict, first.letter, meant, line)
    }
}

private func otherLetter(
    _ other: (letter: Character, line: ReportText.Line),
    _ first: (letter: Character, line: ReportText.Line)
) -> Finding {
    gradeDiffers.rule.finding(
        message: LocalizedText(
            zh: "综合等级此处为 \(other.letter)，\(first.line.label.zh)为 \(first.letter)",
            en: "the grade of the whole is \(other.letter) here and \(first.letter) in \(first.line.label.en)"
        ),
        subject: "letter",
        lines: [other.line.spot, first.line.spot],
        expected: String(first.letter),
        found: String(other.letter)
    )
}

private func otherMeaning(_ verdict: String, _ letter: Character, _ meant: String, _ line: ReportText.Line) -> Finding {
    gradeDiffers.rule.finding(
        message: LocalizedText(
            zh: "结论写为\"\(verdict)\"，综合等级 \(letter) 按报告所列为\"\(meant)\"",
            en: "the verdict is stated as \"\(verdict)\"; the grade \(letter) is \"\(meant)\" by what the report says"
        ),
        subject: "letter",
        lines: [line.spot],
        expected: meant,
        found: verdict
    )
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
