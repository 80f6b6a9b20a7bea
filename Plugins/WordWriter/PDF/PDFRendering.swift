import LocalFiles
import ReportDocument
import ReviewModel

/// A report laid out: its PDF file, and on which page each heading stands.
struct PDFRendering {
    var pdf: [UInt8]
    /// By the headings' anchors.
    var headingPages: [String: Int]

    /// Lays a document out, and once more with the page numbers that it has got. Numbers seldom move a line; when they do, a
    /// third layout has the numbers of the second.
    ///
    /// - Parameters:
    ///   - word: the document as a Word file, with these pages in its contents.
    ///   - folder: an absolute path of a folder to work in.
    init(
        of document: Document,
        by office: LibreOffice,
        in folder: String,
        word: ([String: Int]) throws -> [UInt8]
    ) async throws {
        var pages: [String: Int] = [:]
        var file: [UInt8] = []
        for _ in 0..<3 {
            file = try await office.pdf(of: word(pages), in: folder, language: document.language)
            let places = PDFPlaces(file)
            if document.language.lowercased().hasPrefix("zh"), places.hasNoChineseFont {
                throw NoChineseFont()
            }
            let found = Self.pages(of: document, places)
            if found == pages || !document.hasContents { break }
            pages = found
        }
        (pdf, headingPages) = (file, pages)
    }

    private static func pages(of document: Document, _ places: PDFPlaces) -> [String: Int] {
        var pages: [String: Int] = [:]
        for (index, heading) in document.headings.enumerated() {
            if let page = places.page(of: Bookmarks.heading(index + 1)) { pages[heading.anchor] = page }
        }
        return pages
    }
}

/// The machine has no font to print Chinese with.
struct NoChineseFont: Error {}

extension Document {
    fileprivate var hasContents: Bool {
        sections.contains { $0.blocks.contains { if case .contents = $0 { true } else { false } } }
    }
}

// MARK: - Messages

extension FormatFailure {
    static let noLibreOffice = FormatFailure(
        "pdf",
        LocalizedText(
            zh: "PDF 由 LibreOffice 排版，本机没有安装；请执行 apt install libreoffice-writer-nogui fonts-noto-cjk",
            en:
                "PDF files are laid out by LibreOffice, which is not installed: apt install libreoffice-writer-nogui fonts-noto-cjk"
        )
    )

    static let shutIn = FormatFailure(
        "pdf",
        LocalizedText(
            zh: "沙箱（--sandbox）不允许 LibreOffice 需要的本机套接字，PDF 未写出；Word 文件已写出，可在 Word 中另存为 PDF，或去掉 --sandbox 再运行",
            en:
                "the sandbox does not allow the Unix socket that LibreOffice needs, so no PDF file was written; save the Word file as PDF in Word, or run again without --sandbox"
        )
    )

    /// Why LibreOffice made no PDF file.
    static func pdf(_ error: any Error) -> FormatFailure {
        let reason: LocalizedText =
            switch error {
            case is NoChineseFont:
                LocalizedText(
                    zh: "本机没有中文字体；请执行 apt install fonts-noto-cjk",
                    en: "this machine has no font for Chinese: apt install fonts-noto-cjk"
                )
            case ChildProcess.Failure.tookTooLong:
                LocalizedText(
                    zh: "LibreOffice 排版超过五分钟，已中止",
                    en: "LibreOffice took more than five minutes and was ended"
                )
            case ChildProcess.Failure.killed(let signal):
                LocalizedText(
                    zh: "LibreOffice 被信号 \(signal) 中止，可能内存不足",
                    en: "LibreOffice was ended by signal \(signal); memory may be short"
                )
            case LibreOffice.Failure.noFile(let code):
                LocalizedText(
                    zh: "LibreOffice 没有写出 PDF（退出码 \(code)）；报告的 Word 文件已写出，可在 Word 中另存为 PDF",
                    en:
                        "LibreOffice has written no PDF file (exit code \(code)); the Word file is there, and Word can save it as PDF"
                )
            default: LocalizedText(zh: "PDF 未能写出：\(error)", en: "no PDF file was written: \(error)")
            }
        return FormatFailure("pdf", reason)
    }
}
