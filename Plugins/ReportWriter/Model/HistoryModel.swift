import ReviewModel

/// `history_by_year`: each year with its items, sums and execution rate, in the order of the table `history_years`.
///
/// A year is `partial` when its figures are cut off before its last day.
func historyByYear(_ dossier: Dossier, _ nodes: NodeBuilder) throws(DecimalOverflow) -> ModelNode {
    let items = dossier.rows(of: "history")
    let described = dossier.rows(of: "history_years")
    var years = described.compactMap { $0.integer("year") }
    for item in items {
        if let year = item.integer("year"), !years.contains(year) { years.append(year) }
    }
    var result: [ModelNode] = []
    for year in years {
        let record = described.first { $0.integer("year") == year }.map(nodes.row) ?? ModelRecord(names: nodes.names)
        let rows = items.filter { $0.integer("year") == year }
        let adjusted = try ExactDecimal.sum(rows.compactMap { $0.decimal("adjusted") })
        let paid = try ExactDecimal.sum(rows.compactMap { $0.decimal("paid") })
        let cutOff = described.first { $0.integer("year") == year }?.text("cut_off") ?? ""
        record["year"] = .integer(year)
        record["adjusted"] = .figure(adjusted, .money)
        record["paid"] = .figure(paid, .money)
        record["rate"] = .figure(try ExactDecimal.percentage(paid, of: adjusted), .percent)
        record["partial"] = .flag(
            CalendarDate(cutOff).map { $0.year == year && ($0.month, $0.day) != (12, 31) } ?? false
        )
        if record["cut_off"] == nil { record["cut_off"] = .nothing }
        if record["expected_rate"] == nil { record["expected_rate"] = .nothing }
        var lines: [ModelNode] = []
        for row in rows {
            let line = nodes.row(row)
            let (spent, budget) = (row.decimal("paid") ?? .zero, row.decimal("adjusted") ?? .zero)
            line["rate"] = .figure(try ExactDecimal.percentage(spent, of: budget), .percent)
            lines.append(.record(line))
        }
        record["rows"] = nodes.list(lines)
        result.append(.record(record))
    }
    return nodes.list(result)
}
