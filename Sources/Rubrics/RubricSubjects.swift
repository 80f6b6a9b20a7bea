public import ReviewModel

/// The many things that one rubric judges: outcomes, programmes, schools, each a row of a table.
public struct RubricSubjects: Sendable {
    public var table: String
    /// The column that the column `subject` of the scores speaks of.
    public var key: String
    /// The column of their names; the key's where there is none.
    public var name: String
    /// The items whose points decide between equal ones, the first of them first.
    public var ties: [String] = []
    public var pointer: JSONPointer

    /// Their keys and names, in the order of the table.
    public var query: String { "SELECT \"\(key)\", \"\(name)\" FROM \"\(table)\"" }

    init?(_ reader: ValueReader) {
        if let text = reader.value.text {
            reader.log.add(tableAlone(text, at: reader.pointer))
            return nil
        }
        guard let record = reader.record(), let table = record.required("table")?.filledText(),
            let key = record.required("key")?.filledText()
        else { return nil }
        let name = record.optional("name")?.filledText() ?? key
        let ties = record.optional("ties").map { list in
            list.filledList().compactMap { $0.text() }.filter { !list.tellsOfJoined($0) }
        }
        record.finish()
        for text in [table, key, name] where text.utf8.contains(UInt8(ascii: "\"")) {
            reader.log.add(badName(text, at: reader.pointer))
        }
        (self.table, self.key, self.name, pointer) = (table, key, name, reader.pointer)
        self.ties = ties ?? []
    }
}

// MARK: - Messages

private func tableAlone(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "table-alone",
        "each 应写明表和主键列，实为\"\(text)\"",
        "each says the table and its key, found \"\(text)\"",
        at: pointer,
        help: LocalizedText(
            zh: "写法如 {table: \(text), key: 主键列, name: 名称列}",
            en: "write it as in {table: \(text), key: KEY, name: NAME}, with columns of that table"
        )
    )
}

private func badName(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    rubricDiagnostic(
        "bad-name",
        "\"\(name)\"不是表或列的名称",
        "\"\(name)\" is not the name of a table or column",
        at: pointer
    )
}
