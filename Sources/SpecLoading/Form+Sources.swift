package import ReviewModel

extension Form {
    /// The table of a data source as the form has it: its columns by the form's titles, types and units.
    ///
    /// What does not fit goes to `log`, with pointers into the dossier: tables and columns that the form does not know, columns
    /// and cells that must be there and are not, cells of another type or with a text that is not allowed, ids given twice. Cells
    /// that do not fit stay as they were sent; nothing is dropped.
    package func adopt(_ table: Table, log: DiagnosticLog) -> Table {
        let pointer = JSONPointer(["tables", table.name])
        guard let shape = tables.first(where: { $0.name == table.name }) else {
            log.add(unknownSourceTable(table.name, known: tables.map(\.name), at: pointer))
            return table
        }
        let known = shape.cells.map(\.column.name)
        // What a source tells other plugins besides is no mistake of who only fills in a workbook.
        for column in table.schema.columns where !isLenient && !known.contains(column.name) {
            log.add(unknownSourceColumn(column.name, of: shape.title, known: known, at: pointer))
        }
        // A table without rows lacks nothing.
        for cell in shape.cells
        where cell.isRequired && table.rowCount > 0 && table.schema.position(of: cell.column.name) == nil {
            log.add(missingSourceColumn(cell.column, of: shape.title, at: pointer))
        }
        let adopted = typed(table, as: shape)
        if !isLenient { check(adopted, shape, log) }
        return adopted
    }

    /// What `tables` name in one another and do not have.
    package func checkReferences(in dossier: Dossier, of tables: [String], log: DiagnosticLog) {
        for name in tables {
            guard let shape = self.tables.first(where: { $0.name == name }), let table = dossier.table(name) else {
                continue
            }
            for cell in shape.cells {
                guard let target = cell.references, let named = self.tables.first(where: { $0.name == target }),
                    let key = named.key, let position = table.schema.position(of: cell.column.name)
                else { continue }
                let keys = dossier.rows(of: target).map { $0.text(key) }
                let known = Set(keys)
                // A row that others name may be one whose own id went wrong.
                let isDamaged =
                    known.count < keys.count || known.contains("") || dossier.table(target)?.hasStrays(key) ?? false
                for row in table.rows {
                    // A cell of another type has been named already.
                    guard table.storage[position].strays[row.index] == nil,
                        let text = row.optionalText(cell.column.name), !known.contains(text)
                    else { continue }
                    var unknown = unknownReference(
                        text,
                        in: named.title,
                        known: keys,
                        at: row.pointer(cell.column.name)
                    )
                    if isDamaged { unknown.help = idsFirst(named.title) }
                    log.add(unknown)
                }
            }
        }
    }

    /// The table with the types of the form, not yet checked.
    package func typed(_ table: Table) -> Table {
        tables.first { $0.name == table.name }.map { typed(table, as: $0) } ?? table
    }

    /// The form's columns that the source has, in the source's order, typed as the form says; the others stay as they are.
    private func typed(_ table: Table, as shape: TableShape) -> Table {
        var schema = table.schema
        schema.title = shape.title
        for (position, column) in schema.columns.enumerated() {
            if let cell = shape.cells.first(where: { $0.column.name == column.name }) {
                schema.columns[position] = cell.column
            }
        }
        var typed = table.retyped(schema)
        for cell in shape.cells where cell.hasTitles {
            guard let position = schema.position(of: cell.column.name) else { continue }
            let written = typed.storage[position]
            guard (0..<typed.rowCount).contains(where: { written.text($0).flatMap(cell.value(titled:)) != nil }) else {
                continue
            }
            typed.fill(column: position) { storage in
                storage = ColumnStorage(written.type)
                for row in 0..<written.count {
                    let value = written.text(row).flatMap(cell.value(titled:)).map(Value.text)
                    storage.append(value ?? written.value(row))
                }
            }
        }
        return typed
    }

    private func check(_ table: Table, _ shape: TableShape, _ log: DiagnosticLog) {
        let pointer = JSONPointer(["tables", table.name])
        for problem in table.problems(limit: Self.shownMistakes) {
            let place = pointer / problem.row / problem.columnName
            log.add(ConfigurationDiagnostic(code: "value/wrong-type", message: problem.message, pointer: place))
        }
        for cell in shape.cells {
            guard let position = table.schema.position(of: cell.column.name) else { continue }
            let column = table.storage[position]
            if cell.isRequired, let row = (0..<table.rowCount).first(where: column.isMissing) {
                let count = (row..<table.rowCount).count(where: column.isMissing)
                log.add(emptySourceCells(cell.column.title, count, at: pointer / row / cell.column.name))
            }
            guard !cell.values.isEmpty else { continue }
            for row in 0..<table.rowCount {
                guard let text = column.text(row), !text.isEmpty, !cell.values.contains(text) else { continue }
                log.add(notAmongValues(text, cell, at: pointer / row / cell.column.name))
            }
        }
        checkKey(table, shape, log)
    }

    private func checkKey(_ table: Table, _ shape: TableShape, _ log: DiagnosticLog) {
        guard let key = shape.key else { return }
        var first: [String: Int] = [:]
        for row in table.rows {
            guard let text = row.optionalText(key) else { continue }
            if let earlier = first.updateValue(row.index, forKey: text) {
                first[text] = earlier
                log.add(duplicateKey(text, firstRow: earlier + 1, at: row.pointer(key)))
            }
        }
    }

    /// How many cells of one table are named; a source that has its columns mixed up would name every cell.
    private static let shownMistakes = 20
}

// MARK: - Messages

private func unknownSourceTable(_ name: String, known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-table",
        message: LocalizedText(
            zh: "数据源提供了表\(quoted(name))，表单中没有这张表",
            en: "the source gives a table \(quoted(name)), which the form does not have"
        ),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func unknownSourceColumn(
    _ name: String,
    of table: LocalizedText,
    known: [String],
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-column",
        message: LocalizedText(
            zh: "数据源的表\(quoted(table.zh))有列\(quoted(name))，表单中没有这一列",
            en: "the source's table \(quoted(table.en)) has a column \(quoted(name)), which the form does not have"
        ),
        pointer: pointer,
        help: suggestion(for: name, among: known)
    )
}

private func missingSourceColumn(_ column: Column, of table: LocalizedText, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(
            zh: "数据源的表\(quoted(table.zh))缺少列\(quoted(column.title.zh))",
            en: "the source's table \(quoted(table.en)) lacks the column \(quoted(column.title.en))"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请在表头中写上\(quoted(column.title.zh))；有一列叫法不同的，把它的列名改成这个",
            en: "let a head say \(quoted(column.title.en)); a column that is called otherwise can be called so"
        )
    )
}

private func idsFirst(_ table: LocalizedText) -> LocalizedText {
    LocalizedText(
        zh: "\(quoted(table.zh))中有编号重复、空着或写错，请先改那里，这一处可能随之消失",
        en:
            "ids of \(quoted(table.en)) stand twice, are empty or wrong; mend these first, and this may be gone with them"
    )
}

extension Table {
    /// Whether a column has cells that do not fit its type.
    fileprivate func hasStrays(_ column: String) -> Bool {
        schema.position(of: column).map { !storage[$0].strays.isEmpty } ?? false
    }
}

private func emptySourceCells(_ column: LocalizedText, _ count: Int, at pointer: JSONPointer) -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "value/missing-key",
        message: LocalizedText(
            zh: "列\(quoted(column.zh))不能为空" + (count > 1 ? "，共 \(count) 处" : ""),
            en: "the column \(quoted(column.en)) must not be empty" + (count > 1 ? ", and is in \(count) rows" : "")
        ),
        pointer: pointer
    )
}

func notAmongValues(_ text: String, _ cell: Form.CellShape, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let names = cell.values.map(cell.name)
    return ConfigurationDiagnostic(
        code: "value/not-allowed",
        message: LocalizedText(
            zh: "\(quoted(text))不在允许的取值之内：\(listed(names.map(\.zh)))",
            en: "\(quoted(text)) is not one of: \(listed(names.map(\.en)))"
        ),
        pointer: pointer,
        help: slip(
            in: text,
            among: cell.values + names.map(\.zh) + names.map(\.en) + cell.valueSynonyms.values.joined()
        )
    )
}
