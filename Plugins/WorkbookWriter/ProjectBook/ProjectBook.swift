import ExcelBooks
import PluginKit
import ReviewModel
import Rubrics

/// The sheets of the workbook in which a project is filled in. Where everything will stand is known before the first cell is
/// written, so that lists can point at other sheets.
struct ProjectBook {
    let locale: Locale
    let guide: GuideSheet
    let fields: [FieldGrid]
    let tables: [TableGrid]
    /// The step of a spec that reads the workbook.
    let step: BookStep

    init(
        _ form: Form,
        _ settings: ProjectBookSettings,
        _ locale: Locale,
        _ given: Record,
        _ filled: [String: Table],
        _ name: (String) -> String
    ) {
        self.locale = locale
        guide = GuideSheet(name(locale == .zh ? "填写说明" : "How to fill in"), locale)
        fields = FieldGrid.all(of: form, settings, locale, given, name)
        let shapes = form.tables.filter { !settings.without.contains($0.name) && !$0.cells.isEmpty }
        let names = shapes.map { name($0.title(locale)) }
        tables = zip(shapes, names).map { shape, name in
            TableGrid(shape, name, settings, locale, filled[shape.name]) { target in
                // Where the ids stand that a column of references may have.
                guard let position = shapes.firstIndex(where: { $0.name == target }) else { return nil }
                return TableGrid.keys(of: shapes[position], on: names[position])
            }
        }
        step = BookStep(fields: fields, tables: tables, settings, locale)
    }

    func write(_ book: ExcelBook) throws {
        try book.describe(
            title: locale == .zh ? "项目填报" : "A project to be filled in",
            subject: "",
            company: "",
            keywords: "",
            // Never the clock: the same form gives the same bytes.
            created: 10_957
        )
        try guide.write(book, fields: fields, tables: tables)
        for sheet in fields { try sheet.write(book) }
        for sheet in tables { try sheet.write(book) }
    }
}

/// The step that reads the workbook, for the spec to be extended by.
struct BookStep {
    private let lines: [String]

    init(fields: [FieldGrid], tables: [TableGrid], _ settings: ProjectBookSettings, _ locale: Locale) {
        var lines = [
            locale == .zh
                ? "# 由 pingshen init 写成：读取 project.xlsx、把评审发现批注回去的步骤。"
                : "# Written by pingshen init: the steps that read project.xlsx, and note what was found in a copy of it.",
            "pipeline:", "  book:", "    use: sheet-reader", "    with:",
            "      book: !file ../\(ProjectBookWriter.fileName)",
        ]
        if !fields.isEmpty { lines.append("      fields: [\(fields.map { quoted($0.name) }.joined(separator: ", "))]") }
        lines += ["      optional: true", "      computes: true"]
        let needed = tables.map(\.shape).compactMap { shape in
            let names = shape.cells.filter(\.isRequired).map(\.column.name)
            return names.isEmpty ? nil : "        \(shape.name): [\(names.joined(separator: ", "))]"
        }
        // Heads that lack one are told at the head.
        if !needed.isEmpty { lines += ["      needed:"] + needed }
        lines.append("      tables:")
        for table in tables {
            let filled = table.filledBy
            let rest = filled.isEmpty ? "" : ", filled_by: [\(filled.joined(separator: ", "))]"
            lines.append("        \(table.shape.name): {sheet: \(quoted(table.name))\(rest)}")
        }
        if tables.isEmpty { lines[lines.count - 1] = "      tables: {}" }
        lines.append("  reviewed: {use: workbook-commenter, with: {book: !file ../\(ProjectBookWriter.fileName)}}")
        self.lines = lines
    }

    var file: ScratchFile {
        ScratchFile(name: ProjectBookWriter.stepName, text: lines.joined(separator: "\n") + "\n")
    }
}

/// A text of YAML in double quotes, in which JSON's escapes hold.
private func quoted(_ text: String) -> String { String(decoding: JSONWriter.line(.text(text)), as: UTF8.self) }
