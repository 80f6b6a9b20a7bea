internal import ExactNumbers
public import Groundwork

/// What JSON Schema 2020-12 says against a value, as far as plugins use it for their settings.
///
/// Looked at are `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`, `minProperties`, `maxProperties`, `items`,
/// `prefixItems`, `minItems`, `maxItems`, `uniqueItems`, `minimum`, `maximum`, their exclusive kin, `minLength`, `maxLength`, `anyOf`,
/// `oneOf`, `allOf`, and `$ref` within the schema. `pattern` is not: a pattern from outside may take any time. Other keywords say nothing here.
public struct SchemaCheck {
    private let schema: Value
    private let log = DiagnosticLog()
    private var steps = 0
    private var marks: [Mark] = []

    /// A part of a value, and the schema that it is held against.
    public struct Mark: Sendable {
        public var pointer: JSONPointer
        public var schema: Record
    }

    /// A schema that leads back into itself, or branches without end, ends here; what was found until then is told.
    private static let maximumSteps = 50_000
    private static let maximumDepth = 64

    public init(_ schema: Value) { self.schema = schema }

    /// The mistakes, with pointers into the value; none where the schema says nothing.
    public func mistakes(in value: Value) -> [ConfigurationDiagnostic] {
        var check = self
        check.check(value, schema, JSONPointer(), depth: 0)
        return check.log.diagnostics
    }

    /// The parts of the value whose schema says `deprecated`, in the order in which they stand; of several branches, those of the one
    /// that takes the value.
    public func deprecatedParts(of value: Value) -> [Mark] {
        var check = self
        check.check(value, schema, JSONPointer(), depth: 0)
        return check.marks
    }

    private mutating func check(_ value: Value, _ schema: Value, _ pointer: JSONPointer, depth: Int) {
        steps += 1
        guard steps <= Self.maximumSteps, depth <= Self.maximumDepth else { return }
        guard case .record(let rules) = schema else {
            if schema == false { log.add(unwanted(at: pointer)) }
            return
        }
        if let target = rules["$ref"]?.text.flatMap(referred) { check(value, target, pointer, depth: depth + 1) }
        let kinds = kinds(rules["type"])
        if !kinds.isEmpty, !kinds.contains(where: { value.isOf($0) }) {
            log.add(wrongType(expected(kinds), found: value, at: pointer))
            return
        }
        if let word = rules["deprecated"], word != false { marks.append(Mark(pointer: pointer, schema: rules)) }
        checkChoice(value, rules, pointer)
        switch value {
        case .record(let record): check(record, rules, pointer, depth)
        case .list(let items): check(items, rules, pointer, depth)
        case .text(let text): checkLength(text.unicodeScalars.count, rules, "Length", ofText, pointer)
        case .integer, .decimal: checkSize(value, rules, pointer)
        case .null, .boolean: break
        }
        for part in rules["allOf"]?.list ?? [] { check(value, part, pointer, depth: depth + 1) }
        for key in ["anyOf", "oneOf"] {
            if let branches = rules[key]?.list { checkBranches(value, branches, pointer, depth) }
        }
    }

    private func referred(_ reference: String) -> Value? {
        guard reference.hasPrefix("#") else { return nil }
        return JSONPointer(String(reference.dropFirst())).flatMap { schema[$0] }
    }

    private func kinds(_ type: Value?) -> [String] {
        type?.text.map { [$0] } ?? type?.list?.compactMap(\.text) ?? []
    }

    // MARK: Values

    private func checkChoice(_ value: Value, _ rules: Record, _ pointer: JSONPointer) {
        guard let allowed = rules["enum"]?.list ?? rules["const"].map({ [$0] }) else { return }
        if allowed.contains(where: { $0.isSame(as: value) }) { return }
        let shown = value.scalarText ?? value.kind.name.en
        log.add(notAllowed(shown, allowed.prefix(50).map { $0.scalarText ?? $0.kind.name.en }, at: pointer))
    }

    private func checkSize(_ value: Value, _ rules: Record, _ pointer: JSONPointer) {
        guard let number = value.decimal else { return }
        func limit(_ key: String) -> ExactDecimal? { rules[key]?.decimal }
        if let least = limit("minimum"), number < least { log.add(outside("≥ \(least)", number, at: pointer)) }
        if let most = limit("maximum"), number > most { log.add(outside("≤ \(most)", number, at: pointer)) }
        if let edge = limit("exclusiveMinimum"), number <= edge { log.add(outside("> \(edge)", number, at: pointer)) }
        if let edge = limit("exclusiveMaximum"), number >= edge { log.add(outside("< \(edge)", number, at: pointer)) }
    }

    private func checkLength(
        _ count: Int,
        _ rules: Record,
        _ keyword: String,
        _ unit: LocalizedText,
        _ pointer: JSONPointer
    ) {
        if let least = rules["min" + keyword]?.integer, count < least {
            log.add(wrongCount("≥ \(least)", count, unit, at: pointer))
        }
        if let most = rules["max" + keyword]?.integer, count > most {
            log.add(wrongCount("≤ \(most)", count, unit, at: pointer))
        }
    }

    private mutating func check(_ record: Record, _ rules: Record, _ pointer: JSONPointer, _ depth: Int) {
        let properties = rules["properties"]?.record ?? Record()
        checkLength(record.count, rules, "Properties", ofKeys, pointer)
        let missed = (rules["required"]?.list ?? []).compactMap(\.text).filter { record[$0] == nil }
        var told: [String] = []
        for member in record.members {
            if let property = properties[member.key] {
                // What is left empty counts as left out.
                if !member.value.isNull { check(member.value, property, pointer / member.key, depth: depth + 1) }
            } else if rules["additionalProperties"] == false {
                // A key that is only misspelt is told once, not as unknown and as missing.
                if let meant = nearest(to: member.key.withPlainCharacters, among: missed) { told.append(meant) }
                log.add(unknownKey(member.key, known: properties.keys, at: pointer / member.key))
            } else if let other = rules["additionalProperties"] {
                check(member.value, other, pointer / member.key, depth: depth + 1)
            }
        }
        for key in missed where !told.contains(key) { log.add(missing(key, at: pointer)) }
    }

    private mutating func check(_ items: [Value], _ rules: Record, _ pointer: JSONPointer, _ depth: Int) {
        checkLength(items.count, rules, "Items", ofItems, pointer)
        let first = rules["prefixItems"]?.list ?? []
        for (index, item) in items.enumerated() {
            guard let schema = index < first.count ? first[index] : rules["items"] else { break }
            check(item, schema, pointer.appending(index), depth: depth + 1)
        }
        guard rules["uniqueItems"] == true, items.count <= 1_000 else { return }
        for (index, item) in items.enumerated() {
            guard let earlier = items[..<index].firstIndex(where: { $0.isSame(as: item) }) else { continue }
            log.add(twice(earlier + 1, at: pointer.appending(index)))
        }
    }

    /// One branch has to take the value. Where none does, the one that comes nearest says why: the first whose type fits.
    private mutating func checkBranches(_ value: Value, _ branches: [Value], _ pointer: JSONPointer, _ depth: Int) {
        var nearestBranch: [ConfigurationDiagnostic]?
        for branch in branches {
            var part = SchemaCheck(schema)
            part.steps = steps
            part.check(value, branch, pointer, depth: depth + 1)
            steps = part.steps
            let found = part.log.diagnostics
            if found.isEmpty {
                marks += part.marks
                return
            }
            let isOfType = !found.contains { $0.pointer == pointer && $0.code == "value/wrong-type" }
            if nearestBranch == nil, isOfType { nearestBranch = found }
        }
        guard let found = nearestBranch else {
            let names = branches.flatMap { branch -> [String] in
                let target = branch["$ref"]?.text.flatMap(referred) ?? branch
                return kinds(target["type"])
            }
            return log.add(wrongType(expected(names), found: value, at: pointer))
        }
        for mistake in found { log.add(mistake) }
    }

    /// What was expected, in words: `a number, or text`.
    private func expected(_ kinds: [String]) -> LocalizedText {
        var names: [LocalizedText] = []
        for kind in kinds where kind != "null" {
            let name = kind == "integer" ? integerName : ValueKind(schemaType: kind)?.name
            if let name, !names.contains(name) { names.append(name) }
        }
        return LocalizedText(
            zh: names.map(\.zh).joined(separator: "或"),
            en: names.map(\.en).joined(separator: " or ")
        )
    }
}

extension ValueKind {
    fileprivate init?(schemaType: String) {
        switch schemaType {
        case "object": self = .record
        case "array": self = .list
        case "string": self = .text
        case "number", "integer": self = .number
        case "boolean": self = .boolean
        case "null": self = .null
        default: return nil
        }
    }
}

extension Value {
    /// Whether it is of a type of JSON Schema; of a type that nobody knows everything is.
    fileprivate func isOf(_ type: String) -> Bool {
        guard let wanted = ValueKind(schemaType: type) else { return true }
        guard kind == wanted else { return false }
        return type != "integer" || decimal.map { $0.withoutTrailingZeros.places == 0 } ?? false
    }

    /// Numbers are the same by their value: 1 and 1.0.
    fileprivate func isSame(as other: Value) -> Bool {
        if kind == .number, other.kind == .number { return decimal == other.decimal }
        return self == other
    }
}

// MARK: - Messages

private let ofText = LocalizedText(zh: "个字", en: "characters")
private let ofItems = LocalizedText(zh: "项", en: "items")
private let ofKeys = LocalizedText(zh: "个键", en: "keys")

private func outside(_ range: String, _ number: ExactDecimal, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/out-of-range",
        message: LocalizedText(zh: "此处应为 \(range)，实为 \(number)", en: "expected \(range), found \(number)"),
        pointer: pointer
    )
}

private func wrongCount(
    _ range: String,
    _ count: Int,
    _ unit: LocalizedText,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/wrong-length",
        message: LocalizedText(
            zh: "此处应有 \(range) \(unit.zh)，实有 \(count) \(unit.zh)",
            en: "expected \(range) \(unit.en), found \(count)"
        ),
        pointer: pointer
    )
}

private func twice(_ number: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/twice",
        message: LocalizedText(zh: "与第 \(number) 项相同", en: "the same as item \(number)"),
        pointer: pointer
    )
}

private func unwanted(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/unwanted",
        message: LocalizedText(zh: "此处不应有内容", en: "nothing may stand here"),
        pointer: pointer
    )
}
