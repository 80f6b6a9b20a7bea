import BudgetLines
import PrintedReports
import ReviewModel

/// A blank inside a number.
let splitNumber = DocumentRule(
    "document/split-number",
    .info,
    title: LocalizedText(zh: "数字中有空格", en: "a blank inside a number"),
    manual: LocalizedText(
        zh: "小数点或千分位之后、数字之前有空格（如 800. 23）：多为转换所致，但复制到表格时会变成两个数。全文合为一条。",
        en:
            "A blank between a decimal point or a separator and the next digit (800. 23): mostly from a conversion, but two numbers for whoever copies it."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓单价为 800. 23 元。
            """,
            zh: "数字 800. 23 中有空格",
            en: "there is a blank inside 800. 23"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    1. 2026 年的单价为 800.23 元。
            """
        ),
    ],
    check: { audit, findings in findings.add(checkSplitNumbers(audit.report)) }
)

/// One finding for the whole report: it is one converter that has done it.
private func checkSplitNumbers(_ report: ReportText) -> [Finding] {
    var (lines, printed) = ([ReportText.Line](), [String]())
    for line in report.lines {
        let found = splitNumbers(in: line.scalars)
        if found.isEmpty { continue }
        lines.append(line)
        printed += found
    }
    if printed.isEmpty { return [] }
    let most = 10
    let list = printed.prefix(most).joined(separator: " / ")
    let (zh, en) = printed.count > most ? (" 等 \(printed.count) 个", " and \(printed.count - most) more") : ("", "")
    return [
        splitNumber.rule.finding(
            message: LocalizedText(zh: "数字 \(list)\(zh) 中有空格", en: "there is a blank inside \(list)\(en)"),
            subject: "split numbers",
            lines: lines.map(\.spot),
            expected: printed.prefix(most).map { $0.filter { $0 != " " } }.joined(separator: " / "),
            found: list
        )
    ]
}

/// Digits, a point or a separator, a blank, and digits again: `800. 23`, `1, 703`. `1. 2026` at the beginning of a line is a
/// heading, and `3, 4` are two numbers.
private func splitNumbers(in scalars: [Unicode.Scalar]) -> [String] {
    var (found, position) = ([String](), 0)
    while position < scalars.count {
        guard scalars[position].isDigit else {
            position += 1
            continue
        }
        let start = position
        let head = scalars[start...].prefix { $0.isDigit || $0 == "," || $0 == "." }
        position = head.endIndex
        guard start > 0, let mark = head.last, !mark.isDigit, position < scalars.count, scalars[position] == " " else {
            continue
        }
        let tail = scalars[(position + 1)...].prefix(while: \.isDigit)
        guard mark == "." ? !tail.isEmpty : tail.count == 3 else { continue }
        position = tail.endIndex
        // [90, 100] is a range.
        let isRange =
            mark == "," && "[(（【".unicodeScalars.contains(scalars[start - 1]) && position < scalars.count
            && "])）】".unicodeScalars.contains(scalars[position])
        if isRange { continue }
        found.append(scalars[start..<position].string)
    }
    return found
}
