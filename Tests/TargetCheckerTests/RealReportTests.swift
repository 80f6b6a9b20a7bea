import ReviewModel
import Testing

@testable import target_checker

/// The targets of a real report: seventeen declared, rewritten by the reviewer into twenty-three.
@Suite("Targets of a real report")
struct RealReportTests {
    private static let quantityNames = ["文化展示", "运维保障", "建设工程", "课程活动开展", "尾款支付"]

    private static let tables = TargetTables(
        declared: [
            ["产出指标", "数量指标", "服务站运营保障数", "2 个"], ["产出指标", "数量指标", "人员到岗数", "3 人"],
            ["产出指标", "数量指标", "课程开展数", "200 节"], ["产出指标", "数量指标", "主题活动开展数", "2 次"],
            ["产出指标", "质量指标", "运营服务达标率", "100%"], ["产出指标", "质量指标", "人员资质达标率", "100%"],
            ["产出指标", "质量指标", "讲师资质达标率", "100%"], ["产出指标", "质量指标", "活动主题契合度", "100%"],
            ["产出指标", "时效指标", "站点更新维护及时性", "及时"], ["产出指标", "时效指标", "课堂开展及时性", "及时"],
            ["产出指标", "时效指标", "活动开展及时性", "及时"], ["产出指标", "成本指标", "成本控制有效性", "有效"],
            ["效益指标", "社会效益指标", "问题解决率", "100%"], ["效益指标", "社会效益指标", "资源多样性提升情况", "提升"],
            ["效益指标", "社会效益指标", "服务水平提升情况", "提升"], ["效益指标", "可持续影响指标", "长效管理机制健全性", "建立健全"],
            ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"],
        ],
        reviewed: [["成本指标", "经济成本指标", "成本控制有效性", "有效", "要求"]]
            + quantityNames.map { ["产出指标", "数量指标", .text($0 + "完成率"), "100%", "计划"] }
            + quantityNames.map { ["产出指标", "质量指标", .text($0 + "验收合格率"), "100%", "计划"] }
            + quantityNames.map { ["产出指标", "时效指标", .text($0 + "及时性"), "及时", "计划"] }
            + [
                ["效益指标", "社会效益指标", "社区覆盖率", "100%", "预期"], ["效益指标", "社会效益指标", "服务水平提升情况", "提升", "预期"],
                ["效益指标", "社会效益指标", "文化影响力提升情况", "提升", "预期"],
                ["效益指标", "社会效益指标", "治理水平提升情况", "提升", "预期"], ["效益指标", "社会效益指标", "安全事故发生数", "0", "要求"],
                ["效益指标", "社会效益指标", "有责投诉处置率", "100%", "要求"],
                ["效益指标", "可持续影响指标", "长效管理机制健全性", "建立健全", "要求"],
                ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "水平"],
            ]
    )

    @Test("every kind is there in both, though cost moved from output to a level of its own")
    func kinds() async throws {
        let facts = Dictionary(
            uniqueKeysWithValues: try await Self.tables.assess().facts.map { ($0.id, $0.value) }
        )
        #expect(facts["targets.declared.count"] == 17)
        #expect(facts["targets.declared.measurable"] == 10)
        #expect(facts["targets.declared.cost.count"] == 1)
        #expect(facts["targets.reviewed.count"] == 24)
        #expect(facts["targets.reviewed.measurable"] == 14)
        #expect(facts["targets.reviewed.timeliness.measurable"] == 0)
        #expect(facts["targets.declared.missing"] == .list([]))
        #expect(facts["targets.reviewed.missing"] == .list([]))
    }

    @Test("what the reviewer should be told, and nothing invented")
    func findings() async throws {
        let findings = try await Self.tables.assess().findings
        let counts = Dictionary(findings.map { ("\($0.severity) \($0.rule)", 1) }, uniquingKeysWith: +)
        #expect(
            counts == [
                "info target/forms-differ": 1, "warning target/kind-not-measured": 2, "warning target/vague-value": 1,
                "info target/unmeasured-value": 1, "info target/reworded": 1, "info target/dropped": 3,
                "warning target/quantification-lost": 1,
            ]
        )
        let lost = try #require(findings.first { $0.rule == "target/quantification-lost" })
        #expect(lost.expected == "2 个 / 3 人 / 200 节 / 2 次" && lost.found == "100%")
        #expect(!findings.contains { $0.severity >= .error })
    }

    @Test("every finding speaks both languages and points somewhere")
    func wording() async throws {
        for finding in try await Self.tables.assess().findings {
            #expect(!finding.message.zh.isEmpty && !finding.message.en.isEmpty)
            #expect(finding.message.zh != finding.message.en)
            #expect(!finding.pointers.isEmpty)
        }
    }
}
