import ReportDocument

/// A form in parts. A row of labels above several rows of entries heads them: the part that it begins repeats it on every page.
struct FormParts {
    let parts: [DocumentTable]

    /// How many rows a row of labels must have below it to be their head.
    private static let leastRows = 3

    init(_ table: DocumentTable) {
        let heads = Self.heads(table.body)
        guard table.isForm, !heads.isEmpty else {
            parts = [table]
            return
        }
        let ends = Set(heads.flatMap { [$0, $0 + 1] }).subtracting([0]).sorted() + [table.body.count]
        let blocks = RowBlocks.cut(table.body, at: ends)
        var (parts, start) = ([DocumentTable](), 0)
        var head: [DocumentRow] = []
        for (end, block) in zip(ends, blocks) {
            let rows = block.map { DocumentRow(cells: $0.cells.map(\.cell), style: $0.style) }
            if heads.contains(start) {
                head = rows
            } else {
                var part = table
                (part.header, part.body) = (head, rows)
                if !parts.isEmpty { part.caption = [] }
                parts.append(part)
                head = []
            }
            start = end
        }
        for position in parts.indices.dropLast() { parts[position].note = [] }
        self.parts = parts
    }

    private static func heads(_ rows: [DocumentRow]) -> [Int] {
        let labels = rows.indices.filter { row in
            rows[row].cells.count >= 3 && rows[row].cells.allSatisfy { $0.style == .label }
        }
        return labels.filter { row in
            let next = labels.first { $0 > row } ?? rows.count
            return next - row - 1 >= leastRows
        }
    }
}
