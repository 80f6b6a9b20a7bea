internal import ReviewModel

/// The rows of a sheet of a large book, as the sheet's XML has them, written one after another.
///
/// The library writes a row by `printf` into a file, copies that into another and packs it at the end, which takes three times as
/// long as to write the bytes and pack them meanwhile (Decisions/0094). All else of a sheet is the library's.
final class SheetRows {
    private let packed: PackedRows
    /// The cells of the current row, and where each begins, should they not come from left to right.
    private let cells = RowText()
    private var starts: [(column: Int, start: Int)] = []
    private var row = 0
    private var last = (row: 0, column: 0)
    private let links = RowText()

    init(scratch: String) throws(ExcelError) { packed = try PackedRows(scratch: scratch) }

    // MARK: - Cells

    func blank(_ column: Int, _ style: Int32) {
        begin(column, style)
        cells.append("/>")
    }

    func number(_ number: ExactDecimal, _ column: Int, _ style: Int32) {
        begin(column, style)
        cells.append("><v>")
        cells.append(number)
        cells.append("</v></c>")
    }

    func text(_ text: String, _ column: Int, _ style: Int32) {
        if text.isEmpty { return blank(column, style) }
        begin(column, style)
        cells.append(" t=\"inlineStr\"><is><t")
        if text.utf8.first.map(isSpace) == true || text.utf8.last.map(isSpace) == true {
            cells.append(" xml:space=\"preserve\"")
        }
        cells.append(">")
        cells.append(escaped: text)
        cells.append("</t></is></c>")
    }

    func formula(_ formula: String, _ value: ExactDecimal, _ column: Int, _ style: Int32) {
        begin(column, style)
        cells.append("><f>")
        cells.append(escaped: formula)
        cells.append("</f><v>")
        cells.append(value)
        cells.append("</v></c>")
    }

    func formula(_ formula: String, _ value: String, _ column: Int, _ style: Int32) {
        begin(column, style)
        cells.append(" t=\"str\"><f>")
        cells.append(escaped: formula)
        cells.append("</f><v>")
        cells.append(escaped: value)
        cells.append("</v></c>")
    }

    /// Makes the cell lead to another one.
    func link(_ column: Int, to target: SheetCell, shown: String) {
        links.append("<hyperlink ref=\"")
        links.append(escaped: CellReference(row, column).description)
        links.append("\" location=\"")
        links.append(attribute: target.description)
        // The cell says it anyway, and attributes of this length are all that the library writes.
        if shown.utf8.count <= Self.longestDisplay {
            links.append("\" display=\"")
            links.append(attribute: shown)
        }
        links.append("\"/>")
    }

    private static let longestDisplay = 2000

    private func begin(_ column: Int, _ style: Int32) {
        starts.append((column, cells.count))
        cells.append("<c r=\"")
        appendLetters(column, to: cells)
        cells.append(row + 1)
        cells.append("\"")
        if style > 0 {
            cells.append(" s=\"")
            cells.append(Int(style))
            cells.append("\"")
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    // MARK: - Rows

    /// Ends the current row and begins a later one.
    ///
    /// - Parameters:
    ///   - height: of the row that ends, in points; `nil` for the height that rows have.
    ///   - level: how deep it lies in the outline.
    func leave(height: Double?, level: Int, for next: Int) {
        if !starts.isEmpty || height != nil || level > 0 {
            let piece = packed.piece
            piece.append("<row r=\"")
            piece.append(row + 1)
            piece.append("\"")
            if let height { piece.append(height: height) }
            if level > 0 {
                piece.append(" outlineLevel=\"")
                piece.append(level)
                piece.append("\"")
            }
            if height != nil { piece.append(" customHeight=\"1\"") }
            piece.append(">")
            appendCells(to: piece)
            piece.append("</row>")
            packed.handOn()
        }
        starts.removeAll(keepingCapacity: true)
        cells.removeAll()
        row = next
    }

    private func appendCells(to piece: RowText) {
        guard let rightmost = starts.max(by: { $0.column < $1.column }) else { return }
        last = (row, max(last.column, rightmost.column))
        var isInOrder = true
        for position in starts.indices.dropFirst() where starts[position - 1].column >= starts[position].column {
            isInOrder = false
        }
        let all = cells.bytes
        if isInOrder { return piece.append(all) }
        // Of a cell that was written twice the later stays.
        var byColumn: [Int: Range<Int>] = [:]
        for (position, cell) in starts.enumerated() {
            byColumn[cell.column] = cell.start..<(position + 1 < starts.count ? starts[position + 1].start : all.count)
        }
        for (_, range) in byColumn.sorted(by: { $0.key < $1.key }) {
            piece.append(UnsafeBufferPointer(rebasing: all[range]))
        }
    }

    /// Packs what is left.
    func finish() throws(ExcelError) -> SheetBody {
        try packed.finish()
        let corner = CellReference(last.row, last.column).description
        return SheetBody(rows: packed, dimension: "A1" + (corner == "A1" ? "" : ":" + corner), links: links)
    }
}

/// All rows of a sheet, and what else the library does not know of it.
struct SheetBody {
    var rows: PackedRows
    /// `A1:M100003`.
    var dimension: String
    /// The elements of its links.
    var links: RowText
}

/// The letters of a column.
private func appendLetters(_ column: Int, to text: RowText) {
    if column < 26 { return text.append(UInt8(ascii: "A") + UInt8(truncatingIfNeeded: column)) }
    text.append(escaped: columnLetters(column))
}

extension RowText {
    /// The text of an attribute.
    fileprivate func append(attribute text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": append("&quot;")
            // White space of an attribute is read as a blank.
            case "\n": append("&#xA;")
            default: append(escaped: String(scalar))
            }
        }
    }

    /// Heights are whole points or halves.
    fileprivate func append(height: Double) {
        append(" ht=\"")
        append(Int(height))
        let tenths = Int((height * 10).rounded()) % 10
        if tenths > 0 {
            append(".")
            append(tenths)
        }
        append("\"")
    }
}
