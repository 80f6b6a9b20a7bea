import BudgetLines
import PrintedReports
import ReviewModel

/// A document is called national in one place and the town's in another.
let citedLevel = DocumentRule(
    "document/cited-level",
    .error,
    title: LocalizedText(zh: "文件的层级前后矛盾", en: "a document at two levels"),
    manual: LocalizedText(
        zh: "\"国家、市级、区级、镇级层面\"之后、下一个层级之前所引的文件，其层级应与立项依据清单的 level 相同。",
        en:
            "The documents cited after 国家/市级/区级/镇级层面, and before the next of these, must have that level in the list of legal bases."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓国家层面有《关于加强城市基层党建的行动纲要》。
            tables:
              legal_bases:
                - {title: 《关于加强城市基层党建的行动纲要》, level: 区级, number: 沪委〔2019〕5号}
            """,
            zh: "《关于加强城市基层党建的行动纲要》写作国家层面，立项依据清单中为区级",
            en: "《关于加强城市基层党建的行动纲要》 is said to be 国家, the list of legal bases says 区级"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    区级层面有《关于加强城市基层党建的行动纲要》。
            tables:
              legal_bases:
                - {title: 《关于加强城市基层党建的行动纲要》, level: 区级, number: 沪委〔2019〕5号}
            """
        ),
    ],
    check: check
)

private func check(_ audit: DocumentAudit, _ findings: inout RuleFindings) {
    let listed = Dictionary(audit.bases.map { ($0.folded, $0) }) { first, _ in first }
    if listed.isEmpty { return }
    for line in audit.report.lines {
        for (title, level) in citations(in: line.scalars) {
            guard let level, let base = listed[title.folded], !base.level.isEmpty, !base.level.hasPrefix(level) else {
                continue
            }
            findings.add(otherLevel(title, level, base.level, at: line, base.pointer / "level"))
        }
    }
}

private func otherLevel(
    _ title: String,
    _ level: String,
    _ expected: String,
    at line: ReportText.Line,
    _ basis: JSONPointer
) -> Finding {
    citedLevel.rule.finding(
        message: LocalizedText(
            zh: "\(title)写作\(level)层面，立项依据清单中为\(expected)",
            en: "\(title) is said to be \(level), the list of legal bases says \(expected)"
        ),
        subject: title,
        lines: [line.spot],
        pointers: [basis],
        expected: expected,
        found: level
    )
}
