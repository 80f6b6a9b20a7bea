public import Groundwork

/// What is wrong with a PDF file, and the next step.
public struct PDFError: Error, Sendable, Hashable {
    /// Half a sentence, to stand after the file's name and a colon.
    public var reason: LocalizedText
    public var help: LocalizedText?

    public init(_ reason: LocalizedText, help: LocalizedText? = nil) { (self.reason, self.help) = (reason, help) }
}

// MARK: - Messages

extension PDFError {
    private static let printAgain = LocalizedText(
        zh: "请用阅读器打开，另存或打印为新的 PDF 后再用",
        en: "open it in a reader and save it, or print it as a new PDF"
    )

    static let damaged = PDFError(LocalizedText(zh: "PDF 文件已损坏", en: "the PDF file is damaged"), help: printAgain)

    static let noPDF = PDFError(LocalizedText(zh: "这不是 PDF 文件", en: "it is no PDF file"))

    static let encrypted = PDFError(
        LocalizedText(zh: "PDF 文件设有密码或权限限制", en: "the PDF file has a password, or restrictions"),
        help: LocalizedText(zh: "请去掉密码和限制后另存一份", en: "save a copy without password and restrictions")
    )

    static let noPages = PDFError(LocalizedText(zh: "PDF 文件没有页面", en: "the PDF file has no pages"))

    static func tooLarge(_ limit: Int) -> PDFError {
        PDFError(
            LocalizedText(zh: "PDF 文件解压后超过 \(limit) 字节", en: "the PDF file unpacks to more than \(limit) bytes")
        )
    }
}
