import ExcelBooks
import ReviewModel

/// A column of a form's table as the workbook prints it: the head from the title and the unit, the cells by their type.
struct FormColumn {
    let name: String
    let position: Int
    let column: GridColumn
    private let table: Table
    private let type: ColumnType
    private let isPercent: Bool
    private let locale: Locale
    private let titles: FormTitles

    init(_ table: Table, _ position: Int, _ locale: Locale, _ titles: FormTitles) {
        (self.table, self.position, self.locale, self.titles) = (table, position, locale, titles)
        let column = table.schema.columns[position]
        (name, type, isPercent) = (column.name, column.type, column.unit == FigureUnit.percent.rawValue)
        let title = column.title(locale)
        let unit = column.unitName(locale)
        let withUnit = LocalizedText(zh: "\(title)（\(unit)）", en: "\(title) (\(unit))")(locale)
        switch (type, FigureUnit(rawValue: column.unit)) {
        case (.decimal, .money(let currency, let tens)?):
            let least = FigureUnit.money(currency: currency, tens: tens).customaryPlaces ?? 0
            self.column = .money(withUnit, places: table.places(ofColumn: column.name, atLeast: least))
        case (.decimal, .percent): self.column = .percent(title)
        case (.decimal, .points), (.integer, .points): self.column = .points(title)
        case (.decimal, _), (.integer, _): self.column = .points(unit.isEmpty ? title : withUnit)
        case (.date, _): self.column = GridColumn(title, CellStyle(number: .date, isCentred: true), 11...14)
        case (.boolean, _): self.column = GridColumn(title, CellStyle(isCentred: true), 6...14)
        default: self.column = .text(title, 6...30)
        }
    }

    /// The columns of a table in which anything stands.
    static func all(_ table: Table, _ locale: Locale, _ titles: FormTitles) -> [FormColumn] {
        table.schema.columns.indices.filter { table.hasContent(column: $0) }.map {
            FormColumn(table, $0, locale, titles)
        }
    }

    func content(_ row: Int) -> CellContent {
        let value = table.cell(row: row, column: position)
        switch (type, value) {
        case (_, .null): return .blank
        case (.decimal, _):
            guard let number = value.decimal ?? value.text.flatMap({ ExactDecimal($0) }) else { break }
            return .number(isPercent ? number.asFraction : number)
        case (.integer, .integer(let number)): return .number(ExactDecimal(number))
        case (.boolean, .boolean(let flag)):
            return .text((flag ? LocalizedText(zh: "是", en: "yes") : LocalizedText(zh: "否", en: "no"))(locale))
        case (.date, _):
            if let day = value.text.flatMap({ CalendarDate($0) }) { return .date(day) }
        case (.texts, .list(let items)):
            let texts = items.compactMap(\.scalarText).map { titles.value($0, of: table.name, name) }
            return .text(texts.joined(separator: locale == .zh ? "、" : ", "))
        default: break
        }
        return .text(titles.value(value.scalarText ?? "", of: table.name, name))
    }
}

extension Table {
    /// The titles that the form gives to columns, by their names; a column without one is called by its name, which is no title.
    func titles(_ locale: Locale) -> [String: String] {
        let titled = schema.columns.map { ($0.name, $0.title(locale)) }.filter { $0.0 != $0.1 }
        return Dictionary(titled) { first, _ in first }
    }

    /// Whether anything stands in a column.
    fileprivate func hasContent(column: Int) -> Bool {
        (0..<rowCount).contains { row in
            switch cell(row: row, column: column) {
            case .null: false
            case .text(let text): !text.isEmpty
            case .list(let items): !items.isEmpty
            default: true
            }
        }
    }

    /// The most decimal places of a column, `least` or more.
    func places(ofColumn column: String, atLeast least: Int) -> Int {
        decimals(column).reduce(least) { places, number in
            guard let number, number.places > places else { return places }
            return Swift.max(places, number.withoutTrailingZeros.places)
        }
    }
}
