import BudgetLines
import PrintedReports
import ReviewModel

/// A document under another number than the list of legal bases has.
let citedNumber = DocumentRule(
    "document/cited-number",
    .error,
    title: LocalizedText(zh: "引用的文号与立项依据清单不符", en: "a cited document under another number"),
    manual: LocalizedText(
        zh: "书名号之后紧跟的括号中以\"号\"结尾的文号，应与立项依据清单中同名文件的文号相同，空格不计。",
        en:
            "A number in parentheses right behind a title, ending in 号, must be that of the list of legal bases, blanks aside."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓依据《关于加强城市基层党建的行动纲要》（沪委〔2019〕6号）开展。
            tables:
              legal_bases:
                - {title: 《关于加强城市基层党建的行动纲要》, level: 区级, number: 沪委〔2019〕5号}
            """,
            zh: "《关于加强城市基层党建的行动纲要》的文号此处为沪委〔2019〕6号，立项依据清单中为沪委〔2019〕5号",
            en: "《关于加强城市基层党建的行动纲要》 has the number 沪委〔2019〕6号 here, and 沪委〔2019〕5号 in the list of legal bases"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    依据《关于加强城市基层党建的行动纲要》（沪委〔2019〕5号）开展。
            tables:
              legal_bases:
                - {title: 《关于加强城市基层党建的行动纲要》, level: 区级, number: 沪委〔2019〕5号}
            """
        ),
    ],
    check: check
)

private func check(_ audit: DocumentAudit, _ findings: inout RuleFindings) {
    let bases = audit.bases.filter { !$0.number.isEmpty }
    if bases.isEmpty { return }
    for line in audit.report.lines {
        let namesTitle = line.folded.hasBytes(of: "《")
        for basis in bases where namesTitle || !basis.folded.beginsWithBytes(of: "《") {
            guard let found = line.folded.number(behind: basis.folded), found != basis.number else { continue }
            findings.add(otherNumber(basis.folded, found, basis.number, at: line, basis.pointer / "number"))
        }
    }
}

private func otherNumber(
    _ title: String,
    _ found: String,
    _ expected: String,
    at line: ReportText.Line,
    _ basis: JSONPointer
) -> Finding {
    citedNumber.rule.finding(
        message: LocalizedText(
            zh: "\(title)的文号此处为\(found)，立项依据清单中为\(expected)",
            en: "\(title) has the number \(found) here, and \(expected) in the list of legal bases"
        ),
        subject: title,
        lines: [line.spot],
        pointers: [basis],
        expected: expected,
        found: found
    )
}
