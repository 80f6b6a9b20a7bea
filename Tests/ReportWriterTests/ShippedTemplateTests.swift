import PluginKit
import ReportDocument
import ReportTemplate
import ReviewModel
import Testing

@testable import report_writer

/// The templates of `Specs/templates`, with both towns and with rubrics of other shapes.
@Suite("Templates that we ship")
struct ShippedTemplateTests {
    static let hongqiao = "Specs/hongqiao/party-service-2026.yaml"
    static let example = "Specs/example-town/meal-delivery-2026.yaml"

    private func composed(_ spec: String, _ template: String) async throws -> (document: Document, findings: [Finding])
    {
        let request = try await TownReview(spec).request(template)
        let (settings, mistakes) = ReportSettings.read(request.configuration)
        #expect(mistakes.isEmpty, "\(mistakes)")
        return try compose(try #require(settings).template, request)
    }

    @Test(
        "the two towns lack nothing for their own reports",
        arguments: [(hongqiao, "minhang-review-report"), (example, "short-opinion")]
    )
    func own(spec: String, template: String) async throws {
        #expect(try await composed(spec, template).findings == [])
    }
}
