import BudgetLines
import PrintedReports
import ReviewModel

/// An annex under one title in its heading and under another where the report lists it or refers to it.
let annexTitle = Rule(
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
    )
)

func checkAnnexes(_ report: ReportText) -> [Finding] {
    let headings = report.lines.compactMap { line in
        line.annexNumber.map { Annex(number: $0, title: line.folded.titleOfAnnex($0), line: line) }
    }
    return checkTitles(report, headings) + checkReferences(report, headings) + checkNumbers(headings)
}

private struct Annex {
    var number: String
    var title: String
    var line: ReportText.Line
}

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

/// The numbers behind 见附件, each with the text that follows it.
private func references(in text: String) -> [(number: String, rest: Substring)] {
    var (found, rest) = ([(String, Substring)](), text[...])
    while let reference = rest.firstBytes(of: "见附件") {
        rest = rest[reference.upperBound...]
        let number = rest.prefix { $0.isNumber && $0.isASCII || $0 == "-" }
        rest = rest.dropFirst(number.count)
        found.append((String(number), rest))
    }
    return found
}

private func checkReferences(_ report: ReportText, _ headings: [Annex]) -> [Finding] {
    report.lines.flatMap { line in
        references(in: line.folded).compactMap { number, _ in
            headings.contains { $0.number == number } ? nil : noAnnex(number, in: line)
        }
    }
}

private func checkNumbers(_ headings: [Annex]) -> [Finding] {
    var findings: [Finding] = []
    let parts = headings.map { (annex: $0, numbers: $0.number.split(separator: "-").compactMap { Int($0) }) }
    for (annex, numbers) in parts where numbers.count == 2 {
        let siblings = parts.filter { $0.numbers.count == 2 && $0.numbers[0] == numbers[0] }.map { $0.numbers[1] }
        if siblings == [1] {
            findings.append(skipped(annex, "附件\(numbers[0])-2"))
        } else if numbers[1] > 1, !siblings.contains(numbers[1] - 1) {
            findings.append(skipped(annex, "附件\(numbers[0])-\(numbers[1] - 1)"))
        }
    }
    let firsts = Set(parts.compactMap(\.numbers.first))
    for (annex, numbers) in parts where numbers.count == 1 && numbers[0] > 1 && !firsts.contains(numbers[0] - 1) {
        findings.append(skipped(annex, "附件\(numbers[0] - 1)"))
    }
    return findings
}

extension String {
    /// What follows 附件 and the number.
    fileprivate func titleOfAnnex(_ number: String) -> String { String(dropFirst(2 + number.count)) }
}

// MARK: - Messages

private func otherTitle(_ named: Annex, _ heading: Annex) -> Finding {
    annexTitle.finding(
        message: LocalizedText(
            zh: "附件 \(named.number) 此处称\"\(named.title)\"，第 \(heading.line.number) 行的标题为\"\(heading.title)\"",
            en:
                "annex \(named.number) is called \"\(named.title)\" here, and \"\(heading.title)\" in its heading in line \(heading.line.number)"
        ),
        subject: "附件\(named.number)",
        pointers: [named.line.pointer, heading.line.pointer],
        expected: heading.title,
        found: named.title,
        hint: LocalizedText(zh: "请统一附件名称", en: "use one title")
    )
}

private func noAnnex(_ number: String, in line: ReportText.Line) -> Finding {
    let isUnnumbered = number.isEmpty
    return annexReference.finding(
        message: LocalizedText(
            zh: isUnnumbered ? "\"见附件\"没有写明是哪个附件" : "没有附件 \(number)",
            en: isUnnumbered ? "见附件 does not say which annex" : "there is no annex \(number)"
        ),
        subject: isUnnumbered ? line.folded.aroundReference : "附件\(number)",
        pointers: [line.pointer],
        found: isUnnumbered ? "见附件" : "附件\(number)",
        hint: LocalizedText(zh: "请写明附件编号", en: "name the annex by its number")
    )
}

extension String {
    /// The words before 见附件, which tell one such reference from another.
    fileprivate var aroundReference: String {
        guard let found = firstRange(of: "见附件") else { return "" }
        return String(self[..<found.lowerBound].suffix(16)) + "见附件"
    }
}

private func skipped(_ annex: Annex, _ missing: String) -> Finding {
    annexNumber.finding(
        message: LocalizedText(
            zh: "有附件\(annex.number)，而没有\(missing)",
            en: "there is 附件\(annex.number), but no \(missing)"
        ),
        subject: "附件\(annex.number)",
        pointers: [annex.line.pointer],
        expected: missing
    )
}
