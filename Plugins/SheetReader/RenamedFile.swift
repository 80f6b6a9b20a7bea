import LocalFiles
import OfficeFiles
import ReviewModel

/// A file that is called like a workbook and is something else: what other systems export under the name `.xls`.
enum RenamedFile {
    case empty
    /// The XML of Excel 2002 and 2003, which LibreOffice reads.
    case spreadsheetML
    case page
    /// A page with all that belongs to it in one file, as Excel and browsers save them.
    case webArchive
    case richText

    /// What it is by its first bytes; `nil` for anything else.
    init?(_ path: String) {
        guard let file = try? OutsideFile(path, atMost: .max), let start = try? file.bytes(from: 0, atMost: 4_096)
        else {
            return nil
        }
        if file.byteCount == 0 {
            self = .empty
            return
        }
        // Also where it is in UTF-16.
        let text = String(decoding: start.filter { $0 != 0 && $0 < 0x7F }, as: UTF8.self).lowercased()
        let head = text.drop(while: \.isWhitespace)
        if head.hasPrefix("<?xml") || head.hasPrefix("<workbook"),
            text.contains("urn:schemas-microsoft-com:office:spreadsheet")
        {
            self = .spreadsheetML
        } else if head.hasPrefix("{\\rtf") {
            self = .richText
        } else if head.hasPrefix("mime-version:") || head.hasPrefix("from:") && text.contains("mime-version:") {
            self = .webArchive
        } else if head.first == "<", ["<html", "<table", "<!doctype html", "<body"].contains(where: text.contains) {
            self = .page
        } else {
            return nil
        }
    }

    /// Whether it is a text, as other systems export tables with tabs under the name `.xls`.
    static func isText(_ path: String) -> Bool {
        guard let file = try? OutsideFile(path, atMost: .max), let start = try? file.bytes(from: 0, atMost: 4_096)
        else {
            return false
        }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return true }
        return !start.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) }
            && start.contains { $0 == 0x09 || $0 == 0x2C }
    }

    /// Why it is not read; `nil` for what can be converted.
    var error: OfficeFileError? {
        switch self {
        case .empty: .isEmpty
        case .spreadsheetML: nil
        case .page: isPage
        case .webArchive: isWebArchive
        case .richText: isRichText
        }
    }
}

// MARK: - Messages

private let isPage = OfficeFileError(
    reason: LocalizedText(
        zh: "这是网页（HTML），只是名字像工作簿，许多系统这样导出",
        en: "it is a page (HTML) that is called like a workbook, as many systems export them"
    ),
    help: LocalizedText(
        zh: "请在 Excel 或 WPS 中打开，另存为 .xlsx；新建项目时可直接写 pingshen init 文件夹 --from 该文件",
        en: "open it in Excel or WPS and save it as .xlsx; pingshen init FOLDER --from it reads its tables as they are"
    )
)

private let isRichText = OfficeFileError(
    reason: LocalizedText(zh: "这是 RTF 文件", en: "it is an RTF file"),
    help: LocalizedText(
        zh: "请在 Word 或 WPS 中打开，另存为 .docx；表格另存为 .xlsx",
        en: "open it in Word or WPS and save it as .docx, or its table as .xlsx"
    )
)

private let isWebArchive = OfficeFileError(
    reason: LocalizedText(
        zh: "这是单个文件网页（MHTML），只是名字像工作簿",
        en: "it is a web page in one file (MHTML) that is called like a workbook"
    ),
    help: LocalizedText(
        zh: "请在 Excel 或 WPS 中打开，另存为 .xlsx",
        en: "open it in Excel or WPS and save it as .xlsx"
    )
)
