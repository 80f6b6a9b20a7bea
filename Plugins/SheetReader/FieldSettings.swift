import ReviewModel

/// What a spec says of the fields that a workbook holds.
struct FieldSettings: Sendable {
    /// Sheets with a row for each field: what it is called, what it holds, and its name in the form.
    var sheets: [String] = []
    /// What fields are called in cells beside their values, by their names in the form: `project.name`.
    var labels: [(field: String, words: [String])] = []

    /// What a time from one day to another is called that stands in one cell, with the fields of both days.
    var spans: [(first: String, last: String, words: [String])] = []

    /// `nil` where nothing is said of fields.
    init?(_ reader: ValueReader?) {
        guard let reader else { return nil }
        switch reader.value {
        case .list: sheets = reader.list().compactMap { $0.text() }
        case .record:
            guard let record = reader.record() else { return }
            sheets = record.optional("sheets")?.list().compactMap { $0.text() } ?? []
            labels = (record.optional("labels")?.record()?.all() ?? []).map { field, reader in
                (field, reader.value.list == nil ? [reader.text() ?? ""] : reader.list().compactMap { $0.text() })
            }
            for span in record.optional("spans")?.list() ?? [] {
                guard let span = span.record(), let first = span.required("first")?.text(),
                    let last = span.required("last")?.text()
                else { continue }
                spans.append((first, last, span.required("words")?.list().compactMap { $0.text() } ?? []))
                span.finish()
            }
            record.finish()
        default: sheets = reader.text().map { [$0] } ?? []
        }
    }

    static let schema: Value = [
        "description": "sheets with a row for each field, or where else fields stand",
        "type": ["string", "array", "object"],
        "items": ["type": "string"],
        "properties": [
            "sheets": [
                "type": "array", "items": ["type": "string"], "description": "sheets with a row for each field",
            ],
            "labels": [
                "type": "object",
                "description": "what fields are called in cells beside their values: {project.name: 项目名称}",
            ],
            "spans": [
                "type": "array",
                "description":
                    "times from one day to another in one cell: the fields of both days, and what it is called",
                "items": [
                    "type": "object", "required": ["first", "last", "words"], "additionalProperties": false,
                    "properties": [
                        "first": ["type": "string", "description": "the field of the first day: project.starts_on"],
                        "last": ["type": "string", "description": "the field of the last day: project.ends_on"],
                        "words": ["type": "array", "items": ["type": "string"], "description": "what it is called"],
                    ],
                ],
            ],
        ], "additionalProperties": false,
    ]
}
