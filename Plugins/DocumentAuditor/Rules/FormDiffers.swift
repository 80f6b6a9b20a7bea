import BudgetLines
import PrintedReports
import ReviewModel

/// A form of amounts, each beside its label, whose amounts do not go together, or not with the table.
let formDiffers = DocumentRule(
    "document/form-differs",
    .error,
    title: LocalizedText(zh: "定案表、审核表单各数不符", en: "a form of amounts that do not go together"),
    manual: LocalizedText(
        zh: """
            标签和数值相间的表（定案表等）：送审金额 − 核减金额 + 核增金额 = 审定金额，净核减金额、净核减率由其算出；审定金额（大写）与数字相同；\
            全报告只有一张这样的表时，其送审、审定金额与审核明细表的合计相同（三者中至少一个相同而另有不同的列出）。
            """,
        en: """
            A table in which labels and values alternate, such as the sheet that settles an account: requested less cut and with what was added is approved, the net cut and its rate are theirs, the amount in \
            words is the approved one. Where the report has one such form, its amounts are those of the total of the audit table; told where one of them is and another is not.
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
                    结算审核定案表
                    工程名称\t永丰小学操场
                    送审金额（元）\t718,400.00\t核减金额（元）\t66,500.00
                    ↓审定金额（元）\t659,100.00\t核增金额（元）\t9,100.00
            """,
            zh: "\"审定金额（元）\"为 659,100.00，按送审 718,400.00、核减 66,500.00、核增 9,100.00 应为 661,000.00",
            en: "\"审定金额（元）\" is 659,100.00; 718,400.00 requested, 66,500.00 cut and 9,100.00 added make 661,000.00"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    结算审核定案表
                    工程名称\t永丰小学操场
                    送审金额（元）\t718,400.00\t核减金额（元）\t66,500.00
                    审定金额（元）\t661,000.00\t核增金额（元）\t9,100.00
            """
        ),
    ],
    check: { audit, findings in
        let forms = audit.report.amountForms
        for form in forms {
            let own = try checkForm(form)
            findings.add(own)
            if own.isEmpty, forms.count == 1 { findings.add(checkAgainstTable(form, audit.report)) }
        }
    }
)

private func checkForm(_ form: AmountForm) throws(DecimalOverflow) -> [Finding] {
    guard let requested = form.only(.requested), let approved = form.only(.approved) else { return [] }
    let (cuts, increases) = (form.all(.cut), form.all(.increase))
    if !cuts.isEmpty || !increases.isEmpty {
        let cut = try ExactDecimal.sum(cuts.map(\.value.magnitude))
        let increase = try ExactDecimal.sum(increases.map(\.value.magnitude))
        let made = try requested.value - cut + increase
        let net = form.only(.net)?.value.magnitude
        if made != approved.value {
            // The net cut says which of them is wrong: where it is that of requested and approved, these are right.
            if let net, try requested.value - approved.value == net, cuts.count == 1 {
                let right = try net + increase
                return [differs(cuts[0], requested, approved, increases, right)]
            }
            return [otherApproved(approved, requested, cut, increase, made)]
        }
    }
    var findings: [Finding] = []
    let change = try requested.value - approved.value
    if let net = form.only(.net), net.value.magnitude != change.magnitude { findings.append(otherNet(net, change)) }
    if let rate = form.only(.rate),
        let made = try ExactDecimal.percentage(change, of: requested.value, places: rate.value.places)
    {
        let cut = try ExactDecimal.sum(cuts.map(\.value.magnitude))
        let ofCuts = try ExactDecimal.percentage(cut, of: requested.value, places: rate.value.places)
        if made.magnitude != rate.value.magnitude, ofCuts != rate.value { findings.append(otherRate(rate, made)) }
    }
    for (part, text, line) in form.words where part == .approved || part == .requested {
        let entry = part == .approved ? approved : requested
        // What stands beside it in its own row is told of by the rule for amounts in words.
        guard let words = AmountInWords.all(in: Array(text.folded.unicodeScalars)).first, words.value != entry.value,
            entry.line.number != line.number
        else { continue }
        findings.append(otherWords(entry, words, line))
    }
    return findings
}

/// Against the total of the audit table: where one of the amounts is the same, the others are meant to be.
private func checkAgainstTable(_ form: AmountForm, _ report: ReportText) -> [Finding] {
    guard let table = report.printedTables.mainAuditTable, let total = table.auditTotal,
        let requested = form.only(.requested), let approved = form.only(.approved)
    else { return [] }
    let pairs = [(requested, total.requested), (approved, total.approved)]
    guard pairs.contains(where: { $0.0.value == $0.1 && !$0.1.isZero }) else { return [] }
    return pairs.filter { $0.0.value != $0.1 && table.roundedTo == nil }.map { otherTotal($0.0, $0.1, total.line) }
}

// MARK: - Messages

private func differs(
    _ cut: AmountForm.Entry,
    _ requested: AmountForm.Entry,
    _ approved: AmountForm.Entry,
    _ increases: [AmountForm.Entry],
    _ made: ExactDecimal
) -> Finding {
    finding(
        cut,
        made,
        LocalizedText(
            zh:
                "\"\(cut.label)\"为 \(cut.printed)，按送审 \(requested.printed)、审定 \(approved.printed)\(increases.map { "、核增 \($0.printed)" }.joined()) 应为 \(Money.yuan(made))",
            en:
                "\"\(cut.label)\" is \(cut.printed); \(requested.printed) requested\(increases.map { ", \($0.printed) added" }.joined()) and \(approved.printed) approved make \(Money.yuan(made))"
        )
    )
}

private func otherApproved(
    _ approved: AmountForm.Entry,
    _ requested: AmountForm.Entry,
    _ cut: ExactDecimal,
    _ increase: ExactDecimal,
    _ made: ExactDecimal
) -> Finding {
    let (zh, en) =
        increase.isZero ? ("", "") : ("、核增 \(Money.yuan(increase))", " and \(Money.yuan(increase)) added")
    return finding(
        approved,
        made,
        LocalizedText(
            zh:
                "\"\(approved.label)\"为 \(approved.printed)，按送审 \(requested.printed)、核减 \(Money.yuan(cut))\(zh) 应为 \(Money.yuan(made))",
            en:
                "\"\(approved.label)\" is \(approved.printed); \(requested.printed) requested, \(Money.yuan(cut)) cut\(en) make \(Money.yuan(made))"
        )
    )
}

private func otherNet(_ net: AmountForm.Entry, _ made: ExactDecimal) -> Finding {
    finding(
        net,
        made.magnitude,
        LocalizedText(
            zh: "\"\(net.label)\"为 \(net.printed)，送审与审定相差 \(Money.yuan(made.magnitude))",
            en:
                "\"\(net.label)\" is \(net.printed); requested and approved differ by \(Money.yuan(made.magnitude))"
        )
    )
}

private func otherRate(_ rate: AmountForm.Entry, _ made: ExactDecimal) -> Finding {
    var finding = finding(
        rate,
        made,
        LocalizedText(
            zh: "\"\(rate.label)\"为 \(rate.printed)，按送审、审定金额应为 \(made)%",
            en: "\"\(rate.label)\" is \(rate.printed); requested and approved make \(made)%"
        )
    )
    finding.expected = "\(made)%"
    return finding
}

private func otherWords(_ entry: AmountForm.Entry, _ words: AmountInWords, _ line: ReportText.Line) -> Finding {
    var finding = finding(
        entry,
        words.value,
        LocalizedText(
            zh: "大写\"\(words.text)\"即 \(Money.yuan(words.value)) 元，\"\(entry.label)\"为 \(entry.printed)",
            en: "\(words.text) is \(Money.yuan(words.value)); \"\(entry.label)\" is \(entry.printed)"
        )
    )
    finding.spots = [line.spot, entry.line.spot]
    (finding.expected, finding.found) = (entry.printed, words.text)
    return finding
}

private func otherTotal(_ entry: AmountForm.Entry, _ total: ExactDecimal, _ line: Int) -> Finding {
    var finding = finding(
        entry,
        total,
        LocalizedText(
            zh: "\"\(entry.label)\"为 \(entry.printed)，审核表合计为 \(Money.yuan(total))",
            en: "\"\(entry.label)\" is \(entry.printed); the total of the audit table is \(Money.yuan(total))"
        )
    )
    finding.spots = [entry.line.spot, ReportText.spot(line: line)]
    return finding
}

private func finding(_ entry: AmountForm.Entry, _ made: ExactDecimal, _ message: LocalizedText) -> Finding {
    formDiffers.rule.finding(
        message: message,
        subject: entry.label,
        lines: [entry.line.spot],
        expected: Money.yuan(made),
        found: entry.printed
    )
}
