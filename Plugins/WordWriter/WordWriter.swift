import LocalFiles
import OfficeFiles
import PluginKit
import ReportDocument
import ReviewModel

/// Writes composed reports as Word files, and as PDF files by way of them.
struct WordWriter: ConfiguredRenderer {
    let role = RoleDescription.renderer(
        "word-writer",
        "Writes the report as a Word file, and as PDF when somebody asks for it.",
        writes: ["docx", "pdf"],
        reviewParts: [],
        takes: ["document"],
        onRequest: ["pdf"],
        settings: WordSettings.self
    )

    func render(_ request: RenderingRequest, _ settings: WordSettings) async throws -> Rendering {
        var rendering = Rendering()
        for report in try ReportFile.all(request.taken) {
            let package = WordPackage(report.document)
            for problem in package.writer.pictures.problems {
                request.context.log(.error, problem(request.context.locale))
            }
            let file = report.name + ".docx"
            try FileSystem.write(package.bytes(), to: request.scratchDirectory + "/" + file)
            rendering.artifacts.append(RenderedArtifact(path: file, mediaType: WordWriter.mediaType))
        }
        return rendering
    }

    static let mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}
