extension Form {
    /// The form that tables are of which nobody has written one: whatever they have may be there.
    package init(of tables: [TableSchema]) {
        (name, version, fields) = ("tables", 1, [])
        self.tables = tables.map { schema in
            TableShape(
                name: schema.name,
                title: schema.title,
                key: nil,
                cells: schema.columns.map { column in
                    CellShape(column: column, isRequired: false, values: [], references: nil, synonyms: [])
                },
                synonyms: []
            )
        }
    }
}

extension Form.CellShape {
    /// A text that may be missing.
    package init(textNamed name: String, _ title: LocalizedText) {
        self.init(
            column: Column(name: name, title: title),
            isRequired: false,
            values: [],
            references: nil,
            synonyms: []
        )
    }

    /// What people call a value.
    package func name(of value: String) -> LocalizedText {
        valueTitles[value] ?? names.first { $0.value == value }?.name ?? LocalizedText(value)
    }
}

extension Form {
    /// The same fields and tables, in which nothing has to be there and any text will do: for what is only half filled in.
    package var lenient: Form {
        func lenient(_ cell: CellShape) -> CellShape {
            var cell = cell
            (cell.isRequired, cell.values, cell.references) = (false, [], nil)
            return cell
        }
        var form = self
        form.isLenient = true
        form.fields = Self.optional(fields) { cell in
            var cell = lenient(cell)
            cell.column.type = .text
            return cell
        }
        for index in form.tables.indices {
            form.tables[index].key = nil
            form.tables[index].cells = form.tables[index].cells.map(lenient)
        }
        return form
    }

    /// The fields with their cells changed.
    package static func optional(
        _ members: [FieldShape.Member],
        _ change: (CellShape) -> CellShape
    ) -> [FieldShape.Member] {
        members.map { member in
            var member = member
            switch member.shape {
            case .cell(let cell): member.shape = .cell(change(cell))
            case .group(let inner): member.shape = .group(optional(inner, change))
            case .map, .list, .open: break
            }
            return member
        }
    }

    /// The form without what only the reading of cells needs.
    package var outline: DossierOutline {
        var synonyms: [String: [String]] = [:]
        // Values that are printed by a title have it among the names that people use, in Chinese and in English.
        func addTitles(of cell: CellShape, to synonyms: inout [String: [String]], under place: String) {
            for (value, title) in cell.valueTitles {
                synonyms[place + "=" + value] = [title.zh, title.en] + (cell.valueSynonyms[value] ?? [])
            }
            for (value, name) in cell.names where cell.valueTitles[value] == nil {
                synonyms[place + "=" + value] = [name.zh, name.en]
            }
        }
        for table in tables {
            if !table.synonyms.isEmpty { synonyms[table.name] = table.synonyms }
            for cell in table.cells where !cell.synonyms.isEmpty {
                synonyms["\(table.name).\(cell.column.name)"] = cell.synonyms
            }
            for cell in table.cells { addTitles(of: cell, to: &synonyms, under: "\(table.name).\(cell.column.name)") }
        }
        var outline = DossierOutline(fields: fields.map(Self.outline), tables: tables.map(\.schema), synonyms: synonyms)
        outline.roles = roles
        for table in tables {
            for cell in table.cells where !cell.values.isEmpty {
                outline.values["\(table.name).\(cell.column.name)"] = cell.values
            }
        }
        for (pointer, cell) in Self.cells(fields, below: JSONPointer()) {
            let words = [cell.column.title.zh, cell.column.title.en] + cell.synonyms
            let names = words.reduce(into: [String]()) { names, word in
                if word != cell.column.name, !names.contains(word) { names.append(word) }
            }
            if !names.isEmpty { outline.synonyms[pointer.description] = names }
            addTitles(of: cell, to: &outline.synonyms, under: pointer.description)
            if !cell.values.isEmpty { outline.values[pointer.description] = cell.values }
            if !cell.column.unit.isEmpty { outline.units[pointer.description] = cell.column.unit }
        }
        return outline
    }

    /// The fields that hold one value and stand in groups alone, by their places.
    private static func cells(_ members: [FieldShape.Member], below pointer: JSONPointer) -> [(JSONPointer, CellShape)]
    {
        members.flatMap { member -> [(JSONPointer, CellShape)] in
            switch member.shape {
            case .cell(let cell): [(pointer / member.name, cell)]
            case .group(let inner): cells(inner, below: pointer / member.name)
            case .map, .list, .open: []
            }
        }
    }

    static func outline(_ member: FieldShape.Member) -> DossierOutline.Field {
        DossierOutline.Field(member.name, content(member.shape))
    }

    private static func content(_ shape: FieldShape) -> DossierOutline.Content {
        switch shape {
        case .cell(let cell): .value(cell.column.type)
        case .group(let members): .group(members.map(outline))
        case .map(let shape): .map(content(shape))
        case .list(let shape): .list(content(shape))
        case .open: .open
        }
    }
}
