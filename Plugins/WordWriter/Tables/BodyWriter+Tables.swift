import Markup
import ReportDocument

extension BodyWriter {
    mutating func table(_ table: DocumentTable) {
        if !table.caption.isEmpty { paragraph(.caption, before: "<w:keepNext/>") { $0.runs(table.caption) } }
        let widths = ColumnWidths(table, width: textWidth, type: tableType)
        TableWriter(table, widths, self).write(into: &self)
        if table.note.isEmpty {
            gap()
        } else {
            paragraph(.note) { $0.runs(table.note) }
        }
    }

    /// A thin line after a table, so that two tables stay two; hardly any at the end of a section, where it would begin a page.
    mutating func gap(keepsNext: Bool = false) {
        let isLast = endsSection && !keepsNext
        xml.raw(
            "<w:p><w:pPr>\(keepsNext ? "<w:keepNext/>" : "")<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"\(isLast ? 20 : 160)\" w:lineRule=\"exact\"/>"
        )
        xml.raw("<w:rPr><w:sz w:val=\"\(isLast ? 2 : 8)\"/></w:rPr></w:pPr></w:p>")
    }
}

/// Writes one table.
private struct TableWriter {
    private let table: DocumentTable
    private let widths: [Int]
    private let size: Int
    private let styles: StyleIDs
    private let type: TableType
    private var breaks: TableBreaks
    /// The rows that may break over pages, for no page holds them.
    private var splits: [Bool]
    /// What stands in the rows of merged cells that are not written as such, by their row and column.
    private var pieces: [Place: Piece] = [:]

    private struct Piece {
        var runs: [Run]
        /// Whether it is printed once more.
        var isAgain: Bool
        /// Whether its text goes on from the row above, and into the row below.
        var goesOn = false
    }

    /// How high a row is at least, where what is merged over its piece asks for more than the rows.
    private var least: [Int: Int] = [:]

    /// What of rows that share a merged cell is kept on one page, in twentieths of a point, also where that is more than three tenths of
    /// a turned page: ten rows of two lines.
    private static let keptTogether = 3_800

    private struct Place: Hashable {
        var row: Int
        var column: Int
    }

    init(_ table: DocumentTable, _ widths: ColumnWidths, _ writer: BodyWriter) {
        (self.table, self.widths, size) = (table, widths.widths, widths.size)
        (styles, type) = (writer.styles, writer.tableType)
        let measure = RowMeasure(widths: widths.widths, size: widths.size, narrow: writer.tableType.narrow)
        let heights = table.body.map { measure.height(of: $0) }
        let limit = min(writer.textHeight / 2, max(writer.textHeight * 3 / 10, Self.keptTogether))
        breaks = TableBreaks(
            spans: table.body.map { row in row.cells.map(\.rowSpan) },
            heights: heights,
            limit: limit,
            // Turned pages are short; on upright ones more would leave holes.
            most: writer.textHeight < writer.textWidth
                ? max(limit, min(limit * 3 / 2, writer.textHeight * 11 / 20)) : limit
        )
        splits = heights.map { $0 > writer.textHeight * 2 / 3 }
        let isWhole = heights.reduce(0, +) <= limit
        let merged = table.body.enumerated().flatMap { row, line in
            line.cells.filter { $0.rowSpan > 1 }.map { cell in
                (cell: cell, rows: row..<min(row + cell.rowSpan, table.body.count), height: measure.height(of: cell))
            }
        }
        // What is higher than its rows, or than any piece of them may be, is spread over them: pages may break in it, and what stands
        // beside it is printed in each of its rows.
        let high = merged.map { cell, rows, height in
            let isParted = rows.dropFirst().contains { breaks.beginsAnew[$0] }
            return height > limit && (isParted || height > rows.reduce(0) { $0 + heights[$1] })
        }
        var released = Set<Int>()
        for ((_, rows, height), isHigh) in zip(merged, high) where isHigh {
            breaks.release(rows)
            released.formUnion(rows)
            for row in rows where height / rows.count > limit { splits[row] = true }
        }
        // LibreOffice loses the lines of merged cells that pages break, and Word what is higher than the rows beside it.
        for ((cell, rows, height), isHigh) in zip(merged, high) {
            if isHigh || (writer.isForLayout && !isWhole) {
                spread(cell, rows, heights, measure, isHigh: isHigh)
            } else {
                raise(rows, to: height, heights)
            }
        }
        if isWhole, writer.isForLayout { for row in table.body.indices.dropLast() { breaks.keep(row) } }
        // A head among the rows of a form stays with what it names; a total with the last of what it adds up.
        for (row, line) in table.body.enumerated().dropLast() {
            let isHead = !line.cells.isEmpty && line.cells.allSatisfy { $0.style == .head }
            if isHead || (table.body[row + 1].style == .total && table.body.count > 2) {
                breaks.keep(row)
            }
        }
        // Nobody reads on from a single row at the foot of a page, nor back from one at the head of the next.
        let count = table.body.count
        for row in [0, count - 2] where count > 3 && heights[row] + heights[row + 1] <= limit && !released.contains(row)
        {
            breaks.keep(row)
        }
    }

    /// Writes a merged cell as cells of its rows without lines between them, its text spread over them as it would stand: anew in
    /// each piece that pages may part, or, where it is high, once from the first row to the last.
    private mutating func spread(
        _ cell: DocumentCell,
        _ rows: Range<Int>,
        _ heights: [Int],
        _ measure: RowMeasure,
        isHigh: Bool
    ) {
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end =
                isHigh
                ? rows.upperBound : (start + 1..<rows.upperBound).first { breaks.beginsAnew[$0] } ?? rows.upperBound
            let capacities = heights[start..<end].map { max(1, $0 / measure.line) }
            let texts = measure.spread(cell, over: capacities)
            for (row, runs) in zip(start..<end, texts) {
                pieces[Place(row: row, column: cell.column)] = Piece(
                    runs: runs,
                    isAgain: start > rows.lowerBound,
                    goesOn: isHigh
                )
            }
            start = end
        }
    }

    /// Gives the last row of each piece the height that a label needs which is higher than the piece: LibreOffice cuts off what is
    /// merged over rows and higher than they are where a page ends below it.
    private mutating func raise(_ rows: Range<Int>, to height: Int, _ heights: [Int]) {
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = (start + 1..<rows.upperBound).first { breaks.beginsAnew[$0] } ?? rows.upperBound
            let lack = height - heights[start..<end].reduce(0, +)
            if lack > 0 { least[end - 1] = max(least[end - 1] ?? 0, heights[end - 1] + lack) }
            start = end
        }
    }

    func write(into writer: inout BodyWriter) {
        writer.xml.raw("<w:tbl><w:tblPr><w:tblStyle w:val=\"\(styles[.table])\"/>")
        writer.xml.raw(
            "<w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>"
        )
        if styles[.table] != StyleRole.table.id || writer.pages.isFirm { writer.xml.raw(Self.borders) }
        writer.xml.raw("<w:tblLayout w:type=\"fixed\"/>")
        // Widths are reckoned with these, whatever the firm's style has.
        if writer.pages.isFirm {
            writer.xml.raw(
                "<w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar>"
            )
        }
        writer.xml.raw(
            "<w:tblLook w:val=\"04A0\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>"
        )
        let caption = table.caption.plainText
        if !caption.isEmpty {
            writer.xml.raw("<w:tblCaption")
            writer.xml.attribute("w:val", caption)
            writer.xml.raw("/>")
        }
        writer.xml.raw("</w:tblPr><w:tblGrid>")
        for width in widths { writer.xml.raw("<w:gridCol w:w=\"\(width)\"/>") }
        writer.xml.raw("</w:tblGrid>")
        rows(table.header, isHeader: true, into: &writer)
        rows(table.body, isHeader: false, into: &writer)
        if table.header.isEmpty, table.body.isEmpty { emptyRow(into: &writer) }
        writer.xml.raw("</w:tbl>")
    }

    /// Borders that do not hang on a style of somebody else's.
    private static let borders =
        "<w:tblBorders>"
        + ["top", "left", "bottom", "right", "insideH", "insideV"].map {
            "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
        }.joined() + "</w:tblBorders>"

    private func rows(_ rows: [DocumentRow], isHeader: Bool, into writer: inout BodyWriter) {
        let grid = table.grid(of: rows)
        for (index, positions) in grid.enumerated() {
            let keepsNext = isHeader || breaks.keepsNext[index]
            writer.xml.raw("<w:tr>")
            if isHeader {
                writer.xml.raw("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
            } else if !splits[index] || least[index] != nil {
                let height = least[index].map { "<w:trHeight w:val=\"\($0)\" w:hRule=\"atLeast\"/>" } ?? ""
                writer.xml.raw("<w:trPr>" + (splits[index] ? "" : "<w:cantSplit/>") + height + "</w:trPr>")
            }
            let isTotal = rows[index].style == .total
            var column = 0
            while column < positions.count {
                let position = positions[column]
                var span = 1
                if let cell = position.cell {
                    span = max(1, min(cell.columnSpan, positions.count - column))
                }
                // What another cell covers from the left has no cell of its own.
                if position.cell != nil, !position.isLeft {
                    column += 1
                    continue
                }
                cell(
                    position,
                    at: column,
                    span,
                    index,
                    rows.count,
                    isHeader,
                    keepsNext,
                    isTotal,
                    into: &writer
                )
                column += span
            }
            writer.xml.raw("</w:tr>")
        }
    }

    private func cell(
        _ position: GridPosition,
        at column: Int,
        _ span: Int,
        _ row: Int,
        _ count: Int,
        _ isHeader: Bool,
        _ keepsNext: Bool,
        _ isTotal: Bool,
        into writer: inout BodyWriter
    ) {
        let isAnew = !isHeader && !position.isTop && breaks.beginsAnew[row]
        let cell = position.cell
        writer.xml.raw(
            "<w:tc><w:tcPr><w:tcW w:w=\"\(widths[column..<column + span].reduce(0, +))\" w:type=\"dxa\"/>"
        )
        if span > 1 { writer.xml.raw("<w:gridSpan w:val=\"\(span)\"/>") }
        let piece = isHeader ? nil : pieces[Place(row: row, column: column)]
        if let piece {
            writer.xml.raw(lines(position, row, count, goesOn: piece.goesOn))
        } else if let merge = merge(position, row, count, isHeader) {
            writer.xml.raw(merge)
        }
        if let cell, cell.style != .data {
            writer.xml.raw("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>")
        }
        writer.xml.raw("<w:vAlign w:val=\"center\"/></w:tcPr>")
        if var cell = position.cell, let piece {
            cell.runs = piece.runs
            text(cell, keepsNext, isTotal, isAgain: piece.isAgain, into: &writer)
            writer.xml.raw("</w:tc>")
            return
        }
        guard let cell, position.isTop || isAnew else {
            empty(keepsNext, into: &writer)
            writer.xml.raw("</w:tc>")
            return
        }
        text(cell, keepsNext, isTotal, isAgain: isAnew, into: &writer)
        writer.xml.raw("</w:tc>")
    }

    /// Whether a cell begins a merged one, goes on with it, or neither.
    private func merge(_ position: GridPosition, _ row: Int, _ count: Int, _ isHeader: Bool)
        -> String?
    {
        guard let cell = position.cell, cell.rowSpan > 1 else { return nil }
        let begins = position.isTop || (!isHeader && breaks.beginsAnew[row])
        if !begins { return "<w:vMerge/>" }
        guard row + 1 < count else { return nil }
        // Whether the row below is of the same cell, and of the same piece.
        let grid = isHeader ? table.header : table.body
        let top = position.isTop ? row : grid[..<row].lastIndex { $0.cells.contains(cell) } ?? row
        let goesOn = row + 1 < top + cell.rowSpan && (isHeader || !breaks.beginsAnew[row + 1])
        return goesOn ? "<w:vMerge w:val=\"restart\"/>" : nil
    }

    /// The lines above and below a row of a merged cell that is written as cells of its rows: none inside of it, but where a piece
    /// of it ends, for a page may end there.
    private func lines(_ position: GridPosition, _ row: Int, _ count: Int, goesOn: Bool) -> String {
        guard let cell = position.cell else { return "" }
        let top = position.isTop ? row : table.body[..<row].lastIndex { $0.cells.contains(cell) } ?? row
        let isFirst = position.isTop || (!goesOn && breaks.beginsAnew[row])
        let isLast = row + 1 >= min(top + cell.rowSpan, count) || (!goesOn && breaks.beginsAnew[row + 1])
        if isFirst, isLast { return "" }
        return "<w:tcBorders>" + (isFirst ? "" : "<w:top w:val=\"nil\"/>") + (isLast ? "" : "<w:bottom w:val=\"nil\"/>")
            + "</w:tcBorders>"
    }

    private func text(
        _ cell: DocumentCell,
        _ keepsNext: Bool,
        _ isTotal: Bool,
        isAgain: Bool,
        into writer: inout BodyWriter
    ) {
        let isHead = cell.style == .head
        let alignment =
            switch cell.alignment {
            case .left: "left"
            case .centre: "center"
            case .right: "right"
            }
        var look = isTotal && !isHead ? RunLook.bold : .plain
        let usual = isHead ? type.headSize : type.size
        // A firm's heads may be larger than its cells; where the type is made smaller, all of it is.
        let own = isHead && size == type.size ? min(usual, size + 4) : size
        if own != usual { look.size = own }
        look.isOffGrid = writer.pages.hasCharacterGrid
        begin(isHead ? .tableHead : .tableText, keepsNext, own, into: &writer)
        writer.xml.raw("<w:jc w:val=\"\(alignment)\"/></w:pPr>")
        writer.runs(cell.runs, look, isAgain: isAgain)
        writer.xml.raw("</w:p>")
    }

    private func begin(_ role: StyleRole, _ keepsNext: Bool, _ size: Int, into writer: inout BodyWriter) {
        writer.xml.raw("<w:p><w:pPr><w:pStyle w:val=\"\(styles[role])\"/>")
        writer.xml.raw(writer.uncounted(role, keepsNext ? "<w:keepNext/>" : ""))
        if writer.pages.hasCharacterGrid { writer.xml.raw("<w:snapToGrid w:val=\"0\"/>") }
        writer.xml.raw(
            "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"\(size * 14)\" w:lineRule=\"exact\"/>"
        )
        if writer.pages.isFirm {
            writer.xml.raw("<w:ind w:left=\"0\" w:right=\"0\" w:firstLineChars=\"0\" w:firstLine=\"0\"/>")
        }
    }

    private func empty(_ keepsNext: Bool, into writer: inout BodyWriter) {
        begin(.tableText, keepsNext, size, into: &writer)
        writer.xml.raw("</w:pPr></w:p>")
    }

    private func emptyRow(into writer: inout BodyWriter) {
        writer.xml.raw("<w:tr>")
        for width in widths {
            writer.xml.raw("<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/></w:tcPr>")
            empty(false, into: &writer)
            writer.xml.raw("</w:tc>")
        }
        writer.xml.raw("</w:tr>")
    }
}
