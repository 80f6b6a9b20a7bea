internal import Groundwork

/// Where the parts of a workbook stand in its zip file, as its relationships tell.
struct WorkbookParts {
    private(set) var sheets: [Workbook.Sheet] = []
    private(set) var findings: Workbook.Sheet?
    private(set) var styles: String?
    private(set) var texts: String?
    /// The list of texts that the workbook names and does not have.
    private(set) var missingTexts: String?
    private(set) var countsFrom1904 = false
    private(set) var hasFullPrecision = true

    private struct Relationship {
        var type: String
        var target: String
        var isExternal: Bool
    }

    /// Excel's own limit is memory; people have some dozens.
    private static let maximumSheets = 2000

    init(_ zip: ZipReader) throws(OfficeFileError) {
        if let kind = Self.otherKind(zip) { throw kind }
        let root = try Self.relationships(of: "", zip)
        guard let main = root.values.first(where: { $0.type == "officeDocument" }), !main.isExternal else {
            throw .noWorkbook
        }
        if main.target.hasSuffix(".bin") { throw .isBinary }
        let plain = try zip.plain(main.target)
        let parts = try Self.relationships(of: main.target, zip)
        try read(plain, parts)
        for part in parts.values where !part.isExternal {
            if part.type == "styles" {
                // Without it nobody knows what is a date and what a percentage.
                guard zip[part.target] != nil else { throw .partMissing(part.target) }
                styles = part.target
            }
            if part.type == "sharedStrings" {
                (texts, missingTexts) = zip[part.target] != nil ? (part.target, missingTexts) : (texts, part.target)
            }
        }
    }

    private mutating func read(_ plain: [UInt8], _ parts: [String: Relationship]) throws(OfficeFileError) {
        var (isWorkbook, names, failure) = (false, Set<String>(), nil as OfficeFileError?)
        plain.forEachTag { tag, xml in
            if tag.isClosing || failure != nil { return }
            if xml.equals(tag.name, "workbook") { isWorkbook = true }
            if xml.equals(tag.name, "workbookPr") {
                countsFrom1904 = ["1", "true"].contains(xml.attribute("date1904", of: tag) ?? "")
            }
            if xml.equals(tag.name, "calcPr") {
                hasFullPrecision = !["0", "false"].contains(xml.attribute("fullPrecision", of: tag) ?? "")
            }
            guard xml.equals(tag.name, "sheet"), let name = xml.attribute("name", of: tag),
                let part = xml.attribute("r:id", of: tag).flatMap({ parts[$0] })
            else { return }
            // Charts and dialogs have sheets of their own, without cells.
            guard part.type == "worksheet" else { return }
            if part.isExternal { return failure = .linkedSheet(name) }
            guard names.insert(name.lowercased()).inserted else { return failure = .sheetTwice(name) }
            let own = Workbook.findingsSheet
            if name == own.zh || name == own.en {
                findings = Workbook.Sheet(name: name, isHidden: false, part: part.target)
                return
            }
            guard sheets.count < Self.maximumSheets else { return failure = .tooManySheets(Self.maximumSheets) }
            let state = xml.attribute("state", of: tag)
            sheets.append(
                Workbook.Sheet(name: name, isHidden: state == "hidden" || state == "veryHidden", part: part.target)
            )
        }
        if let failure { throw failure }
        guard isWorkbook else { throw .noWorkbook }
    }

    /// The relationships of a part by their ids, with targets from the root of the zip file.
    private static func relationships(of part: String, _ zip: ZipReader) throws(OfficeFileError) -> [String:
        Relationship]
    {
        let folder = folder(of: part)
        let name = folder + "_rels/" + part.dropFirst(folder.count) + ".rels"
        guard zip[name] != nil else {
            if part.isEmpty { throw .noWorkbook }
            return [:]
        }
        var found: [String: Relationship] = [:]
        try zip.plain(name).forEachTag { tag, xml in
            guard xml.equals(tag.name, "Relationship"), !tag.isClosing, let id = xml.attribute("Id", of: tag),
                let type = xml.attribute("Type", of: tag), let target = xml.attribute("Target", of: tag)
            else { return }
            found[id] = Relationship(
                type: type.split(separator: "/").last.map(String.init) ?? "",
                target: resolved(target, from: folder),
                isExternal: xml.attribute("TargetMode", of: tag) == "External"
            )
        }
        return found
    }

    private static func folder(of part: String) -> String {
        part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
    }

    /// `/xl/a.xml` is seen from the root, `a.xml` and `../a.xml` from the folder of the part that names it. Names of entries
    /// have no `..`, so nothing leads out.
    private static func resolved(_ target: String, from folder: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var parts = folder.split(separator: "/").map(String.init)
        for step in target.split(separator: "/") {
            switch step {
            case ".": continue
            case "..": if !parts.isEmpty { parts.removeLast() }
            default: parts.append(String(step))
            }
        }
        return parts.joined(separator: "/")
    }

    /// Zip files that are something else.
    private static func otherKind(_ zip: ZipReader) -> OfficeFileError? {
        if zip["mimetype"] != nil, zip["content.xml"] != nil { return .isOpenDocument }
        if zip["word/document.xml"] != nil, zip["xl/workbook.xml"] == nil { return .isWord }
        return nil
    }
}

// MARK: - Messages

extension OfficeFileError {
    private static let saveAsWorkbook = LocalizedText(
        zh: "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再用",
        en: "open it in Excel or WPS and save it as .xlsx"
    )

    static let noWorkbook = OfficeFileError(
        reason: LocalizedText(zh: "其中没有工作簿，这不是 .xlsx 文件", en: "there is no workbook in it; it is no .xlsx file"),
        help: saveAsWorkbook
    )

    static let isWord = OfficeFileError(
        reason: LocalizedText(zh: "这是 Word 文件，此处应为 Excel 工作簿", en: "it is a Word file, where a workbook is expected"),
        help: LocalizedText(zh: "请检查写的是不是这个文件", en: "look whether this is the file that is meant")
    )

    static let isBinary = OfficeFileError(
        reason: LocalizedText(zh: "这是二进制工作簿（.xlsb）", en: "it is a binary workbook (.xlsb)"),
        help: saveAsWorkbook
    )

    package static let isOpenDocument = OfficeFileError(
        reason: LocalizedText(zh: "这是 OpenDocument 文件（.ods）", en: "it is an OpenDocument file (.ods)"),
        help: saveAsWorkbook
    )

    static func partMissing(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "工作簿不完整：其中没有\(quoted(name))，单元格的文字或格式读不出来",
                en:
                    "the workbook is not whole: there is no \(quoted(name)) in it, which has the texts or formats of its cells"
            ),
            help: LocalizedText(
                zh: "请在 Excel 或 WPS 中打开，看内容是否完整，再另存为 .xlsx；打不开的请重新取得",
                en: "open it in Excel or WPS, see whether all is there, and save it as .xlsx; or get it once more"
            )
        )
    }

    static func linkedSheet(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "工作表\(quoted(name))在另一个文件中，链接从不跟随",
                en: "the sheet \(quoted(name)) is in another file; links are never followed"
            ),
            help: saveAsWorkbook
        )
    }

    static func sheetTwice(_ name: String) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(
                zh: "有两张工作表同名：\(quoted(name))，文件已损坏",
                en: "two sheets have one name: \(quoted(name)); the file is damaged"
            ),
            help: saveAsWorkbook
        )
    }

    static func tooManySheets(_ limit: Int) -> OfficeFileError {
        OfficeFileError(
            reason: LocalizedText(zh: "工作表超过 \(limit) 张", en: "there are more than \(limit) sheets")
        )
    }
}
