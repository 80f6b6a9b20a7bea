import BudgetLines
import GivenDocuments
import PrintedReports
import ReviewModel

/// A rule of the document auditor.
typealias DocumentRule = RuleCheck<DocumentAudit>

/// What the rules of the document auditor look at: the report, what it is held against, and what steps before have found.
struct DocumentAudit: Sendable {
    let report: ReportText
    let dossier: Dossier
    let prior: [String: Assessment]
    let terms: [TermSet]
    /// The list of legal bases that citations are held against.
    let bases: [CitedBasis]
    /// The tables of the report as numbers, which several rules look through.
    let grids: [NumberGrid]
    /// The same with those of two columns: a name and a number.
    let allGrids: [NumberGrid]
    /// The rows of these tables by their names, with what their cells are.
    let namedRows: NamedRows

    /// What was lost on the way from the report's file.
    let losses: [GivenLoss]

    init(_ settings: DocumentAuditor.Settings, _ request: ScoringRequest) throws {
        let reading = try settings.report.read(settings.words, in: request.context)
        (report, losses) = (reading.report, reading.losses)
        (dossier, prior, terms) = (request.dossier, request.prior, settings.terms)
        allGrids = NumberGrid.all(in: reading.report)
        grids = allGrids.filter { !$0.isNarrow }
        namedRows = NamedRows(grids, reading.report)
        bases = dossier.rows(of: "legal_bases").map(CitedBasis.init)
    }
}
