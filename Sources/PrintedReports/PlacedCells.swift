internal import BudgetLines
internal import ReviewModel

/// The cells of a row that has as many as the head, by what their columns hold.
struct PlacedCells {
    private let row: PrintedTable.Row
    private let columns: PrintedColumns

    /// `nil` for a row that has lost cells, or gained some: nobody knows which columns they stand in.
    init?(_ row: PrintedTable.Row, _ columns: PrintedColumns?) {
        guard let columns, row.cells.count == columns.count else { return nil }
        (self.row, self.columns) = (row, columns)
    }

    /// A row that may have lost the empty cells before its name, as below a merged one: it ends where the head does.
    init?(endOf row: PrintedTable.Row, _ columns: PrintedColumns?) {
        guard let columns, row.cells.count <= columns.count else { return nil }
        var row = row
        row.cells = [String](repeating: "", count: columns.count - row.cells.count) + row.cells
        (self.row, self.columns) = (row, columns)
    }

    /// The cell as printed; empty where there is no such column.
    func text(_ role: ColumnRole) -> String { columns.index(of: role).map { row.cells[$0] } ?? "" }

    func figure(_ role: ColumnRole) -> PrintedAmount? {
        columns.index(of: role).flatMap { PrintedAmount(row.cells[$0]) }
    }

    /// An amount in yuan; `nil` where there is no such column, or nothing in it.
    func money(_ role: ColumnRole) -> ExactDecimal? {
        guard let column = columns.index(of: role), let value = PrintedAmount(row.cells[column])?.value else {
            return nil
        }
        return try? value * columns.scale(at: column)
    }

    /// The unit of the last place of an amount, in yuan; nothing where the column is in yuan.
    func step(_ role: ColumnRole) -> ExactDecimal {
        guard let column = columns.index(of: role), columns.scale(at: column) != 1,
            let value = PrintedAmount(row.cells[column])?.value
        else { return .zero }
        return (try? columns.scale(at: column) * ExactDecimal(significand: 1, places: value.places)) ?? .zero
    }

    /// An amount in yuan, nothing where a dash stands; `nil` where there is no such column, or its cell is empty.
    func moneyOrNone(_ role: ColumnRole) -> ExactDecimal? {
        guard let column = columns.index(of: role), !row.cells[column].isEmpty else { return nil }
        guard let amount = PrintedAmount(row.cells[column]) else { return nil }
        return money(role) ?? (amount.value == nil ? .zero : nil)
    }

    /// Nothing, where nothing was approved of what was asked for and a dash says so, or the cut has all of it; else `nil`.
    var refused: ExactDecimal? {
        guard columns.index(of: .approved) != nil, let requested = money(.requested), !requested.isZero,
            PrintedAmount(text(.approved))?.value == nil, PrintedAmount(text(.approved)) != nil
        else { return nil }
        if columns.index(of: .cut) == nil { return text(.approved).isEmpty ? nil : .zero }
        return money(.cut)?.magnitude == requested ? .zero : nil
    }

    /// The price of all there is where other numbers of the row, such as months, times or persons, are factors: the amount by the quantity.
    func factor(of amount: ExactDecimal, _ quantity: ExactDecimal, _ price: ExactDecimal) -> ExactDecimal? {
        guard let once = try? quantity * price, once != amount, !once.isZero else { return nil }
        let others = row.cells.indices.compactMap { column -> ExactDecimal? in
            guard columns.role(at: column) == nil, !columns.isEarlier(column),
                let times = PrintedAmount(row.cells[column])?.value, times > 0,
                times != 1
            else { return nil }
            return times
        }.prefix(6)
        // One of them first, then two, then more.
        let choices = (1..<(1 << others.count)).sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
        for choice in choices {
            var whole = price
            for (index, times) in others.enumerated() where choice & (1 << index) != 0 {
                whole = (try? whole * times) ?? .zero
            }
            if (try? quantity * whole) == amount { return whole }
        }
        return nil
    }

    /// How many there are of the price by another column than that of the quantity, where this one does not make the amount: 可配数量 beside 现有数量.
    func otherQuantity(making amount: ExactDecimal, _ quantity: ExactDecimal, _ price: ExactDecimal) -> ExactDecimal? {
        guard let made = try? quantity * price, made != amount, !price.isZero else { return nil }
        return row.cells.indices.lazy.filter { columns.role(at: $0) == nil }
            .compactMap { PrintedAmount(row.cells[$0])?.value }
            .first { other in other > 0 && (try? other * price) == amount }
    }

    /// Whether every cell of these columns is a figure, or says that there is none.
    func isReadable(_ roles: [ColumnRole]) -> Bool {
        roles.allSatisfy { role in
            columns.index(of: role).map { PrintedAmount(row.cells[$0])?.unit.hasBytes(of: "。") == false } ?? true
        }
    }

    /// What names the row: its item and its detail, and what stands left of its first figure in columns that nobody knows, such as
    /// the project's own. Behind items that tell the rows apart such a column is a remark: 规格型号.
    var names: [String] {
        let item = columns.isNamedByItem ? columns.index(of: .item) : nil
        let firstFigure = row.cells.indices.first { column in
            switch columns.role(at: column) {
            case .item, .detail, .number, .year: false
            case nil: columns.isEarlier(column)
            default: true
            }
        }
        return row.cells.indices.filter { column in
            switch columns.role(at: column) {
            case .item, .detail: true
            case nil: column < item ?? firstFigure ?? 0 && !columns.remarks.contains(column)
            default: false
            }
        }.filter { column in
            // A number in a column that nobody knows, a mileage, is no name.
            columns.role(at: column) != nil || ExactDecimal(grouped: row.cells[column]) == nil
        }.map { row.cells[$0] }.filter { !$0.isEmpty }
    }
}
