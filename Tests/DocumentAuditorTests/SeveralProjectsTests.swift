import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// Reports that speak of several projects, or of several scores of one.
@Suite("Several projects and several scores in one report")
struct SeveralProjectsTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: [:], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter { $0.severity > .info }.map {
            "\($0.rule) \($0.found)"
        }
    }

    private static let scores = "\n\n一级指标\t分值\t自评得分\t评审得分\n决策指标\t40\t40\t35\n产出指标\t60\t56\t50\n合计\t100\t96\t85\n"

    @Test(
        "are no contradictions",
        arguments: [
            "自评得分94分，初评得分85分，复评得分86分。", "2024年度绩效评价得分88分，2025年度得分91分；本次评估得分84分。",
            "甲项目得分86分，其中必要性38分、经济性48分。丁项目得分78分。", "一期后评价得分83分，二期后评价得分87分；三期财政部门复核得分89.5分。",
            "同批评价的乙项目得分91分、丙项目得分76分，本项目85分。" + scores, "项目得分85分，自评96分。2024年度得分78分，2025年度得分81.5分。" + scores,
            "第一轮评审得分76分，整改后第二轮评审得分84分，提高8分。", "乙项目得分91分，本项目85分。" + scores,
            "甲项目自评得分95分，评审得分88分；乙项目自评得分90分，评审得分81分。", "本项目得分85分，2025年得分81分，2024年得分78分。",
            "90分以上（含90分）为优，80分至90分（含80分、不含90分）为良。", "建议支持21个项目，不予支持2个项目。", "结论：甲项目予以支持；乙项目部分支持；丙项目不予支持。",
            """
            服务器申报单价5.2万元/台，评审单价4.8万元/台，每台核减0.4万元。

            项目	数量	单位	申报单价（元）	申报金额（元）	审定单价（元）	审定金额（元）
            服务器	10	台	52000	520000	48000	480000
            交换机	20	台	6000	120000	5500	110000
            合计				640000		590000
            """,
        ]
    )
    func right(report: String) async throws { #expect(try await audit(report) == []) }

    @Test("are told where they are those of one")
    func wrong() async throws {
        #expect(try await audit("本项目综合得分86分。综上，项目综合得分85分。") == ["document/scores-disagree 85"])
        #expect(
            try await audit("项目得分85分，其中决策指标得分35分，产出指标得分60分。") == ["document/scores-disagree 85"]
        )
        #expect(try await audit("评审结论：项目予以支持。综上，建议本项目不予支持。").count == 1)
    }
}
