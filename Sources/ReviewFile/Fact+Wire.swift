public import ReviewModel

extension Fact: WireForm {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let id = record.required("id")?.text(),
            let value = record.required("value")?.value
        else { return nil }
        self.init(
            id: id,
            label: record.optional("label")?.localizedText() ?? LocalizedText(id),
            value: value,
            unit: record.optional("unit")?.text() ?? "",
            sources: record.optional("sources")?.list().compactMap { $0.jsonPointer() } ?? []
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
