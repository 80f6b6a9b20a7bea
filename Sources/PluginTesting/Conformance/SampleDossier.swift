internal import ReviewModel

extension ConformanceMaterial {
    /// The tables of the form that roles read and the dossier that was given does not have: sources would have filled them.
    func tablesToFill(for roles: [RoleDescription]) -> [String] {
        guard let dossier else { return [] }
        let declared = Set(form?.tables.map(\.name) ?? [])
        let read = roles.flatMap(\.requires) + roles.flatMap(\.reads).filter(declared.contains)
        return read.reduce(into: []) { names, name in
            if dossier.table(name) == nil, !names.contains(name) { names.append(name) }
        }
    }

    /// The dossier that roles are sent: the one that was given, with rows made up for tables that they read and sources would have
    /// filled; or a made-up one that has every table that they read.
    func dossier(for roles: [RoleDescription]) -> Dossier {
        if var dossier {
            for name in tablesToFill(for: roles) {
                dossier.set(
                    form?.tables.first { $0.name == name }.map { sampleTable($0, rows: 3) }
                        ?? sampleTable(name, rows: 3)
                )
            }
            return dossier
        }
        var made = Dossier(fields: ["project": ["name": "示例", "year": 2026]])
        for name in roles.flatMap({ $0.reads + $0.requires }) where made.table(name) == nil {
            made.set(sampleTable(name, rows: 3))
        }
        return made
    }

    /// The dossier with `table` made long: its own rows again and again, or made-up ones.
    func dossier(for role: RoleDescription, lengthening name: String, to rows: Int) -> Dossier {
        var dossier = dossier(for: [role])
        guard let own = dossier.table(name), own.rowCount > 0 else {
            dossier.set(sampleTable(name, rows: rows))
            return dossier
        }
        var long = Table(schema: own.schema)
        let cells = own.rows.map { row in own.schema.columns.map { row[$0.name] } }
        // A key stays one: the first text of a row is most often its name.
        let key = own.schema.columns.firstIndex { $0.type == .text }
        for row in 0..<rows {
            var copy = cells[row % cells.count]
            if let key, let text = copy[key].text { copy[key] = .text("\(text)-\(row)") }
            long.append(row: copy)
        }
        dossier.set(long)
        return dossier
    }
}

/// A table as a form has it, with rows that nobody has written.
private func sampleTable(_ schema: TableSchema, rows: Int) -> Table {
    var table = Table(schema: schema)
    for row in 0..<rows {
        table.append(
            row: schema.columns.map { column -> Value in
                switch column.type {
                case .text: .text("\(column.name)-\(row + 1)")
                case .decimal: .text(["12345.67", "20000.00", "0.00"][row % 3])
                case .integer: .integer(row + 1)
                case .boolean: .boolean(row % 2 == 0)
                case .date: .text("2026-01-0\(row % 9 + 1)")
                case .texts: .list([.text("\(column.name)-\(row + 1)")])
                }
            }
        )
    }
    return table
}

/// A table of a request as there are many: whoever reads a table without its form can only guess at its columns, and this is
/// what it will most often guess.
private func sampleTable(_ name: String, rows: Int) -> Table {
    let columns: [Column] = [
        Column(name: "id"), Column(name: "name"), Column(name: "group"), Column(name: "unit"),
        Column(name: "quantity", type: .decimal), Column(name: "unit_price", type: .decimal, unit: "CNY"),
        Column(name: "amount", type: .decimal, unit: "CNY"), Column(name: "year", type: .integer),
        Column(name: "note"),
    ]
    var table = Table(schema: TableSchema(name: name, columns: columns))
    for row in 0..<rows {
        let id = Value.text("R\(row + 1)")
        // An amount that is no multiple of anything, a round one, and an empty one.
        let amount: Value = ["12345.67", "20000.00", .null][row % 3]
        table.append(row: [id, .text("示例 \(row + 1)"), "示例", "项", "1", amount, amount, 2026, .null])
    }
    return table
}
