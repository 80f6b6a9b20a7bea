internal import BudgetLines
internal import ReportDocument
internal import ReportTemplate
internal import ReviewModel

/// The requested lines with what the review made of each, their groups and the totals.
struct LinesModel {
    private(set) var amounts: TemplateValue = .nothing
    private(set) var lines: TemplateValue = .nothing
    private(set) var groups: TemplateValue = .nothing
    private(set) var cuts: TemplateValue = .nothing
    private var byID: [String: LineRecord] = [:]

    init(_ request: RenderingRequest, _ values: DossierValues) throws(DecimalOverflow) {
        let records = try Self.records(request, values)
        for record in records where byID[record.id] == nil { byID[record.id] = record }
        lines = .list(records.map { .record($0) })
        cuts = .list(
            records.filter { !$0.amounts.deducted.isZero || !$0.amounts.increased.isZero }.map { .record($0) }
        )
        groups = try Self.groups(of: records, values)
        var total = try Amounts.sum(records.map(\.amounts))
        if let amounts = request.review.amounts { total = amounts }
        amounts = .record(NamedValues(try amountNames(of: total, "amounts", values)))
    }

    /// What running text calls the line of this id.
    func label(of id: String) -> TemplateValue? { byID[id]?.label }

    /// The first line of this id.
    subscript(id: String) -> LineRecord? { byID[id] }

    private static func records(
        _ request: RenderingRequest,
        _ values: DossierValues
    ) throws(DecimalOverflow) -> [LineRecord] {
        let opinions = opinions(request.dossier)
        let adjustments = Dictionary(request.review.adjustments.map { ($0.subject, $0) }) { first, _ in first }
        let rows = Array(request.dossier.rows(of: "budget_lines"))
        let groups = rows.map { $0.text("group") }
        var records: [LineRecord] = []
        for (position, row) in rows.enumerated() {
            let id = row.text("id")
            let adjustment =
                adjustments[id] ?? Adjustment(subject: id, label: "", requested: row.decimal("amount") ?? .zero)
            let amounts = try adjustment.amounts()
            let continues = position > 0 && groups[position - 1] == groups[position]
            let goesOn = position + 1 < rows.count && groups[position + 1] == groups[position]
            records.append(
                LineRecord(
                    id: id,
                    group: groups[position],
                    row: values.row(row),
                    adjustment: adjustment,
                    amounts: amounts,
                    members: try amountNames(of: amounts, "lines." + id, values),
                    opinion: opinions[id],
                    isFirstOfGroup: !continues,
                    isAlone: !continues && !goesOn
                )
            )
        }
        return records
    }

    /// What section four says of a line, by the line's id.
    private static func opinions(_ dossier: Dossier) -> [String: (text: String, pointer: JSONPointer)] {
        var opinions: [String: (text: String, pointer: JSONPointer)] = [:]
        // What the draft said of an amount that is another now is not said of the final one.
        for deduction in Deduction.all(in: dossier) where !deduction.opinion.isEmpty && !deduction.amount.isZero {
            guard opinions[deduction.line] == nil else { continue }
            opinions[deduction.line] = (deduction.opinion, deduction.pointer / "opinion")
        }
        return opinions
    }

    private static func groups(
        of lines: [LineRecord],
        _ values: DossierValues
    ) throws(DecimalOverflow) -> TemplateValue {
        var (order, members) = ([String](), [String: [LineRecord]]())
        for line in lines {
            if members[line.group] == nil { order.append(line.group) }
            members[line.group, default: []].append(line)
        }
        var result: [TemplateValue] = []
        for name in order {
            let lines = members[name] ?? []
            let amounts = try Amounts.sum(lines.map(\.amounts))
            var record = try amountNames(of: amounts, "groups." + name, values)
            record["name"] = .text(name)
            record["label"] = lines.count == 1 ? lines[0].label : .text(name)
            record["lines"] = .list(lines.map { .record($0) })
            result.append(.record(NamedValues(record)))
        }
        return .list(result)
    }
}

/// The names of amounts, each figure with its fact below `facts`.
private func amountNames(
    of amounts: Amounts,
    _ facts: String,
    _ values: DossierValues
) throws(DecimalOverflow) -> [String: TemplateValue] {
    let (rate, form) = (try amounts.deductionRate() ?? .zero, FigureForm(unit: amounts.unit))
    return [
        "requested": values.figure(amounts.requested, form, fact: facts + ".requested"),
        "approved": values.figure(amounts.approved, form, fact: facts + ".approved"),
        "deducted": values.figure(amounts.deducted, form, fact: facts + ".deducted"),
        "increased": values.figure(amounts.increased, form, fact: facts + ".increased"),
        "deferred": values.figure(amounts.deferred, form, fact: facts + ".deferred"),
        "rate": values.figure(rate, .percent, fact: facts + ".rate"),
        "has_cut": .flag(!amounts.deducted.isZero), "has_increase": .flag(!amounts.increased.isZero),
        "has_deferral": .flag(!amounts.deferred.isZero),
    ]
}

/// A requested line: its row, its amounts, and what was said of it.
struct LineRecord: TemplateRecord {
    let id: String
    let group: String
    let row: RowRecord
    let adjustment: Adjustment
    let amounts: Amounts
    let members: [String: TemplateValue]
    let opinion: (text: String, pointer: JSONPointer)?
    let isFirstOfGroup: Bool
    /// Whether it is the only one of its group.
    let isAlone: Bool

    func member(_ name: String) -> TemplateValue? {
        if let value = members[name] { return value }
        switch name {
        case "cut": return .flag(!amounts.deducted.isZero)
        // A reason may name the line's own figures: {{deducted}}.
        case "reason": return text(adjustment.parts.map(\.reason).joinedAsClauses)
        case "parts": return .list(adjustment.parts.map(part))
        case "opinion": return opinion.map { text($0.text, at: $0.pointer) } ?? .nothing
        case "label": return label
        case "first_of_group": return .flag(isFirstOfGroup)
        case "alone": return .flag(isAlone)
        default: return row.member(name)
        }
    }

    /// What running text calls the line: its short name, else its group, or its detail where the group has several lines.
    var label: TemplateValue {
        let names = isAlone ? ["short_name", "group"] : ["short_name", "detail", "group"]
        return names.lazy.compactMap { row.member($0) }.first(where: \.isPresent) ?? .nothing
    }

    private func part(_ part: Adjustment.Part) -> TemplateValue {
        .record(
            NamedValues([
                "kind": row.values.kind(part.kind), "amount": .figure(part.amount, FigureForm(unit: adjustment.unit)),
                "reason": text(part.reason),
            ])
        )
    }

    private func text(_ text: String, at pointer: JSONPointer? = nil) -> TemplateValue {
        let place = pointer ?? adjustment.pointer ?? JSONPointer(["tables", "deductions"])
        return row.values.value(.text(text), at: place, in: self)
    }
}
