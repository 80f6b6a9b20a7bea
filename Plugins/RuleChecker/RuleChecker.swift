import PluginKit
import ReviewModel

/// Checks rules that a town writes down as SQL over the dossier, without a line of code. Docs/SPEC.md describes them.
struct RuleChecker: ConfiguredScorer {
    struct Settings: PluginSettings {
        var rules: [QueryRule]

        init(_ settings: SettingsReader) {
            rules = settings.value("rules", schema: ["type": "array"])?.list().compactMap(QueryRule.init) ?? []
        }
    }

    let role = RoleDescription.scorer(
        "rule-checker",
        "Checks rules written as SQL over the dossier.",
        settings: Settings.self
    )

    /// Findings in the order of the rules, and of the rows of each answer. A query that fails is a finding of its own.
    /// The rules that the settings write down; the message of each says what it finds.
    func rules(_ configuration: Value) -> [Rule] {
        let written = Settings.read(configuration).settings.rules
        return written.map { Rule($0.id, $0.severity, title: $0.message) } + [
            Rule(
                "rules/query-failed",
                .error,
                title: LocalizedText(zh: "规则的查询失败", en: "a rule whose query failed"),
                manual: LocalizedText(
                    zh: "规则的 SQL 查询没有得出结果：可能写错了表名、列名或语法，详见提示。该规则没有检查任何内容。语言见 Docs/QUERIES.md。",
                    en:
                        "The SQL of a rule gave no answer: a table or column misspelt, or a mistake of syntax, as the message says. The rule has checked nothing. Docs/QUERIES.md has the language."
                )
            )
        ]
    }

    func score(_ dossier: Dossier, _ settings: Settings, _ context: any RoleContext) async throws -> Assessment {
        var findings: [Finding] = []
        for rule in settings.rules {
            let answer: Table
            do {
                answer = try await context.query(rule.query)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                findings.append(unanswered(rule, "\(error)"))
                continue
            }
            let rows = try await positions(rule.place, context)
            for row in answer.rows { findings.append(finding(rule, row, rows)) }
        }
        return Assessment(findings: findings)
    }

    /// The rows of the place's table by their keys.
    private func positions(_ place: QueryRule.Place?, _ context: any RoleContext) async throws -> [String: Int] {
        guard case .row(let table, let key, _)? = place else { return [:] }
        let keys = try await context.query("SELECT \"\(key)\" FROM \"\(table)\"")
        let texts = keys.texts(key).enumerated().map { ($0.element ?? "", $0.offset) }
        return Dictionary(texts) { first, _ in first }
    }

    private func finding(_ rule: QueryRule, _ row: TableRow, _ rows: [String: Int]) -> Finding {
        let names = row.table.schema.columns.map(\.name)
        func cell(_ name: String) -> String? { names.contains(name) ? row.text(name) : nil }
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
            message: LocalizedText(zh: filled(rule.message.zh, cell), en: filled(rule.message.en, cell)),
            subject: rule.subject.flatMap(cell) ?? "",
            pointers: pointers,
            expected: rule.expected.map { filled($0, cell) } ?? "",
            found: rule.found.map { filled($0, cell) } ?? "",
            hint: rule.hint.map { LocalizedText(zh: filled($0.zh, cell), en: filled($0.en, cell)) }
        )
    }
}

// MARK: - Messages

private func unanswered(_ rule: QueryRule, _ reason: String) -> Finding {
    Finding(
        rule: "rules/query-failed",
        severity: .error,
        message: LocalizedText(
            zh: "规则\"\(rule.id)\"的查询没有结果：\(reason)",
            en: "the query of the rule \"\(rule.id)\" has no answer: \(reason)"
        ),
        subject: rule.id,
        pointers: [JSONPointer(["config"] + rule.pointer.tokens) / "query"],
        hint: LocalizedText(zh: "查询语言见 Docs/QUERIES.md", en: "Docs/QUERIES.md describes the language")
    )
}
