internal import ReviewModel

extension Binder {
    /// Tells of a text that a column never has, for the form lists what it may have: the condition would always, or never, hold.
    func tellOfImpossible(_ column: Expression, _ compared: Expression) {
        guard session.gathers, case .column(let table, let name, _) = column,
            case .literal(.text(let text), let offset) = compared,
            !text.isEmpty
        else { return }
        if text.hasPrefix(":"), session.parameters[String(text.dropFirst())] != nil {
            return session.note(quotedParameter(text, offset))
        }
        var current = scope
        while let scope = current {
            guard let slot = scope.slots(table, name).first else {
                current = scope.parent
                continue
            }
            let column = scope.columns[slot]
            if !column.values.isEmpty, !column.values.contains(text) { session.note(impossible(text, column, offset)) }
            return
        }
    }
}

extension Binder {
    /// A number in quotes beside one without: `rate < '50'`.
    func quotedNumber(_ side: Expression, _ other: Computation) -> QueryError? {
        guard other.kind == .number, case .literal(.text(let text), let offset) = side,
            let number = ExactDecimal(grouped: text)
        else { return nil }
        return QueryError(
            .wrongType,
            offset,
            zh: "'\(text)' 有引号，是文字，不能与数字比较",
            en: "'\(text)' has quotes and is a text, which cannot be compared with a number",
            help: LocalizedText(zh: "去掉引号：\(number)", en: "take the quotes away: \(number)")
        )
    }
}

extension Binder {
    /// Tells of a comparison with the word NULL, which is never true.
    func tellOfMissing(_ left: Expression, _ right: Expression, _ sign: String, _ offset: Int) {
        func isNull(_ side: Expression) -> Bool { if case .literal(.null, _) = side { true } else { false } }
        guard session.gathers, isNull(left) || isNull(right) else { return }
        let test = sign == "<>" ? "IS NOT NULL" : "IS NULL"
        var error = QueryError(
            .wrongValue,
            offset,
            zh: "与 NULL 比较永远不成立",
            en: "a comparison with NULL is never true",
            help: LocalizedText(zh: "请写 \(test)", en: "write \(test)")
        )
        error.severity = .warning
        session.note(error)
    }
}

extension Session {
    /// The texts that a column of a table may have, where the form lists them, and what these are called, each with its value.
    func values(of column: String, in table: String) -> (values: [String], titles: [String: String]) {
        let key = "\(table).\(column)"
        guard let fields, let values = fields.values[key] else { return ([], [:]) }
        let titles = values.flatMap { value in (fields.synonyms["\(key)=\(value)"] ?? []).map { ($0, value) } }
        return (values, Dictionary(titles) { first, _ in first })
    }
}

private func quotedParameter(_ text: String, _ offset: Int) -> QueryError {
    var error = QueryError(
        .wrongValue,
        offset,
        zh: "'\(text)' 有引号，是文字，不是参数",
        en: "'\(text)' has quotes and is a text, and no parameter",
        help: LocalizedText(zh: "去掉引号：\(text)", en: "take the quotes away: \(text)")
    )
    error.severity = .warning
    return error
}

private func impossible(_ text: String, _ column: ScopeColumn, _ offset: Int) -> QueryError {
    let meant = column.titles[text]
    var error = QueryError(
        .wrongValue,
        offset,
        zh: "列\"\(column.name)\"不会是 '\(text)'：表单没有这个取值",
        en: "the column \"\(column.name)\" is never '\(text)': the form does not have it among the values",
        help: meant.map { LocalizedText(zh: "请写 '\($0)'", en: "write '\($0)'") }
            ?? suggestion(for: text, among: column.values)
    )
    error.severity = .warning
    return error
}
