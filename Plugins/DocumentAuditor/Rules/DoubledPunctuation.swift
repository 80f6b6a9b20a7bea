import BudgetLines
import PrintedReports
import ReviewModel

/// A punctuation mark, the word for a level of government, or a word of the field that stands twice.
let doubledPunctuation = DocumentRule(
    "document/doubled",
    .warning,
    title: LocalizedText(zh: "标点、字或词重复", en: "a doubled mark, character or word"),
    manual: LocalizedText(
        zh:
            "。。、，，、；；、：：、、、等连续两个相同的标点，以及\"市市\"\"区区\"\"的的\"之类重复的字（\"镇镇级\"不算）；重复的词（\"项目项目\"，见 report-words.yaml 的 doubled），后面接着另一个词的不算：\"项目项目单位\"（doubled_goes_on）。",
        en:
            "Two equal punctuation marks in a row, doubled characters such as 市市, and doubled words (`doubled` of report-words.yaml, 项目项目) unless another word goes on behind them (`doubled_goes_on`: 项目项目单位)."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓项目由镇级财政保障。。
            """,
            zh: "\"。。\"重复：…目由镇级财政保障。。…",
            en: "\"。。\" stands twice: …目由镇级财政保障。。…"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    望舒镇镇级财政保障，由社区食堂项目项目单位实施。
            """
        ),
    ],
    check: { audit, findings in
        findings.add(checkPunctuation(audit.report))
        findings.add(checkWords(audit.report))
    }
)

private func checkPunctuation(_ report: ReportText) -> [Finding] {
    report.lines.flatMap { line in
        let scalars = line.scalars
        return scalars.indices.dropFirst().filter { position in
            // 望舒镇镇级 is a town's level.
            scalars[position] == scalars[position - 1] && marks.contains(scalars[position])
                && !(position + 1 < scalars.count && scalars[position + 1] == "级")
        }.map { doubled(scalars[$0 - 1...$0].string, String(scalars[$0]), at: $0 - 1, in: line) }
    }
}

private func checkWords(_ report: ReportText) -> [Finding] {
    let words = report.words["doubled"].map { (twice: $0 + $0, scalars: Array($0.unicodeScalars)) }
    let further = report.words["doubled_goes_on"].map { Array($0.unicodeScalars) }
    return report.lines.flatMap { line -> [Finding] in
        let scalars = line.scalars
        // Hardly a line has one, which a glance at its bytes tells.
        return words.filter { line.text.hasBytes(of: $0.twice) }.map(\.scalars).flatMap { word -> [Finding] in
            guard let first = word.first, scalars.count >= 2 * word.count else { return [] }
            return (0...scalars.count - 2 * word.count).filter { start in
                guard scalars[start] == first, scalars[start...].starts(with: word + word) else { return false }
                let rest = scalars[(start + 2 * word.count)...]
                return !further.contains { rest.starts(with: $0) }
            }.map { doubled((word + word).string, word.string, at: $0, in: line) }
        }
    }
}

private func doubled(_ found: String, _ expected: String, at start: Int, in line: ReportText.Line) -> Finding {
    let end = start + found.unicodeScalars.count
    let around = line.scalars[max(0, start - 8)..<min(line.scalars.count, end + 8)].string
    return doubledPunctuation.rule.finding(
        message: LocalizedText(zh: "\"\(found)\"重复：…\(around)…", en: "\"\(found)\" stands twice: …\(around)…"),
        subject: found,
        lines: [line.spot],
        expected: expected,
        found: found
    )
}

private let marks: Set<Unicode.Scalar> = ["。", "，", "；", "：", "、", "？", "！", "市", "区", "镇", "的", "了"]
