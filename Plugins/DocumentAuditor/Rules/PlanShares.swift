import BudgetLines
import PrintedReports
import ReviewModel

/// A plan of payments, each a share of the whole, in which one share or amount is not what the others leave for it.
let planShares = DocumentRule(
    "document/plan-shares",
    .error,
    title: LocalizedText(zh: "支付计划的比例与金额、合计不符", en: "a plan of payments whose shares and amounts do not go together"),
    manual: LocalizedText(
        zh: """
            有比例和金额两栏、合计为 100% 的表（支付计划等）：每行金额等于合计 × 比例。只有一行不符，且改正后比例之和为 100%（或金额之和为合计）的列出；"最终验收前累计支付70%，计203.00万元"与该行之前各行之和相比。
            """,
        en: """
            Tables of shares and amounts whose total is 100%, such as plans of payments: each amount is its share of the total. One row that is not, and that makes the shares 100% (or the amounts the total) once it is mended, is told; \
            最终验收前累计支付70%，计203.00万元 is held against the rows before the one that is named.
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
                    支付节点\t比例\t金额（万元）
                    合同签订后\t30%\t87.00
                    ↓初步验收后\t35%\t116.00
                    最终验收后\t30%\t87.00
                    合计\t100%\t290.00
            """,
            zh: "\"初步验收后\"的比例为 35%，按金额与合计为 40%，各行比例之和才为 100%",
            en: "the share of \"初步验收后\" is 35%, by its amount and the total it is 40%, which makes 100% of all"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    支付节点\t比例\t金额（万元）
                    合同签订后\t30%\t87.00
                    初步验收后\t40%\t116.00
                    最终验收后\t30%\t87.00
                    合计\t100%\t290.00
            """
        ),
    ],
    check: { audit, findings in
        let plans = audit.allGrids.compactMap(Plan.init)
        let told = findings.told
        for plan in plans {
            if let found = plan.wrong(), told.isDisjoint(with: found.spots) { findings.add([found]) }
        }
        let words = audit.report.words["cumulative"] + ["累计"]
        for line in audit.report.body where !plans.isEmpty && !line.isTableRow && !told.contains(line.spot) {
            guard words.contains(where: line.folded.hasBytes) else { continue }
            for sentence in line.folded.withoutThousands.split(whereSeparator: { "。；".contains($0) }) {
                if let found = plans.lazy.compactMap({ $0.until(String(sentence), line) }).first {
                    findings.add([found])
                }
            }
        }
    }
)

private struct Plan {
    let grid: NumberGrid
    let share: Int
    let amount: Int
    let rows: [(row: Int, share: ExactDecimal, amount: ExactDecimal)]
    let total: ExactDecimal

    init?(_ grid: NumberGrid) {
        let rates = grid.numeric.filter { column in
            grid.rows.contains { $0.cells[column]?.isPercent ?? false } || grid.heads[column].hasBytes(of: "%")
        }
        guard rates.count == 1, let last = grid.grandTotal, last.cells[rates[0]]?.value == 100 else { return nil }
        let amounts = grid.numeric.filter { $0 != rates[0] && !grid.words.isNotAdded(grid.heads[$0]) }
        guard amounts.count == 1, let total = last.cells[amounts[0]]?.value, total > 0 else { return nil }
        let parts = grid.rows.indices.filter { !grid.isSum($0) }
        (self.grid, share, amount, self.total) = (grid, rates[0], amounts[0], total)
        rows = parts.compactMap { row in
            guard let share = grid.rows[row].cells[rates[0]], let amount = grid.rows[row].cells[amounts[0]] else {
                return nil
            }
            return (row, share.value, amount.value)
        }
        guard rows.count == parts.count, rows.count > 2, !grid.rows.dropLast().contains(where: \.isSubtotal) else {
            return nil
        }
    }

    private func amount(of share: ExactDecimal, like other: ExactDecimal) -> ExactDecimal? {
        guard let product = try? total * share, let made = try? product.divided(by: 100, places: 8) else { return nil }
        return made.rounded(to: other.places)
    }

    private func isRight(_ row: (row: Int, share: ExactDecimal, amount: ExactDecimal)) -> Bool {
        guard let made = amount(of: row.share, like: row.amount), let off = try? (made - row.amount).magnitude else {
            return true
        }
        // The share may be rounded itself.
        let half = ExactDecimal(significand: 5, places: row.share.places + 1)
        let slack = row.share.places == 0 ? nil : amount(of: half, like: row.amount)
        return off <= max(ExactDecimal(significand: 1, places: row.amount.places), slack ?? .zero)
    }

    /// The only row that is not its share of the total, where mending it makes all right.
    func wrong() -> Finding? {
        let others = rows.filter { !isRight($0) }
        guard others.count == 1, let row = others.first, let shares = try? ExactDecimal.sum(rows.map(\.share)),
            let amounts = try? ExactDecimal.sum(rows.map(\.amount)),
            let share = (try? ExactDecimal.percentage(row.amount, of: total, places: row.share.places)) ?? nil
        else { return nil }
        if shares != 100, amounts == total, (try? shares - row.share + share) == 100 {
            return differs(row.row, share: row.share, share)
        }
        guard shares == 100, amounts != total, let own = try? total - (amounts - row.amount) else { return nil }
        guard let made = amount(of: row.share, like: row.amount), made == own else { return nil }
        return differs(row.row, amount: row.amount, own)
    }

    /// `最终验收前累计支付70%，计203.00万元`: what the rows before the one that is named come to.
    func until(_ sentence: String, _ line: ReportText.Line) -> Finding? {
        let clauses = sentence.split(separator: "，").map(String.init)
        for (index, clause) in clauses.enumerated() {
            guard let place = clause.firstBytes(of: "累计"),
                let figure = StatedFigure.all(in: clause).first(where: { $0.behind.hasPrefix("%") }),
                figure.range.lowerBound > clause.distance(from: clause.startIndex, to: place.lowerBound)
            else { continue }
            let lead = String(clause[..<place.lowerBound])
            guard let end = ["前", "后", "时"].first(where: lead.hasSuffix) else { continue }
            let core = lead.dropLast()
            let named = rows.indices.filter { core.count > 2 && grid.rows[rows[$0].row].name.folded.hasPrefix(core) }
            guard named.count == 1 else { continue }
            let paid = rows[..<(end == "前" ? named[0] : named[0] + 1)]
            guard !paid.isEmpty, let share = try? ExactDecimal.sum(paid.map(\.share)),
                let amount = try? ExactDecimal.sum(paid.map(\.amount))
            else { continue }
            if share != figure.value { return notPaid(clause, "\(share)%", figure.digits + "%", line) }
            guard index + 1 < clauses.count, let money = StatedFigure.all(in: clauses[index + 1]).first,
                money.yuan != nil,
                ["计", "即", "共计", "金额", "合计", "共"].contains(String(clauses[index + 1].prefix(money.range.lowerBound))),
                !money.isMoney(amount)
            else { continue }
            return notPaid(clause + "，" + clauses[index + 1], amount.grouped, money.digits, line)
        }
        return nil
    }
}

// MARK: - Messages

extension Plan {
    private func differs(_ row: Int, share: ExactDecimal, _ made: ExactDecimal) -> Finding {
        let name = grid.rows[row].name
        return planShares.rule.finding(
            message: LocalizedText(
                zh: "\"\(name)\"的比例为 \(share)%，按金额与合计为 \(made)%，各行比例之和才为 100%",
                en:
                    "the share of \"\(name)\" is \(share)%, by its amount and the total it is \(made)%, which makes 100% of all"
            ),
            subject: "\(name) share",
            lines: [grid.rows[row].line.spot],
            expected: "\(made)%",
            found: "\(share)%",
            hint: LocalizedText(zh: "请核对该行的比例", en: "check the share of the row")
        )
    }

    private func differs(_ row: Int, amount: ExactDecimal, _ made: ExactDecimal) -> Finding {
        let name = grid.rows[row].name
        return planShares.rule.finding(
            message: LocalizedText(
                zh: "\"\(name)\"的金额为 \(amount.grouped)，按比例与合计为 \(made.grouped)",
                en: "the amount of \"\(name)\" is \(amount.grouped), by its share of the total it is \(made.grouped)"
            ),
            subject: "\(name) amount",
            lines: [grid.rows[row].line.spot],
            expected: made.grouped,
            found: amount.grouped,
            hint: LocalizedText(zh: "请核对该行的金额", en: "check the amount of the row")
        )
    }

    private func notPaid(_ quote: String, _ made: String, _ found: String, _ line: ReportText.Line) -> Finding {
        planShares.rule.finding(
            message: LocalizedText(
                zh: "\"\(quote)\"：按支付计划各行相加为 \(made)",
                en: "\"\(quote)\": the rows of the plan make \(made)"
            ),
            subject: quote,
            lines: [line.spot, grid.rows[rows[0].row].line.spot],
            expected: made,
            found: found,
            hint: LocalizedText(zh: "请核对累计的比例和金额", en: "check what is paid until then")
        )
    }
}
