public import ReviewModel

extension Adjustment: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let subject = record.required("subject")?.text(),
            let requested = record.required("requested")?.decimal()
        else { return nil }
        self.init(
            subject: subject,
            label: record.optional("label")?.text() ?? subject,
            requested: requested,
            parts: record.optional("parts")?.list(of: Part.self) ?? [],
            pointer: record.optional("pointer")?.jsonPointer(),
            unit: record.optional("unit")?.text() ?? Amounts.standardUnit
        )
    }

    public var wire: Value {
        var record: Record = [
            "subject": .text(subject), "label": .text(label), "requested": .decimal(requested),
            "parts": Value(wire: parts),
        ]
        record.setIfPresent("pointer", Value(pointer))
        if unit != Amounts.standardUnit { record["unit"] = .text(unit) }
        return .record(record)
    }
}

extension Adjustment.Part: WireForm {
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

extension Amounts: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let requested = record.required("requested")?.decimal(),
            let deducted = record.required("deducted")?.decimal()
        else { return nil }
        let sums = try? Amounts(
            requested: requested,
            deducted: deducted,
            increased: record.optional("increased")?.decimal() ?? 0,
            deferred: record.optional("deferred")?.decimal() ?? 0,
            unit: record.optional("unit")?.text() ?? Amounts.standardUnit
        )
        guard let sums else { return nil }
        self = sums
    }

    public var wire: Value {
        [
            "requested": .decimal(requested.inCents), "approved": .decimal(approved.inCents),
            "deducted": .decimal(deducted.inCents), "increased": .decimal(increased.inCents),
            "deferred": .decimal(deferred.inCents), "deductionRate": Value((try? deductionRate()) ?? nil),
            "unit": .text(unit),
        ]
    }
}

extension ExactDecimal {
    /// At least two decimal places, and more only where the figure has more.
    fileprivate var inCents: ExactDecimal {
        rounded(to: Swift.max(2, withoutTrailingZeros.places))
    }
}
