import BudgetLines
import ExcelBooks
import PluginKit
import ReviewModel
import Rubrics
import Synchronization

/// Everything that goes into the workbook, looked up and joined once.
struct Material {
    let review: Review
    let locale: Locale
    let dossier: Dossier
    let rubric: Rubric?
    /// Every table of the dossier that has rows, in its order.
    let summaries: [TableSummary]
    /// The requested lines with what the review made of each.
    let lines: LineList
    let deductions: [DeductionEntry]
    let feedback: [Feedback]
    /// What the form calls values and fields.
    let titles: FormTitles
    private let texts: TaggedTexts

    /// The tables that the sheets of the field read; all others are asked for one by one and printed plainly.
    static let tables = [
        "budget_lines", "deductions", "feedback", "history", "history_years", "targets", "declared_targets", "evidence",
    ]

    init(_ request: RenderingRequest, _ rubric: Rubric?) async throws {
        (locale, self.rubric) = (request.review.locale, rubric)
        titles = FormTitles(form: request.form, locale: request.review.locale)
        var dossier = request.dossier
        let summaries = try await Self.summaries(request)
        // Another form may keep its lines in a table of another name.
        if let name = LineList.tableName(request.review.adjustments), dossier.table(name) == nil,
            let summary = summaries.first(where: { $0.schema.name == name })
        {
            dossier.set(try await readTable(summary.schema, request))
        }
        texts = TaggedTexts(request, dossier, summaries)
        (review, self.dossier) = (try await texts.filled(request.review), try await texts.filled(dossier))
        self.summaries = summaries.filter { $0.rowCount > 0 }
        lines = try LineList(review, self.dossier)
        feedback = Feedback.all(in: self.dossier)
        deductions = DeductionEntry.all(lines, self.dossier)
    }

    private static func summaries(_ request: RenderingRequest) async throws -> [TableSummary] {
        do {
            return try await request.context.tables()
        } catch is NoDossier {
            return request.dossier.tables.map { TableSummary(schema: $0.schema, rowCount: $0.rowCount) }
        }
    }

    /// A further table, whole, with its texts filled in.
    func read(_ schema: TableSchema, _ request: RenderingRequest) async throws -> Table {
        try await texts.filled(readTable(schema, request))
    }

    /// What the amounts count, behind a head: as the review says, or else the form.
    var amountMark: String {
        let unit = review.amounts?.unit ?? review.adjustments.first?.unit ?? BudgetLine.unit(in: dossier)
        return unitMark(unit)(locale)
    }

    func table(_ name: String) -> Table? { dossier.table(name).flatMap { $0.rowCount > 0 ? $0 : nil } }

    /// All rows that will be written, about.
    var rowCount: Int { summaries.reduce(review.findings.count + lines.entries.count) { $0 + $1.rowCount } }

    /// The text of a field, and empty where there is none.
    func field(_ path: String...) -> String { Value.record(dossier.fields)[JSONPointer(path)]?.scalarText ?? "" }

    /// What the project is called.
    var projectName: String {
        let name = review.project["name"]?.scalarText ?? field("project", "name")
        return name.isEmpty ? review.id : name
    }

    /// Who reviews, and else the program: the author of the notes and of the file.
    var author: String {
        let agency = field("organisations", "agency")
        return agency.isEmpty ? "pingshen" : agency
    }

    /// A day that belongs to the review, never the clock: that of the declaration, else the first of the budget year, else the
    /// first of 2000. As days since 1970.
    var created: Int {
        let year = Int(field("project", "year")).flatMap { CalendarDate(year: $0, month: 1, day: 1) }
        return (CalendarDate(field("report", "declared_on")) ?? year)?.dayNumber ?? 10_957
    }
}

/// A table of the dossier, whole.
func readTable(_ schema: TableSchema, _ request: RenderingRequest) async throws -> Table {
    if let table = request.dossier.table(schema.name) { return table }
    let table = Mutex(Table(schema: schema))
    try await request.context.read(schema.name, columns: nil) { page in
        let fits = table.withLock { $0.append(page: page.page(0..<page.rowCount)) }
        if !fits { throw WorkbookError.oddPage(schema.name) }
    }
    return table.withLock { $0 }
}
