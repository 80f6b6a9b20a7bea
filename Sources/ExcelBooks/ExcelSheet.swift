package import CXLSXWriter
internal import ReviewModel

/// A sheet of a workbook, written from its first row to its last; rows that have been left cannot be written again.
package final class ExcelSheet {
    package let name: String
    package let book: ExcelBook
    package let sheet: UnsafeMutablePointer<lxw_worksheet>
    /// The least and the most that each column may be wide.
    private let bounds: [ClosedRange<Int>]
    private var widths: [Int] = []
    /// The rows of a large book; those of others are the library's.
    let rows: SheetRows?
    private var lastStyles: [(style: CellStyle, index: Int32)?] = []
    /// The row that is being written, its lines of text, its level in the outline, and its height if somebody set that.
    private var current = (row: 0, lines: 1, level: 0, height: nil as Double?)
    private var links = 0
    private var notes: Set<CellReference> = []

    /// Rows of a sheet, and links and notes that one takes. Excel allows 65,530 links; a note is a drawing, and with more of
    /// them than this a sheet opens slowly.
    package static let rowLimit = 1_048_576
    package static let linkLimit = 65_000
    package static let noteLimit = 2000

    init(
        _ sheet: UnsafeMutablePointer<lxw_worksheet>,
        name: String,
        book: ExcelBook,
        bounds: [ClosedRange<Int>],
        rows: SheetRows?
    ) {
        (self.sheet, self.name, self.book, self.bounds, self.rows) = (sheet, name, book, bounds, rows)
    }

    package func write(_ content: CellContent, _ row: Int, _ column: Int, _ style: CellStyle = CellStyle())
        throws(ExcelError)
    {
        if row != current.row { try enter(row) }
        switch content {
        case .blank: try put(.blank, column, style)
        case .text(let text): try write(text, row, column, style)
        case .number(let number): try write(number, row, column, style)
        case .date(let day):
            var style = style
            style.number = .date
            note(width: 10, column)
            // Day 25,569 is 1970-01-01 in the calendar of 1900.
            try put(.number(ExactDecimal(day.dayNumber + 25_569)), column, style)
        case .formula(_, .number(let value)):
            guard value.cellNumber != nil else { return try write(value, row, column, style) }
            note(width: width(of: value, style), column)
            try put(content, column, style)
        case .formula(let formula, .text(let text)):
            measure(text, column, style)
            try put(.formula(formula, .text(CellText(text).text)), column, style)
        case .link(let text, let target):
            // An empty link is none, and beyond what Excel takes the words do.
            guard !text.isEmpty, links < Self.linkLimit else { return try write(text, row, column, style) }
            links += 1
            measure(text, column, style)
            try put(.link(CellText(text).text, target), column, style.with(.link))
        }
    }

    private func write(_ text: String, _ row: Int, _ column: Int, _ style: CellStyle) throws(ExcelError) {
        // Titles run over their column's edge, heads break into lines.
        switch style.role {
        case .title, .remark, .head, .section, .warning: break
        default: measure(text, column, style)
        }
        let cell = CellText(text)
        var style = style
        // Text stays text when somebody opens the cell and leaves it again. Long texts would show as ####.
        if CellText.looksLikeFormula(cell.text), cell.text.utf8.count <= 200 { style.number = .text }
        try put(.text(cell.text), column, style)
        if cell.cut > 0 { try note(textWasCut(cell.cut)(book.locale), row, column) }
    }

    private func write(_ number: ExactDecimal, _ row: Int, _ column: Int, _ style: CellStyle) throws(ExcelError) {
        note(width: width(of: number, style), column)
        if number.cellNumber != nil { return try put(.number(number), column, style) }
        let text = number.grouped
        note(width: text.utf8.count, column)
        var style = style
        style.number = .text
        try put(.text(text), column, style)
        try note(tooManyDigits(book.locale), row, column)
    }

    /// Writes what a cell can hold as it is into the current row.
    private func put(_ content: CellContent, _ column: Int, _ style: CellStyle) throws(ExcelError) {
        guard let rows else { return try put(content, column, try book.format(style)) }
        let index = try index(of: style, column)
        switch content {
        case .blank, .date: rows.blank(column, index)
        case .text(let text): rows.text(text, column, index)
        case .number(let number): rows.number(number, column, index)
        case .formula(let formula, .number(let value)): rows.formula(formula, value, column, index)
        case .formula(let formula, .text(let value)): rows.formula(formula, value, column, index)
        case .link(let text, let target):
            rows.text(text, column, index)
            rows.link(column, to: target, shown: text)
        }
    }

    private func put(
        _ content: CellContent,
        _ column: Int,
        _ format: UnsafeMutablePointer<lxw_format>
    ) throws(ExcelError) {
        let (line, position) = (lxw_row_t(current.row), lxw_col_t(column))
        switch content {
        case .blank, .date: try check(worksheet_write_blank(sheet, line, position, format), "write_blank")
        case .text(let text): try check(worksheet_write_string(sheet, line, position, text, format), "write_string")
        case .number(let number):
            try check(worksheet_write_number(sheet, line, position, number.cellNumber ?? 0, format), "write_number")
        case .formula(let formula, .number(let value)):
            let cached = value.cellNumber ?? 0
            try check(
                worksheet_write_formula_num(sheet, line, position, "=" + formula, format, cached),
                "write_formula"
            )
        case .formula(let formula, .text(let text)):
            try check(
                worksheet_write_formula_str(sheet, line, position, "=" + formula, format, text),
                "write_formula"
            )
        case .link(let text, let target):
            let address = "internal:" + target.description
            try check(worksheet_write_url_opt(sheet, line, position, address, format, text, nil), "write_url")
        }
    }

    /// The number of the style among the book's. The cells of a column nearly all have the same, which is found by one comparison.
    private func index(of style: CellStyle, _ column: Int) throws(ExcelError) -> Int32 {
        if column < lastStyles.count, let last = lastStyles[column], last.style == style { return last.index }
        let index = try book.index(style)
        while lastStyles.count <= column { lastStyles.append(nil) }
        lastStyles[column] = (style, index)
        return index
    }

    /// A note on a cell of this row or of a later one. A cell has one: the first, so put all that is to be said into it.
    package func note(_ text: String, _ row: Int, _ column: Int) throws(ExcelError) {
        guard notes.count < Self.noteLimit, notes.insert(CellReference(row, column)).inserted else { return }
        let cell = CellText(text).text
        let lines = cell.utf8.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 } + CellText.width(cell, upTo: 2000) / 34
        let error = withCStrings([book.author, book.locale == .zh ? "宋体" : "Calibri"]) { texts in
            var options = lxw_comment_options()
            options.author = texts[0]
            options.font_name = texts[1]
            options.font_size = 9
            options.width = 240
            options.height = UInt16(min(400, 24 + 16 * lines))
            return worksheet_write_comment_opt(sheet, lxw_row_t(row), lxw_col_t(column), cell, &options)
        }
        try check(error, "write_comment")
    }

    /// How deep a row, which is the one being written or follows it, lies in the outline at the left edge.
    package func outline(_ row: Int, level: Int) throws(ExcelError) {
        if row != current.row { try enter(row) }
        current.level = min(max(level, 0), 7)
    }

    /// Leaves the row that was being written. Spreadsheets make rows as high as their text needs only when somebody edits it,
    /// so the height is set here.
    private func enter(_ row: Int) throws(ExcelError) {
        try leave(for: row)
        current = (row, 1, 0, nil)
    }

    /// Ends the last row.
    package func leaveRow() throws(ExcelError) { try enter(current.row + 1) }

    private func leave(for next: Int) throws(ExcelError) {
        // What no row can show whole is shown by its beginning: a row as high as the screen cannot be scrolled past.
        let whole = Double(current.lines) * 13.5 + 3
        let needed = current.lines == 1 ? Self.lineHeight : whole <= Self.highestRow ? whole : Self.beginningHeight
        if let rows {
            let height = current.lines > 1 ? needed : current.height
            rows.leave(height: height, level: current.level, for: next)
            // The library says how many levels there are.
            if current.level == 0 { return }
        }
        guard current.lines > 1 || current.level > 0 else { return }
        var options = lxw_row_col_options()
        options.level = UInt8(current.level)
        try check(worksheet_set_row_opt(sheet, lxw_row_t(current.row), needed, nil, &options), "set_row")
    }

    /// The library's own, in points.
    private static let lineHeight = 15.0
    /// The highest that Excel makes a row.
    private static let highestRow = 409.0
    /// Of eight lines.
    private static let beginningHeight = 111.0

    /// The parts of an item stand below it, so its button does above.
    package func outlineAbove() { worksheet_outline_settings(sheet, 1, 0, 1, 0) }

    package func height(_ row: Int, _ points: Double) throws(ExcelError) {
        guard rows != nil else {
            return try check(worksheet_set_row(sheet, lxw_row_t(row), points, nil), "set_row")
        }
        if row != current.row { try enter(row) }
        current.height = points
    }

    // MARK: - Widths

    /// Notes how wide a text wants its column, and how many lines it takes there at most.
    private func measure(_ text: String, _ column: Int, _ style: CellStyle) {
        let width = CellText.width(text, upTo: 4000) + 2 * style.indent
        note(width: width, column)
        guard style.isWrapped, column < bounds.count else { return }
        // How wide a column comes to be is known behind its last row: a head that may need a second line has room for it.
        if style == .head, width + 2 > bounds[column].lowerBound { current.lines = max(current.lines, 2) }
        let room = max(4, bounds[column].upperBound - 1 - 2 * style.indent)
        current.lines = max(current.lines, CellText.lines(text, in: room))
    }

    private func note(width: Int, _ column: Int) {
        while widths.count <= column { widths.append(0) }
        if width > widths[column] { widths[column] = width }
    }

    private func note(_ width: Int, _ column: Int) { note(width: width, column) }

    private func width(of number: ExactDecimal, _ style: CellStyle) -> Int {
        switch style.number {
        case .amount(let places, _): number.width(places: places)
        case .percent(let places): 4 + places
        case .whole, .date, .none, .text, .plain: number.description.utf8.count
        }
    }

    /// Sets the widths of the columns, by what stands in them and within the bounds of each.
    package func setWidths(heads: [String]) throws(ExcelError) {
        for (column, width) in finalWidths(heads).enumerated() {
            let position = lxw_col_t(column)
            try check(worksheet_set_column(sheet, position, position, Double(width), nil), "set_column")
        }
    }

    /// What the first columns come to be, all together.
    package func totalWidth(of columns: Int, heads: [String]) -> Int { finalWidths(heads).prefix(columns).reduce(0, +) }

    private func finalWidths(_ heads: [String]) -> [Int] {
        bounds.enumerated().map { column, bound in
            // A head has a second line when it needs one, and the button of the filter beside it.
            let head = (CellText.width(column < heads.count ? heads[column] : "") + 1) / 2 + 3
            // A little more than the content, for the cell's own edges.
            return min(max((column < widths.count ? widths[column] : 0) + 2, head, bound.lowerBound), bound.upperBound)
        }
    }
}

// MARK: - Messages

private let tooManyDigits = LocalizedText(
    zh: "此数超过 15 位有效数字，Excel 不能精确保存，故按文字列示；引用它的公式改为固定值。",
    en:
        "More than 15 digits: a spreadsheet cannot hold the number exactly, so it stands here as text; formulas over it are fixed values."
)

private func textWasCut(_ characters: Int) -> LocalizedText {
    LocalizedText(
        zh: "单元格最多容纳 32,767 个字符，末尾 \(characters) 个字符未列入；全文见评审数据。",
        en: "A cell holds 32,767 characters; the last \(characters) are left out here and stand in the review's data."
    )
}
