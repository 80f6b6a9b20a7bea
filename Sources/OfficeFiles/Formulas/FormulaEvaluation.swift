internal import ExactNumbers
internal import Groundwork

/// Computes the formulas of a workbook anew, with exact decimals.
///
/// Cells that cannot be computed count as what they show. Work and depth are bounded; what would take more is left.
struct FormulaEvaluation {
    /// What the cells that a formula names count as.
    enum Basis {
        /// What they show: whether a result follows from what stands there.
        case shown
        /// What they would show if everything was computed anew.
        case computed
    }

    let cells: WorkbookCells
    let basis: Basis
    /// Whether the last result was so near to a turn that a program with binary numbers may give another.
    private(set) var isDelicate = false
    /// How many cells may still be looked at.
    private(set) var allowance = 20_000_000
    private var known: [Int: FormulaValue] = [:]
    private var open = Set<Int>()
    /// The formula that is being computed.
    private var current = WorkbookCells.FormulaCell?.none

    private static let maximumDepth = 48

    init(_ cells: WorkbookCells, _ basis: Basis) { (self.cells, self.basis) = (cells, basis) }

    /// What the formula gives.
    mutating func value(ofFormula index: Int) throws(FormulaObstacle) -> FormulaValue {
        let formula = cells.formulas[index]
        let syntax: Formula
        switch cells.syntax[formula.syntax] {
        case .success(let read): syntax = read
        case .failure(let obstacle): throw obstacle
        }
        guard open.count < Self.maximumDepth else { throw .tooLarge }
        // A circle: Excel shows what the last of its rounds gave.
        guard open.insert(index).inserted else { throw .other }
        let outer = (current, isDelicate)
        (current, isDelicate) = (formula, false)
        defer {
            open.remove(index)
            (current, isDelicate) = (outer.0, outer.1 || isDelicate)
        }
        let value = try single(try operand(syntax))
        // An empty cell that a formula names is a zero.
        return value == .blank ? .number(0) : value
    }

    /// The same, with whether it is delicate.
    mutating func result(ofFormula index: Int) throws(FormulaObstacle) -> (value: FormulaValue, isDelicate: Bool) {
        isDelicate = false
        let value = try value(ofFormula: index)
        return (value, isDelicate)
    }

    /// What a cell counts as.
    mutating func value(ofCell index: Int, on sheet: Int) throws(FormulaObstacle) -> FormulaValue {
        allowance -= 1
        guard allowance > 0 else { throw .tooLarge }
        let cell = cells.sheets[sheet].cells[index]
        guard cell.formula >= 0 else { return cell.value }
        let formula = Int(cell.formula)
        let shown = cells.formulas[formula].shown
        if basis == .shown, let shown { return shown }
        if let known = known[formula] { return known }
        let outer = isDelicate
        isDelicate = false
        defer { isDelicate = outer || shown == nil && isDelicate }
        do {
            let value = try value(ofFormula: formula)
            // What may go either way is taken as it is shown.
            known[formula] = isDelicate ? shown ?? value : value
        } catch {
            guard let shown else { throw error }
            known[formula] = shown
        }
        return known[formula] ?? .blank
    }

    // MARK: Operands

    /// What a part of a formula is: a value, or cells.
    enum Operand {
        case value(FormulaValue)
        case area(CellArea, sheet: Int)
        /// Values by rows.
        case array([[FormulaValue]])
    }

    mutating func operand(_ formula: Formula) throws(FormulaObstacle) -> Operand {
        switch formula {
        case .number(let number): return .value(.number(number))
        case .text(let text): return .value(.text(text))
        case .boolean(let isTrue): return .value(.boolean(isTrue))
        case .reference(let reference): return try cells(of: reference)
        case .negated(let inner):
            return try mapped(try operand(inner)) { (value, _) throws(FormulaObstacle) in .number(-value) }
        case .percent(let inner):
            return try mapped(try operand(inner)) { (value, _) throws(FormulaObstacle) in
                .number(try FormulaArithmetic.product(value, ExactDecimal(significand: 1, places: 2)))
            }
        case .binary(let sign, let left, let right):
            return try combined(sign, try operand(left), try operand(right))
        case .call(let name, let arguments): return try call(name, arguments)
        }
    }

    private func cells(of reference: FormulaReference) throws(FormulaObstacle) -> Operand {
        guard let current, let area = reference.cells(movedBy: current.shift) else { throw .other }
        guard let name = reference.sheet else { return .area(area, sheet: current.sheet) }
        guard let sheet = cells.sheet(named: name) else { throw .other }
        return .area(area, sheet: sheet)
    }

    /// The one value that an operand is.
    mutating func single(_ operand: Operand) throws(FormulaObstacle) -> FormulaValue {
        switch operand {
        case .value(let value): return value
        case .array(let rows):
            // A formula for one cell shows the first of many.
            guard current?.isArray == true || rows.count == 1 && rows[0].count == 1, let first = rows.first?.first
            else {
                throw .other
            }
            return first
        case .area(let area, let sheet):
            // Which of many cells is meant depends on where the formula stands, and on who reads it.
            guard area.isOneCell, let address = CellAddress(column: area.columns.lowerBound, row: area.rows.lowerBound)
            else { throw .other }
            guard let index = cells.sheets[sheet].index(of: address) else { return .blank }
            return try value(ofCell: index, on: sheet)
        }
    }

    /// The values of cells by rows, empty ones included; for operators on many cells at once.
    mutating func array(_ operand: Operand) throws(FormulaObstacle) -> [[FormulaValue]] {
        switch operand {
        case .value(let value): return [[value]]
        case .array(let rows): return rows
        case .area(let area, let sheet):
            allowance -= area.count
            guard area.count <= 100_000, allowance > 0 else { throw .tooLarge }
            var rows = Array(
                repeating: [FormulaValue](repeating: .blank, count: area.columns.count),
                count: area.rows.count
            )
            var found: [(Int, CellAddress)] = []
            try cells.sheets[sheet].forEachCell(in: area) { (index, place) throws(FormulaObstacle) in
                found.append((index, place))
            }
            for (index, place) in found {
                rows[place.row - area.rows.lowerBound][place.column - area.columns.lowerBound] = try value(
                    ofCell: index,
                    on: sheet
                )
            }
            return rows
        }
    }

    /// Notes that a result hangs on a hair.
    mutating func noteDelicate(_ isSo: Bool = true) { if isSo { isDelicate = true } }
}

// MARK: - Operators

extension FormulaEvaluation {
    typealias NumberBody = (ExactDecimal, inout FormulaEvaluation) throws(FormulaObstacle) -> FormulaValue

    /// A function of one number, for each of many.
    mutating func mapped(_ operand: Operand, _ body: NumberBody) throws(FormulaObstacle) -> Operand {
        if case .array = operand { return .array(try eachMapped(try array(operand), body)) }
        if case .area(let area, _) = operand, !area.isOneCell {
            return .array(try eachMapped(try array(operand), body))
        }
        return .value(try one(try single(operand), body))
    }

    private mutating func eachMapped(
        _ rows: [[FormulaValue]],
        _ body: NumberBody
    ) throws(FormulaObstacle) -> [[FormulaValue]] {
        var result: [[FormulaValue]] = []
        for row in rows {
            var mapped: [FormulaValue] = []
            for value in row { mapped.append(try one(value, body)) }
            result.append(mapped)
        }
        return result
    }

    private mutating func one(_ value: FormulaValue, _ body: NumberBody) throws(FormulaObstacle) -> FormulaValue {
        if value.isError { return value }
        return try body(try number(value), &self)
    }

    /// The number that a value counts as where a number is wanted.
    func number(_ value: FormulaValue) throws(FormulaObstacle) -> ExactDecimal {
        switch value {
        case .number(let number): return number
        case .blank: return 0
        case .boolean(let isTrue): return isTrue ? 1 : 0
        // Texts that look like numbers are read by the rules of a country.
        case .text, .error: throw .other
        }
    }

    fileprivate mutating func combined(
        _ sign: FormulaOperator,
        _ left: Operand,
        _ right: Operand
    ) throws(FormulaObstacle) -> Operand {
        func isMany(_ operand: Operand) -> Bool {
            switch operand {
            case .value: false
            case .array(let rows): rows.count != 1 || rows[0].count != 1
            case .area(let area, _): !area.isOneCell
            }
        }
        guard isMany(left) || isMany(right) else {
            return .value(try combined(sign, try single(left), try single(right)))
        }
        let (a, b) = (try array(left), try array(right))
        guard let first = a.first, let second = b.first else { throw .other }
        let (height, width) = (max(a.count, b.count), max(first.count, second.count))
        for (rows, columns) in [(a.count, first.count), (b.count, second.count)] {
            guard rows == height || rows == 1, columns == width || columns == 1 else { throw .other }
        }
        var result: [[FormulaValue]] = []
        for row in 0..<height {
            var values: [FormulaValue] = []
            for column in 0..<width {
                values.append(
                    try combined(
                        sign,
                        a[a.count == 1 ? 0 : row][first.count == 1 ? 0 : column],
                        b[b.count == 1 ? 0 : row][second.count == 1 ? 0 : column]
                    )
                )
            }
            result.append(values)
        }
        return .array(result)
    }

    private mutating func combined(
        _ sign: FormulaOperator,
        _ left: FormulaValue,
        _ right: FormulaValue
    ) throws(FormulaObstacle) -> FormulaValue {
        if left.isError { return left }
        if right.isError { return right }
        switch sign {
        case .add: return .number(try FormulaArithmetic.sum(try number(left), try number(right)))
        case .subtract: return .number(try FormulaArithmetic.sum(try number(left), -(try number(right))))
        case .multiply: return .number(try FormulaArithmetic.product(try number(left), try number(right)))
        case .divide:
            return try FormulaArithmetic.quotient(try number(left), try number(right)).map(FormulaValue.number)
                ?? .error("#DIV/0!")
        case .power: return .number(try power(try number(left), try number(right)))
        case .join: return .text(try text(left) + text(right))
        default: return .boolean(try compares(sign, left, right))
        }
    }

    private func power(_ base: ExactDecimal, _ exponent: ExactDecimal) throws(FormulaObstacle) -> ExactDecimal {
        let plain = exponent.withoutTrailingZeros
        // Of zero to the power of zero programs have opinions.
        guard plain.places == 0, plain.magnitude <= 64, !base.isZero || exponent > 0 else { throw .other }
        var result: ExactDecimal = 1
        for _ in 0..<Int(plain.significand.magnitude) { result = try FormulaArithmetic.product(result, base) }
        guard plain.isNegative else { return result }
        guard let inverse = try FormulaArithmetic.quotient(1, result) else { throw .other }
        return inverse
    }

    /// A value as a text is made of it.
    func text(_ value: FormulaValue) throws(FormulaObstacle) -> String {
        switch value {
        case .blank: return ""
        case .text(let text): return text
        case .boolean(let isTrue): return isTrue ? "TRUE" : "FALSE"
        case .number(let number):
            let plain = number.withoutTrailingZeros
            // Longer ones are shortened, or written with an exponent.
            guard plain.places <= 9, plain.significand.magnitude < 1_000_000_000_000_000 else { throw .other }
            return plain.description
        case .error: throw .other
        }
    }

    /// Whether a comparison holds. Texts are compared without regard to the case of letters, numbers as exact ones.
    mutating func compares(
        _ sign: FormulaOperator,
        _ left: FormulaValue,
        _ right: FormulaValue
    ) throws(FormulaObstacle) -> Bool {
        switch (filled(left, by: right), filled(right, by: left)) {
        case (.number(let a), .number(let b)):
            if FormulaArithmetic.isNear(a, b) { noteDelicate(a != b || a.places > 9) }
            return holds(sign, a < b ? -1 : a == b ? 0 : 1)
        case (.text(let a), .text(let b)):
            if a.lowercased() == b.lowercased() { return holds(sign, 0) }
            // The order of Chinese texts depends on who sorts them.
            guard sign == .equal || sign == .unequal else { throw .other }
            return sign == .unequal
        case (.boolean(let a), .boolean(let b)): return holds(sign, a == b ? 0 : a ? 1 : -1)
        default:
            guard sign == .equal || sign == .unequal else { throw .other }
            return sign == .unequal
        }
    }

    /// An empty cell is compared as what it is held against: a zero, an empty text.
    private func filled(_ value: FormulaValue, by other: FormulaValue) -> FormulaValue {
        guard value == .blank else { return value }
        switch other {
        case .text: return .text("")
        case .boolean: return .boolean(false)
        default: return .number(0)
        }
    }

    private func holds(_ sign: FormulaOperator, _ order: Int) -> Bool {
        switch sign {
        case .equal: order == 0
        case .unequal: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        default: order >= 0
        }
    }
}
