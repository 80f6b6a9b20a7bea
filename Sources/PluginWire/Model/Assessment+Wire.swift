public import ReviewModel

extension Assessment: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            scores: record.optional("scores")?.list(of: ScoreSheet.self) ?? [],
            adjustments: record.optional("adjustments")?.list(of: Adjustment.self) ?? [],
            findings: record.optional("findings")?.list(of: Finding.self) ?? [],
            facts: record.optional("facts")?.list(of: Fact.self) ?? []
        )
        rules = record.optional("rules")?.list(of: Rule.self) ?? []
    }

    public var wire: Value { long.whole }

    public var long: LongValue {
        var members: [(key: String, value: LongValue)] = [
            ("scores", .list(LongList(wire: scores))), ("adjustments", .list(LongList(wire: adjustments))),
            ("findings", .list(LongList(wire: findings))), ("facts", .list(LongList(wire: facts))),
        ]
        members.addIfPresent("rules", rules)
        return .record(members)
    }
}

extension ScoreSheet: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let rater = record.required("rater")?.text(),
            let total = record.required("total")?.decimal(), let max = record.required("max")?.decimal()
        else { return nil }
        self.init(
            rater: rater,
            total: total,
            max: max,
            items: record.optional("items")?.list(of: ScoreItem.self) ?? [],
            verdict: record.optional("verdict").flatMap(Verdict.init(wire:))
        )
        level = record.optional("level")?.text()
        bands = record.optional("bands")?.list(of: Verdict.self) ?? []
        verdictPlaces = record.optional("verdictPlaces")?.integer()
    }

    public var wire: Value {
        var record: Record = [
            "rater": .text(rater), "total": .decimal(total), "max": .decimal(max), "items": Value(wire: items),
        ]
        record.setIfPresent("level", Value(level))
        if let verdict { record["verdict"] = verdict.wire }
        record.setIfPresent("bands", Value(wire: bands))
        if let verdictPlaces { record["verdictPlaces"] = .integer(verdictPlaces) }
        return .record(record)
    }
}

extension ScoreItem: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let code = record.required("code")?.text(),
            let max = record.required("max")?.decimal()
        else { return nil }
        let status = record.optional("status")?.oneOf(
            [Status.given, .summed, .computed, .notApplicable, .pooled, .unscored].map(\.rawValue)
        )
        self.init(
            code: code,
            name: record.optional("name")?.text() ?? code,
            parent: record.optional("parent")?.text(),
            max: max,
            points: record.optional("points")?.decimal(),
            status: status.flatMap(Status.init) ?? .given,
            reason: record.optional("reason")?.text() ?? "",
            evidence: record.optional("evidence")?.texts() ?? [],
            pointer: record.optional("pointer")?.pointer()
        )
        level = record.optional("level")?.text()
        computed = record.optional("computed")?.decimal()
        problems = record.optional("problems")?.texts() ?? []
    }

    public var wire: Value {
        var record: Record = [
            "code": .text(code), "name": .text(name), "max": .decimal(max), "points": Value(points),
            "status": .text(status.rawValue),
        ]
        record.setIfPresent("parent", Value(parent))
        record.setIfPresent("level", Value(level))
        record.setIfPresent("computed", Value(computed))
        record.setIfPresent("reason", .text(reason))
        record.setIfPresent("evidence", Value(evidence))
        record.setIfPresent("problems", Value(problems))
        record.setIfPresent("pointer", Value(pointer))
        return .record(record)
    }
}

extension Verdict: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let code = record.required("code")?.text(),
            let name = record.required("name")?.localizedText()
        else { return nil }
        self.init(code: code, name: name, band: record.optional("band")?.text() ?? "")
    }

    public var wire: Value { ["code": .text(code), "name": name.wire, "band": .text(band)] }
}

extension Adjustment: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let subject = record.required("subject")?.text(),
            let requested = record.required("requested")?.decimal()
        else { return nil }
        self.init(
            subject: subject,
            label: record.optional("label")?.text() ?? subject,
            requested: requested,
            parts: record.optional("parts")?.list(of: Part.self) ?? [],
            pointer: record.optional("pointer")?.pointer()
        )
    }

    public var wire: Value {
        var record: Record = [
            "subject": .text(subject), "label": .text(label), "requested": .decimal(requested),
            "parts": Value(wire: parts),
        ]
        record.setIfPresent("pointer", Value(pointer))
        return .record(record)
    }
}

extension Adjustment.Part: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let amount = record.required("amount")?.decimal(),
            let kind = record.required("kind")?.oneOf(Adjustment.Kind.allCases.map(\.rawValue))
                .flatMap(Adjustment.Kind.init)
        else { return nil }
        self.init(kind: kind, amount: amount, reason: record.optional("reason")?.text() ?? "")
    }

    public var wire: Value {
        ["kind": .text(kind.rawValue), "amount": .decimal(amount), "reason": .text(reason)]
    }
}

extension Fact: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let id = record.required("id")?.text(),
            let value = record.required("value")?.value
        else { return nil }
        self.init(
            id: id,
            label: record.optional("label")?.localizedText() ?? LocalizedText(id),
            value: value,
            unit: record.optional("unit")?.text() ?? "",
            sources: record.optional("sources")?.list().compactMap { $0.pointer() } ?? []
        )
        inputs = record.optional("inputs")?.list().compactMap { $0.text() } ?? []
        calculation = record.optional("calculation")?.text() ?? ""
    }

    public var wire: Value {
        var record: Record = ["id": .text(id), "label": label.wire, "value": value]
        record.setIfPresent("unit", .text(unit))
        record.setIfPresent("sources", .list(sources.map { Value($0) }))
        record.setIfPresent("inputs", .list(inputs.map(Value.text)))
        record.setIfPresent("calculation", .text(calculation))
        return .record(record)
    }
}
