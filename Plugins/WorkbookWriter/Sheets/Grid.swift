import ExcelBooks
import ReviewModel

/// A sheet with a title, a remark, heads, and rows below them: what all sheets of the workbook are.
struct Grid {
    static let titleRow = 0
    static let remarkRow = 1
    static let headRow = 2
    /// The first row of content.
    static let firstRow = 3

    var name: String
    var title: String
    var remark: String
    var columns: [GridColumn]
    /// How many columns stay in sight when the sheet is scrolled to the right.
    var frozen = 0
    /// How many columns are printed; the rest is for the screen, or pages would be too small to read.
    var printed: Int?

    /// Adds the sheet with everything above its rows.
    ///
    /// - Parameter last: the last row that the filter takes in; rows below are totals.
    func begin(_ book: ExcelBook, notes: NoteIndex, last: Int) throws -> ExcelSheet {
        let sheet = try book.addSheet(name, widths: narrowed)
        // Before any row is written: a sheet takes nothing about rows that it has left.
        try sheet.filter(from: Self.headRow, to: last, columns: columns.count)
        for (cell, text) in notes.notes(on: name) { try sheet.note(text, cell.row, cell.column) }
        try sheet.height(Self.titleRow, 26)
        try sheet.write(.text(title), Self.titleRow, 0, .title)
        try sheet.write(.text(remark), Self.remarkRow, 0, .remark)
        // How wide a column comes to be is known behind its last row: a head that may need two lines has room for them.
        let heads = columns.map { CellText.width($0.title) + 2 > $0.widths.lowerBound }
        try sheet.height(Self.headRow, heads.contains(true) ? 32 : 22)
        for (column, head) in columns.enumerated() {
            try sheet.write(.text(head.title), Self.headRow, column, .head)
        }
        return sheet
    }

    /// The widths of the columns, texts that wrap narrowed, the widest first, until what is printed can be read on A3. Rows are as high as
    /// their texts need in these.
    private var narrowed: [ClosedRange<Int>] {
        var widths = columns.map(\.widths)
        let shown = columns.indices.prefix(printed ?? columns.count)
        let wrapped = shown.filter { columns[$0].style.isWrapped }
        func total() -> Int {
            shown.reduce(0) { sum, column in
                let (least, most) = (widths[column].lowerBound, widths[column].upperBound)
                return sum + (columns[column].style.isWrapped ? most : min(most, max(least, Self.usualNumber)))
            }
        }
        while total() > ExcelSheet.widestOnA3,
            let widest = wrapped.max(by: { widths[$0].upperBound < widths[$1].upperBound }),
            widths[widest].upperBound > Self.narrowestText
        {
            let most = widths[widest].upperBound - 1
            widths[widest] = min(widths[widest].lowerBound, most)...most
        }
        return widths
    }

    /// How wide a column of amounts mostly comes to be, in digits, and how narrow one of texts may be made.
    private static let (usualNumber, narrowestText) = (15, 16)

    /// Sets widths, panes and page.
    ///
    /// - Parameter through: the last row, totals included.
    func end(_ sheet: ExcelSheet, through row: Int) throws {
        try sheet.leaveRow()
        sheet.freeze(rows: Self.firstRow, columns: frozen)
        let heads = columns.map(\.title)
        let count = printed ?? columns.count
        let width = sheet.totalWidth(of: count, heads: heads)
        try sheet.setWidths(heads: heads)
        if let printed, printed < columns.count { try sheet.setPrintArea(columns: printed, through: row) }
        try sheet.setPage(
            isWide: width > 95,
            width: width,
            repeating: Self.headRow...Self.headRow,
            footer: pageNumbers(sheet.book.locale)
        )
    }
}

/// A column of a sheet.
struct GridColumn {
    var title: String
    /// The least and the most that its width may be, in digits.
    var widths: ClosedRange<Int>
    var style: CellStyle

    init(_ title: String, _ style: CellStyle, _ widths: ClosedRange<Int> = 6...50) {
        (self.title, self.style, self.widths) = (title, style, widths)
    }

    static func money(_ title: String, places: Int = 2, dash: Bool = false) -> GridColumn {
        GridColumn(title, CellStyle(number: .amount(places: places, dash: dash)), 12...30)
    }

    static func percent(_ title: String) -> GridColumn { GridColumn(title, .percent, 9...14) }
    static func points(_ title: String) -> GridColumn { GridColumn(title, .points, 7...16) }
    static func text(_ title: String, _ widths: ClosedRange<Int> = 6...40) -> GridColumn {
        GridColumn(title, .text, widths)
    }
}

// MARK: - Messages

/// The footer, in the codes of spreadsheets.
let pageNumbers = LocalizedText(zh: "&C第 &P 页 共 &N 页", en: "&CPage &P of &N")

/// What an amount counts, behind a head: `（元）`, ` (ten thousand CNY)`; nothing for what nobody knows.
func unitMark(_ unit: String) -> LocalizedText {
    guard let known = FigureUnit(rawValue: unit) else {
        return unit.isEmpty ? LocalizedText("") : LocalizedText(zh: "（\(unit)）", en: " (\(unit))")
    }
    return LocalizedText(zh: "（\(known.name(inChinese: true))）", en: " (\(known.name(inChinese: false)))")
}
