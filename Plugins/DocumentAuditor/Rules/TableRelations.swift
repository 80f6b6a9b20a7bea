import BudgetLines
import PrintedReports
import ReviewModel

/// A row in which columns do not make of each other what they make in all other rows.
let tableRelations = DocumentRule(
    "document/table-relation",
    .error,
    title: LocalizedText(
        zh: "一行的数与其他各行的关系不同",
        en: "a row whose columns are not to each other what they are in all others"
    ),
    manual: LocalizedText(
        zh: """
            任何表（不论是否认得表头）中，某栏在其余各行都是另外几栏的和、差、积、比率、增长率或平均数，只有一行不是的，列出该行。成立的各行至少三行、数字有足够位数；\
            尾差、另有一栏恰为差额的（核增）、恰为整数倍的（月数）不计。
            """,
        en: """
            In any table, its head known or not, a column that is the sum, difference, product, rate, growth or mean of others in all rows but one. Three rows at least must hold it, with digits enough; what is \
            rounded, what another column makes up for (核增) and whole multiples (months) are not told.
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
                    区域\t抽查点位\t完好点位\t完好率
                    江南区\t16\t15\t93.75%
                    ↓江北区\t15\t14\t83.33%
                    新港区\t14\t13\t92.86%
                    高新区\t18\t17\t94.44%
            """,
            zh: "第 1 行的表\"江北区\"一行：完好点位 14、抽查点位 15，完好率应为 93.33%，表中为 83.33%（其他各行均为完好点位 ÷ 抽查点位）",
            en:
                "\"江北区\" in the table at line 1: 完好点位 14, 抽查点位 15 make 完好率 93.33%, the table has 83.33% (in all other rows it is 完好点位 ÷ 抽查点位)"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    区域\t抽查点位\t完好点位\t完好率
                    江南区\t16\t15\t93.75%
                    江北区\t15\t14\t93.33%
                    新港区\t14\t13\t92.86%
                    高新区\t18\t17\t94.44%
            """
        ),
    ],
    check: { audit, findings in
        // What is told of a row already need not be told in other words.
        var told = Set(findings.all.filter { earlier.contains($0.rule) }.flatMap(\.spots))
        let products = Set(
            audit.prior.values.flatMap(\.findings).filter { $0.rule == "arithmetic/line-product" }.map(\.found)
        )
        for grid in audit.grids {
            for slip in try SeriesRows(grid)?.slips() ?? []
            where told.insert(grid.rows[slip.row].line.spot).inserted {
                findings.add([otherInSeries(grid, slip)])
            }
            for found in try checkRelations(grid, products) where told.insert(found.spots[0]).inserted {
                findings.add(found)
            }
        }
    }
)

private let earlier = [
    "document/table-sum", "document/audit-table-differs", "document/tables-differ", "document/share-table",
    "document/score-table", "document/score-rate", "document/funds-differ",
]

private func checkRelations(_ grid: NumberGrid, _ products: Set<String>) throws(DecimalOverflow) -> [Finding] {
    var slips: [Int: [GridRelation.Slip]] = [:]
    var exchanges: [GridRelation.Exchange] = []
    for relation in grid.relations {
        switch try relation.found(in: grid) {
        case .slip(let slip): slips[slip.row, default: []].append(slip)
        case .exchange(let exchange): exchanges.append(exchange)
        case nil: continue
        }
    }
    // Two rows that have changed places in one column are told as that, and for nothing else.
    var (told, found) = (Set<Int>(), [Finding]())
    for exchange in exchanges.sorted(by: { $0.columns.count < $1.columns.count })
    where told.isDisjoint(with: exchange.rows) && exchange.rows.allSatisfy({ slips[$0] == nil }) {
        told.formUnion(exchange.rows)
        found.append(exchanged(grid, exchange))
    }
    return found
        + slips.sorted { $0.key < $1.key }.compactMap { row, found in
            // The cell that most of them have in common; of the others the one that is made.
            let best = found.max { one, two in one.weight(among: found) < two.weight(among: found) }
            guard let best, let cell = grid.rows[row].cells[best.relation.result] else { return nil }
            if best.relation.making == .product, products.contains(cell.printed) { return nil }
            return otherRelation(grid, best)
        }
}

extension GridRelation.Slip {
    /// How many of the others fail where this one's result is part of it; sums before differences.
    fileprivate func weight(among all: [GridRelation.Slip]) -> Int {
        let column = relation.result
        let shared = all.count { $0.relation.result == column || $0.relation.parts.contains(column) }
        let isPlain: Int
        switch relation.making {
        case .sum: isPlain = 4
        case .product, .mean, .least, .most: isPlain = 3
        case .difference: isPlain = relation.parts[0] < relation.parts[1] && relation.parts[1] < column ? 2 : 0
        case .share, .growth, .fall, .portion: isPlain = 1
        }
        return shared * 8 + isPlain
    }
}

// MARK: - Messages

private func exchanged(_ grid: NumberGrid, _ exchange: GridRelation.Exchange) -> Finding {
    let rows = exchange.rows.map { grid.rows[$0] }
    let heads = exchange.columns.map { grid.heads[$0] }
    let values = rows.map { $0.cells[exchange.columns[0]]?.printed ?? "" }
    let result = grid.heads[exchange.relation.result]
    return tableRelations.rule.finding(
        message: LocalizedText(
            zh:
                "\(grid.name.zh)\"\(rows[0].name)\"与\"\(rows[1].name)\"的\(heads.joined(separator: "或"))似乎互换（\(values.joined(separator: "、"))）：两行的\(result)都不符，互换后都相符",
            en:
                "\(heads.joined(separator: " or ")) of \"\(rows[0].name)\" and \"\(rows[1].name)\" in \(grid.name.en) seem to have changed places (\(values.joined(separator: ", "))): \(result) is wrong in both rows, and right once they change back"
        ),
        subject: "\(rows[0].name) \(rows[1].name) \(heads[0])",
        lines: rows.map(\.line.spot),
        expected: values[1],
        found: values[0],
        hint: LocalizedText(zh: "请核对这两行", en: "check the two rows")
    )
}

private func otherInSeries(_ grid: NumberGrid, _ slip: SeriesRows.Slip) -> Finding {
    let (row, head) = (grid.rows[slip.row], grid.heads[slip.column])
    let cell = row.cells[slip.column]
    let made = slip.made.grouped + (cell?.isPercent ?? false ? "%" : "")
    let (zh, en) =
        switch slip.making {
        case .total: ("各栏之和", "the sum of its columns")
        case .cumulative: ("逐期累计", "the sum up to there")
        case .step: ("按其下的累计数", "what the cumulative row makes it")
        case .rate: ("按同行其他各栏", "what the other columns make it")
        }
    return tableRelations.rule.finding(
        message: LocalizedText(
            zh: "\(grid.name.zh)\"\(row.name)\"一行\(head)为 \(cell?.printed ?? "")，\(zh)应为 \(made)",
            en: "\(head) of \"\(row.name)\" in \(grid.name.en) is \(cell?.printed ?? ""), \(en) is \(made)"
        ),
        subject: "\(row.name) \(head)",
        lines: [row.line.spot],
        expected: made,
        found: cell?.printed ?? "",
        hint: LocalizedText(zh: "请核对该行各数", en: "check the numbers of the row")
    )
}

private func otherRelation(_ grid: NumberGrid, _ slip: GridRelation.Slip) -> Finding {
    let (row, relation) = (grid.rows[slip.row], slip.relation)
    let (result, head) = (row.cells[relation.result], grid.heads[relation.result])
    let suffix = result?.isPercent ?? false ? "%" : ""
    let made = slip.made.grouped + suffix
    let found = result?.printed ?? ""
    let parts = relation.parts.map { (head: grid.heads[$0], value: row.cells[$0]?.printed ?? "") }
    let list = parts.map { "\($0.head) \($0.value)" }
    let heads = parts.map(\.head)
    let (zh, en) =
        switch relation.making {
        case .sum: (heads.joined(separator: " + "), heads.joined(separator: " + "))
        case .difference: (heads.joined(separator: " − "), heads.joined(separator: " − "))
        case .product: (heads.joined(separator: " × "), heads.joined(separator: " × "))
        case .share: ("\(heads[0]) ÷ \(heads[1])", "\(heads[0]) ÷ \(heads[1])")
        case .growth: ("(\(heads[0]) − \(heads[1])) ÷ \(heads[1])", "(\(heads[0]) − \(heads[1])) ÷ \(heads[1])")
        case .fall: ("(\(heads[1]) − \(heads[0])) ÷ \(heads[1])", "(\(heads[1]) − \(heads[0])) ÷ \(heads[1])")
        case .portion: ("\(heads[0]) ÷ 其合计", "\(heads[0]) ÷ its total")
        case .least: ("\(heads[0])…\(heads[heads.count - 1])的最小数", "the least of \(heads[0])…\(heads[heads.count - 1])")
        case .most:
            ("\(heads[0])…\(heads[heads.count - 1])的最大数", "the greatest of \(heads[0])…\(heads[heads.count - 1])")
        case .mean: ("\(heads[0])…\(heads[heads.count - 1])的平均数", "the mean of \(heads[0])…\(heads[heads.count - 1])")
        }
    return tableRelations.rule.finding(
        message: LocalizedText(
            zh:
                "\(grid.name.zh)\"\(row.name)\"一行：\(list.joined(separator: "、"))，\(head)应为 \(made)，表中为 \(found)（其他各行均为\(zh)）",
            en:
                "\"\(row.name)\" in \(grid.name.en): \(list.joined(separator: ", ")) make \(head) \(made), the table has \(found) (in all other rows it is \(en))"
        ),
        subject: "\(row.name) \(head)",
        lines: [row.line.spot],
        expected: made,
        found: found,
        hint: LocalizedText(zh: "请核对该行各数", en: "check the numbers of the row")
    )
}
