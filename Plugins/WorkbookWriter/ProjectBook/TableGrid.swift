import ExcelBooks
import ReviewModel
import Rubrics

/// The sheet of a table of the form: a title, what it is for, sums of its amounts, its heads, and rows to be filled.
///
/// Sums stand above the heads: they stay in sight, and rows can be added below without end.
struct TableGrid {
    let shape: Form.TableShape
    let name: String
    /// The columns of which one has to be filled before a row is a line: the others are written here already.
    let filledBy: [String]
    private let locale: Locale
    private let columns: [TypedColumn]
    private let table: Table?
    private let items: [RubricItemRow]
    private let exclusive: ExclusiveItems
    private let products: [Int: [Int]]
    /// What a product is multiplied by where it is filled in.
    private let factors: [Int: [Int]]
    private let keyCells: (String) -> String?

    /// Rows that are drawn, and rows that lists and checks hold for.
    private static let drawnRows = 40
    private static let checkedRows = 3000
    /// Where every sheet ends, counted from 0: a sum takes in however many rows there are.
    private static let lastRow = 1_048_575

    init(
        _ shape: Form.TableShape,
        _ name: String,
        _ settings: ProjectBookSettings,
        _ locale: Locale,
        _ table: Table?,
        keyCells: @escaping (String) -> String?
    ) {
        (self.shape, self.name, self.locale, self.table, self.keyCells) = (shape, name, locale, table, keyCells)
        columns = shape.cells.map { TypedColumn($0, locale, isKey: $0.column.name == shape.key) }
        func position(_ column: String) -> Int? { shape.cells.firstIndex { $0.column.name == column } }
        var products: [Int: [Int]] = [:]
        for (column, factors) in settings.products {
            let found = factors.compactMap(position)
            if let column = position(column), found.count == factors.count { products[column] = found }
        }
        self.products = products
        var optional: [Int: [Int]] = [:]
        for (column, factors) in settings.factors {
            if let column = position(column), products[column] != nil {
                optional[column] = factors.compactMap(position)
            }
        }
        factors = optional
        let filled = settings.items.first { $0.table == shape.name }?.filled.filter { position($0) != nil } ?? []
        items =
            filled.isEmpty || table != nil
            ? [] : RubricItemRow.all(shape, settings.rubric, settings.form?.roles ?? FormRoles(), locale)
        filledBy = items.isEmpty ? [] : filled
        exclusive = ExclusiveItems(
            items.isEmpty ? nil : settings.rubric,
            FormTitles(form: settings.form?.outline, locale: locale),
            locale
        )
    }

    /// How many rows are filled in already.
    var filledRows: Int { table?.rowCount ?? 0 }

    // MARK: Where things stand

    /// The columns that are summed up: amounts, and no prices.
    private var sums: [Int] {
        let prices = Set(products.values.joined())
        return columns.indices.filter { shape.cells[$0].column.isMoney && !prices.contains($0) }
    }
    private var headRow: Int { Self.headRow(of: shape) }

    private static func headRow(of shape: Form.TableShape) -> Int {
        shape.cells.contains { $0.column.isMoney } ? 4 : 3
    }

    /// The cells in which the ids of a table's rows stand, for lists; `nil` for a table without.
    static func keys(of shape: Form.TableShape, on sheet: String) -> String? {
        guard let key = shape.key, let column = shape.cells.firstIndex(where: { $0.column.name == key }) else {
            return nil
        }
        let first = headRow(of: shape) + 1
        return "=" + sheet.quotedSheet + "!" + fixedRange(column, first, first + checkedRows)
    }

    /// Where remarks stand that are no columns of the form: behind the code of the item that they are about.
    private var remarkColumns: Range<Int> {
        guard !items.isEmpty, let code = shape.cells.firstIndex(where: { $0.column.name == "code" }) else {
            return 0..<0
        }
        return (code + 1)..<(code + 3)
    }

    /// The column of the sheet in which one of the form stands.
    private func place(_ position: Int) -> Int {
        position < remarkColumns.lowerBound ? position : position + remarkColumns.count
    }

    private var widths: [Int] {
        var widths = columns.map(\.width)
        if !remarkColumns.isEmpty { widths.insert(contentsOf: [44, 9], at: remarkColumns.lowerBound) }
        return widths
    }

    // MARK: Writing

    func write(_ book: ExcelBook) throws {
        let sheet = try book.addSheet(name, widths: widths.map { $0...$0 })
        if filledRows > 0 { sheet.tab(.greenFill) }
        try setColumns(sheet)
        try sheet.write(.text(shape.title(locale)), 0, 0, .title)
        try sheet.height(0, 28)
        let remarks = [shape.note.map { $0(locale) }].compactMap { $0 } + exclusive.sentences + [hint(locale)]
        try sheet.write(.text(remarks.joined(separator: locale == .zh ? "　" : " ")), 1, 0, .remark)
        if !sums.isEmpty { try writeSums(sheet) }
        try writeHeads(sheet)
        try writeRows(sheet)
        try setChecks(sheet)
        sheet.freeze(rows: headRow + 1, columns: shape.key == nil ? 0 : 1)
        try sheet.protect()
        try sheet.setPage(
            isWide: widths.reduce(0, +) > 90,
            width: widths.reduce(0, +),
            repeating: headRow...headRow,
            footer: "&C&P / &N"
        )
        try sheet.setPrintArea(
            columns: columns.count + remarkColumns.count,
            through: headRow + max(15, filledRows + items.count)
        )
    }

    private func setColumns(_ sheet: ExcelSheet) throws {
        for (position, column) in columns.enumerated() {
            var style = column.style
            (style.isInput, style.isBare) = (false, true)
            try sheet.setColumn(place(position), width: column.width, style)
        }
        for column in remarkColumns { try sheet.setColumn(column, width: widths[column], .open) }
        try sheet.openColumns(from: columns.count + remarkColumns.count)
    }

    private func writeSums(_ sheet: ExcelSheet) throws {
        let row = headRow - 1
        try sheet.write(.text(locale == .zh ? "合计" : "Total"), row, 0, CellStyle.strong.with(.total))
        for column in columns.indices.dropFirst() where !sums.contains(column) {
            try sheet.write(.blank, row, place(column), CellStyle.strong.with(.total))
        }
        for column in sums where column > 0 {
            let formula = sumFormula(place(column))
            try sheet.write(.formula(formula, .number(sum(column))), row, place(column), CellStyle.money.with(.total))
        }
    }

    /// The sum of a column without what somebody has summed up below. Examples are texts, and count for nothing.
    private func sumFormula(_ column: Int) -> String {
        let (first, last) = (headRow + 1, Self.lastRow)
        let amounts = columnRange(column, first, last)
        guard let text = shape.cells.firstIndex(where: { $0.column.type == .text }) else { return "SUM(\(amounts))" }
        let names = fixedRange(place(text), first, last)
        let left = locale == .zh ? ["合计", "小计", "总计"] : ["Total", "Subtotal"]
        return "SUMIFS(\(amounts),\(left.map { "\(names),\"<>\($0)\"" }.joined(separator: ",")))"
    }

    /// What stands in the column when the book is written.
    private func sum(_ column: Int) -> ExactDecimal {
        guard let table else { return 0 }
        let amounts = (0..<table.rowCount).compactMap { row in
            ExactDecimal(grouped: table.cell(row: row, column: shape.cells[column].column.name).scalarText ?? "")
        }
        return (try? ExactDecimal.sum(amounts)) ?? 0
    }

    private func writeHeads(_ sheet: ExcelSheet) throws {
        for (position, column) in columns.enumerated() {
            var style = CellStyle.head
            style.isInput = column.cell.isRequired
            try sheet.write(.text(column.head), headRow, place(position), style)
            try sheet.note(column.note, headRow, place(position))
        }
        for (column, head) in zip(remarkColumns, locale == .zh ? ["（指标）", "（满分）"] : ["(item)", "(most points)"]) {
            try sheet.write(.text(head), headRow, column, CellStyle.head)
        }
        try sheet.height(headRow, 32)
    }

    private func writeRows(_ sheet: ExcelSheet) throws {
        let first = headRow + 1
        for row in 0..<(max(filledRows, items.count) + Self.drawnRows) {
            for (position, column) in columns.enumerated() {
                let (content, isExample) = content(row, position, first + row)
                var style = column.style
                if isExample { style.role = .muted }
                if !isExample, case .text = content, style.number.isNumeric { style.role = .warning }
                try sheet.write(content, first + row, place(position), style)
            }
            guard items.indices.contains(row) else { continue }
            if let sentence = exclusive.sentence(of: items[row].code) {
                try sheet.note(sentence, first + row, remarkColumns.lowerBound - 1)
            }
            let remarks: [CellContent] = [.text(items[row].name), items[row].most.map { .number($0) } ?? .blank]
            for (column, remark) in zip(remarkColumns, remarks) {
                try sheet.write(remark, first + row, column, CellStyle.muted.unlocked)
            }
        }
    }

    private func content(_ row: Int, _ position: Int, _ line: Int) -> (content: CellContent, isExample: Bool) {
        let column = columns[position]
        if let table {
            let value = row < table.rowCount ? table.cell(row: row, column: column.cell.column.name) : .null
            if row < table.rowCount, value.isNull, column.cell.column.name == shape.key,
                column.cell.column.type == .text
            {
                return (.text(id(row + 1)), false)
            }
            if !value.isNull { return (column.content(value), false) }
        } else if items.indices.contains(row) {
            let content = items[row].content(of: column.cell.column.name)
            return (content.map { column.content(.text($0)) } ?? .blank, false)
        } else if row == 0, hasExample, products[position] == nil {
            return (.text(column.example(key: exampleKey(column.cell))), true)
        }
        return (product(position, line), false)
    }

    /// An amount that follows from other columns of the row, once these have numbers, or nothing.
    private func product(_ position: Int, _ line: Int) -> CellContent {
        guard let factors = products[position] else { return .blank }
        let cells = factors.map { CellReference(line, place($0)).description }
        let optional = (self.factors[position] ?? []).map { factor in
            let cell = CellReference(line, place(factor)).description
            return "IF(COUNT(\(cell))=1,\(cell),1)"
        }
        let product = (cells + optional).joined(separator: "*")
        let formula = "IF(COUNT(\(cells.joined(separator: ",")))<\(cells.count),\"\",ROUND(\(product),2))"
        return .formula(formula, .text(""))
    }

    // MARK: Examples

    private var hasExample: Bool { table == nil && items.isEmpty }

    private func exampleKey(_ cell: Form.CellShape) -> String? {
        cell.column.name == shape.key || cell.references != nil ? id(1) : nil
    }

    private func id(_ number: Int) -> String { "L" + (number < 10 ? "0" : "") + String(number) }

    // MARK: Checks

    private func setChecks(_ sheet: ExcelSheet) throws {
        let rows = (headRow + 1)...(headRow + Self.checkedRows)
        for (position, column) in columns.enumerated() {
            if column.cell.column.name == "level", items.contains(where: { !$0.levels.isEmpty }) {
                try chooseLevels(sheet, position)
            } else if !column.choices.isEmpty {
                try sheet.choose(column.choices, column: place(position), rows: rows)
            } else if let keys = column.cell.references.flatMap(keyCells), column.cell.column.type != .texts {
                try sheet.choose(from: keys, column: place(position), rows: rows)
            } else if column.cell.column.type == .decimal || column.cell.column.type == .integer {
                try sheet.takeNumbers(column: place(position), rows: rows)
            }
        }
    }
}

extension TableGrid {
    /// Each row has the levels of its own item to choose from. Rows that follow one another with the same ones share a list.
    private func chooseLevels(_ sheet: ExcelSheet, _ position: Int) throws {
        var start = 0
        while start < items.count {
            let levels = items[start].levels
            let end = items[start...].prefix { $0.levels == levels }.endIndex
            if !levels.isEmpty {
                try sheet.choose(levels, column: place(position), rows: (headRow + 1 + start)...(headRow + end))
            }
            start = end
        }
    }
}

// MARK: - Messages

private let hint = LocalizedText(
    zh: "带 * 的列必填；灰色的示例行请改写或删去；可以插入行、列和小计。",
    en:
        "Columns with * have to be filled in; overwrite or delete the grey example; rows, columns and subtotals may be added."
)
