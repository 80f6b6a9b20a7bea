public import GivenDocuments
public import ReviewModel

/// Where the report is that a step reads: a text among its settings, `report`, or a file, `document`.
public struct ReportInput: Sendable {
    private enum Source { case none, text(String), file(String) }

    private let source: Source
    /// Whether scanned pages are to be recognised.
    private let recognises: Bool

    /// What was lost on the way from the file, and the report.
    public struct Reading: Sendable {
        public var report: ReportText
        public var losses: [GivenLoss] = []
    }

    /// - Parameters:
    ///   - report: the setting `report`: the report as text, tables parted by tabs.
    ///   - document: the setting `document`: the path of a file.
    ///   - ocr: the setting `ocr`: whether the text of scanned pages is recognised.
    ///   - log: takes what is wrong with them: one of the two must be there.
    public init(report: ValueReader?, document: ValueReader?, ocr: ValueReader? = nil, log: DiagnosticLog) {
        recognises = ocr?.boolean() ?? false
        if recognises, document != nil {
            do throws(UnreadableDocument) { try TextRecognition().check() } catch {
                log.add(cannotRecognise(error, at: JSONPointer(["ocr"])))
            }
        }
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
    /// - Parameter context: is told how many scanned pages are read, and has a folder for them.
    /// - Throws: `InvalidSettings` for a file that cannot be read.
    public func read(
        _ words: ReportWords,
        in context: any RoleContext = SilentContext()
    ) throws(InvalidSettings) -> Reading {
        switch source {
        case .none: return Reading(report: ReportText("", words: words))
        case .text(let text):
            let report = ReportText(text, words: words)
            return Reading(report: report, losses: recognises ? [GivenLoss(.recognised, recognisedText(text))] : [])
        case .file(let path):
            do throws(UnreadableDocument) {
                let recognition = TextRecognition(folder: context.scratchDirectory) { done, total in
                    context.progress(done: done, total: total, message: "OCR")
                }
                if recognises { context.restsOnMore("tesseract") }
                let document = try GivenDocument.read(path, recognition: recognises ? recognition : nil)
                return Reading(report: ReportText(document, words: words), losses: document.losses)
            } catch { throw InvalidSettings(diagnostics: [unreadable(path, error)]) }
        }
    }

    /// The settings, for the schema of a plugin.
    public static let properties: Record = [
        "report": [
            "type": "string", "description": "the report as text, tables parted by tabs; usually !include report.txt",
        ],
        "document": [
            "type": "string",
            "description":
                "instead of report: the report as a file, Word, PDF, HTML, Markdown or text: !file report.docx",
        ],
        "ocr": [
            "type": "boolean",
            "description":
                "whether the text of scanned pages of a PDF is recognised (tesseract), or report was: every such page is a finding, for its figures may be wrong",
        ],
    ]

    /// One of the two is there, for the schema of a plugin.
    public static let oneOf: Value = [["required": ["report"]], ["required": ["document"]]]
}

// MARK: - Messages

private func recognisedText(_ text: String) -> LocalizedText {
    func isDigit(_ character: Character) -> Bool {
        ("0"..."9").contains(character) || ("０"..."９").contains(character)
    }
    let figures = text.split { !isDigit($0) && $0 != "." && $0 != "," }.count { $0.contains(where: isDigit) }
    return LocalizedText(
        zh: "报告文字由 OCR 识别，可能有错；其中的 \(figures) 个数字须对照原件核对",
        en:
            "the text of the report was recognised (OCR) and may be wrong: compare its \(figures) figures with the original"
    )
}

private func unreadable(_ path: String, _ error: UnreadableDocument) -> ConfigurationDiagnostic {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var diagnostic = ConfigurationDiagnostic(
        code: "report/unreadable",
        message: LocalizedText(
            zh: "报告\(quoted(name))无法读取：\(error.reason.zh)",
            en: "the report \(quoted(name)) cannot be read: \(error.reason.en)"
        ),
        pointer: JSONPointer(["document"]),
        help: error.help
    )
    diagnostic.isOfFile = true
    return diagnostic
}

private func cannotRecognise(_ error: UnreadableDocument, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(code: "report/no-ocr", message: error.reason, pointer: pointer, help: error.help)
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
