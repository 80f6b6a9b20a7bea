import ExcelBooks
import PluginKit
import ReviewModel

/// Writes the working papers of a review (工作底稿) as an Excel workbook, with its arithmetic as formulas.
struct WorkbookWriter: ConfiguredRenderer {
    static let fileName = "workbook.xlsx"

    let role: RoleDescription = {
        var role = RoleDescription.renderer(
            "workbook-writer",
            "Writes the working papers of the review as an Excel workbook whose totals, rates and verdict follow when a cell changes.",
            writes: ["xlsx"],
            reads: Material.tables,
            reviewParts: ["adjustments", "findings", "ruleCatalogue", "scores"],
            settings: WorkbookSettings.self
        )
        // Values are printed by the titles that the form gives them.
        role.takesForm = true
        return role
    }()

    func render(_ request: RenderingRequest, _ settings: WorkbookSettings) async throws -> Rendering {
        guard request.formats.contains("xlsx") else { return Rendering() }
        let material = try await Material(request, settings.rubric)
        let workbook = Workbook(material)
        let book = try ExcelBook(
            path: request.scratchDirectory + "/" + Self.fileName,
            scratch: request.scratchDirectory,
            rows: material.rowCount,
            locale: material.locale,
            author: material.author
        )
        try await workbook.write(into: book, request)
        try book.close()
        let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Rendering([RenderedArtifact(path: Self.fileName, mediaType: type)])
    }
}

/// Why no workbook was written.
enum WorkbookError: Error, CustomStringConvertible {
    /// One sheet has to hold the rows, for formulas run over them.
    case tooManyRows(String, Int)
    /// A page of a table had other columns than the table.
    case oddPage(String)

    var description: String {
        switch self {
        case .tooManyRows(let what, let count):
            "a sheet holds \(ExcelSheet.rowLimit) rows; there are \(count) \(what), and the formulas over them need one sheet"
        case .oddPage(let table): "a page of the table \"\(table)\" does not fit its columns"
        }
    }
}
