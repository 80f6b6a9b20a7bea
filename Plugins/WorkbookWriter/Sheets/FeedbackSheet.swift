import BudgetLines
import ExcelBooks
import ReviewModel

/// The feedback round (反馈意见): what was proposed, what the applicant replied, what was answered, and the amount in the end.
struct FeedbackSheet {
    let name: String
    private let material: Material
    private let locale: Locale
    private let title: String

    init?(_ material: Material, _ name: (String) -> String) {
        guard let table = material.table("feedback") else { return nil }
        (self.material, locale) = (material, material.locale)
        title = table.schema.title(material.locale)
        self.name = name(title)
    }

    private let line = 0
    private let label = 1
    private let kind = 2
    private let proposed = 3
    private let reply = 4
    private let answer = 5
    private let final = 6
    private let change = 7
    private var lastRow: Int { Grid.firstRow + material.feedback.count - 1 }

    /// The amount in the end, of a row of the table.
    func finalCell(_ row: Int) -> SheetCell { SheetCell(name, Grid.firstRow + row, final) }

    func register(in places: inout PlaceIndex) {
        let columns = ["line": line, "kind": kind, "reply": reply, "answer": answer, "final_amount": final]
        places.add(PlaceIndex.Rows(sheets: [name], columns: columns, standard: reply), of: "feedback")
    }

    func write(_ book: ExcelBook, _ deductions: DeductionSheet?, _ notes: NoteIndex) throws {
        let unit = material.amountMark
        let titles = material.table("feedback")?.titles(locale) ?? [:]
        let columns: [GridColumn] = [
            .text(lineWord(locale), 8...24), .text(labelWord(locale), 10...26), .text(kindWord(locale), 8...12),
            .money(proposedWord(locale) + unit), .text(titles["reply"] ?? replyWord(locale), 24...44),
            .text(titles["answer"] ?? answerWord(locale), 24...44),
            .money((titles["final_amount"] ?? finalWord(locale)) + unit),
            .money(changeWord(locale) + unit, dash: true),
        ]
        let grid = Grid(name: name, title: title, remark: remark(locale), columns: columns, frozen: 2)
        let sheet = try grid.begin(book, notes: notes, last: lastRow)
        try sheet.takeNumbers(column: final, rows: Grid.firstRow...lastRow)
        // Of two rows about one deduction the later settles it.
        let settling = Dictionary(
            material.deductions.enumerated().compactMap { entry in entry.element.feedback.map { ($0, entry.offset) } }
        ) { first, _ in first }
        for (position, feedback) in material.feedback.enumerated() {
            try write(feedback, Grid.firstRow + position, settling[position], sheet, grid, deductions)
        }
        try grid.end(sheet, through: lastRow)
    }

    private func write(
        _ feedback: Feedback,
        _ row: Int,
        _ deduction: Int?,
        _ sheet: ExcelSheet,
        _ grid: Grid,
        _ deductions: DeductionSheet?
    ) throws {
        func put(_ content: CellContent, _ column: Int, _ style: CellStyle? = nil) throws {
            try sheet.write(content, row, column, style ?? grid.columns[column].style)
        }
        let entry = deduction.map { material.deductions[$0] }
        let source = deduction.flatMap { position in deductions.map { $0.amountCell(position) } }
        try put(source.map { .link(feedback.line, $0) } ?? .text(feedback.line), line)
        try put(.text(material.label(ofLine: feedback.line)), label)
        try put((entry?.kind ?? feedback.kind).map { .text(material.titles.name(of: $0, locale)) } ?? .blank, kind)
        let isLive = entry?.isExact ?? false
        if let entry, let deduction, let deductions, isLive {
            try put(.formula(deductions.proposedCell(deduction).description, .number(entry.proposed)), proposed)
        } else {
            try put(.number(entry?.proposed), proposed)
        }
        try put(.text(feedback.reply), reply, grid.columns[reply].style)
        try put(.text(feedback.answer), answer, grid.columns[answer].style.typed)
        let before = CellReference(row, proposed).description
        if let amount = feedback.finalAmount {
            try put(.number(amount), final, grid.columns[final].style.typed)
        } else if let entry, isLive {
            // It stays as proposed until somebody types another amount.
            try put(.formula(before, .number(entry.amount)), final, grid.columns[final].style.typed)
        } else {
            try put(.number(entry?.amount), final, grid.columns[final].style.typed)
        }
        guard let entry else { return try put(.blank, change) }
        let difference = try (feedback.finalAmount ?? entry.amount) - entry.proposed
        // An empty cell leaves the amount as it was first proposed.
        let last = CellReference(row, final).description
        let formula = "IF(\(last)=\"\",0,ROUND(\(last)-\(before),2))"
        let isShort = difference.withoutTrailingZeros.places <= 2
        try put(isLive && isShort ? .formula(formula, .number(difference)) : .number(difference), change)
    }
}

// MARK: - Messages

private let kindWord = LocalizedText(zh: "类别", en: "Kind")
private let replyWord = LocalizedText(zh: "申报单位意见", en: "Reply")
private let answerWord = LocalizedText(zh: "评审答复", en: "Answer")
private let finalWord = LocalizedText(zh: "最终核减（核增）金额", en: "Final amount")
private let changeWord = LocalizedText(zh: "增减", en: "Change")
private let remark = LocalizedText(
    zh: "初审核减（核增）经反馈后的最终金额；修改最终金额，核减核增、预算明细和汇总随之变化。空缺即维持初审。",
    en:
        "What each deduction came to after the applicant's reply; change a final amount and everything that reckons with it follows."
)
