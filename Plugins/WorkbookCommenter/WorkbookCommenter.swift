import Groundwork
import OfficeFiles
import PluginKit
import ReviewModel

/// Writes the findings about a workbook into a copy of it: notes at the cells that they are about, and a sheet with all of them.
///
/// All else stays as it is, byte for byte: formulas, styles, charts, macros, how it prints. Notes that are there already stay, too.
struct WorkbookCommenter: ConfiguredRenderer {
    static let format = "reviewed"

    struct Settings: PluginSettings {
        var book: String
        var author: String

        init(_ settings: SettingsReader) {
            book = settings.text("book")
            author = settings.text("author", default: "Pingshen")
        }
    }

    let role = RoleDescription.renderer(
        "workbook-commenter",
        "writes the findings about a workbook into a copy of it, as notes at their cells (批注)",
        writes: [WorkbookCommenter.format],
        reviewParts: ["findings", "ruleCatalogue"],
        settings: Settings.self
    )

    func render(_ request: RenderingRequest, _ settings: Settings) throws -> Rendering {
        guard request.formats.contains(Self.format) else { return Rendering() }
        let name = settings.book.split(separator: "/").last.map(String.init) ?? settings.book
        do throws(OfficeFileError) {
            let book = try ReviewedWorkbook(file: settings.book, author: settings.author)
            let bytes = try book.adding(Self.notes(request.review, about: name), locale: request.review.locale)
            let file = ScratchFile(name: Self.copyName(name), bytes: bytes)
            do { try file.write(into: request.scratchDirectory) } catch {
                return Rendering(failures: [FormatFailure(Self.format, LocalizedText("\(error)"))])
            }
            return Rendering([RenderedArtifact(path: file.name, mediaType: Self.mediaType(name), format: Self.format)])
        } catch {
            return Rendering(failures: [FormatFailure(Self.format, cannotComment(name, error))])
        }
    }

    /// The open findings in their order, each with its first cell in the file.
    static func notes(_ review: Review, about name: String) -> [CellNote] {
        let titles = review.ruleTitles
        return review.openFindings.map { located in
            let finding = located.finding
            var note = CellNote(
                severity: finding.severity.name(review.locale),
                rule: titles[finding.rule]?(review.locale) ?? finding.rule,
                message: finding.message(review.locale),
                hint: finding.hint?(review.locale)
            )
            note.elsewhere = located.locations.first?.place.brief ?? ""
            for location in located.locations where note.cell == nil {
                guard case .cell(let file, let sheet, let address) = location.place,
                    file == name || file.hasSuffix("/" + name)
                else { continue }
                note.cell = CellNote.Cell(sheet: sheet, address: address)
            }
            return note
        }
    }

    /// `applicant.reviewed.xlsx` for `applicant.xlsx`.
    static func copyName(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name + ".reviewed.xlsx" }
        return name[..<dot] + ".reviewed" + name[dot...]
    }

    private static func mediaType(_ name: String) -> String {
        name.lowercased().hasSuffix(".xlsm")
            ? "application/vnd.ms-excel.sheet.macroEnabled.12"
            : WorkbookParts.types + ".sheet"
    }
}

/// A finding as it is written into a workbook.
struct CellNote: Sendable, Hashable {
    var severity: String
    var rule: String
    var message: String
    var hint: String?
    /// Where it stands in the workbook; `nil` for what is about something else.
    var cell: Cell?
    /// Its place for people, where that is not in the workbook.
    var elsewhere = ""

    struct Cell: Sendable, Hashable {
        var sheet: String
        var address: CellAddress

        /// `明细!F7`.
        var text: String { "\(sheet)!\(address)" }
    }

    /// As a note at a cell has it.
    var text: String { "\(severity)｜\(rule)\n\(message)" + (hint.map { "\n" + $0 } ?? "") }
}

// MARK: - Messages

private func cannotComment(_ name: String, _ error: OfficeFileError) -> LocalizedText {
    LocalizedText(
        zh: "无法在\(name)的副本中写批注：\(error.reason.zh)" + (error.help.map { "；\($0.zh)" } ?? ""),
        en: "no notes can be written into a copy of \(name): \(error.reason.en)"
            + (error.help.map { "; \($0.en)" } ?? "")
    )
}
