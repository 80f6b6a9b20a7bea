package import CXLSXWriter
internal import Glibc
package import ReviewModel

/// A workbook that is being written to a file. It owns the library's pointers; sheets and formats live as long as it does.
///
/// Sheets are written row by row. In a large book each row leaves memory at once, so that a hundred thousand of them take no
/// more of it than one; texts then stand in their cells instead of in one list for the whole book, which Excel would rather
/// have and makes of it when it saves. Its rows are ours (``SheetRows``), all else the library's: it writes a book without rows, and
/// they are put into its sheets.
package final class ExcelBook {
    /// Some 20 MB.
    package static let mostRowsInMemory = 10_000

    private let book: UnsafeMutablePointer<lxw_workbook>
    private var isOpen = true
    private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]
    private var names = SheetNames()
    private let path: String
    /// The folder for the rows of a large book; `nil` for a book whose rows the library writes.
    private let rowFolder: String?
    private var sheets: [ExcelSheet] = []
    package let locale: Locale
    /// Who the notes on cells are by.
    package let author: String

    /// - Parameters:
    ///   - path: the file to be written.
    ///   - scratch: a folder for the parts that are gathered on the way.
    ///   - rows: how many rows there will be, about.
    package init(path: String, scratch: String, rows: Int, locale: Locale, author: String) throws(ExcelError) {
        (self.locale, self.author, self.path) = (locale, CellText(author).text, path)
        let isLarge = rows > Self.mostRowsInMemory
        rowFolder = isLarge ? scratch : nil
        let created = withCStrings([scratch]) { texts in
            var options = lxw_workbook_options()
            options.constant_memory = isLarge ? 1 : 0
            options.tmpdir = texts[0]
            return workbook_new_opt(isLarge ? Self.frame(path) : path, &options)
        }
        guard let created else { throw ExcelError.library("workbook_new", "out of memory") }
        book = created
    }

    deinit { if isOpen { lxw_workbook_free(book) } }

    /// Writes the file. Nothing can be added afterwards.
    package func close() throws(ExcelError) {
        guard isOpen else { return }
        isOpen = false
        defer { if rowFolder != nil { unlink(Self.frame(path)) } }
        for sheet in sheets where sheet.rows != nil { try sheet.leaveRow() }
        // Frees everything, also when it fails.
        try check(workbook_close(book), "workbook_close")
        guard rowFolder != nil else { return }
        var bodies: [String: SheetBody] = [:]
        for (position, sheet) in sheets.enumerated() {
            bodies["xl/worksheets/sheet\(position + 1).xml"] = try sheet.rows?.finish()
        }
        try BookFrame(Self.frame(path)).write(to: path, bodies)
    }

    /// The book without its rows.
    private static func frame(_ path: String) -> String { path + ".frame" }

    /// A name that a sheet of this book will have: like `wanted`, legal, and nobody else's.
    package func reserveName(_ wanted: String) -> String { names.name(wanted) }

    /// Adds a sheet of a reserved name, after those that are there.
    ///
    /// - Parameter widths: the least and the most that each column may be wide, in digits.
    package func addSheet(_ name: String, widths: [ClosedRange<Int>]) throws(ExcelError) -> ExcelSheet {
        guard let sheet = workbook_add_worksheet(book, name) else {
            throw ExcelError.library("workbook_add_worksheet", name)
        }
        let rows = try rowFolder.map { (scratch) throws(ExcelError) in try SheetRows(scratch: scratch) }
        let added = ExcelSheet(sheet, name: name, book: self, bounds: widths, rows: rows)
        sheets.append(added)
        return added
    }

    /// Gives cells a name that formulas may use.
    package func define(_ name: String, as cells: SheetCell) throws(ExcelError) {
        try check(workbook_define_name(book, name, "=" + cells.fixed), "workbook_define_name")
    }

    /// What the file says of itself.
    ///
    /// - Parameter created: days since 1970; never the clock, for the same review gives the same bytes.
    package func describe(
        title: String,
        subject: String,
        company: String,
        keywords: String,
        created: Int
    ) throws(ExcelError) {
        // They are XML as cells are, and Excel shows at most 255 characters of each.
        let said = [title, subject, author, company, keywords].map { CellText(String($0.prefix(255))).text }
        let error = withCStrings(said) { texts in
            var properties = lxw_doc_properties()
            properties.title = texts[0]
            properties.subject = texts[1]
            properties.author = texts[2]
            properties.company = texts[3]
            properties.keywords = texts[4]
            // 0 would mean now.
            properties.created = max(1, created * 86_400)
            return workbook_set_properties(book, &properties)
        }
        try check(error, "workbook_set_properties")
    }

    /// The library's format of a style, made once.
    package func format(_ style: CellStyle) throws(ExcelError) -> UnsafeMutablePointer<lxw_format> {
        if let format = formats[style] { return format }
        guard let format = workbook_add_format(book) else {
            throw ExcelError.library("workbook_add_format", "out of memory")
        }
        style.apply(to: format, in: locale)
        formats[style] = format
        return format
    }

    /// The number of a style among the book's, by which cells name it.
    func index(_ style: CellStyle) throws(ExcelError) -> Int32 { lxw_format_get_xf_index(try format(style)) }

    /// A format for cells that meet a condition.
    package func highlight(_ fill: CellColour, text: CellColour? = nil) throws(ExcelError) -> UnsafeMutablePointer<
        lxw_format
    > {
        guard let format = workbook_add_format(book) else {
            throw ExcelError.library("workbook_add_format", "out of memory")
        }
        format_set_bg_color(format, fill.rawValue)
        if let text { format_set_font_color(format, text.rawValue) }
        return format
    }
}

extension CellStyle {
    fileprivate func apply(to format: UnsafeMutablePointer<lxw_format>, in locale: Locale) {
        format_set_font_name(format, locale == .zh ? "宋体" : "Calibri")
        format_set_font_size(format, role == .title ? 16 : 10)
        if number != .none { format_set_num_format(format, number.code) }
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        if isCentred {
            format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
        } else if indent > 0 {
            format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
            format_set_indent(format, UInt8(indent))
        }
        if isWrapped { format_set_text_wrap(format) }
        switch role {
        case .title, .strong, .section: format_set_bold(format)
        case .head:
            format_set_bold(format)
            format_set_bg_color(format, CellColour.head.rawValue)
        case .total:
            format_set_bold(format)
            format_set_bg_color(format, CellColour.total.rawValue)
        case .muted, .remark: format_set_font_color(format, CellColour.muted.rawValue)
        case .link:
            format_set_font_color(format, CellColour.link.rawValue)
            format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
        case .warning:
            format_set_bold(format)
            format_set_font_color(format, CellColour.red.rawValue)
        case .body: break
        }
        if isInput { format_set_bg_color(format, CellColour.input.rawValue) }
        if isUnlocked { format_set_unlocked(format) }
        if isBare { return }
        switch role {
        case .title, .remark, .section, .warning: break
        default:
            format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_border_color(format, CellColour.line.rawValue)
        }
    }
}

/// Why a workbook was not written.
package enum ExcelError: Error, CustomStringConvertible {
    /// A call of the library failed.
    case library(String, String)
    /// The system did not do something; with the number of its error.
    case system(String, Int32)

    package var description: String {
        switch self {
        case .library(let call, let reason): "\(call): \(reason)"
        case .system(let what, let number): "\(what): \(String(cString: strerror(number)))"
        }
    }
}

/// Turns the library's codes into errors.
package func check(_ error: lxw_error, _ call: String) throws(ExcelError) {
    if error == LXW_NO_ERROR { return }
    throw ExcelError.library(call, lxw_strerror(error).map { String(cString: $0) } ?? "error \(error.rawValue)")
}

/// Hands texts to C for the time of a call.
package func withCStrings<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>]) -> Result) -> Result {
    let copies = texts.map { text in
        let bytes = text.utf8CString
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        bytes.withUnsafeBufferPointer { copy.update(from: $0.baseAddress ?? UnsafePointer(copy), count: bytes.count) }
        return copy
    }
    defer { copies.forEach { $0.deallocate() } }
    return body(copies)
}
