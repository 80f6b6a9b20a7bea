internal import BudgetLines
internal import ReviewModel

/// What lines of a report say of the unit of tables that say none: 以下金额单位除注明外均为万元, and 单位：万元 behind a table.
struct UnitsOfReport {
    private typealias Saying = (unit: PrintedUnit, line: ReportText.Line)

    private let lines: [ReportText.Line]
    private let words: ReportWords
    /// In the order of the report.
    private var sayings: [Saying] = []

    init(_ lines: [ReportText.Line], _ words: ReportWords) {
        self.lines = lines.filter { !$0.folded.isEmpty }
        self.words = words
        for line in self.lines where !line.isTableRow {
            if let unit = generalUnit(Self.plain(line)) { sayings.append((unit, line)) }
        }
    }

    /// What holds for a table that begins and ends at these lines.
    func unit(from first: Int, to last: Int) -> (unit: PrintedUnit, line: ReportText.Line)? {
        behind(last) ?? sayings.last { $0.line.number < first }
    }

    /// 单位：万元 and 注：金额单位为万元 behind the last row, as the first that its line says, where no other table begins right below it.
    private func behind(_ last: Int) -> (unit: PrintedUnit, line: ReportText.Line)? {
        guard let place = lines.firstIndex(where: { $0.number > last }), !lines[place].isTableRow,
            !(place + 1 < lines.count && lines[place + 1].isTableRow)
        else { return nil }
        let text = String(Self.plain(lines[place]).prefix { !"。；;".contains($0) }).trimmingBrackets
        for unit in [PrintedUnit.wan, .yuan] {
            for label in words["per"] {
                let isSaid = names(unit).contains { name in
                    ["：", "为", "均为"].contains { text.isBytes(of: label + $0 + name) }
                }
                if isSaid { return (unit, lines[place]) }
            }
        }
        return nil
    }

    /// 以下金额单位除注明外均为万元, 金额单位：万元.
    private func generalUnit(_ text: String) -> PrintedUnit? {
        for lead in words["units_of_report"] {
            guard let place = text.firstBytes(of: lead) else { continue }
            let clause = String(text[place.upperBound...].prefix { !"。；）".contains($0) })
            guard clause.count <= 30, !clause.unicodeScalars.contains(where: \.isDigit) else { continue }
            for unit in [PrintedUnit.wan, .yuan] {
                for name in names(unit) {
                    if words["unit_ends"].contains(where: { clause.endsWithBytes(of: name + $0) })
                        || clause.endsWithBytes(of: name)
                    {
                        return unit
                    }
                }
            }
        }
        return nil
    }

    private func names(_ unit: PrintedUnit) -> [String] { words[unit == .wan ? "wan" : "yuan"] }

    private static func plain(_ line: ReportText.Line) -> String {
        String(line.folded.map { "∶﹕︰=＝:".contains($0) ? "：" : $0 })
    }
}

extension PrintedTable {
    /// Takes the unit that the report says for tables that say none, unless sentences or the size of its amounts speak against it.
    mutating func takeUnit(of units: UnitsOfReport, _ stated: StatedAmounts) {
        guard unitLine == nil, saidUnit == nil, let columns, !columns.someHeadSaysUnit, !columns.shared.isEmpty,
            let said = units.unit(from: header.line.number, to: (rows.last ?? header).line.number),
            said.unit != columns.commonUnit
        else { return }
        let isTooMuch = rows.contains { row in
            row.cells.count == columns.count
                && columns.shared.contains { (PrintedAmount(row.cells[$0])?.value ?? .zero) >= 1_000_000 }
        }
        guard !isTooMuch else { return }
        var table = self
        table.columns = columns.reading(in: said.unit)
        table.settleUnit(by: stated)
        guard table.unitSlip == nil else { return }
        (self.columns, unitLine) = (table.columns, said.line)
    }
}

extension String {
    /// Without brackets around it, and a mark before it: （单位：万元）.
    fileprivate var trimmingBrackets: String {
        var text = self[...]
        if let note = ["注：", "备注：", "说明："].first(where: text.hasPrefix) { text = text.dropFirst(note.count) }
        while let first = text.first, "（(【[".contains(first) { text = text.dropFirst() }
        while let last = text.last, "）)】]。".contains(last) { text = text.dropLast() }
        return String(text)
    }
}
