import ReviewModel
import Testing

/// What people read when a spec lacks something that its report needs.
@Suite("What a report needs, from validate to the review")
struct ReportNeedsTests {
    private let spec = """
        pingshen: 1
        id: needs
        form:
          form: test
          fields:
            project: {fields: {name: {type: text}, year: {type: integer}}}
            texts: {map: {type: text}}
          tables: {}
        fields:
          project: {name: 助餐, year: 2026}
          texts:
            content: 送餐
        pipeline:
          report:
            use: report-writer
            with:
              template:
                id: t
                title: t
                needs: {fields: {texts.necessity: {zh: 第一部分, en: part 1}}}
                blocks: [{text: "{{texts.content}}{{texts.necessity}}"}]
        """

    private func shell(_ command: String) -> CommandResult {
        let folder = TemporaryFolder()
        return EndToEndTests.shell("cd '\(folder.path)'\ncat > spec.yaml <<'END'\n\(spec)\nEND\n" + command)
    }

    @Test("validate warns at the place where it is to be written, and is content")
    func validated() {
        let result = shell("pingshen validate spec.yaml --locale zh")
        #expect(result.status == 0)
        #expect(result.errors.contains("spec.yaml:12:5: 提醒：报告缺少\"texts.necessity\"，用于第一部分"), "\(result.errors)")
        #expect(result.errors.contains("（用 YAML 的，写在 fields: texts: necessity: 之下）"))
    }

    @Test("the review has a blocker there, once, and the page a mark")
    func reviewed() throws {
        let page = "grep -q '〔?texts.necessity〕' out/needs/report.md || echo no mark >&2"
        let result = shell("pingshen run spec.yaml --out out > /dev/null; cat out/needs/review.json; " + page)
        let findings = try #require(result.json?["findings"]?.list)
        #expect(findings.map { $0["rule"]?.text } == ["report/hole"])
        #expect(findings.first?["severity"] == "blocker")
        #expect(findings.first?["locations"]?.list?.first?["line"]?.integer == 12)
        #expect(!result.errors.contains("no mark"))
    }
}
