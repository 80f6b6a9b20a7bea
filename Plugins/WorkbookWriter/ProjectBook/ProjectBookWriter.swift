import ExcelBooks
import PluginKit
import ReviewModel
import Rubrics

/// Writes the workbook in which a project is filled in: a sheet for each table of a form, sheets for its fields, and the step that
/// reads them.
///
/// What the dossier holds already, read from an applicant's own files, is filled in; the rest has rows of examples.
struct ProjectBookWriter: ConfiguredRenderer {
    static let fileName = "project.xlsx"
    static let stepName = "book.yaml"

    let role = RoleDescription.renderer(
        "project-book",
        "Writes the workbook in which a project is filled in, by the titles of the form (填报工作簿).",
        writes: ["xlsx", "yaml"],
        reviewParts: [],
        settings: ProjectBookSettings.self
    )

    func render(_ request: RenderingRequest, _ settings: ProjectBookSettings) async throws -> Rendering {
        guard let form = settings.form else {
            return Rendering([], failures: request.formats.map { FormatFailure($0, noForm) })
        }
        let locale = request.review.locale
        let book = try ExcelBook(
            path: request.scratchDirectory + "/" + Self.fileName,
            scratch: request.scratchDirectory,
            rows: 0,
            locale: locale,
            author: "pingshen"
        )
        var filled: [String: Table] = [:]
        for table in form.tables where !settings.without.contains(table.name) {
            filled[table.name] = try await Self.table(table.name, request)
        }
        let project = ProjectBook(form, settings, locale, request.dossier.fields, filled, book.reserveName)
        try project.write(book)
        try book.close()
        try project.step.file.write(into: request.scratchDirectory)
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Rendering([
            RenderedArtifact(path: Self.fileName, mediaType: type),
            RenderedArtifact(path: Self.stepName, mediaType: "application/yaml"),
        ])
    }

    /// What the dossier holds of a table; `nil` where there are no rows.
    private static func table(_ name: String, _ request: RenderingRequest) async throws -> Table? {
        do {
            let known = try await request.context.tables()
            guard let summary = known.first(where: { $0.schema.name == name }), summary.rowCount > 0 else { return nil }
            return try await readTable(summary.schema, request)
        } catch is NoDossier {
            return request.dossier.table(name)
        }
    }
}

/// What the workbook is to hold.
struct ProjectBookSettings: PluginSettings {
    /// `nil` where the form cannot be read, which is a mistake.
    let form: Form?
    let rubric: Rubric?
    /// What a report needs of fields, by their names, with what it is for.
    let needs: [(field: String, purpose: LocalizedText)]
    /// Tables that nobody types.
    let without: [String]
    /// Amounts that are products of other columns, wherever a table has them all.
    let products: [(column: String, factors: [String])]
    /// Columns that such amounts are multiplied by where they are filled in.
    let factors: [(column: String, factors: [String])]
    /// The tables whose rows are the items of the rubric, with the columns of which one has to be filled.
    let items: [(table: String, filled: [String])]

    init(_ settings: SettingsReader) {
        form = settings.value("form", schema: ["type": "object"]).flatMap { Form($0) }
        let rubric = settings.value("rubric", schema: ["type": "object"])
        self.rubric = rubric.flatMap { Rubric(ValueReader($0.value, log: DiagnosticLog())) }
        let template = settings.value("template", schema: ["type": "object"])?.value
        needs = (template?["needs"]?["fields"]?.record?.members ?? []).compactMap { name, value in
            let purpose = value.record?["for"] ?? value
            return ValueReader(purpose, log: DiagnosticLog()).localizedText().map { (name, $0) }
        }
        without = settings.texts("without")
        products = Self.lists(settings.value("products", schema: ["type": "object"]))
        factors = Self.lists(settings.value("factors", schema: ["type": "object"]))
        items = Self.lists(settings.value("items", schema: ["type": "object"]))
    }

    private static func lists(_ reader: ValueReader?) -> [(String, [String])] {
        (reader?.record()?.all() ?? []).map { key, reader in (key, reader.list().compactMap { $0.text() }) }
    }
}

private let noForm = LocalizedText(
    zh: "没有给出表单，不知道工作簿应有哪些工作表；请在步骤中写明 form",
    en: "no form was given, so nobody knows which sheets the workbook should have; name it as form in the step"
)
