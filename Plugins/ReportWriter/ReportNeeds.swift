import ReportTemplate
import ReviewModel

/// What a template asks of a spec, held against what the spec gives.
struct ReportNeeds {
    let needs: [TemplateNeed]
    /// The fields of the spec.
    let fields: Record
    /// The number of rows by the table's name; `nil` for a table that a source will fill.
    let rowCounts: [String: Int?]
    /// What the form has; `nil` when nobody told.
    var form: DossierOutline?

    /// The needs that the spec leaves open, in the order of the template.
    var open: [TemplateNeed] { needs.filter { isDue($0) && !isMet($0) } }

    /// What a table is wanted `with` matters only where there is that table.
    private func isDue(_ need: TemplateNeed) -> Bool { need.table.map(hasRows) ?? true }

    private func isMet(_ need: TemplateNeed) -> Bool {
        switch need.kind {
        case .table: hasRows(need.name)
        case .field: Self.hasText(.record(fields), need.path[...])
        }
    }

    private func hasRows(_ table: String) -> Bool {
        guard let count = rowCounts[table] else { return false }
        return count != 0
    }

    private static func hasText(_ value: Value, _ path: ArraySlice<String>) -> Bool {
        if let first = path.first { return value[first].map { hasText($0, path.dropFirst()) } ?? false }
        return switch value {
        case .null: false
        case .text(let text): text.unicodeScalars.contains { !$0.properties.isWhitespace }
        case .list(let items): !items.isEmpty
        case .record(let record): !record.isEmpty
        case .boolean, .integer, .decimal: true
        }
    }
}

extension ReportNeeds {
    /// Before a run: each at the place where it is to be written. A run with holes goes on, for a draft is worth reading.
    var diagnostics: [ConfigurationDiagnostic] {
        let told = open.compactMap { need -> ConfigurationDiagnostic? in
            if !isOfForm(need) { return need.isRequired ? notOfForm(need) : nil }
            if isSpareable(need) { return nil }
            var diagnostic = ConfigurationDiagnostic(
                severity: .warning,
                code: "report/needs",
                message: lacking(need),
                pointer: need.place,
                help: whereToWrite(need)
            )
            diagnostic.isOfGiven = true
            return diagnostic
        }
        return told + (spareable.map { [$0] } ?? [])
    }

    /// Whether the report does without, and says nothing in its place.
    private func isSpareable(_ need: TemplateNeed) -> Bool { !need.isRequired && need.instead == nil }

    /// What the report can do without, told once: a first draft has none of it, and none of it is a mistake.
    private var spareable: ConfigurationDiagnostic? {
        let needs = open.filter { isSpareable($0) && isOfForm($0) }
        guard let first = needs.first else { return nil }
        var diagnostic = ConfigurationDiagnostic(
            severity: .info,
            code: "report/needs",
            message: canDoWithout(needs),
            pointer: first.place,
            help: needs.count == 1 ? whereToWrite(first) : whereToWriteThem
        )
        diagnostic.isOfGiven = true
        return diagnostic
    }

    /// Whether the spec could give it at all.
    private func isOfForm(_ need: TemplateNeed) -> Bool {
        guard let form else { return true }
        return switch need.kind {
        case .table: form.tables.contains { $0.name == need.name }
        case .field: if case .found = form.content(at: need.path) { true } else { false }
        }
    }

    /// After a run: what is required keeps the report from being signed, and what the report says of its own is somebody's to say. What
    /// it can do without is no fault of the review.
    var findings: [Finding] {
        open.compactMap { need in
            if let words = need.instead {
                return Finding(
                    rule: "report/instead",
                    severity: .warning,
                    message: saidInstead(need, words),
                    subject: need.name,
                    pointers: [need.place],
                    hint: whoseToSay(words)
                )
            }
            guard need.isRequired else { return nil }
            return Finding(
                rule: "report/needs",
                severity: .blocker,
                message: lacking(need),
                subject: need.name,
                pointers: [need.place],
                hint: whereToWrite(need)
            )
        }
    }
}

extension TemplateNeed {
    var path: [String] { name.split(separator: ".").map(String.init) }

    /// Where the spec would have it.
    var place: JSONPointer {
        switch kind {
        case .field: JSONPointer(["fields"] + path)
        case .table: JSONPointer(["tables", name])
        }
    }
}

// MARK: - Messages

/// Told where the template asks for it: in the spec there is no place for it.
private func notOfForm(_ need: TemplateNeed) -> ConfigurationDiagnostic {
    let (zh, en) = need.kind == .table ? ("表", "table") : ("字段", "field")
    return ConfigurationDiagnostic(
        severity: .warning,
        code: "report/needs-unknown",
        message: LocalizedText(
            zh: "模板需要\(zh)\(quoted(need.name))（用于\(need.purpose.zh)），而表单没有这个\(zh)",
            en:
                "the template needs the \(en) \(quoted(need.name)), for \(need.purpose.en), and the form has none of that name"
        ),
        pointer: need.pointer,
        help: LocalizedText(
            zh: "请改正模板 needs 中的名称，或在表单中增加该\(zh)",
            en: "change the name under needs, or add the \(en) to the form"
        )
    )
}

private func saidInstead(_ need: TemplateNeed, _ words: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "没有填写\"\(need.name)\"（\(need.purpose.zh)），报告上印的是\"\(words.zh)\"",
        en: "nobody has written \"\(need.name)\", for \(need.purpose.en); the report says \"\(words.en)\""
    )
}

private func whoseToSay(_ words: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "确实如此的，请在该项写上\"\(words.zh)\"，由评审人确认；不是的，请补写",
        en: "write \"\(words.en)\" there where it is so, for it is a person's to say; else write what is so"
    )
}

private func lacking(_ need: TemplateNeed) -> LocalizedText {
    if let words = need.instead { return saidInstead(need, words) }
    return LocalizedText(
        zh: "报告缺少\"\(need.name)\"，用于\(need.purpose.zh)" + (need.isRequired ? "" : "（可以没有）"),
        en: "the report lacks \"\(need.name)\", for \(need.purpose.en)"
            + (need.isRequired ? "" : "; it can do without")
    )
}

private func canDoWithout(_ needs: [TemplateNeed]) -> LocalizedText {
    if needs.count == 1 { return lacking(needs[0]) }
    return LocalizedText(
        zh: "报告可以没有、也还没有填写的有 \(needs.count) 项：" + needs.map { "\($0.purpose.zh) \($0.name)" }.joined(separator: "；"),
        en: "the report can do without these \(needs.count), which nobody has written: "
            + needs.map { "\($0.name), for \($0.purpose.en)" }.joined(separator: "; ")
    )
}

private func whereToWrite(_ need: TemplateNeed) -> LocalizedText {
    switch need.kind {
    case .field:
        return whereToWrite(field: need.path)
    case .table:
        return LocalizedText(
            zh: "在填报工作簿的这张表中逐行填写（用 YAML 的，在 tables: \(need.name): 之下）",
            en: "write its rows on its sheet of the workbook (in YAML, under tables: \(need.name):)"
        )
    }
}

private let whereToWriteThem = LocalizedText(
    zh: "要写的，填在填报工作簿中字段为该名称的一行或该表中（用 YAML 的，写在 fields、tables 的同名项之下）",
    en:
        "what is to be said stands in the rows of the workbook with these fields, or on these sheets (in YAML, under fields and tables by these names)"
)

/// Where people write a field: a workbook goes first, for who writes YAML reads on.
func whereToWrite(field path: [String]) -> LocalizedText {
    let yaml = (["fields"] + path).joined(separator: ": ") + ":"
    let name = path.joined(separator: ".")
    return LocalizedText(
        zh: "填在填报工作簿中字段为 \(name) 的一行（用 YAML 的，写在 \(yaml) 之下）",
        en: "write it in the row of the workbook whose field is \(name) (in YAML, under \(yaml))"
    )
}
