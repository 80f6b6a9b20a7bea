internal import BudgetLines
public import ReviewModel

/// Notes that explain why the rows of a table do not make its total: `注：合计与逐项之和相差 0.01 万元，系四舍五入所致`.
extension ReportText {
    /// The line right below a table that says that its amounts were rounded.
    ///
    /// - Parameter line: the number of its last row.
    public func noteOnRounding(below line: Int) -> Line? { lines.noteOnRounding(below: line, words) }
}

extension [ReportText.Line] {
    fileprivate func noteOnRounding(below line: Int, _ words: ReportWords) -> ReportText.Line? {
        guard let start = firstIndex(where: { $0.number > line }) else { return nil }
        let below = self[start...].lazy.filter { !$0.folded.isEmpty }.prefix(linesOfNotes).prefix { !$0.isTableRow }
        return below.first { line in words["rounding_notes"].contains(where: line.folded.hasBytes) }
    }

    /// The notes below tables.
    func noteOnRounding(below table: PrintedTable, _ words: ReportWords) -> ReportText.Line? {
        guard let last = table.rows.last else { return nil }
        return noteOnRounding(below: last.line.number, words)
    }
}

extension PrintedTable {
    /// Takes amounts for rounded to the last place that they are printed in, where a note below the table says so.
    mutating func noteRounding(explainedIn lines: [ReportText.Line], _ words: ReportWords) {
        guard roundedTo == nil, let columns, lines.noteOnRounding(below: self, words) != nil else { return }
        var places: Int?
        for row in rows.prefix(200) + rows.dropFirst(200).suffix(20) where row.cells.count == columns.count {
            for column in columns.shared {
                guard let value = PrintedAmount(row.cells[column])?.value, !value.isZero else { continue }
                places = Swift.max(places ?? 0, value.places)
            }
        }
        guard let places, places <= 4 else { return }
        let unit = columns.commonUnit?.inYuan ?? 1
        roundedTo = try? unit * ExactDecimal(significand: 1, places: places)
    }
}

extension UnreadTable {
    /// Whether a total may be what rows make, rounded as both are printed, because a note says so.
    public func isRounded(_ total: ExactDecimal, from sum: ExactDecimal, in report: ReportText) -> Bool {
        guard let last = rows.last, report.noteOnRounding(below: last.line.number) != nil else { return false }
        let step = ExactDecimal(significand: Int128(5 * (rowCount + 1)), places: max(total.places, sum.places) + 1)
        return (try? (total - sum).magnitude <= step) ?? false
    }
}

/// How many lines below a table may be its notes.
private let linesOfNotes = 3
