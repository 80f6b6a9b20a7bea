import BudgetLines
import PrintedReports
import ReviewModel

/// A document is cited under another title than the list of legal bases has.
let citedTitle = DocumentRule(
    "document/cited-title",
    .warning,
    title: LocalizedText(zh: "引用的文件与立项依据清单不符", en: "a cited document that the list of legal bases does not have so"),
    manual: LocalizedText(
        zh: """
            正文（附件之前）书名号中的每个文件与立项依据清单（legal_bases）的标题相比，空格和标点全半角不计。标题不同的列出，\
            并指出清单中最相近的一个；清单中没有的也列出。
            """,
        en: """
            Holds every title in 《》 of the body (before the annexes) against the list of legal bases, blanks and the width of \
            punctuation aside. One that differs is listed with the nearest of the list, and so is one that the list does not have.
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
                    ↓依据《区委关于加强城市基层党建的行动纲要》开展。
            tables:
              legal_bases:
                - {title: 《关于加强城市基层党建的行动纲要》, level: 区级, number: 沪委〔2019〕5号}
            """,
            zh: "引用的《区委关于加强城市基层党建的行动纲要》在立项依据清单中为《关于加强城市基层党建的行动纲要》",
            en: "《区委关于加强城市基层党建的行动纲要》 is 《关于加强城市基层党建的行动纲要》 in the list of legal bases"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    依据《关于加强城市基层党建的行动纲要》开展。
            tables:
              legal_bases:
                - {title: 《关于加强城市基层党建的行动纲要》, level: 区级, number: 沪委〔2019〕5号}
            """
        ),
    ],
    check: check
)

private func check(_ audit: DocumentAudit, _ findings: inout RuleFindings) {
    let bases = audit.bases
    if bases.isEmpty { return }
    var seen = Set(bases.map(\.folded))
    for line in audit.report.body {
        for (title, _) in citations(in: line.scalars) where seen.insert(title.folded).inserted {
            let near = nearest(to: title, among: bases)
            findings.add(unlisted(title, near?.title, at: line, near?.pointer))
        }
    }
}

/// The first basis that ends like a title that none is.
private func nearest(to title: String, among bases: [CitedBasis]) -> CitedBasis? {
    let core = title.withoutBrackets.folded
    let end = String(core.suffix(12))
    return bases.first { core.commonSuffix(with: $0.core).count >= 10 || $0.core.hasBytes(of: end) }
}

private func unlisted(_ title: String, _ near: String?, at line: ReportText.Line, _ basis: JSONPointer?) -> Finding {
    citedTitle.rule.finding(
        message: LocalizedText(
            zh: "引用的\(title)" + (near.map { "在立项依据清单中为\($0)" } ?? "不在立项依据清单中"),
            en: "\(title) is " + (near.map { "\($0) in the list of legal bases" } ?? "not in the list of legal bases")
        ),
        subject: title,
        lines: [line.spot],
        pointers: basis.map { [$0] } ?? [],
        expected: near ?? "",
        found: title,
        hint: LocalizedText(zh: "请统一文件名称，或补入立项依据", en: "use one title, or add it to the legal bases")
    )
}
