import BudgetLines
import PrintedReports
import ReviewModel

/// A verdict that is not the one of the report's own bands, or that another place of the report denies.
let verdictOfBand = DocumentRule(
    "document/verdict-of-band",
    .error,
    title: LocalizedText(zh: "结论与报告所列分档或他处不符", en: "a verdict that is not the one of its band"),
    manual: LocalizedText(
        zh: """
            报告写明分档的（90分以上为……，85分及以上为A档，60分以上85分以下的为……，叫法不限），其后所写的等级、等次、结论应为得分所在的一档；同一份报告各处所写的项目等级、评审结论应相同。\
            没有评分步骤时才核对，其他规则已指出的行不再重复。
            """,
        en: """
            Where a report prints its bands, whatever it calls them (90分以上为…, 85分及以上为A档), the grade or verdict that it states is that of the band in which its score lies; and what it states of the whole project in two \
            places is the same. Only where no step scores; lines that another rule has told of are left out.
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
                    ↓部门整体得分83分。85分及以上为A档，75分至84分为B档，75分以下为C档，该部门为A档。
            """,
            zh: "结论写为\"A档\"，得分 83 分按报告所列分档为\"B档\"",
            en: "the verdict is stated as A档, a score of 83 is B档 by the bands of the report"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    本项目得84分。评审结果在85分以上的为“可行”，60分以上85分以下的为“部分可行”，60分以下的为“不可行”。本项目得84分，评审结果为“部分可行”。
                    评审结论：项目部分可行。
            """
        ),
    ],
    check: { audit, findings in
        guard audit.prior.values.allSatisfy({ $0.scores.isEmpty }) else { return }
        let told = findings.told
        let report = audit.report
        let bands = ScoreBands(report)
        let stated = StatedVerdicts(report, bands).all.filter { !told.contains($0.line.spot) }
        if stated.isEmpty { return }
        let list = PointList(report)?.score
        let scores = report.wholeScores
        // Several scores are those of several projects, each with a verdict of its own.
        if scores.count > 1 { return }
        if let bands, let score = scores.first ?? list, let own = bands.band(of: score) {
            findings.add(
                stated.filter { $0.word != own.word && bands.words.contains($0.word) }.map { outOfBand($0, score, own) }
            )
            return
        }
        // Without bands the places are held against each other; the word that stands most often is meant.
        for (_, own) in Dictionary(grouping: stated, by: \.lead).sorted(by: { $0.key < $1.key }) {
            let words = Dictionary(own.map { ($0.word, 1) }, uniquingKeysWith: +)
            // Several projects may each have a conclusion of their own.
            let isOfWhole = ["总体等级", "综合等级", "整体等级"].contains(own.first?.lead ?? "")
            guard words.count == 2, let first = own.first, words.values.min() == 1, isOfWhole || own.count > 2 else {
                continue
            }
            let usual = words.first { $0.value > own.count / 2 }?.key ?? first.word
            guard let meant = own.first(where: { $0.word == usual }) else { continue }
            findings.add(own.filter { $0.word != usual }.map { twoVerdicts($0, meant) })
        }
    }
)

/// What a report states of the whole project: 总体等级为“良”, 评审结论：项目部分可行, 该部门为B档.
private struct StatedVerdicts {
    struct Stated {
        var word: String
        var lead: String
        var line: ReportText.Line
    }

    private(set) var all: [Stated] = []

    init(_ report: ReportText, _ bands: ScoreBands?) {
        let own = Set(bands?.words ?? [])
        let words = own.union(report.words["verdicts"]).sorted { $0.count > $1.count }
        // What bands call the whole is known by them: 该部门为B档.
        let leads =
            verdictLeads + report.words["grade_label"].filter { !$0.hasPrefix("自评") }
            + (own.isEmpty ? [] : ["本项目", "该项目", "该部门", "本单位", "等次", "等级"])
        for line in report.body where !line.isTableRow && leads.contains(where: line.folded.hasBytes) {
            for sentence in line.folded.split(whereSeparator: { "。；".contains($0) }) {
                if ScoreBands.isPart(sentence) {
                    // The verdict stands behind the bands in the same sentence.
                    guard let place = sentence.lastIndex(of: "，") else { continue }
                    let tail = sentence[sentence.index(after: place)...]
                    if StatedFigure.all(in: String(tail)).isEmpty { read(tail, leads, words, line) }
                    continue
                }
                read(sentence, leads, words, line)
            }
        }
    }

    private mutating func read(_ sentence: Substring, _ leads: [String], _ words: [String], _ line: ReportText.Line) {
        for lead in leads {
            guard let place = sentence.firstBytes(of: lead) else { continue }
            let before = sentence[..<place.lowerBound]
            // Of one indicator, of an earlier year, or of what the rules say.
            if ["指标", "子项目", "上年", "上一年", "按照", "如"].contains(where: before.hasBytesOf) { continue }
            var rest = sentence[place.upperBound...]
            for link in ["评定为", "确定为", "为", "是", "：", "属于"] where rest.hasPrefix(link) {
                rest = rest.dropFirst(link.count)
                break
            }
            guard rest.startIndex > place.upperBound else { continue }
            rest = rest.drop { "“\"「".contains($0) }
            for subject in ["本项目", "该项目", "项目"] where rest.hasPrefix(subject) { rest = rest.dropFirst(subject.count) }
            guard let word = words.first(where: rest.hasPrefix) else { continue }
            let next = rest.dropFirst(word.count).first
            guard next.map({ "，。；”\"」、".contains($0) }) ?? true else { continue }
            all.append(Stated(word: word, lead: lead, line: line))
            return
        }
    }
}

private let verdictLeads = [
    "总体等级", "综合等级", "整体等级", "评审结果", "评估结果", "评审结论", "评估结论", "综合评定等级",
]

extension ScoreBands {
    /// Whether a sentence prints bands.
    static func isPart(_ sentence: Substring) -> Bool {
        let marks = ["分及以上", "分以上", "分以下", "分（含", "分（不含", "不足"]
        return marks.contains(where: sentence.hasBytesOf)
    }
}

extension Substring {
    fileprivate func hasBytesOf(_ word: String) -> Bool { String(self).hasBytes(of: word) }
}

extension ReportText {
    /// The scores of the whole that sentences state.
    fileprivate var wholeScores: Set<ExactDecimal> {
        let keys = ["部门整体得分", "整体得分", "本项目得分", "本项目得", "项目得分", "总分", "总得分", "评分"]
        var scores: [ExactDecimal] = []
        for line in body where !line.isTableRow && line.folded.hasBytes(of: "分") {
            scores += line.stated("review_score", words).map(\.points)
            if scores.isEmpty { scores += line.folded.points(after: keys).map(\.points) }
        }
        return Set(scores)
    }
}

// MARK: - Messages

private func outOfBand(_ stated: StatedVerdicts.Stated, _ score: ExactDecimal, _ own: ScoreBands.Band) -> Finding {
    verdictOfBand.rule.finding(
        message: LocalizedText(
            zh: "结论写为\"\(stated.word)\"，得分 \(Money.points(score)) 分按报告所列分档为\"\(own.word)\"",
            en:
                "the verdict is stated as \(stated.word), a score of \(Money.points(score)) is \(own.word) by the bands of the report"
        ),
        subject: "verdict",
        lines: [stated.line.spot],
        expected: own.word,
        found: stated.word
    )
}

private func twoVerdicts(_ stated: StatedVerdicts.Stated, _ other: StatedVerdicts.Stated) -> Finding {
    verdictOfBand.rule.finding(
        message: LocalizedText(
            zh: "结论此处写为\"\(stated.word)\"，\(other.line.label.zh)为\"\(other.word)\"",
            en: "the verdict is stated as \(stated.word) here and as \(other.word) in \(other.line.label.en)"
        ),
        subject: "verdict",
        lines: stated.line.number == other.line.number ? [stated.line.spot] : [stated.line.spot, other.line.spot],
        expected: other.word,
        found: stated.word
    )
}
