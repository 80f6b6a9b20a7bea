import ReportDocument

/// The rows of a table in blocks, each of which stays on one page.
///
/// A page that ends inside a merged cell loses the cell's lower line, and the next page does not say what its rows belong to. So
/// rows that share a merged cell make one block; where that would be too high, the cell is cut, and every piece has its text.
struct RowBlocks {
    struct Cell {
        var cell: DocumentCell
        /// A further piece of a cell that began in an earlier block.
        var isContinued = false
        /// Whether another piece of it follows.
        var continues = false
    }

    struct Row {
        var cells: [Cell]
        var style: RowStyle
    }

    let blocks: [[Row]]

    /// About how many lines a block may have, a third of a page in landscape.
    static let limit = 9
    /// How many it may have where a label needs more than that: in a smaller piece the label alone would fill the page.
    static let labelLimit = 18

    /// - Parameter lineWidth: how many halves of a Chinese character the whole width of the table has.
    init(_ table: DocumentTable, lineWidth: Int) {
        let rows = table.body
        guard !rows.isEmpty else {
            blocks = []
            return
        }
        let heights = rows.map { row in
            row.cells.filter { $0.rowSpan == 1 }.map { Self.lines(of: $0, table, lineWidth) }.max() ?? 1
        }
        var crossings = [Int](repeating: 0, count: rows.count + 1)
        var limits = [Int](repeating: Self.limit, count: rows.count)
        for (row, line) in rows.enumerated() {
            for cell in line.cells where cell.rowSpan > 1 {
                let last = min(row + cell.rowSpan, rows.count)
                for boundary in row + 1..<last { crossings[boundary] += 1 }
                if Self.lines(of: cell, table, lineWidth) > Self.limit {
                    for held in row..<last { limits[held] = Self.labelLimit }
                }
            }
        }
        let ends = Self.ends(heights, crossings, limits) { boundary in
            // A total belongs to what it sums up, and nobody wants a page with the last row alone.
            rows[boundary].style == .total || boundary == rows.count - 1
        }
        blocks = Self.cut(rows, at: ends)
    }

    private static func lines(of cell: DocumentCell, _ table: DocumentTable, _ lineWidth: Int) -> Int {
        let columns = cell.column..<min(cell.column + cell.columnSpan, table.columns.count)
        let share = columns.reduce(0) { $0 + table.columns[$1].width }
        // Two for the padding at the edges.
        let width = max(2, lineWidth * share / 100 - 2)
        return cell.runs.split(separator: .lineBreak).reduce(0) { lines, runs in
            lines + max(1, (SVGText.width(of: Array(runs).plainText) + width - 1) / width)
        }
    }

    /// Where blocks end: wherever no cell is cut, and before a block grows too high, where the fewest are.
    private static func ends(_ heights: [Int], _ crossings: [Int], _ limits: [Int], isTied: (Int) -> Bool) -> [Int] {
        var (ends, start, height) = ([Int](), 0, 0)
        var row = 0
        while row < heights.count {
            if row > start {
                let limit = limits[row]
                let isFull = height + heights[row] > limit
                if crossings[row] == 0, !isTied(row) || isFull && height >= limit {
                    ends.append(row)
                    (start, height) = (row, 0)
                } else if isFull, crossings[row] > 0 {
                    let least = (start + 1...row).map { crossings[$0] }.min() ?? 0
                    let end = (start + 1...row).last { crossings[$0] == least } ?? row
                    ends.append(end)
                    (start, height) = (end, heights[end..<row].reduce(0, +))
                    continue
                }
            }
            height += heights[row]
            row += 1
        }
        return ends + [heights.count]
    }

    /// The rows up to each end, cells that reach over an end in pieces.
    static func cut(_ rows: [DocumentRow], at ends: [Int]) -> [[Row]] {
        var pieces = rows.map { Row(cells: [], style: $0.style) }
        for (row, line) in rows.enumerated() {
            for cell in line.cells {
                let last = min(row + cell.rowSpan, rows.count)
                var start = row
                for end in ends where end > row {
                    let stop = min(end, last)
                    var piece = Cell(cell: cell, isContinued: start > row, continues: stop < last)
                    piece.cell.rowSpan = stop - start
                    pieces[start].cells.append(piece)
                    start = stop
                    if stop == last { break }
                }
            }
        }
        for row in pieces.indices { pieces[row].cells.sort { $0.cell.column < $1.cell.column } }
        var (blocks, start) = ([[Row]](), 0)
        for end in ends {
            blocks.append(Array(pieces[start..<end]))
            start = end
        }
        return blocks
    }
}
