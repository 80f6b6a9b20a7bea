public import ReviewModel

extension ScoreSheet: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let rater = record.required("rater")?.text() else { return nil }
        // `null` says that there is no total; nothing at all is a mistake.
        for key in ["total", "max"] where record.record[key] == nil { _ = record.required(key) }
        self.init(
            rater: rater,
            total: record.optional("total")?.decimal(),
            max: record.optional("max")?.decimal(),
            items: record.optional("items")?.list(of: ScoreItem.self) ?? [],
            verdict: record.optional("verdict").flatMap(Verdict.init(wire:))
        )
        level = record.optional("level")?.text()
        bands = record.optional("bands")?.list(of: Verdict.self) ?? []
        verdictPlaces = record.optional("verdictPlaces")?.integer()
        changes = record.optional("changes")?.list(of: Change.self) ?? []
        subject = record.optional("subject").flatMap(Subject.init(wire:))
        part = record.optional("part")?.text().flatMap(Part.init)
    }

    public var wire: Value {
        var record: Record = [
            "rater": .text(rater), "total": Value(total), "max": Value(max), "items": Value(wire: items),
        ]
        record.setIfPresent("level", Value(level))
        if let verdict { record["verdict"] = verdict.wire }
        record.setIfPresent("bands", Value(wire: bands))
        if let verdictPlaces { record["verdictPlaces"] = .integer(verdictPlaces) }
        record.setIfPresent("changes", Value(wire: changes))
        if let subject { record["subject"] = subject.wire }
        record.setIfPresent("part", Value(part?.rawValue))
        return .record(record)
    }
}

extension ScoreSheet.Subject: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let key = record.required("key")?.text() else { return nil }
        self.init(
            key: key,
            name: record.optional("name")?.text() ?? key,
            rank: record.optional("rank")?.integer()
        )
    }

    public var wire: Value {
        var record: Record = ["key": .text(key), "name": .text(name)]
        if let rank { record["rank"] = .integer(rank) }
        return .record(record)
    }
}

extension ScoreSheet.Change: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let verdict = record.required("verdict")?.text() else { return nil }
        self.init(verdict: verdict, items: record.optional("items")?.list(of: Item.self) ?? [])
        isLoss = record.optional("loss")?.boolean() ?? false
        isOutOfReach = record.optional("outOfReach")?.boolean() ?? false
        name = record.optional("name")?.localizedText()
    }

    public var wire: Value {
        var record: Record = ["verdict": .text(verdict), "items": Value(wire: items)]
        if isLoss { record["loss"] = .boolean(true) }
        if isOutOfReach { record["outOfReach"] = .boolean(true) }
        if let name { record["name"] = name.wire }
        return .record(record)
    }
}

extension ScoreSheet.Change.Item: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let code = record.required("code")?.text() else { return nil }
        self.init(
            code: code,
            gain: record.optional("gain")?.decimal(),
            level: record.optional("level")?.text()
        )
        ownGain = record.optional("own")?.decimal()
    }

    public var wire: Value {
        var record: Record = ["code": .text(code)]
        record.setIfPresent("gain", Value(gain))
        record.setIfPresent("own", Value(ownGain))
        record.setIfPresent("level", Value(level))
        return .record(record)
    }
}

extension ScoreItem: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let code = record.required("code")?.text() else { return nil }
        if record.record["max"] == nil { _ = record.required("max") }
        let status = record.optional("status")?.oneOf(
            [Status.given, .summed, .computed, .notApplicable, .pooled, .unscored].map(\.rawValue)
        )
        self.init(
            code: code,
            name: record.optional("name")?.text() ?? code,
            parent: record.optional("parent")?.text(),
            max: record.optional("max")?.decimal(),
            points: record.optional("points")?.decimal(),
            status: status.flatMap(Status.init) ?? .given,
            reason: record.optional("reason")?.text() ?? "",
            evidence: record.optional("evidence")?.texts() ?? [],
            pointer: record.optional("pointer")?.jsonPointer()
        )
        min = record.optional("min")?.decimal()
        level = record.optional("level")?.text()
        computed = record.optional("computed")?.decimal()
        problems = record.optional("problems")?.texts() ?? []
    }

    public var wire: Value {
        var record: Record = [
            "code": .text(code), "name": .text(name), "max": Value(max), "points": Value(points),
            "status": .text(status.rawValue),
        ]
        record.setIfPresent("min", Value(min))
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

extension Verdict: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let code = record.required("code")?.text(),
            let name = record.required("name")?.localizedText()
        else { return nil }
        self.init(code: code, name: name, band: record.optional("band")?.text() ?? "")
    }

    public var wire: Value { ["code": .text(code), "name": name.wire, "band": .text(band)] }
}
