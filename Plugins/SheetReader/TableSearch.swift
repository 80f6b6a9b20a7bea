import OfficeFiles
import ReviewModel
import Tables

/// Finds a table in the files, and reads it.
struct TableSearch {
    private(set) var settings: TableSettings
    let schema: TableSchema
    private let synonyms: [String: [String]]
    /// The tables of the form, whose heads may stand further down.
    private let known: [TableSchema]
    let isCancelled: () -> Bool

    /// - Parameter form: what the dossier may hold; without it, the columns are those that the settings name, and texts.
    init(_ settings: TableSettings, _ form: DossierOutline?, isCancelled: @escaping () -> Bool = { false }) {
        (self.settings, self.isCancelled) = (settings, isCancelled)
        let named = (settings.columns.map(\.column) + settings.counted.map(\.column) + settings.fixed.map(\.column))
        schema =
            form?.tables.first { $0.name == settings.name }
            ?? TableSchema(name: settings.name, columns: named.map { Column(name: $0) })
        synonyms = form?.synonyms ?? [:]
        known = form?.tables ?? []
    }

    /// Where a table stands in a file.
    struct Found {
        var sheet: String
        var isHidden = false
        var head: SheetHead
        var outline: SheetOutline?
        /// The last row of the table, where another one stands below it.
        var last: Int?
        /// The year that the columns are of, for the column of the form at a position, and its last day where they are of a part of it.
        var year: (position: Int, number: Int, lastDay: CalendarDate?)?
    }

    /// What was read of a table.
    struct Read {
        var table: Table
        var findings: [Finding]
        /// By sheets, the first row of the first head.
        var firstRows: [String: Int] = [:]
        /// By sheets, rows that were taken for titles, notes and signatures, where fields may stand as well.
        var apart: [String: Set<Int>] = [:]
        /// The last days of years of which only a part is known.
        var partsOfYears: [CalendarDate] = []
    }

    /// The table with the rows of all files that have it.
    func read(_ books: [OpenedBook]) throws -> Read {
        var (reading, findings, hasOne) = (TableReading(schema, settings), [Finding](), false)
        var notes: [SheetNotes] = []
        for (book, sheet) in books.flatMap({ book in ([settings.sheet] + settings.further).map { (book, $0) } }) {
            do {
                let search = on(sheet)
                let found = try search.find(in: book)
                hasOne = true
                for var part in try search.read(found, book, &reading) {
                    if let formulas = book.formulas { part.hold(against: formulas) }
                    notes.append(part)
                }
            } catch let mistake as SheetMistake where books.count > 1 || settings.isOptional {
                findings.append(mistake.finding(file: book.path))
            }
        }
        guard hasOne || settings.isOptional else { throw SheetMistake.inNone(settings.name, books.map(\.name)) }
        let columns =
            hasOne
            ? positions(filledBy: notes.map(\.head), and: reading.filledBeside) : Array(schema.columns.indices)
        let table = Self.spelled(reading.takeTable().selecting(columns))
        // What is said of one sheet once more, for another year, is said once.
        for finding in notes.flatMap(\.findings) where !findings.contains(where: { $0.isSaid(by: finding) }) {
            findings.append(finding)
        }
        // A table without rows lacks nothing.
        if table.rowCount > 0 { findings += notes.compactMap(lacking) }
        if books.count > 1 || !settings.further.isEmpty {
            findings += doubles(in: table, of: notes.map(\.head))
        } else if settings.goesOn, settings.across == nil, schema.columns.contains(where: \.isMoney) {
            // On one sheet a column that is not read may tell them apart.
            findings += doubles(in: table, of: notes.map(\.head), .info)
        }
        var found = Read(
            table: table,
            findings: findings,
            partsOfYears: notes.flatMap { $0.partsOfYears.map(\.day) + [$0.year?.lastDay].compactMap(\.self) }
        )
        for note in notes { found.firstRows[note.sheet] = min(found.firstRows[note.sheet] ?? .max, note.head.firstRow) }
        for note in notes { found.apart[note.sheet, default: []].formUnion(note.apart) }
        return found
    }

    /// The table of one long file, to be read as its rows are asked for.
    func stream(_ book: OpenedBook) throws -> SheetStream {
        let found = try find(in: book)
        var reading = TableReading(schema, settings)
        try begin(found, book, &reading)
        return SheetStream(reading, book, columns: positions(filledBy: [found.head]))
    }

    /// Only the columns that some sheet or the settings fill: the form's others are no business of this source.
    private func positions(filledBy heads: [SheetHead], and beside: Set<Int> = []) -> [Int] {
        var filled = Set(heads.flatMap(\.columns.keys)).union(beside)
        for name in settings.counted.map(\.column) + settings.fixed.map(\.column) {
            if let position = schema.position(of: name) { filled.insert(position) }
        }
        return schema.columns.indices.filter(filled.contains)
    }

    /// Columns with cells that do not fit their types go as the texts that they are: it is the host who holds them against the form,
    /// and shows a mistake at its cell.
    private static func spelled(_ table: Table) -> Table {
        var schema = table.schema
        for position in schema.columns.indices where !table.storage[position].strays.isEmpty {
            schema.columns[position].type = .text
        }
        return schema == table.schema ? table : table.retyped(schema)
    }

    // MARK: Finding

    private func on(_ sheet: String?) -> TableSearch {
        var search = self
        search.settings.sheet = sheet
        if let placed = settings.placedOn, placed != sheet {
            (search.settings.head, search.settings.last, search.settings.otherHeads) = (nil, nil, [])
            (search.settings.columnsRead, search.settings.carriedUnit) = (nil, nil)
        }
        return search
    }

    /// - Throws: ``SheetMistake`` where the file does not have the table.
    func find(in book: OpenedBook) throws -> Found {
        let words = HeadWords(schema, settings, synonyms: synonyms)
        var (best, rivals) = (nil as Found?, [String]())
        for (name, isHidden) in try candidates(in: book) {
            var outline: SheetOutline?
            if case .workbook(let workbook) = book.content,
                let sheet = workbook.sheets.first(where: { $0.name == name })
            {
                outline = try Self.named(book) { try workbook.outline(of: sheet) }
            }
            guard var head = try search(name, book, outline).head(words, at: isDatabase(book) ? 1 : settings.head)
            else { continue }
            // The name of the sheet may be where the unit is said: 预算明细（万元）.
            if head.money == nil, let unit = HeadWords.money(in: name) { head.money = (unit, nil) }
            if settings.goesOn { takeAlike(words, &head) }
            if head.money == nil, let carried = settings.carriedUnit {
                (head.money, head.isCarried) = (carried, true)
            }
            let found = Found(sheet: name, isHidden: isHidden, head: head, outline: outline, last: settings.last)
            if head.columns.count > best?.head.columns.count ?? 0 {
                (best, rivals) = (found, [])
            } else if head.columns.count == best?.head.columns.count {
                rivals.append(name)
            }
        }
        guard let best else { throw SheetMistake.noHead(schema, settings, book.name) }
        guard rivals.isEmpty else { throw SheetMistake.severalSheets(schema, book.name, [best.sheet] + rivals) }
        return best
    }

    /// The first rows of a sheet, to look for heads of several tables in.
    func heads(on sheet: String, of book: OpenedBook) throws -> HeadSearch {
        var outline: SheetOutline?
        if case .workbook(let workbook) = book.content, let found = workbook.sheets.first(where: { $0.name == sheet }) {
            outline = try Self.named(book) { try workbook.outline(of: found) }
        }
        return try search(sheet, book, outline)
    }

    /// What the columns of the table are called.
    var words: HeadWords { HeadWords(schema, settings, synonyms: synonyms) }

    func isDatabase(_ book: OpenedBook) -> Bool { if case .database = book.content { true } else { false } }

    /// The sheets in which the table may be.
    private func candidates(in book: OpenedBook) throws -> [(name: String, isHidden: Bool)] {
        let sheets = book.sheets
        if settings.query != nil { return [(settings.name, false)] }
        if let named = settings.sheet {
            if case .text = book.content { return sheets }
            guard let sheet = sheets.first(where: { $0.name == named }) else {
                throw SheetMistake.noSheet(named, book.name, sheets.map(\.name))
            }
            return [sheet]
        }
        let names = Set(
            ([schema.name, schema.title.zh, schema.title.en] + (synonyms[schema.name] ?? [])).map(HeadWords.folded)
        )
        let called = sheets.filter { names.contains(HeadWords.folded($0.name)) }
        if !called.isEmpty { return called }
        return sheets.filter { !$0.isHidden }
    }

    private func search(_ sheet: String, _ book: OpenedBook, _ outline: SheetOutline?) throws -> HeadSearch {
        var (reading, context) = try open(sheet, book)
        return try Self.named(book) { try HeadSearch(&reading, context, outline, from: settings.head ?? 1) }
    }

    // MARK: Reading

    func begin(_ found: Found, _ book: OpenedBook, _ table: inout TableReading, carried: ExactDecimal = .zero) throws {
        let (reading, context) = try open(found.sheet, book)
        table.begin(
            reading,
            context,
            found,
            file: book.path,
            isDatabase: isDatabase(book),
            formulas: settings.computes ? book.formulas : nil,
            sums: try sums(found, book, carried: carried),
            heads: isDatabase(book) || book.isLong ? [] : headTexts
        )
    }

    /// What columns of any table of the form are called, folded.
    var headTexts: Set<String> {
        Set(
            known.flatMap { table in
                table.columns.flatMap { column in
                    [column.title.zh, column.title.en] + (synonyms["\(table.name).\(column.name)"] ?? [])
                }
            }.map(HeadWords.folded)
        ).subtracting([""])
    }

    /// Rows that sum up others; none in a database, and in what is read row by row.
    private func sums(_ found: Found, _ book: OpenedBook, carried: ExactDecimal) throws -> SumRows {
        if isDatabase(book) || book.isLong { return SumRows() }
        var (reading, context) = try open(found.sheet, book)
        let value = CellValue(context: context, formulas: book.formulas.map { ($0, found.sheet) })
        return try Self.named(book) {
            try SumRows(
                &reading,
                value,
                ColumnMapping(found.head, schema, found.outline),
                below: found.head.row,
                through: found.last,
                totals: Set(settings.totals.map(HeadWords.folded)),
                words: settings.words,
                // A head that is printed again is no amount that nobody can read.
                heads: Dictionary(found.head.columns.values.map { ($0.column, $0.text) }) { first, _ in first },
                carried: carried,
                formulas: book.formulas,
                sheet: found.sheet
            )
        }
    }

    /// Opens the rows of a sheet.
    func open(_ sheet: String, _ book: OpenedBook) throws -> (any RowReading, CellContext) {
        try Self.named(book) {
            switch book.content {
            case .workbook(let workbook):
                guard let found = workbook.sheets.first(where: { $0.name == sheet }) else {
                    throw SheetMistake.noSheet(sheet, book.name, workbook.sheets.map(\.name))
                }
                let rows = try workbook.reader(of: found)
                let narrow = settings.columnsRead.map { NarrowReading(rows, $0) as any RowReading }
                return (narrow ?? rows, CellContext(workbook))
            case .text(let text): return (try text.reading(), CellContext())
            case .database(let database):
                let rows = try settings.query.map(database.reading(query:)) ?? database.reading(table: sheet)
                return (rows, CellContext())
            }
        }
    }

    /// What is wrong with a file, with the name of the file.
    static func named<Result>(_ book: OpenedBook, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as OfficeFileError { throw BookError(book.name, error) }
    }

    /// What the head of a sheet lacks of the columns that have to be filled in.
    private func lacking(_ notes: SheetNotes) -> Finding? {
        let fixed = Set(settings.counted.map(\.column) + settings.fixed.map(\.column))
        let lacking = settings.needed.compactMap { name -> Int? in
            guard let position = schema.position(of: name), !fixed.contains(name) else { return nil }
            return notes.head.columns[position] == nil && notes.year?.position != position ? position : nil
        }
        guard let first = lacking.first else { return nil }
        let missing = lacking.map { schema.columns[$0].title }
        var finding = Finding(
            rule: "sheet/needed-missing",
            severity: .warning,
            message: lacks(missing, notes.sheet, schema.title, notes.head.unknown.map(\.text)),
            subject: notes.sheet
        )
        // It is told at the head: where one is called otherwise, there; of several at the one behind the column that stands before it in the form.
        let unknown = notes.head.unknown.filter { !HeadWords.folded($0.text).isEmpty }.map(\.column).sorted()
        let before = notes.head.columns.filter { $0.key < first }.max { $0.key < $1.key }?.value.column ?? 0
        let column =
            unknown.first { $0 > before } ?? unknown.last ?? notes.head.columns.values.map(\.column).min() ?? 1
        if let address = CellAddress(column: column, row: notes.head.row) {
            finding.spots = [.place(.cell(file: notes.file, sheet: notes.sheet, address: address))]
        }
        finding.spots.append(.value(JSONPointer(["tables", schema.name])))
        return finding
    }

    // MARK: Doubles

    /// Rows that stand in the files twice, apart from what was counted here, and in columns that not all of the sheets have.
    private func doubles(in table: Table, of heads: [SheetHead], _ severity: Severity = .warning) -> [Finding] {
        let counted = Set(settings.counted.map(\.column))
        let partial = Set(
            schema.columns.indices.filter { position in
                heads.contains { $0.columns[position] != nil } && heads.contains { $0.columns[position] == nil }
            }.map { schema.columns[$0].name }
        )
        let columns = table.schema.columns.indices.filter { position in
            let name = table.schema.columns[position].name
            return !counted.contains(name) && !partial.contains(name)
        }
        var (first, findings) = ([[Value]: Int](), [Finding]())
        for row in 0..<table.rowCount {
            let cells = columns.map { table.cell(row: row, column: $0) }
            guard let earlier = first[cells] else {
                first[cells] = row
                continue
            }
            guard findings.count < 100, let place = table.place(ofRow: row), let other = table.place(ofRow: earlier)
            else {
                continue
            }
            var finding = Finding(
                rule: "sheet/row-twice",
                severity: severity,
                message: rowTwice(other),
                subject: schema.name
            )
            finding.spots = [.place(place), .place(other)]
            findings.append(finding)
        }
        return findings
    }
}

extension Finding {
    fileprivate func isSaid(by other: Finding) -> Bool {
        rule == other.rule && message == other.message && spots == other.spots
    }
}

// MARK: - Messages

private func lacks(_ columns: [LocalizedText], _ sheet: String, _ table: LocalizedText, _ unknown: [String])
    -> LocalizedText
{
    let others = unknown.filter { !HeadWords.folded($0).isEmpty }
    let (zhOthers, enOthers) =
        others.isEmpty
        ? ("", "")
        : (
            "；也请看没有读取的列中有没有它：\(list(others.map { quoted($0) }, .zh))",
            "; see whether one of the columns that were not read is it: \(list(others.map { quoted($0) }, .en))"
        )
    return LocalizedText(
        zh:
            "工作表\(quoted(sheet))中没有找到\(quoted(table.zh))必填列的列名：\(list(columns.map { quoted($0.zh) }, .zh))。这些列空着，请补填\(zhOthers)",
        en:
            "the sheet \(quoted(sheet)) has no head of columns that \(quoted(table.en)) must have: \(list(columns.map { quoted($0.en) }, .en)). They are empty; fill them in\(enOthers)"
    )
}

private func rowTwice(_ other: Place) -> LocalizedText {
    LocalizedText(
        zh: "这一行与 \(other.brief) 的内容完全相同，两行都已读取",
        en: "this row is the same as \(other.brief); both were read"
    )
}
