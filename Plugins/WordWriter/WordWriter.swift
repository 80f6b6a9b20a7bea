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

    func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        let (settings, diagnostics) = WordSettings.read(configuration)
        return diagnostics + FirmLetterhead.diagnostics(settings)
    }

    func render(_ request: RenderingRequest, _ settings: WordSettings) async throws -> Rendering {
        var rendering = Rendering()
        let letterhead = try FirmLetterhead(settings)
        // A run that finds no mistakes shows none of what `validate` says of the letterhead, and it goes into every report.
        for remark in letterhead?.document.remarks ?? [] {
            request.context.log(.warning, remark.line(request.context.locale))
        }
        for report in try ReportFile.all(request.taken) {
            let written = try await write(report, letterhead, request)
            rendering.artifacts += written.artifacts
            rendering.failures += written.failures
        }
        return rendering
    }

    private func write(
        _ report: ReportFile,
        _ letterhead: FirmLetterhead?,
        _ request: RenderingRequest
    ) async throws -> Rendering {
        var rendering = Rendering()
        var pages: [String: Int] = [:]
        if request.formats.contains("pdf") {
            request.context.restsOnMore("LibreOffice")
            do {
                let layout = try await layout(report.document, letterhead, request)
                let file = report.name + ".pdf"
                try FileSystem.write(layout.pdf, to: request.scratchDirectory + "/" + file)
                rendering.artifacts.append(RenderedArtifact(path: file, mediaType: "application/pdf"))
                pages = layout.headingPages
            } catch let failure as FailedFormat {
                rendering.failures.append(failure.failure)
            }
        }
        if request.formats.contains("docx") {
            let word = try WordFile(report.document, on: letterhead, headingPages: pages)
            // The file stands, with a mark in place of what could not be shown; nobody may take it for whole.
            rendering.failures += word.problems.map { FormatFailure("docx", $0) }
            for notice in word.notices { request.context.log(.warning, notice(request.context.locale)) }
            let file = report.name + ".docx"
            try FileSystem.write(word.bytes, to: request.scratchDirectory + "/" + file)
            rendering.artifacts.insert(
                RenderedArtifact(path: file, mediaType: WordWriter.mediaType),
                at: 0
            )
        }
        return rendering
    }

    private func layout(
        _ document: Document,
        _ letterhead: FirmLetterhead?,
        _ request: RenderingRequest
    ) async throws -> PDFRendering {
        guard let office = LibreOffice() else { throw FailedFormat(failure: .noLibreOffice) }
        guard LibreOffice.canRun else { throw FailedFormat(failure: .shutIn) }
        let folder = request.scratchDirectory + "/.layout"
        do {
            try FileSystem.makeFolder(folder)
            defer { FileSystem.remove(folder) }
            let house = WordFile.house(of: document, on: letterhead)
            let fonts = (letterhead?.styles.ids ?? StyleIDs()).tableFonts(house)
            let digits = try await office.digitWidth(of: fonts, in: folder, language: document.language)
            return try await PDFRendering(of: document, by: office, in: folder) { pages in
                try WordFile(document, on: letterhead, headingPages: pages, isForLayout: true, digits: digits).bytes
            }
        } catch let error as CancellationError {
            throw error
        } catch { throw FailedFormat(failure: .pdf(error)) }
    }

    private struct FailedFormat: Error {
        var failure: FormatFailure
    }

    static let mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}

/// A document as a Word file: in the style of the house, or on a firm's letterhead.
struct WordFile {
    let bytes: [UInt8]
    /// What could not be shown.
    let problems: [LocalizedText]
    /// What had to be done with tables that no page holds.
    let notices: [LocalizedText]

    /// The style of the house, in the type of a letterhead where there is one.
    static func house(of document: Document, on letterhead: FirmLetterhead?) -> HouseStyle {
        let usual = HouseStyle(of: document)
        return letterhead?.styles.ids.running.map { usual.onLetterhead(size: $0.size) } ?? usual
    }

    /// - Parameter digits: how wide they are where the document is laid out, in thousandths of the size of the type; `nil` where the font
    ///   that the document names is taken for what its name says.
    init(
        _ document: Document,
        on letterhead: FirmLetterhead? = nil,
        headingPages: [String: Int] = [:],
        isForLayout: Bool = false,
        digits: Int? = nil
    ) throws(OfficeFileError) {
        guard let letterhead else {
            let package = WordPackage(document, headingPages: headingPages, isForLayout: isForLayout, digits: digits)
            (bytes, problems) = (try package.bytes(), package.writer.pictures.problems)
            notices = package.writer.tableNotices
            return
        }
        let package = try FirmPackage(
            document,
            on: letterhead.document,
            styles: letterhead.styles,
            headingPages: headingPages,
            isForLayout: isForLayout,
            digits: digits
        )
        (bytes, problems) = (try package.bytes(), package.writer.pictures.problems)
        notices = package.writer.tableNotices + package.notices
    }
}
