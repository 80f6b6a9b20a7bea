internal import ReviewModel
internal import Tables

extension RowStore {
    /// As a table that can be sent: whole numbers without places become integers where a column has nothing else.
    func table(named name: String, columns: [ResultColumn]) -> Table {
        let schema = TableSchema(
            name: name,
            columns: columns.enumerated().map { index, column in
                Column(
                    name: column.name,
                    title: column.title,
                    type: column.type ?? type(ofColumn: index),
                    unit: column.unit
                )
            }
        )
        return Table(
            schema: schema,
            storage: schema.columns.indices.map { cells(self.columns[$0], schema.columns[$0].type) }
        )
    }

    private func cells(_ vector: Vector, _ type: ColumnType) -> ColumnStorage {
        var cells = ColumnStorage(type)
        cells.reserve(count)
        switch (vector, type) {
        case (.numbers(let numbers), .decimal):
            for row in 0..<count {
                let significand = numbers.significands[row]
                if significand == Numbers.absent {
                    cells.appendMissing()
                } else {
                    cells.append(significand: Int128(significand), places: UInt8(numbers.places(row)))
                }
            }
        case (.texts(let texts), .text):
            texts.bytes.withUnsafeBufferPointer { bytes in
                for row in 0..<count {
                    if texts.isMissing(row) {
                        cells.appendMissing()
                    } else {
                        cells.append(utf8: UnsafeBufferPointer(rebasing: bytes[texts.range(row)]))
                    }
                }
            }
        default: for row in 0..<count { cells.append(vector.value(row)) }
        }
        return cells
    }

    private func type(ofColumn index: Int) -> ColumnType {
        switch columns[index] {
        case .texts: return .text
        case .flags(let flags): return flags.contains { $0 != Vector.unknown } ? .boolean : .text
        default: break
        }
        var (found, isWhole) = (nil as ColumnType?, true)
        for row in 0..<count {
            switch columns[index].value(row) {
            case .null: continue
            case .decimal(let number):
                found = .decimal
                isWhole = isWhole && number.places == 0
            case .integer: found = .decimal
            case .boolean: return .boolean
            case .list: return .texts
            case .text, .record: return .text
            }
        }
        return found == .decimal && isWhole ? .integer : found ?? .text
    }
}
