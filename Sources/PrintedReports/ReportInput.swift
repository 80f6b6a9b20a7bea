public import GivenDocuments
public import ReviewModel

/// Where the report is that a step reads: a text among its settings, `report`, or a file, `document`.
public struct ReportInput: Sendable {
    private enum Source { case none, text(String), file(String) }

    private let source: Source

    /// What was lost on the way from the file, and the report.
    public struct Reading: Sendable {
        public var report: ReportText
        public var losses: [GivenLoss] = []
    }

    /// - Parameters:
    ///   - report: the setting `report`: the report as text, tables parted by tabs.
    ///   - document: the setting `document`: the path of a file.
    ///   - log: takes what is wrong with them: one of the two must be there.
    public init(report: ValueReader?, document: ValueReader?, log: DiagnosticLog) {
        switch (report, document) {
        case (nil, nil):
            source = .none
            log.add(neither())
        case (let report?, nil): source = report.text().map(Source.text) ?? .none
        case (nil, let document?):
            source = document.text().map(Source.file) ?? .none
            if case .file(let path) = source { Self.check(path, log) }
        case (_?, let document?):
            source = .none
            log.add(both(at: document.pointer))
        }
    }

    private static func check(_ path: String, _ log: DiagnosticLog) {
        do throws(UnreadableDocument) { try GivenDocument.check(path) } catch { log.add(unreadable(path, error)) }
    }

    /// Reads the report.
    ///
    /// - Throws: `InvalidSettings` for a file that cannot be read.
    public func read(_ words: ReportWords) throws(InvalidSettings) -> Reading {
        switch source {
        case .none: return Reading(report: ReportText("", words: words))
        case .text(let text): return Reading(report: ReportText(text, words: words))
        case .file(let path):
            do throws(UnreadableDocument) {
                let document = try GivenDocument.read(path)
                return Reading(report: ReportText(document, words: words), losses: document.losses)
            } catch { throw InvalidSettings(diagnostics: [unreadable(path, error)]) }
        }
    }

    /// The two settings, for the schema of a plugin.
    public static let properties: Record = [
        "report": [
            "type": "string", "description": "the report as text, tables parted by tabs; usually !include report.txt",
        ],
        "document": [
            "type": "string",
            "description":
                "instead of report: the report as a file, Word, PDF, HTML, Markdown or text: !file report.docx",
        ],
    ]

    /// One of the two is there, for the schema of a plugin.
    public static let oneOf: Value = [["required": ["report"]], ["required": ["document"]]]
}

// MARK: - Messages

private func unreadable(_ path: String, _ error: UnreadableDocument) -> ConfigurationDiagnostic {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return ConfigurationDiagnostic(
        code: "report/unreadable",
        message: LocalizedText(
            zh: "报告\(quoted(name))无法读取：\(error.reason.zh)",
            en: "the report \(quoted(name)) cannot be read: \(error.reason.en)"
        ),
        pointer: JSONPointer(["document"]),
        help: error.help
    )
}

private func neither() -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(zh: "没有给出报告", en: "no report is given"),
        pointer: JSONPointer(),
        help: LocalizedText(
            zh: "请写 document: !file 报告.docx，或 report: !include 报告.txt",
            en: "write document: !file report.docx, or report: !include report.txt"
        )
    )
}

private func both(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "report/two-reports",
        message: LocalizedText(
            zh: "report 和 document 只能给出一个",
            en: "report and document are both given, where one is wanted"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请删去其中一个", en: "remove one of them")
    )
}
