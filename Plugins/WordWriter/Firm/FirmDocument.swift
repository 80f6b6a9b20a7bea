import OfficeFiles
import ReviewModel

/// A Word file that a firm brings: its letterhead, styles and pages, and the place where the report goes.
///
/// What is not named here is never looked at: it goes into the report byte for byte.
struct FirmDocument {
    let zip: ZipReader
    /// The names of its parts.
    let main: String
    let styles: String?
    let stylesWithEffects: String?
    let footnotes: String?
    let core: String?
    let custom: String?
    let body: FirmBody
    /// Its styles, in their order.
    let styleList: [FirmStyle]
    let taken: TakenIDs
    /// What is odd about it, and does not keep it from being used.
    let remarks: [FirmRemark]

    /// The words that stand, alone in their paragraph, where the report goes.
    private static let placeholders = ["{{报告正文}}", "{{report}}"]

    /// Whether a paragraph is the placeholder.
    ///
    /// Blanks and the wide brackets of a Chinese keyboard are as good.
    /// - Throws: where it has more than that, for the report would stand elsewhere then, and the placeholder be printed.
    static func isPlaceholder(_ paragraph: String) throws(OfficeFileError) -> Bool {
        guard paragraph.utf8.contains(UInt8(ascii: "{")) || paragraph.unicodeScalars.contains("｛") else { return false }
        var text = ""
        for scalar in paragraph.unicodeScalars where !scalar.properties.isWhitespace {
            text.unicodeScalars.append(scalar == "｛" ? "{" : scalar == "｝" ? "}" : scalar)
        }
        if placeholders.contains(text) { return true }
        if placeholders.contains(where: { text.firstRange(of: $0) != nil }) { throw .placeholderNotAlone }
        return false
    }

    /// - Throws: ``OfficeFileError`` with the next step for what is no Word file, or none that a report can go into.
    init(file path: String) throws(OfficeFileError) { try self.init(ZipReader(file: path)) }

    init(_ zip: ZipReader) throws(OfficeFileError) {
        self.zip = zip
        let package = try FirmRelations(zip, of: "")
        guard let main = package.target("officeDocument"), zip[main] != nil else { throw .noWordFile }
        self.main = main
        try Self.checkKind(of: main, zip)
        let relations = try FirmRelations(zip, of: main)
        func part(_ name: String?) -> String? { name.flatMap { zip[$0] == nil ? nil : $0 } }
        styles = part(relations.target("styles"))
        stylesWithEffects = part(relations.target("stylesWithEffects"))
        footnotes = part(relations.target("footnotes"))
        core = part(package.target("core-properties"))
        custom = part(package.target("custom-properties"))
        body = try FirmBody(zip.bytes(of: main))
        let theme = try part(relations.target("theme")).map { name throws(OfficeFileError) in
            try FirmThemeFonts(zip.bytes(of: name))
        }
        styleList =
            try styles.map { name throws(OfficeFileError) in
                try FirmStyle.all(zip.bytes(of: name), theme: theme ?? FirmThemeFonts())
            } ?? []
        taken = try Self.taken(body, footnotes, zip)
        guard body.references.isSubset(of: relations.ids) else { throw .refersToNothing }
        remarks = try FirmRemark.all(zip, main, body, settings: part(relations.target("settings")))
    }

    private static func checkKind(of main: String, _ zip: ZipReader) throws(OfficeFileError) {
        var scanner = try XMLScanner(zip.bytes(of: "[Content_Types].xml"))
        while let token = try scanner.next() {
            guard token.attribute("PartName")?.lowercased() == "/" + main.lowercased(),
                let kind = token.attribute("ContentType")
            else { continue }
            if kind == OfficePackage.Kind.document.mediaType { return }
            throw kind.contains("macroEnabled")
                ? .hasMacros : kind.contains("template") ? .isTemplate : .noWordFile
        }
        throw .noWordFile
    }

    /// The highest numbers in use: of drawings in all parts of the text, headers and footers included, of bookmarks and notes.
    private static func taken(
        _ body: FirmBody,
        _ footnotes: String?,
        _ zip: ZipReader
    ) throws(OfficeFileError) -> TakenIDs {
        var taken = body.taken
        for entry in zip.entries where entry.name.hasPrefix("word/") && entry.name.hasSuffix(".xml") {
            let name = entry.name.dropFirst(5)
            guard entry.name == footnotes || name.hasPrefix("header") || name.hasPrefix("footer") else { continue }
            var scanner = try XMLScanner(zip.bytes(of: entry))
            var paragraph = ""
            while let token = try scanner.next() {
                if token.kind == .text { paragraph += token.text }
                switch token.name {
                case "w:p":
                    if try isPlaceholder(paragraph) { throw .placeholderInside }
                    paragraph = ""
                case "w:footnote": taken.footnote = max(taken.footnote, FirmBody.number(token, "w:id"))
                case "wp:docPr": taken.drawing = max(taken.drawing, FirmBody.number(token, "id"))
                case "w:bookmarkStart": taken.bookmark = max(taken.bookmark, FirmBody.number(token, "w:id"))
                default: continue
                }
            }
        }
        return taken
    }
}

/// What a part refers to.
struct FirmRelations {
    /// By the end of the relation's type: `styles`, `footnotes`.
    private var targets: [String: String] = [:]
    private(set) var ids: Set<String> = []
    /// Parts that it refers to, with the ends of their relations' types.
    private(set) var parts: [(kind: String, name: String)] = []
    /// What lies outside of the file, by the same.
    private(set) var outside: [String] = []

    init(_ zip: ZipReader, of part: String) throws(OfficeFileError) {
        let name = OfficePackage.relationshipsPart(of: part)
        guard zip[name] != nil else { return }
        let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
        var scanner = try XMLScanner(zip.bytes(of: name))
        while let token = try scanner.next() {
            if let id = token.attribute("Id") { ids.insert(id) }
            guard let type = token.attribute("Type"), let target = token.attribute("Target"),
                let kind = type.split(separator: "/").last
            else { continue }
            guard token.attribute("TargetMode") != "External" else {
                outside.append(String(kind))
                continue
            }
            let path = target.hasPrefix("/") ? String(target.dropFirst()) : folder + target
            if targets[String(kind)] == nil { targets[String(kind)] = path }
            parts.append((String(kind), path))
        }
    }

    func target(_ kind: String) -> String? { targets[kind] }
}

// MARK: - Messages

extension OfficeFileError {
    private static let saveAsWord = LocalizedText(
        zh: "请在 Word 或 WPS 中打开，另存为 Word 文档（.docx）",
        en: "open it in Word or WPS and save it as a Word document (.docx)"
    )

    static let noWordFile = OfficeFileError(
        reason: LocalizedText(zh: "这不是 Word 文档（.docx）", en: "it is no Word document (.docx)"),
        help: saveAsWord
    )

    static let hasMacros = OfficeFileError(
        reason: LocalizedText(
            zh: "这是带宏的文档（.docm），报告不能带宏",
            en: "it is a document with macros (.docm), and a report must have none"
        ),
        help: saveAsWord
    )

    static let isTemplate = OfficeFileError(
        reason: LocalizedText(zh: "这是 Word 模板（.dotx）", en: "it is a Word template (.dotx)"),
        help: saveAsWord
    )

    static let isStrict = OfficeFileError(
        reason: LocalizedText(
            zh: "它是\"Strict Open XML\"格式的文档，各类软件支持不一",
            en: "it is a \"Strict Open XML Document\", which many programs do not read"
        ),
        help: saveAsWord
    )

    static let placeholderInside = OfficeFileError(
        reason: LocalizedText(
            zh: "{{报告正文}} 在表格、文本框、内容控件或页眉页脚里，报告放不下",
            en: "{{report}} stands in a table, a text box, a content control or a margin, where a report cannot go"
        ),
        help: LocalizedText(
            zh: "请把 {{报告正文}} 单独放在正文的一个段落里",
            en: "put {{report}} into a paragraph of its own in the text"
        )
    )

    static let placeholderNotAlone = OfficeFileError(
        reason: LocalizedText(
            zh: "{{报告正文}} 所在的段落还有别的文字，印出来会留在报告里",
            en: "the paragraph of {{report}} has other words, and would be printed as it is"
        ),
        help: LocalizedText(zh: "请把 {{报告正文}} 单独放在一个段落里", en: "put {{report}} into a paragraph of its own")
    )

    static let noRoom = OfficeFileError(
        reason: LocalizedText(
            zh: "页边距几乎占满了页面，正文不足 2 厘米，报告放不下",
            en: "its margins leave less than 2 cm of the page for text"
        ),
        help: LocalizedText(zh: "请在\"布局\"中改小页边距或改用 A4", en: "make the margins smaller, or choose A4 (Layout)")
    )

    static let isReport = OfficeFileError(
        reason: LocalizedText(
            zh: "这是一份已经写成的报告，不是信纸：其中还有报告的数字",
            en: "it is a finished report and no letterhead: figures of a report stand in it"
        ),
        help: LocalizedText(
            zh: "请删去正文，只留下 {{报告正文}} 一段",
            en: "delete its text and leave one paragraph, {{report}}"
        )
    )

    static let hasChunk = OfficeFileError(
        reason: LocalizedText(
            zh: "它嵌入了另一份文件（altChunk），许多软件不显示，也不能带进报告",
            en: "another file is embedded in it (altChunk), which many programs do not show and a report cannot have"
        ),
        help: LocalizedText(
            zh: "请在 Word 中打开并另存为 .docx，嵌入的内容会变成正文",
            en: "open it in Word and save it as .docx, which makes text of it"
        )
    )

    static let refersToNothing = OfficeFileError(
        reason: LocalizedText(
            zh: "正文引用了文件中没有的图片、页眉或其他部件",
            en: "its text refers to a picture, header or other part that the file does not have"
        ),
        help: saveAsWord
    )

    static func lacks(_ part: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "文件不完整，缺少部件 \(part)",
                en: "the file is not whole: its part \(part) is missing"
            ),
            help: LocalizedText(
                zh: "请在 Word 或 WPS 中打开、检查页眉页脚，再另存为 .docx",
                en: "open it in Word or WPS, look at its headers and footers, and save it as .docx"
            )
        )
    }

    static let placeholderTwice = OfficeFileError(
        reason: LocalizedText(zh: "{{报告正文}} 出现了不止一次", en: "{{report}} stands in it more than once"),
        help: LocalizedText(zh: "请只留一处", en: "leave one of them")
    )
}
