import FindingAnswers
import Groundwork
import OfficeFiles
import PluginKit
import ReviewModel

/// Writes the findings about a document into a copy of it: into a Word file as Word's own comments at the paragraphs, cells and words that
/// they are about, into a PDF as marks on its pages; and reads what people have answered to the comments of an earlier round.
///
/// All else of the file stays as it is, byte for byte; comments that are there already stay, too.
struct DocumentCommenter: ConfiguredRenderer {
    /// The copy with comments.
    static let reviewed = "reviewed"
    /// The same with tracked changes where it is certain what should stand there.
    static let suggested = "suggested"
    /// What people have answered, as lists for the spec.
    static let answers = "answers"

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
        "writes the findings about a Word or PDF file into a copy of it, as comments (批注), and reads the answers to them",
        writes: [DocumentCommenter.reviewed, DocumentCommenter.suggested, DocumentCommenter.answers],
        reviewParts: ["adjustments", "findings", "ruleCatalogue"],
        onRequest: [DocumentCommenter.suggested],
        finds: true,
        settings: Settings.self
    )

    func render(_ request: RenderingRequest, _ settings: Settings) throws -> Rendering {
        let name = settings.document.split(separator: "/").last.map(String.init) ?? settings.document
        let isSuggested = request.formats.contains(Self.suggested)
        let format = isSuggested ? Self.suggested : Self.reviewed
        let wanted = isSuggested || request.formats.contains(Self.reviewed)
        let findings = FindingComments(review: request.review, document: name, certain: Set(settings.certain))
        let comments = findings.comments()
        var rendering = Rendering()
        var files: [(file: ScratchFile, mediaType: String, format: String)] = []
        do throws(UnreadableDocument) {
            let document = try ReviewedDocument(settings.document, author: settings.author)
            if wanted {
                let bytes = try document.copy(with: comments, suggests: isSuggested)
                let copy = ScratchFile(name: document.kind.copyName(name), bytes: bytes)
                files.append((copy, document.kind.mediaType, format))
            }
            if request.formats.contains(Self.answers), case .word(let word) = document.content {
                let answers = FindingAnswers(
                    word.answered(among: comments),
                    request.review,
                    document: name,
                    medium: .word
                )
                rendering.findings = answers.findings
                files += answers.files.map {
                    (ScratchFile(name: $0.name, text: $0.text), "application/yaml", Self.answers)
                }
            }
        } catch {
            return Rendering(failures: [FormatFailure(format, cannotComment(name, error))])
        }
        for (file, type, format) in files {
            do { try file.write(into: request.scratchDirectory) } catch {
                return Rendering(failures: [FormatFailure(format, LocalizedText("\(error)"))])
            }
            rendering.artifacts.append(RenderedArtifact(path: file.name, mediaType: type, format: format))
        }
        return rendering
    }
}

// MARK: - Messages

private func cannotComment(_ name: String, _ error: UnreadableDocument) -> LocalizedText {
    LocalizedText(
        zh: "无法在\(name)的副本中写批注：\(error.reason.zh)" + (error.help.map { "；\($0.zh)" } ?? ""),
        en: "no comments can be written into a copy of \(name): \(error.reason.en)"
            + (error.help.map { "; \($0.en)" } ?? "")
    )
}
