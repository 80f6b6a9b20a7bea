internal import ReviewModel

extension Table {
    /// The first cell that is not of its column's type, in words; `nil` when all are. Empty cells are of every type.
    var misfit: String? {
        for (column, cells) in zip(schema.columns, columns) {
            guard let row = cells.firstIndex(where: { !column.type.holds($0) }) else { continue }
            return "table \"\(name)\": row \(row) of column \"\(column.name)\" is not of type \(column.type.rawValue)"
        }
        return nil
    }
}

extension ColumnType {
    fileprivate func holds(_ cell: Value) -> Bool {
        if cell == .null { return true }
        switch self {
        case .text, .date: return cell.text != nil
        case .decimal: return cell.decimal != nil
        case .integer: return cell.integer != nil
        case .boolean: if case .boolean = cell { return true } else { return false }
        case .texts: return cell.list?.allSatisfy { $0.text != nil } == true
        }
    }
}
