import Groundwork
import OfficeFiles
import PluginKit
import ReviewModel

/// Writes the findings about a document into a copy of it: into a Word file as Word's own comments at the paragraphs, cells and words that
/// they are about; and reads what people have answered to those of an earlier round.
///
/// All else of the file stays as it is, byte for byte; comments that are there already stay, too.
struct DocumentCommenter: ConfiguredRenderer {
    /// The copy with comments.
    static let reviewed = "reviewed"
    /// The same with tracked changes where it is certain what should stand there.
    static let suggested = "suggested"
    /// What people have answered, as lists for the spec.
    static let answers = "answers"
    static let mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    struct Settings: PluginSettings {
        var document: String
        var author: String
        var certain: [String]

        init(_ settings: SettingsReader) {
            document = settings.text("document")
            author = settings.text("author", default: "Pingshen")
            certain = settings.texts("certain")
        }
    }

    let role = RoleDescription.renderer(
        "document-commenter",
        "writes the findings about a Word file into a copy of it, as comments (批注), and reads the answers to them",
        writes: [DocumentCommenter.reviewed, DocumentCommenter.suggested, DocumentCommenter.answers],
        reviewParts: ["adjustments", "findings", "ruleCatalogue"],
        onRequest: [DocumentCommenter.suggested],
        finds: true,
        settings: Settings.self
    )

    func render(_ request: RenderingRequest, _ settings: Settings) throws -> Rendering {
        let name = settings.document.split(separator: "/").last.map(String.init) ?? settings.document
        let suggests = request.formats.contains(Self.suggested)
        let format = suggests ? Self.suggested : Self.reviewed
        do throws(OfficeFileError) {
            let file = try CommentedDocument(file: settings.document, author: settings.author)
            var rendering = Rendering()
            var files: [(file: ScratchFile, format: String)] = []
            if suggests || request.formats.contains(Self.reviewed) {
                let made = FindingComments(review: request.review, document: name, certain: Set(settings.certain))
                let bytes = try file.adding(made.comments(), suggests: suggests)
                files.append((ScratchFile(name: Self.copyName(name), bytes: bytes), format))
            }
            if request.formats.contains(Self.answers) {
                let answers = Answers(file.ownFindings, in: file.document.comments, request.review, document: name)
                rendering.findings = answers.findings
                files += answers.files.map { (ScratchFile(name: $0.name, text: $0.text), Self.answers) }
            }
            for (file, format) in files {
                do { try file.write(into: request.scratchDirectory) } catch {
                    return Rendering(failures: [FormatFailure(format, LocalizedText("\(error)"))])
                }
                let type = format == Self.answers ? "application/yaml" : Self.mediaType
                rendering.artifacts.append(RenderedArtifact(path: file.name, mediaType: type, format: format))
            }
            return rendering
        } catch {
            return Rendering(failures: [FormatFailure(format, cannotComment(name, error))])
        }
    }

    /// `report.reviewed.docx` for `report.docx`, and for a copy that was made so.
    static func copyName(_ name: String) -> String {
        let isWord = name.lowercased().hasSuffix(".docx")
        let base = isWord ? String(name.dropLast(5)) : name
        return (base.hasSuffix(".reviewed") ? base : base + ".reviewed") + ".docx"
    }
}

// MARK: - Messages

private func cannotComment(_ name: String, _ error: OfficeFileError) -> LocalizedText {
    LocalizedText(
        zh: "无法在\(name)的副本中写批注：\(error.reason.zh)" + (error.help.map { "；\($0.zh)" } ?? ""),
        en: "no comments can be written into a copy of \(name): \(error.reason.en)"
            + (error.help.map { "; \($0.en)" } ?? "")
    )
}
