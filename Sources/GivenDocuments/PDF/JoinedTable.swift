internal import Groundwork
internal import PDFPages

/// A table, the parts of which stand on one page or on several.
struct JoinedTable {
    private struct Cell {
        var (row, left, right): (Int, Double, Double)
        var rowSpan: Int
        var text: String
        var page: Int
        var box: PageBox
        /// Whether what follows the text may stand on the next page.
        var isFull: Bool
    }

    private(set) var page: Int
    private var edges: [Double]
    private var cells: [Cell]
    private var rowCount: Int
    private let start: PageBox
    private let firstPage: Int

    init(_ table: PageTable, page: Int) {
        (self.page, firstPage, edges, rowCount) = (page, page, table.columnEdges, table.rowCount)
        start = PageBox(table.left, table.top, table.right, table.bottom)
        cells = Self.cells(table, page)
    }

    private static func cells(_ table: PageTable, _ page: Int) -> [Cell] {
        table.cells.map { cell in
            Cell(
                row: cell.row,
                left: cell.left,
                right: cell.right,
                rowSpan: cell.rowSpan,
                text: cell.text.plain.trimmedBlanks,
                page: page,
                box: PageBox(cell.left, cell.top, cell.right, cell.bottom),
                isFull: cell.isFull(before: 2 * (cell.lines.last?.size ?? 10))
            )
        }
    }

    /// Edges nearer than this are one.
    private static let tolerance = 4.0

    /// Takes a part on the next page, where it goes on with the table: its columns are the same, or some were not parted there.
    mutating func takes(_ part: PageTable, page: Int) -> Bool {
        func isNear(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= Self.tolerance }
        let (here, there) = (edges, part.columnEdges)
        let isPart = there.allSatisfy { edge in here.contains { isNear($0, edge) } }
        let isWhole = here.allSatisfy { edge in there.contains { isNear($0, edge) } }
        guard isNear(here[0], there[0]), isNear(here[here.count - 1], there[there.count - 1]), isPart || isWhole else {
            return false
        }
        for edge in there where !edges.contains(where: { isNear($0, edge) }) { edges.append(edge) }
        edges.sort()
        var added = Self.cells(part, page)
        var skipped = repeatedHead(added)
        if joinCutRow(&added, skipped) { skipped += 1 }
        for var cell in added where cell.row + cell.rowSpan > skipped {
            let above = max(0, skipped - cell.row)
            cell.rowSpan -= above
            cell.row = cell.row + above - skipped + rowCount
            cells.append(cell)
        }
        rowCount += max(0, part.rowCount - skipped)
        self.page = page
        return true
    }

    private func row(_ number: Int, _ cells: [Cell]) -> [Cell] { cells.filter { $0.row == number } }

    /// How many rows of the part are the table's head once more.
    private func repeatedHead(_ part: [Cell]) -> Int {
        var count = 0
        while count < 4 {
            let (own, other) = (row(count, cells), row(count, part))
            guard !own.isEmpty, own.contains(where: { !$0.text.isEmpty }), own.map(\.text) == other.map(\.text) else {
                break
            }
            // A row of figures that stands twice is no head.
            if own.contains(where: { $0.text.first?.isNumber ?? false }) { break }
            count += 1
        }
        return count
    }

    /// Joins the first row of a part to the last one before it, where a page break has cut a row: it has text only where that row
    /// has, less of it, and no figure, unless that ends one which the break has cut: 23,160. | 00.
    private mutating func joinCutRow(_ part: inout [Cell], _ number: Int) -> Bool {
        let first = row(number, part)
        if first.isEmpty { return false }
        let filled = first.filter { !$0.text.isEmpty }
        // Of a row that ended with the page only the frame may be left.
        if filled.isEmpty { return first.allSatisfy { $0.rowSpan == 1 } && part.contains { $0.row > number } }
        let last = cells.indices.filter { cells[$0].row + cells[$0].rowSpan == rowCount }
        var pairs: [(Int, Cell)] = []
        for cell in filled {
            guard
                let above = last.first(where: {
                    abs(cells[$0].left - cell.left) <= Self.tolerance
                        && abs(cells[$0].right - cell.right) <= Self.tolerance
                }),
                cells[above].isFull, !cell.text.isFigure || cells[above].text.isFigure(endedBy: cell.text)
            else { return false }
            pairs.append((above, cell))
        }
        // A figure that could stand by itself, 1,930.0, is cut where something beside it is.
        guard pairs.contains(where: { !$1.text.isFigure || !(cells[$0].text.last?.isNumber ?? false) }) else {
            return false
        }
        // The whole row once more would be a row of its own.
        let other = last.filter { index in !cells[index].text.isEmpty && !pairs.contains { $0.0 == index } }
        guard !other.isEmpty, filled.allSatisfy({ $0.rowSpan == 1 }) else { return false }
        for (above, cell) in pairs { cells[above].text += PageTable.joint(cells[above].text, cell.text) + cell.text }
        return true
    }

    func given(_ file: String) -> GivenTable {
        func column(_ edge: Double) -> Int {
            edges.indices.min { abs(edges[$0] - edge) < abs(edges[$1] - edge) } ?? 0
        }
        let given = cells.map { cell in
            let first = column(cell.left)
            return GivenCell(
                row: cell.row + 1,
                column: first + 1,
                rowSpan: max(1, cell.rowSpan),
                columnSpan: max(1, column(cell.right) - first),
                text: cell.text,
                at: .page(file: file, page: cell.page + 1, box: cell.box)
            )
        }
        return GivenTable(
            rowCount: rowCount,
            columnCount: edges.count - 1,
            cells: given.sorted { ($0.row, $0.column) < ($1.row, $1.column) },
            at: .page(file: file, page: firstPage + 1, box: start)
        )
    }
}

extension String {
    /// Whether nothing but a figure stands in it, or a piece of one.
    fileprivate var isFigure: Bool { allSatisfy { $0.isNumber || ",.%-/".contains($0) } }

    /// Whether it is the beginning of an amount that `rest` ends: 23,160. and 00, 1,930.0 and 0.
    fileprivate func isFigure(endedBy rest: String) -> Bool {
        guard isFigure, !isEmpty, !rest.isEmpty, rest.allSatisfy({ $0.isNumber || ",.".contains($0) }) else {
            return false
        }
        return !isAmount && (self + rest).isAmount
    }

    /// An amount with two places, its thousands parted or not at all.
    private var isAmount: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, parts[1].allSatisfy(\.isNumber) else { return false }
        let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
        let isParted = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
        return groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) } && (groups.count == 1 || isParted)
    }
}
