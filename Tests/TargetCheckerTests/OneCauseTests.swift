import ReviewModel
import Testing

@testable import target_checker

/// A reviewer reads every finding; what has one cause is told once.
@Suite("One cause, one finding")
struct OneCauseTests {
    @Test("one word for several targets of a kind is one finding that points at each")
    func words() async throws {
        let rows =
            soundTargets + [
                ["效益指标", "社会效益指标", "服务水平", "提升", "预期"], ["效益指标", "社会效益指标", "治理水平", "提 升", "预期"],
                ["产出指标", "质量指标", "服务质量", "提升", "预期"],
            ]
        let findings = try await TargetTables(reviewed: rows).assess().findings
        #expect(findings.map(\.subject) == ["benefit/提升", "quality/提升"])
        #expect(
            findings[0].pointers.map(\.description) == ["/tables/targets/6/value", "/tables/targets/7/value"]
        )
        #expect(findings[0].message.zh == "\"服务水平\"、\"治理水平\"的目标值\"提升\"无法衡量")
    }

    @Test("a kind that the review dropped is missing, and points at what was declared")
    func missingKind() async throws {
        let reviewed = soundTargets.filter { $0[1] != "数量指标" }
        let findings = try await TargetTables(declared: soundTargets, reviewed: reviewed).assess().findings
        #expect(findings.map(\.rule) == ["target/missing-kind"])
        #expect(
            findings[0].pointers.map(\.description) == ["/tables/targets", "/tables/declared_targets/1/value"]
        )
    }

    @Test("lost counts are not told again as dropped or changed")
    func lostCounts() async throws {
        var reviewed = soundTargets
        reviewed[1][3] = "100%"
        let declared = soundTargets + [["产出指标", "数量指标", "主题日", "2 次", "计划"]]
        #expect(
            try await TargetTables(declared: declared, reviewed: reviewed).assess().findings.map(\.rule)
                == ["target/quantification-lost"]
        )
    }

    @Test("a figure that became a word is a lost measure and nothing else")
    func lostMeasure() async throws {
        var reviewed = soundTargets + [["产出指标", "质量指标", "到课率", "≥80%", "计划"]]
        reviewed[2][3] = "合格"
        #expect(
            try await TargetTables(declared: soundTargets, reviewed: reviewed).findings()
                == ["target/measure-lost 验收合格率 /tables/targets/2/value"]
        )
    }

    @Test("a wrong pair of levels is one finding, however many targets stand under it")
    func levels() async throws {
        let rows =
            soundTargets + [
                ["效益指标", "数量指标", "站点数", "2 个", "计划"], ["效益指标", "数量 指标", "活动数", "2 次", "计划"],
            ]
        let findings = try await TargetTables(reviewed: rows).assess().findings
        #expect(findings.map(\.subject) == ["reviewed/效益指标/数量指标"])
        #expect(findings[0].pointers.count == 4)
        #expect(findings[0].expected == "产出指标")
    }

    @Test("a form without bases is not blamed for every target")
    func noBases() async throws {
        let rows = soundTargets.map { Array($0.dropLast()) }
        #expect(try await TargetTables(reviewed: rows).findings() == [])
    }

    @Test("no value at all is an error of its own, not a kind without measures")
    func noValue() async throws {
        var rows = soundTargets
        rows[3][3] = "/"
        #expect(try await TargetTables(reviewed: rows).findings() == ["target/no-value 完成时间 /tables/targets/3/value"])
    }

    @Test("无 is a value that a number would state better")
    func none() async throws {
        let rows = soundTargets + [["效益指标", "社会效益指标", "安全事故", "无", "要求"]]
        let findings = try await TargetTables(reviewed: rows).assess().findings
        #expect(findings.map { "\($0.severity) \($0.rule)" } == ["info target/unmeasured-value"])
        #expect(findings.first?.hint?.en == "write 0 if it means that none may happen")
    }
}
