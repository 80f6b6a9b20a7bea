import Markup
import ReportDocument

/// A table as HTML, inside a container of its own that scrolls when the screen is narrower than the table.
struct HTMLTable {
    let table: DocumentTable
    let id: String

    func write(to page: inout MarkupWriter, _ figures: HTMLFigures?) {
        page.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
        if !table.caption.isEmpty { page.attribute("aria-labelledby", id) }
        page.raw(">\n")
        page.open("table", ["class": classes])
        if !table.caption.isEmpty {
            page.raw("\n")
            page.open("caption", ["id": id])
            page.write(table.caption)
            page.close("caption")
        }
        page.raw("\n<colgroup>")
        for column in table.columns { page.raw("<col style=\"width:\(column.width)%\">") }
        page.raw("</colgroup>")
        if !table.header.isEmpty { write(table.header, in: "thead", to: &page, figures) }
        write(table.body, in: "tbody", to: &page, figures)
        page.raw("\n</table>\n</div>")
        if !table.note.isEmpty {
            page.raw("\n<p class=\"note\">")
            page.write(table.note)
            page.raw("</p>")
        }
    }

    /// Tables of more columns get a larger least width, so that a phone scrolls rather than squeezes them.
    private var classes: String {
        let size = table.columns.count <= 4 ? "narrow" : table.columns.count <= 6 ? "middling" : "wide"
        return (table.isForm ? "form " : "") + size
    }

    private func write(_ rows: [DocumentRow], in part: String, to page: inout MarkupWriter, _ figures: HTMLFigures?) {
        page.raw("\n<\(part)>\n")
        for (position, row) in rows.enumerated() {
            if position > 0 { page.raw("\n") }
            page.raw(row.style == .total ? "<tr class=\"total\">" : "<tr>")
            for cell in row.cells { write(cell, to: &page, figures) }
            page.raw("</tr>")
        }
        page.raw("\n</\(part)>")
    }

    private func write(_ cell: DocumentCell, to page: inout MarkupWriter, _ figures: HTMLFigures?) {
        switch cell.style {
        case .data: page.raw("<td")
        case .label: page.raw(cell.rowSpan > 1 ? "<th scope=\"rowgroup\"" : "<th scope=\"row\"")
        case .head: page.raw(cell.columnSpan > 1 ? "<th scope=\"colgroup\"" : "<th scope=\"col\"")
        }
        if cell.columnSpan > 1 { page.raw(" colspan=\"\(cell.columnSpan)\"") }
        if cell.rowSpan > 1 { page.raw(" rowspan=\"\(cell.rowSpan)\"") }
        switch cell.alignment {
        case .left: page.raw(">")
        case .centre: page.raw(" class=\"centre\">")
        case .right: page.raw(" class=\"right\">")
        }
        page.write(cell.runs, figures)
        page.raw(cell.style == .data ? "</td>" : "</th>")
    }
}
