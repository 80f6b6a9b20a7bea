import OfficeFiles
import ReviewModel

/// A row above the rows of one group, 一、人员经费, with their sum or alone: it names the group of those that leave that column empty.
struct GroupHeading {
    /// The column of the heading, in the mapping.
    let index: Int
    let text: String

    /// - Parameter isSum: whether the row is known to sum up what stands below; a line that only says something has to be numbered.
    init?(_ row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext, totals: Set<String>, isSum: Bool) {
        let cells = row.cells.filter(\.holdsText)
            .map { (column: $0.column, text: context.text($0, row).trimmed) }.filter { !$0.text.isEmpty }
        let isTotal = cells.contains { cell in
            let folded = HeadWords.folded(cell.text)
            return totals.contains { folded.hasSuffix($0) || folded.hasPrefix($0) }
        }
        guard let first = cells.first, !isTotal, isSum || SumRows.level(of: first.text) != nil else { return nil }
        // 一、人员经费 over the whole table stands in its first column, which may be that of the numbers.
        let isOver = cells.count == 1 && mapping.index(ofSheetColumn: first.column) == nil
        for cell in cells {
            let own = isOver ? mapping.columns.firstIndex { $0.column.type == .text } : nil
            guard let index = own ?? mapping.index(ofSheetColumn: cell.column),
                mapping.columns[index].column.type == .text
            else { continue }
            let name = Self.withoutNumber(cell.text)
            if name.isEmpty { continue }
            guard name.count <= 20, !name.contains(where: { "：:。；".contains($0) }) else { return nil }
            (self.index, text) = (index, name)
            return
        }
        return nil
    }

    /// 人员经费 of 一、人员经费, （一）人员经费 and 1.人员经费; nothing of a number by itself.
    private static func withoutNumber(_ text: String) -> String {
        guard SumRows.level(of: text) != nil else { return text }
        let signs = "一二三四五六七八九十0123456789（()）、.．，, \u{3000}"
        return String(text.drop { signs.contains($0) })
    }

    /// Whether a row leaves the column of the heading empty.
    func isMissing(in row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext) -> Bool {
        let column = mapping.columns[index]
        if column.merges.contains(where: { $0.contains(row.number) }) { return false }
        guard let cell = row.cells.first(where: { $0.column == column.sheetColumn }) else { return true }
        return !cell.hasFormula && (cell.isEmpty || context.text(cell, row).allSatisfy(\.isWhitespace))
    }
}
