import ReviewModel

/// Totals of tables: which rows each was the sum of in the original, and whether it still is.
struct ColumnSums {
    private enum Kind: CaseIterable {
        /// The rows since the total above.
        case segment
        /// All rows above that are no totals.
        case all
        /// The totals above.
        case totals
        /// The rows below, down to the next total.
        case below
    }

    private struct Sum {
        var value: ExactDecimal = 0
        var parts: [ExactDecimal] = []
        /// Parts that are not nothing.
        var count = 0

        mutating func add(_ figure: ExactDecimal) {
            if figure.isZero { return }
            guard let sum = try? value + figure else { return }
            (value, count) = (sum, count + 1)
        }
    }

    private struct Cell: Hashable {
        var row: Int
        var column: Int
    }

    static func broken(_ match: DocumentComparison.TableMatch) -> [BrokenRelation] {
        var new = match.new
        for (before, after) in match.rows { new.rows[after].isTotal = match.old.rows[before].isTotal }
        // A remark beside an amount does not take it out of its sum: what was an amount is still one.
        for (before, after) in match.rows {
            for (index, cell) in match.old.rows[before].cells.enumerated() where amount(cell) != nil {
                guard let place = new.rows[after].cells.firstIndex(where: { $0.column == cell.column }),
                    match.old.rows[before].cells.count == new.rows[after].cells.count, place == index
                else { continue }
                new.rows[after].cells[place].isAmount = true
            }
        }
        let (before, after) = (sums(match.old), sums(new))
        var found: [BrokenRelation] = []
        for (row, line) in match.old.rows.enumerated() where line.isTotal {
            guard let newRow = match.rows[row] else { continue }
            for (index, cell) in line.cells.enumerated() {
                guard let total = amount(cell), !total.isZero,
                    let kind = Kind.allCases.first(where: { kind in
                        before[kind]?[Cell(row: row, column: cell.column)].map { $0.count > 1 && $0.value == total }
                            == true
                    }), let newCell = counterpart(of: index, of: line, in: new.rows[newRow]),
                    let newTotal = amount(newCell)
                else { continue }
                let sum = after[kind]?[Cell(row: newRow, column: newCell.column)]?.value ?? 0
                if sum == newTotal { continue }
                var relation = BrokenRelation(
                    kind: .columnSum,
                    expected: printed(sum, like: newTotal),
                    found: newCell.passage.text,
                    place: newCell.passage.place
                )
                relation.context = Change.Context(
                    row: new.rows[newRow].label,
                    column: new.head(ofColumn: newCell.column)
                )
                found.append(relation)
            }
        }
        return found
    }

    /// Every sum that a total could be, by its cell.
    private static func sums(_ table: ComparedTable) -> [Kind: [Cell: Sum]] {
        var found: [Kind: [Cell: Sum]] = [:]
        var (segment, all, totals) = ([Int: Sum](), [Int: Sum](), [Int: Sum]())
        for (index, row) in table.rows.enumerated() {
            for cell in row.cells {
                guard let amount = amount(cell) else { continue }
                let (key, column) = (Cell(row: index, column: cell.column), cell.column)
                if row.isTotal {
                    found[.segment, default: [:]][key] = segment[column]
                    found[.all, default: [:]][key] = all[column]
                    found[.totals, default: [:]][key] = totals[column]
                    totals[column, default: Sum()].add(amount)
                } else {
                    segment[column, default: Sum()].add(amount)
                    all[column, default: Sum()].add(amount)
                }
            }
            if row.isTotal { segment = [:] }
        }
        var below: [Int: Sum] = [:]
        for (index, row) in table.rows.enumerated().reversed() {
            for cell in row.cells {
                guard let amount = amount(cell) else { continue }
                if row.isTotal {
                    found[.below, default: [:]][Cell(row: index, column: cell.column)] = below[cell.column]
                } else {
                    below[cell.column, default: Sum()].add(amount)
                }
            }
            if row.isTotal { below = [:] }
        }
        return found
    }

    private static func amount(_ cell: ComparedTable.Cell) -> ExactDecimal? {
        let alone = cell.isAmount ? cell.passage.onlyFigure : nil
        guard let figure = cell.passage.figure ?? alone, figure.kind == .figure else { return nil }
        return figure.amount
    }
}

/// The cell of a row that the cell `index` of the row that it was became.
func counterpart(
    of index: Int,
    of row: ComparedTable.Row,
    in other: ComparedTable.Row
) -> ComparedTable.Cell? {
    if row.cells.count == other.cells.count { return other.cells[index] }
    return other.cells.first { $0.column == row.cells[index].column }
}

/// With thousands separators and at least as many places as `model`.
func printed(_ number: ExactDecimal, like model: ExactDecimal) -> String {
    let places = max(number.withoutTrailingZeros.places, model.places)
    return number.rounded(to: places).grouped
}
