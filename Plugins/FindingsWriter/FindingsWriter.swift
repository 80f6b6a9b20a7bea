import PluginKit
import ReviewModel

/// Writes the findings of a review for other programs and for the desk: SARIF, JUnit XML, and a working list.
struct FindingsWriter: ConfiguredRenderer {
    let role = RoleDescription.renderer(
        "findings-writer",
        "Writes the findings as SARIF, as JUnit XML and as a working list in Markdown.",
        writes: FindingsFormat.allCases.map(\.rawValue),
        reviewParts: ["findings", "fixed", "ruleCatalogue"],
        settings: NoSettings.self
    )

    func render(_ request: RenderingRequest, _ settings: NoSettings) throws -> Rendering {
        var artifacts: [RenderedArtifact] = []
        for format in FindingsFormat.allCases where request.formats.contains(format.rawValue) {
            let file = ScratchFile(name: format.fileName, text: format.text(of: request.review))
            try file.write(into: request.scratchDirectory)
            artifacts.append(RenderedArtifact(path: file.name, mediaType: format.mediaType, format: format.rawValue))
        }
        return Rendering(artifacts)
    }
}

/// The formats that this plugin writes.
enum FindingsFormat: String, CaseIterable {
    case sarif, junit, worklist

    var fileName: String {
        switch self {
        case .sarif: "findings.sarif"
        case .junit: "findings.junit.xml"
        case .worklist: "worklist.md"
        }
    }

    var mediaType: String {
        switch self {
        case .sarif: "application/sarif+json"
        case .junit: "application/xml"
        case .worklist: "text/markdown; charset=utf-8"
        }
    }

    func text(of review: Review) -> String {
        switch self {
        case .sarif: jsonText(sarifLog(review))
        case .junit: junitXML(review)
        case .worklist: workingList(review)
        }
    }
}
