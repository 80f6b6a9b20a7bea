import OfficeFiles
import ReviewModel

/// What the heads are called of columns that are parts of a value: an operator before it, a unit behind it.
struct JoinedWords: Sendable, Hashable {
    var column: String
    var before: [String]
    var behind: [String]
    /// Words around it that say of what kind the value is, and are no part of it: 定性.
    var without: [String]

    /// `value: {before: [计算符号], behind: [度量单位]}`.
    static func all(_ reader: ValueReader) -> [JoinedWords] {
        (reader.record()?.all() ?? []).compactMap { column, reader in
            guard let record = reader.record() else { return nil }
            func words(_ key: String) -> [String] { record.optional(key)?.list().compactMap { $0.text() } ?? [] }
            let words = JoinedWords(
                column: column,
                before: words("before"),
                behind: words("behind"),
                without: words("without")
            )
            record.finish()
            return words
        }
    }

    static let schema: Value = [
        "type": "object",
        "properties": [
            "before": ["type": "array", "items": ["type": "string"], "description": "heads of columns before it"],
            "behind": ["type": "array", "items": ["type": "string"], "description": "heads of columns behind it"],
            "without": [
                "type": "array", "items": ["type": "string"],
                "description": "words around it that are no part of the value: 定性",
            ],
        ], "additionalProperties": false,
    ]
}

/// The columns of a sheet around one whose value is made of several cells: `≥` | `95` | `%`.
struct JoinedColumns {
    private let before: [Int]
    private let behind: [Int]
    private let without: Set<String>

    /// By the indices in the mapping. Columns that are parts of others are no unknown ones.
    static func all(_ words: [JoinedWords], _ mapping: ColumnMapping, _ schema: TableSchema, _ head: inout SheetHead)
        -> [Int: JoinedColumns]
    {
        var joined: [Int: JoinedColumns] = [:]
        for entry in words {
            guard let position = schema.position(of: entry.column),
                let index = mapping.columns.firstIndex(where: { $0.position == position })
            else { continue }
            func columns(_ words: [String]) -> [Int] {
                let names = Set(words.map(HeadWords.folded))
                return head.unknown.filter { names.contains(HeadWords.folded($0.text)) }.map(\.column)
            }
            let (before, behind) = (columns(entry.before), (head.beside[position] ?? []) + columns(entry.behind))
            if before.isEmpty, behind.isEmpty { continue }
            joined[index] = JoinedColumns(before: before, behind: behind, without: Set(entry.without))
            let others = head.unknown.filter { (before + behind).contains($0.column) }.map(\.text)
            let own = (head.beside[position] ?? []).compactMap { _ in head.columns[position]?.text }
            head.joined.append((mapping.columns[index].sheetColumn, own + others))
            head.unknown.removeAll { (before + behind).contains($0.column) }
        }
        return joined
    }

    /// The value with what stands around it; `nil` where nothing does, or there is no value.
    func text(_ cell: SheetCell, _ row: SheetRow, _ value: CellValue) -> String? {
        func text(_ columns: [Int]) -> String {
            columns.compactMap { column in row.cells.first { $0.column == column } }
                .map { value.shown($0, row) }.filter { !without.contains($0) }.joined()
        }
        let (first, middle, last) = (text(before), value.shown(cell, row), text(behind))
        if middle.isEmpty || first.isEmpty && last.isEmpty { return nil }
        // Somebody has written the unit beside the number as well, or the operator.
        let start = middle.hasPrefix(first) ? "" : first
        let end = middle.hasSuffix(last) ? "" : last
        return start + middle + end
    }
}

extension CellValue {
    /// What a cell shows, as far as that is words and digits.
    func shown(_ cell: SheetCell, _ row: SheetRow) -> String {
        if cell.kind == .number, let number = plainNumber(cell, row) {
            switch context.formats[cell.format].kind {
            case .percent: return ((try? number * 100) ?? number).withoutTrailingZeros.description + "%"
            case .date:
                if let day = CellNumber.day(number, from1904: context.countsFrom1904) { return day.description }
                return number.withoutTrailingZeros.description
            default: return number.withoutTrailingZeros.description
            }
        }
        return context.text(cell, row).trimmed
    }
}
