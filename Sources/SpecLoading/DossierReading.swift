package import ReviewModel

/// Fills a dossier from a spec's `fields` and `tables` as a form has it, and reports everything that does not fit.
package struct DossierReading {
    package let form: Form
    package let log: DiagnosticLog
    private(set) var dossier = Dossier()
    /// Where each table's rows stand in the spec: directly under the table, or under its `rows`.
    private var rowsPointers: [String: JSONPointer] = [:]
    /// What stands in rows that could not be read, by table: who names such a row has made no mistake.
    private var unread: [String: Set<String>] = [:]

    package init(form: Form, log: DiagnosticLog) {
        self.form = form
        self.log = log
    }

    // MARK: Fields

    /// - Parameter log: where what is wrong with fields goes, if not to the log of the whole.
    package mutating func readFields(_ reader: ValueReader?, log: DiagnosticLog? = nil) {
        let record = reader?.record() ?? RecordReader(Record(), at: JSONPointer(["fields"]), log: log ?? self.log)
        dossier.fields = read(members: form.fields, record)
    }

    private func read(members: [Form.FieldShape.Member], _ record: RecordReader) -> Record {
        var fields = Record()
        for member in members {
            let reader = member.isRequired ? record.required(member.name) : record.optional(member.name)
            if let reader {
                fields[member.name] = read(member.shape, reader)
            } else if case .group(let inner) = member.shape, inner.contains(where: \.isRequired) {
                _ = record.required(member.name)
            }
        }
        record.finish()
        return fields
    }

    private func read(_ shape: Form.FieldShape, _ reader: ValueReader) -> Value {
        switch shape {
        case .open: reader.value
        case .cell(let cell): cell.read(reader)
        case .group(let members): reader.record().map { .record(read(members: members, $0)) } ?? .null
        case .map(let inner):
            .record(Record((reader.record()?.all() ?? []).map { ($0.key, read(inner, $0.value)) }))
        case .list(let inner): .list(reader.list().map { read(inner, $0) })
        }
    }

    // MARK: Tables

    package mutating func readTables(_ reader: ValueReader?) {
        for (name, reader) in reader?.record()?.all() ?? [] {
            guard let shape = form.tables.first(where: { $0.name == name }) else {
                log.add(unknownTable(name, known: form.tables.map(\.name), at: reader.pointer))
                continue
            }
            dossier.set(readTable(shape, reader))
        }
        for shape in form.tables { checkKeys(shape) }
        for shape in form.tables { checkReferences(shape) }
    }

    private mutating func readTable(_ shape: Form.TableShape, _ reader: ValueReader) -> Table {
        var table = Table(schema: shape.schema)
        if case .record(let value) = reader.value, value["columns"] == nil, value["rows"] == nil {
            log.add(noRows(at: reader.pointer))
        } else if case .record = reader.value, let record = reader.record() {
            let columns = record.required("columns")
            let rows = record.required("rows")
            record.finish()
            rowsPointers[shape.name] = reader.pointer / "rows"
            if let columns { readCompact(shape, columns, rows?.list() ?? [], into: &table) }
        } else {
            rowsPointers[shape.name] = reader.pointer
            for row in reader.list() {
                guard let record = row.record() else { continue }
                table.append(
                    row: shape.cells.map { cell in
                        let reader =
                            cell.isRequired ? record.required(cell.column.name) : record.optional(cell.column.name)
                        return reader.map(cell.read) ?? .null
                    }
                )
                record.finish()
            }
        }
        return table
    }

    /// Rows as lists of cells under a list of column names, like a printed table.
    private mutating func readCompact(
        _ shape: Form.TableShape,
        _ columns: ValueReader,
        _ rows: [ValueReader],
        into table: inout Table
    ) {
        let known = shape.cells.map(\.column.name)
        let names = columns.list().map { $0.oneOf(known) }
        for (position, reader) in columns.list().enumerated() {
            guard let name = names[position], names[..<position].contains(name) else { continue }
            log.add(columnTwice(name, at: reader.pointer))
        }
        // A name that is not known, which has been told, may be the one that is missing.
        if !names.contains(nil) {
            for cell in shape.cells where cell.isRequired && !names.contains(cell.column.name) {
                log.add(missingColumn(cell.column.name, of: shape.name, at: columns.pointer))
            }
        }
        // Names that only look parted, a、b、c, are one name, which has been told; nothing is known of the rows then.
        if columns.list().contains(where: { ($0.value.text ?? "").joins(known) }) { return }
        reportWidths(shape, names, rows, at: columns.pointer)
        for row in rows {
            let cells = row.list()
            // What stands in the wrong column has been told by that.
            if cells.count != names.count {
                let texts = cells.compactMap(\.value.scalarText)
                unread[shape.name, default: []].formUnion(texts + texts.flatMap { joinedWords(in: $0) ?? [] })
                table.append(row: shape.cells.map { _ in .null })
                continue
            }
            table.append(
                row: shape.cells.map { cell in
                    guard let position = names.firstIndex(of: cell.column.name), cells.indices.contains(position)
                    else { return .null }
                    if cells[position].isNull {
                        if cell.isRequired { log.add(emptyCell(cell.column.name, at: cells[position].pointer)) }
                        return .null
                    }
                    return cell.read(cells[position])
                }
            )
        }
    }

    /// Tells of rows with too few or too many cells; where all have as many and nothing in them says why, a column is missing, or one
    /// too many.
    private func reportWidths(
        _ shape: Form.TableShape,
        _ names: [String?],
        _ rows: [ValueReader],
        at pointer: JSONPointer
    ) {
        let lists = rows.compactMap { row -> (cells: [ValueReader], pointer: JSONPointer)? in
            if case .list = row.value { (row.list(), row.pointer) } else { nil }
        }
        let wrong = lists.filter { $0.cells.count != names.count }
        let mistakes = wrong.map { widthMistake($0.cells, names.count, at: $0.pointer) }
        if let first = wrong.first?.cells.count, wrong.count > 1, wrong.count == rows.count,
            wrong.allSatisfy({ $0.cells.count == first }), mistakes.allSatisfy(\.isPlain)
        {
            let others = shape.cells.map(\.column.name).filter { !names.contains($0) }
            log.add(otherWidth(first, names.count, others, at: pointer))
        } else {
            for mistake in mistakes { log.add(mistake.diagnostic) }
        }
    }

    /// What is to be said of a row with too few or too many cells, at the cell that most likely is the reason; plain where none is.
    private func widthMistake(_ cells: [ValueReader], _ columns: Int, at pointer: JSONPointer)
        -> (diagnostic: ConfigurationDiagnostic, isPlain: Bool)
    {
        if cells.count < columns {
            for cell in cells {
                guard let text = cell.value.text, text.utf8.count < 1000 else { continue }
                if let odd = text.firstOddCharacter(where: { $0.plain == "," || $0.plain == ";" })?.character {
                    return (tooFewCells(cells.count, columns, comma: odd.name, at: cell.pointer), false)
                }
                if cells.count == 1, text.split(separator: ";").count == columns {
                    let semicolon = LocalizedText(zh: "分号", en: "a semicolon")
                    return (tooFewCells(cells.count, columns, comma: semicolon, at: cell.pointer), false)
                }
            }
            return (tooFewCells(cells.count, columns, comma: nil, at: pointer), true)
        }
        // “甲,乙” is two cells: curly quotes hold nothing together.
        for cell in cells {
            guard let text = cell.value.text, let first = text.unicodeScalars.first, let odd = OddCharacter(first),
                odd.plain == "\"" || odd.plain == "'",
                text.unicodeScalars.last.flatMap({ OddCharacter($0) })?.plain != odd.plain
            else { continue }
            return (tooManyCells(cells.count, columns, help: curlyQuotes(odd), at: cell.pointer), false)
        }
        let groups = cells.indices.dropFirst().first { index in
            let (before, here) = (cells[index - 1].value.scalarText ?? "", cells[index].value.scalarText ?? "")
            let digits = here.prefix { $0.isASCII && $0.isNumber }
            return digits.count == 3 && (here.count == 3 || here.dropFirst(3).hasPrefix("."))
                && (1...3).contains(before.count) && before.allSatisfy { $0.isASCII && $0.isNumber }
        }
        if let groups {
            // 1,250,000.00 is three cells.
            // As many as are too many, and none behind the decimals.
            var rest: [String] = []
            for cell in cells[groups...].prefix(cells.count - columns) {
                let text = cell.value.scalarText ?? ""
                guard text.prefix(while: { $0.isASCII && $0.isNumber }).count == 3, rest.last?.contains(".") != true
                else { break }
                rest.append(text)
            }
            let number = ([cells[groups - 1].value.scalarText ?? ""] + rest).joined(separator: ",")
            return (
                tooManyCells(cells.count, columns, help: quoteNumber(number), at: cells[groups - 1].pointer), false
            )
        }
        return (tooManyCells(cells.count, columns, help: quoteCommas, at: cells[columns].pointer), true)
    }

    // MARK: Checks across rows

    private func checkKeys(_ shape: Form.TableShape) {
        guard let key = shape.key, let table = dossier.table(shape.name) else { return }
        var first: [String: Int] = [:]
        for row in table.rows {
            guard let text = row.optionalText(key) else { continue }
            if let earlier = first[text] {
                log.add(duplicateKey(text, firstRow: earlier + 1, at: place(row, key)))
            } else {
                first[text] = row.index
            }
        }
    }

    private func checkReferences(_ shape: Form.TableShape) {
        for cell in shape.cells {
            guard let target = cell.references, let table = dossier.table(shape.name),
                let key = form.tables.first(where: { $0.name == target })?.key
            else { continue }
            let keys = dossier.rows(of: target).compactMap { $0.optionalText(key) }
            let known = Set(keys).union(unread[target] ?? [])
            for row in table.rows {
                guard let text = row.optionalText(cell.column.name), !known.contains(text) else { continue }
                log.add(
                    unknownReference(text, in: LocalizedText(target), known: keys, at: place(row, cell.column.name))
                )
            }
        }
    }

    private func place(_ row: TableRow, _ column: String) -> JSONPointer {
        (rowsPointers[row.table.name] ?? JSONPointer(["tables", row.table.name])) / row.index / column
    }
}

extension String {
    /// Whether it is two or more of these words, with the commas of a Chinese keyboard between them.
    fileprivate func joins(_ known: [String]) -> Bool {
        guard firstOddCharacter(where: { [",", ";"].contains($0.plain) }) != nil else { return false }
        let parts = withPlainCharacters.split(whereSeparator: { $0 == "," || $0 == ";" })
        return parts.count > 1 && parts.contains { known.contains(String($0.drop { $0 == " " })) }
    }
}
