public import JSONDocument

extension RecordReader {
    /// The members `deprecated`, `[from, until]`, and `instead`; `nil` where the first is not there.
    public func deprecation() -> Deprecation? {
        let (versions, instead) = (optional("deprecated")?.texts() ?? [], optional("instead")?.localizedText())
        guard let from = versions.first else { return nil }
        let until = versions.count > 1 ? versions[1] : nil
        return Deprecation(from: from, until: until, instead: instead ?? LocalizedText(""))
    }
}

extension Deprecation {
    /// As a schema of a setting has it, where it also may be plain `true`, as JSON Schema has it.
    public init?(ofSetting schema: Record) {
        if schema["deprecated"] == true {
            self.init(from: "")
        } else {
            let versions = schema["deprecated"]?.list?.compactMap(\.text) ?? []
            guard let from = versions.first else { return nil }
            self.init(from: from, until: versions.count > 1 ? versions[1] : nil)
        }
        switch schema["instead"] {
        case .text(let text)?: instead = LocalizedText(text)
        case let words?: instead = LocalizedText(zh: words["zh"]?.text ?? "", en: words["en"]?.text ?? "")
        case nil: break
        }
    }

    /// Adds the members to what goes.
    public func add(to record: inout Record) {
        record["deprecated"] = .list(([from] + (until.map { [$0] } ?? [])).map(Value.text))
        if instead != LocalizedText("") {
            record["instead"] = instead.zh == instead.en ? .text(instead.zh) : instead.wire
        }
    }
}
