internal import BudgetLines
public import GivenDocuments
public import ReviewModel

extension ReportText {
    /// A document as lines: a paragraph is one, and so is a row of a table, with an empty cell wherever a merged one goes on.
    ///
    /// - Parameter words: what its tables and texts are called.
    public init(_ document: GivenDocument, words: ReportWords = .standard) {
        var lines: [Line] = []
        func add(_ text: String, _ places: [Place]) {
            var line = Line(number: lines.count + 1, text: text)
            line.places = places
            lines.append(line)
        }
        for block in document.blocks {
            switch block {
            case .paragraph(let paragraph):
                // Before pages are counted an entry of the contents is its heading once more, and would begin the annexes.
                if paragraph.isInContents, !paragraph.text.contains("\t") { continue }
                add(paragraph.text, [paragraph.place])
                lines[lines.count - 1].isWhole = paragraph.isWhole
            case .table(let table):
                let start = lines.count
                for row in table.lines { add(row.text, row.places) }
                if start < lines.count { lines[start].beginsTable = true }
            }
        }
        self.init(lines: lines, words: words)
    }

    /// The place in the file that a spot means which names a line of the report; other spots, and those of a text that is a
    /// setting, stay what they are.
    ///
    /// - Parameter showing: a value that stands in one of the cells of the line: then that cell is meant, not the row.
    public func located(_ spot: Spot, showing value: String = "") -> Spot {
        switch spot {
        case .line(let pointer, let number, _) where pointer == Self.pointer:
            guard let line = line(number), let first = line.places.first else { return spot }
            return .place(line.place(of: value) ?? first)
        case .value(let pointer) where pointer == Self.pointer:
            // Of the report as a whole: where it begins.
            return lines.first { !$0.places.isEmpty }?.places.first.map(Spot.place) ?? spot
        default: return spot
        }
    }

    /// The setting that a report as text is.
    private static let pointer = JSONPointer(["config", "report"])
}

extension ReportText.Line {
    /// The first cell that is the value, or else the only one that has it in it; of a row its first cell that holds something.
    fileprivate func place(of value: String) -> Place? {
        guard isTableRow, places.count > 1 else { return nil }
        let cells = text.cells(keepsEmpty: true)
        guard cells.count == places.count else { return nil }
        let wanted = value.folded
        if !wanted.isEmpty {
            if let column = cells.firstIndex(where: { $0.folded == wanted }) { return places[column] }
            let holding = cells.indices.filter { cells[$0].folded.hasBytes(of: wanted) }
            if holding.count == 1 { return places[holding[0]] }
        }
        return cells.firstIndex { !$0.isEmpty }.map { places[$0] }
    }
}

extension GivenTable {
    /// The rows as text, their cells parted by tabs, with the place of each cell; below and beside the first one of a merged cell
    /// nothing stands, and its place is that cell's.
    fileprivate var lines: [(text: String, places: [Place])] {
        var grid = [[(text: String, place: Place)?]](repeating: [], count: rowCount)
        for cell in cells where (1...rowCount).contains(cell.row) {
            for row in cell.row..<min(cell.row + cell.rowSpan, rowCount + 1) {
                for column in cell.column..<cell.column + cell.columnSpan {
                    let missing = column - grid[row - 1].count
                    if missing > 0 { grid[row - 1] += [(text: String, place: Place)?](repeating: nil, count: missing) }
                    let isFirst = row == cell.row && column == cell.column
                    grid[row - 1][column - 1] = (isFirst ? cell.text.onOneRow : "", cell.place)
                }
            }
        }
        return grid.map { row in
            let missing = columnCount - row.count
            let fields = row + [(text: String, place: Place)?](repeating: nil, count: max(0, missing))
            let known = fields.lazy.compactMap { $0?.place }.first ?? place
            return (fields.map { $0?.text ?? "" }.joined(separator: "\t"), fields.map { $0?.place ?? known })
        }
    }
}

extension String {
    /// The paragraphs of a cell one after the other, without tabs.
    fileprivate var onOneRow: String {
        guard utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\t") }) else { return self }
        return split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
    }
}
