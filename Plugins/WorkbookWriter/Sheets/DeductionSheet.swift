import BudgetLines
import ExcelBooks
import ReviewModel

/// Every cut, deferral and increase with its basis, calculation and evidence.
struct DeductionSheet {
    let name: String
    let entries: [DeductionEntry]
    private let material: Material
    private let locale: Locale
    private let hasFeedback: Bool
    private let further: [FormColumn]
    private let evidence: [Int: String]

    init?(_ material: Material, _ name: (String) -> String) throws {
        entries = material.deductions
        guard !entries.isEmpty else { return nil }
        guard entries.count < ExcelSheet.rowLimit - Grid.firstRow - 2 else {
            throw WorkbookError.tooManyRows("deductions", entries.count)
        }
        (self.material, locale) = (material, material.locale)
        let title =
            material.table("deductions").map { $0.schema.title(material.locale) } ?? deductionTitle(material.locale)
        self.name = name(title)
        hasFeedback = entries.contains { $0.feedback != nil }
        let own = ["line", "kind", "amount", "reason"]
        further = (material.table("deductions").map { FormColumn.all($0, material.locale, material.titles) } ?? [])
            .filter { !own.contains($0.name) }
        evidence = Self.evidence(material)
    }

    /// What findings say of a deduction, or of the line that it is taken from.
    private static func evidence(_ material: Material) -> [Int: String] {
        var byLine: [String: [LocatedFinding]] = [:]
        var byRow: [Int: [LocatedFinding]] = [:]
        let titles = material.review.ruleTitles
        for located in material.review.findings {
            if !located.finding.subject.isEmpty { byLine[located.finding.subject, default: []].append(located) }
            for pointer in located.finding.pointers where pointer.tokens.starts(with: ["tables", "deductions"]) {
                if let row = rowNumber(pointer) { byRow[row, default: []].append(located) }
            }
        }
        var evidence: [Int: String] = [:]
        for (position, entry) in material.deductions.enumerated() {
            var texts: [String] = []
            for located in (entry.row.flatMap { byRow[$0] } ?? []) + (byLine[entry.line] ?? []) {
                let message = located.finding.message(material.locale)
                let text = titles[located.finding.rule].map { titled($0, message)(material.locale) } ?? message
                if !texts.contains(text), texts.count < 6 { texts.append(text) }
            }
            if !texts.isEmpty { evidence[position] = texts.joined(separator: "\n") }
        }
        return evidence
    }

    // MARK: - Where things stand

    private var label: Int { 2 }
    private var kindColumn: Int { 3 }
    private var request: Int { 4 }
    private var proposed: Int { 5 }
    var amount: Int { hasFeedback ? 6 : 5 }
    private var calculation: Int { amount + 1 }
    private var reason: Int { amount + 2 }
    private var found: Int { reason + 1 + further.count }
    private var lastRow: Int { Grid.firstRow + entries.count - 1 }

    func row(of entry: Int) -> Int { Grid.firstRow + entry }
    /// The amount that counts.
    func amountCell(_ entry: Int) -> SheetCell { SheetCell(name, row(of: entry), amount) }
    /// What was proposed before the applicant replied.
    func proposedCell(_ entry: Int) -> SheetCell { SheetCell(name, row(of: entry), hasFeedback ? proposed : amount) }

    func register(in places: inout PlaceIndex) {
        var columns = ["line": 1, "kind": kindColumn, "amount": hasFeedback ? proposed : amount, "reason": reason]
        for (offset, column) in further.enumerated() { columns[column.name] = reason + 1 + offset }
        for (position, entry) in entries.enumerated() {
            guard let row = entry.row else { continue }
            let pointer = JSONPointer(["tables", "deductions", String(row)])
            places.add(SheetCell(name, self.row(of: position), amount), at: pointer)
            for (column, place) in columns {
                places.add(SheetCell(name, self.row(of: position), place), at: pointer / column)
            }
        }
    }

    // MARK: - Writing

    func write(_ book: ExcelBook, _ budget: BudgetSheet?, _ feedback: FeedbackSheet?, _ notes: NoteIndex) throws {
        let unit = material.amountMark
        var columns: [GridColumn] = [
            GridColumn(numberWord(locale), .whole, 6...8), .text(lineWord(locale), 8...24),
            .text(labelWord(locale), 10...26),
            .text(kindWord(locale), 8...14), .money(requestedWord(locale) + unit),
        ]
        if hasFeedback { columns.append(.money(proposedWord(locale) + unit)) }
        columns += [
            .money((hasFeedback ? finalWord : amountWord)(locale) + unit),
            GridColumn(calculationWord(locale), CellStyle(isWrapped: true), 24...30),
            .text(basisWord(locale), 20...40),
        ]
        columns += further.map(\.column) + [.text(evidenceWord(locale), 20...44)]
        let title = material.table("deductions").map { $0.schema.title(locale) } ?? deductionTitle(locale)
        let grid = Grid(name: name, title: title, remark: remark(locale), columns: columns, frozen: 3)
        let sheet = try grid.begin(book, notes: notes, last: lastRow)
        try sheet.takeNumbers(column: amount, rows: Grid.firstRow...lastRow)
        for position in entries.indices { try write(position, sheet, grid, budget, feedback) }
        try writeTotals(sheet, columns.count)
        try grid.end(sheet, through: lastRow + 3)
    }

    private func write(
        _ position: Int,
        _ sheet: ExcelSheet,
        _ grid: Grid,
        _ budget: BudgetSheet?,
        _ feedback: FeedbackSheet?
    ) throws {
        let (entry, row) = (entries[position], row(of: position))
        let line = entry.position.map { material.lines.entries[$0] }
        func put(_ content: CellContent, _ column: Int, _ style: CellStyle? = nil) throws {
            try sheet.write(content, row, column, style ?? grid.columns[column].style)
        }
        try put(.number(ExactDecimal(position + 1)), 0)
        let target = entry.position.flatMap { line in budget.map { SheetCell($0.name, $0.row(of: line), $0.cut) } }
        try put(target.map { .link(entry.line, $0) } ?? .text(entry.line), 1)
        try put(.text(material.label(ofLine: entry.line)), label)
        try put(.text(material.titles.name(of: entry.kind, locale)), kindColumn)
        let isExact = entry.isExact && line?.isExact ?? true
        if let budget, let at = entry.position, let amounts = line?.amounts {
            let cell = SheetCell(budget.name, budget.row(of: at), budget.requested).description
            try put(isExact ? .formula(cell, .number(amounts.requested)) : .number(amounts.requested), request)
        } else {
            try put(.blank, request)
        }
        if hasFeedback { try put(.number(entry.proposed), proposed) }
        if let feedback, let reply = entry.feedback, isExact {
            // An empty cell leaves the amount as it was first proposed.
            let (final, first) = (feedback.finalCell(reply).description, CellReference(row, proposed).description)
            let formula = hasFeedback ? "IF(\(final)=\"\",\(first),\(final))" : final
            try put(.formula(formula, .number(entry.amount)), amount)
        } else {
            try put(.number(entry.amount), amount, grid.columns[amount].style.typed)
        }
        try put(calculation(entry, line, row, isExact, grid.columns[amount].style), calculation)
        try put(.text(entry.reason), reason)
        for (offset, form) in further.enumerated() {
            try put(entry.row.map(form.content) ?? .blank, reason + 1 + offset)
        }
        try put(evidence[position].map { .text($0) } ?? .blank, found)
    }

    /// 350,000.00 − 50,000.00 = 300,000.00, from the cells before it.
    private func calculation(
        _ entry: DeductionEntry,
        _ line: LineEntry?,
        _ row: Int,
        _ isExact: Bool,
        _ style: CellStyle
    ) throws -> CellContent {
        guard let requested = line?.amounts?.requested else { return .text(notCounted(locale)) }
        let sign = entry.kind == .increase ? "+" : "−"
        let result = entry.kind == .increase ? try requested + entry.amount : try requested - entry.amount
        let text = "\(Money.yuan(requested)) \(sign) \(Money.yuan(entry.amount)) = \(Money.yuan(result))"
        guard isExact else { return .text(text) }
        let (a, b) = (CellReference(row, request).description, CellReference(row, amount).description)
        let form = "\"#,##0.00\""
        return .formula(
            "TEXT(\(a),\(form))&\" \(sign) \"&TEXT(\(b),\(form))&\" = \"&TEXT(\(a)\(entry.kind == .increase ? "+" : "-")\(b),\(form))",
            .text(text)
        )
    }

    private func writeTotals(_ sheet: ExcelSheet, _ count: Int) throws {
        let isExact = entries.allSatisfy(\.isExact)
        let style = CellStyle(number: .amount(places: 2, dash: false), role: .total)
        var row = lastRow + 1
        for kind in Adjustment.Kind.allCases {
            let name = material.titles.name(of: kind, locale)
            let own = entries.filter { $0.kind == kind }
            if own.isEmpty { continue }
            for column in 0..<count {
                guard column == amount || hasFeedback && column == proposed else {
                    let label =
                        column == kindColumn ? CellContent.text(totalWord(locale) + " · " + name) : .blank
                    try sheet.write(label, row, column, CellStyle(role: .total))
                    continue
                }
                let value = try ExactDecimal.sum(own.map { column == amount ? $0.amount : $0.proposed })
                let (kinds, amounts) = (
                    fixedRange(kindColumn, Grid.firstRow, lastRow), fixedRange(column, Grid.firstRow, lastRow)
                )
                let sum = "ROUND(SUMIF(\(kinds),\(name.quotedText),\(amounts)),2)"
                let isLive = isExact && value.cellNumber != nil && value.withoutTrailingZeros.places <= 2
                try sheet.write(isLive ? .formula(sum, .number(value)) : .number(value), row, column, style)
            }
            row += 1
        }
    }
}

extension Material {
    /// What a line is called, by its id.
    func label(ofLine id: String) -> String {
        let label = lines.positions[id].flatMap { lines.entries[$0].adjustment?.label } ?? ""
        return label.isEmpty ? id : label
    }
}

// MARK: - Messages

private let deductionTitle = LocalizedText(zh: "核减、核增", en: "Deductions and increases")
let numberWord = LocalizedText(zh: "序号", en: "No.")
let lineWord = LocalizedText(zh: "明细编号", en: "Line")
let labelWord = LocalizedText(zh: "名称", en: "Name")
private let kindWord = LocalizedText(zh: "类别", en: "Kind")
let proposedWord = LocalizedText(zh: "初审核减（核增）金额", en: "First proposed")
/// What is cut, deferred or added, not what is left.
private let amountWord = LocalizedText(zh: "核减（核增）金额", en: "Cut or increase")
private let finalWord = LocalizedText(zh: "最终核减（核增）金额", en: "Final cut or increase")
private let calculationWord = LocalizedText(zh: "计算过程", en: "Calculation")
private let basisWord = LocalizedText(zh: "依据", en: "Basis")
private let evidenceWord = LocalizedText(zh: "核查记录", en: "Evidence")
private func titled(_ rule: LocalizedText, _ message: String) -> LocalizedText {
    LocalizedText(zh: "【\(rule.zh)】\(message)", en: "\(rule.en): \(message)")
}
private let notCounted = LocalizedText(zh: "评审未计入此项", en: "not counted by the review")
private let remark = LocalizedText(
    zh: "每项核减、缓付和核增一行；修改核减（核增）金额，预算明细、合计和汇总随之变化。",
    en: "One row for each cut, deferral and increase; change an amount and lines, totals and summary follow."
)
