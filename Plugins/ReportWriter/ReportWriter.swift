import PluginKit
import ReportDocument
import ReportNames
import ReportTemplate
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
            onRequest: [ReportFormat.document.rawValue],
            finds: true,
            takesForm: true,
            configSchema: ReportSettings.schema
        )
    }

    func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        try await validate(configuration, in: FormContext())
    }

    func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] {
        let (settings, diagnostics) = remembered.read(configuration)
        guard let settings else { return diagnostics }
        var found = diagnostics + settings.unknownNames(configuration, context.form)
        if let given = context.given {
            let needs = ReportNeeds(
                needs: settings.template.needs,
                fields: given.fields,
                rowCounts: given.rowCounts,
                form: context.form
            )
            found += needs.diagnostics
            found += settings.mistakes(inTextsOf: given.fields, configuration, context.form)
        }
        return found
    }

    func render(_ request: RenderingRequest) async throws -> Rendering {
        let (settings, diagnostics) = remembered.read(request.configuration)
        guard let settings, !diagnostics.contains(where: { $0.severity >= .error }) else {
            throw ReportError.invalidSettings(diagnostics)
        }
        var request = request
        request.review.locale = settings.template.locale ?? request.review.locale
        for table in try await furtherTables(settings.names, request) { request.dossier.set(table) }
        let (document, findings) = try compose(settings.template, request)
        return Rendering(try await write(document, settings, request), findings: findings)
    }

    /// Makes the formats that are wanted, side by side, for each reads the document and none another, and writes them one after the
    /// other: what cannot be written is told in the same words each time.
    private func write(
        _ document: Document,
        _ settings: ReportSettings,
        _ request: RenderingRequest
    ) async throws -> [RenderedArtifact] {
        let formats = ReportFormat.allCases.filter { request.formats.contains($0.rawValue) }
        let made = await withTaskGroup(of: (ReportFormat, [ScratchFile]).self) { group in
            for format in formats {
                group.addTask { (format, format.files(of: document, request.review, settings)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return try formats.flatMap { format in
            try (made[format] ?? []).map { file in
                try file.write(into: request.scratchDirectory)
                return RenderedArtifact(path: file.name, mediaType: format.mediaType, format: format.rawValue)
            }
        }
    }
}

extension TemplateOutline {
    /// What verdicts, titles, messages and raters are called in the report: its own language, whatever the review is read in. A third
    /// language has no such words, and takes those of the review.
    fileprivate var locale: Locale? {
        let tag = language.lowercased()
        return Locale.allCases.first { tag == $0.rawValue || tag.hasPrefix($0.rawValue + "-") }
    }
}

/// The document that a template makes of a review, and what is to be said of it: what it lacks, and mistakes in the tags of
/// the dossier's own texts.
func compose(_ template: TemplateOutline, _ request: RenderingRequest) throws -> (Document, [Finding]) {
    let terms = Dictionary(template.terms.map { ($0.name, $0.wording) }) { first, _ in first }
    let model = ReportModel(request, terms: terms)
    let expander = Expander(
        model,
        language: TemplateLanguage(words: template.words ?? DocumentWords(tag: template.language))
    )
    var document = try DocumentAssembler.document(template, expander).markedIfIncomplete(request.review)
    document.properties.review = request.review.id
    if let overflow = model.overflow { throw overflow }
    let dossier = request.dossier
    let holes = ReportHoles(
        holes: expander.holes,
        needs: template.needs,
        fields: Set(ReportModel.fields + dossier.fields.keys)
    ).findings
    let rows = Dictionary(dossier.tables.map { ($0.name, Optional($0.rowCount)) }) { first, _ in first }
    // What is printed as a hole is said once.
    let marked = Set(holes.map(\.subject))
    let needs = ReportNeeds(needs: template.needs, fields: dossier.fields, rowCounts: rows).findings
        .filter { !marked.contains($0.subject) }
    let pictures = ReportPictures(expander.pictures)
    let further = ReportHoles.findings(model.values.log.diagnostics) + pictures.findings
    return (pictures.marked(document), holes + needs + expander.doublings.map(\.finding) + further)
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
    /// The document as data, for renderers that write further formats of it.
    case document

    /// What follows the report's name in that of the file.
    var ending: String {
        switch self {
        case .md, .html: "." + rawValue
        case .document: ".document.json"
        }
    }

    var mediaType: String {
        switch self {
        case .md: "text/markdown; charset=utf-8"
        case .html: "text/html; charset=utf-8"
        case .document: "application/vnd.pingshen.document+json"
        }
    }

    /// The report, and beside it in HTML what the program says about it.
    func files(of document: Document, _ review: Review, _ settings: ReportSettings) -> [ScratchFile] {
        let name = settings.name + ending
        switch self {
        case .md: return [ScratchFile(name: name, text: MarkdownRenderer(document).render())]
        case .document: return [ScratchFile(name: name, text: jsonText(document.wire))]
        case .html:
            let isUsual = settings.name == ReportSettings.usualName
            let apparatus = isUsual ? "findings.html" : settings.name + "-findings.html"
            let figures = HTMLFigures(review, report: name, apparatus: apparatus)
            let report = HTMLRenderer.page(document, figures)
            // The entries are those that the report has linked to.
            let findings = HTMLApparatus.page(document, of: review, areas: settings.template.areas, figures)
            return [ScratchFile(name: name, text: report), ScratchFile(name: apparatus, text: findings)]
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
