import PluginKit
import PrintedReports
import ReviewModel
import Targets

/// What the prose reconciler can be told. Everything has a default:
///
///     texts: [/fields/texts, problems.finding]    # which texts; by default every text that is long enough
///     min_length: 8                                # how many characters a text must have to be looked at by default
///     except: [attachments.text, evidence.quote]   # texts of others, whose numbers are not of this project
///     terms: {设施费: [采购, 安装]}                  # words for parts of a sum, and words of the items that they mean
///     words: {gap: [缺口, 差额]}                     # lists of report-words.yaml that a town has in its own words
///     document: !file report.docx                  # the sentences of a finished report in place of the dossier's own texts
struct ProseSettings: PluginSettings {
    var texts: [TextSelector]?
    var minimumLength = ProseSettings.defaultLength
    var except = ProseSettings.defaultExceptions.compactMap(TextSelector.init)
    var terms: [String: [String]] = [:]
    /// What sentences of reports are made of.
    var words = ReportWords.standard
    /// A finished report whose sentences are read in place of the dossier's texts.
    var report: ReportInput?
    private var chosenTables: [(table: String, pointer: JSONPointer)] = []

    static let defaultLength = 8
    static let defaultExceptions = [
        "attachments", "legal_bases", "evidence.document", "evidence.quote", "targets.value", "declared_targets.value",
        "declared_figures.source", "feedback",
    ]
    /// The tables of the form, all of which can hold texts or figures.
    static let tables = [
        "budget_lines", "deductions", "feedback", "printed_audit", "declared_figures", "funding", "history_years",
        "history",
        "targets",
        "declared_targets", "scores", "evidence", "problems", "legal_bases", "attachments", "paragraphs",
    ]

    init(_ settings: SettingsReader) {
        if let reader = settings.value("texts") { texts = selectors(reader) }
        if let reader = settings.value("min_length"), let length = reader.integer() {
            minimumLength = length
            if length < 1 { reader.log.add(notPositive(length, at: reader.pointer)) }
        }
        if let reader = settings.value("except") { except = selectors(reader) }
        words = settings.value("words").map(ReportWords.init) ?? .standard
        let (text, file, ocr) = (settings.value("report"), settings.value("document"), settings.value("ocr"))
        if text != nil || file != nil {
            report = ReportInput(report: text, document: file, ocr: ocr, log: settings.log)
        }
        for (term, words) in settings.value("terms")?.record()?.all() ?? [] {
            terms[canonicalText(term)] = words.list().compactMap { Self.word($0) }
        }
    }

    /// Whether a text of the tables can be one that is chosen, wherever it stands.
    func mayChoose(_ text: String) -> Bool { texts != nil || text.utf8.count >= minimumLength }

    /// Whether a text is to be reconciled.
    func chooses(_ text: String, at pointer: JSONPointer) -> Bool {
        if except.contains(where: { $0.matches(pointer) }) { return false }
        if let texts { return texts.contains { $0.matches(pointer) } }
        return text.count >= minimumLength
    }

    private mutating func selectors(_ reader: ValueReader) -> [TextSelector] {
        var selectors: [TextSelector] = []
        for item in reader.list() {
            guard let text = item.text() else { continue }
            guard let selector = TextSelector(text) else {
                item.log.add(noSelector(text, at: item.pointer))
                continue
            }
            if let table = selector.table { chosenTables.append((table, item.pointer)) }
            selectors.append(selector)
        }
        return selectors
    }

    /// Tables that are chosen and that neither the field nor the form has.
    func unknownTables(in form: DossierOutline?) -> [ConfigurationDiagnostic] {
        let known = Self.tables + (form?.tables.map(\.name) ?? [])
        return chosenTables.filter { !known.contains($0.table) }.map { unknownTable($0.table, known, at: $0.pointer) }
    }

    private static func word(_ reader: ValueReader) -> String? {
        guard let word = reader.text().map(canonicalText) else { return nil }
        // Every name contains the empty word.
        if word.isEmpty { reader.log.add(emptyWord(at: reader.pointer)) }
        return word
    }
}

// MARK: - Schema

extension ProseSettings {
    static let schema: Value = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": false,
        "properties": .record(properties),
    ]

    private static let properties: Record = {
        var properties = ReportInput.properties
        properties["texts"] = selectorSchema(
            "The texts to reconcile: places (/fields/texts), tables, or columns (problems.finding)."
        )
        properties["min_length"] = ["type": "integer", "minimum": 1, "default": .integer(defaultLength)]
        properties["except"] = selectorSchema("Texts to leave out, written alike.")
        properties["words"] = ReportWords.schema
        properties["terms"] = [
            "type": "object",
            "additionalProperties": ["type": "array", "items": ["type": "string", "minLength": 1]],
        ]
        return properties
    }()

    private static func selectorSchema(_ description: String) -> Value {
        ["description": .text(description), "type": "array", "items": ["type": "string", "minLength": 1]]
    }
}

// MARK: - Messages

private func notPositive(_ length: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "prose/min-length",
        message: LocalizedText(
            zh: "min_length 应为 1 以上的整数，实为 \(length)",
            en: "min_length must be 1 or more, found \(length)"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "写 1 即检查所有文字", en: "write 1 to look at every text")
    )
}

private func noSelector(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "prose/selector",
        message: LocalizedText(
            zh: "应为位置（如 /fields/texts）或表.列（如 problems.finding），实为\"\(text)\"",
            en: "expected a place such as /fields/texts or table.column such as problems.finding, found \"\(text)\""
        ),
        pointer: pointer,
        help: LocalizedText(zh: "位置以 /fields 或 /tables 开头", en: "a place begins with /fields or /tables")
    )
}

private func unknownTable(_ table: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "prose/unknown-table",
        message: LocalizedText(zh: "没有名为\"\(table)\"的表", en: "there is no table \"\(table)\""),
        pointer: pointer,
        help: suggestion(for: table, among: known)
    )
}

private func emptyWord(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "prose/empty-word",
        message: LocalizedText(zh: "词语不能为空", en: "a word must not be empty"),
        pointer: pointer,
        help: LocalizedText(zh: "请删去这一项", en: "remove the entry")
    )
}
