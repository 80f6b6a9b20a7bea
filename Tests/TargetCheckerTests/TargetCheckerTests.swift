import PluginKit
import ReviewModel
import Targets
import Testing

@testable import target_checker

@Suite("The target checker")
struct TargetCheckerTests {
    /// The sound targets with one row put in place of another, or added.
    private func sound(_ row: [Value], at index: Int? = nil) -> [[Value]] {
        var rows = soundTargets
        if let index { rows[index] = row } else { rows.append(row) }
        return rows
    }

    @Test("sound targets give no finding, and facts by kind")
    func sound() async throws {
        let assessment = try await TargetTables(reviewed: soundTargets).assess()
        #expect(assessment.findings == [])
        let facts = Dictionary(uniqueKeysWithValues: assessment.facts.map { ($0.id, $0.value) })
        #expect(facts["targets.reviewed.count"] == 6)
        #expect(facts["targets.reviewed.measurable"] == 6)
        #expect(facts["targets.reviewed.quantity.count"] == 1)
        #expect(facts["targets.reviewed.missing"] == .list([]))
        #expect(facts["targets.declared.count"] == nil)
    }

    @Test("no targets at all is one finding")
    func none() async throws {
        #expect(try await TargetTables().findings() == ["target/none targets /tables/targets"])
    }

    @Test("a missing kind is found in the table that lacks it, cost under output being cost")
    func missingKind() async throws {
        let declared = sound(["产出指标", "成本指标", "单份成本", "≤9 元", "合同"], at: 0)
        var tables = TargetTables(declared: declared, reviewed: Array(soundTargets.dropLast()))
        tables.reviewed.append(["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "同类项目"])
        #expect(try await tables.findings() == ["target/forms-differ cost /tables/targets/0/level1"])
        tables.reviewed.removeLast()
        #expect(
            try await tables.findings().first == "target/missing-kind reviewed/satisfaction /tables/targets"
        )
    }

    @Test("how many of a kind are needed is a setting")
    func minimum() async throws {
        let settings: Value = ["required": ["quantity", ["kind": "benefit", "at_least": 2]]]
        let assessment = try await TargetTables(reviewed: soundTargets).assess(settings)
        #expect(assessment.findings.map(\.rule) == ["target/missing-kind"])
        #expect(assessment.findings.first?.expected == "≥ 2")
        #expect(assessment.facts.first { $0.id == "targets.reviewed.missing" }?.value == ["benefit"])
    }

    @Test("vague words warn, words of judgement inform, other words inform")
    func words() async throws {
        let rows =
            soundTargets + [
                ["效益指标", "社会效益指标", "水平", "有效提升", "预期"], ["效益指标", "社会效益指标", "管理", "建立健全", "要求"],
                ["效益指标", "社会效益指标", "口碑", "好", "要求"],
            ]
        let assessment = try await TargetTables(reviewed: rows).assess()
        #expect(
            assessment.findings.map { "\($0.severity) \($0.rule) \($0.pointers[0])" } == [
                "warning target/vague-value /tables/targets/6/value",
                "info target/unmeasured-value /tables/targets/7/value",
                "info target/unmeasured-value /tables/targets/8/value",
            ]
        )
        #expect(
            try await TargetTables(reviewed: rows).findings(["vague_words": ["好"], "unmeasured_words": []]).first
                == "target/vague-value benefit/好 /tables/targets/8/value"
        )
    }

    @Test("a kind whose targets are all words is there in name only")
    func kindNotMeasured() async throws {
        let rows = sound(["产出指标", "时效指标", "完成及时性", "及时", "计划"], at: 3)
        #expect(
            try await TargetTables(reviewed: rows).findings() == [
                "target/kind-not-measured reviewed/timeliness /tables/targets/3/value"
            ]
        )
    }

    @Test("more than the whole is found, growth may be more than the whole")
    func aboveHundred() async throws {
        let rows =
            soundTargets + [
                ["产出指标", "质量指标", "达标率", "120%", "计划"], ["效益指标", "经济效益指标", "收入增长率", "120%", "计划"],
            ]
        #expect(
            try await TargetTables(reviewed: rows).findings() == ["target/above-hundred 达标率 /tables/targets/6/value"]
        )
    }

    @Test("no value and no basis are found where bases can be stated")
    func missingParts() async throws {
        let rows = sound(["产出指标", "质量指标", "达标率", "/", "—"])
        #expect(
            try await TargetTables(reviewed: rows).findings() == [
                "target/no-value 达标率 /tables/targets/6/value", "target/no-basis 达标率 /tables/targets/6/basis",
            ]
        )
        let declared = soundTargets.map { Array($0.dropLast()) }
        #expect(try await TargetTables(declared: declared).findings() == [])
    }

    @Test("duplicates warn when they agree and are errors when they do not")
    func duplicates() async throws {
        let rows =
            soundTargets + [
                ["产出指标", "数量指标", "课程 开展数", "200节", "计划"], ["产出指标", "质量指标", "验收合格率", "95%", "计划"],
            ]
        let findings = try await TargetTables(reviewed: rows).assess().findings
        #expect(findings.map { "\($0.severity) \($0.rule)" } == ["warning target/duplicate", "error target/duplicate"])
        #expect(findings[1].expected == "100%" && findings[1].found == "95%")
    }

    @Test("levels that contradict each other and levels that nobody knows are found")
    func levels() async throws {
        let rows =
            soundTargets + [
                ["效益指标", "数量指标", "站点数", "2 个", "计划"], ["产出指标", "数里指标", "活动数", "2 次", "计划"],
                ["过程指标", "管理指标", "制度", "3 项", "计划"],
            ]
        let findings = try await TargetTables(reviewed: rows).assess().findings
        #expect(
            findings.map { "\($0.rule) \($0.pointers[0])" } == [
                "target/level-contradiction /tables/targets/6/level1", "target/unknown-level /tables/targets/7/level2",
                "target/unknown-level /tables/targets/8/level1",
            ]
        )
        #expect(findings[1].hint?.zh == "是不是\"数量指标\"？")
    }

    @Test("a declared target is kept, revalued, reworded or dropped")
    func comparison() async throws {
        let reviewed = soundTargets + [["产出指标", "时效指标", "课程活动开展及时率", "≥95%", "计划"]]
        var declared = soundTargets
        declared[5][3] = "≥85%"
        declared += [
            ["产出指标", "时效指标", "活动开展及时率", "≥95%", "计划"], ["产出指标", "数量指标", "人员到岗数", "3 人", "计划"],
            ["产出指标", "数量指标", "主题日", "2 次", "计划"],
        ]
        let findings = try await TargetTables(declared: declared, reviewed: reviewed).assess().findings
        #expect(
            findings.map { "\($0.severity) \($0.rule) \($0.subject)" } == [
                "info target/value-changed 群众满意度", "info target/reworded 活动开展及时率", "info target/dropped quantity",
            ]
        )
        #expect(findings[0].expected == "≥85%" && findings[0].found == "≥90%")
        #expect(
            findings[2].pointers.map(\.description) == ["/tables/declared_targets/7", "/tables/declared_targets/8"]
        )
    }

    @Test("counts that became shares, and a figure that became a word, are lost measures")
    func quantification() async throws {
        var reviewed = soundTargets
        reviewed[1] = ["产出指标", "数量指标", "课程开展完成率", "100%", "计划"]
        reviewed[2][3] = "合格"
        let findings = try await TargetTables(declared: soundTargets, reviewed: reviewed).assess().findings
        let lost = try #require(findings.first { $0.rule == "target/quantification-lost" })
        #expect(lost.expected == "200 节" && lost.found == "100%")
        #expect(findings.contains { $0.rule == "target/measure-lost" && $0.subject == "验收合格率" })
    }

    @Test("money without a target is found once targets name their lines")
    func servedLines() async throws {
        var tables = TargetTables(reviewed: soundTargets, lines: ["L1", "L2"])
        #expect(try await tables.findings() == [])
        tables.reviewed[1].append(["L1", "L3"])
        #expect(
            try await tables.findings() == [
                "target/unknown-line 课程开展数 /tables/targets/1/lines/1",
                "target/line-without-target L2 /tables/budget_lines/1",
            ]
        )
        #expect(try await tables.assess().findings.map(\.severity) == [.error, .info])
    }

    private let wrong: Value = ["required": ["quantitiy"], "vague_word": ["好"]]

    @Test("settings are checked, each mistake at its place")
    func settings() async throws {
        let checker = TargetChecker()
        #expect(
            try await checker.validate(wrong).map { "\($0.code) \($0.pointer)" } == [
                "value/not-allowed /required/0", "value/unknown-key /vague_word",
            ]
        )
        #expect(try await checker.validate([:]).isEmpty)
        #expect(try await checker.validate(.null).isEmpty)
    }

    @Test("with wrong settings nothing is judged")
    func wrongSettings() async {
        await #expect(throws: InvalidSettings.self) { try await TargetTables().assess(wrong) }
    }
}
