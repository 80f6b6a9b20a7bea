import BudgetLines
import PrintedReports
import ReviewModel

/// An annex under one title in its heading and under another where the report lists it or refers to it.
let annexTitle = DocumentRule(
    "document/annex-title",
    .warning,
    title: LocalizedText(zh: "附件名称前后不一", en: "an annex under two titles"),
    manual: LocalizedText(
        zh: """
            把附件标题（以"附件 N"开头的行）与"附件"之下的编号清单、文中的"详见附件 N 名称"相比，空格和标点全半角不计。只写编号的引用不比较。
            """,
        en: """
            Holds the heading of each annex (a line that begins with 附件 N) against the numbered list under 附件 and against \
            references such as 详见附件 N TITLE; blanks and the width of punctuation aside. A reference by number alone is left out.
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
                    详见附件 1 审核表。
                    附件
                    ↓1. 审核明细表
                    附件1 审核表
            """,
            zh: "附件 1 此处称\"审核明细表\"，第 4 行的标题为\"审核表\"",
            en: "annex 1 is called \"审核明细表\" here, and \"审核表\" in its heading in line 4"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    详见附件 1 审核表。
                    附件
                    1. 审核表
                    附件1 审核表
            """
        ),
    ],
    check: { audit, findings in findings.add(checkTitles(audit.report, annexes(of: audit.report))) }
)

private func checkTitles(_ report: ReportText, _ headings: [Annex]) -> [Finding] {
    (listed(report) + referred(report)).compactMap { named in
        guard let heading = headings.first(where: { $0.number == named.number }), !named.title.isEmpty,
            !heading.title.isEmpty, named.title != heading.title
        else { return nil }
        return otherTitle(named, heading)
    }
}

/// The numbered lines under a line 附件 of its own.
private func listed(_ report: ReportText) -> [Annex] {
    let body = report.body
    guard let start = body.lastIndex(where: { $0.folded.isBytes(of: "附件") }) else { return [] }
    return body[(start + 1)...].compactMap { line in
        let number = line.folded.prefix(while: \.isNumber)
        let rest = line.folded.dropFirst(number.count)
        guard !number.isEmpty, let mark = rest.first, ".．、".contains(mark) else { return nil }
        return Annex(number: String(number), title: String(rest.dropFirst()), line: line)
    }
}

/// What the text calls an annex: 详见附件 1 预算审核表。
private func referred(_ report: ReportText) -> [Annex] {
    report.lines.flatMap { line in
        (line.annexNumber == nil ? references(in: line.folded) : []).compactMap { number, rest in
            let title = rest.prefix { !"。，；、）".contains($0) }
            return number.isEmpty || line.isTableRow ? nil : Annex(number: number, title: String(title), line: line)
        }
    }
}

// MARK: - Messages

private func otherTitle(_ named: Annex, _ heading: Annex) -> Finding {
    annexTitle.rule.finding(
        message: LocalizedText(
            zh: "附件 \(named.number) 此处称\"\(named.title)\"，\(heading.line.label.zh)的标题为\"\(heading.title)\"",
            en:
                "annex \(named.number) is called \"\(named.title)\" here, and \"\(heading.title)\" in its heading in \(heading.line.label.en)"
        ),
        subject: "附件\(named.number)",
        lines: [named.line.spot, heading.line.spot],
        expected: heading.title,
        found: named.title,
        hint: LocalizedText(zh: "请统一附件名称", en: "use one title")
    )
}
