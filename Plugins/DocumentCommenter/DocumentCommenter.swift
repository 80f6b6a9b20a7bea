import Groundwork
import OfficeFiles
import PluginKit
import ReviewModel

/// Writes the findings about a Word file into a copy of it, as Word's own comments at the paragraphs and cells that they are about.
///
/// All else of the file stays as it is, byte for byte; comments that are there already stay, too.
struct DocumentCommenter: ConfiguredRenderer {
    static let format = "reviewed"
    static let mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    struct Settings: PluginSettings {
        var document: String
        var author: String

        init(_ settings: SettingsReader) {
            document = settings.text("document")
            author = settings.text("author", default: "Pingshen")
        }
    }

    let role = RoleDescription.renderer(
        "document-commenter",
        "writes the findings about a Word file into a copy of it, as comments (批注)",
        writes: [DocumentCommenter.format],
        reviewParts: ["findings", "ruleCatalogue"],
        settings: Settings.self
    )

    func render(_ request: RenderingRequest, _ settings: Settings) throws -> Rendering {
        guard request.formats.contains(Self.format) else { return Rendering() }
        let name = settings.document.split(separator: "/").last.map(String.init) ?? settings.document
        do throws(OfficeFileError) {
            let zip = try ZipReader(file: settings.document)
            let comments = Self.comments(request.review, about: name)
            let bytes = try CommentedDocument(zip, author: settings.author).adding(comments)
            let file = ScratchFile(name: Self.copyName(name), bytes: bytes)
            do { try file.write(into: request.scratchDirectory) } catch {
                return Rendering(failures: [FormatFailure(Self.format, LocalizedText("\(error)"))])
            }
            return Rendering([RenderedArtifact(path: file.name, mediaType: Self.mediaType, format: Self.format)])
        } catch {
            return Rendering(failures: [FormatFailure(Self.format, cannotComment(name, error))])
        }
    }

    /// The open findings whose first place is in the file, in their order.
    private static func comments(_ review: Review, about name: String) -> [DocumentComment] {
        let titles = review.ruleTitles
        return review.openFindings.compactMap { located in
            guard let place = located.locations.first?.place,
                place.file == name || place.file.hasSuffix("/" + name)
            else { return nil }
            let finding = located.finding
            let title = titles[finding.rule]?(review.locale) ?? finding.rule
            var lines = ["\(finding.severity.name(review.locale))｜\(title)", finding.message(review.locale)]
            if let hint = finding.hint { lines.append(hint(review.locale)) }
            return DocumentComment(place: place, lines: lines)
        }
    }

    /// `report.reviewed.docx` for `report.docx`.
    private static func copyName(_ name: String) -> String {
        let base = name.lowercased().hasSuffix(".docx") ? String(name.dropLast(5)) : name
        return base + ".reviewed.docx"
    }
}

/// A comment that is to be written.
struct DocumentComment: Sendable, Hashable {
    var place: Place
    /// Its paragraphs.
    var lines: [String]
}

// MARK: - Messages

private func cannotComment(_ name: String, _ error: OfficeFileError) -> LocalizedText {
    LocalizedText(
        zh: "无法在\(name)的副本中写批注：\(error.reason.zh)" + (error.help.map { "；\($0.zh)" } ?? ""),
        en: "no comments can be written into a copy of \(name): \(error.reason.en)"
            + (error.help.map { "; \($0.en)" } ?? "")
    )
}
