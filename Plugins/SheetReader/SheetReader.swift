import OfficeFiles
import ReviewModel
import Tables

/// Reads tables of the dossier from workbooks, CSV files and SQLite databases.
///
/// Columns are known by the form's titles and synonyms, wherever the head stands. What is read is what is stored: nothing is
/// corrected, and what was left out is said. Formulas are computed anew only to say where their stored results differ.
struct SheetReader: DataSource {
    let role = RoleDescription(
        kind: .source,
        name: "sheet-reader",
        summary: "reads tables and fields from workbooks, CSV and SQLite (读取 Excel 工作簿、CSV 和 SQLite 中的表和字段)",
        writes: ["/tables"],
        takesForm: true,
        fieldSetting: "/fields",
        configSchema: SheetSettings.schema
    )

    func validate(_ configuration: Value, in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        let settings = SheetSettings(configuration, log)
        let known = context.form?.tables ?? []
        for table in settings.tables where context.form != nil {
            let pointer = JSONPointer(["tables", table.name])
            guard let schema = known.first(where: { $0.name == table.name }) else {
                log.add(unknownTable(table.name, known.map(\.name), at: pointer))
                continue
            }
            let named = [
                ("columns", table.columns.map(\.column)), ("count", table.counted.map(\.column)),
                ("fixed", table.fixed.map(\.column)), ("filled_by", table.filledBy),
            ]
            for (key, columns) in named {
                for column in columns where schema.position(of: column) == nil {
                    log.add(unknownColumn(column, schema.columns.map(\.name), at: pointer / key / column))
                }
            }
        }
        if !log.hasErrors { checkBooks(settings, context.form, log) }
        return log.diagnostics
    }

    /// Whether the files can be opened, and have the sheets that are named.
    private func checkBooks(_ settings: SheetSettings, _ form: DossierOutline?, _ log: DiagnosticLog) {
        for (index, path) in settings.books.enumerated() {
            let pointer = settings.books.count == 1 ? JSONPointer(["book"]) : JSONPointer(["book"]) / index
            do {
                let book = try OpenedBook(path, settings, scratch: nil)
                for table in settings.tables where settings.books.count == 1 && !table.isOptional {
                    do { _ = try TableSearch(table, form).find(in: book) } catch let mistake as SheetMistake {
                        let place = JSONPointer(["tables", table.name])
                        log.add(
                            ConfigurationDiagnostic(
                                code: mistake.code,
                                message: mistake.message,
                                pointer: place,
                                help: mistake.help
                            )
                        )
                    }
                }
            } catch let error as BookError {
                // What needs a conversion is only converted when it is read.
                if error.needsConversion, Conversion.isPossible(path) { continue }
                log.add(cannotRead(error.reason, error.help, at: pointer))
            } catch {
                log.add(
                    cannotRead((error as? any SpokenError)?.sentence ?? LocalizedText("\(error)"), nil, at: pointer)
                )
            }
        }
    }

    func tables(_ request: SourceRequest) async throws -> [Table] { try await read(request).tables }

    func read(_ request: SourceRequest) async throws -> SourceReading {
        let settings = SheetSettings(request.configuration, DiagnosticLog())
        let scratch = request.context.scratchDirectory
        var books = try settings.books.map { try OpenedBook($0, settings, scratch: scratch) }
        if books.contains(where: \.isConverted) { request.context.restsOnMore("LibreOffice") }
        for index in books.indices { try books[index].computeFormulas { Task.isCancelled } }
        var reading = SourceReading([])
        for table in settings.tables {
            let search = TableSearch(table, request.form, isCancelled: { Task.isCancelled })
            if request.mayStream, books.count == 1, books[0].isLong {
                reading.streams.append(try search.stream(books[0]))
                continue
            }
            let found = try search.read(books)
            reading.tables.append(found.table)
            reading.findings += found.findings
        }
        for book in books {
            if settings.recognises, let form = request.form {
                try recognise(book, form, settings, into: &reading)
            } else if let fields = settings.fields {
                try read(fields, book, request.form, nil, into: &reading)
            }
        }
        reading.findings += books.flatMap { $0.formulas?.findings ?? [] }
        if reading.streams.isEmpty { reading.findings += books.compactMap(\.guessed) }
        return reading
    }
}

extension SheetReader {
    /// Reads whatever table of the form a sheet is recognised to hold; a table that is read already is left alone.
    private func recognise(
        _ book: OpenedBook,
        _ form: DossierOutline,
        _ settings: SheetSettings,
        into reading: inout SourceReading
    ) throws {
        let recognition = try BookRecognition(
            book,
            form,
            rather: settings.rather,
            needed: settings.needed,
            across: settings.across,
            // A year of which only a part is known is the key of its row.
            keys: settings.cutOffs.mapValues { $0.keys.sorted() }
        )
        var following = Set<String>()
        // By sheets, the first row of all heads; and by tables, years of which only a part is known.
        var (rows, apart, parts) = (recognition.heads, [String: Set<Int>](), [String: [CalendarDate]]())
        for var table in recognition.tables where !reading.tables.contains(where: { $0.name == table.name }) {
            (table.computes, table.goesOn) = (settings.computes, true)
            settings.complete(&table)
            func read(_ table: TableSettings) throws -> TableSearch.Read {
                try TableSearch(table, form, isCancelled: { Task.isCancelled }).read([book])
            }
            var found = try read(table)
            if let alike = recognition.alike[table.name] {
                table.further = try FollowingSheets.among(alike, after: found.table) { sheet in
                    var other = table
                    other.sheet = sheet
                    return try read(other).table
                }
                following.formUnion(table.further)
                // Rows stand in the order of the sheets, whichever of them says the most.
                let order = ([table.sheet].compactMap(\.self) + table.further).inOrder(of: book.sheets.map(\.name))
                (table.sheet, table.further) = (order.first ?? table.sheet, Array(order.dropFirst()))
                if !table.further.isEmpty { found = try read(table) }
            }
            reading.tables.append(found.table)
            reading.findings += found.findings
            parts[table.name] = found.partsOfYears
            rows.merge(found.firstRows, uniquingKeysWith: min)
            apart.merge(found.apart) { $0.union($1) }
        }
        for listed in settings.listed {
            list(listed, parts[listed.from] ?? [], settings, form, into: &reading)
        }
        let sheets = try settings.fields.map { try read($0, book, form, recognition, rows, apart, into: &reading) }
        reading.findings += recognition.findings(book, form, fields: sheets ?? [], following: following)
    }

    /// Makes a table that no sheet has of what a column of another one names: 2023 and 2024, of the items of earlier years.
    private func list(
        _ listed: (table: String, column: String, from: String),
        _ parts: [CalendarDate],
        _ settings: SheetSettings,
        _ form: DossierOutline,
        into reading: inout SourceReading
    ) {
        guard !reading.tables.contains(where: { $0.name == listed.table }),
            let source = reading.tables.first(where: { $0.name == listed.from }),
            let from = source.schema.position(of: listed.column),
            let schema = form.tables.first(where: { $0.name == listed.table }),
            let column = schema.position(of: listed.column).map({ schema.columns[$0] })
        else { return }
        let cutOff = settings.cutOffs[listed.table]?[listed.column].flatMap(schema.position).map { schema.columns[$0] }
        var filled = TableSchema(name: schema.name, title: schema.title, columns: [column])
        if let cutOff, !parts.isEmpty { filled.columns.append(cutOff) }
        var (builder, rows) = (TableBuilder(filled), [ExactDecimal: Int]())
        for row in 0..<source.rowCount {
            if let number = source.cell(row: row, column: from).decimal, rows[number] == nil { rows[number] = row }
        }
        for (number, row) in rows.sorted(by: { $0.key < $1.key }) {
            builder.append(.decimal(number), column: 0)
            if filled.columns.count > 1, let day = parts.filter({ ExactDecimal($0.year) == number }).max() {
                builder.append(text: day.description, column: 1)
            }
            builder.endRow(at: source.place(ofRow: row))
        }
        guard !rows.isEmpty else { return }
        reading.tables.append(builder.table())
        var finding = Finding(
            rule: "sheet/listed",
            severity: .info,
            message: listedOf(schema.title, source.schema.title, rows.keys.sorted().map(\.description)),
            subject: schema.name
        )
        if let place = rows.values.min().flatMap(source.place(ofRow:)) { finding.spots = [.place(place)] }
        reading.findings.append(finding)
    }

    /// - Returns: the sheets in which fields were found beside what they are called.
    @discardableResult
    private func read(
        _ settings: FieldSettings,
        _ book: OpenedBook,
        _ form: DossierOutline?,
        _ recognition: BookRecognition?,
        _ heads: [String: Int] = [:],
        _ apart: [String: Set<Int>] = [:],
        into reading: inout SourceReading
    ) throws -> Set<String> {
        var sheet = FieldSheet(book, form)
        for name in settings.sheets { try sheet.read(name) }
        var labels = FieldLabels(settings, form, tables: recognition.map { Set($0.heads.keys) })
        if !settings.labels.isEmpty {
            for other in book.sheets where !other.isHidden && !settings.sheets.contains(other.name) {
                try labels.read(
                    other.name,
                    of: book,
                    form: form,
                    before: heads[other.name],
                    and: apart[other.name] ?? []
                )
            }
        }
        let written = Set(sheet.fields.filter { !$0.value.isNull }.map(\.pointer))
        reading.fields += sheet.fields + labels.found.filter { !written.contains($0.pointer) }
        reading.findings += sheet.findings + labels.findings
        return labels.sheets
    }
}

extension [String] {
    /// The same texts, in the order in which they stand in another list.
    fileprivate func inOrder(of all: [String]) -> [String] { all.filter(contains) }
}

// MARK: - Messages

private func listedOf(_ table: LocalizedText, _ source: LocalizedText, _ values: [String]) -> LocalizedText {
    LocalizedText(
        zh: "没有看到\(quoted(table.zh))，按\(quoted(source.zh))中的各项列出：\(list(values, .zh))，其余各列请补填",
        en:
            "no sheet has \(quoted(table.en)); it lists what \(quoted(source.en)) names: \(list(values, .en)). Fill in its other columns"
    )
}

private func cannotRead(_ reason: LocalizedText, _ help: LocalizedText?, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    var diagnostic = ConfigurationDiagnostic(
        code: "sheet-reader/cannot-read",
        message: reason,
        pointer: pointer,
        help: help
    )
    diagnostic.isOfFile = true
    return diagnostic
}

private func unknownTable(_ name: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "sheet-reader/unknown-table",
        message: LocalizedText(zh: "表单中没有表\(quoted(name))", en: "the form has no table \(quoted(name))"),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func unknownColumn(_ name: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "sheet-reader/unknown-column",
        message: LocalizedText(zh: "表单的这张表没有列\(quoted(name))", en: "the form's table has no column \(quoted(name))"),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}
