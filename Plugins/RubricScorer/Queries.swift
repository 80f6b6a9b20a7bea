import BudgetLines
import ReviewModel
import Rubrics

/// The answers of the rubric's queries, by their text and, for the points of an item, its maximum, which the text may ask for
/// as `:max`.
func ask(
    _ queries: [RubricQuery],
    _ context: any RoleContext,
    about subject: String? = nil
) async throws -> (answers: [String: Value], remarks: [Remark]) {
    var (answers, remarks) = ([String: Value](), [Remark]())
    var asked: Set<String> = []
    for query in queries {
        let key = answerKey(query.sql, query.node?.max)
        guard asked.insert(key).inserted else { continue }
        do {
            var parameters: Record = ["max": Value(query.node?.max)]
            if let subject { parameters["subject"] = .text(subject) }
            let answer = try await context.query(query.sql, parameters)
            guard answer.rowCount == 1, answer.schema.columns.count == 1 else {
                let (rows, columns) = (answer.rowCount, answer.schema.columns.count)
                remarks.append(.notOneValue(query, rows: rows, columns: columns))
                continue
            }
            let value = answer.cell(row: 0, column: 0)
            if query.answer == .truth, !value.isNull, value.boolean == nil {
                let reason = noTruth(value)
                remarks.append(.queryFailed(query, Unanswered(reason: reason, place: nil, step: context.step)))
                continue
            }
            if query.answer == .truth, value.isNull { remarks.append(.unknownCondition(query, of: subject)) }
            answers[key] = value
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let mistake = error as? QueryMistake
            let reason = mistake?.sentence ?? LocalizedText("\(error)")
            remarks.append(.queryFailed(query, Unanswered(reason: reason, place: mistake?.place, step: context.step)))
        }
    }
    return (answers, remarks)
}

/// What an answer is known by: two items may ask the same of different maxima.
func answerKey(_ sql: String, _ max: ExactDecimal?) -> String {
    max.map { "\(sql)\u{1F}\($0.withoutTrailingZeros)" } ?? sql
}

extension Rubric {
    /// What is wrong with the rubric's queries, and with the fields that it asks for, as far as that can be known without a
    /// dossier.
    ///
    /// - Parameter isSound: whether nothing is wrong with the rubric itself: else nobody knows which levels its items have.
    func unanswerable(in context: any SettingsContext, isSound: Bool = true) async throws -> [ConfigurationDiagnostic] {
        var found: [ConfigurationDiagnostic] = []
        var parameters: [String: ColumnType?] = ["max": .decimal]
        if isOfMany { parameters["subject"] = .text }
        for query in queries {
            let outline = try await context.check(query.sql, parameters: parameters)
            let mistakes = outline.mistakes.map { $0.diagnostic(at: query.pointer) }
            if !isOfMany, let asked = mistakes.first(where: \.asksForSubject) {
                // All queries that ask for it ask in vain for one reason.
                if !found.contains(where: { $0.code == "rubric/each-missing" }) { found.append(eachMissing(asked)) }
                continue
            }
            found += mistakes
            guard let columns = outline.columns else { continue }
            if columns.count != 1 {
                found.append(notOneColumn(columns, at: query.pointer))
            } else if let type = columns[0].type, !query.answer.fits(type) {
                found.append(wrongAnswer(query, type))
            } else if isSound {
                found += try columns[0].constants.compactMap { try misfit($0, of: query) }
            }
        }
        if let subjects {
            let outline = try await context.check(subjects.query, parameters: [:])
            let columns = context.form?.tables.first { $0.name == subjects.table }?.columns.map(\.name)
            let column = columns?.contains(subjects.key) == true ? "name" : "key"
            found += outline.mistakes.map { mistake in
                let key = mistake.code == "query/unknown-table" ? "table" : column
                return mistake.diagnostic(at: subjects.pointer / key).withoutPlace
            }
        }
        guard let form = context.form else { return found }
        let scores = form.tables.first { $0.name == "scores" }?.columns.map(\.name)
        if let subjects, let scores, !scores.contains("subject") { found.append(noSubjectColumn(at: subjects.pointer)) }
        let points = form.tables.first { $0.name == "scores" }?.columns.first { $0.name == "points" }
        if let points, points.type != .decimal, points.type != .integer {
            found.append(pointsOfOtherType(points.type, at: pointer))
        }
        for condition in conditions {
            switch form.content(at: condition.field.tokens) {
            case .unknown(let known): found.append(unknownField(condition, known))
            case .found(.value(let type?)) where !type.mayEqual(condition.value):
                found.append(otherType(condition, type))
            case .found:
                let allowed = form.values[condition.field.description] ?? []
                guard let text = condition.value.scalarText, !allowed.isEmpty, !allowed.contains(text) else { break }
                found.append(otherThanAllowed(condition, text, allowed))
            }
        }
        return found
    }
}

/// A value that a query writes out and that is no score of its item: `THEN '满分'`, `THEN 12` of 10 points, `ELSE 'MSS'`; `nil` for one that is.
private func misfit(_ constant: QueryOutline.Constant, of query: RubricQuery) throws -> ConfigurationDiagnostic? {
    guard let node = query.node else { return nil }
    var found: ConfigurationDiagnostic
    switch query.answer {
    case .truth: return nil
    case .level:
        let known = node.scale.levels.map(\.name)
        guard let text = constant.value.text, !known.contains(text) else { return nil }
        found = unknownLevelOfQuery(text, node.code, known, at: query.pointer)
    case .points:
        guard let max = node.max, !node.isRating else { return nil }
        if let points = constant.value.decimal {
            if points >= node.scale.minimum, points <= max { return nil }
            found = pointsOutOfRange(points, node.code, node.scale.minimum, max, at: query.pointer)
        } else {
            found = textForPoints(constant.value.scalarText ?? "", at: query.pointer)
        }
    }
    found.place = constant.place
    return found
}

extension ColumnType {
    /// Whether a field of this type can be what a condition asks for.
    fileprivate func mayEqual(_ value: Value) -> Bool {
        switch self {
        case .boolean: value.boolean != nil
        case .integer, .decimal: value.decimal != nil
        case .text, .date: value.scalarText != nil && value.boolean == nil
        case .texts: false
        }
    }
}

extension ColumnType {
    /// The name, with a blank before Latin letters.
    fileprivate var inChinese: String { name.zh.first?.isASCII == true ? " " + name.zh : name.zh }
}

extension RubricQuery.Answer {
    func fits(_ type: ColumnType) -> Bool {
        switch self {
        case .points: type == .decimal || type == .integer
        case .level: type == .text
        case .truth: type == .boolean
        }
    }
}

extension ConfigurationDiagnostic {
    /// Of a query that nobody has written there is no place within.
    fileprivate var withoutPlace: ConfigurationDiagnostic {
        var diagnostic = self
        diagnostic.place = nil
        return diagnostic
    }
}

extension ConfigurationDiagnostic {
    fileprivate var asksForSubject: Bool { code == "query/unknown-parameter" && message.en.contains("\"subject\"") }
}

// MARK: - Messages

private func eachMissing(_ asked: ConfigurationDiagnostic) -> ConfigurationDiagnostic {
    var found = asked
    found.code = "rubric/each-missing"
    found.message = LocalizedText(
        zh: "查询用了 :subject，而评分标准没有写 each，无从知道评的是哪一行",
        en: "the query asks for :subject, and the rubric has no each that says which rows are judged"
    )
    found.help = LocalizedText(
        zh: "请在评分标准中写 each: {table: 表, key: 主键列}",
        en: "write each: {table: …, key: …} in the rubric"
    )
    return found
}

private func otherType(_ condition: RubricCondition, _ type: ColumnType) -> ConfigurationDiagnostic {
    let (field, value) = (condition.field.description, condition.value.scalarText ?? "…")
    return ConfigurationDiagnostic(
        code: "rubric/other-type",
        message: LocalizedText(
            zh: "字段 \(field) 是\(type.inChinese)，永远不会等于\"\(value)\"",
            en: "the field \(field) is \(type.name.en) and never equals \"\(value)\""
        ),
        pointer: condition.pointer,
        help: LocalizedText(zh: "请在 equals 写\(type.inChinese)", en: "write \(type.name.en) as equals")
    )
}

private func unknownLevelOfQuery(_ level: String, _ code: String, _ known: [String], at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "rubric/unknown-level",
        message: LocalizedText(zh: "\(code)没有档次\"\(level)\"", en: "\(code) has no level \"\(level)\""),
        pointer: pointer,
        help: suggestion(for: level, among: known)
    )
}

private func pointsOutOfRange(
    _ points: ExactDecimal,
    _ code: String,
    _ least: ExactDecimal,
    _ max: ExactDecimal,
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    let (least, most, points) = (Money.points(least), Money.points(max), Money.points(points))
    return ConfigurationDiagnostic(
        code: "rubric/out-of-range",
        message: LocalizedText(
            zh: "\(code)应在 \(least) 到 \(most) 分之间，查询得出 \(points)",
            en: "\(code) has from \(least) to \(most) points, the query gives \(points)"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "满分写 :max", en: "all its points are :max")
    )
}

private func textForPoints(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/wrong-answer",
        message: LocalizedText(
            zh: "得分应为数字，查询在这里得出\"\(text)\"",
            en: "points must be a number, here the query gives \"\(text)\""
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "满分写 :max；得出等级名称的查询写在 compute_level 下",
            en: "all its points are :max; a query that names a level stands under compute_level"
        )
    )
}

private func pointsOfOtherType(_ type: ColumnType?, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let name = type?.name ?? ValueKind.text.name
    return ConfigurationDiagnostic(
        code: "rubric/points-column",
        message: LocalizedText(
            zh: "表单的表\"scores\"的列\"points\"是\(name.zh)，得分应为数字",
            en: "the column \"points\" of the form's table \"scores\" is \(name.en), and points are numbers"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请在表单中写 points: {type: decimal, unit: points}",
            en: "write points: {type: decimal, unit: points} in the form"
        )
    )
}

private func noSubjectColumn(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/no-subject-column",
        message: LocalizedText(
            zh: "each 逐行评分，而表单的表\"scores\"没有列\"subject\"来写明评的是哪一行",
            en: "each row is judged, and the form's table \"scores\" has no column \"subject\" to say which"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请在表单的 scores 中加上 subject: {type: text}",
            en: "add subject: {type: text} to the form's scores"
        )
    )
}

private func otherThanAllowed(_ condition: RubricCondition, _ text: String, _ allowed: [String])
    -> ConfigurationDiagnostic
{
    let list = allowed.joined(separator: ", ")
    return ConfigurationDiagnostic(
        code: "rubric/other-value",
        message: LocalizedText(
            zh: "字段 \(condition.field) 永远不会等于\"\(text)\"：表单只允许 \(list)",
            en: "the field \(condition.field) never equals \"\(text)\": the form allows only \(list)"
        ),
        pointer: condition.pointer,
        help: slip(in: text, among: allowed) ?? LocalizedText(zh: "请写其中之一", en: "write one of them")
    )
}

private func noTruth(_ value: Value) -> LocalizedText {
    let found = value.scalarText ?? ""
    return LocalizedText(
        zh: "条件应为是或否，查询得出的是 \(found)",
        en: "a condition must be true or false, the query gives \(found)"
    )
}

private func notOneColumn(_ columns: [QueryOutline.Column], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let names = columns.map(\.name).joined(separator: ", ")
    return ConfigurationDiagnostic(
        code: "rubric/not-one-value",
        message: LocalizedText(
            zh: "查询应得出一个值，实有 \(columns.count) 列：\(names)",
            en: "the query should give one value, it gives \(columns.count) columns: \(names)"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "SELECT 后只写一项", en: "list one thing behind SELECT")
    )
}

private func wrongAnswer(_ query: RubricQuery, _ type: ColumnType) -> ConfigurationDiagnostic {
    let (message, help) =
        switch query.answer {
        case .points:
            (
                LocalizedText(
                    zh: "得分应为数字，查询得出的是\(type.name.zh)",
                    en: "points must be a number, the query gives \(type.name.en)"
                ),
                LocalizedText(
                    zh: "得出等级名称的查询请写在 compute_level 下",
                    en: "a query that names a level stands under compute_level"
                )
            )
        case .level:
            (
                LocalizedText(
                    zh: "等级应为名称，查询得出的是\(type.name.zh)",
                    en: "a level is named by a text, the query gives \(type.name.en)"
                ), LocalizedText(zh: "得出分数的查询请写在 compute 下", en: "a query that gives points stands under compute")
            )
        case .truth:
            (
                LocalizedText(
                    zh: "条件应为是或否，查询得出的是\(type.name.zh)",
                    en: "a condition must be true or false, the query gives \(type.name.en)"
                ),
                LocalizedText(zh: "请加比较，如 SELECT sum(amount) > 100", en: "compare it, as in SELECT sum(amount) > 100")
            )
        }
    return ConfigurationDiagnostic(code: "rubric/wrong-answer", message: message, pointer: query.pointer, help: help)
}

private func unknownField(_ condition: RubricCondition, _ known: [String]) -> ConfigurationDiagnostic {
    let path = condition.field.description
    return ConfigurationDiagnostic(
        code: "rubric/unknown-field",
        message: LocalizedText(zh: "表单没有字段\"\(path)\"", en: "the form has no field \"\(path)\""),
        pointer: condition.pointer,
        help: suggestion(for: path, among: known.map { "/" + $0.replacing(".", with: "/") })
    )
}
