import PluginKit
import ReportDocument
import ReportTemplate
import ReviewModel
import SpecLoading
import Testing

@testable import report_writer

/// The templates of `Specs/templates`, with both towns and with rubrics of other shapes: without levels, without reviewers,
/// with verdicts instead of points, and in forms that have hardly anything.
@Suite("Templates that we ship")
struct ShippedTemplateTests {
    private static let hongqiao = "Specs/hongqiao/party-service-2026.yaml"
    private static let example = "Specs/example-town/meal-delivery-2026.yaml"
    static let specs = [
        hongqiao, example, "Specs/rubrics/worked/national-self-evaluation.yaml", "Specs/rubrics/worked/part.yaml",
        "Specs/rubrics/worked/five-dimensions.yaml",
    ]
    static let templates = [
        "minhang-review-report", "short-opinion", "score-report", "score-report-zh", "confirmation-sheet",
        "feedback-sheet",
        "leader-brief",
        "self-evaluation-2020-10",
    ]

    private func composed(_ spec: String, _ template: String) async throws -> (document: Document, findings: [Finding])
    {
        let town = try await TownReview(spec)
        let request = try town.request(template)
        let context = FormContext(form: town.spec.form?.outline)
        let mistakes = try await ReportWriter().validate(request.configuration, in: context)
        #expect(mistakes.isEmpty, "\(template), \(spec): \(mistakes.map { "\($0.pointer) \($0.placedMessage.en)" })")
        let settings = try #require(ReportSettings.read(request.configuration).settings)
        return try compose(settings.template, request)
    }

    @Test(
        "the two towns lack nothing for their own reports",
        arguments: [(hongqiao, "minhang-review-report"), (example, "short-opinion")]
    )
    func own(spec: String, template: String) async throws {
        #expect(try await composed(spec, template).findings == [])
    }

    @Test(
        "each fits every form and rubric: what is missing falls away, or is among its needs",
        arguments: templates,
        specs
    )
    func fits(template: String, spec: String) async throws {
        let (document, findings) = try await composed(spec, template)
        let settings = try #require(ReportSettings.read(try await TownReview(spec).settings(template)).settings)
        let needs = Set(settings.template.needs.map(\.name))
        #expect(findings.map(\.subject).filter { !needs.contains($0) } == [])
        #expect(!document.sections.isEmpty)
        // Both back ends write it.
        #expect(!HTMLRenderer.page(document).isEmpty && !MarkdownRenderer(document).render().isEmpty)
    }

    @Test("the first town's tables keep their numbers, and the sentences say them")
    func numbers() async throws {
        let document = try await composed(Self.hongqiao, "minhang-review-report").document
        let text = MarkdownRenderer(document).render()
        for caption in [
            "**表 1 2026 年项目预算明细表（单位：元）**", "**表 2 近三年项目预算及执行情况（单位：元）**", "**表 3 项目具体目标**", "*图 1 资金拨付流程图*",
            "**图 2 历年预算与执行**",
        ] { #expect(text.contains(caption), "\(caption)") }
        #expect(text.contains("具体项目预算明细如下表 1：") && text.contains("预算及执行情况如下表 2：") && text.contains("如下图 1 所示"))
    }

    @Test("without earlier years the tables after them move up, and the sentences with them")
    func movedUp() async throws {
        var town = try await TownReview(Self.hongqiao)
        town.forget(["history", "history_years"])
        let request = try town.request("minhang-review-report")
        let settings = try #require(ReportSettings.read(request.configuration).settings)
        let text = MarkdownRenderer(try compose(settings.template, request).0).render()
        #expect(text.contains("**表 2 项目具体目标**") && !text.contains("表 3"))
    }

    @Test("a self-evaluation prints the worked example of its rubric")
    func selfEvaluation() async throws {
        let (document, findings) = try await composed(
            "Specs/rubrics/worked/national-self-evaluation.yaml",
            "self-evaluation-2020-10"
        )
        let text = MarkdownRenderer(document).render()
        for row in [
            "| 年度资金总额 | 50.00 | 47.50 | 95.00% |  |  |", "| 预算执行率 |  |  |  | 10 | 9.5 |",
            "| 产出 | 数量指标 | 20 | 18 | 20 | 18 |  |", "| 产出 | 时效指标 |  | 达成 | 10 | 9 | 两场活动推迟一周 |",
            "| 总分 |  |  |  | 100 | 86.83 | 良 |",
        ] { #expect(text.contains(row), "\(row)") }
        #expect(findings == [])
    }

    @Test("a brief prints its amounts in 万元, a confirmation sheet in capitals")
    func units() async throws {
        let brief = MarkdownRenderer(try await composed(Self.hongqiao, "leader-brief").document).render()
        #expect(brief.contains("申报 1,401.77 万元，核减 16.81 万元（1.20%），审定 1,384.96 万元。"))
        let sheet = MarkdownRenderer(try await composed(Self.hongqiao, "confirmation-sheet").document).render()
        #expect(sheet.contains("人民币壹仟叁佰捌拾肆万玖仟陆佰贰拾元整"))
    }
}
