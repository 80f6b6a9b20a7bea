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
            // As in the form of the rule, the points for the execution stand in the row of the year's money.
            "| 年度资金总额 | 50.00 | 47.50 | 95.00% | 10 | 9.5 |",
            "| 产出 | 数量指标 | 20 | 18 | 20 | 18 |  |", "| 产出 | 时效指标 |  | 达成 | 10 | 9 | 两场活动推迟一周 |",
            "| 总分 |  |  |  | 100 | 86.83 | 良 |",
        ] { #expect(text.contains(row), "\(row)") }
        #expect(findings == [] && !text.contains("| 预算执行率 |"))
    }

    @Test("a self-evaluation prints what the unit has said of itself, and nothing of its reviewer's")
    func ownWords() async throws {
        let text = MarkdownRenderer(try await composed(Self.example, "self-evaluation-2020-10").document).render()
        #expect(text.contains("| 立项必要性 | 立项必要性：有明确的政策依据，与本镇年度重点工作相符 |  |  | 10 | 10 | 依据实施办法和年度工作要点 |"))
        #expect(!text.contains("一份依据文件未注明文号"))
    }

    @Test("letters have no points: nothing prints an empty place for them, a hole or a nought")
    func letters() async throws {
        let spec = "Tests/Fixtures/LettersOfTwoLevels/river-upkeep.yaml"
        for template in Self.templates {
            let (document, findings) = try await composed(spec, template)
            let text = MarkdownRenderer(document).render()
            #expect(findings.filter { $0.rule == "report/hole" && $0.subject.contains("share") } == [], "\(template)")
            for wrong in ["。，", "\n，", "B+/", "C+/", "| 0 |", "： |", "（%）"] {
                #expect(!text.contains(wrong), "\(template): \(wrong)")
            }
        }
        let sheet = MarkdownRenderer(try await composed(spec, "confirmation-sheet").document).render()
        #expect(sheet.contains("| 评审等级 | C+ | 评审结论 | 修改后立项 |"))
        let opinion = MarkdownRenderer(try await composed(spec, "short-opinion").document).render()
        #expect(opinion.contains("项目单位自评为 B+，评审等级为 C+，评审结论为“修改后立项”。"))
        #expect(opinion.contains("| 总评 |  | B+ | C+ |  |") || opinion.contains("| 总评 | B+ | C+ |  |"))
        #expect(!opinion.contains("评分要点"))
        let brief = MarkdownRenderer(try await composed(spec, "leader-brief").document).render()
        #expect(brief.contains("等级：立项依据 B+、方案与预算 C+。") && brief.contains("评审等级为 C+，结论为“修改后立项”。"))
    }

    @Test("a chart is drawn of what there is: none of letters, and none of more lines than a page has")
    func charts() async throws {
        func captions(lines: Int) async throws -> [String] {
            let town = try await TownReview("Tests/Fixtures/LettersOfTwoLevels/river-upkeep.yaml", lines: lines)
            let request = try town.request("minhang-review-report")
            let settings = try #require(ReportSettings.read(request.configuration).settings)
            return try compose(settings.template, request).0.sections.flatMap(\.blocks)
                .compactMap { if case .chart(let chart) = $0 { chart.caption.plainText } else { nil } }
        }
        #expect(try await captions(lines: 30) == ["图 1 各项申报金额与审核金额"])
        #expect(try await captions(lines: 31) == ["图 1 各项目内容申报金额与审核金额"])
    }

    @Test("of what people begin with 建议 or end with a stop nothing is said twice")
    func said() async throws {
        let spec = "Tests/Fixtures/LettersOfTwoLevels/river-upkeep.yaml"
        for template in ["short-opinion", "minhang-review-report"] {
            let text = MarkdownRenderer(try await composed(spec, template).document).render()
            #expect(!text.contains("建议：建议") && !text.contains("。。"), "\(template)")
            #expect(text.contains("建议：按名录重新核对工程量"))
            #expect(text.contains("建议对高于同类标段的单价补充询价"))
        }
    }

    @Test("a part that nobody has anything for says so, and the numbers of parts have no gap")
    func parts() async throws {
        let text = MarkdownRenderer(
            try await composed("Tests/Fixtures/LettersOfTwoLevels/river-upkeep.yaml", "minhang-review-report").document
        ).render()
        for heading in ["1. 项目总投入与构成", "2. 资金来源情况", "3. 成本管理情况"] {
            #expect(text.contains(heading) || text.contains(heading.replacing(". ", "\\. ")), "\(heading)")
        }
        // In the contents, in the list of annexes, and at its head.
        #expect(text.components(of: "立项依据及相关文件（无）") == 3)
        #expect(!text.contains("三级指标 | 指标解释"))
    }

    @Test("a brief prints its amounts in 万元, a confirmation sheet in capitals")
    func units() async throws {
        let brief = MarkdownRenderer(try await composed(Self.hongqiao, "leader-brief").document).render()
        #expect(brief.contains("申报 1,401.77 万元，核减 16.81 万元（1.20%），审定 1,384.96 万元。"))
        let sheet = MarkdownRenderer(try await composed(Self.hongqiao, "confirmation-sheet").document).render()
        #expect(sheet.contains("人民币壹仟叁佰捌拾肆万玖仟陆佰贰拾元整"))
    }
}

extension String {
    fileprivate func components(of text: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: text) {
            (count, rest) = (count + 1, rest[range.upperBound...])
        }
        return count
    }

    fileprivate func replacing(_ text: String, _ other: String) -> String {
        guard let range = firstRange(of: text) else { return self }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
