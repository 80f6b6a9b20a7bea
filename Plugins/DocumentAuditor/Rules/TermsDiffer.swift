import BudgetLines
import PrintedReports
import ReviewModel

/// Places that name different members of one set: stations, methods, groups of people.
let termsDiffer = DocumentRule(
    "document/terms-differ",
    .warning,
    title: LocalizedText(zh: "同一事项各处所列不同", en: "one thing listed differently"),
    manual: LocalizedText(
        zh: """
            设置 terms 列出一组应当前后一致的名称（如站点、成本测算方法）。每一句（或单元格）中出现的该组名称为一种说法；句中至少有 least 个名称才算。各处说法不同，\
            列为一条，注明每种说法首次出现的行。评分标准（含"得…分"）不计。
            """,
        en: """
            The setting `terms` lists names that belong together and should be listed alike wherever they are (stations, methods of \
            costing). What of them a sentence or cell names is one reading, if it names `least` of them. Different readings make one \
            finding, with the line where each stands first. Criteria (得…分) are left out.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  terms: [{name: 测算方法, words: [行业标准, 历史成本, 市场询价], least: 2}]
                  report: |
                    ↓测算方法包括行业标准和历史成本。
                    测算由市场询价、历史成本构成。
            """,
            zh: "测算方法各处所列不同：第 1 行为行业标准、历史成本；第 2 行为历史成本、市场询价",
            en: "测算方法 is listed differently: line 1 has 行业标准, 历史成本; line 2 has 历史成本, 市场询价"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  terms: [{name: 测算方法, words: [行业标准, 历史成本, 市场询价], least: 2}]
                  report: |
                    测算方法包括行业标准和历史成本。
                    测算由行业标准、历史成本构成。
            """
        ),
    ],
    check: { audit, findings in findings.add(checkTerms(audit.report, audit.terms)) }
)

/// Names that belong together, as the setting `terms` has them.
struct TermSet: Sendable {
    var name: String
    var words: [String]
    /// How many of the words a sentence must have to count.
    var least: Int

    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        name = record.required("name")?.text() ?? ""
        words = record.required("words")?.list().compactMap { $0.text() } ?? []
        least = record.optional("least")?.integer() ?? 1
        record.finish()
    }

    static let schema: Value = [
        "type": "array", "description": "sets of names that should be listed alike throughout",
        "items": [
            "type": "object", "required": ["name", "words"], "additionalProperties": false,
            "properties": [
                "name": ["type": "string"], "words": ["type": "array", "items": ["type": "string"]],
                "least": ["type": "integer", "minimum": 1],
            ],
        ],
    ]
}

private func checkTerms(_ report: ReportText, _ sets: [TermSet]) -> [Finding] {
    sets.compactMap { set in
        var readings: [(words: [String], lines: [ReportText.Line])] = []
        let words = set.words.map(\.folded)
        for line in report.lines where words.contains(where: line.folded.hasBytes) {
            for part in line.scalars.split(whereSeparator: { $0 == "\t" || $0 == "。" || $0 == "；" }) {
                let sentence = part.string.folded
                if sentence.hasBytes(of: "得"), sentence.hasBytes(of: "分") { continue }
                let named = zip(set.words, words).filter { sentence.hasBytes(of: $0.1) }.map(\.0)
                guard named.count >= max(1, set.least) else { continue }
                if let known = readings.firstIndex(where: { $0.words == named }) {
                    readings[known].lines.append(line)
                } else {
                    readings.append((named, [line]))
                }
            }
        }
        return readings.count > 1 ? listedDifferently(set, readings) : nil
    }
}

private func listedDifferently(_ set: TermSet, _ readings: [(words: [String], lines: [ReportText.Line])]) -> Finding {
    let zh = readings.map { "\($0.lines[0].label.zh)为\($0.words.joined(separator: "、"))" }
    let en = readings.map { "\($0.lines[0].label.en) has \($0.words.joined(separator: ", "))" }
    return termsDiffer.rule.finding(
        message: LocalizedText(
            zh: "\(set.name)各处所列不同：\(zh.joined(separator: "；"))",
            en: "\(set.name) is listed differently: \(en.joined(separator: "; "))"
        ),
        subject: set.name,
        lines: readings.map { $0.lines[0].spot },
        found: readings.map { $0.words.joined(separator: "、") }.joined(separator: " / "),
        hint: LocalizedText(zh: "请统一各处的说法，或说明不同的原因", en: "list the same, or say why they differ")
    )
}
