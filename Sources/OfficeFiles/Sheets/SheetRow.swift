/// A row of a worksheet with those of its cells that hold something.
package struct SheetRow {
    /// From 1.
    package internal(set) var number = 0
    package internal(set) var isHidden = false
    /// By their columns.
    package internal(set) var cells: [SheetCell] = []
    /// The column of the last cell, also of those that hold nothing.
    var lastBlank = 0
    /// The values and formulas of the cells, one after another.
    package internal(set) var bytes: [UInt8] = []

    /// A row of 16,384 texts of ordinary length has a fiftieth of this.
    static let maximumBytes = 64 << 20

    package init() {}

    /// Forgets the cells and begins another row.
    package mutating func begin(_ number: Int, isHidden: Bool) {
        (self.number, self.isHidden, lastBlank) = (number, isHidden, 0)
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Adds a cell behind the others.
    package mutating func add(_ kind: SheetCell.Kind, column: Int, _ stored: some Sequence<UInt8>) {
        var cell = SheetCell()
        (cell.column, cell.kind, cell.start) = (column, kind, Int32(clamping: bytes.count))
        bytes.append(contentsOf: stored)
        cell.end = Int32(clamping: bytes.count)
        cells.append(cell)
    }

    /// What is stored for the cell, as UTF-8: the digits of a number, the text itself, `1` or `0`, `#REF!`; for a shared text its
    /// number. Who looks at millions of cells takes ``bytes`` and ``SheetCell/stored`` instead: nothing of another module that takes
    /// a closure is inlined.
    package func withStored<Result>(
        _ cell: SheetCell,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[cell.stored])) }
    }

    /// The cell's formula without its `=`; empty for none, and for those that only name a shared one.
    package func formula(_ cell: SheetCell) -> String {
        String(decoding: bytes[Int(cell.formulaStart)..<Int(cell.formulaEnd)], as: UTF8.self)
    }
}

/// A cell of a worksheet that holds something: a value, a formula, or both.
package struct SheetCell {
    /// From 1.
    package var column = 0
    package var kind = Kind.number
    /// Which of the workbook's formats the cell has.
    package var format = 0
    /// Which shared formula it has; negative for none.
    package var sharedFormula: Int32 = -1
    package var hasFormula = false
    package var formulaKind = FormulaKind.plain
    package internal(set) var start: Int32 = 0
    package internal(set) var end: Int32 = 0
    var formulaStart: Int32 = 0
    var formulaEnd: Int32 = 0

    package enum Kind: UInt8 {
        case number
        /// The number of a text in the workbook's list.
        case sharedText
        case text
        /// `1` or `0`.
        case boolean
        /// `#REF!`.
        case error
        /// A day in ISO 8601, as few programs write it.
        case date
    }

    package enum FormulaKind: UInt8 {
        case plain
        /// It works on many cells and gives one.
        case array
        /// It fills more cells than its own, which have no formulas.
        case spread
    }

    /// Where its value lies in the bytes of its row.
    @inlinable package var stored: Range<Int> { Int(start)..<Int(end) }

    /// Whether there is no value: a formula that nobody has calculated.
    @inlinable package var isEmpty: Bool { start == end }

    /// Whether its value is a text, of its own or of the workbook's list.
    @inlinable package var holdsText: Bool {
        // Not by `==`, which is called for each cell and not inlined.
        switch kind {
        case .text, .sharedText: true
        case .number, .boolean, .error, .date: false
        }
    }
}
