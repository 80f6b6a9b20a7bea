internal import ReportDocument
internal import ReportTemplate
internal import ReviewModel

/// `history_by_year`: each year with its items, sums and execution rate, in the order of the table `history_years`.
///
/// A year is `partial` when its figures are cut off before its last day.
func historyByYear(_ dossier: Dossier, _ values: DossierValues) throws(DecimalOverflow) -> TemplateValue {
    let described = dossier.rows(of: "history_years")
    var (years, items) = (described.compactMap { $0.integer("year") }, [Int: [TableRow]]())
    for item in dossier.rows(of: "history") {
        guard let year = item.integer("year") else { continue }
        if items[year] == nil, !years.contains(year) { years.append(year) }
        items[year, default: []].append(item)
    }
    var result: [TemplateValue] = []
    for year in years {
        let row = described.first { $0.integer("year") == year }
        result.append(.record(try yearRecord(year, row, items[year] ?? [], values)))
    }
    return .list(result)
}

private func yearRecord(
    _ year: Int,
    _ row: TableRow?,
    _ items: [TableRow],
    _ values: DossierValues
) throws(DecimalOverflow) -> ExtendedRecord {
    let adjusted = try ExactDecimal.sum(items.compactMap { $0.decimal("adjusted") })
    let paid = try ExactDecimal.sum(items.compactMap { $0.decimal("paid") })
    let rate = try ExactDecimal.percentage(paid, of: adjusted)
    let lastDay = row.flatMap { CalendarDate($0.text("cut_off")) }
    let base = row.map(values.row)
    var members: [String: TemplateValue] = [
        "year": .integer(year),
        "adjusted": values.figure(adjusted, .money, fact: "history.\(year).adjusted"),
        "paid": values.figure(paid, .money, fact: "history.\(year).paid"),
        "rate": values.figure(rate, .percent, fact: "history.\(year).rate"),
        "partial": .flag(
            lastDay.map { $0.year == year && $0 != CalendarDate(year: year, month: 12, day: 31) } ?? false
        ),
    ]
    // Of a year that only its totals are known of, these are what there is to print: nobody has said that it was nothing.
    if items.isEmpty, let row, let base, row.decimal("declared_adjusted") ?? row.decimal("declared_paid") != nil {
        for (name, declared) in [("adjusted", "declared_adjusted"), ("paid", "declared_paid")] {
            members[name] = row.decimal(declared) == nil ? .nothing : base.member(declared)
        }
        if let budget = row.decimal("declared_adjusted"), let spent = row.decimal("declared_paid") {
            members["rate"] = .figure(try ExactDecimal.percentage(spent, of: budget), .percent)
        } else if row.decimal("declared_rate") != nil {
            members["rate"] = base.member("declared_rate")
        }
    }
    for name in ["cut_off", "expected_rate"] where base?.member(name) == nil { members[name] = .nothing }
    var lines: [TemplateValue] = []
    for item in items {
        let (spent, budget) = (item.decimal("paid") ?? .zero, item.decimal("adjusted") ?? .zero)
        let rate = TemplateValue.figure(try ExactDecimal.percentage(spent, of: budget), .percent)
        lines.append(.record(ExtendedRecord(base: values.row(item), members: ["rate": rate])))
    }
    members["rows"] = .list(lines)
    return ExtendedRecord(base: base, members: members)
}

/// `execution_total`: the budget and payments of the year in a table `execution`, with their rate; nothing without such a
/// table.
func executionTotal(_ dossier: Dossier) throws(DecimalOverflow) -> TemplateValue {
    let rows = dossier.rows(of: "execution")
    let adjusted = rows.compactMap { $0.decimal("adjusted") }
    guard !adjusted.isEmpty else { return .record(NamedValues()) }
    let budget = try ExactDecimal.sum(adjusted)
    let paid = try ExactDecimal.sum(rows.compactMap { $0.decimal("paid") })
    return .record(
        NamedValues([
            "adjusted": .figure(budget, .money), "paid": .figure(paid, .money),
            "rate": .figure(try ExactDecimal.percentage(paid, of: budget), .percent),
        ])
    )
}
