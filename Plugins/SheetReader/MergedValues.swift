import OfficeFiles
import ReviewModel
import Tables

/// The values of cells that span rows: a text holds for all of them, an amount counts once.
struct MergedValues {
    private let mapping: ColumnMapping
    private let hasNone: Bool
    private var kept: [(row: SheetRow, cell: SheetCell, last: Int)?]
    private var next: [Int]

    init(_ mapping: ColumnMapping) {
        self.mapping = mapping
        hasNone = mapping.columns.allSatisfy(\.merges.isEmpty)
        kept = Array(repeating: nil, count: mapping.columns.count)
        next = Array(repeating: 0, count: mapping.columns.count)
    }

    /// Keeps the cell where it is the first of a span.
    mutating func note(_ cell: SheetCell, _ row: SheetRow, _ index: Int) {
        if hasNone { return }
        let merges = mapping.columns[index].merges
        while next[index] < merges.count, merges[next[index]].lowerBound < row.number { next[index] += 1 }
        guard next[index] < merges.count, merges[next[index]].lowerBound == row.number else { return }
        kept[index] = (row, cell, merges[next[index]].upperBound)
        next[index] += 1
    }

    /// Fills the cells of a later row of the span.
    mutating func fill(_ number: Int, _ value: CellValue, _ builder: inout TableBuilder, _ notes: inout SheetNotes) {
        if hasNone { return }
        for index in kept.indices {
            guard let held = kept[index] else { continue }
            if number > held.last {
                kept[index] = nil
            } else if number > held.row.number {
                let column = mapping.columns[index]
                // A year is a name of what stands beside it, and holds for all of it.
                if column.column.type == .decimal || column.column.type == .integer && !column.column.unit.isEmpty {
                    notes.spanned(column.address(number))
                } else {
                    _ = value.append(held.cell, of: held.row, to: &builder, as: column)
                }
            }
        }
    }
}
