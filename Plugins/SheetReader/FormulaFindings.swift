import OfficeFiles
import ReviewModel

/// What is to be said of the formulas of one workbook.
struct FormulaFindings {
    private let book: String
    private let check: FormulaCheck
    private let cells: WorkbookCells
    /// By sheets, formulas without a stored value.
    private let bare: [String: Set<CellAddress>]

    /// More than these are counted only.
    private static let shown = 20

    /// - Returns: `nil` for a workbook without formulas, and for one too large to be computed.
    init?(_ workbook: Workbook, file: String, isCancelled: () -> Bool) throws {
        guard let cells = try WorkbookCells(workbook, isCancelled: isCancelled), !cells.formulas.isEmpty else {
            return nil
        }
        (book, self.cells) = (file, cells)
        check = try FormulaCheck(cells, isCancelled: isCancelled)
        bare = cells.formulas.reduce(into: [:]) { bare, formula in
            if formula.shown == nil { bare[cells.sheets[formula.sheet].name, default: []].insert(formula.address) }
        }
    }

    /// An address with what the formula there would give, where it has no result: `E2 = 3001`.
    func computed(_ sheet: String, _ address: String) -> String {
        guard let value = CellAddress(address).flatMap({ check.missing[sheet]?[$0] }) else { return address }
        return "\(address) = \(value.description)"
    }

    /// What a formula without a result would give, in the unit of its cell; `nil` where that is not known.
    func value(_ sheet: String, _ address: CellAddress) -> FormulaValue? { check.missing[sheet]?[address] }

    /// What a cell sums up, where its formula is a plain sum of cells of its sheet; `nil` for any other.
    func summed(at address: CellAddress, on sheet: String) -> [CellArea]? { cells.summed(at: address, sheet) }

    /// Sums that leave out lines of their block: those between the sum before and this one, of which it has others.
    ///
    /// - Parameter columns: of the sheet, those with numbers.
    func leavingOut(_ sheet: String, lines: [Int], sums: [Int], columns: [Int]) -> [(sum: String, rows: [Int])] {
        var found: [(String, [Int])] = []
        for row in sums.sorted() {
            let start = sums.filter { $0 < row }.max() ?? 0
            let block = lines.filter { $0 > start && $0 < row }
            for column in columns {
                guard let address = CellAddress(column: column, row: row), let areas = cells.summed(at: address, sheet)
                else { continue }
                // A line is summed, too, where a heading or a total is that sums it up: =G4+G7 over 一、 =SUM(G5:G6).
                var (reached, open) = (Set(sums), [areas])
                reached.remove(row)
                var summed = areas
                while let next = open.popLast() {
                    for sum in reached where Self.covers(next, sum, column) {
                        reached.remove(sum)
                        guard let address = CellAddress(column: column, row: sum),
                            let below = cells.summed(at: address, sheet)
                        else { continue }
                        summed += below
                        open.append(below)
                    }
                }
                func isSummed(_ line: Int) -> Bool { Self.covers(summed, line, column) }
                let out = block.filter { !isSummed($0) && cells.hasNumber(sheet, row: $0, column: column) }
                if !out.isEmpty, block.contains(where: isSummed) { found.append((address.description, out)) }
            }
        }
        return found
    }

    private static func covers(_ areas: [CellArea], _ row: Int, _ column: Int) -> Bool {
        areas.contains { $0.rows.contains(row) && $0.columns.contains(column) }
    }

    var findings: [Finding] {
        var findings = check.differences.prefix(Self.shown).map { difference in
            finding("formula-differs", .warning, differs(difference), difference.sheet, difference.address)
        }
        let rest = check.differences.dropFirst(Self.shown)
        if let first = rest.first {
            findings.append(finding("formula-differs", .warning, moreDiffer(rest.count), first.sheet, first.address))
        }
        if let first = check.followers.first {
            let cells = check.followers.map { "\($0.sheet)!\($0.address)" }
            findings.append(
                finding("formula-follows", .warning, follow(first, cells), first.sheet, first.address)
            )
        }
        // What has no stored value was not read by it: it is told where it is missing.
        let left = check.left.filter { !isBare($0.sheet, $0.address) }
        let links = left.filter { $0.why == .link }
        if let first = links.first {
            let cells = links.map { "\($0.sheet)!\($0.address)" }
            findings.append(
                finding("formula-linked", .info, linked(cells), first.sheet, first.address, hint: breakLinks)
            )
        }
        let others = left.filter { $0.why != .link }
        if let first = others.first {
            let message = leftAlone(others.map(\.why), others.map { "\($0.sheet)!\($0.address)" })
            findings.append(finding("formula-left", .info, message, first.sheet, first.address, hint: computeAnew))
        }
        return findings
    }

    /// Whether a formula has no stored value.
    private func isBare(_ sheet: String, _ address: CellAddress) -> Bool { bare[sheet]?.contains(address) ?? false }

    private func finding(
        _ rule: String,
        _ severity: Severity,
        _ message: LocalizedText,
        _ sheet: String,
        _ address: CellAddress,
        hint: LocalizedText? = nil
    ) -> Finding {
        var finding = Finding(rule: "sheet/" + rule, severity: severity, message: message, subject: sheet, hint: hint)
        finding.spots = [.place(.cell(file: book, sheet: sheet, address: address))]
        return finding
    }
}

// MARK: - Messages

extension FormulaFindings {
    private func differs(_ found: FormulaCheck.Difference) -> LocalizedText {
        let formula = found.formula.count > 200 ? found.formula.prefix(200) + "…" : found.formula[...]
        return LocalizedText(
            zh: "单元格显示 \(found.shown.description)，按公式 =\(formula) 应为 \(found.computed.description)；读取的是显示的值",
            en:
                "the cell shows \(found.shown.description), where its formula =\(formula) gives \(found.computed.description); what it shows was read"
        )
    }

    private func moreDiffer(_ count: Int) -> LocalizedText {
        LocalizedText(
            zh: "另有 \(count) 个单元格显示的值与公式结果不符，这是其中第一个；请在 Excel 或 WPS 中全部重算（Ctrl+Alt+F9）并保存",
            en:
                "\(count) more cells do not show what their formulas give, of which this is the first; compute all anew in Excel or WPS (Ctrl+Alt+F9) and save"
        )
    }

    private func follow(_ first: FormulaCheck.Difference, _ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh:
                "以下单元格由上述不符的值算出，重算后也会改变：\(list(cells, .zh))；\(first.sheet)!\(first.address) 显示 \(first.shown.description)，重算为 \(first.computed.description)",
            en:
                "these cells are computed from values that do not agree with their formulas, and would change with them: \(list(cells, .en)); \(first.sheet)!\(first.address) shows \(first.shown.description), computed anew \(first.computed.description)"
        )
    }

    private func linked(_ cells: [String]) -> LocalizedText {
        LocalizedText(
            zh: "公式引用了其他工作簿，未跟随链接，也未重算，按存储的值读取：\(list(cells, .zh))",
            en:
                "formulas name cells of other workbooks; links were not followed and nothing was computed, the stored values were read: \(list(cells, .en))"
        )
    }

    /// What to do where nobody but Excel knows what a formula gives.
    private var computeAnew: LocalizedText {
        LocalizedText(
            zh: "请在 Excel 或 WPS 中全部重算（Ctrl+Alt+F9）、保存后再用，或逐个核对这些单元格的数",
            en: "compute the workbook anew in Excel or WPS (Ctrl+Alt+F9) and save it, or check these cells by hand"
        )
    }

    private var breakLinks: LocalizedText {
        LocalizedText(
            zh: "请把被引用的工作簿的数填成数值（\"数据\"→\"编辑链接\"→\"断开链接\"），或核对这些单元格的数",
            en: "break the links, so that the cells hold numbers (Data, Edit Links), or check these cells by hand"
        )
    }

    private func leftAlone(_ reasons: [FormulaObstacle], _ cells: [String]) -> LocalizedText {
        var functions: [String] = []
        for case .function(let name) in reasons where !functions.contains(name) { functions.append(name) }
        functions.sort()
        let (zh, en) =
            functions.isEmpty
            ? ("", "") : ("（用到 \(list(functions, .zh)) 等）", " (they use \(list(functions, .en)))")
        return LocalizedText(
            zh: "有 \(reasons.count) 个公式未重算\(zh)，按存储的值读取：\(list(cells, .zh))",
            en:
                "\(reasons.count) formulas were not computed anew\(en); their stored values were read: \(list(cells, .en))"
        )
    }
}
