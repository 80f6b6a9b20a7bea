import OfficeFiles
import ReviewModel
import Tables

/// Reads the fields of a dossier from a sheet that has a row for each: what it is called, what it holds, and its name in the form.
///
/// The form says what a value should be; what does not fit is handed on as it is, and the host says so at its cell.
struct FieldSheet {
    private static let head = TableSchema(
        name: "fields",
        columns: [
            Column(name: "value", title: LocalizedText(zh: "内容", en: "Value")),
            Column(name: "field", title: LocalizedText(zh: "字段", en: "Field")),
        ]
    )

    private let form: DossierOutline?
    private let book: OpenedBook
    private(set) var fields: [SourceField] = []
    private(set) var findings: [Finding] = []

    init(_ book: OpenedBook, _ form: DossierOutline?) { (self.book, self.form) = (book, form) }

    /// - Throws: ``SheetMistake`` where the sheet is not there or has no head.
    mutating func read(_ sheet: String) throws {
        let settings = TableSettings(sheet: sheet, of: Self.head.name)
        let search = TableSearch(settings, DossierOutline(tables: [Self.head]))
        let found = try search.find(in: book)
        guard let value = found.head.columns[0]?.column, let name = found.head.columns[1]?.column else {
            throw SheetMistake.noHead(Self.head, settings, book.name)
        }
        var (reading, context) = try search.open(sheet, book)
        try TableSearch.named(book) {
            while try reading.next() {
                if reading.row.number <= found.head.row { continue }
                take(reading.row, value, name, context, sheet)
            }
        }
    }

    private mutating func take(
        _ row: SheetRow,
        _ value: Int,
        _ name: Int,
        _ context: CellContext,
        _ sheet: String
    ) {
        func text(_ column: Int) -> String {
            guard let cell = row.cells.first(where: { $0.column == column }) else { return "" }
            return context.text(cell, row).trimmed
        }
        let (written, cell) = (text(name), row.cells.first { $0.column == value })
        guard let address = CellAddress(column: value, row: row.number) else { return }
        let place = Place.cell(file: book.path, sheet: sheet, address: address)
        if written.isEmpty {
            if !text(value).isEmpty { tell(noField, .warning, place) }
            return
        }
        let path = Self.path(written)
        let content: DossierOutline.Content
        switch form?.content(at: path) ?? .found(.open) {
        case .unknown(let known): return tell(unknownField(written, known), .warning, place)
        case .found(.group), .found(.list), .found(.map):
            return tell(unknownField(written, []), .warning, place)
        case .found(let found): content = found
        }
        let reading = cell.map { FieldValue(context).value($0, row, as: content) } ?? .empty
        if case .notCalculated = reading { tell(notCalculated(address), .error, place) }
        fields.append(SourceField(JSONPointer(["fields"] + path), reading.value, at: place))
    }

    /// `steps.1` is the first of them, for people; in the dossier it has the number 0.
    private static func path(_ name: String) -> [String] {
        name.split(separator: ".").enumerated().map { position, part in
            guard position > 0, let number = Int(part), number > 0 else { return String(part) }
            return String(number - 1)
        }
    }

    private mutating func tell(_ message: LocalizedText, _ severity: Severity, _ place: Place) {
        guard findings.count < 100 else { return }
        var finding = Finding(rule: "sheet/field", severity: severity, message: message, subject: book.name)
        finding.spots = [.place(place)]
        findings.append(finding)
    }
}

/// What a cell is as a field.
struct FieldValue {
    private let cells: CellValue

    enum Reading {
        case value(Value)
        /// A formula has no stored result; what it gives was computed.
        case computed(Value)
        case notCalculated
        static let empty = Reading.value(.null)

        var value: Value {
            switch self {
            case .value(let value), .computed(let value): value
            case .notCalculated: .null
            }
        }
    }

    /// - Parameter formulas: what formulas without a stored result give, on this sheet.
    init(_ context: CellContext, _ formulas: (of: FormulaFindings, sheet: String)? = nil) {
        cells = CellValue(context: context, formulas: formulas)
    }

    func value(_ cell: SheetCell, _ row: SheetRow, as content: DossierOutline.Content) -> Reading {
        var type = ColumnType.text
        switch content {
        case .value(let known): type = known ?? (cell.kind == .number ? .decimal : .text)
        case .open where cell.kind == .number: type = .decimal
        default: break
        }
        // Texts that are no numbers pass as they are, and truth values go as texts.
        let column = Column(name: "value", type: type == .boolean ? .text : type)
        var builder = TableBuilder(TableSchema(name: "field", columns: [column]))
        let outcome = cells.append(
            cell,
            of: row,
            to: &builder,
            as: MappedColumn(position: 0, sheetColumn: cell.column, column: Column(name: "value", type: type))
        )
        if case .notCalculated = outcome { return .notCalculated }
        builder.endRow(at: nil)
        let value = builder.table().cell(row: 0, column: 0)
        if type == .boolean, let text = value.text {
            return .value(text == "true" ? true : text == "false" ? false : value)
        }
        if type == .text, value.text?.isEmpty ?? false { return .empty }
        if case .computed = outcome { return .computed(value) }
        return .value(value)
    }
}

extension TableSettings {
    /// Nothing but the sheet.
    init(sheet: String?, of name: String) {
        self.init(name, ValueReader(.null, log: DiagnosticLog()))
        self.sheet = sheet
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace ?? false { rest.removeFirst() }
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }
}

// MARK: - Messages

private let noField = LocalizedText(
    zh: "这一行没有写明\"字段\"，内容未读取",
    en: "this row does not say which field it is; it was not read"
)

private func unknownField(_ name: String, _ known: [String]) -> LocalizedText {
    let nearest = suggestion(for: name, among: known)
    return LocalizedText(
        zh: "表单中没有字段\(quoted(name))，内容未读取" + (nearest.map { "；\($0.zh)" } ?? ""),
        en: "the form has no field \(quoted(name)); it was not read" + (nearest.map { "; \($0.en)" } ?? "")
    )
}

func notCalculated(_ address: CellAddress) -> LocalizedText {
    LocalizedText(
        zh: "公式没有计算结果，\(address) 按空白读取。请在 Excel 或 WPS 中打开并保存一次",
        en: "the formula in \(address) has no result; it was read as empty. Open and save the file once in Excel or WPS"
    )
}
