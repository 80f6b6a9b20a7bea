import LocalFiles
import PluginKit
import ReviewModel

/// Writes the findings of a review for other programs and for the desk: SARIF, JUnit XML, and a working list, which takes over the ticks
/// and remarks of the one that stands in the folder of the review.
struct FindingsWriter: ConfiguredRenderer {
    let role = RoleDescription.renderer(
        "findings-writer",
        "Writes the findings as SARIF, as JUnit XML and as a working list in Markdown.",
        writes: FindingsFormat.allCases.map(\.rawValue),
        reviewParts: ["findings", "fixed", "ruleCatalogue"],
        takes: [FindingsFormat.worklist.rawValue],
        settings: WorklistSettings.self
    )

    func render(_ request: RenderingRequest, _ settings: WorklistSettings) throws -> Rendering {
        var artifacts: [RenderedArtifact] = []
        let earlier = request.taken.first { $0.format == FindingsFormat.worklist.rawValue }.flatMap(
            EarlierWorklist.init
        )
        for format in FindingsFormat.allCases where request.formats.contains(format.rawValue) {
            let list = WorkingList(review: request.review, questions: settings, earlier: earlier ?? EarlierWorklist())
            let file = ScratchFile(name: format.fileName, text: format.text(of: list))
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

    /// - Parameter list: the review, with what the working list needs beside it.
    func text(of list: WorkingList) -> String {
        switch self {
        case .sarif: jsonText(sarifLog(list.review))
        case .junit: junitXML(list.review)
        case .worklist: list.text
        }
    }
}

extension EarlierWorklist {
    /// `nil` for a file that cannot be read; then nobody has worked with it.
    fileprivate init?(_ file: TakenFile) {
        guard let bytes = try? OutsideFile(file.path, atMost: Self.mostBytes).bytes() else { return nil }
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    private static let mostBytes = 64 << 20
}
