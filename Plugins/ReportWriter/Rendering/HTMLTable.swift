import Markup
import ReportDocument

/// A table as HTML, inside a container of its own that scrolls when the screen is narrower than the table.
struct HTMLTable {
    let table: DocumentTable
    let id: String
    let orientation: PageOrientation

    func write(to page: inout MarkupWriter, _ text: HTMLText) {
        page.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
        if !table.caption.isEmpty { page.attribute("aria-labelledby", id) }
        page.raw(">")
        for part in FormParts(table).parts {
            page.raw("\n")
            HTMLTable(table: part, id: id, orientation: orientation).writeTable(to: &page, text)
        }
        page.raw("\n</div>")
        if !table.note.isEmpty {
            page.raw("\n<p class=\"note\">")
            text.write(table.note, to: &page, linked: false)
            page.raw("</p>")
        }
    }

    private func writeTable(to page: inout MarkupWriter, _ text: HTMLText) {
        page.open("table", ["class": classes])
        if !table.caption.isEmpty {
            page.raw("\n")
            page.open("caption", ["id": id])
            text.write(table.caption, to: &page, linked: false)
            page.close("caption")
        }
        page.raw("\n<colgroup>")
        for column in table.columns { page.raw("<col style=\"width:\(column.width)%\">") }
        page.raw("</colgroup>")
        if !table.header.isEmpty {
            let rows = table.header.map { row in
                RowBlocks.Row(cells: row.cells.map { RowBlocks.Cell(cell: $0) }, style: row.style)
            }
            write(rows, in: "thead", to: &page, text)
        }
        writeBody(to: &page, text)
        page.raw("\n</table>")
    }

    /// Tables of more columns get a larger least width, so that a phone scrolls rather than squeezes them.
    private var classes: String { (table.isForm ? "form " : "") + size.name }

    private var size: (name: String, rems: Int) {
        table.columns.count <= 4 ? ("narrow", 26) : table.columns.count <= 6 ? ("middling", 40) : ("wide", 56)
    }

    /// Whether the first column stays while a phone scrolls: one that leaves room beside it.
    private var firstStays: Bool { (table.columns.first?.width ?? 0) * size.rems <= 1000 && table.columns.count > 2 }

    /// Rows that stay together have a body of their own; rows that stand alone share one.
    private func writeBody(to page: inout MarkupWriter, _ text: HTMLText) {
        var single: [RowBlocks.Row] = []
        func flush(_ page: inout MarkupWriter) {
            if !single.isEmpty { write(single, in: "tbody", to: &page, text) }
            single = []
        }
        let blocks = RowBlocks(table, lineWidth: orientation == .portrait ? 84 : 134).blocks
        for block in blocks {
            if block.count == 1 {
                single += block
            } else {
                flush(&page)
                write(block, in: "tbody", class: "together", to: &page, text)
            }
        }
        flush(&page)
        if blocks.isEmpty { page.raw("\n<tbody>\n\n</tbody>") }
    }

    private func write(
        _ rows: [RowBlocks.Row],
        in part: String,
        class name: String = "",
        to page: inout MarkupWriter,
        _ text: HTMLText
    ) {
        page.raw("\n<\(part)")
        if !name.isEmpty { page.attribute("class", name) }
        page.raw(">\n")
        for (position, row) in rows.enumerated() {
            if position > 0 { page.raw("\n") }
            page.raw(row.style == .total ? "<tr class=\"total\">" : "<tr>")
            for cell in row.cells { write(cell, to: &page, text) }
            page.raw("</tr>")
        }
        page.raw("\n</\(part)>")
    }

    private func write(_ piece: RowBlocks.Cell, to page: inout MarkupWriter, _ text: HTMLText) {
        let cell = piece.cell
        switch cell.style {
        case .data: page.raw("<td")
        case .label: page.raw(cell.rowSpan > 1 ? "<th scope=\"rowgroup\"" : "<th scope=\"row\"")
        case .head: page.raw(cell.columnSpan > 1 ? "<th scope=\"colgroup\"" : "<th scope=\"col\"")
        }
        if cell.columnSpan > 1 { page.raw(" colspan=\"\(cell.columnSpan)\"") }
        if cell.rowSpan > 1 { page.raw(" rowspan=\"\(cell.rowSpan)\"") }
        let names = classes(of: piece)
        if !names.isEmpty { page.attribute("class", names.joined(separator: " ")) }
        page.raw(">")
        if piece.isContinued {
            page.raw("<span>")
            text.write(Self.repeated(cell.runs), to: &page, linked: false)
            page.raw("</span>")
        } else {
            text.write(cell.runs, to: &page)
        }
        page.raw(cell.style == .data ? "</td>" : "</th>")
    }

    private func classes(of piece: RowBlocks.Cell) -> [String] {
        let cell = piece.cell
        var names: [String] = []
        if cell.alignment != .left { names.append(cell.alignment.rawValue) }
        // A figure is not broken, in whatever column it stands.
        if cell.alignment != .right, cell.runs.figure != nil { names.append("whole") }
        if cell.column == 0, cell.columnSpan == 1, firstStays { names.append("first") }
        if piece.isContinued { names.append("again") }
        if piece.continues { names.append("on") }
        return names
    }

    /// What a further piece of a cut cell says: its text, ditto for a long one. A note is not called twice.
    private static func repeated(_ runs: [Run]) -> [Run] {
        if runs.plainText.count > 40 { return [.text("〃")] }
        return runs.filter { if case .footnote = $0 { false } else { true } }
    }
}
