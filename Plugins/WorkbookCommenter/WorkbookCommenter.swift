import FindingAnswers
import Groundwork
import OfficeFiles
import PluginKit
import ReviewModel

/// Writes the findings about a workbook into a copy of it: notes at the cells that they are about, and a sheet with all of them; and
/// reads what people have answered in a copy that came back.
///
/// All else stays as it is, byte for byte: formulas, styles, charts, macros, how it prints. Notes that are there already stay, too.
struct WorkbookCommenter: ConfiguredRenderer {
    static let format = "reviewed"
    /// What people have answered, as lists for the spec.
    static let answers = "answers"

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
        "writes the findings about a workbook into a copy of it, as notes at their cells (批注), and reads the answers to them",
        writes: [WorkbookCommenter.format, WorkbookCommenter.answers],
        reviewParts: ["adjustments", "findings", "ruleCatalogue"],
        finds: true,
        settings: Settings.self
    )

    func render(_ request: RenderingRequest, _ settings: Settings) throws -> Rendering {
        let name = settings.book.split(separator: "/").last.map(String.init) ?? settings.book
        var (rendering, files) = (Rendering(), [(file: ScratchFile, mediaType: String, format: String)]())
        do throws(OfficeFileError) {
            let book = try ReviewedWorkbook(file: settings.book, author: settings.author)
            let notes = Self.notes(request.review, about: name)
            if request.formats.contains(Self.format) {
                let bytes = try book.adding(notes, locale: request.review.locale)
                files.append(
                    (ScratchFile(name: Self.copyName(name), bytes: bytes), Self.mediaType(name), Self.format)
                )
            }
            if request.formats.contains(Self.answers) {
                let answers = FindingAnswers(
                    try book.answered(among: notes),
                    request.review,
                    document: name,
                    medium: .workbook
                )
                rendering.findings = answers.findings
                files += answers.files.map {
                    (ScratchFile(name: $0.name, text: $0.text), "application/yaml", Self.answers)
                }
            }
        } catch {
            return Rendering(failures: [FormatFailure(Self.format, cannotComment(name, error))])
        }
        for (file, type, format) in files {
            do { try file.write(into: request.scratchDirectory) } catch {
                return Rendering(failures: [FormatFailure(format, LocalizedText("\(error)"))])
            }
            rendering.artifacts.append(RenderedArtifact(path: file.name, mediaType: type, format: format))
        }
        return rendering
    }

    /// The open findings in their order, each with its first cell in the file.
    static func notes(_ review: Review, about name: String) -> [CellNote] {
        let titles = review.ruleTitles
        return review.openFindings.map { located in
            let finding = located.finding
            var note = CellNote(
                severity: finding.severity.name(review.locale),
                rule: (titles[finding.rule] ?? untitled)(review.locale),
                message: finding.message(review.locale),
                hint: finding.hint?(review.locale),
                number: located.id
            )
            if !located.id.isEmpty { note.numberLine = FindingNumber.line(located.id)(review.locale) }
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

    /// `applicant.reviewed.xlsx` for `applicant.xlsx`, and for a copy that was made so.
    static func copyName(_ name: String) -> String {
        let name = originalName(name)
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
    /// What its rule is called.
    var rule: String
    var message: String
    var hint: String?
    /// The finding's id, by which an answer finds back; empty for none.
    var number = ""
    /// As people see it.
    var numberLine: String?
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
    var text: String {
        "\(severity)｜\(rule)\n\(message)" + (hint.map { "\n" + $0 } ?? "") + (numberLine.map { "\n" + $0 } ?? "")
    }
}

// MARK: - Messages

/// What readers and writers of files remark has no rule with a title.
private let untitled = LocalizedText(zh: "其他事项", en: "other")

private func cannotComment(_ name: String, _ error: OfficeFileError) -> LocalizedText {
    LocalizedText(
        zh: "无法在\(name)的副本中写批注：\(error.reason.zh)" + (error.help.map { "；\($0.zh)" } ?? ""),
        en: "no notes can be written into a copy of \(name): \(error.reason.en)"
            + (error.help.map { "; \($0.en)" } ?? "")
    )
}
