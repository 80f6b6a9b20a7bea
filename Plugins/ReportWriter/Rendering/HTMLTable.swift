/// A table as HTML, inside a container of its own that scrolls when the screen is narrower than the table.
struct HTMLTable {
    let table: DocumentTable
    let id: String
    var figures: HTMLFigures?

    func render() -> String {
        var parts = ["<div class=\"scroll\" role=\"region\" tabindex=\"0\"\(label)>", "<table class=\"\(classes)\">"]
        if !table.caption.isEmpty { parts.append("<caption id=\"\(id)\">\(HTMLText.runs(table.caption))</caption>") }
        let columns = table.columns.map { "<col style=\"width:\($0.width)%\">" }
        parts.append("<colgroup>\(columns.joined())</colgroup>")
        if !table.header.isEmpty { parts.append("<thead>\n\(rows(table.header, isHead: true))\n</thead>") }
        parts.append("<tbody>\n\(rows(table.body, isHead: false))\n</tbody>\n</table>\n</div>")
        if !table.note.isEmpty { parts.append("<p class=\"note\">\(HTMLText.runs(table.note))</p>") }
        return parts.joined(separator: "\n")
    }

    private var label: String { table.caption.isEmpty ? "" : " aria-labelledby=\"\(id)\"" }

    /// Tables of more columns get a larger least width, so that a phone scrolls rather than squeezes them.
    private var classes: String {
        let size = table.columns.count <= 4 ? "narrow" : table.columns.count <= 6 ? "middling" : "wide"
        return (table.isForm ? "form " : "") + size
    }

    private func rows(_ rows: [DocumentRow], isHead: Bool) -> String {
        rows.map { row in
            let style = row.style == .total ? " class=\"total\"" : ""
            return "<tr\(style)>\(row.cells.map { cell($0, isHead: isHead) }.joined())</tr>"
        }.joined(separator: "\n")
    }

    private func cell(_ cell: DocumentCell, isHead: Bool) -> String {
        var attributes = ""
        if cell.columnSpan > 1 { attributes += " colspan=\"\(cell.columnSpan)\"" }
        if cell.rowSpan > 1 { attributes += " rowspan=\"\(cell.rowSpan)\"" }
        if cell.alignment != .left { attributes += " class=\"\(cell.alignment.rawValue)\"" }
        let text = HTMLText.runs(cell.runs, figures)
        switch cell.style {
        case .data: return "<td\(attributes)>\(text)</td>"
        case .label: return "<th scope=\"\(cell.rowSpan > 1 ? "rowgroup" : "row")\"\(attributes)>\(text)</th>"
        case .head: return "<th scope=\"\(cell.columnSpan > 1 ? "colgroup" : "col")\"\(attributes)>\(text)</th>"
        }
    }
}
