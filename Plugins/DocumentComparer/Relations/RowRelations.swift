import ReviewModel

/// Columns of a table of which one follows from two others (requested − cut = approved, quantity × price = amount, cut / requested
/// = rate): found in the original's own figures, and checked in every row.
struct RowRelations {
    /// Columns of figures that are looked at.
    private static let columns = 12
    /// Rows that sort out what does not hold anyway.
    private static let sample = 12

    private let match: DocumentComparison.TableMatch
    /// The columns with figures in the original, by the grid.
    private let columns: [Int]
    /// By row, by the place of the column in `columns`.
    private let figures: [[RelatedFigure?]]

    init(_ match: DocumentComparison.TableMatch) {
        self.match = match
        var counts: [Int: (all: Int, percents: Int)] = [:]
        for row in match.old.rows {
            for cell in row.cells {
                guard let figure = cell.passage.figure, figure.amount != nil else { continue }
                counts[cell.column, default: (0, 0)].all += 1
                if figure.kind == .percent { counts[cell.column, default: (0, 0)].percents += 1 }
            }
        }
        let columns = counts.filter { $0.value.all > 1 || match.old.rows.count < 4 }.keys.sorted().prefix(Self.columns)
        self.columns = Array(columns)
        figures = match.old.rows.map { row in Self.figures(row, Array(columns)) }
    }

    private static func figures(_ row: ComparedTable.Row, _ columns: [Int]) -> [RelatedFigure?] {
        let cells = Dictionary(row.cells.map { ($0.column, $0) }) { first, _ in first }
        return columns.map { column in
            cells[column].flatMap { $0.passage.figure == nil ? nil : RelatedFigure($0.passage, 0) }
        }
    }

    func broken() -> [BrokenRelation] {
        guard columns.count > 2 else { return [] }
        let isPercent = columns.indices.map { column in
            figures.contains { $0[column]?.isPercent == true }
        }
        var found: [BrokenRelation] = []
        for triple in FigureTriple.all(isPercent) where isRule(triple) {
            for row in match.old.rows.indices where holds(triple, row) == true {
                if let relation = broken(triple, row) { found.append(relation) }
            }
        }
        return found
    }

    /// Whether it holds in the rows of the original, and not by chance.
    private func isRule(_ triple: FigureTriple) -> Bool {
        var (seen, held, telling, strong) = (0, 0, 0, 0)
        for row in figures.indices {
            guard let holds = holds(triple, row) else { continue }
            seen += 1
            if holds {
                held += 1
                let all = figures[row].map { $0 ?? figures[row].compactMap(\.self)[0] }
                if triple.isTelling(all) { telling += 1 }
                if all[triple.result].amount.tellingDigits > 3 { strong += 1 }
            }
            // Hardly any three columns go together: most are sorted out here.
            if seen == Self.sample, held * 2 < seen { return false }
        }
        return held * 10 >= seen * 8 && (telling > 1 || telling == 1 && strong > 0)
    }

    private func holds(_ triple: FigureTriple, _ row: Int) -> Bool? {
        guard let result = figures[row][triple.result], let first = figures[row][triple.first],
            let second = figures[row][triple.second]
        else { return nil }
        let three = FigureTriple(kind: triple.kind, result: 0, first: 1, second: 2)
        return three.expected([result, first, second]).map { $0 == result.amount }
    }

    private func broken(_ triple: FigureTriple, _ row: Int) -> BrokenRelation? {
        guard let newRow = match.rows[row] else { return nil }
        let (before, after) = (match.old.rows[row], match.new.rows[newRow])
        var (figures, changed, cells) = ([RelatedFigure](), [Bool](), [ComparedTable.Cell]())
        for column in [triple.result, triple.first, triple.second] {
            guard let old = self.figures[row][column],
                let index = before.cells.firstIndex(where: { $0.column == columns[column] }),
                let cell = counterpart(of: index, of: before, in: after), cell.passage.figure != nil,
                let new = RelatedFigure(cell.passage, 0)
            else { return nil }
            figures.append(new)
            cells.append(cell)
            changed.append(old.amount != new.amount)
        }
        let three = FigureTriple(kind: triple.kind, result: 0, first: 1, second: 2)
        guard changed.contains(true), !three.holds(figures), let fault = three.broken(figures, changed: changed) else {
            return nil
        }
        let cell = cells[fault.index]
        var relation = BrokenRelation(
            kind: BrokenRelation.Kind(triple.kind),
            expected: printed(fault.expected, like: figures[fault.index].value) + (triple.kind == .rate ? "%" : ""),
            found: cell.passage.text,
            place: cell.passage.place
        )
        relation.context = Change.Context(row: after.label, column: match.new.head(ofColumn: cell.column))
        relation.others = figures.indices.filter { $0 != fault.index }.map { figures[$0].text }
        return relation
    }
}
