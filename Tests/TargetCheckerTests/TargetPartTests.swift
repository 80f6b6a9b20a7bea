import PluginKit
import ReviewModel
import Targets
import Testing

@testable import target_checker

@Suite("Parts of kinds, dates and settings")
struct TargetPartTests {
    @Test("facts count a kind and each of its parts")
    func facts() async throws {
        let rows = soundTargets + [["效益指标", "可持续影响指标", "管理机制", "1 项", "要求"]]
        let assessment = try await TargetTables(reviewed: rows).assess()
        let facts = Dictionary(uniqueKeysWithValues: assessment.facts.map { ($0.id, $0.value) })
        #expect(facts["targets.reviewed.benefit.count"] == 2)
        #expect(facts["targets.reviewed.social_benefit.count"] == 1)
        #expect(facts["targets.reviewed.sustainability.measurable"] == 1)
        #expect(facts["targets.reviewed.ecological_benefit.count"] == 0)
        #expect(facts["targets.reviewed.economic_cost.count"] == 1)
    }

    @Test("the ledger has every target once: kept, revalued, reworded, dropped and added")
    func ledger() async throws {
        let declared: [[Value]] = [
            ["产出指标", "数量指标", "站点数", "2 个", "b", .null], ["产出指标", "数量指标", "课程数", "200 节", "b", .null],
            ["产出指标", "时效指标", "活动开展及时性", "及时", "b", .null], ["产出指标", "质量指标", "达标率", "100%", "b", .null],
        ]
        let reviewed: [[Value]] = [
            ["产出指标", "数量指标", "站点数", "2 个", "b", .null], ["产出指标", "数量指标", "课程数", "150 节", "b", .null],
            ["产出指标", "时效指标", "课程活动开展及时性", "及时", "b", .null], ["满意度指标", "满意度指标", "群众满意度", "≥90%", "b", .null],
        ]
        let facts = try await TargetTables(declared: declared, reviewed: reviewed).assess().facts
        let rows = facts.first { $0.id == "targets.changes" }?.value.list ?? []
        #expect(
            rows.map { "\($0["change"]?.text ?? "") \($0["before"]?.text ?? "") \($0["after_value"]?.text ?? "")" } == [
                "kept 站点数 2 个", "revalued 课程数 150 节", "reworded 活动开展及时性 及时", "dropped 达标率 ", "added  ≥90%",
            ]
        )
        #expect(try await !TargetTables(reviewed: reviewed).assess().facts.contains { $0.id == "targets.changes" })
    }

    @Test("a basis that the problems deny is found once, a basis that they do not name is not")
    func deniedBasis() async throws {
        func findings(_ problem: String, _ basis: String) async throws -> [Finding] {
            let rows: [[Value]] = soundTargets.map { Array($0.prefix(4)) + [.text(basis)] }
            var dossier = TargetTables(reviewed: rows).dossier
            var problems = Table(schema: TableSchema(name: "problems", columns: [Column(name: "finding")]))
            problems.append(row: [.text(problem)])
            dossier.set(problems)
            return try await TargetChecker().score(ScoringRequest(dossier: dossier)).findings
                .filter { $0.rule == "target/basis-denied" }
        }
        let found = try await findings("计划不清晰。项目单位未制定详尽的年度工作计划，影响编制", "根据 2026 年工作计划, 及时完成")
        #expect(found.map(\.subject) == ["工作计划"])
        #expect(found.first?.pointers.first?.description == "/tables/problems/0/finding")
        #expect(try await findings("工作计划未制定。", "根据 2026 年工作计划") == [])
        #expect(try await findings("未制定实施方案。", "根据 2026 年工作计划") == [])
    }

    @Test("a part of a kind can be required")
    func requiredPart() async throws {
        let findings = try await TargetTables(reviewed: soundTargets).assess(["required": ["sustainability"]]).findings
        #expect(findings.map(\.subject) == ["reviewed/sustainability"])
        #expect(findings.first?.message.zh == "评审后的绩效目标中没有可持续影响指标")
    }

    @Test("a town's own taxonomy has parts, too")
    func ownTaxonomy() async throws {
        let kind: Value = [
            "code": "result", "name": ["zh": "成果", "en": "result"], "parts": [["code": "papers", "name": "论文"]],
            "places": [["level1": "成果", "level2": "论文", "part": "papers"], ["level1": "成果", "level2": "其他"]],
        ]
        let settings: Value = ["taxonomy": ["version": "2026", "kinds": [kind]], "required": ["papers"]]
        let rows: [[Value]] = [["成果指标", "论文指标", "论文数", "3 篇", "计划"]]
        #expect(try await TargetTables(reviewed: rows).findings(settings) == [])
    }

    @Test("an unknown part and a code used twice are reported")
    func taxonomySlips() async throws {
        let kind: Value = [
            "code": "result", "parts": [["code": "result"]],
            "places": [["level1": "成果", "level2": "论文", "part": "paper"]],
        ]
        #expect(
            try await TargetChecker().validate(["taxonomy": ["kinds": [kind]]]).map { "\($0.code) \($0.pointer)" } == [
                "value/not-allowed /taxonomy/kinds/0/places/0/part",
                "taxonomy/duplicate-kind /taxonomy/kinds/0/parts/0/code",
            ]
        )
    }

    @Test("settings that would silence or flag everything are refused")
    func absurdSettings() async throws {
        let wrong: Value = [
            "vague_words": ["提升", " "], "required": [["kind": "quantity", "at_least": 0]], "taxonomy": ["kinds": []],
        ]
        let diagnostics = try await TargetChecker().validate(wrong).map { "\($0.code) \($0.pointer)" }
        #expect(diagnostics.contains("target/empty-word /vague_words/1"))
        #expect(diagnostics.contains("taxonomy/no-kinds /taxonomy/kinds"))
        #expect(
            try await TargetChecker().validate(["required": [["kind": "quantity", "at_least": 0]]]).map(\.code)
                == ["target/at-least"]
        )
    }

    @Test(
        "a day, a month or a quarter is a date",
        arguments: ["2026年6月30日完成", "12月31日前完成", "10月", "第四季度", "3季度完成", "年底前完成", "2026年"]
    )
    func dates(text: String) {
        let value = TargetValue(text)
        #expect(value.reading == .deadline(text))
        #expect(!value.isCount)
    }

    @Test("a year that only names a plan measures nothing", arguments: ["按2026年工作计划", "按2026年工作计划完成"])
    func yearsAsNames(text: String) {
        #expect(TargetValue(text).reading == .word(text))
    }

    @Test("spans of time are figures", arguments: [("3 年", "年"), ("6 个月", "个月"), ("30 日内", "日")])
    func spans(text: String, unit: String) {
        guard case .quantity(let quantity) = TargetValue(text).reading else {
            Issue.record("\(text) is \(TargetValue(text).reading)")
            return
        }
        #expect(quantity.unit == unit)
    }

    @Test("the standard taxonomy names its sources and the place of every part")
    func standard() {
        let standard = TargetTaxonomy.standard
        #expect(standard.source.contains("财预〔2021〕101号"))
        #expect(Set(standard.codes).count == standard.codes.count)
        for kind in standard.kinds {
            for part in kind.parts { #expect(kind.places.contains { $0.part == part.code }) }
        }
    }
}
