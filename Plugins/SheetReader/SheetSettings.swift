import OfficeFiles
import ReviewModel

/// What a spec says of the files to read and of the tables in them.
struct SheetSettings: Sendable {
    /// The files, each a workbook, a CSV or a database.
    var books: [String] = []
    var tables: [TableSettings] = []
    /// The fields of the dossier, where the files hold them.
    var fields: FieldSettings?
    /// Whether sheets are looked through for whatever table of the form they hold.
    var recognises = false
    /// Tables that go before others which a sheet resembles as much.
    var rather: [String] = []
    /// By tables, the columns that have to be filled in, and those that are parts of others; for sheets that are recognised.
    var needed: [String: [String]] = [:]
    var joined: [String: [JoinedWords]] = [:]
    /// By tables, the columns whose empty cells go on with what stands above.
    var continued: [String: [String]] = [:]
    /// Columns whose head reaches over the one beside it, which holds another: 数量 over 6 | 场. By tables.
    var beside: [String: [String: String]] = [:]
    /// By tables, columns of years with those that say up to which day: of 2025年1-8月 the year is 2025.
    var cutOffs: [String: [String: String]] = [:]
    /// Tables that list what a column of another table names, where no sheet has them: the years of earlier years.
    var listed: [(table: String, column: String, from: String)] = []
    /// Tables that may have columns of their own for each year.
    var across: [String: YearsAcross] = [:]
    /// What rows are called that are none of a table.
    var words = SheetWords.standard
    /// Whether formulas without a stored result give what we compute for them.
    var computes = false
    var encoding: TextEncoding?
    var delimiter: UInt8?

    init(_ configuration: Value, _ log: DiagnosticLog) {
        guard let record = ValueReader(configuration, log: log).record() else { return }
        if let book = record.required("book") {
            books = book.value.list == nil ? [book.text() ?? ""] : book.list().compactMap { $0.text() }
            if books.isEmpty { log.add(noBook(at: book.pointer)) }
        }
        fields = FieldSettings(record.optional("fields"))
        recognises = record.optional("recognise")?.boolean() ?? false
        rather = record.optional("rather")?.list().compactMap { $0.text() } ?? []
        computes = record.optional("computes")?.boolean() ?? false
        for (table, columns) in record.optional("needed")?.record()?.all() ?? [] {
            needed[table] = columns.list().compactMap { $0.text() }
        }
        for (table, columns) in record.optional("joined")?.record()?.all() ?? [] {
            joined[table] = JoinedWords.all(columns)
        }
        for (table, columns) in record.optional("continued")?.record()?.all() ?? [] {
            continued[table] = columns.list().compactMap { $0.text() }
        }
        for (table, columns) in record.optional("beside")?.record()?.all() ?? [] { beside[table] = Self.names(columns) }
        for (table, columns) in record.optional("cut_offs")?.record()?.all() ?? [] {
            cutOffs[table] = Self.names(columns)
        }
        for (table, columns) in record.optional("listed")?.record()?.all() ?? [] {
            listed += Self.names(columns).sorted { $0.key < $1.key }.map { (table, $0.key, $0.value) }
        }
        for (table, years) in record.optional("across")?.record()?.all() ?? [] { across[table] = YearsAcross(years) }
        if let words = record.optional("words") { self.words = SheetWords(words) }
        let named = fields == nil && !recognises ? record.required("tables") : record.optional("tables")
        if case .list? = named?.value {
            tables = (named?.list() ?? []).compactMap { $0.text() }.map { TableSettings(sheet: nil, of: $0) }
        } else {
            tables = (named?.record()?.all() ?? []).map { TableSettings($0.key, $0.value) }
        }
        let isOptional = record.optional("optional")?.boolean() ?? false
        for index in tables.indices {
            (tables[index].isOptional, tables[index].computes) = (isOptional, computes)
            complete(&tables[index])
        }
        if let encoding = record.optional("encoding")?.oneOf(Self.encodings.map(\.name)) {
            self.encoding = Self.encodings.first { $0.name == encoding }?.encoding
        }
        if let delimiter = record.optional("delimiter")?.oneOf(Self.delimiters.map(\.name)) {
            self.delimiter = Self.delimiters.first { $0.name == delimiter }?.byte
        }
        record.finish()
    }

    /// Adds what is said of the table beside its own settings.
    func complete(_ table: inout TableSettings) {
        table.needed = needed[table.name] ?? []
        table.joined = joined[table.name] ?? []
        table.continued = continued[table.name] ?? []
        table.beside = beside[table.name] ?? [:]
        table.cutOffs = cutOffs[table.name] ?? [:]
        (table.words, table.across) = (words, across[table.name])
    }

    private static func names(_ reader: ValueReader) -> [String: String] {
        Dictionary((reader.record()?.all() ?? []).compactMap { key, value in value.text().map { (key, $0) } }) { $1 }
    }

    static let encodings: [(name: String, encoding: TextEncoding)] = [
        ("UTF-8", .utf8), ("GBK", .gb18030), ("GB18030", .gb18030), ("UTF-16LE", .utf16LittleEndian),
        ("UTF-16BE", .utf16BigEndian),
    ]
    static let delimiters: [(name: String, byte: UInt8)] = [
        ("comma", UInt8(ascii: ",")), ("semicolon", UInt8(ascii: ";")), ("tab", UInt8(ascii: "\t")),
    ]

    static let schema: Value = [
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
        "properties": [
            "book": [
                "type": ["string", "array"], "items": ["type": "string"],
                "description": "the file: !file applicant.xlsx, or a list of files whose rows follow one another",
            ],
            "tables": [
                "type": ["object", "array"], "additionalProperties": TableSettings.schema, "items": ["type": "string"],
                "description": "the tables to read, by the form's names",
            ],
            "optional": [
                "type": "boolean", "default": false, "description": "whether a table that no file has is an empty one",
            ],
            "fields": FieldSettings.schema,
            "computes": [
                "type": "boolean", "default": false,
                "description": "whether formulas without a stored result give what they come to; this is said",
            ],
            "recognise": [
                "type": "boolean", "default": false,
                "description": "read whatever table of the form a sheet is recognised to hold",
            ],
            "rather": [
                "type": "array", "items": ["type": "string"],
                "description": "tables that a sheet is recognised as rather than as others that it resembles as much",
            ],
            "needed": [
                "type": "object", "additionalProperties": ["type": "array", "items": ["type": "string"]],
                "description": "columns, by their tables, that have to be filled in: a head without them is told",
            ],
            "joined": [
                "type": "object",
                "description":
                    "columns, by their tables, whose value stands in several cells, with the heads of those before and behind it",
                "additionalProperties": ["type": "object", "additionalProperties": JoinedWords.schema],
            ],
            "continued": [
                "type": "object", "additionalProperties": ["type": "array", "items": ["type": "string"]],
                "description":
                    "columns, by their tables, whose empty cells go on with what stands above, though nobody has merged them",
            ],
            "beside": [
                "type": "object",
                "additionalProperties": ["type": "object", "additionalProperties": ["type": "string"]],
                "description":
                    "columns, by their tables, whose head may reach over the next one, with what that one holds: {quantity: unit}",
            ],
            "cut_offs": [
                "type": "object",
                "additionalProperties": ["type": "object", "additionalProperties": ["type": "string"]],
                "description":
                    "columns of years, by their tables, with those for the last day: 2025年1-8月 is 2025 and 2025-08-31",
            ],
            "listed": [
                "type": "object",
                "additionalProperties": ["type": "object", "additionalProperties": ["type": "string"]],
                "description":
                    "tables that list what another table's column of the same name has, where no sheet is one: {history_years: {year: history}}",
            ],
            "across": [
                "type": "object", "additionalProperties": YearsAcross.schema,
                "description": "tables, by their names, in which each year may have columns of its own",
            ],
            "words": SheetWords.schema,
            "encoding": [
                "enum": .list(encodings.map { .text($0.name) }), "description": "of a CSV; guessed if it is left out",
            ],
            "delimiter": [
                "enum": .list(delimiters.map { .text($0.name) }), "description": "of a CSV; guessed if it is left out",
            ],
        ], "required": ["book"], "additionalProperties": false,
    ]
}

/// What a spec says of one table.
struct TableSettings: Sendable {
    var name: String
    /// The sheet, or the table of a database; found by the form's titles where it is not named.
    var sheet: String?
    /// Sheets whose rows follow those of the first.
    var further: [String] = []
    /// For databases.
    var query: String?
    /// The row of the head, or the last of two; found where it is not given.
    var head: Int?
    /// The last row of the table, where another one stands below it on the sheet.
    var last: Int?
    /// The rows of the heads of other tables on the sheet.
    var otherHeads: [ClosedRange<Int>] = []
    /// The unit that is said above another table on the sheet, where nothing says that of this one.
    var carriedUnit: (unit: FigureUnit, address: CellAddress?)?
    /// The columns of the table, where another one stands beside it on the sheet.
    var columnsRead: ClosedRange<Int>?
    /// The sheet that ``head`` and ``last`` were found on; others have rows of their own.
    var placedOn: String?
    /// What columns of the form are called in the head.
    var columns: [(column: String, head: String)] = []
    /// Columns that are counted: `L00` makes L01, L02.
    var counted: [(column: String, pattern: String)] = []
    /// Columns that are the same in each row.
    var fixed: [(column: String, value: String)] = []
    /// Columns around one of the table that are parts of its value: an operator before it, a unit behind it.
    var joined: [JoinedWords] = []
    /// Columns of the form that have to be filled in: where the head has none of them, this is said.
    var needed: [String] = []
    /// Columns of the form whose empty cells go on with what stands above.
    var continued: [String] = []
    /// Whether the table is an empty one where no file has it.
    var isOptional = false
    /// Whether formulas without a stored result give what we compute for them.
    var computes = false
    /// Columns of which one has to be filled before a row is a line; the others were written beforehand.
    var filledBy: [String] = []
    /// What columns hold that stand beside one under its head, by that one.
    var beside: [String: String] = [:]
    /// Columns for the last day of a part of a year, by those of the years.
    var cutOffs: [String: String] = [:]
    /// Where each year may have columns of its own.
    var across: YearsAcross?
    /// Whether a head further down of the same table, with its columns elsewhere or in another unit, begins more rows of it.
    var goesOn = false
    var words = SheetWords.standard
    /// What the rows are called that sum up others, where the table says so itself.
    private var ownTotals: [String]?

    var totals: [String] { ownTotals ?? words["totals"] }

    init(_ name: String, _ reader: ValueReader) {
        self.name = name
        if case .text = reader.value {
            sheet = reader.text()
            return
        }
        guard !reader.isNull, let record = reader.record() else { return }
        sheet = record.optional("sheet")?.text()
        query = record.optional("query")?.text()
        // A row that no sheet has is found to have no head.
        head = record.optional("head")?.integer().map { min(max($0, 1), CellAddress.rows.upperBound) }
        columns = Self.pairs(record.optional("columns"))
        counted = Self.pairs(record.optional("count"))
        fixed = Self.pairs(record.optional("fixed"))
        filledBy = record.optional("filled_by")?.list().compactMap { $0.text() } ?? []
        if let totals = record.optional("totals") { ownTotals = totals.list().compactMap { $0.text() } }
        record.finish()
    }

    private static func pairs(_ reader: ValueReader?) -> [(String, String)] {
        (reader?.record()?.all() ?? []).compactMap { key, value in value.text().map { (key, $0) } }
    }

    static let schema: Value = [
        "description": "the name of the sheet, or what is known of it", "type": ["string", "object", "null"],
        "properties": [
            "sheet": ["type": "string", "description": "the sheet, or the table of a database"],
            "query": ["type": "string", "description": "for a database: one SELECT"],
            "head": ["type": "integer", "minimum": 1, "description": "the row of the head, the last if it has two"],
            "columns": ["type": "object", "description": "what a column of the form is called in the head"],
            "count": ["type": "object", "description": "columns to be counted: L00 makes L01, L02, …"],
            "fixed": ["type": "object", "description": "columns with one value in all rows"],
            "filled_by": [
                "type": "array", "items": ["type": "string"],
                "description": "columns of which one has to be filled before a row is a line",
            ],
            "totals": ["type": "array", "items": ["type": "string"], "description": "names of rows that sum up"],
        ], "additionalProperties": false,
    ]
}

// MARK: - Messages

private func noBook(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "sheet-reader/no-book",
        message: LocalizedText(zh: "没有写明要读的文件", en: "there is no file to read"),
        pointer: pointer,
        help: LocalizedText(zh: "如 book: !file ./申报表.xlsx", en: "such as book: !file ./applicant.xlsx")
    )
}
