import BudgetLines
import PrintedReports
import ReviewModel

/// A table of parts with their shares that does not add up.
let shareTable = DocumentRule(
    "document/share-table",
    .error,
    title: LocalizedText(zh: "构成表的合计或占比不符", en: "a table of shares that does not add up"),
    manual: LocalizedText(
        zh: """
            有金额和占比（比重）两栏的表（如资金来源）：各行金额之和等于合计行，占比等于该行金额 ÷ 合计，按所印位数（为使占比之和等于 100% 而调整末位的除外），合计行的占比等于各行占比之和。
            """,
        en: """
            A table with columns of amounts and of shares, such as the sources of the money: the amounts make the total, each share is its amount by the total as exactly as it is printed (one may be \
            off by a unit in its last place so that all make 100%), and the shares make that of the total.
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
                    表2 资金来源
                    来源\t金额\t占比
                    县级财政资金\t2,250,000\t69.23%
                    ↓学校自筹\t1,000,000\t37.07%
                    合计\t3,250,000\t100.00%
            """,
            zh: "\"表2 资金来源\"中\"学校自筹\"占比为 37.07%，1,000,000 ÷ 3,250,000 = 30.77%",
            en: "the share of \"学校自筹\" in \"表2 资金来源\" is 37.07%, 1,000,000 ÷ 3,250,000 = 30.77%"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    表2 资金来源
                    来源\t金额\t占比
                    县级财政资金\t2,250,000\t69.23%
                    学校自筹\t1,000,000\t30.77%
                    合计\t3,250,000\t100.00%
            """
        ),
    ],
    check: { audit, findings in
        for table in audit.report.printedTables where table.kind == .composition {
            findings.add(try checkShares(table))
        }
    }
)

private func checkShares(_ table: PrintedTable) throws(DecimalOverflow) -> [Finding] {
    let rows = table.shareRows
    let (parts, totals) = (rows.filter { !$0.isTotal }, rows.filter(\.isTotal))
    guard parts.count > 1, totals.count <= 1, table.rowParts.slips.isEmpty else { return [] }
    let sum = try ExactDecimal.sum(parts.map(\.amount))
    var findings: [Finding] = []
    if let total = totals.first, total.amount != sum {
        // One part whose share says what it should be is what is wrong.
        for part in parts {
            let own = try total.amount - (sum - part.amount)
            let others = parts.filter { $0.line != part.line }
            if part.share(of: own, in: total.amount) == part.share, part.share != nil,
                others.allSatisfy({ $0.share == nil || $0.share(of: $0.amount, in: total.amount) == $0.share })
            {
                return [otherAmount(table, part, own)]
            }
        }
        findings.append(otherTotal(table, total, sum))
    }
    let whole = totals.first?.amount ?? sum
    let shares = parts.compactMap(\.share)
    guard whole > 0, shares.count == parts.count else { return findings }
    let all = try ExactDecimal.sum(shares)
    for part in parts {
        guard let share = part.share,
            let made = try ExactDecimal.percentage(part.amount, of: whole, places: share.places),
            made != share
        else { continue }
        let step = ExactDecimal(significand: 1, places: share.places)
        let off = try (made - share).magnitude
        if off <= step, all == 100 { continue }
        // In 万元 both amounts are rounded, and shares are reckoned from what they were.
        if table.isInWan, try part.mayBe(share, of: whole) { continue }
        // Of a wrong total every share would be wrong.
        if findings.isEmpty { findings.append(otherShare(table, part, share, made, whole)) }
    }
    if let total = totals.first, let share = total.share, findings.isEmpty {
        let step = ExactDecimal(significand: Int128(shares.count), places: share.places)
        let off = try (all - share).magnitude
        if share != 100 || off > step {
            findings.append(otherSum(table, total, share, all))
        }
    }
    return findings
}

extension PrintedShare {
    /// Whether a share is that of amounts that print as these do.
    fileprivate func mayBe(_ share: ExactDecimal, of whole: ExactDecimal) throws(DecimalOverflow) -> Bool {
        let (half, other) = (
            ExactDecimal(significand: 5, places: amount.places + 1),
            ExactDecimal(significand: 5, places: whole.places + 1)
        )
        guard whole > other,
            let least = try ExactDecimal.percentage(amount - half, of: whole + other, places: share.places),
            let most = try ExactDecimal.percentage(amount + half, of: whole - other, places: share.places)
        else { return false }
        return least <= share && share <= most
    }

    /// An amount in percent of the whole, with the places of the share that is printed.
    fileprivate func share(of amount: ExactDecimal, in whole: ExactDecimal) -> ExactDecimal? {
        guard let share else { return nil }
        return (try? ExactDecimal.percentage(amount, of: whole, places: share.places)) ?? nil
    }
}

// MARK: - Messages

private func otherShare(
    _ table: PrintedTable,
    _ part: PrintedShare,
    _ share: ExactDecimal,
    _ made: ExactDecimal,
    _ whole: ExactDecimal
) -> Finding {
    let reckoning = "\(part.amount.grouped) ÷ \(whole.grouped) = \(made)%"
    return shareTable.rule.finding(
        message: LocalizedText(
            zh: "\"\(table.name.zh)\"中\"\(part.name)\"占比为 \(share)%，\(reckoning)",
            en: "the share of \"\(part.name)\" in \"\(table.name.en)\" is \(share)%, \(reckoning)"
        ),
        subject: "\(table.caption) \(part.name)",
        lines: [ReportText.spot(line: part.line)],
        expected: "\(made)%",
        found: "\(share)%"
    )
}

private func otherAmount(_ table: PrintedTable, _ part: PrintedShare, _ made: ExactDecimal) -> Finding {
    shareTable.rule.finding(
        message: LocalizedText(
            zh: "\"\(table.name.zh)\"中\"\(part.name)\"为 \(part.amount.grouped)，按合计和占比应为 \(made.grouped)",
            en:
                "\"\(part.name)\" in \"\(table.name.en)\" is \(part.amount.grouped); by the total and its share it is \(made.grouped)"
        ),
        subject: "\(table.caption) \(part.name)",
        lines: [ReportText.spot(line: part.line)],
        expected: made.grouped,
        found: part.amount.grouped
    )
}

private func otherTotal(_ table: PrintedTable, _ total: PrintedShare, _ sum: ExactDecimal) -> Finding {
    shareTable.rule.finding(
        message: LocalizedText(
            zh: "\"\(table.name.zh)\"的\(total.name)为 \(total.amount.grouped)，各行之和为 \(sum.grouped)",
            en: "\(total.name) of \"\(table.name.en)\" is \(total.amount.grouped), its rows make \(sum.grouped)"
        ),
        subject: "\(table.caption) \(total.name)",
        lines: [ReportText.spot(line: total.line)],
        expected: sum.grouped,
        found: total.amount.grouped
    )
}

private func otherSum(_ table: PrintedTable, _ total: PrintedShare, _ share: ExactDecimal, _ sum: ExactDecimal)
    -> Finding
{
    shareTable.rule.finding(
        message: LocalizedText(
            zh: "\"\(table.name.zh)\"的\(total.name)占比为 \(share)%，各行占比之和为 \(sum)%",
            en: "the share of \(total.name) in \"\(table.name.en)\" is \(share)%, those of its rows make \(sum)%"
        ),
        subject: "\(table.caption) \(total.name) %",
        lines: [ReportText.spot(line: total.line)],
        expected: "\(sum)%",
        found: "\(share)%"
    )
}
