import PluginKit
import ReviewModel
import Synchronization

/// Checks rules that a town writes down as SQL over the dossier, without a line of code. Docs/BUILTIN.md describes them.
struct RuleChecker: RuleScorer {
    struct Settings: PluginSettings {
        var rules: [QueryRule]

        init(_ settings: SettingsReader) {
            let reader = settings.value("rules", schema: QueryRule.listSchema)
            rules = reader?.list().compactMap(QueryRule.init) ?? []
            var first: [String: JSONPointer] = [:]
            for rule in rules {
                if let other = first[rule.id] {
                    reader?.log.add(sameID(rule.id, first: other, at: rule.pointer / "id"))
                } else {
                    first[rule.id] = rule.pointer
                }
            }
        }
    }

    let role: RoleDescription = {
        var role = RoleDescription.scorer(
            "rule-checker",
            "Checks rules written as SQL over the dossier.",
            settings: Settings.self
        )
        // For the titles of values that a form lets one choose.
        role.takesForm = true
        return role
    }()

    func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] {
        var (settings, found) = Settings.read(configuration)
        for rule in settings.rules { found += try await rule.mistakes(in: context) }
        return found
    }

    /// The rules that the settings write down, and the one about their queries.
    func rules(_ settings: Settings) -> RuleSet<Inquiry> {
        RuleSet(
            settings.rules.map { written in
                RuleCheck(written.rule) { inquiry, findings in findings.add(try await inquiry.answer(written)) }
            } + [queryFailed]
        )
    }

    func subject(_ request: ScoringRequest, _ settings: Settings) -> Inquiry { Inquiry(request.context, request.form) }
}

/// What the rules look at: whoever answers their queries, and the queries that had no answer.
final class Inquiry: Sendable {
    private let context: any RoleContext
    private let titles: ValueTitles
    private let failures = Mutex<[Unanswered]>([])

    /// A rule whose query has no answer, and why.
    struct Unanswered: Sendable {
        var rule: QueryRule
        var reason: LocalizedText
        /// Where in the text of the query.
        var place: TextPlace?
        /// The step that has asked; empty where there is none.
        var step: String
    }

    init(_ context: any RoleContext, _ form: DossierOutline? = nil) {
        (self.context, titles) = (context, ValueTitles(form))
    }

    /// The queries that have failed so far, with the reasons.
    var failed: [Unanswered] { failures.withLock { $0 } }

    /// The findings of a rule, in the order of the rows of its answer; none where its query fails.
    func answer(_ rule: QueryRule) async throws -> [Finding] {
        let answer: Table
        do {
            answer = try await context.query(rule.query)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let mistake = error as? QueryMistake
            let reason = mistake?.sentence ?? LocalizedText("\(error)")
            let failure = Unanswered(rule: rule, reason: reason, place: mistake?.place, step: context.step)
            failures.withLock { $0.append(failure) }
            return []
        }
        let rows = try await positions(rule.place)
        return answer.rows.map { finding(rule, $0, rows) }
    }

    /// The rows of the place's table by their keys.
    private func positions(_ place: QueryRule.Place?) async throws -> [String: Int] {
        guard case .row(let table, let key, _)? = place else { return [:] }
        let keys = try await context.query("SELECT \"\(key)\" FROM \"\(table)\"")
        let texts = keys.texts(key).enumerated().map { ($0.element ?? "", $0.offset) }
        return Dictionary(texts) { first, _ in first }
    }

    private func finding(_ rule: QueryRule, _ row: TableRow, _ rows: [String: Int]) -> Finding {
        let names = row.table.schema.columns.map(\.name)
        func cell(_ name: String) -> String? { names.contains(name) ? row.text(name) : nil }
        func filledIn(_ text: LocalizedText) -> LocalizedText {
            func printed(_ locale: Locale) -> (String) -> String? {
                { name in cell(name).map { self.titles.printed(row[name], $0, name, of: rule.query)(locale) } }
            }
            return LocalizedText(zh: filled(text.zh, printed(.zh)), en: filled(text.en, printed(.en)))
        }
        var pointers: [JSONPointer] = []
        switch rule.place {
        case .row(let table, let key, let column):
            if let position = cell(key).flatMap({ rows[$0] }) {
                let whole = JSONPointer(["tables", table, String(position)])
                pointers = [column.map { whole / $0 } ?? whole]
            }
        case .field(let field): pointers = [JSONPointer(["fields"] + field.tokens)]
        case nil: break
        }
        return Finding(
            rule: rule.id,
            severity: rule.severity,
            message: filledIn(rule.message),
            subject: rule.subject.flatMap(cell) ?? "",
            pointers: pointers,
            expected: rule.expected.map { filled($0, cell) } ?? "",
            found: rule.found.map { filled($0, cell) } ?? "",
            hint: rule.hint.map(filledIn)
        )
    }
}

/// What readers call the values that a form lets one choose: 一般 for `minor`.
private struct ValueTitles: Sendable {
    /// First in Chinese, then in English, by column and value, for each table that has such a column.
    private let titles: [String: [(table: String, title: LocalizedText)]]

    init(_ form: DossierOutline?) {
        var titles: [String: [(table: String, title: LocalizedText)]] = [:]
        for table in form?.tables ?? [] {
            for column in table.columns {
                for (key, words) in form?.synonyms ?? [:] {
                    let start = "\(table.name).\(column.name)="
                    guard key.hasPrefix(start), let zh = words.first else { continue }
                    let title = LocalizedText(zh: zh, en: words.dropFirst().first ?? zh)
                    titles["\(column.name)=\(key.dropFirst(start.count))", default: []].append((table.name, title))
                }
            }
        }
        self.titles = titles
    }

    /// What a cell of an answer says in a sentence. A column is known by its name, of a table that the query names.
    func printed(_ value: Value, _ text: String, _ column: String, of query: String) -> LocalizedText {
        if let truth = value.boolean { return LocalizedText(zh: truth ? "是" : "否", en: truth ? "yes" : "no") }
        let found = titles["\(column)=\(text)"]?.filter { query.contains($0.table) }.map(\.title) ?? []
        guard let first = found.first, found.allSatisfy({ $0 == first }) else { return LocalizedText(text) }
        return first
    }
}

/// A query of a rule that has no answer: the rule has checked nothing.
let queryFailed = RuleCheck<Inquiry>(
    "rules/query-failed",
    .error,
    title: LocalizedText(zh: "规则的查询失败", en: "a rule whose query failed"),
    manual: LocalizedText(
        zh: "规则的 SQL 查询没有得出结果：可能写错了表名、列名或语法，详见提示。该规则没有检查任何内容。语言见 Docs/QUERIES.md。",
        en: """
            The SQL of a rule gave no answer: a table or column misspelt, or a mistake of syntax, as the message says. The rule has \
            checked nothing. Docs/QUERIES.md has the language.
            """
    ),
    check: { inquiry, findings in findings.add(inquiry.failed.map(unanswered)) }
)

// MARK: - Messages

private func sameID(_ id: String, first: JSONPointer, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        severity: .warning,
        code: "rules/same-id",
        message: LocalizedText(
            zh: "规则编号\"\(id)\"重复，已用于 \(first.dotted)",
            en: "the id \"\(id)\" stands twice, first at \(first.dotted)"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "每条规则的编号须不同", en: "give every rule an id of its own")
    )
}

private func unanswered(_ failure: Inquiry.Unanswered) -> Finding {
    let (id, step) = (failure.rule.id, failure.step)
    let pointer = JSONPointer(["config"] + failure.rule.pointer.tokens) / "query"
    let (stepZh, stepEn) = step.isEmpty ? ("", "") : ("步骤\"\(step)\"中", "step \"\(step)\": ")
    return queryFailed.rule.finding(
        message: LocalizedText(
            zh: "\(stepZh)规则\"\(id)\"的查询没有结果：\(failure.reason.zh)",
            en: "\(stepEn)the query of the rule \"\(id)\" has no answer: \(failure.reason.en)"
        ),
        subject: id,
        lines: failure.place.map { [.line(of: pointer, line: $0.line, column: $0.column)] } ?? [],
        pointers: failure.place == nil ? [pointer] : [],
        hint: LocalizedText(zh: "查询语言见 Docs/QUERIES.md", en: "Docs/QUERIES.md describes the language")
    )
}
