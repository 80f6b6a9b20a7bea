import BudgetLines
import ReviewModel
import Targets

extension FigureGathering {
    /// What is asked for, cut and approved: line by line, by item, by tag, by level of funding, and in all.
    mutating func addLines(_ dossier: Dossier) throws(DecimalOverflow) {
        let (lines, rows) = (BudgetLine.all(in: dossier), dossier.rows(of: "budget_lines"))
        let deductions = Deduction.all(in: dossier)
        let cuts = Dictionary(grouping: deductions, by: \.line)
        var (groups, tags) = (Sums(), Sums())
        var all: [(line: BudgetLine, amounts: Amounts)] = []
        for (line, row) in zip(lines, rows) {
            let own = cuts[line.id] ?? []
            let amounts = try Adjustment(
                subject: line.id,
                label: line.label,
                requested: line.amount,
                parts: own.map { Adjustment.Part(kind: $0.kind, amount: $0.amount) }
            ).amounts()
            all.append((line, amounts))
            groups.add(line, amounts, under: line.group)
            for tag in row.texts("tags") { tags.add(line, amounts, under: tag) }
            for name in [line.detail, row.text("audit_name"), row.text("short_name")] {
                add(name: name, meaning: line.subject)
            }
            try addAmounts(amounts, LocalizedText(line.label), line.subject, [line])
            addMeasures(of: line, row)
            try addQuantities(of: line, row, amounts)
        }
        let units = Dictionary(zip(lines.map(\.id), rows.map { $0.text("unit") })) { first, _ in first }
        let named = Dictionary(lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for row in dossier.rows(of: "printed_audit") {
            guard let line = named[row.text("line")], let granted = row.decimal("quantity") else { continue }
            addGranted(granted, units[line.id] ?? "", of: line, row)
        }
        for deduction in deductions { add(ProseFigure(of: deduction, named[deduction.line])) }
        for (name, members) in groups.members {
            let subject = members.count == 1 ? members[0].line.subject : "group:\(name)"
            add(name: name, meaning: subject)
            let sum = try Amounts.sum(members.map(\.amounts))
            if members.count > 1 { try addAmounts(sum, LocalizedText(name), subject, members.map(\.line)) }
            add(
                item: NamedSum.Item(
                    name: name,
                    value: sum.requested,
                    pointers: members.map { $0.line.pointer / "amount" }
                )
            )
        }
        for (name, members) in tags.members {
            add(name: name, meaning: "tag:\(name)")
            try addAmounts(.sum(members.map(\.amounts)), LocalizedText(name), "tag:\(name)", members.map(\.line))
        }
        if !lines.isEmpty { try addAmounts(.sum(all.map(\.amounts)), .total, "", lines) }
        addFunding(dossier)
    }

    private mutating func addAmounts(
        _ amounts: Amounts,
        _ name: LocalizedText,
        _ subject: String,
        _ lines: [BudgetLine]
    ) throws(DecimalOverflow) {
        let rate = try ExactDecimal.percentage(amounts.deducted, of: amounts.requested, places: 10)
        let net = amounts.increased.isZero ? nil : try amounts.requested - amounts.approved
        let netRate = net == nil ? nil : try ExactDecimal.percentage(net ?? .zero, of: amounts.requested, places: 10)
        let figures: [(ProseFigure.Aspect, LocalizedText, ExactDecimal?, ProseUnit)] = [
            (.requested, LocalizedText(zh: "申报金额", en: "requested"), amounts.requested, .yuan),
            (.approved, LocalizedText(zh: "审核金额", en: "approved"), amounts.approved, .yuan),
            (.deducted, LocalizedText(zh: "核减金额", en: "deducted"), amounts.deducted, .yuan),
            (.increased, LocalizedText(zh: "核增金额", en: "increased"), amounts.increased, .yuan),
            (.deductionRate, LocalizedText(zh: "核减率", en: "deduction rate"), rate, .percent),
            (.netDeducted, LocalizedText(zh: "净核减金额", en: "net deduction"), net, .yuan),
            (.netRate, LocalizedText(zh: "净核减率", en: "net deduction rate"), netRate, .percent),
        ]
        for (aspect, words, value, unit) in figures {
            guard let value, aspect == .requested || !isAuditUnread else { continue }
            let figure = ProseFigure(
                label: name.joined(words),
                value: value,
                unit: unit,
                subject: subject,
                aspect: aspect,
                years: years,
                making: unit == .percent ? .ratio : lines.count > 1 ? .sum : .stated,
                parts: lines.count > 1 && aspect == .requested
                    ? lines.map { ProseFigure.Part(name: $0.label, value: $0.amount) } : [],
                pointers: lines.map { $0.pointer / "amount" }
            )
            add(figure)
        }
    }

    /// Unit price and quantity.
    private mutating func addMeasures(of line: BudgetLine, _ row: TableRow) {
        let measures: [(String, LocalizedText, ExactDecimal, ProseUnit)] = [
            ("unit_price", LocalizedText(zh: "单价", en: "unit price"), line.unitPrice, .yuan),
            ("quantity", LocalizedText(zh: "数量", en: "quantity"), line.quantity, .count(row.text("unit"))),
        ]
        for (column, words, value, unit) in measures {
            add(
                ProseFigure(
                    label: LocalizedText(line.label).joined(words),
                    value: value,
                    unit: unit,
                    subject: line.subject,
                    aspect: .other,
                    years: years,
                    pointers: [line.pointer / column]
                )
            )
        }
    }

    /// How many a line has of its unit: as asked for, and, where its price makes it exactly, as approved.
    private mutating func addQuantities(of line: BudgetLine, _ row: TableRow, _ amounts: Amounts)
        throws(DecimalOverflow)
    {
        let unit = row.text("unit")
        // A lump sum is one of nothing, and what is done several times may be told for a part of the year.
        guard !unit.isEmpty, line.quantity > 1, !doneByTimes.contains(unit) else { return }
        var quantities = [line.quantity]
        if line.unitPrice > 0, amounts.approved != amounts.requested,
            let approved = try amounts.approved.divided(by: line.unitPrice, places: 4),
            try approved * line.unitPrice == amounts.approved
        {
            quantities.append(approved)
        }
        for quantity in quantities {
            add(
                ProseFigure(
                    label: LocalizedText(line.label).joined(LocalizedText(zh: "数量", en: "quantity")),
                    value: quantity,
                    unit: .count(unit),
                    subject: line.subject,
                    aspect: .quantity,
                    years: years,
                    pointers: [line.pointer / "quantity"]
                )
            )
        }
    }

    /// How many were granted, as the audit table prints it.
    private mutating func addGranted(_ quantity: ExactDecimal, _ unit: String, of line: BudgetLine, _ row: TableRow) {
        guard quantity != line.quantity, !unit.isEmpty, !doneByTimes.contains(unit) else { return }
        add(
            ProseFigure(
                label: LocalizedText(line.label).joined(LocalizedText(zh: "审核数量", en: "quantity approved")),
                value: quantity,
                unit: .count(unit),
                subject: line.subject,
                aspect: .quantity,
                years: years,
                pointers: [row.pointer("quantity")]
            )
        )
    }

    private mutating func addFunding(_ dossier: Dossier) {
        for row in dossier.rows(of: "funding") {
            guard let amount = row.decimal("amount") else { continue }
            let subject = "funding:\(row.text("level"))"
            add(name: row.text("name"), meaning: subject)
            add(
                ProseFigure(
                    label: LocalizedText(row.text("name")),
                    value: amount,
                    subject: subject,
                    aspect: .requested,
                    years: years,
                    pointers: [row.pointer("amount")]
                )
            )
        }
    }
}

/// Units of what is done rather than had.
private let doneByTimes: Set<String> = ["项", "批", "年", "月", "个月", "次", "期", "场", "场次", "节", "课时", "天", "人次"]

/// Lines under names, in the order in which the names come up.
private struct Sums {
    private(set) var members: [(name: String, members: [(line: BudgetLine, amounts: Amounts)])] = []
    private var positions: [String: Int] = [:]

    mutating func add(_ line: BudgetLine, _ amounts: Amounts, under name: String) {
        if let position = positions[name] {
            members[position].members.append((line, amounts))
        } else {
            positions[name] = members.count
            members.append((name, [(line, amounts)]))
        }
    }
}

extension LocalizedText {
    /// The name of everything together.
    static let total = LocalizedText(zh: "合计", en: "total")

    /// A name and what is said of it.
    func joined(_ words: LocalizedText) -> LocalizedText {
        if self == .total { return LocalizedText(zh: words.zh + zh, en: "\(en) \(words.en)") }
        return LocalizedText(zh: "\(zh) \(words.zh)", en: "\(en), \(words.en)")
    }
}

extension BudgetLine {
    /// What names of the line lead to: the same as those of its namesakes of earlier years.
    var subject: String { historyKey.map { "key:\($0)" } ?? "line:\(id)" }
}

extension ProseFigure {
    /// One cut or increase, as one of several that a line may have.
    fileprivate init(of deduction: Deduction, _ line: BudgetLine?) {
        let name = line?.label ?? deduction.line
        let words =
            deduction.kind == .increase
            ? LocalizedText(zh: "核增", en: "increase") : LocalizedText(zh: "核减", en: "deduction")
        self.init(
            label: LocalizedText(zh: name + words.zh, en: "\(words.en) of \(name)"),
            value: deduction.amount,
            subject: line?.subject ?? "line:\(deduction.line)",
            aspect: deduction.kind == .increase ? .increased : .deducted,
            years: [],
            pointers: [deduction.pointer / "amount"]
        )
    }
}
