import ReviewModel
import Testing

@Suite("A step that is skipped although nothing failed", .serialized)
struct SkippedStepTests {
    @Test("makes the review incomplete in every output, with one blocker for one cause, and the exit code 3")
    func nothingRead() throws {
        let folder = TemporaryFolder()
        write("社区菜场改造项目评审报告\n\n没有表格。\n", to: folder.path + "/report.txt")
        write(
            """
            pingshen: 1
            id: skipped
            form: !include Specs/forms/town-budget-request.yaml
            fields:
              project: {name: 社区菜场改造, town: 望舒镇, year: 2026}
              organisations: {applicant: 望舒镇市场服务所}
            pipeline:
              issued: {use: report-reader, with: {report: !include report.txt}}
              audit: {use: deduction-auditor}
              prose: {use: prose-reconciler}
              document: {use: document-auditor, needs: [audit], with: {report: !include report.txt}}
              findings: {use: findings-writer}
            """,
            to: folder.path + "/spec.yaml"
        )
        let result = shell(
            "cp -r Specs '\(folder.path)'; cd '\(folder.path)'; pingshen run spec.yaml --locale en --json"
        )
        #expect(result.status == 3)
        let review = try #require(result.json)
        let skipped = (review["findings"]?.list ?? []).filter { $0["rule"]?.text == "host/step-skipped" }
        #expect(skipped.count == 1)
        #expect(
            skipped.first?["message"]?["en"]?.text
                == "the review is incomplete; \"audit\": skipped: it needs the table \"budget_lines\", which no step has read; skipped for its sake: \"document\""
        )
        #expect(skipped.first?["severity"]?.text == "blocker")
        let junit = read(folder.path + "/out/skipped/findings.junit.xml")
        #expect(junit.contains("<testsuite name=\"audit\" tests=\"1\" failures=\"1\""))
        #expect(
            junit.contains("<testcase classname=\"document\" name=\"not done\"><skipped message=\"skipped: it needs")
        )
        #expect(!read(folder.path + "/out/skipped/worklist.md").contains("Nothing is left to settle"))
    }
}
