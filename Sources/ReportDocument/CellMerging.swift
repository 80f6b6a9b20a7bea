/// A row before its cells have found their columns.
public struct LooseRow: Sendable {
    public var cells: [LooseCell]
    public var style: RowStyle

    public init(cells: [LooseCell], style: RowStyle = .body) { (self.cells, self.style) = (cells, style) }
}

/// A cell before its column is known.
public struct LooseCell: Sendable {
    public var runs: [Run]
    public var columnSpan: Int
    public var rowSpan: Int
    public var style: CellStyle
    /// That of its column when it is `nil`, centred in heads and labels.
    public var alignment: CellAlignment?
    /// What must be equal for two cells to merge; `nil` takes the text, and then only columns that merge do it.
    public var key: String?

    public init(
        _ runs: [Run],
        columnSpan: Int = 1,
        rowSpan: Int = 1,
        style: CellStyle = .data,
        alignment: CellAlignment? = nil,
        key: String? = nil
    ) {
        (self.runs, self.columnSpan, self.rowSpan) = (runs, columnSpan, rowSpan)
        (self.style, self.alignment, self.key) = (style, alignment, key)
    }
}

/// Places the cells of a table: finds their columns around spans from above, then merges equal cells downwards.
public struct CellMerging: Sendable {
    /// Of the columns.
    public var alignments: [CellAlignment]
    /// Whether equal cells of a column become one.
    public var merges: [Bool]

    public init(alignments: [CellAlignment], merges: [Bool]) { (self.alignments, self.merges) = (alignments, merges) }

    /// Rows with every cell at its column. A row with too few cells is filled up with empty ones; what would stand
    /// outside the table is dropped.
    public func rows(_ loose: [LooseRow]) -> [DocumentRow] {
        var (rows, keys) = ([DocumentRow](), [[Int: MergeKey]]())
        // Until which row, exclusive, each column is covered from above.
        var covered = [Int](repeating: 0, count: alignments.count)
        for (index, line) in loose.enumerated() {
            var (row, rowKeys, rest) = (DocumentRow(cells: [], style: line.style), [Int: MergeKey](), line.cells[...])
            var column = 0
            while column < alignments.count {
                if covered[column] > index {
                    column += 1
                    continue
                }
                let cell = rest.popFirst() ?? LooseCell([])
                let free = covered[column...].prefix { $0 <= index }.count
                let (width, height) = (min(cell.columnSpan, free), min(cell.rowSpan, loose.count - index))
                for position in column..<column + width { covered[position] = index + height }
                row.cells.append(placed(cell, at: column, width: width, height: height))
                if cell.rowSpan == 1, cell.key != nil || (merges[column] && line.style == .body) {
                    let text = cell.key ?? cell.runs.plainText
                    rowKeys[column] = MergeKey(text: text, width: width, isOwn: cell.key != nil)
                }
                column += width
            }
            rows.append(row)
            keys.append(rowKeys)
        }
        return merged(rows, keys)
    }

    /// What must be equal for two cells to merge.
    private struct MergeKey {
        var text: String
        var width: Int
        /// Given by the cell, not its text.
        var isOwn: Bool

        func merges(with other: MergeKey) -> Bool { text == other.text && width == other.width }
    }

    private func placed(_ cell: LooseCell, at column: Int, width: Int, height: Int) -> DocumentCell {
        DocumentCell(
            column: column,
            columnSpan: width,
            rowSpan: height,
            style: cell.style,
            alignment: cell.alignment ?? (cell.style == .data ? alignments[column] : .centre),
            runs: cell.runs
        )
    }

    /// Merges equal cells of neighbouring rows, column by column from the left.
    ///
    /// A column that merges equal texts bounds those right of it: equal texts under different parents stay apart. A key
    /// of a cell's own knows better and is bound by nothing.
    private func merged(_ rows: [DocumentRow], _ keys: [[Int: MergeKey]]) -> [DocumentRow] {
        var (rows, boundaries) = (rows, Set<Int>())
        for column in alignments.indices {
            var start: (row: Int, key: MergeKey)?
            var begun = Set<Int>()
            for row in rows.indices where rows[row].cells.contains(where: { $0.column == column }) {
                let key = keys[row][column]
                if let key, let current = start, current.key.merges(with: key), key.isOwn || !boundaries.contains(row) {
                    extend(&rows, from: current.row, to: row, column: column)
                    continue
                }
                start = key.map { (row, $0) }
                if merges[column], key?.isOwn != true { begun.insert(row) }
            }
            boundaries.formUnion(begun)
        }
        return rows
    }

    private func extend(_ rows: inout [DocumentRow], from start: Int, to row: Int, column: Int) {
        for position in rows[start].cells.indices where rows[start].cells[position].column == column {
            rows[start].cells[position].rowSpan = row - start + 1
        }
        rows[row].cells.removeAll { $0.column == column }
    }
}
