import BudgetReview
import PluginKit
import ReviewModel
import Synchronization

/// Writes the review as a report: the outline and wording come from the setting `template`, the figures from the review.
struct ReportWriter: Renderer {
    private let remembered = RememberedSettings()

    var role: RoleDescription {
        RoleDescription(
            kind: .renderer,
            name: "report-writer",
            summary: "Writes the review as a report in Markdown and HTML, from a template.",
            reads: ReportModel.tables,
            writes: ReportFormat.allCases.map(\.rawValue),
            configSchema: ReportSettings.schema
        )
    }

    func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        remembered.read(configuration).diagnostics
    }

    func render(_ request: RenderingRequest) async throws -> [RenderedArtifact] {
        let (settings, diagnostics) = remembered.read(request.configuration)
        guard let settings else { throw ReportError.invalidSettings(diagnostics) }
        let model = try ReportModel(request)
        let document = try DocumentAssembler.document(settings.template, model).markedIfIncomplete(request.review)
        for entry in model.names.entries { request.context.log(.warning, unknownName(entry)(request.review.locale)) }
        for diagnostic in model.diagnostics {
            request.context.log(.error, "\(diagnostic.pointer): \(diagnostic.message(request.review.locale))")
        }
        var artifacts: [RenderedArtifact] = []
        for format in ReportFormat.allCases where request.formats.contains(format.rawValue) {
            let file = ScratchFile(name: "report.\(format.rawValue)", text: format.text(of: document, request.review))
            try file.write(into: request.scratchDirectory)
            artifacts.append(RenderedArtifact(path: file.name, mediaType: format.mediaType))
        }
        return artifacts
    }
}

/// The settings that were read last: a host has them checked first and used right after, and reading a whole template
/// takes as long as filling it in.
private final class RememberedSettings: Sendable {
    typealias Reading = (settings: ReportSettings?, diagnostics: [ConfigurationDiagnostic])

    private let last = Mutex<(configuration: Value, reading: Reading)?>(nil)

    func read(_ configuration: Value) -> Reading {
        if let last = last.withLock({ $0 }), last.configuration == configuration { return last.reading }
        let reading = ReportSettings.read(configuration)
        last.withLock { $0 = (configuration, reading) }
        return reading
    }
}

/// The formats that this plugin writes.
enum ReportFormat: String, CaseIterable {
    case md, html

    var mediaType: String {
        switch self {
        case .md: "text/markdown; charset=utf-8"
        case .html: "text/html; charset=utf-8"
        }
    }

    func text(of document: Document, _ review: Review) -> String {
        switch self {
        case .md: MarkdownRenderer(document).render()
        case .html: HTMLRenderer(document, of: review).render()
        }
    }
}

/// Why no report was written.
enum ReportError: Error, CustomStringConvertible {
    case invalidSettings([ConfigurationDiagnostic])

    var description: String {
        switch self {
        case .invalidSettings(let diagnostics):
            let mistakes = diagnostics.map { "\($0.pointer): \($0.message.en)" }
            return "the settings of report-writer are invalid: " + mistakes.joined(separator: "; ")
        }
    }
}

// MARK: - Messages

private func unknownName(_ entry: NameLog.Entry) -> LocalizedText {
    LocalizedText(
        zh: "报告中没有名为\"\(entry.name)\"的内容（\(entry.pointer) 第 \(entry.line) 行第 \(entry.column) 列），已在页面上标出",
        en:
            "nothing is called \"\(entry.name)\" (\(entry.pointer), line \(entry.line), column \(entry.column)); marked on the page"
    )
}
