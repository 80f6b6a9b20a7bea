import BudgetLines
import CostNorms
import ReviewModel

/// A unit price outside the quartiles of prices approved before.
let priceUnlike = NormRule(
    "norm/price-unlike",
    .info,
    title: LocalizedText(zh: "单价与已审定的不同", en: "a price unlike those approved before"),
    manual: LocalizedText(
        zh: """
            设置 library 给出审定单价库（汇总多个评审时写出的 prices.yaml）的：名称、单位相同，同年度或以前最近年度的单价不少于 at_least 个的，\
            单价低于下四分位或高于上四分位的列出。单价库是参考，不是标准；高于的请核对是否有理由，低于的请核对是否漏项。
            """,
        en: """
            Where the setting library gives the prices that earlier reviews approved (prices.yaml of a summary): a unit price outside the \
            quartiles of one name and unit, of the same year or the last before it, of at least at_least prices. Evidence, no norm: ask \
            for the reason of a higher one, and what a lower one leaves out.
            """
    ),
    parameters: [
        Rule.Parameter(
            "at_least",
            LocalizedText(zh: "单价至少的个数", en: "the least number of prices"),
            standard: .integer(4)
        )
    ],
    examples: [
        .bad(
            """
            fields: {project: {name: 送餐, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 10, unit: 个, unit_price: ↓300.00, amount: 3000.00}
            pipeline:
              norms:
                use: norm-checker
                with:
                  prices: !include ../prices/national.yaml
                  library:
                    - {name: 餐箱, unit: 个, year: 2025, count: 5, quartile1: 230.00, median: 240.00, quartile3: 255.00, sources: "a,b"}
            """,
            zh: "\"餐箱\"单价 300.00 元，高于 2025 年审定单价的上四分位 255.00 元（5 个单价，中位数 240.00 元；参考，不是标准）",
            en:
                "\"餐箱\" at 300.00 is above the upper quartile of the prices approved for 2025, 255.00 (5 prices, median 240.00; evidence, no norm)"
        ),
        .good(
            """
            fields: {project: {name: 送餐, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 10, unit: 个, unit_price: 255.00, amount: 2550.00}
            pipeline:
              norms:
                use: norm-checker
                with:
                  prices: !include ../prices/national.yaml
                  library:
                    - {name: 餐箱, unit: 个, year: 2025, count: 5, quartile1: 230.00, median: 240.00, quartile3: 255.00, sources: "a,b"}
            """
        ),
    ],
    check: check
)

private func check(_ review: NormReview, _ findings: inout RuleFindings) {
    guard let library = review.library, let least = findings.integer("at_least") else { return }
    for line in review.lines {
        guard let entry = library.entry(for: line, in: review.year), entry.count >= least else { continue }
        let price = line.line.unitPrice
        if price > entry.quartile3 { findings.add(unlike(line, entry, isHigh: true)) }
        if price < entry.quartile1 { findings.add(unlike(line, entry, isHigh: false)) }
    }
}

private func unlike(_ line: NormLine, _ entry: PriceLibrary.Entry, isHigh: Bool) -> Finding {
    let (price, edge) = (Money.yuan(line.line.unitPrice), Money.yuan(isHigh ? entry.quartile3 : entry.quartile1))
    let (side, quartile) = isHigh ? ("高于", "上四分位") : ("低于", "下四分位")
    let english = isHigh ? "above the upper" : "below the lower"
    let median = Money.yuan(entry.median)
    return priceUnlike.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(line.line.label)\"单价 \(price) 元，\(side) \(entry.year) 年审定单价的\(quartile) \(edge) 元（\(entry.count) 个单价，中位数 \(median) 元；参考，不是标准）",
            en:
                "\"\(line.line.label)\" at \(price) is \(english) quartile of the prices approved for \(entry.year), \(edge) (\(entry.count) prices, median \(median); evidence, no norm)"
        ),
        subject: line.line.id,
        pointers: [line.line.pointer / "unit_price"],
        expected: "\(Money.yuan(entry.quartile1))–\(Money.yuan(entry.quartile3))",
        found: price,
        hint: isHigh
            ? LocalizedText(zh: "请核对是否有理由", en: "ask for the reason")
            : LocalizedText(zh: "请核对是否漏项", en: "ask what it leaves out")
    )
}
