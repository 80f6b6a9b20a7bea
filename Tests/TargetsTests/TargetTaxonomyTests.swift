import ReviewModel
import Targets
import Testing

@Suite("The taxonomy of targets")
struct TargetTaxonomyTests {
    private let standard = TargetTaxonomy.standard

    @Test("older and newer places of cost are the same kind")
    func versions() {
        let newer = standard.classify(level1: "成本指标", level2: "经济成本指标")
        let older = standard.classify(level1: "产出 指标", level2: "成本目标")
        #expect(newer.kind?.code == "cost")
        #expect(older.kind?.code == "cost")
        guard case .placed(_, let first) = newer, case .placed(_, let second) = older else {
            Issue.record("both are known places")
            return
        }
        #expect(first.version == "newer")
        #expect(second.version == "older")
    }

    @Test("a level 2 under a foreign level 1 names where it belongs")
    func misplaced() {
        #expect(
            standard.classify(level1: "效益指标", level2: "数量指标")
                == .misplaced(standard.kinds[0], under: ["产出指标"])
        )
    }

    @Test("an unknown level 2 keeps the kind when level 1 alone tells it")
    func unknownLevel2() {
        #expect(standard.classify(level1: "效益指标", level2: "文化效益指标").kind?.code == "benefit")
        #expect(standard.classify(level1: "产出指标", level2: "规模指标").kind == nil)
        #expect(standard.classify(level1: "其他", level2: "其他").kind == nil)
    }

    @Test("a spec brings its own, and its slips are reported")
    func reading() throws {
        let log = DiagnosticLog()
        let value: Value = [
            "kinds": [
                ["code": "input", "name": ["zh": "投入", "en": "input"], "places": [["level1": "投入", "level2": "资金"]]],
                ["code": "input", "places": [["level1": "投入", "level2": "资金"], ["level1": "投入", "levl2": "人"]]],
            ]
        ]
        let taxonomy = try #require(TargetTaxonomy(ValueReader(value, log: log)))
        #expect(taxonomy.classify(level1: "投入指标", level2: "资金").kind?.name.en == "input")
        #expect(
            log.diagnostics.map { "\($0.code) \($0.pointer)" } == [
                // That the key which was misspelt is missing is not told a second time.
                "value/unknown-key /kinds/1/places/1/levl2",
                "taxonomy/duplicate-kind /kinds/1/code", "taxonomy/shared-place /kinds/1/places",
            ]
        )
    }

    @Test("likeness of names is the share of neighbouring pairs in common")
    func likeness() {
        #expect(Target.likeness("活动开展及时性", "活动 开展及时性") == 100)
        #expect(Target.likeness("活动开展及时性", "课程活动开展及时性") >= 60)
        #expect(Target.likeness("课程开展数", "工程尾款支付完成率") == 0)
        #expect(Target.likeness("数", "率") == 0)
    }
}
