import ReviewModel

/// A rule that somebody wrote down: a query, each row of whose answer is a finding.
///
///     - id: town/one-lump
///       severity: warning
///       query: SELECT id, amount FROM budget_lines WHERE quantity = 1 AND amount > 1000000
///       message: {zh: "{id} 只列了总价 {amount} 元", en: "{id} stands as one lump of {amount}"}
///       subject: id
///       at: {table: budget_lines, key: id, column: amount}
///       title: {zh: 只列总价, en: one lump}
///       manual: {zh: 数量为 1 且金额超过一百万元的明细…, en: a line of one piece above a million …}
///       examples:
///         - bad: |
///             tables:
///               budget_lines: [{id: L1, quantity: 1, amount: ↓2000000.00}]
///           says: {zh: L1 只列了总价 2000000.00 元, en: L1 stands as one lump of 2000000.00}
///         - good: |
///             tables: {budget_lines: []}
struct QueryRule: Sendable {
    var id: String
    var severity: Severity
    var query: String
    /// With `{column}` for what a row of the answer holds.
    var message: LocalizedText
    /// What the rule finds, in a few words; the message with its columns left out where nothing is said.
    var title: LocalizedText
    /// What it compares, where it comes from, what to do.
    var manual: LocalizedText?
    var examples: [Rule.Example]
    var hint: LocalizedText?
    /// The column that says what a finding is about.
    var subject: String?
    var expected: String?
    var found: String?
    /// Where a finding stands.
    var place: Place?
    var pointer: JSONPointer
    /// The texts that may name columns of the answer, each where it is written.
    var wordings: [(pointer: JSONPointer, text: String)]

    enum Place: Sendable {
        /// A row of a table, found by the value of its key, a column of the table and of the answer; or one of its cells.
        case row(table: String, key: String, column: String?)
        /// A field.
        case field(JSONPointer)
    }

    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let id = record.required("id")
        let severity = record.optional("severity")?.oneOf(Severity.allCases.map(\.rawValue)).flatMap(Severity.init)
        let query = record.required("query")?.text()
        let message = record.required("message")?.localizedText()
        let title = record.optional("title")?.localizedText()
        manual = record.optional("manual")?.localizedText()
        examples = record.optional("examples")?.list().compactMap(Rule.Example.init) ?? []
        hint = record.optional("hint")?.localizedText()
        subject = record.optional("subject")?.text()
        expected = record.optional("expected")?.text()
        found = record.optional("found")?.text()
        place = record.optional("at").flatMap(Place.init)
        record.finish()
        guard let id, let text = id.text(), let query, let message else { return nil }
        if text.split(separator: "/", omittingEmptySubsequences: false).count != 2 {
            id.log.add(badID(text, at: id.pointer))
        }
        (self.id, self.severity, self.query, self.message) = (text, severity ?? .warning, query, message)
        self.title = title ?? LocalizedText(zh: filled(message.zh) { _ in "…" }, en: filled(message.en) { _ in "…" })
        pointer = reader.pointer
        wordings = ["message", "hint", "expected", "found"].flatMap { key in
            Self.texts(record.record[key], at: reader.pointer / key)
        }
    }
}

extension QueryRule {
    /// What is told of it.
    var rule: Rule {
        Rule(id, severity, title: title, manual: manual ?? LocalizedText(""), examples: examples)
    }

    /// A text, or each of its languages.
    private static func texts(_ value: Value?, at pointer: JSONPointer) -> [(pointer: JSONPointer, text: String)] {
        guard let members = value?.record?.members else { return value?.text.map { [(pointer, $0)] } ?? [] }
        return members.compactMap { language, text in text.text.map { (pointer / language, $0) } }
    }
}

extension QueryRule.Place {
    init?(_ reader: ValueReader) {
        if let text = reader.value.text {
            reader.log.add(noPlace(text, at: reader.pointer))
            return nil
        }
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        if let field = record.optional("field") {
            guard let text = field.text() else { return nil }
            guard text.hasPrefix("/"), let pointer = JSONPointer(text) else {
                reader.log.add(noPath(text, at: field.pointer))
                return nil
            }
            self = .field(pointer)
            return
        }
        // All are asked for, whatever is missing: what is there is no unknown key then.
        let (table, key) = (record.required("table")?.text(), record.required("key")?.text())
        let column = record.optional("column")?.text()
        guard let table, let key else { return nil }
        self = .row(table: table, key: key, column: column)
    }
}

extension Rule.Example {
    /// Reads `{bad: …, says: …}` or `{good: …}`: the text of a small spec, and what the rule says of it.
    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        if let good = record.optional("good") {
            guard let spec = good.text() else { return nil }
            if record.record["bad"] != nil { reader.log.add(goodAndBad(at: reader.pointer)) }
            self = .good(Self.trimmed(spec))
            return
        }
        let (spec, says) = (record.required("bad")?.text(), record.required("says"))
        guard let spec, let says else { return nil }
        let messages = says.value.list == nil ? [says.localizedText()] : says.list().map { $0.localizedText() }
        self.init(Self.trimmed(spec), messages: messages.compactMap { $0 })
    }

    /// Without the line break at the end, which a block text has.
    private static func trimmed(_ spec: String) -> String {
        spec.last == "\n" ? String(spec.dropLast()) : spec
    }
}

/// The text with every `{name}` replaced by what `value` gives; braces without a known name stay as they are.
func filled(_ template: String, _ value: (String) -> String?) -> String {
    var (text, rest) = ("", template[...])
    while let open = rest.firstIndex(of: "{") {
        text += rest[..<open]
        let after = rest[rest.index(after: open)...]
        if let close = after.firstIndex(of: "}"), let found = value(String(after[..<close])) {
            text += found
            rest = after[after.index(after: close)...]
        } else {
            text += "{"
            rest = after
        }
    }
    return text + rest
}

private func noPath(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let path = "/" + text.replacing(".", with: "/")
    return ConfigurationDiagnostic(
        code: "rules/no-path",
        message: LocalizedText(zh: "\(quoted(text))不是字段路径", en: "\(quoted(text)) is not the path of a field"),
        pointer: pointer,
        help: LocalizedText(zh: "请写成 \(path)", en: "write \(path)")
    )
}

private func noPlace(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rules/no-place",
        message: LocalizedText(
            zh: "at 应写明表、主键和列，实为\(quoted(text))",
            en: "at says a table, its key and a column, found \(quoted(text))"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "写法如 {table: \(text), key: 主键列, column: 列}",
            en: "write it as in {table: \(text), key: KEY, column: COLUMN}"
        )
    )
}

private func goodAndBad(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rules/good-and-bad",
        message: LocalizedText(zh: "一个例子只能是 good 或 bad", en: "an example is good or bad, not both"),
        pointer: pointer,
        help: LocalizedText(zh: "请分成两个例子", en: "write two examples")
    )
}

private func badID(_ id: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rules/bad-id",
        message: LocalizedText(zh: "规则编号\"\(id)\"应写作 领域/名称", en: "the id \"\(id)\" should be area/name"),
        pointer: pointer,
        help: LocalizedText(zh: "例如 town/one-lump", en: "town/one-lump, for example")
    )
}
