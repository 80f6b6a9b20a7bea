extension SheetRow {
    /// Forgets the cells of all other columns.
    package mutating func keep(columns: ClosedRange<Int>) {
        cells.removeAll { !columns.contains($0.column) }
    }
}
