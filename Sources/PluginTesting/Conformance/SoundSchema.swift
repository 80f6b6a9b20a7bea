internal import ReviewModel

/// What can be wrong with the schema of a role's settings: a word that is none of JSON Schema's passes everything in silence.
struct SoundSchema {
    let schema: Value

    init(_ schema: Value) { self.schema = schema }

    struct Mistake {
        var pointer: JSONPointer
        var words: String
    }

    private static let types: Set = ["object", "array", "string", "number", "integer", "boolean", "null"]
    private static let maximumDepth = 64

    /// The first mistake, and where in the schema it stands.
    var whatIsWrong: Mistake? { mistake(in: schema, at: JSONPointer(), depth: 0) }

    private func mistake(in part: Value, at pointer: JSONPointer, depth: Int) -> Mistake? {
        if part == true || part == false || depth > Self.maximumDepth { return nil }
        guard case .record(let rules) = part else { return Mistake(pointer: pointer, words: "a schema is a mapping") }
        return wrongType(rules, pointer) ?? wrongReference(rules, pointer) ?? wrongRequired(rules, pointer)
            ?? wrongDefault(rules, pointer) ?? wrongDeprecation(rules, pointer) ?? inside(rules, pointer, depth)
    }

    private func wrongType(_ rules: Record, _ pointer: JSONPointer) -> Mistake? {
        guard let type = rules["type"] else { return nil }
        let names = type.text.map { [$0] } ?? type.list?.map { $0.text ?? "" } ?? [""]
        guard let wrong = names.first(where: { !Self.types.contains($0) }) else { return nil }
        let near = suggestion(for: wrong, among: Self.types.sorted())?.en
        let known = "there are: \(Self.types.sorted().joined(separator: ", "))"
        return Mistake(pointer: pointer / "type", words: "there is no type \"\(wrong)\"; \(near ?? known)")
    }

    private func wrongReference(_ rules: Record, _ pointer: JSONPointer) -> Mistake? {
        guard let reference = rules["$ref"]?.text else { return nil }
        let target = reference.hasPrefix("#") ? JSONPointer(String(reference.dropFirst())).flatMap { schema[$0] } : nil
        if target != nil { return nil }
        return Mistake(pointer: pointer / "$ref", words: "\"\(reference)\" leads to nothing in this schema")
    }

    private func wrongRequired(_ rules: Record, _ pointer: JSONPointer) -> Mistake? {
        guard rules["additionalProperties"] == false else { return nil }
        let names = rules["properties"]?.record?.keys ?? []
        let wrong = (rules["required"]?.list ?? []).compactMap(\.text).first { !names.contains($0) }
        return wrong.map {
            Mistake(
                pointer: pointer / "required",
                words: "\"\($0)\" is required and not among the properties; nobody can write it"
            )
        }
    }

    private func wrongDefault(_ rules: Record, _ pointer: JSONPointer) -> Mistake? {
        guard let standard = rules["default"], !standard.isNull else { return nil }
        var whole = rules
        whole["$defs"] = schema["$defs"]
        guard let wrong = SchemaCheck(.record(whole)).mistakes(in: standard).first else { return nil }
        return Mistake(pointer: pointer / "default", words: "the default does not fit: \(wrong.message.en)")
    }

    private func wrongDeprecation(_ rules: Record, _ pointer: JSONPointer) -> Mistake? {
        guard let word = rules["deprecated"], word != false else { return nil }
        guard let deprecation = Deprecation(ofSetting: rules) else {
            return Mistake(pointer: pointer / "deprecated", words: "expected [from, until], two versions of the plugin")
        }
        return deprecation.whatIsWrong.map { Mistake(pointer: pointer / "deprecated", words: $0) }
    }

    private func inside(_ rules: Record, _ pointer: JSONPointer, _ depth: Int) -> Mistake? {
        for key in ["properties", "$defs"] {
            guard let parts = rules[key] else { continue }
            guard case .record(let record) = parts else {
                return Mistake(pointer: pointer / key, words: "expected a mapping of schemas")
            }
            for member in record.members {
                if let found = mistake(in: member.value, at: pointer / key / member.key, depth: depth + 1) {
                    return found
                }
            }
        }
        for key in ["items", "additionalProperties"] {
            if let part = rules[key], let found = mistake(in: part, at: pointer / key, depth: depth + 1) {
                return found
            }
        }
        for key in ["anyOf", "oneOf", "allOf", "prefixItems"] {
            for (index, part) in (rules[key]?.list ?? []).enumerated() {
                if let found = mistake(in: part, at: (pointer / key).appending(index), depth: depth + 1) {
                    return found
                }
            }
        }
        return nil
    }
}
