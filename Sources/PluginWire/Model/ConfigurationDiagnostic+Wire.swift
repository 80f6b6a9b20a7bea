public import ReviewModel

extension ConfigurationDiagnostic: WireValue {
    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let message = record.required("message")?.localizedText()
        else { return nil }
        let severity = record.optional("severity")?.oneOf(Severity.allCases.map(\.rawValue)).flatMap(Severity.init)
        self.init(
            severity: severity ?? .error,
            code: record.optional("code")?.text() ?? "config/invalid",
            message: message,
            pointer: record.optional("pointer")?.jsonPointer() ?? JSONPointer(),
            help: record.optional("help")?.localizedText()
        )
        place = TextPlace(record)
        let of = record.optional("of")?.oneOf(["given", "file"])
        (isOfGiven, isOfFile) = (of == "given", of == "file")
    }

    public var wire: Value {
        var record: Record = [
            "severity": .text(severity.rawValue), "code": .text(code), "message": message.wire,
            "pointer": Value(pointer),
        ]
        if isOfGiven { record["of"] = "given" }
        if isOfFile { record["of"] = "file" }
        if let help { record["help"] = help.wire }
        place?.add(to: &record)
        return .record(record)
    }
}
