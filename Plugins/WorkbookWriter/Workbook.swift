import ExcelBooks
import ReviewModel

/// The sheets of a review's workbook, each only where there is something for it. Where everything will stand is known before
/// the first cell is written, so that sheets can point at each other.
final class Workbook {
    struct Sheets {
        var summary: SummarySheet
        var budget: BudgetSheet?
        var deductions: DeductionSheet?
        var feedback: FeedbackSheet?
        var history: HistorySheets?
        var scores: ScoreGrid?
        var targets: TargetSheet?
        var findings: FindingSheet?
        var further: [FurtherSheet]
    }

    let material: Material

    init(_ material: Material) { self.material = material }

    func write(into book: ExcelBook, _ request: RenderingRequest) async throws {
        let sheets = try plan(book)
        var places = PlaceIndex()
        sheets.summary.register(in: &places)
        sheets.budget?.register(in: &places)
        sheets.deductions?.register(in: &places)
        sheets.feedback?.register(in: &places)
        sheets.history?.register(in: &places)
        sheets.scores?.register(in: &places)
        sheets.targets?.register(in: &places)
        for further in sheets.further { further.register(in: &places) }
        let notes = NoteIndex(material.review, places)
        try book.describe(
            title: material.projectName,
            subject: material.locale == .zh ? "评审工作底稿" : "working papers of a review",
            company: material.field("organisations", "agency"),
            keywords: material.review.id,
            created: material.created
        )
        try sheets.summary.write(book, sheets, contents(sheets), notes)
        try sheets.budget?.write(book, sheets.deductions, notes)
        try sheets.deductions?.write(book, sheets.budget, sheets.feedback, notes)
        try sheets.feedback?.write(book, sheets.deductions, notes)
        try sheets.history?.writeYears(book, notes)
        try sheets.history?.writeItems(book, notes)
        try sheets.scores?.write(book, notes)
        try sheets.scores?.standards?.write(book)
        try sheets.targets?.write(book, notes)
        try sheets.findings?.write(book, places, notes)
        for further in sheets.further {
            try further.write(try await material.read(further.schema, request), book, notes, material.titles)
        }
    }

    private func plan(_ book: ExcelBook) throws -> Sheets {
        let name = book.reserveName
        let summary = SummarySheet(material, name)
        var sheets = Sheets(
            summary: summary,
            budget: try BudgetSheet(material, name),
            deductions: try DeductionSheet(material, name),
            feedback: FeedbackSheet(material, name),
            history: try HistorySheets(material, name),
            scores: try ScoreGrid(material, name),
            targets: try TargetSheet(material, name),
            findings: try FindingSheet(material, name),
            further: []
        )
        var printed: Set<String> = []
        if let table = sheets.budget?.lines.table { printed.insert(table.name) }
        if sheets.deductions != nil { printed.insert("deductions") }
        if sheets.feedback != nil { printed.insert("feedback") }
        if sheets.history != nil { printed.formUnion(["history", "history_years"]) }
        if sheets.scores != nil { printed.insert("scores") }
        if sheets.targets != nil { printed.formUnion(["targets", "declared_targets"]) }
        sheets.further = material.summaries.filter { !printed.contains($0.schema.name) }.map { summary in
            FurtherSheet(summary, material.locale, name)
        }
        return sheets
    }

    /// The sheets in their order, with the number of their rows.
    private func contents(_ sheets: Sheets) -> [(sheet: String, rows: Int)] {
        var contents: [(String, Int)] = []
        func rows(_ table: String) -> Int { material.table(table)?.rowCount ?? 0 }
        if let budget = sheets.budget { contents.append((budget.name, budget.lines.entries.count)) }
        if let deductions = sheets.deductions { contents.append((deductions.name, deductions.entries.count)) }
        if let feedback = sheets.feedback { contents.append((feedback.name, rows("feedback"))) }
        if let history = sheets.history {
            contents.append((history.yearSheet, history.yearCount))
            if let items = history.itemSheet { contents.append((items, rows("history"))) }
        }
        if let scores = sheets.scores {
            contents.append((scores.name, scores.outline.rows.count))
            if let standards = scores.standards { contents.append((standards.name, standards.rowCount)) }
        }
        if let targets = sheets.targets { contents.append((targets.name, targets.rowCount)) }
        if let findings = sheets.findings { contents.append((findings.name, material.review.findings.count)) }
        for further in sheets.further {
            for (position, name) in further.names.enumerated() { contents.append((name, further.rows(on: position))) }
        }
        return contents
    }
}
