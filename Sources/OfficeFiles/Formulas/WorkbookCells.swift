internal import ExactNumbers
package import Groundwork

/// The cells of a workbook with what they show and how they are computed, as much as can be held in memory.
package struct WorkbookCells: Sendable {
    package private(set) var sheets: [Sheet] = []
    /// The cells that have formulas, in the order of the sheets and of their rows.
    package private(set) var formulas: [FormulaCell] = []
    /// What was read of each formula's text, the same for all cells that share it.
    private(set) var syntax: [Result<Formula, FormulaObstacle>] = []

    package struct Sheet: Sendable {
        package var name: String
        /// By their numbers, each with the index of its first cell.
        var rows: [(number: Int, start: Int)] = []
        var cells: [Cell] = []
    }

    struct Cell: Sendable {
        var value: FormulaValue
        var column: Int32
        /// In ``WorkbookCells/formulas``; −1 for none.
        var formula: Int32 = -1
    }

    package struct FormulaCell: Sendable {
        package var sheet: Int
        package var address: CellAddress
        var shift = FormulaShift()
        var syntax: Int
        /// What the cell shows; `nil` where nobody has calculated it.
        package var shown: FormulaValue?
        var isArray = false
    }

    /// More would not fit beside the tables: some 400,000 cells.
    package static let maximumBytes = 16 << 20

    /// - Returns: `nil` for a workbook whose sheets have more than ``maximumBytes`` together, and for one that is told to compute with the
    ///   digits that it shows.
    package init?(_ book: Workbook, isCancelled: () -> Bool = { false }) throws {
        guard book.sheetBytes <= Self.maximumBytes, book.hasFullPrecision else { return nil }
        var kept = [String: Int]()
        for sheet in book.sheets {
            sheets.append(Sheet(name: sheet.name))
            var (shared, reading) = ([Int32: (syntax: Int, address: CellAddress)](), try book.reader(of: sheet))
            while try reading.next() {
                if isCancelled() { throw CancellationError() }
                sheets[sheets.count - 1].rows.append((reading.row.number, sheets[sheets.count - 1].cells.count))
                for cell in reading.row.cells { add(cell, reading.row, book, &shared, &kept) }
            }
        }
    }

    private mutating func add(
        _ cell: SheetCell,
        _ row: SheetRow,
        _ book: Workbook,
        _ shared: inout [Int32: (syntax: Int, address: CellAddress)],
        _ kept: inout [String: Int]
    ) {
        guard let address = CellAddress(column: cell.column, row: row.number) else { return }
        let value = book.value(cell, row)
        var held = Cell(value: value, column: Int32(cell.column))
        if cell.hasFormula {
            held.formula = Int32(formulas.count)
            let isCalculated = !cell.isEmpty || cell.kind == .text
            var formula = FormulaCell(
                sheet: sheets.count - 1,
                address: address,
                syntax: 0,
                shown: isCalculated ? value : nil,
                isArray: cell.formulaKind == .array
            )
            let text = row.formula(cell)
            if cell.formulaKind == .spread {
                formula.syntax = keep(.failure(.other))
            } else if text.isEmpty, let master = shared[cell.sharedFormula] {
                formula.syntax = master.syntax
                formula.shift = FormulaShift(
                    rows: address.row - master.address.row,
                    columns: address.column - master.address.column
                )
            } else {
                formula.syntax = parsed(text, &kept)
                if cell.sharedFormula >= 0 { shared[cell.sharedFormula] = (formula.syntax, address) }
            }
            formulas.append(formula)
        }
        sheets[sheets.count - 1].cells.append(held)
    }

    private mutating func parsed(_ text: String, _ kept: inout [String: Int]) -> Int {
        if let known = kept[text] { return known }
        let result: Result<Formula, FormulaObstacle>
        do { result = .success(try FormulaParser.parse(text)) } catch { result = .failure(error) }
        kept[text] = keep(result)
        return syntax.count - 1
    }

    private mutating func keep(_ result: Result<Formula, FormulaObstacle>) -> Int {
        syntax.append(result)
        return syntax.count - 1
    }

    /// The formula as it stands in the cell, without its `=`; `nil` for one that could not be read.
    package func text(of formula: FormulaCell) -> String? {
        (try? syntax[formula.syntax].get())?.text(movedBy: formula.shift)
    }

    /// What the cell at an address sums up, where its formula is a plain sum of cells of its own sheet, `SUM(F4:F9)`, `F4+F9` or
    /// `SUBTOTAL(9,F4:F9)`; `nil` for any other.
    package func summed(at address: CellAddress, _ sheet: String) -> [CellArea]? {
        guard let sheet = self.sheet(named: sheet), let index = sheets[sheet].index(of: address) else { return nil }
        let number = Int(sheets[sheet].cells[index].formula)
        guard formulas.indices.contains(number), case .success(let formula) = syntax[formulas[number].syntax],
            let references = formula.summands
        else { return nil }
        var areas: [CellArea] = []
        for reference in references {
            guard reference.sheet.map({ self.sheet(named: $0) == sheet }) ?? true,
                let area = reference.cells(movedBy: formulas[number].shift)
            else { return nil }
            areas.append(area)
        }
        return areas
    }

    /// Whether a cell shows a number.
    package func hasNumber(_ sheet: String, row: Int, column: Int) -> Bool {
        guard let sheet = self.sheet(named: sheet), let address = CellAddress(column: column, row: row),
            let index = sheets[sheet].index(of: address), case .number = sheets[sheet].cells[index].value
        else { return false }
        return true
    }

    /// The number of a sheet by its name, whatever the case of its letters.
    func sheet(named name: String) -> Int? {
        sheets.firstIndex { $0.name == name } ?? sheets.firstIndex { $0.name.lowercased() == name.lowercased() }
    }
}

extension Formula {
    /// The cells that are added up, where the formula does nothing else.
    fileprivate var summands: [FormulaReference]? {
        switch self {
        case .call("SUM", let arguments): return Self.references(arguments)
        case .call("SUBTOTAL", let arguments):
            guard case .number(let function)?? = arguments.first, function == 9 || function == 109 else { return nil }
            return Self.references(arguments.dropFirst())
        case .binary(.add, let left, let right):
            guard let left = left.addends, let right = right.addends else { return nil }
            return left + right
        default: return nil
        }
    }

    private var addends: [FormulaReference]? {
        if case .reference(let reference) = self { return [reference] }
        return summands
    }

    private static func references(_ arguments: some Sequence<Formula?>) -> [FormulaReference]? {
        var references: [FormulaReference] = []
        for argument in arguments {
            guard case .reference(let reference)? = argument else { return nil }
            references.append(reference)
        }
        return references
    }
}

extension WorkbookCells.Sheet {
    /// The index of the cell at an address; `nil` for one that holds nothing.
    func index(of address: CellAddress) -> Int? {
        let row = firstRow(from: address.row)
        guard row < rows.count, rows[row].number == address.row else { return nil }
        return cells(ofRow: row).first { cells[$0].column == Int32(address.column) }
    }

    /// Hands over the cells of an area that hold something, by rows.
    func forEachCell(in area: CellArea, _ body: (Int, CellAddress) throws(FormulaObstacle) -> Void)
        throws(FormulaObstacle)
    {
        var row = firstRow(from: area.rows.lowerBound)
        while row < rows.count, rows[row].number <= area.rows.upperBound {
            for index in cells(ofRow: row) {
                let column = Int(cells[index].column)
                if column > area.columns.upperBound { break }
                if column >= area.columns.lowerBound, let place = CellAddress(column: column, row: rows[row].number) {
                    try body(index, place)
                }
            }
            row += 1
        }
    }

    private func cells(ofRow row: Int) -> Range<Int> {
        rows[row].start..<(row + 1 < rows.count ? rows[row + 1].start : cells.count)
    }

    /// The index of the first row with that number or a later one.
    private func firstRow(from number: Int) -> Int {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Workbook {
    /// What a cell shows.
    fileprivate func value(_ cell: SheetCell, _ row: SheetRow) -> FormulaValue {
        row.withStored(cell) { stored in
            switch cell.kind {
            case .number:
                return stored.isEmpty
                    ? .blank
                    : CellNumber.decimal(stored).map(FormulaValue.number)
                        ?? .error(String(decoding: stored, as: UTF8.self))
            case .sharedText:
                let number = Int(String(decoding: stored, as: UTF8.self)) ?? -1
                return .text(texts[number])
            case .text: return .text(String(decoding: stored, as: UTF8.self))
            case .date: return day(String(decoding: stored, as: UTF8.self))
            case .boolean: return .boolean(stored.first == UInt8(ascii: "1"))
            case .error: return .error(String(decoding: stored, as: UTF8.self))
            }
        }
    }

    /// A day that is stored in words counts as its number all the same.
    private func day(_ text: String) -> FormulaValue {
        guard text.utf8.count == 10, let day = CalendarDate(text) else { return .text(text) }
        return .number(ExactDecimal(day.dayNumber + (countsFrom1904 ? 24_107 : 25_569)))
    }
}
