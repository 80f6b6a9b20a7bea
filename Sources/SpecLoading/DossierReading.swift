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

// MARK: - Messages

private func unknownTable(_ name: String, known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-table",
        message: LocalizedText(zh: "表单中没有名为\(quoted(name))的表", en: "the form has no table \(quoted(name))"),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func noRows(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/no-rows",
        message: LocalizedText(zh: "表应是各行的列表，此处是键值", en: "a table is a list of rows, this is a mapping"),
        pointer: pointer,
        help: LocalizedText(
            zh: "每行前写\"- \"，如 - {列: 值}；或写 columns: […] 和 rows: […]",
            en: "write \"- \" before each row, as in - {column: value}, or columns: […] and rows: […]"
        )
    )
}

private func missingColumn(_ name: String, of table: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(
            zh: "表\(quoted(table))缺少列\(quoted(name))",
            en: "the table \(quoted(table)) lacks the column \(quoted(name))"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请在 columns 中补上 \(name)", en: "add \(name) to columns")
    )
}

extension String {
    /// Whether it is two or more of these words, with the commas of a Chinese keyboard between them.
    fileprivate func joins(_ known: [String]) -> Bool {
        guard firstOddCharacter(where: { [",", ";"].contains($0.plain) }) != nil else { return false }
        let parts = withPlainCharacters.split(whereSeparator: { $0 == "," || $0 == ";" })
        return parts.count > 1 && parts.contains { known.contains(String($0.drop { $0 == " " })) }
    }
}

private func tooFewCells(_ found: Int, _ expected: Int, comma: LocalizedText?, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let help =
        comma.map {
            LocalizedText(
                zh: "其中有\($0.zh)，各单元格之间写半角逗号加空格\", \"",
                en: "it has \($0.en) in it; cells are parted by a plain comma and a space \", \""
            )
        } ?? LocalizedText(zh: "空单元格写 ~", en: "write ~ for an empty cell")
    return ConfigurationDiagnostic(
        code: "form/row-width",
        message: LocalizedText(
            zh: "这一行只有 \(found) 个单元格，columns 有 \(expected) 列，少 \(expected - found) 个",
            en: "this row has only \(found) cells for \(expected) columns, \(expected - found) too few"
        ),
        pointer: pointer,
        help: help
    )
}

/// All rows are as wide as each other and not as the names above them.
private func otherWidth(_ cells: Int, _ columns: Int, _ others: [String], at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let list = others.joined(separator: ", ")
    let help =
        cells < columns
        ? LocalizedText(
            zh: "请删去多写的列名，或给每行补上单元格（空的写 ~）",
            en: "remove the name of the column that is none, or add its cells, ~ for empty ones"
        )
        : others.isEmpty
            ? quoteCommas
            : LocalizedText(
                zh: "是否漏写了列名？表单的这张表还有：\(list)；含逗号的文字和数字须加引号",
                en:
                    "is the name of a column missing? the form has \(list), too; texts and numbers with commas are quoted"
            )
    return ConfigurationDiagnostic(
        code: "form/row-width",
        message: LocalizedText(
            zh: "每一行都有 \(cells) 个单元格，columns 有 \(columns) 列",
            en: "every row has \(cells) cells, and there are \(columns) columns"
        ),
        pointer: pointer,
        help: help
    )
}

private func quoteNumber(_ number: String) -> LocalizedText {
    LocalizedText(zh: "含千分位逗号的数字须加引号：\(quoted(number))", en: "quote a number with commas: \(quoted(number))")
}

private let quoteCommas = LocalizedText(
    zh: "含逗号的文字和数字须加引号，如 \"1,703,200.00\"",
    en: "quote texts and numbers with commas, such as \"1,703,200.00\""
)

private func curlyQuotes(_ odd: OddCharacter) -> LocalizedText {
    LocalizedText(
        zh: "其中有\(odd.name.zh)，含逗号的文字要用半角的 \(odd.plain) 引起来",
        en: "it has \(odd.name.en) in it; a text with commas needs the straight \(odd.plain) around it"
    )
}

private func tooManyCells(_ found: Int, _ expected: Int, help: LocalizedText, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "form/row-width",
        message: LocalizedText(
            zh: "这一行有 \(found) 个单元格，columns 只有 \(expected) 列，多 \(found - expected) 个",
            en: "this row has \(found) cells for \(expected) columns, \(found - expected) too many"
        ),
        pointer: pointer,
        help: help
    )
}

private func emptyCell(_ column: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(zh: "列\(quoted(column))不能为空", en: "the column \(quoted(column)) must not be empty"),
        pointer: pointer
    )
}

func duplicateKey(_ key: String, firstRow: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/duplicate-id",
        message: LocalizedText(
            zh: "编号\(quoted(key))重复，第 \(firstRow) 行已使用",
            en: "the id \(quoted(key)) stands in row \(firstRow) already"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "每一行的编号须不同", en: "give every row an id of its own")
    )
}

func unknownReference(
    _ text: String,
    in table: LocalizedText,
    known: [String],
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-reference",
        message: LocalizedText(
            zh: "表\(quoted(table.zh))中没有编号\(quoted(text))",
            en: "the table \(quoted(table.en)) has no row \(quoted(text))"
        ),
        pointer: pointer,
        help: suggestion(for: text, among: known)
    )
}

private func columnTwice(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/column-twice",
        message: LocalizedText(
            zh: "列\(quoted(name))写了两次，第二列的内容不会被读取",
            en: "the column \(quoted(name)) stands twice, and the cells of the second are not read"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请改成另一列的名称", en: "write the name of the other column")
    )
}
