import PluginKit
import ReviewModel
import SpecLoading
import Testing

@testable import deduction_auditor
@testable import document_auditor
@testable import prose_reconciler
@testable import report_reader
@testable import target_checker

/// A report of another house, `Tests/Fixtures/Houses`, held against itself as `pingshen audit` does without a spec.
struct HouseReview: Sendable {
    let house: String
    let report: String

    init(_ house: String) {
        self.house = house
        report = contents(of: "Tests/Fixtures/Houses/\(house).txt")
    }

    /// What is found in the report, or in another text in its place.
    static func findings(in report: String) async throws -> [Finding] {
        let reading = try await ReportReader().read(
            SourceRequest(configuration: ["report": .text(report), "alone": true])
        )
        var fields = Record()
        for field in reading.fields where field.pointer.tokens.count == 3 {
            let (group, key) = (field.pointer.tokens[1], field.pointer.tokens[2])
            var record = fields[group]?.record ?? Record()
            record[key] = field.value
            fields[group] = .record(record)
        }
        let dossier = Dossier(fields: fields, tables: reading.tables)
        let amounts = try await DeductionAuditor().score(ScoringRequest(dossier: dossier))
        let targets = try await TargetChecker().score(ScoringRequest(dossier: dossier))
        let prose = try await ProseReconciler().score(ScoringRequest(dossier: dossier))
        let document = try await DocumentAuditor().score(
            ScoringRequest(configuration: ["report": .text(report)], dossier: dossier, prior: ["amounts": amounts])
        )
        return reading.findings + [amounts, targets, prose, document].flatMap(\.findings)
    }
}
