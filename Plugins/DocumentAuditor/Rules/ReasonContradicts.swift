import BudgetLines
import PrintedReports
import ReviewModel

/// A reason that says something was cut where nothing was, or the other way round.
let reasonContradicts = DocumentRule(
    "document/reason-contradicts",
    .error,
    title: LocalizedText(zh: "核减说明与核减金额矛盾", en: "a reason that denies its own amount"),
    manual: LocalizedText(
        zh: """
            审核明细表中，有核减金额而说明写"不予核减"之类，或没有核减而说明写"予以核减"之类（说法见 report-words.yaml 的 says_no_cut 和 says_cut，取最长的一个；"不予核减"不是"核减"）。\
            正文以某项名称开头的段落（"3.3 电工实训台。……"）与表中该项也这样核对。
            """,
        en: """
            In an audit table, a row with a deduction whose reason says that nothing was deducted, or one without whose reason says that something was \
            (`says_no_cut` and `says_cut` of report-words.yaml; the longest word counts, so 不予核减 is not 核减). A paragraph of the text that begins with the name of a row is held against it, too.
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
                    项目内容\t预算金额\t审核金额\t核减金额\t核减率\t核减说明
                    ↓课程\t3,000.00\t3,000.00\t-\t0.00%\t金额编制不合理，予以核减
            """,
            zh: "\"课程\"没有核减，而说明写\"予以核减\"",
            en: "nothing was deducted from \"课程\", and the reason says 予以核减"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目内容\t预算金额\t审核金额\t核减金额\t核减率\t核减说明
                    课程\t3,000.00\t3,000.00\t-\t0.00%\t金额编制合理，不予核减
                    场租\t3,000.00\t2,000.00\t1,000.00\t33.33%\t超过标准，予以核减
            """
        ),
    ],
    check: { audit, findings in
        for table in audit.report.printedTables where table.kind == .audit {
            findings.add(table.auditLines.compactMap { checkReason($0, audit.report.words) })
        }
        if let table = audit.report.printedTables.mainAuditTable {
            findings.add(checkParagraphs(audit.report, table.settledAuditLines))
        }
    }
)

private func checkReason(_ row: PrintedAuditLine, _ words: ReportWords) -> Finding? {
    var reason = row.reason.folded
    // 不予认可 is no 予以认可, and 不予核减 is no 核减.
    let refusal = words["says_cut"].filter { $0.hasPrefix("不") }.first(where: reason.hasBytes)
    if let refusal { reason = reason.replacing(refusal, with: "") }
    let denial = words["says_no_cut"].first(where: reason.hasBytes)
    // Without what denies, what is left says that something was cut.
    var rest = reason
    for word in words["says_no_cut"].sorted(by: { $0.count > $1.count }) { rest = rest.replacing(word, with: "") }
    let cut = refusal ?? words["says_cut"].first(where: rest.hasBytes)
    if row.deducted != 0, row.requested != row.approved, let denial, cut == nil {
        return contradicts(row, denial, isCut: true)
    }
    if row.deducted == 0, row.requested == row.approved, let cut, denial == nil {
        return contradicts(row, cut, isCut: false)
    }
    return nil
}

/// Paragraphs that begin with the name of a row: `3.3 电工实训台。送审单价与市场价格一致，不予核减。`
private func checkParagraphs(_ report: ReportText, _ rows: [PrintedAuditLine]) -> [Finding] {
    let names = Dictionary(grouping: rows) { $0.name.folded }.filter { $0.key.count >= 2 && $0.value.count == 1 }
    let words = report.words["says_no_cut"] + report.words["says_cut"]
    return report.body.compactMap { line -> Finding? in
        guard !line.isTableRow, words.contains(where: line.folded.hasBytes) else { return nil }
        let text = line.folded.withoutListNumber
        guard let name = names.keys.filter(text.hasPrefix).max(by: { $0.count < $1.count }),
            let row = names[name]?.first,
            text.dropFirst(name.count).first.map({ "。：，申送报核审".contains($0) }) ?? false
        else { return nil }
        let denials = report.words["says_no_cut"]
        // Of a part of it something else may be said, and of nobody else: no other row is named.
        guard !text.contains("其中"),
            !names.keys.contains(where: { $0 != name && !name.hasBytes(of: $0) && text.hasBytes(of: $0) })
        else { return nil }
        var rest = text
        for word in denials.sorted(by: { $0.count > $1.count }) { rest = rest.replacing(word, with: "") }
        if row.deducted == 0, row.requested == row.approved {
            // 予以核减 by itself: with a number behind it the number is wrong, which others tell.
            let cut = ["予以核减", "予以审减", "予以调减", "故核减", "故审减"].first(where: rest.hasBytes)
            return cut.map { contradicts(row, $0, isCut: false, in: line) }
        }
        guard row.deducted != 0,
            let denial = ["不予核减", "不予审减", "不予调减", "不作核减", "未核减", "未审减"].first(where: text.hasBytes),
            !["核减", "审减", "调减"].contains(where: rest.hasBytes)
        else { return nil }
        return contradicts(row, denial, isCut: true, in: line)
    }
}

extension String {
    /// Without what numbers a paragraph: `3.3`, `（2）`, `（三）`, `1.`, `一是`.
    fileprivate var withoutListNumber: String {
        var rest = self[...]
        if rest.hasPrefix("（"), let end = rest.prefix(6).firstIndex(of: "）") { rest = rest[index(after: end)...] }
        rest = rest.drop { $0.isASCII && ($0.isNumber || $0 == ".") || "①②③④⑤⑥⑦⑧⑨⑩、．".contains($0) }
        let numerals = rest.prefix { "一二三四五六七八九十".contains($0) }
        let mark = rest.dropFirst(numerals.count).first
        if !numerals.isEmpty, numerals.count <= 3, mark == "、" || mark == "是" {
            rest = rest.dropFirst(numerals.count + 1)
        }
        return String(rest)
    }
}

private func contradicts(_ row: PrintedAuditLine, _ word: String, isCut: Bool, in line: ReportText.Line) -> Finding {
    var finding = contradicts(row, word, isCut: isCut)
    let amount = Money.yuan(row.deducted)
    finding.message =
        isCut
        ? LocalizedText(
            zh: "审核表中\"\(row.name)\"核减 \(amount) 元，而正文写\"\(word)\"",
            en: "the audit table deducts \(amount) from \"\(row.name)\", and the text says \(word)"
        )
        : LocalizedText(
            zh: "审核表中\"\(row.name)\"没有核减，而正文写\"\(word)\"",
            en: "the audit table deducts nothing from \"\(row.name)\", and the text says \(word)"
        )
    finding.spots.insert(line.spot, at: 0)
    return finding
}

private func contradicts(_ row: PrintedAuditLine, _ word: String, isCut: Bool) -> Finding {
    let amount = Money.yuan(row.deducted)
    return reasonContradicts.rule.finding(
        message: isCut
            ? LocalizedText(
                zh: "\"\(row.name)\"核减 \(amount) 元，而说明写\"\(word)\"",
                en: "\(amount) was deducted from \"\(row.name)\", and the reason says \(word)"
            )
            : LocalizedText(
                zh: "\"\(row.name)\"没有核减，而说明写\"\(word)\"",
                en: "nothing was deducted from \"\(row.name)\", and the reason says \(word)"
            ),
        subject: row.name,
        lines: [ReportText.spot(line: row.line)],
        found: word
    )
}
