import ReviewModel

extension QueryRule {
    /// What is wrong with the rule, as far as that can be known without a dossier: its query, the columns of the answer that
    /// its texts name, and its place.
    func mistakes(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        let outline = try await context.check(query)
        var found = outline.mistakes.map { $0.diagnostic(at: pointer / "query") } + wideBraces
        // A form that could not be read has been told of, and nobody knows what the query answers by it.
        guard let form = context.form, !(form.fields.isEmpty && form.tables.isEmpty) else { return found }
        let places = unknownPlaces(form)
        if let columns = outline.columns?.map(\.name) {
            // What no table has, no answer needs to have.
            found += unknownColumns(columns, form).filter { wrong in !places.contains { $0.pointer == wrong.pointer } }
        }
        return found + places
    }

    /// What the rule wants of the answer and the query does not give.
    private func unknownColumns(_ columns: [String], _ form: DossierOutline) -> [ConfigurationDiagnostic] {
        var (found, told) = ([ConfigurationDiagnostic](), Set<String>())
        let ofTables = Set(form.tables.filter { query.contains($0.name) }.flatMap { $0.columns.map(\.name) })
        for wording in wordings {
            // What the texts of both languages name and the answer lacks is one mistake.
            for name in placeholders(wording.text) where !columns.contains(name.text) && told.insert(name.text).inserted
            {
                var diagnostic = notAnswered(name.text, columns, at: wording.pointer)
                if ofTables.contains(name.text) { diagnostic.help = listed(name.text) }
                diagnostic.place = name.place
                found.append(diagnostic)
            }
        }
        if let subject, !columns.contains(subject) {
            found.append(notAnswered(subject, columns, at: pointer / "subject"))
        }
        if case .row(_, let key, _)? = place, !columns.contains(key) {
            found.append(notAnswered(key, columns, at: pointer / "at" / "key"))
        }
        return found
    }

    /// `｛id｝`, as a Chinese keyboard gives it, would be printed as it stands.
    private var wideBraces: [ConfigurationDiagnostic] {
        wordings.flatMap { wording in
            wideBraced(wording.text).map { found in
                var diagnostic = ConfigurationDiagnostic(
                    code: "rules/wide-braces",
                    message: LocalizedText(
                        zh: "\"\(found.text)\"用了全角花括号，不会换成查询的结果，会照样印出",
                        en: "\"\(found.text)\" has full-width braces, and would be printed as it stands"
                    ),
                    pointer: wording.pointer,
                    help: LocalizedText(
                        zh: "请写成半角的 \(found.text.withPlainCharacters)",
                        en: "write \(found.text.withPlainCharacters)"
                    )
                )
                diagnostic.place = found.place
                return diagnostic
            }
        }
    }

    private func unknownPlaces(_ form: DossierOutline) -> [ConfigurationDiagnostic] {
        let at = pointer / "at"
        switch place {
        case .field(let field)?:
            guard case .unknown(let known) = form.content(at: field.tokens) else { return [] }
            return [unknownField(field, known, at: at / "field")]
        case .row(let name, let key, let column)?:
            guard let table = form.tables.first(where: { $0.name == name }) else {
                return [unknownTable(name, form.tables.map(\.name), at: at / "table")]
            }
            let columns = table.columns.map(\.name)
            let named = [(key, at / "key")] + (column.map { [($0, at / "column")] } ?? [])
            return named.filter { !columns.contains($0.0) }.map { unknownColumn($0.0, of: name, columns, at: $0.1) }
        case nil: return []
        }
    }
}

private func listed(_ name: String) -> LocalizedText {
    LocalizedText(zh: "请把 \(name) 也写进 SELECT", en: "list \(name) behind SELECT, too")
}

/// The names between braces in a text, each with the place of its brace. What is no name stays as it is.
func placeholders(_ text: String) -> [(text: String, place: TextPlace)] {
    var (found, place) = ([(text: String, place: TextPlace)](), TextPlace(line: 1, column: 1))
    var open: (place: TextPlace, name: String)?
    for scalar in text.unicodeScalars {
        switch scalar {
        case "{": open = (place, "")
        case "}":
            if let open, !open.name.isEmpty { found.append((open.name, open.place)) }
            open = nil
        case _ where scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
            open?.name.unicodeScalars.append(scalar)
        default: open = nil
        }
        place = scalar == "\n" ? TextPlace(line: place.line + 1, column: 1) : place.nextColumn
    }
    return found
}

/// Names between braces of which one at least is a full-width one, each with the place of its first brace.
private func wideBraced(_ text: String) -> [(text: String, place: TextPlace)] {
    guard text.unicodeScalars.contains(where: { $0 == "｛" || $0 == "｝" }) else { return [] }
    var (found, place) = ([(text: String, place: TextPlace)](), TextPlace(line: 1, column: 1))
    var open: (place: TextPlace, text: String)?
    for scalar in text.unicodeScalars {
        switch scalar {
        case "{", "｛": open = (place, String(scalar))
        case "}", "｝":
            if let open, open.text.unicodeScalars.count > 1, open.text.hasPrefix("｛") || scalar == "｝" {
                found.append((open.text + String(scalar), open.place))
            }
            open = nil
        case _ where scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
            open?.text.unicodeScalars.append(scalar)
        default: open = nil
        }
        place = scalar == "\n" ? TextPlace(line: place.line + 1, column: 1) : place.nextColumn
    }
    return found
}

extension TextPlace {
    fileprivate var nextColumn: TextPlace { TextPlace(line: line, column: column + 1) }
}

// MARK: - Messages

private func notAnswered(_ name: String, _ columns: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rules/not-in-answer",
        message: LocalizedText(
            zh: "查询的结果没有列\"\(name)\"",
            en: "the query gives no column \"\(name)\""
        ),
        pointer: pointer,
        help: suggestion(for: name, among: columns)
    )
}

private func unknownTable(_ name: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rules/unknown-table",
        message: LocalizedText(zh: "表单没有表\"\(name)\"", en: "the form has no table \"\(name)\""),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func unknownColumn(
    _ name: String,
    of table: String,
    _ known: [String],
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rules/unknown-column",
        message: LocalizedText(
            zh: "表\"\(table)\"没有列\"\(name)\"",
            en: "the table \"\(table)\" has no column \"\(name)\""
        ),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func unknownField(_ field: JSONPointer, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rules/unknown-field",
        message: LocalizedText(zh: "表单没有字段\"\(field)\"", en: "the form has no field \"\(field)\""),
        pointer: pointer,
        help: suggestion(for: field.description, among: known.map { "/" + $0.replacing(".", with: "/") })
    )
}
