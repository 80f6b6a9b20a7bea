import ExcelBooks
import ReviewModel

/// The first sheet: how the workbook is filled in, and what the others hold.
struct GuideSheet {
    private let name: String
    private let locale: Locale

    init(_ name: String, _ locale: Locale) { (self.name, self.locale) = (name, locale) }

    func write(_ book: ExcelBook, fields: [FieldGrid], tables: [TableGrid]) throws {
        let sheet = try book.addSheet(name, widths: [])
        for (column, width) in [30, 14, 70].enumerated() { try sheet.setColumn(column, width: width, CellStyle.open) }
        try sheet.write(.text(title(locale)), 0, 0, .title)
        try sheet.height(0, 30)
        var row = 2
        for line in lines(locale) {
            try sheet.write(.text(line), row, 0, CellStyle.remark.with(.strong).bare)
            row += 1
        }
        row += 1
        for (column, head) in heads(locale).enumerated() { try sheet.write(.text(head), row, column, .head) }
        row += 1
        for grid in fields {
            try sheet.write(.link(grid.name, SheetCell(grid.name, 0, 0)), row, 0, .link)
            try sheet.write(.number(ExactDecimal(grid.fieldCount)), row, 1, .whole)
            try sheet.write(.text(fieldSheet(locale)), row, 2, .muted)
            row += 1
        }
        for grid in tables {
            try sheet.write(.link(grid.name, SheetCell(grid.name, 0, 0)), row, 0, .link)
            try sheet.write(.number(ExactDecimal(grid.filledRows)), row, 1, .whole)
            try sheet.write(.text(grid.shape.note.map { $0(locale) } ?? grid.shape.title(locale)), row, 2, .muted)
            row += 1
        }
        try sheet.leaveRow()
        try sheet.setPage(isWide: false, repeating: nil, footer: "&C&P / &N")
        sheet.activate()
    }
}

// MARK: - Messages

private let title = LocalizedText(zh: "项目填报工作簿", en: "A project, to be filled in")

private func lines(_ locale: Locale) -> [String] {
    locale == .zh
        ? [
            "1. 浅黄色的单元格必填，其余可以不填；列名上的批注说明填什么。",
            "2. 灰色的示例行（“例：…”）请改写或删去，不会作为数据读取。",
            "3. 用不到的工作表留空即可；可以增加列、工作表、空行和小计行（“小计”“合计”）。",
            "4. 列名已锁定；需要改动时，可在“审阅”中撤销工作表保护（没有密码）。",
            "5. 填好保存后，运行 pingshen run 加这个文件夹；有错误会指出是哪张表的哪个单元格。",
        ]
        : [
            "1. Cells in light yellow have to be filled in, others may be; notes on the heads say what goes there.",
            "2. Overwrite or delete the grey examples (“e.g. …”); they are not read as lines.",
            "3. Leave empty what you do not need; columns, sheets, empty rows and subtotals may be added.",
            "4. Heads are locked, without a password.",
            "5. Save, and run pingshen run with this folder; each mistake is told with its sheet and cell.",
        ]
}

private func heads(_ locale: Locale) -> [String] {
    locale == .zh ? ["工作表", "已填", "内容"] : ["Sheet", "Filled in", "What it holds"]
}

private let fieldSheet = LocalizedText(zh: "一项一行", en: "one item a row")
