public import ReviewModel

/// What a review keeps of the dossier that it judged, as the form says: for those who look at many reviews together.
///
///     "fields": {"organisations": {"department": "…"}}, "fieldPlaces": {"organisations.department": "a.yaml:12:17"},
///     "tables": {"lines": {"columns": [{"name": "id", "type": "text"}], "rows": [["L1"]], "places": ["a.yaml:40:9"]}}
public struct KeptDossier: Sendable, Hashable {
    /// The groups of fields that are kept.
    public var fields: Record
    /// Where what stands in them is written, as people read it, by its path: `texts.content`.
    public var fieldPlaces: Record
    public var tables: [KeptTable]

    public init(fields: Record = Record(), fieldPlaces: Record = Record(), tables: [KeptTable] = []) {
        (self.fields, self.fieldPlaces, self.tables) = (fields, fieldPlaces, tables)
    }

    public var isEmpty: Bool { fields.members.isEmpty && tables.isEmpty }
}

extension KeptDossier {
    /// The texts, numbers and truth values in `value`, each with the names and positions that lead to it.
    public static func leaves(_ value: Value) -> [(path: [String], text: String)] {
        switch value {
        case .record(let record): record.members.flatMap { leaf in prefixed(leaf.key, leaves(leaf.value)) }
        case .list(let list): list.enumerated().flatMap { prefixed(String($0), leaves($1)) }
        default: value.scalarText.map { [([], $0)] } ?? []
        }
    }

    private static func prefixed(
        _ name: String,
        _ leaves: [(path: [String], text: String)]
    ) -> [(path: [String], text: String)] { leaves.map { ([name] + $0.path, $0.text) } }
}

/// A table of the dossier, and where each of its rows stands, as people read it.
public struct KeptTable: Sendable, Hashable {
    public var table: Table
    /// One for each row.
    public var places: [String]

    public init(_ table: Table, places: [String]) { (self.table, self.places) = (table, places) }
}

// MARK: - In the file

extension KeptDossier {
    /// The members `fields`, `fieldPlaces` and `tables` of the file; each where there is something in it.
    var members: [(key: String, value: LongValue)] {
        var members: [(key: String, value: LongValue)] = []
        if !fields.members.isEmpty { members.append(("fields", .value(.record(fields)))) }
        if !fieldPlaces.members.isEmpty { members.append(("fieldPlaces", .value(.record(fieldPlaces)))) }
        if !tables.isEmpty { members.append(("tables", .record(tables.map { ($0.table.name, $0.long) }))) }
        return members
    }

    init(_ record: RecordReader) {
        fields = record.optional("fields")?.value.record ?? Record()
        fieldPlaces = record.optional("fieldPlaces")?.value.record ?? Record()
        tables = record.optional("tables")?.record()?.all().compactMap(KeptTable.init) ?? []
    }
}

extension KeptTable {
    fileprivate var long: LongValue {
        let (table, places) = (table, places)
        let columns = table.schema.columns.map { column -> Value in
            var record: Record = ["name": .text(column.name), "type": .text(column.type.rawValue)]
            // Amounts are in 元 where nobody says otherwise, here as in the sums of the review.
            if column.isMoney, column.unit != Amounts.standardUnit { record["unit"] = .text(column.unit) }
            return .record(record)
        }
        let rows = LongList(table.rowCount) { row in
            .list(table.schema.columns.indices.map { table.cell(row: row, column: $0) })
        }
        return .record([
            ("columns", .value(.list(columns))), ("rows", .list(rows)),
            ("places", .list(LongList(places.count) { .text(places[$0]) })),
        ])
    }

    fileprivate init?(_ name: String, _ reader: ValueReader) {
        guard let record = reader.record(), let written = record.required("columns") else { return nil }
        let columns = written.list().compactMap { reader -> Column? in
            guard let record = reader.record(), let name = record.required("name")?.text() else { return nil }
            let type = record.optional("type")?.oneOf(ColumnType.allCases.map(\.rawValue)).flatMap(ColumnType.init)
            return Column(name: name, type: type ?? .text, unit: record.optional("unit")?.text() ?? "")
        }
        var builder = TableBuilder(TableSchema(name: name, columns: columns))
        for row in record.required("rows")?.list() ?? [] {
            for (position, cell) in row.list().enumerated() { builder.append(cell.value, column: position) }
            builder.endRow()
        }
        let places = record.optional("places")?.texts() ?? []
        self.init(builder.table(), places: places)
    }
}
