package import ReviewModel

extension Form {
    /// The fields of a dossier with those that sources have read, typed as the form has them.
    ///
    /// What does not fit goes to `log`, with pointers into the dossier: fields that the form does not know, of another type, given
    /// twice, and those that must be there and nobody gives.
    ///
    /// - Parameter written: the fields that the spec itself has, as they are written.
    package func adopt(_ fields: [SourceField], into written: Record, log: DiagnosticLog) -> Record {
        var tree = FieldTree(written)
        for field in fields where !field.value.isNull {
            let path = field.pointer.tokens.dropFirst()
            if !tree.add(field.value, at: path) { log.add(fieldTwice(words(for: field.pointer, in: Dossier()), field)) }
        }
        // What must be there is said of each field by itself: its empty cell is a better place than the group around it.
        var form = self
        form.fields = Self.optional(self.fields) { cell in
            var cell = cell
            cell.isRequired = false
            return cell
        }
        var reading = DossierReading(form: form, log: log)
        reading.readFields(ValueReader(.record(tree.record), at: JSONPointer(["fields"]), log: log))
        let record = reading.dossier.fields
        checkRequired(self.fields, .record(tree.record), JSONPointer(["fields"]), log)
        return record
    }

    private func checkRequired(
        _ members: [FieldShape.Member],
        _ value: Value,
        _ pointer: JSONPointer,
        _ log: DiagnosticLog
    ) {
        for member in members {
            let (inner, place) = (value[member.name] ?? .null, pointer / member.name)
            switch member.shape {
            case .cell(let cell) where cell.isRequired && inner.isNull: log.add(emptyField(at: place))
            case .group(let members): checkRequired(members, inner, place, log)
            default: break
            }
        }
    }
}

/// Fields under fields, to which more are added one by one.
private struct FieldTree {
    private(set) var record: Record

    init(_ record: Record) { self.record = record }

    /// `false`, and nothing is changed, where another value stands there already.
    mutating func add(_ value: Value, at path: ArraySlice<String>) -> Bool {
        guard let added = Self.adding(value, to: .record(record), path), case .record(let changed) = added else {
            return false
        }
        record = changed
        return true
    }

    private static func adding(_ value: Value, to existing: Value?, _ path: ArraySlice<String>) -> Value? {
        guard let key = path.first else {
            guard let existing, !existing.isNull, existing != value else { return value }
            // A literal would be the value null.
            return Value?.none
        }
        switch existing ?? .null {
        case .record(var record):
            guard let inner = adding(value, to: record[key], path.dropFirst()) else { return nil }
            record[key] = inner
            return .record(record)
        case .list(var items):
            // Elements come in their order.
            guard let index = Int(key), index == items.count,
                let inner = adding(value, to: nil, path.dropFirst())
            else { return nil }
            items.append(inner)
            return .list(items)
        case .null:
            if key == "0" { return adding(value, to: nil, path.dropFirst()).map { .list([$0]) } }
            return adding(value, to: nil, path.dropFirst()).map { .record(Record([(key, $0)])) }
        default: return nil
        }
    }
}

// MARK: - Messages

private func fieldTwice(_ words: LocalizedText?, _ field: SourceField) -> ConfigurationDiagnostic {
    let name = words ?? LocalizedText(field.pointer.tokens.dropFirst().joined(separator: "."))
    return ConfigurationDiagnostic(
        code: "form/field-twice",
        message: LocalizedText(
            zh: "\(quoted(name.zh))已有另一个值",
            en: "\(quoted(name.en)) has another value already"
        ),
        pointer: field.pointer,
        help: LocalizedText(zh: "一个字段只在一处填写", en: "give a field in one place only")
    )
}

private func emptyField(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(zh: "必须填写", en: "must be filled in"),
        pointer: pointer
    )
}
