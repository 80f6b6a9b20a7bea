internal import ExactNumbers
package import Groundwork

/// Holds what the cells of a workbook show against their formulas.
///
///     if let cells = try WorkbookCells(book) { for difference in FormulaCheck(cells).differences { … } }
package struct FormulaCheck: Sendable {
    /// A cell that shows something else than its formula gives.
    package struct Difference: Sendable, Hashable {
        package var sheet: String
        package var address: CellAddress
        package var formula: String
        package var shown: FormulaValue
        package var computed: FormulaValue
    }

    /// Cells that do not show what follows from what the cells that they name show.
    package private(set) var differences: [Difference] = []
    /// Cells that do, but would show something else if those were computed anew.
    package private(set) var followers: [Difference] = []
    /// What formulas without a result would give, by their sheets and addresses.
    package private(set) var missing: [String: [CellAddress: FormulaValue]] = [:]
    /// Formulas that were left, with why.
    package private(set) var left: [(sheet: String, address: CellAddress, why: FormulaObstacle)] = []
    package let formulaCount: Int

    package init(_ cells: WorkbookCells, isCancelled: () -> Bool = { false }) throws {
        formulaCount = cells.formulas.count
        var (shown, odd) = (FormulaEvaluation(cells, .shown), Set<Int>())
        for (index, formula) in cells.formulas.enumerated() {
            if index & 0xFF == 0, isCancelled() { throw CancellationError() }
            let name = cells.sheets[formula.sheet].name
            do {
                let (value, isDelicate) = try shown.result(ofFormula: index)
                guard let found = formula.shown else {
                    if !isDelicate { missing[name, default: [:]][formula.address] = value }
                    continue
                }
                guard !isDelicate, Self.differ(found, value) else { continue }
                odd.insert(index)
                differences.append(Self.difference(cells, formula, found, value))
            } catch { left.append((name, formula.address, error)) }
        }
        if differences.isEmpty { return }
        var computed = FormulaEvaluation(cells, .computed)
        for (index, formula) in cells.formulas.enumerated() where !odd.contains(index) {
            if index & 0xFF == 0, isCancelled() { throw CancellationError() }
            guard let found = formula.shown, let (value, isDelicate) = try? computed.result(ofFormula: index),
                !isDelicate,
                Self.differ(found, value)
            else { continue }
            followers.append(Self.difference(cells, formula, found, value))
        }
    }

    private static func difference(
        _ cells: WorkbookCells,
        _ formula: WorkbookCells.FormulaCell,
        _ shown: FormulaValue,
        _ computed: FormulaValue
    ) -> Difference {
        Difference(
            sheet: cells.sheets[formula.sheet].name,
            address: formula.address,
            formula: cells.text(of: formula) ?? "",
            shown: shown,
            computed: computed
        )
    }

    /// Whether two values are not the same; numbers are to all but the last of the fifteen digits that programs show.
    static func differ(_ shown: FormulaValue, _ computed: FormulaValue) -> Bool {
        switch (shown, computed) {
        case (.number(let a), .number(let b)): !FormulaArithmetic.isNear(a, b)
        // Which error it is depends on the order of the reckoning.
        case (.error, .error): false
        // An error of something that a program could not do, and we can.
        case (.error(let text), _): text == "#DIV/0!"
        default: shown != computed
        }
    }
}
