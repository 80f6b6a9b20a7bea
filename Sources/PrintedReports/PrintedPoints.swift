internal import BudgetLines
public import ReviewModel

/// A row of a table that gives points: what for, how many at most, how many.
public struct PrintedPoints: Sendable {
    public var line: Int
    public var name: String
    /// The first level that it stands under; a merged one stands in its first row only.
    public var group = ""
    public var most: ExactDecimal?
    public var score: ExactDecimal?
    /// Whether the head says that these are the applicant's own: 自评.
    public var isOwn = false
    /// Those of the review, where the table has a column for them beside the applicant's own.
    public var reviewScore: ExactDecimal?
    /// 得分率 as printed, in percent, and the places that it has; only where the table has a column for it.
    public var rate: ExactDecimal?
    /// Why points were lost, as the table says; `nil` where it has no column for reasons.
    public var reason: String?
    /// Whether it sums up the rows above it.
    public var isTotal: Bool

    /// The points that the text speaks of where it does not say whose they are.
    public var said: ExactDecimal? { reviewScore ?? (isOwn ? nil : score) }
}

extension PrintedTable {
    /// The rows with points of a score sheet, or of the targets of a self-evaluation form; empty for other tables, and for sheets whose
    /// columns are not known.
    public var pointRows: [PrintedPoints] {
        guard kind == .scoreSheet || kind == .targets, let columns, columns.index(of: .points) != nil,
            columns.index(of: .score) != nil || columns.index(of: .reviewScore) != nil
        else { return [] }
        // 权重 20% | 得分（百分制）: points of a hundred each, which are no points of the weight.
        let scored = [ColumnRole.score, .reviewScore].compactMap { columns.index(of: $0) }
        if scored.contains(where: { words["of_a_hundred"].contains(where: header.cells[$0].folded.hasBytes) }) {
            return []
        }
        var group = ""
        let isOwn = columns.index(of: .score).map { header.cells[$0].folded.hasBytes(of: "自评") } ?? false
        // 备注 may hold anything.
        let saysReasons =
            columns.index(of: .reason).map { column in
                ["原因", "说明", "理由", "扣分"].contains(where: header.cells[column].folded.hasBytes)
            } ?? false
        return rows.compactMap { row -> PrintedPoints? in
            guard let cells = PlacedCells(endOf: row, columns), cells.isReadable([.points, .score, .reviewScore]) else {
                return nil
            }
            if !cells.text(.level1).isEmpty { group = cells.text(.level1) }
            let (most, score) = (cells.figure(.points)?.value, cells.figure(.score)?.value)
            let reviewed = cells.figure(.reviewScore)?.value
            if most == nil, score == nil, reviewed == nil { return nil }
            let labels = [.level1, .level2, .indicator, .item].map { cells.text($0) }.filter { !$0.isEmpty }
            guard let name = cells.text(.indicator).isEmpty ? labels.last ?? cells.names.last : cells.text(.indicator)
            else {
                return nil
            }
            return PrintedPoints(
                line: row.line.number,
                name: name,
                group: group,
                most: most,
                score: score,
                isOwn: isOwn,
                reviewScore: reviewed,
                rate: PrintedNumber(cells.text(.scoreRate)).flatMap { $0.isPercent ? $0.value : nil },
                reason: saysReasons ? cells.text(.reason) : nil,
                isTotal: row.isTotal || labels.contains { words["totals"].end($0.folded) }
            )
        }
    }
}
