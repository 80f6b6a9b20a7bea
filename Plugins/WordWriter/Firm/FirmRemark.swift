import OfficeFiles
import ReviewModel

/// What is odd about a firm's document and goes into every report on it.
enum FirmRemark: Hashable, CaseIterable {
    /// Changes that nobody has accepted or refused.
    case revisions
    /// Pictures or other things that lie elsewhere.
    case linked
    /// A template that lies elsewhere.
    case attachedTemplate
    case protected
    /// More than one column of text where the report goes.
    case columns
    /// Pictures that the file names and does not have.
    case missingPicture
    /// Pages that hold hardly more than a column of amounts.
    case smallPage
    /// Text of its own and no word for where the report goes: it prints before the cover.
    case ownText

    /// Elements that hold or mark a change.
    static let changeElements: Set<String> = [
        "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:pPrChange", "w:rPrChange", "w:sectPrChange", "w:tblPrChange",
        "w:cellIns", "w:cellDel",
    ]

    /// - Throws: where a part is missing without which the report would be no valid file.
    static func all(
        _ zip: ZipReader,
        _ main: String,
        _ body: FirmBody,
        settings: String?
    ) throws(OfficeFileError) -> [FirmRemark] {
        var found = Set<FirmRemark>()
        if body.placeholder == nil, body.pieces.contains(where: { !$0.isEmpty }) { found.insert(.ownText) }
        if body.hasRevisions { found.insert(.revisions) }
        let names = Set(zip.entries.map { $0.name.lowercased() })
        let margins = zip.entries.map(\.name).filter { name in
            name.hasPrefix("word/") && name.hasSuffix(".xml")
                && (name.hasPrefix("word/header") || name.hasPrefix("word/footer"))
        }
        for part in [main] + margins + [settings].compactMap(\.self) {
            let relations = try FirmRelations(zip, of: part)
            for kind in relations.outside where kind != "hyperlink" {
                found.insert(kind == "attachedTemplate" ? .attachedTemplate : .linked)
            }
            for (kind, name) in relations.parts where !names.contains(normalised(name)) {
                guard kind == "image" else { throw .lacks(name) }
                found.insert(.missingPicture)
            }
        }
        for part in margins {
            var scanner = try XMLScanner(zip.bytes(of: part))
            while let token = try scanner.next() { if changeElements.contains(token.name) { found.insert(.revisions) } }
        }
        if let settings {
            var scanner = try XMLScanner(zip.bytes(of: settings))
            while let token = try scanner.next() {
                guard token.name == "w:documentProtection", let value = token.attribute("w:enforcement") else {
                    continue
                }
                if ["1", "true", "on"].contains(value) { found.insert(.protected) }
            }
        }
        if let range = body.section {
            let section = try FirmSection(body.text(range))
            if section.hasNoRoom { throw .noRoom }
            if section.columns > 1 { found.insert(.columns) }
            if section.isSmall { found.insert(.smallPage) }
        }
        return allCases.filter(found.contains)
    }

    /// A path without `..`, as names of parts are held against each other.
    private static func normalised(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.lowercased().split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    var diagnostic: ConfigurationDiagnostic {
        let (message, help) = words
        return ConfigurationDiagnostic(
            severity: .warning,
            code: "word-writer/letterhead-remark",
            message: message,
            pointer: JSONPointer(["letterhead"]),
            help: help
        )
    }

    /// What is odd, and what to do, in one line of a run.
    func line(_ locale: Locale) -> String {
        let (message, help) = words
        return message(locale) + (locale == .zh ? "；" : "; ") + help(locale)
    }

    private var words: (LocalizedText, LocalizedText) {
        switch self {
        case .revisions:
            (
                LocalizedText(
                    zh: "信笺文件中有尚未接受的修订，会原样带进每份报告",
                    en: "the letterhead has tracked changes that nobody accepted; every report will have them"
                ),
                LocalizedText(
                    zh: "请在 Word 中\"审阅\"→\"接受所有修订\"后再保存",
                    en: "accept or refuse all of them in Word (Review), and save it"
                )
            )
        case .linked:
            (
                LocalizedText(
                    zh: "信笺文件链接了外部的图片或文件，收件人打开时看不到",
                    en:
                        "the letterhead links to pictures or files outside of it, which whoever gets the report will not see"
                ),
                LocalizedText(zh: "请把图片嵌入文件（断开链接）", en: "embed the pictures (break the links)")
            )
        case .attachedTemplate:
            (
                LocalizedText(
                    zh: "信笺文件附加了外部模板，每次打开报告都会去找它",
                    en:
                        "a template outside of it is attached to the letterhead, and looked for each time a report is opened"
                ),
                LocalizedText(
                    zh: "请在\"开发工具\"→\"文档模板\"中改为 Normal",
                    en: "attach Normal instead (Developer, Document Template)"
                )
            )
        case .protected:
            (
                LocalizedText(
                    zh: "信笺文件设有编辑限制，报告写成后别人无法修改、签署",
                    en: "editing of the letterhead is restricted, and nobody could fill in or correct a report on it"
                ),
                LocalizedText(
                    zh: "请在\"审阅\"→\"限制编辑\"中停止保护后再保存",
                    en: "stop the protection (Review, Restrict Editing) and save it"
                )
            )
        case .columns:
            (
                LocalizedText(
                    zh: "信笺文件中放报告的一节分了多栏，报告按一栏排版",
                    en: "the section that the report goes into has several columns; the report is set in one"
                ),
                LocalizedText(
                    zh: "如信笺其他文字仍要分栏，请把 {{报告正文}} 放在单独的一节",
                    en: "to keep columns for other text, give {{report}} a section of its own"
                )
            )
        case .smallPage:
            (
                LocalizedText(
                    zh: "信笺文件的页面很小（版心不足 9 厘米），表格只能用很小的字，或分成几张",
                    en:
                        "the pages of the letterhead are small (less than 9 cm of text): tables get small type, or come in parts"
                ),
                LocalizedText(
                    zh: "请在\"布局\"→\"纸张大小\"中改用 A4，或减小页边距",
                    en: "choose A4 under Layout, Size, or make the margins smaller"
                )
            )
        case .ownText:
            (
                LocalizedText(
                    zh: "信笺文件有自己的文字，而没有写明报告放在哪里：这些文字会印在每份报告的封面之前",
                    en:
                        "the letterhead has text of its own and does not say where the report goes: the text prints before the cover of every report"
                ),
                LocalizedText(
                    zh: "请删去文字，或在要放报告的地方单独写一段 {{报告正文}}",
                    en: "delete the text, or write {{report}} into a paragraph of its own where the report is to stand"
                )
            )
        case .missingPicture:
            (
                LocalizedText(
                    zh: "信笺文件引用的图片不在文件中，印出来是空框",
                    en: "a picture that the letterhead names is not in it, and prints as an empty frame"
                ),
                LocalizedText(zh: "请重新插入图片后保存", en: "insert the picture anew and save it")
            )
        }
    }
}
