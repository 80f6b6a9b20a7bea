internal import Groundwork
package import JSONDocument

/// The words of a language, as a file of `Specs/languages` has them and as a document carries them.
extension DocumentWords {
    /// The texts by their keys.
    private static let texts:
        [(key: String, path: any WritableKeyPath<DocumentWords, String> & Sendable, needs: [String])] = [
            ("day", \.day, ["{day}", "{month}", "{year}"]), ("first_day", \.firstDay, []),
            ("month", \.month, ["{month}", "{year}"]), ("yes", \.yes, []), ("no", \.no, []), ("list", \.list, []),
            ("colon", \.colon, []), ("unit", \.unit, ["{unit}"]), ("chart_unit", \.chartUnit, ["{unit}"]),
            ("signed_off", \.signedOff, []), ("page", \.page, ["{page}"]), ("seal", \.seal, []), ("date", \.date, []),
            ("picture", \.picture, []), ("incomplete", \.incomplete, ["{steps}"]),
        ]

    /// Every key that a language has.
    package static var keys: [String] { ["numbers", "months", "findings"] + texts.map(\.key) }

    /// Lays what is written over these words; mistakes go to the reader's log.
    package mutating func read(_ reader: ValueReader) {
        guard let record = reader.record() else { return }
        if let marks = record.optional("numbers")?.record() {
            if let text = marks.optional("decimal")?.text() { numbers.decimal = text }
            if let text = marks.optional("group")?.text() { numbers.group = text }
            if let text = marks.optional("percent")?.text() { numbers.percent = text }
            marks.finish()
        }
        if let reader = record.optional("months") { Self.read(reader, 12, into: &months) }
        if let reader = record.optional("findings") { Self.read(reader, 6, into: &findings) }
        for (key, path, needs) in Self.texts {
            guard let reader = record.optional(key), let text = reader.text() else { continue }
            for name in needs where !text.contains(name) { reader.log.add(lacks(name, at: reader.pointer)) }
            self[keyPath: path] = text
        }
        record.finish()
    }

    private static func read(_ reader: ValueReader, _ count: Int, into words: inout [String]) {
        let list = reader.list().compactMap { $0.text() }
        guard list.count == count else { return reader.log.add(otherCount(list.count, count, at: reader.pointer)) }
        words = list
    }

    /// What differs from `standard`.
    package func written(beside standard: DocumentWords) -> Record {
        var record = Record()
        if numbers != standard.numbers {
            record["numbers"] = [
                "decimal": .text(numbers.decimal), "group": .text(numbers.group), "percent": .text(numbers.percent),
            ]
        }
        if months != standard.months { record["months"] = .list(months.map(Value.text)) }
        if findings != standard.findings { record["findings"] = .list(findings.map(Value.text)) }
        for (key, path, _) in Self.texts where self[keyPath: path] != standard[keyPath: path] {
            record[key] = .text(self[keyPath: path])
        }
        return record
    }
}

// MARK: - Messages

private func lacks(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/word-lacks",
        message: LocalizedText(zh: "此处应有 \(name)", en: "\(name) should stand in this"),
        pointer: pointer
    )
}

private func otherCount(_ count: Int, _ wanted: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/word-count",
        message: LocalizedText(
            zh: "应有 \(wanted) 个词，实有 \(count) 个",
            en: "\(wanted) words are wanted, there are \(count)"
        ),
        pointer: pointer
    )
}
