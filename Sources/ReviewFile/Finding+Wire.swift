public import ReviewModel

extension Finding: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let rule = record.required("rule")?.text(),
            let severity = record.required("severity")?.oneOf(Severity.allCases.map(\.rawValue))
                .flatMap(Severity.init),
            let message = record.required("message")?.localizedText()
        else { return nil }
        self.init(
            rule: rule,
            severity: severity,
            message: message,
            subject: record.optional("subject")?.text() ?? "",
            expected: record.optional("expected")?.text() ?? "",
            found: record.optional("found")?.text() ?? "",
            hint: record.optional("hint")?.localizedText()
        )
        // What an older plugin says by pointers alone.
        let pointers = record.optional("pointers")?.list().compactMap { $0.jsonPointer() } ?? []
        spots = record.optional("spots")?.list(of: Spot.self) ?? pointers.map(Spot.value)
        difference = record.optional("difference")?.text() ?? ""
        proof = record.optional("proof").flatMap(Proof.init(wire:))
    }

    public var wire: Value {
        var record: Record = [
            "rule": .text(rule), "severity": .text(severity.rawValue), "message": message.wire,
            "subject": .text(subject), "expected": .text(expected), "found": .text(found),
        ]
        record.setIfPresent("difference", .text(difference))
        record.setIfPresent("pointers", .list(pointers.map { Value($0) }))
        // Pointers say it all unless something is no whole value.
        if !spots.allSatisfy(\.isValue) { record["spots"] = Value(wire: spots) }
        if let proof { record["proof"] = proof.wire }
        if let hint { record["hint"] = hint.wire }
        return .record(record)
    }
}

extension LocatedFinding: WireForm {
    public init?(wire reader: ValueReader) {
        guard let finding = Finding(wire: reader), let record = reader.record() else { return nil }
        self.init(
            finding: finding,
            step: record.optional("step")?.text() ?? "",
            locations: record.optional("locations")?.list(of: Location.self) ?? []
        )
        id = record.optional("id")?.text() ?? ""
        waiver = record.optional("waiver").flatMap(Waiver.init(wire:))
        baseline = record.optional("baseline")?.text().flatMap(Baseline.init)
        cause = record.optional("cause")?.text() ?? ""
    }

    public var wire: Value {
        guard case .record(var record) = finding.wire else { return .null }
        record["step"] = .text(step)
        record["locations"] = Value(wire: locations)
        record.setIfPresent("id", .text(id))
        if let waiver { record["waiver"] = waiver.wire }
        if let baseline { record["baseline"] = .text(baseline.rawValue) }
        record.setIfPresent("cause", .text(cause))
        return .record(record)
    }
}

extension Proof: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        self.init(
            record.optional("figures")?.list(of: Figure.self) ?? [],
            calculation: record.optional("calculation")?.text() ?? ""
        )
    }

    public var wire: Value {
        var record: Record = ["figures": Value(wire: figures)]
        record.setIfPresent("calculation", .text(calculation))
        return .record(record)
    }
}

extension Proof.Figure: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let name = record.required("name")?.localizedText(),
            let value = record.required("value")?.text()
        else { return nil }
        self.init(name, value, at: record.optional("pointer")?.jsonPointer())
    }

    public var wire: Value {
        var record: Record = ["name": name.wire, "value": .text(value)]
        record.setIfPresent("pointer", Value(pointer))
        return .record(record)
    }
}

extension Waiver: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let reason = record.required("reason")?.text(),
            let approver = record.required("approver")?.text()
        else { return nil }
        self.init(
            reason: reason,
            approver: approver,
            expires: record.optional("expires")?.text().flatMap { CalendarDate($0) }
        )
    }

    public var wire: Value {
        var record: Record = ["reason": .text(reason), "approver": .text(approver)]
        record.setIfPresent("expires", Value(expires?.description))
        return .record(record)
    }
}
