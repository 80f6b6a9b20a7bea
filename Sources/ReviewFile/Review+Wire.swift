public import ReviewModel

/// The shape of `review.json`, without what ``RecordedReview`` adds.
extension Review: WireForm {
    public static let schemaName = "pingshen.review/1"

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let id = record.required("id")?.text() else { return nil }
        let scores = record.optional("scores")?.record()?.all() ?? []
        self.init(
            id: id,
            locale: record.optional("locale")?.text().flatMap(Locale.init) ?? .zh,
            project: record.optional("project")?.value ?? .null,
            amounts: record.optional("amounts").flatMap(Amounts.init(wire:)),
            scores: scores.compactMap { ScoreSheet(wire: $0.value) },
            verdict: record.optional("verdict").flatMap(Verdict.init(wire:)),
            adjustments: record.optional("adjustments")?.list(of: Adjustment.self) ?? [],
            facts: record.optional("facts")?.list(of: Fact.self) ?? [],
            findings: record.optional("findings")?.list(of: LocatedFinding.self) ?? [],
            steps: record.optional("steps")?.list(of: Step.self) ?? []
        )
        rules = record.optional("rules")?.list(of: RuleChange.self) ?? []
        catalogue = record.optional("ruleCatalogue")?.list(of: Rule.self) ?? []
        fixed = record.optional("fixed")?.list(of: LocatedFinding.self) ?? []
        var cells: [CellPlace] = []
        record.optional("places")?.record()?.forEachMember { key, reader in
            guard let pointer = JSONPointer(key), let location = Location(wire: reader) else { return }
            cells.append(CellPlace(pointer: pointer, value: reader.value["value"] ?? .null, location: location))
        }
        places = CellPlaces(cells)
    }

    public var wire: Value { long.whole }

    /// The review without the long parts that nobody wants.
    package func long(parts: [String]?) -> LongValue {
        guard let parts, case .record(let members) = long else { return long }
        return .record(members.filter { !Self.longParts.contains($0.key) || parts.contains($0.key) })
    }

    public var long: LongValue {
        let sheets = Record(scores.map { ($0.rater, $0.wire) })
        var members: [(key: String, value: LongValue)] = [
            ("schema", .value(.text(Self.schemaName))), ("id", .value(.text(id))),
            ("locale", .value(.text(locale.rawValue))), ("project", .value(project)),
            ("amounts", .value(amounts?.wire ?? .null)), ("scores", .value(.record(sheets))),
            ("verdict", .value(verdict?.wire ?? .null)), ("adjustments", .list(LongList(wire: adjustments))),
            ("facts", .list(LongList(wire: facts))), ("findings", .list(LongList(wire: findings))),
            ("steps", .list(LongList(wire: steps))),
        ]
        members.addIfPresent("rules", rules)
        members.addIfPresent("ruleCatalogue", catalogue)
        members.addIfPresent("fixed", fixed)
        if !places.isEmpty { members.append(("places", .mapping(places.wire))) }
        return .record(members)
    }
}

extension CellPlaces {
    fileprivate var wire: LongMapping {
        LongMapping(count, key: { pointers[$0].description }, value: { self[$0].wire })
    }
}

extension CellPlace {
    fileprivate var wire: Value {
        guard case .record(var record) = location.wire else { return .null }
        if !value.isNull { record["value"] = value }
        return .record(record)
    }
}

extension RuleChange: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let rule = record.required("id")?.text() else { return nil }
        self.init(
            rule: rule,
            isOff: record.optional("off")?.boolean() ?? false,
            severity: record.optional("severity")?.text().flatMap(Severity.init),
            parameters: record.optional("parameters")?.value.record ?? Record()
        )
    }

    public var wire: Value {
        var record: Record = ["id": .text(rule)]
        if isOff { record["off"] = .boolean(true) }
        if let severity { record["severity"] = .text(severity.rawValue) }
        record.setIfPresent("parameters", .record(parameters))
        return .record(record)
    }
}

extension Review.Step: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let id = record.required("id")?.text() else { return nil }
        self.init(
            id: id,
            plugin: record.optional("plugin")?.text() ?? "",
            outcome: record.optional("outcome")?.text().flatMap(Outcome.init) ?? .done,
            note: record.optional("note")?.text() ?? ""
        )
    }

    public var wire: Value {
        var record: Record = ["id": .text(id), "plugin": .text(plugin), "outcome": .text(outcome.rawValue)]
        record.setIfPresent("note", .text(note))
        return .record(record)
    }
}
