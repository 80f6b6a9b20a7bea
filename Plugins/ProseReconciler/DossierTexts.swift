import PrintedReports
import ReviewModel
import Targets

/// A running text of the dossier.
struct DossierText {
    var text: String
    var pointer: JSONPointer
    /// The text as it is read; made once for everything that reads it.
    fileprivate(set) var prose: ProseText
    /// The budget line that the whole text is about, by its id: that of the cut whose reason it is.
    var line: String?

    /// Whether it is a paragraph of a report, which may begin with the name of what it is about.
    var isParagraph: Bool { pointer.tokens.starts(with: ["tables", "paragraphs"]) }

    /// The texts that the settings choose: those of the fields in their order, then those of the tables.
    static func all(in dossier: Dossier, _ settings: ProseSettings, _ form: DossierOutline? = nil) -> [DossierText] {
        var texts = fieldTexts(.record(dossier.fields), at: JSONPointer(["fields"]), settings)
        for table in dossier.tables { texts += tableTexts(table, settings) }
        return texts.reading(ProseMeasure.all(in: dossier, form))
    }

    /// The sentences of a finished report, in the order of ``PrintedReports/ReportText/statements``.
    static func all(in report: ReportText, _ dossier: Dossier, _ settings: ProseSettings, _ form: DossierOutline?)
        -> [DossierText]
    {
        report.statements.enumerated().map { index, paragraph in
            DossierText(text: paragraph.text, pointer: JSONPointer(["tables", "paragraphs"]) / index / "text")
        }.reading(ProseMeasure.all(in: dossier, form))
    }

    private static func fieldTexts(
        _ value: Value,
        at pointer: JSONPointer,
        _ settings: ProseSettings
    ) -> [DossierText] {
        switch value {
        case .text(let text): settings.chooses(text, at: pointer) ? [DossierText(text: text, pointer: pointer)] : []
        case .record(let record): record.members.flatMap { fieldTexts($0.value, at: pointer / $0.key, settings) }
        case .list(let items): items.enumerated().flatMap { fieldTexts($1, at: pointer / $0, settings) }
        default: []
        }
    }

    /// Row by row. Most cells are too short for a text, which their length tells before anything is made of them.
    private static func tableTexts(_ table: Table, _ settings: ProseSettings) -> [DossierText] {
        let columns = table.schema.columns.filter { $0.type == .text }.map { ($0.name, table.texts($0.name)) }
        var texts: [DossierText] = []
        for (index, row) in table.rows.enumerated() {
            for (column, cells) in columns {
                guard let text = cells[index], settings.mayChoose(text) else { continue }
                let pointer = row.pointer(column)
                guard settings.chooses(text, at: pointer) else { continue }
                let line = table.name == "deductions" ? row.optionalText("line") : nil
                texts.append(DossierText(text: text, pointer: pointer, line: line))
            }
        }
        return texts
    }

    init(text: String, pointer: JSONPointer, line: String? = nil) {
        (self.text, self.pointer, self.line) = (text, pointer, line)
        prose = ProseText(text)
    }
}

extension [DossierText] {
    /// The texts as they are read where the form has measures of its own.
    fileprivate func reading(_ measures: [ProseMeasure]) -> [DossierText] {
        if measures.isEmpty { return self }
        var texts = self
        for index in indices { texts[index].prose = ProseText(texts[index].text, measures: measures) }
        return texts
    }
}

/// A choice of texts: a place and all below it, `/fields/texts`, or a table or its column, `problems.finding`.
struct TextSelector: Equatable {
    var written: String
    private var tokens: [String]
    /// Whether the tokens are a table and a column rather than a path.
    private var isColumn: Bool

    init?(_ text: String) {
        written = text
        if text.hasPrefix("/") {
            guard let pointer = JSONPointer(text), let root = pointer.tokens.first, ["fields", "tables"].contains(root)
            else { return nil }
            (tokens, isColumn) = (pointer.tokens, false)
        } else {
            tokens = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            isColumn = true
            guard tokens.count <= 2, tokens.allSatisfy({ !$0.isEmpty }) else { return nil }
        }
    }

    /// The table that it names; `nil` for a place among the fields.
    var table: String? { isColumn ? tokens[0] : tokens.first == "tables" && tokens.count > 1 ? tokens[1] : nil }

    func matches(_ pointer: JSONPointer) -> Bool {
        guard isColumn else { return pointer.tokens.starts(with: tokens) }
        guard pointer.tokens.count == 4, pointer.tokens[0] == "tables", pointer.tokens[1] == tokens[0] else {
            return false
        }
        return tokens.count == 1 || pointer.tokens[3] == tokens[1]
    }
}
