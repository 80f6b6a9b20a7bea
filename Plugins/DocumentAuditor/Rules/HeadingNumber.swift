import BudgetLines
import PrintedReports
import ReviewModel

/// Headings that skip a number, or have it twice.
let headingNumber = DocumentRule(
    "document/heading-number",
    .warning,
    title: LocalizedText(zh: "标题编号不连续", en: "headings that skip a number"),
    manual: LocalizedText(
        zh: """
            在每个"一、"级标题之下，以（一）（二）……开头的标题应从（一）起逐一递增；目录行（以页码结尾）不计。"一、""第一章""第一部分""3.2"等标题的编号应比前一个同级标题多一；\
            从一重新开始的不列，"3.2"只与同一章的前一个比较。
            """,
        en: """
            Under each heading 一、 the headings （一）（二）… must begin with （一） and go up one by one. Lines of the contents are left out. The number of a heading 一、, 第一章, 第一部分 or 3.2 is one more than that of the \
            heading of its level before it; one that begins anew is left alone, and 3.2 is held against those of its own chapter.
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
                    一、概况
                    （一）背景
                    ↓（三）内容
            """,
            zh: "标题\"（三）内容\"的编号应为（二）",
            en: "the heading \"（三）内容\" should be （二）"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况
                    （一）背景
                    （二）内容
                    二、情况
                    （一）评分
            """
        ),
    ],
    check: { audit, findings in
        findings.add(checkNumbering(audit.report))
        findings.add(checkLevels(audit.report))
    }
)

/// The number of a heading 四、, 第四部分 or 3.4, with what it is counted within.
private struct NumberedHeading {
    var level: String
    var number: Int
    var printed: String

    private static let numerals = "一二三四五六七八九十"

    init?(_ line: ReportText.Line) {
        guard !line.isTableRow, let first = line.folded.first else { return nil }
        if first == "第" {
            let numeral = line.folded.dropFirst().prefix { Self.numerals.contains($0) }
            guard let number = Self.value(numeral) else { return nil }
            let rest = line.folded.dropFirst(1 + numeral.count)
            guard let mark = ["部分", "章", "节"].first(where: rest.hasPrefix), line.folded.isHeading else { return nil }
            // 第二部分 of a law is no heading.
            guard let next = rest.dropFirst(mark.count).first, !"，、的和及至中".contains(next) else { return nil }
            (level, self.number, printed) = (mark, number, "第\(numeral)\(mark)")
        } else if Self.numerals.contains(first) {
            let numeral = line.folded.prefix { Self.numerals.contains($0) }
            guard let number = Self.value(numeral), line.folded.dropFirst(numeral.count).hasPrefix("、"),
                line.folded.isHeading
            else { return nil }
            (level, self.number, printed) = ("、", number, "\(numeral)、")
        } else if first.isPlainDigit {
            // 3.4 资金来源, and no 3.4 万元.
            let text = line.text.trimmed
            let digits = text.prefix { $0.isPlainDigit || $0 == "." }
            let parts = digits.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
            guard (2...3).contains(parts.count), parts.allSatisfy({ $0 != nil && $0 ?? 0 < 60 }),
                let number = parts.last ?? nil, number > 0, let chapter = parts[0], chapter > 0,
                text.dropFirst(digits.count).first == " ",
                text.dropFirst(digits.count + 1).first.map({ !$0.isASCII }) ?? false
            else { return nil }
            (level, self.number, printed) = (
                String(digits.prefix(upTo: digits.lastIndex(of: ".") ?? digits.endIndex)), number, String(digits)
            )
        } else {
            return nil
        }
    }

    /// 二 is 2, 十一 is 11.
    private static func value(_ numeral: Substring) -> Int? {
        let digits = numeral.compactMap { letter in
            numerals.firstIndex(of: letter).map { numerals.distance(from: numerals.startIndex, to: $0) + 1 }
        }
        switch digits.count {
        case 1: return digits[0]
        case 2 where digits[0] == 10 && digits[1] < 10: return 10 + digits[1]
        default: return nil
        }
    }

    func printed(as number: Int) -> String {
        let own = Array(Self.numerals)
        guard (1...10).contains(number) else { return "\(number)" }
        switch level {
        case "、": return "\(own[number - 1])、"
        case "部分", "章", "节": return "第\(own[number - 1])\(level)"
        default: return "\(level).\(number)"
        }
    }
}

extension String {
    /// Whether a line is short and ends as no sentence does.
    fileprivate var isHeading: Bool {
        count <= 30 && !contains(where: { "。；，".contains($0) }) && !(last?.isPlainDigit ?? false)
    }
}

/// Headings of each level, one after the other. Only what the headings around it bear out is told: a number that stands twice, and one after which the
/// numbers go on.
private func checkLevels(_ report: ReportText) -> [Finding] {
    var (last, findings) = ([String: Int](), [Finding]())
    let headings = report.body.compactMap { line in NumberedHeading(line).map { ($0, line) } }
    let counts = Dictionary(headings.map { ($0.0.level, 1) }, uniquingKeysWith: +)
    for (heading, line) in headings {
        // A chapter begins its sections anew.
        if heading.level == "部分" || heading.level == "章" {
            (last["节"], last["、"]) = (nil, heading.level == "部分" ? nil : last["、"])
        }
        let before = last[heading.level]
        last[heading.level] = heading.number
        guard let before, heading.number != before + 1, heading.number != 1, counts[heading.level] ?? 0 > 2 else {
            continue
        }
        findings.append(skips(heading.printed, heading.printed(as: before + 1), in: line))
        // Those that follow are counted from what it should be where they go on from there.
        let rest = headings.drop { $0.1.number <= line.number }.first { $0.0.level == heading.level }
        if rest?.0.number == before + 2 { last[heading.level] = before + 1 }
    }
    return findings
}

private func checkNumbering(_ report: ReportText) -> [Finding] {
    let digits = Array("一二三四五六七八九十".unicodeScalars)
    var (last, findings) = (0, [Finding]())
    for line in report.lines where !line.isTableRow {
        let text = Array(line.folded.unicodeScalars.prefix(3))
        guard text.count == 3 else { continue }
        if digits.contains(text[0]), text[1] == "、" { last = 0 }
        guard text[0] == "（", text[2] == "）", let position = digits.firstIndex(of: text[1]) else { continue }
        let number = position + 1
        if number != last + 1, number != 1 {
            findings.append(skips("（\(text[1])）", "（\(digits[min(last, digits.count - 1)])）", in: line))
        }
        last = number
    }
    return findings
}

private func skips(_ found: String, _ expected: String, in line: ReportText.Line) -> Finding {
    headingNumber.rule.finding(
        message: LocalizedText(
            zh: "标题\"\(line.text.trimmed.prefix(20))\"的编号应为\(expected)",
            en: "the heading \"\(line.text.trimmed.prefix(20))\" should be \(expected)"
        ),
        subject: line.text.trimmed,
        lines: [line.spot],
        expected: expected,
        found: found
    )
}
