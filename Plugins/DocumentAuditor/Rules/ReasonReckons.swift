import BudgetLines
import PrintedReports
import ReviewModel

/// A reason whose numbers do not make the approved amount.
let reasonReckons = DocumentRule(
    "document/reason-reckons",
    .error,
    title: LocalizedText(zh: "核减说明中的数与审核金额不符", en: "a reason whose numbers do not make the amount"),
    manual: LocalizedText(
        zh: """
            审核表的说明只写一处"由甲调整为乙"（单价、人数、天数、费率）的，审核金额应为申报金额 × 乙 ÷ 甲。写有其他数、"其中"或核增的不核对。\
            正文"由甲降至乙，降低若干（降幅百分之几）""申请甲，核定乙，调减若干""甲，比某某乙低若干"的，按句中甲、乙计算，升降也核对。正文和表中写出的乘法（"4台×2,100元=8,400元"）重新计算。
            """,
        en: """
            Where the reason of a row names one change and no other number, 由 A 调整为 B (a price, a count, days, a rate), what was approved is what was requested × B ÷ A. So is what a sentence says that a change comes to, beside its two numbers: 由 A 降至 B，降低 C, A，比…B 低 C, with its direction. Products that are \
            written out, 4台×2,100元=8,400元, are recomputed wherever they stand.
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
                    项目内容\t预算金额\t审核金额\t核减金额\t核减说明
                    ↓演出费\t180,000.00\t168,000.00\t12,000.00\t每场单价由15,000元调整为14,500元
            """,
            zh: "\"演出费\"的说明由15,000元调整为14,500元，按此应为 174,000.00 元，审核金额为 168,000.00 元",
            en: "by its reason, 由15,000元调整为14,500元, \"演出费\" is 174,000.00, approved are 168,000.00"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目内容\t预算金额\t审核金额\t核减金额\t核减说明
                    演出费\t180,000.00\t168,000.00\t12,000.00\t每场单价由15,000元调整为14,000元
                    搭建费\t180,000.00\t150,000.00\t30,000.00\t由3次调整为2次，并扣除赞助10,000元
            """
        ),
    ],
    check: { audit, findings in
        for table in audit.report.printedTables where table.kind == .audit {
            findings.add(table.auditLines.compactMap { check($0, table) })
        }
        let told = findings.told
        for line in audit.report.body
        where !line.isTableRow && !told.contains(line.spot) && line.folded.contains(where: \.isPlainDigit) {
            for sentence in line.folded.withoutThousands.split(whereSeparator: { "。；".contains($0) }) {
                let changes = ChangesOfSentences(String(sentence), audit.report.words)
                findings.add(changes.wrong.map { otherChange($0, line) })
            }
        }
        for line in audit.report.lines where ["×", "÷"].contains(where: line.folded.hasBytes) {
            let texts = line.isTableRow ? line.filledCells.map(\.folded) : [line.folded]
            for product in texts.flatMap({ WrittenProduct.wrong(in: $0.withoutThousands) }) {
                findings.add([otherProduct(product, line)])
            }
            for sum in texts.flatMap({ WrittenExpression.wrong(in: $0.withoutThousands) }) {
                findings.add([otherExpression(sum, line)])
            }
        }
    }
)

private func check(_ row: PrintedAuditLine, _ table: PrintedTable) -> Finding? {
    guard let change = ReasonChange(row.reason.folded), row.requested > 0,
        let made = try? (row.requested * change.to).divided(by: change.from, places: 6)
    else { return nil }
    // A row of several things: the price is that of one of them. Then what was asked for is no multiple of it, or the cut is one of the difference.
    if let times = try? row.requested.divided(by: change.from, places: 6), times.withoutTrailingZeros.places > 0,
        change.from < row.requested, let cut = try? row.requested - row.approved,
        let each = try? change.from - change.to, let count = try? cut.divided(by: each, places: 6),
        count.withoutTrailingZeros.places == 0
    {
        return nil
    }
    // What is printed in 万元 is rounded to that, and a price may be, too.
    let off = (try? (made - row.approved).magnitude) ?? .zero
    let step = table.stepOfApproved
    guard let slack = try? step + row.requested * ExactDecimal(significand: 1, places: 4), off > slack else {
        return nil
    }
    return otherAmount(row, change, made)
}

/// `由15,000元调整为14,000元` and no other number.
private struct ReasonChange {
    var from: ExactDecimal
    var to: ExactDecimal
    var text: String

    init?(_ reason: String) {
        let bare = reason.withoutThousands
        guard !["其中", "另", "并", "核增", "同时", "；"].contains(where: bare.hasBytes), let start = bare.firstBytes(of: "由")
        else {
            return nil
        }
        let links = ["调整为", "调减为", "核减为", "核实为", "核定为", "审减为", "压减为", "降为", "减为", "调整至", "核减至"]
        let rest = bare[start.upperBound...]
        guard let (link, place) = links.lazy.compactMap({ link in rest.firstBytes(of: link).map { (link, $0) } }).first,
            let one = Measured(rest[..<place.lowerBound]), let two = Measured(rest[place.upperBound...]),
            one.unit == two.unit, one.value > two.value, two.value > 0
        else { return nil }
        let tail = two.rest
        // No number but these two; what follows may say how many are cut: 审减10人.
        let numbers = bare.split(whereSeparator: { !($0.isASCII && ($0.isNumber || $0 == ".")) })
        let cut = try? one.value - two.value
        guard numbers.count == 2 || numbers.count == 3 && ExactDecimal(String(numbers[2])) == cut,
            tail.isEmpty || "，。；".contains(tail.first ?? " ")
        else { return nil }
        (from, to) = (one.value, two.value)
        text = "由\(one.printed)\(link)\(two.printed)"
    }
}

/// A number with its unit at the beginning of a text, and what follows.
private struct Measured {
    var value: ExactDecimal
    var unit: String
    var printed: String
    var rest: Substring

    init?(_ text: Substring) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard !digits.isEmpty, let value = ExactDecimal(String(digits)) else { return nil }
        let unit = text.dropFirst(digits.count).prefix { !"，。；（".contains($0) }
        guard unit.count <= 8 else { return nil }
        (self.value, self.unit, rest) = (value, String(unit), text.dropFirst(digits.count + unit.count))
        printed = value.grouped + self.unit
    }
}

extension String {
    /// Without the commas that part thousands: 15，000 is 15000.
    var withoutThousands: String {
        var text = ""
        var rest = self[...]
        while let first = rest.first {
            rest = rest.dropFirst()
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            if first == "，" || first == ",", digits.count == 3, text.last.map({ $0.isASCII && $0.isNumber }) ?? false {
                continue
            }
            text.append(first)
        }
        return text
    }
}

private func otherProduct(_ product: WrittenProduct, _ line: ReportText.Line) -> Finding {
    reasonReckons.rule.finding(
        message: LocalizedText(
            zh: "\"\(product.text)\"：乘积为 \(product.made)",
            en: "\"\(product.text)\": the product is \(product.made)"
        ),
        subject: product.text,
        lines: [line.spot],
        expected: product.made,
        found: product.text
    )
}

private func otherExpression(_ sum: WrittenExpression, _ line: ReportText.Line) -> Finding {
    reasonReckons.rule.finding(
        message: LocalizedText(zh: "\"\(sum.text)\"：算得 \(sum.made)", en: "\"\(sum.text)\" makes \(sum.made)"),
        subject: sum.text,
        lines: [line.spot],
        expected: sum.made,
        found: sum.text
    )
}

private func otherAmount(_ row: PrintedAuditLine, _ change: ReasonChange, _ made: ExactDecimal) -> Finding {
    let (approved, meant) = (Money.yuan(row.approved), Money.yuan(made))
    return reasonReckons.rule.finding(
        message: LocalizedText(
            zh: "\"\(row.name)\"的说明\(change.text)，按此应为 \(meant) 元，审核金额为 \(approved) 元",
            en: "by its reason, \(change.text), \"\(row.name)\" is \(meant), approved are \(approved)"
        ),
        subject: row.name,
        lines: [ReportText.spot(line: row.line)],
        expected: meant,
        found: approved
    )
}

private func otherChange(_ change: ChangesOfSentences.Wrong, _ line: ReportText.Line) -> Finding {
    reasonReckons.rule.finding(
        message: LocalizedText(
            zh: "\"\(change.quote)\"：按句中两数应为 \(change.meant)",
            en: "\"\(change.quote)\": the two numbers of the sentence make \(change.meant)"
        ),
        subject: change.quote,
        lines: [line.spot],
        expected: change.meant,
        found: change.quote,
        hint: LocalizedText(zh: "请核对两数及其差", en: "check both numbers and their difference")
    )
}
