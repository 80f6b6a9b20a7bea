import BudgetLines
import PrintedReports
import ReviewModel

/// A number with the rest of a reckoning in binary: 0.0900000762939453.
let floatResidue = DocumentRule(
    "document/float-residue",
    .error,
    title: LocalizedText(zh: "数字带有计算机浮点数的尾数", en: "a number with the rest of a binary reckoning"),
    manual: LocalizedText(
        zh: "小数点后十位以上、其中有四个以上连续的 0 或 9 的数（如 0.0900000762939453）是表格软件算出而没有取整的尾数，应按规定的位数取整。",
        en:
            "Ten places and more with four noughts or nines in a row (0.0900000762939453) are what a spreadsheet leaves that was not told to round. Round it to the places that the form wants."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓预算执行得分 9.0900000762939453 分。
            """,
            zh: "9.0900000762939453 没有取整，应为 9.09",
            en: "9.0900000762939453 was not rounded, it should be 9.09"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    预算执行得分 9.09 分，折算系数 3.141592653589。
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.report.lines.flatMap(checkNumbers)) }
)

private func checkNumbers(_ line: ReportText.Line) -> [Finding] {
    guard line.text.utf8.count > 12 else { return [] }
    var (findings, position) = ([Finding](), 0)
    let text = line.scalars
    while position < text.count {
        guard text[position].isDigit else {
            position += 1
            continue
        }
        let whole = text[position...].prefix { $0.isDigit || $0 == "," }
        position = whole.endIndex
        guard position < text.count, text[position] == "." else { continue }
        let places = text[(position + 1)...].prefix(while: \.isDigit)
        position = max(position + 1, places.endIndex)
        guard places.count >= 10, let run = places.runStart else { continue }
        let kept = places.prefix(upTo: run)
        let number = whole.filter { $0 != "," }.string + "." + places.string
        guard let value = ExactDecimal(number) else { continue }
        findings.append(unrounded(number, value.rounded(to: max(kept.count, 2)).description, line))
    }
    return findings
}

extension ArraySlice<Unicode.Scalar> {
    /// Where four noughts or nines in a row begin.
    fileprivate var runStart: Int? {
        indices.dropLast(3).first { place in
            ["0", "9"].contains(self[place]) && self[place..<place + 4].allSatisfy { $0 == self[place] }
        }
    }
}

private func unrounded(_ number: String, _ rounded: String, _ line: ReportText.Line) -> Finding {
    floatResidue.rule.finding(
        message: LocalizedText(
            zh: "\(number) 没有取整，应为 \(rounded)",
            en: "\(number) was not rounded, it should be \(rounded)"
        ),
        subject: number,
        lines: [line.spot],
        expected: rounded,
        found: number
    )
}
