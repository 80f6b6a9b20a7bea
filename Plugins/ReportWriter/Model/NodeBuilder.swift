import ReviewModel

/// Turns the values of a dossier into nodes of the report model.
final class NodeBuilder {
    let locale: Locale
    let names = NameLog()
    let log = DiagnosticLog()
    /// The outermost names; texts with slots see them.
    let root: ModelRecord

    init(locale: Locale) {
        self.locale = locale
        root = ModelRecord(names: names)
    }

    func record(_ members: [String: ModelNode]) -> ModelNode { .record(ModelRecord(members, names: names)) }

    func record(_ record: Record, at pointer: JSONPointer) -> ModelRecord {
        let result = ModelRecord(names: names)
        for (key, value) in record.members { result[key] = node(value, at: pointer / key) }
        return result
    }

    /// A list whose elements know their place: `index` from 1, `first`, `last`. An element's own names win.
    func list(_ nodes: [ModelNode]) -> ModelNode {
        for (position, node) in nodes.enumerated() {
            guard let record = node.record else { continue }
            place(record, "index", .integer(position + 1))
            place(record, "first", .flag(position == 0))
            place(record, "last", .flag(position == nodes.count - 1))
        }
        return .list(nodes)
    }

    private func place(_ record: ModelRecord, _ name: String, _ node: ModelNode) {
        if record[name] == nil { record[name] = node }
    }

    /// A value; numbers print in the customary form of `unit`, mappings of `zh` and `en` in the language of the report.
    func node(_ value: Value, unit: String = "", at pointer: JSONPointer? = nil, row: ModelRecord? = nil) -> ModelNode {
        switch value {
        case .null: return .nothing
        case .boolean(let flag): return .flag(flag)
        case .integer(let number):
            return unit.isEmpty ? .integer(number) : .figure(Figure(ExactDecimal(number), unit: unit))
        case .decimal(let number): return .figure(Figure(number, unit: unit))
        case .text(let text):
            if !unit.isEmpty, let number = ExactDecimal(text) { return .figure(Figure(number, unit: unit)) }
            guard text.contains("{{"), let pointer else { return .text(text) }
            let outer = Scope(root, names: names)
            let scope = row.map { Scope($0, outer: outer, names: names) } ?? outer
            return .slots(SlottedText(Wording(text, at: pointer, log: log), scope: scope))
        case .list(let items):
            return list(items.enumerated().map { node($1, unit: unit, at: pointer?.appending($0), row: row) })
        case .record(let record):
            if let text = localized(record) { return .text(text) }
            return .record(self.record(record, at: pointer ?? JSONPointer()))
        }
    }

    func rows(of table: Table) -> ModelNode { list(table.rows.map { .record(row($0)) }) }

    func row(_ row: TableRow) -> ModelRecord {
        let record = ModelRecord(names: names)
        for column in row.table.schema.columns {
            record[column.name] = cell(row, column, record)
        }
        return record
    }

    private func cell(_ row: TableRow, _ column: Column, _ record: ModelRecord) -> ModelNode {
        let value = row[column.name]
        if column.type == .decimal, let number = value.decimal {
            return .figure(Figure(number, unit: column.unit))
        }
        if column.type == .integer, let number = value.integer { return .integer(number) }
        return node(value, at: row.pointer(column.name), row: record)
    }

    private func localized(_ record: Record) -> String? {
        guard !record.isEmpty, record.keys.allSatisfy({ $0 == "zh" || $0 == "en" }) else { return nil }
        let wanted = record[locale.rawValue] ?? record.members.first?.value
        return wanted?.scalarText
    }
}
