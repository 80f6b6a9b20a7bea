/// What stands on a page, from top to bottom.
public struct PageReading: Sendable {
    public enum Piece: Sendable {
        case line(PageLine)
        case table(PageTable)

        public var top: Double {
            switch self {
            case .line(let line): line.top
            case .table(let table): table.top
            }
        }
    }

    public var pieces: [Piece]
    public var width: Double
    public var height: Double
    /// Characters whose meaning the file does not say.
    public var unknownCount: Int
    public var glyphCount: Int
    /// Whether the page is a picture, with or without text that a program has recognised in it.
    public var isScanned: Bool

    public init(_ page: DrawnPage) {
        (width, height, glyphCount) = (page.width, page.height, page.glyphs.count)
        unknownCount = page.glyphs.count { $0.text == "\u{FFFD}" }
        let hidden = page.glyphs.count(where: \.isInvisible)
        // A picture over most of the page, and hardly any text of its own: what is painted of it is a number or a stamp.
        isScanned = page.pictures > 0.5 && page.glyphs.count - hidden < 40
        var (tables, free) = (TableFinder(page.rules).tables, [DrawnGlyph]())
        var contents = tables.map { $0.cells.map { _ in [DrawnGlyph]() } }
        for glyph in page.glyphs {
            let middle = glyph.baseline - glyph.size * 0.35
            let place = tables.indices.lazy.compactMap { index in
                tables[index].cell(atX: glyph.middle, y: middle).map { (index, $0) }
            }.last
            if let (table, cell) = place { contents[table][cell].append(glyph) } else { free.append(glyph) }
        }
        for (index, table) in tables.enumerated() {
            for cell in table.cells.indices { tables[index].cells[cell].lines = contents[index][cell].lines }
        }
        pieces = free.lines.map(Piece.line)
        for table in tables {
            let filled = table.cells.filter { !$0.lines.isEmpty }
            if filled.isEmpty { continue }
            // A frame around text, or a line under it.
            if filled.count == 1 || table.cells.count == 1 {
                pieces += filled.flatMap(\.lines).map(Piece.line)
            } else {
                pieces.append(.table(table))
            }
        }
        pieces.sort { $0.top < $1.top }
    }
}

extension PageTable {
    /// The cell at a point.
    fileprivate func cell(atX x: Double, y: Double) -> Int? {
        guard x >= left, x <= right, y >= top, y <= bottom else { return nil }
        return cells.firstIndex { x >= $0.left && x <= $0.right && y >= $0.top && y <= $0.bottom }
    }
}
