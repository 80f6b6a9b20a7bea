/// A table on a page, as its lines draw it.
public struct PageTable: Sendable {
    /// Edges of rows from top to bottom, and of columns from left to right.
    public var rowEdges: [Double]
    public var columnEdges: [Double]
    /// By rows, then by columns.
    public var cells: [PageCell]

    public var top: Double { rowEdges.first ?? 0 }
    public var bottom: Double { rowEdges.last ?? 0 }
    public var left: Double { columnEdges.first ?? 0 }
    public var right: Double { columnEdges.last ?? 0 }
    public var rowCount: Int { rowEdges.count - 1 }
    public var columnCount: Int { columnEdges.count - 1 }
}

/// A cell; rows and columns count from 0.
public struct PageCell: Sendable {
    public var row: Int
    public var column: Int
    public var rowSpan: Int
    public var columnSpan: Int
    public var lines: [PageLine] = []
    public var left: Double
    public var top: Double
    public var right: Double
    public var bottom: Double

    /// Whether its last line is as full as a line of the cell can be: what follows may stand elsewhere.
    public func isFull(before width: Double) -> Bool {
        guard let last = lines.last else { return false }
        return right - inset - last.right < width
    }

    /// How far its text stands from its edges.
    private var inset: Double { max(0.5, min(lines.map { $0.left - left }.min() ?? 4, 6)) }

    /// The text: lines that were broken because they were full are one again, others stay lines.
    public var text: String {
        var (text, last) = ("", nil as PageLine?)
        for line in lines {
            if let last {
                let isBroken = right - inset - last.right < line.firstWidth + 0.2 * line.size
                text += isBroken ? PageTable.joint(text, line.text) : "\n"
            }
            text += line.text
            last = line
        }
        return text
    }
}

extension PageTable {
    /// What stands between two parts of a line that was broken: a blank between two Latin words, nothing else.
    public static func joint(_ before: String, _ after: String) -> String {
        guard let last = before.unicodeScalars.last, let first = after.unicodeScalars.first else { return "" }
        // A number that is too long for its cell is broken anywhere: 14,017,|700.00.
        let isNumber = "0123456789,.".unicodeScalars.contains(last) && "0123456789,.".unicodeScalars.contains(first)
        return last.isASCII && first.isASCII && !isNumber && last != "-" && last != "/" ? " " : ""
    }
}

/// Finds the tables that the lines of a page draw.
struct TableFinder {
    private var horizontal: [DrawnLine]
    private var vertical: [DrawnLine]

    /// Lines closer than this are one; corners may miss each other by as much.
    private static let tolerance = 3.0
    /// Lines of one page that are looked at; a page of small cells has some hundred.
    private static let most = 4_000

    init(_ rules: [DrawnLine]) {
        horizontal = Self.joined(rules.filter(\.isHorizontal))
        vertical = Self.joined(rules.filter { !$0.isHorizontal })
        if horizontal.count + vertical.count > Self.most { (horizontal, vertical) = ([], []) }
    }

    /// Lines that lie on each other or go on in each other, as one.
    private static func joined(_ lines: [DrawnLine]) -> [DrawnLine] {
        var result: [DrawnLine] = []
        var group: [DrawnLine] = []
        func end() {
            guard let first = group.first else { return }
            var open = first
            for line in group.sorted(by: { $0.start < $1.start }).dropFirst(0) {
                if line.start <= open.end + tolerance, line.end >= open.start - tolerance {
                    (open.start, open.end) = (min(open.start, line.start), max(open.end, line.end))
                } else {
                    result.append(open)
                    open = line
                }
            }
            result.append(open)
            group.removeAll(keepingCapacity: true)
        }
        for line in lines.sorted(by: { $0.position < $1.position }) {
            if let first = group.first, line.position - first.position > 1.6 { end() }
            group.append(line)
        }
        end()
        return result
    }

    /// The tables, their cells without text yet.
    var tables: [PageTable] {
        components.compactMap(Self.table).sorted { ($0.top, $0.left) < ($1.top, $1.left) }
    }

    /// Lines that meet each other.
    private var components: [(horizontal: [DrawnLine], vertical: [DrawnLine])] {
        var parents = Array(0..<horizontal.count + vertical.count)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index {
                parents[index] = parents[parents[index]]
                index = parents[index]
            }
            return index
        }
        for (number, across) in horizontal.enumerated() {
            for (other, down) in vertical.enumerated() where Self.meet(across, down) {
                parents[root(number)] = root(horizontal.count + other)
            }
        }
        var groups: [Int: (horizontal: [DrawnLine], vertical: [DrawnLine])] = [:]
        for (number, line) in horizontal.enumerated() {
            groups[root(number), default: ([], [])].horizontal.append(line)
        }
        for (number, line) in vertical.enumerated() {
            groups[root(horizontal.count + number), default: ([], [])].vertical.append(line)
        }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func meet(_ across: DrawnLine, _ down: DrawnLine) -> Bool {
        across.position >= down.start - tolerance && across.position <= down.end + tolerance
            && down.position >= across.start - tolerance && down.position <= across.end + tolerance
    }

    private static func table(_ lines: (horizontal: [DrawnLine], vertical: [DrawnLine])) -> PageTable? {
        guard lines.horizontal.count >= 2, !lines.vertical.isEmpty else { return nil }
        let rows = distinct(lines.horizontal.map(\.position))
        var columns = distinct(lines.vertical.map(\.position))
        // Tables may be open at their sides.
        let (start, end) = (lines.horizontal.map(\.start).min() ?? 0, lines.horizontal.map(\.end).max() ?? 0)
        if let first = columns.first, first - start > 8 { columns.insert(start, at: 0) }
        if let last = columns.last, end - last > 8 { columns.append(end) }
        guard rows.count >= 2, columns.count >= 3 || rows.count >= 3 && columns.count >= 2 else { return nil }
        return PageTable(rowEdges: rows, columnEdges: columns, cells: cells(lines, rows, columns))
    }

    private static func distinct(_ positions: [Double]) -> [Double] {
        var result: [Double] = []
        for position in positions.sorted() where result.last.map({ position - $0 > tolerance }) ?? true {
            result.append(position)
        }
        return result
    }

    /// The fields between the lines; those that no line parts are one cell.
    private static func cells(
        _ lines: (horizontal: [DrawnLine], vertical: [DrawnLine]),
        _ rows: [Double],
        _ columns: [Double]
    ) -> [PageCell] {
        let (height, width) = (rows.count - 1, columns.count - 1)
        func hasLine(_ candidates: [DrawnLine], at position: Double, over middle: Double) -> Bool {
            candidates.contains {
                abs($0.position - position) <= tolerance && $0.start - 0.5 <= middle && $0.end + 0.5 >= middle
            }
        }
        var taken = [Bool](repeating: false, count: height * width)
        var cells: [PageCell] = []
        for row in 0..<height {
            for column in 0..<width where !taken[row * width + column] {
                let middle = (rows[row] + rows[row + 1]) / 2
                var columnSpan = 1
                while column + columnSpan < width, !taken[row * width + column + columnSpan],
                    !hasLine(lines.vertical, at: columns[column + columnSpan], over: middle)
                {
                    columnSpan += 1
                }
                var rowSpan = 1
                // Downwards as long as no line parts any of its fields from the row below.
                while row + rowSpan < height,
                    (column..<column + columnSpan).allSatisfy({ field in
                        !hasLine(
                            lines.horizontal,
                            at: rows[row + rowSpan],
                            over: (columns[field] + columns[field + 1]) / 2
                        )
                    })
                {
                    rowSpan += 1
                }
                for below in row..<row + rowSpan {
                    for field in column..<column + columnSpan { taken[below * width + field] = true }
                }
                cells.append(
                    PageCell(
                        row: row,
                        column: column,
                        rowSpan: rowSpan,
                        columnSpan: columnSpan,
                        left: columns[column],
                        top: rows[row],
                        right: columns[column + columnSpan],
                        bottom: rows[row + rowSpan]
                    )
                )
            }
        }
        return cells
    }
}
