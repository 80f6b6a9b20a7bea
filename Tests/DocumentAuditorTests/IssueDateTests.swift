import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// Days and numbers that a report has before the day on which it is issued.
@Suite("What a report has done before it is issued")
struct IssueDateTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: [:], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter {
            $0.severity > .info && !["document/no-table", "document/unknown-amount"].contains($0.rule)
        }
        .map { "\($0.severity) \($0.rule) \($0.found)" }
    }

    private let report = """
        关于某渠道改造工程竣工结算的评审意见
        某财评审〔2025〕206号

        一、评审过程
        2025年4月13日至2025年4月17日，评审组到现场踏勘，走访农户32户。
        施工单位对结论无异议，于2025年5月22日签署《评审结果确认表》。
        请项目单位于2026年1月20日前完成合同签订。
        初审日期：2025年4月11日至2025年5月9日
        复核人员：佟某　复核日期：2025年5月16日
        某信德会计师事务所（普通合伙）
        2025年5月26日
        """

    @Test("days of the review and of those who checked it are over, and its number is of its year")
    func days() async throws {
        #expect(try await audit(report) == [])
        let cases = [
            ("2025年4月13日至2025年4月17日", "2025年6月13日至2025年6月17日", "error document/date-after-issue 2025年6月17日"),
            ("2025年5月22日签署", "2025年6月22日签署", "error document/date-after-issue 2025年6月22日"),
            ("至2025年5月9日", "至2025年6月9日", "error document/date-after-issue 2025年6月9日"),
            ("复核日期：2025年5月16日", "复核日期：2025年6月16日", "error document/date-after-issue 2025年6月16日"),
            ("请项目单位于2026年1月20日前", "请项目单位于2025年1月20日前", "error document/date-after-issue 2025年1月20日"),
            ("〔2025〕206号", "〔2024〕206号", "warning document/date-after-issue 〔2024〕"),
        ]
        for (old, new, told) in cases {
            #expect(report.contains(old), "\(old)")
            #expect(try await audit(report.replacing(old, with: new)) == [told], "\(new)")
        }
    }

    @Test("a number of the year before is right in the first months, and so are numbers of others")
    func numbers() async throws {
        let early = report.replacing("2025年5月26日", with: "2025年2月26日").replacing("5月22日", with: "2月22日")
            .replacing("4月1", with: "2月1").replacing("5月9日", with: "2月19日").replacing("5月16日", with: "2月20日")
        #expect(try await audit(early.replacing("〔2025〕206号", with: "〔2024〕206号")) == [])
        #expect(try await audit(report.replacing("一、评审过程", with: "一、评审过程\n根据某政发〔2023〕12号")) == [])
    }

    @Test("a row of a year counts up to a day of that year")
    func cutOffs() async throws {
        let table = """
            年度\t批复预算\t实际支出\t说明
            2023\t7,850,000.00\t7,612,400.00\t
            2024\t8,120,000.00\t7,957,600.00\t
            2025\t8,460,000.00\t5,922,000.00\t截至2025年9月30日
            """
        #expect(try await audit(table) == [])
        let told = ["error document/year-sequence 2025年9月30日"]
        #expect(try await audit(table.replacing("2025\t8", with: "2026\t8")) == told)
    }
}
