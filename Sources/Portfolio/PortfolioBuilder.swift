public import ReviewFile
internal import ReviewModel
internal import Tables

/// Takes reviews one by one and keeps of each what the queries of a summary ask; the reviews themselves can go then.
///
/// The tables are those of Docs/SUMMARY.md: `reviewed` with a row a review, `review_fields`, `review_adjustments` and so on,
/// and `kept_NAME` for each table of the dossiers that the description reads.
public struct PortfolioBuilder: Sendable {
    public let document: PortfolioDocument
    /// Members of `review.json` that no summary looks at.
    public static let unread: Set<String> = ["facts", "fixed", "places", "plugins", "ruleCatalogue", "rules"]
    private(set) var entries: [Portfolio.Entry] = []
    private var ids: Set<String> = []
    private var reviewed: TableFiller
    private var fields = TableFiller("review_fields", "review name value place")
    private var figures = TableFiller("review_figures", "review name figure:decimal after")
    private var adjustments = TableFiller("review_adjustments", "review subject label requested:decimal money_unit")
    private var parts = TableFiller("review_parts", "review subject label kind amount:decimal reason money_unit")
    private var scores = TableFiller(
        "review_scores",
        "review rater total:decimal max:decimal level verdict band above:decimal below:decimal next_zh next_en"
    )
    private var items = TableFiller(
        "review_items",
        "review rater code name parent max:decimal points:decimal level status reason"
    )
    private var findings = TableFiller(
        "review_findings",
        "review id rule severity subject zh en expected found difference:decimal unit place waived:boolean"
    )
    private var places = TableFiller("review_places", "review finding n:integer place")
    private var inputs = TableFiller("review_inputs", "review path sha256")
    private var steps = TableFiller("review_steps", "review step plugin outcome note")
    private var kept: [String: TableFiller]

    public init(_ document: PortfolioDocument) {
        self.document = document
        let sums = Amounts.none.sums.map { $0.name + ":decimal" }
        let counts = (Severity.allCases.map(\.rawValue) + ["waived"]).map { $0 + ":integer" }
        reviewed = TableFiller(
            "reviewed",
            "review state message locale verdict verdict_zh verdict_en " + (sums + counts).joined(separator: " ")
                + " money_unit"
        )
        let tables = document.reads.map { schema -> (String, TableFiller) in
            let columns = [Column(name: "review"), Column(name: "place")] + schema.columns
            return (schema.name, TableFiller(TableSchema(name: "kept_" + schema.name, columns: columns)))
        }
        kept = Dictionary(tables) { first, _ in first }
    }

    /// The tables that queries can ask, before any view.
    var tables: [Table] {
        [reviewed, fields, figures, adjustments, parts, scores, items, findings, places, inputs, steps].map(\.table)
            + document.reads.compactMap { kept[$0.name]?.table }
    }

    /// Whether there is a review of that id; a second one would be counted twice.
    public func has(_ id: String) -> Bool { ids.contains(id) }

    /// A review that there is, which must not be there already.
    ///
    /// - Parameter link: the folder of the review as the summary's files lead to it: `../meals-2026`.
    public mutating func add(_ recorded: RecordedReview, link: String) {
        let review = recorded.review
        let lacking = review.steps.filter { $0.outcome != .done }
        let notes = lacking.map { $0.note.isEmpty ? $0.id : "\($0.id): \($0.note)" }
        let state = lacking.isEmpty ? Portfolio.State.done : .incomplete
        let page = document.pages.first { page in recorded.artifacts.contains { $0.path == page } } ?? "review.json"
        let entry = Portfolio.Entry(
            id: review.id,
            state: state.rawValue,
            message: notes.joined(separator: "; "),
            link: link + "/" + page,
            unit: review.amounts.map { MoneyUnit($0.unit) }
        )
        begin(entry)
        reviewed.set("locale", .text(review.locale.rawValue))
        if let verdict = review.verdict {
            reviewed.set("verdict", .text(verdict.code))
            reviewed.set("verdict_zh", .text(verdict.name.zh))
            reviewed.set("verdict_en", .text(verdict.name.en))
        }
        if let amounts = review.amounts {
            let unit = MoneyUnit(amounts.unit)
            for (name, sum) in amounts.sums { reviewed.set(name, Value(unit.ones(sum))) }
            reviewed.set("money_unit", .text(unit.code))
        }
        for severity in Severity.allCases {
            let count = review.openFindings.count { $0.finding.severity == severity }
            reviewed.set(severity.rawValue, .integer(count))
        }
        reviewed.set("waived", .integer(review.findings.count { $0.waiver != nil }))
        reviewed.add([:])
        addParts(of: review)
        addFields(of: recorded)
        for input in recorded.inputs {
            inputs.add(["review": .text(review.id), "path": .text(input.path), "sha256": .text(input.sha256)])
        }
        for table in recorded.kept.tables { add(table, of: review.id) }
    }

    /// A review that did not come about: a row with what is known of it.
    public mutating func add(id: String, state: String, message: String, link: String?) {
        var (unused, number) = (id, 2)
        while has(unused) { (unused, number) = ("\(id) (\(number))", number + 1) }
        begin(Portfolio.Entry(id: unused, state: state, message: message, link: link))
        reviewed.add([:])
    }

    private mutating func begin(_ entry: Portfolio.Entry) {
        entries.append(entry)
        ids.insert(entry.id)
        reviewed.set("review", .text(entry.id))
        reviewed.set("state", .text(entry.state))
        reviewed.set("message", .text(entry.message))
    }

    private mutating func addParts(of review: Review) {
        let id = Value.text(review.id)
        for line in review.adjustments {
            let unit = MoneyUnit(line.unit)
            adjustments.add([
                "review": id, "subject": .text(line.subject), "label": .text(line.label),
                "requested": Value(unit.ones(line.requested)), "money_unit": .text(unit.code),
            ])
            for part in line.parts {
                parts.add([
                    "review": id, "subject": .text(line.subject), "label": .text(line.label),
                    "kind": .text(part.kind.rawValue), "amount": Value(unit.ones(part.amount)),
                    "reason": .text(part.reason), "money_unit": .text(unit.code),
                ])
            }
        }
        for sheet in review.scores { add(sheet, of: id) }
        for located in review.findings { add(located, of: id) }
        for step in review.steps {
            steps.add([
                "review": id, "step": .text(step.id), "plugin": .text(step.plugin),
                "outcome": .text(step.outcome.rawValue), "note": .text(step.note),
            ])
        }
    }

    private mutating func add(_ sheet: ScoreSheet, of id: Value) {
        let edges = VerdictEdges(sheet)
        scores.add([
            "review": id, "rater": .text(sheet.rater), "total": Value(sheet.total), "max": Value(sheet.max),
            "level": Value(sheet.level), "verdict": Value(sheet.verdict?.code), "band": Value(sheet.verdict?.band),
            "above": Value(edges.above), "below": Value(edges.below), "next_zh": Value(edges.next?.zh),
            "next_en": Value(edges.next?.en),
        ])
        for item in sheet.items {
            items.add([
                "review": id, "rater": .text(sheet.rater), "code": .text(item.code), "name": .text(item.name),
                "parent": Value(item.parent), "max": Value(item.max), "points": Value(item.points),
                "level": Value(item.level), "status": .text(item.status.rawValue), "reason": .text(item.reason),
            ])
        }
    }

    private mutating func add(_ located: LocatedFinding, of id: Value) {
        let finding = located.finding
        let difference = PrintedFigure(finding.difference)
        let number = difference.flatMap { figure in
            figure.isWan ? try? figure.number * ExactDecimal(10_000) : figure.number
        }
        findings.add([
            "review": id, "id": .text(located.id), "rule": .text(finding.rule),
            "severity": .text(finding.severity.rawValue), "subject": .text(finding.subject),
            "zh": .text(finding.message.zh), "en": .text(finding.message.en), "expected": .text(finding.expected),
            "found": .text(finding.found), "difference": Value(number),
            "unit": Value(difference?.unit?.rawValue),
            "place": Value(located.locations.first?.place.description), "waived": .boolean(located.waiver != nil),
        ])
        for (index, location) in located.locations.enumerated() {
            places.add([
                "review": id, "finding": .text(located.id), "n": .integer(index + 1),
                "place": .text(location.place.description),
            ])
        }
    }

    /// The fields that are kept, each by its path, and the figures in their texts.
    private mutating func addFields(of recorded: RecordedReview) {
        let id = Value.text(recorded.review.id)
        var kept = recorded.kept.fields
        kept["project"] = recorded.review.project
        for (names, text) in KeptDossier.leaves(.record(kept)) {
            let path = names.joined(separator: ".")
            let place = recorded.kept.fieldPlaces[path] ?? .null
            fields.add(["review": id, "name": .text(path), "value": .text(text), "place": place])
            for figure in WrittenFigure.all(in: text) {
                figures.add([
                    "review": id, "name": .text(path), "figure": .decimal(figure.number), "after": .text(figure.after),
                ])
            }
        }
    }

    private mutating func add(_ table: KeptTable, of id: String) {
        let columns = table.table.schema.columns.map { ($0.name, $0.isMoney ? MoneyUnit($0.unit) : nil) }
        guard kept[table.table.name] != nil else { return }
        for row in 0..<table.table.rowCount {
            for (position, (name, unit)) in columns.enumerated() {
                let cell = table.table.cell(row: row, column: position)
                let isAmount = unit != nil && cell.decimal != nil
                kept[table.table.name]?.set(name, isAmount ? Value(cell.decimal.flatMap { unit?.ones($0) }) : cell)
            }
            let place = row < table.places.count ? Value.text(table.places[row]) : .null
            kept[table.table.name]?.add(["review": .text(id), "place": place])
        }
    }
}

extension Amounts {
    /// Of nothing, for the names of the sums.
    fileprivate static let none = try? Amounts.sum([Amounts]())
}

extension Amounts? {
    fileprivate var sums: [(name: String, sum: ExactDecimal)] { map(\.sums) ?? [] }
}
