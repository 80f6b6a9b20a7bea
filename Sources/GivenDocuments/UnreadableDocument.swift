public import Groundwork
internal import LocalFiles
internal import OfficeFiles

/// Why a document was not read, and the next step.
public struct UnreadableDocument: Error, Sendable, Hashable, CustomStringConvertible {
    /// Half a sentence, to stand after the file's name and a colon.
    public var reason: LocalizedText
    public var help: LocalizedText?

    public init(reason: LocalizedText, help: LocalizedText? = nil) { (self.reason, self.help) = (reason, help) }

    init(_ error: FileError) { self.init(reason: error.reason, help: error.help) }
    init(_ error: OfficeFileError) { self.init(reason: error.reason, help: error.help) }

    public var description: String { reason.en + (help.map { "; \($0.en)" } ?? "") }
}

// MARK: - Messages

extension UnreadableDocument {
    private static let saveAsWord = LocalizedText(
        zh: "请在 Word 或 WPS 中打开，另存为 .docx 后再用",
        en: "open it in Word or WPS and save it as .docx"
    )

    static let empty = UnreadableDocument(.isEmpty)

    static let richText = UnreadableDocument(
        reason: LocalizedText(zh: "这是 RTF 文件", en: "it is an RTF file"),
        help: saveAsWord
    )

    static let picture = UnreadableDocument(
        reason: LocalizedText(zh: "这是图片，没有可读的文字", en: "it is a picture, which has no text to read"),
        help: LocalizedText(
            zh: "请取得原文件（.docx 或由其导出的 PDF）",
            en: "ask for the file that it was made of: the .docx, or a PDF exported from it"
        )
    )

    static let unknown = UnreadableDocument(
        reason: LocalizedText(
            zh: "不认识的文件：不是 Word（.docx）、PDF、HTML、Markdown，也不是文本",
            en: "it is of no known kind: neither Word (.docx) nor PDF, HTML, Markdown or text"
        ),
        help: saveAsWord
    )

    static func tooMuch(_ what: LocalizedText) -> UnreadableDocument {
        UnreadableDocument(
            reason: LocalizedText(zh: "文件过大：\(what.zh)", en: "it is too large: \(what.en)"),
            help: LocalizedText(zh: "请分成几个文件", en: "divide it into several files")
        )
    }
}
