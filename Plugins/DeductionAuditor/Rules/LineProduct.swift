import BudgetLines
import ReviewModel

/// Quantity times unit price is not the amount.
let lineProduct = AuditRule(
    "arithmetic/line-product",
    .error,
    title: LocalizedText(zh: "数量 × 单价与金额不符", en: "quantity × unit price is not the amount"),
    manual: LocalizedText(
        zh: """
            数量 × 单价四舍五入到分应等于金额，万元表四舍五入到所印位数（单价也可能是四舍五入的，只在此范围内的为提示）；填了次数、天数的，还要乘这些数。数字过大无法相乘的也列出。请更正数量、单价或金额。
            """,
        en: """
            Quantity × unit price, rounded to the fen, must be the amount; in a table in 万元 to the places that it prints, and what a \
            rounded price explains is a hint; times and days are factors, too, where they are filled in. Numbers too large to multiply \
            are listed as well. Correct one of them.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: ↓3300.00}
            """,
            zh: "\"课程\"：10 × 300.00 = 3,000.00，表中金额为 3,300.00",
            en: "\"课程\": 10 × 300.00 = 3,000.00, the table says 3,300.00"
        ),
        .good(
            """
            # 单价有三位小数：3 × 33.333 = 99.999，四舍五入到分。
            # A price of more than two places: 3 × 33.333 = 99.999, rounded to the fen.
            tables:
              budget_lines:
                - {id: L1, group: 印刷, quantity: 3, unit_price: 33.333, amount: 100.00}
            """
        ),
        .good(
            """
            # 100 人 × 2 次 × 3 天 × 180 元
            # 100 people, twice, three days
            tables:
              budget_lines:
                - {id: L1, group: 住宿, quantity: 100, times: 2, periods: 3, unit_price: 180.00, amount: 108000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    // In 元 two places, in 万元 six.
    var places = 2
    if case .money(_, let tens)? = FigureUnit(rawValue: audit.unit) { places += tens }
    let isRounded = audit.dossier.table("budget_lines")?.schema.position(of: "amount_step") != nil
    let stepped = isRounded ? audit.dossier.rows(of: "budget_lines").map { ($0.pointer, $0) } : []
    let rows = Dictionary(stepped) { first, _ in first }
    for line in audit.lines {
        if let product = try? line.product() {
            // Prices of more than two places give amounts that are rounded to 分.
            if product.rounded(to: places) == line.amount { continue }
            // Amounts printed in 万元 are rounded to what they print.
            let row = rows[line.pointer]
            if let step = row?.decimal("amount_step"), !step.isZero, let off = try? (product - line.amount).magnitude {
                let half = ExactDecimal(significand: 5, places: 1)
                if let most = try? step * half, off <= most { continue }
                // So may prices be, by which a product is further off.
                if let price = row?.decimal("price_step"), let most = try? (step + price * line.quantity) * half,
                    off <= most
                {
                    var finding = wrongProduct(line, product)
                    finding.severity = .info
                    findings.add(finding)
                    continue
                }
            }
            // Both would print alike, and a sentence that says so helps nobody.
            let isFraction = product.rounded(to: places) == line.amount.rounded(to: places)
            findings.add(isFraction ? partOfFen(line) : wrongProduct(line, product))
        } else {
            findings.add(beyondComputing(line))
        }
    }
}

private func wrongProduct(_ line: BudgetLine, _ product: ExactDecimal) -> Finding {
    // With all its places: rounded, the calculation would not be the one that was made.
    let price = line.unitPrice.withoutTrailingZeros
    let isFine = price.places > 2
    let factors = ([line.quantity] + line.factors).map { $0.withoutTrailingZeros.description }
    let calculation = (factors + [isFine ? price.grouped : Money.yuan(price)]).joined(separator: " × ")
    return lineProduct.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.label)\"：\(calculation) = \(Money.yuan(product))，表中金额为 \(Money.yuan(line.amount))",
            en: "\"\(line.label)\": \(calculation) = \(Money.yuan(product)), the table says \(Money.yuan(line.amount))"
        ),
        subject: line.id,
        pointers: [line.pointer / "amount"],
        expected: Money.yuan(product),
        found: Money.yuan(line.amount),
        hint: isFine
            ? LocalizedText(zh: "单价有第三位小数，请先核对单价", en: "the unit price has a third decimal: check it first")
            : LocalizedText(zh: "请核对数量、单价和金额", en: "check quantity, unit price and amount")
    )
}

private func partOfFen(_ line: BudgetLine) -> Finding {
    let amount = line.amount.withoutTrailingZeros.grouped
    return lineProduct.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.label)\"的金额 \(amount) 有第三位小数，金额只能到分：应为 \(Money.yuan(line.amount))",
            en:
                "the amount \(amount) of \"\(line.label)\" has a third decimal, money goes to the fen: \(Money.yuan(line.amount))"
        ),
        subject: line.id,
        pointers: [line.pointer / "amount"],
        expected: Money.yuan(line.amount),
        found: amount,
        hint: LocalizedText(
            zh: "请将金额四舍五入到分，单价可以有更多小数",
            en: "round the amount to the fen; a unit price may have more places"
        )
    )
}

private func beyondComputing(_ line: BudgetLine) -> Finding {
    lineProduct.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.label)\"的数量与单价之积超出可计算的范围",
            en: "\"\(line.label)\": the product of quantity and unit price has too many digits to be computed"
        ),
        subject: line.id,
        pointers: [line.pointer / "quantity", line.pointer / "unit_price"],
        found: "\(line.quantity) × \(line.unitPrice)",
        hint: LocalizedText(zh: "请核对数量和单价", en: "check quantity and unit price")
    )
}
