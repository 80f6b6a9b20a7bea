import BudgetLines
import PrintedReports
import ReviewModel

/// The scores that a report states do not go together, where no scoring step says which is right.
let scoresDisagree = DocumentRule(
    "document/scores-disagree",
    .error,
    title: LocalizedText(zh: "报告所写的得分彼此不符", en: "scores of the report that do not go together"),
    manual: LocalizedText(
        zh: """
            没有评分步骤时，报告与自身核对：同一种得分（评审得分、自评得分，叫法见 report-words.yaml）在各处应相同；"评审得分 90 分。其中……得分 46 分；……"的各项之和应等于总分，\
            各项不应超过其前面的权重；得分落入报告所写评分区间（"90 分以上可行"）的，结论应为该区间的结论；结论为"不予支持"之类的，正文不应同意安排资金。
            """,
        en: """
            Where no scoring step runs, the report is held against itself: a score (review_score and self_score of report-words.yaml) is the same in all places; the parts behind \
            it, 其中……得分 46 分；……, make it, and none exceeds the weight before it; where the report prints its bands (90 分以上可行), the verdict it states is that of the band. Where it refuses (`refusals`), the money is not granted (`grants`).
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
                    ↓评审得分为 90 分。其中项目决策权重 50 分，得分 46 分；项目管理权重 30 分，得分 27 分；项目绩效权重 20 分，得分 16 分。
            """,
            zh: "所列各项 46、27、16 合计 89 分，评审得分写为 90 分",
            en: "the parts 46, 27, 16 make 89, the review score is stated as 90"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    评审得分为 90 分。其中项目决策权重 50 分，得分 46 分；项目管理权重 30 分，得分 27 分；项目绩效权重 20 分，得分 17 分。评审结论为可行。
                    不满 70 分暂缓，70~89 分部分可行，90 分以上可行
            """
        ),
    ],
    check: { audit, findings in
        guard audit.prior.values.allSatisfy({ $0.scores.isEmpty }) else { return }
        findings.add(try checkParts(audit.report))
        findings.add(checkPlaces(audit.report, audit.dossier.field("project", "year")?.integer))
        findings.add(checkBand(audit.report))
        findings.add(checkGrant(audit.report))
    }
)

private typealias Stated = (word: String, points: ExactDecimal, line: ReportText.Line)

private func stated(_ key: String, in report: ReportText) -> [Stated] {
    report.body.filter { !$0.isTableRow }.flatMap { line in
        line.stated(key, report.words).map { ($0.word, $0.points, line) }
    }
}

private func checkPlaces(_ report: ReportText, _ year: Int?) -> [Finding] {
    ["review_score", "self_score"].flatMap { key -> [Finding] in
        let all = stated(key, in: report).filter {
            !$0.line.folded.givesYear($0.word, otherThan: year) && !$0.line.givesToAnother($0.word, $0.points)
                && !$0.line.bounds($0.word, $0.points)
        }
        guard let first = all.first else { return [] }
        // Three scores that are all different are those of three projects.
        if all.count > 2, Set(all.map(\.points)).count == all.count { return [] }
        return all.dropFirst().filter { $0.points != first.points && $0.word == first.word }.map {
            twoScores(first, $0)
        }
    }
}

extension String {
    /// Whether the clause before a word names another year than the project's: 2024年项目得分85分.
    fileprivate func givesYear(_ word: String, otherThan year: Int?) -> Bool {
        ranges(of: word).contains { place in
            let clause = self[..<place.lowerBound].split(whereSeparator: { "，。；".contains($0) }).last ?? ""
            let years = PrintedDate.all(in: Array(clause.unicodeScalars)).map(\.year)
            return !years.isEmpty && !years.contains { $0 == year }
        }
    }
}

private func checkParts(_ report: ReportText) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    for line in report.body where !line.isTableRow {
        // Of a line with both, the review's own score is the one that has parts.
        let reviewed = line.stated("review_score", report.words).last
        let text = reviewed == nil ? line.folded : report.words.withoutOwnScores(line.folded)
        guard let total = reviewed ?? line.stated("self_score", report.words).last,
            let start = text.firstBytes(of: total.word)
        else { continue }
        // 甲项目得分86分，其中…。丁项目得分78分: nothing says which of them the parts are of.
        let all = line.stated(reviewed == nil ? "self_score" : "review_score", report.words).filter {
            $0.word == total.word
        }
        if Set(all.map(\.points)).count > 1 { continue }
        if let bare = try text[start.upperBound...].bareParts(report.words), bare.parts.count > 2 {
            if bare.sum != total.points { findings.append(otherSum(bare.parts, bare.sum, total, line)) }
            continue
        }
        var (parts, weights, weight) = ([ExactDecimal](), [ExactDecimal](), nil as ExactDecimal?)
        // 自评得分94分，复评得分86分: what follows a score is a part of it where something says so.
        let leads = ["其中", "分别", "包括", "即"] + report.words["weight"]
        let behind = text[start.upperBound...]
        guard leads.contains(where: { behind.firstBytes(of: $0) != nil }) else { continue }
        // The words before each part are its own: of several clauses each has its weight.
        for clause in text[start.upperBound...].split(whereSeparator: { "，；。、".contains($0) }).dropFirst().map(
            String.init
        ) {
            if let own = clause.points(after: report.words["weight"]).last {
                weight = own.points
                weights.append(own.points)
            }
            guard let part = clause.points(after: report.words["scored"]).last, !clause.isBandOfScores else { continue }
            parts.append(part.points)
            if let weight, part.points > weight { findings.append(aboveWeight(part.points, weight, clause, line)) }
            weight = nil
        }
        guard parts.count > 1 else { continue }
        let sum = try ExactDecimal.sum(parts)
        if sum != total.points { findings.append(otherSum(parts, sum, total, line)) }
        // Weights beside each of the parts are those of the whole, in points of a hundred.
        let whole = try ExactDecimal.sum(weights)
        if weights.count == parts.count, sum == total.points, whole != 100, total.points <= 100, whole > 60 {
            findings.append(otherWeights(weights, whole, line))
        }
    }
    return findings
}

extension ReportText.Line {
    /// 综合得分90分（含）以上的为: the end of a band, and no score.
    fileprivate func bounds(_ word: String, _ points: ExactDecimal) -> Bool {
        ["分（含）", "分（不含）", "分（含本数）"].contains { folded.hasBytes(of: word + Money.points(points) + $0) }
    }

    /// Whether points stand behind the name of one of several: 甲项目得分86分, 一期后评价得分83分.
    func givesToAnother(_ word: String, _ points: ExactDecimal) -> Bool {
        var rest = folded[...]
        while let place = rest.firstBytes(of: word) {
            let before =
                rest[..<place.lowerBound].split(
                    omittingEmptySubsequences: false,
                    whereSeparator: { "，。；、：".contains($0) }
                ).last.map(String.init) ?? ""
            let sentence =
                folded[..<place.lowerBound].split(
                    omittingEmptySubsequences: false,
                    whereSeparator: { "。；".contains($0) }
                ).last ?? ""
            rest = rest[place.upperBound...]
            let digits = rest.drop { "为是：有共达".contains($0) }.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            if ExactDecimal(String(digits)) == points {
                // 甲项目自评得分95分，评审得分88分: a sentence goes on with the one that it has named.
                return (before + word.prefix(2)).namesOneOfSeveral || String(sentence).namesLetteredProject
            }
        }
        return false
    }
}

extension String {
    /// 甲项目, A项目, or 甲 at its end.
    var namesLetteredProject: Bool {
        let letters = Array(self)
        return letters.indices.contains { index in
            let next = letters[(index + 1)...].prefix(2)
            return "甲乙丙丁戊己庚辛ABCDEFGH".contains(letters[index]) && (String(next) == "项目" || next.isEmpty)
        }
    }

    /// Whether it names one of several projects or parts: 甲项目, A项目, 二期, 同批评价的, 类似项目.
    var namesOneOfSeveral: Bool {
        let words = ["同批", "类似", "同类", "其他项目", "其余项目", "第一轮", "第二轮", "第三轮", "初评", "复评", "初审", "复审"]
        if words.contains(where: hasBytes) { return true }
        if namesLetteredProject { return true }
        let letters = Array(self)
        return letters.indices.contains { index in
            let next = letters[(index + 1)...].prefix(2)
            return count <= 8 && next.first == "期" && "一二三四五六七八九十0123456789".contains(letters[index])
                && !(next.dropFirst().first.map { "限间".contains($0) } ?? false)
        }
    }
}

extension String {
    /// `得分90分以上予以支持` tells what scores mean, and gives none.
    fileprivate var isBandOfScores: Bool {
        ["以上", "以下", "不满", "低于", "高于", "不足", "～", "~", "至"].contains(where: hasBytes)
    }
}

extension Substring {
    /// The points of `其中预算执行 9.8 分，产出 50 分，满意度 10 分。`: each clause behind 其中 has one number of points, and nothing says that
    /// it is a weight; `nil` where it is otherwise.
    fileprivate func bareParts(_ words: ReportWords) throws(DecimalOverflow) -> (
        parts: [ExactDecimal], sum: ExactDecimal
    )? {
        guard let list = firstBytes(of: "其中") else { return nil }
        let sentence = self[list.upperBound...].prefix { $0 != "。" }
        var parts: [ExactDecimal] = []
        for clause in sentence.split(whereSeparator: { "，；、和".contains($0) }).map(String.init) {
            // 扣0.42分: points that were lost make no score.
            guard !words["weight"].contains(where: clause.hasBytes), !words["scored"].contains(where: clause.hasBytes),
                clause.hasSuffix("分"), !words["lost"].contains(where: clause.hasBytes)
            else { return nil }
            let digits = clause.dropLast().reversed().prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let points = ExactDecimal(String(digits.reversed())), digits.count + 1 < clause.count else {
                return nil
            }
            parts.append(points)
        }
        return (parts, try ExactDecimal.sum(parts))
    }
}

private func checkBand(_ report: ReportText) -> [Finding] {
    let verdicts = report.words["verdicts"].sorted { $0.count > $1.count }
    let bands = report.lines.lazy.map { VerdictBand.all(in: $0.text, verdicts) }.first { $0.count > 1 } ?? []
    guard let score = stated("review_score", in: report).first, !bands.isEmpty else { return [] }
    // Ends that two bands share leave the verdict open, which is a finding by itself.
    func meant(_ points: ExactDecimal) -> VerdictBand? {
        let holding = bands.filter { $0.holds(points) }
        // 90 分（含）—100 分, 80 分（含）—90 分: an end belongs to the band that says so.
        let meant = holding.count > 1 ? holding.filter { $0.claims(points) } : holding
        return meant.count == 1 ? meant[0] : nil
    }
    let own = stated("review_score", in: report)
    // Where several projects are rated, a line goes by the score that it gives itself.
    let areSeveral = own.count > 2 && Set(own.map(\.points)).count == own.count
    let words = Set(report.words["verdicts"]).union(bands.map(\.verdict)).sorted { $0.count > $1.count }
    return report.body.filter { !$0.isTableRow }.compactMap { line in
        let leads = report.words["conclusion"]
        let score = areSeveral ? own.first { $0.line.number == line.number } : score
        guard let score, let band = meant(score.points), let verdict = line.folded.verdict(after: leads, among: words),
            verdict != band.verdict
        else { return nil }
        // 建议 may say of one item what bands do not have.
        let isConclusion = line.folded.verdict(after: leads.filter { $0 != "建议" }, among: words) == verdict
        guard
            bands.contains(where: { $0.verdict == verdict }) || verdict.isDenial(of: band.verdict)
                || isConclusion && verdict.isOfScale(bands.map(\.verdict))
        else { return nil }
        return otherVerdict(verdict, score, band, line)
    }
}

/// A verdict that refuses, in a report that grants the money.
func checkGrant(_ report: ReportText) -> [Finding] {
    let words = Set(report.words["verdicts"] + report.words["refusals"]).sorted { $0.count > $1.count }
    let lines = report.body.filter { !$0.isTableRow }
    let grant = lines.lazy.compactMap { line in
        report.words["grants"].first(where: line.folded.hasBytes).map { (word: $0, line: line) }
    }.first
    guard let grant, !grant.line.folded.hasBytes(of: "不" + grant.word) else { return [] }
    return lines.compactMap { line in
        guard let verdict = line.folded.verdict(after: report.words["conclusion"], among: words),
            report.words["refusals"].contains(verdict)
        else { return nil }
        return grantsAndRefuses(verdict, line, grant)
    }
}

extension String {
    /// Whether it ends as verdicts of the scale do and is none of them: 暂缓安排 beside 建议安排 and 不建议安排.
    fileprivate func isOfScale(_ verdicts: [String]) -> Bool {
        guard count > 2 else { return false }
        return verdicts.count(where: { $0.count > 2 && $0.hasSuffix(suffix(2)) }) > 1
    }

    /// 不可行 of 可行.
    fileprivate func isDenial(of other: String) -> Bool {
        self == "不" + other || self == "不予" + other || other == "不" + self
    }
}

// MARK: - Messages

private func grantsAndRefuses(
    _ verdict: String,
    _ line: ReportText.Line,
    _ grant: (word: String, line: ReportText.Line)
) -> Finding {
    scoresDisagree.rule.finding(
        message: LocalizedText(
            zh: "结论写为\"\(verdict)\"，而\(grant.line.label.zh)写\"\(grant.word)\"",
            en: "the verdict is stated as \"\(verdict)\", and \(grant.line.label.en) says \(grant.word)"
        ),
        subject: "grant",
        lines: line.number == grant.line.number ? [line.spot] : [line.spot, grant.line.spot],
        expected: grant.word,
        found: verdict
    )
}

private func twoScores(_ first: Stated, _ other: Stated) -> Finding {
    let (one, two) = (Money.points(first.points), Money.points(other.points))
    return scoresDisagree.rule.finding(
        message: LocalizedText(
            zh: "\(first.word)在\(first.line.label.zh)为 \(one) 分，\(other.line.label.zh)为 \(two) 分",
            en: "\(first.word) is \(one) in \(first.line.label.en) and \(two) in \(other.line.label.en)"
        ),
        subject: first.word,
        lines: [other.line.spot, first.line.spot],
        expected: one,
        found: two
    )
}

private func otherSum(
    _ parts: [ExactDecimal],
    _ sum: ExactDecimal,
    _ total: (word: String, points: ExactDecimal),
    _ line: ReportText.Line
) -> Finding {
    let list = parts.map(Money.points)
    return scoresDisagree.rule.finding(
        message: LocalizedText(
            zh:
                "所列各项 \(list.joined(separator: "、")) 合计 \(Money.points(sum)) 分，\(total.word)写为 \(Money.points(total.points)) 分",
            en:
                "the parts \(list.joined(separator: ", ")) make \(Money.points(sum)), the review score is stated as \(Money.points(total.points))"
        ),
        subject: total.word,
        lines: [line.spot],
        expected: Money.points(sum),
        found: Money.points(total.points)
    )
}

private func otherWeights(_ weights: [ExactDecimal], _ sum: ExactDecimal, _ line: ReportText.Line) -> Finding {
    let list = weights.map(Money.points).joined(separator: "、")
    return scoresDisagree.rule.finding(
        message: LocalizedText(
            zh: "所列权重 \(list) 合计 \(Money.points(sum)) 分，应为 100 分",
            en: "the weights \(list) make \(Money.points(sum)), which should be 100"
        ),
        subject: "weights",
        lines: [line.spot],
        expected: "100",
        found: Money.points(sum)
    )
}

private func aboveWeight(_ points: ExactDecimal, _ weight: ExactDecimal, _ clause: String, _ line: ReportText.Line)
    -> Finding
{
    scoresDisagree.rule.finding(
        message: LocalizedText(
            zh: "\(clause)：得分 \(Money.points(points)) 分超过权重 \(Money.points(weight)) 分",
            en: "\(clause): \(Money.points(points)) is above its weight of \(Money.points(weight))"
        ),
        subject: clause,
        lines: [line.spot],
        expected: "≤ \(Money.points(weight))",
        found: Money.points(points)
    )
}

private func otherVerdict(_ verdict: String, _ score: Stated, _ band: VerdictBand, _ line: ReportText.Line) -> Finding {
    scoresDisagree.rule.finding(
        message: LocalizedText(
            zh: "结论写为\"\(verdict)\"，\(score.word) \(Money.points(score.points)) 分按报告所列区间为\"\(band.verdict)\"",
            en:
                "the verdict is stated as \"\(verdict)\"; a score of \(Money.points(score.points)) is \"\(band.verdict)\" by the bands of the report"
        ),
        subject: "verdict",
        lines: [line.spot],
        expected: band.verdict,
        found: verdict
    )
}
