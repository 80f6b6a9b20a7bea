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
    check: { audit, findings in
        check(audit, &findings)
        findings.add(twoNumbers(audit.report))
    }
)

/// 临发改投〔2025〕64号 and 临发改投〔2025〕46号, both of a 批复: digits that changed places.
private func twoNumbers(_ report: ReportText) -> [Finding] {
    var seen: [(number: DocumentNumber, line: ReportText.Line)] = []
    var findings: [Finding] = []
    for paragraph in report.paragraphs where paragraph.text.contains("〕") && paragraph.text.contains("批复") {
        for number in DocumentNumber.all(in: paragraph.text.folded) {
            let other = seen.first { known in
                known.number.issuer == number.issuer && known.number.year == number.year
                    && known.number.digits != number.digits
                    && known.number.digits.sorted() == number.digits.sorted()
            }
            if let other {
                findings.append(exchanged(number, paragraph.line, other.number, other.line))
            } else {
                seen.append((number, paragraph.line))
            }
        }
    }
    return findings
}

/// 临发改投〔2025〕64号.
private struct DocumentNumber {
    var issuer: String
    var year: String
    var digits: String

    var text: String { "\(issuer)〔\(year)〕\(digits)号" }

    static func all(in folded: String) -> [DocumentNumber] {
        let text = Array(folded)
        return text.indices.compactMap { place -> DocumentNumber? in
            guard text[place] == "〔", place + 6 < text.count, text[place + 5] == "〕" else { return nil }
            let year = String(text[place + 1...place + 4])
            let digits = String(text[(place + 6)...].prefix(while: \.isPlainDigit))
            let end = place + 6 + digits.count
            guard year.allSatisfy(\.isPlainDigit), (2...4).contains(digits.count), end < text.count, text[end] == "号"
            else { return nil }
            var start = place
            while start > 0, place - start < 8, !"（(《》，。；、以根据".contains(text[start - 1]) { start -= 1 }
            guard place - start >= 2 else { return nil }
            return DocumentNumber(issuer: String(text[start..<place]), year: year, digits: digits)
        }
    }
}

private func exchanged(
    _ number: DocumentNumber,
    _ line: ReportText.Line,
    _ other: DocumentNumber,
    _ place: ReportText.Line
) -> Finding {
    citedNumber.rule.finding(
        message: LocalizedText(
            zh: "批复的文号此处为\(number.text)，\(place.label.zh)为\(other.text)",
            en: "the approval has the number \(number.text) here, and \(other.text) in \(place.label.en)"
        ),
        subject: number.text,
        lines: [line.spot, place.spot],
        expected: other.text,
        found: number.text
    )
}

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
