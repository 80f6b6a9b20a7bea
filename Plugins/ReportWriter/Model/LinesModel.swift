import ReviewModel

/// The requested lines with what the review made of each, their groups and the totals.
struct LinesModel {
    private(set) var amounts: ModelNode = .nothing
    private(set) var lines: ModelNode = .nothing
    private(set) var groups: ModelNode = .nothing
    private(set) var cuts: ModelNode = .nothing

    private let nodes: NodeBuilder

    init(_ request: RenderingRequest, _ nodes: NodeBuilder) throws(DecimalOverflow) {
        self.nodes = nodes
        var reviewed: [(record: ModelRecord, amounts: Amounts, group: String)] = []
        let opinions = opinions(request.dossier)
        let adjustments = Dictionary(request.review.adjustments.map { ($0.subject, $0) }) { first, _ in first }
        for row in request.dossier.rows(of: "budget_lines") {
            let record = nodes.row(row)
            let adjustment =
                adjustments[row.text("id")]
                ?? Adjustment(subject: row.text("id"), label: "", requested: row.decimal("amount") ?? .zero)
            let amounts = try adjustment.amounts()
            try describe(record, adjustment, amounts)
            let opinion = opinions[row.text("id")]
            record["opinion"] = opinion.map { nodes.node(.text($0.text), at: $0.pointer, row: record) } ?? .nothing
            reviewed.append((record, amounts, row.text("group")))
        }
        mark(groupsOf: reviewed.map { ($0.record, $0.group) })
        for line in reviewed { line.record["label"] = label(line.record) }
        lines = nodes.list(reviewed.map { .record($0.record) })
        cuts = nodes.list(
            copies(reviewed.filter { !$0.amounts.deducted.isZero || !$0.amounts.increased.isZero }.map(\.record))
        )
        groups = try groups(of: reviewed)
        var total = try Amounts.sum(reviewed.map(\.amounts))
        if let amounts = request.review.amounts { total = amounts }
        amounts = .record(ModelRecord(try members(of: total), names: nodes.names))
    }

    private func members(of amounts: Amounts) throws(DecimalOverflow) -> [String: ModelNode] {
        [
            "requested": .figure(amounts.requested, .money),
            "approved": .figure(amounts.approved, .money),
            "deducted": .figure(amounts.deducted, .money),
            "increased": .figure(amounts.increased, .money),
            "deferred": .figure(amounts.deferred, .money),
            "rate": .figure(try amounts.deductionRate() ?? .zero, .percent),
            "has_cut": .flag(!amounts.deducted.isZero),
            "has_increase": .flag(!amounts.increased.isZero),
            "has_deferral": .flag(!amounts.deferred.isZero),
        ]
    }

    private func describe(
        _ record: ModelRecord,
        _ adjustment: Adjustment,
        _ amounts: Amounts
    ) throws(DecimalOverflow) {
        for (name, node) in try members(of: amounts) { record[name] = node }
        record["cut"] = .flag(!amounts.deducted.isZero)
        // A reason may name the line's own figures: {{deducted}}.
        let place = adjustment.pointer ?? JSONPointer(["tables", "deductions"])
        let reasons = adjustment.parts.map(\.reason).filter { !$0.isEmpty }.joined(separator: "；")
        record["reason"] = nodes.node(.text(reasons), at: place, row: record)
        record["parts"] = nodes.list(
            adjustment.parts.map { part in
                nodes.record([
                    "kind": .text(part.kind.rawValue),
                    "amount": .figure(part.amount, .money),
                    "reason": nodes.node(.text(part.reason), at: place, row: record),
                ])
            }
        )
    }

    /// What section four says of a line, by the line's id.
    private func opinions(_ dossier: Dossier) -> [String: (text: String, pointer: JSONPointer)] {
        var opinions: [String: (text: String, pointer: JSONPointer)] = [:]
        for row in dossier.rows(of: "deductions") {
            guard let text = row.optionalText("opinion"), opinions[row.text("line")] == nil else { continue }
            opinions[row.text("line")] = (text, row.pointer("opinion"))
        }
        return opinions
    }

    /// What running text calls a line: its short name, else its group, or its detail where the group has several lines.
    private func label(_ line: ModelRecord) -> ModelNode {
        let names = line["alone"]?.isPresent == true ? ["short_name", "group"] : ["short_name", "detail", "group"]
        return names.lazy.compactMap { line[$0] }.first(where: \.isPresent) ?? .nothing
    }

    /// `first_of_group`, and `alone`: whether a line is its group's only one.
    private func mark(groupsOf lines: [(record: ModelRecord, group: String)]) {
        for (position, line) in lines.enumerated() {
            let continues = position > 0 && lines[position - 1].group == line.group
            let goesOn = position + 1 < lines.count && lines[position + 1].group == line.group
            line.record["first_of_group"] = .flag(!continues)
            line.record["alone"] = .flag(!continues && !goesOn)
        }
    }

    private func groups(
        of lines: [(record: ModelRecord, amounts: Amounts, group: String)]
    ) throws(DecimalOverflow) -> ModelNode {
        var order: [String] = []
        for line in lines where !order.contains(line.group) { order.append(line.group) }
        var result: [ModelNode] = []
        for name in order {
            let members = lines.filter { $0.group == name }
            let record = ModelRecord(try self.members(of: Amounts.sum(members.map(\.amounts))), names: nodes.names)
            record["name"] = .text(name)
            record["label"] = members.count == 1 ? label(members[0].record) : .text(name)
            record["lines"] = nodes.list(copies(members.map(\.record)))
            result.append(.record(record))
        }
        return nodes.list(result)
    }

    /// The same lines for another list, where they stand at other places.
    private func copies(_ records: [ModelRecord]) -> [ModelNode] {
        records.map { record in
            let copy = ModelRecord(record.members, names: nodes.names)
            for name in ["index", "first", "last"] { copy[name] = nil }
            return .record(copy)
        }
    }
}
