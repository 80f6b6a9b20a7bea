import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("The prose reconciler")
struct ProseReconcilerTests {
    private func findings(_ texts: String...) async throws -> [String] {
        try await ProseTables(texts: texts.enumerated().map { ("t\($0)", $1) }).findings()
    }

    static let sound = [
        "助餐项目申报 2026 年度预算 450,000.00 元，审核金额 400,000.00 元，核减 50,000.00 元，核减率 11.11%。",
        "课程活动申报 35.00 万元、厨房改造 10.00 万元，两项合计 45.00 万元。", "厨房改造包括灶具 2 套，每套 40,000.00 元，以及 2024 年排烟尾款 20,000.00 元。",
        "2025 年度预算 25.00 万元，执行 15.00 万元，执行率 60.00%。", "近两年课程活动预算平均为 18.00 万元，执行率平均为 71.88%。",
        "课程满意度≥90%，课程场次 100 节。", "项目自评该项得 8.5 分。", "按《2025年3号文》（望府〔2025〕8 号）第三条，于2026年3月1日前完成 1. 设计。",
    ]

    @Test("texts that repeat the dossier's figures give no finding", arguments: sound)
    func repeating(text: String) async throws { #expect(try await findings(text) == []) }

    @Test("a named figure with another value is an error at the text, with the figure it should be")
    func mismatch() async throws {
        let tables = ProseTables(texts: [("a", "课程活动 2025 年预算 20.01 万元，执行率为 51.00%。")])
        #expect(
            try await tables.findings() == [
                "prose/mismatch /fields/texts/a 20.00 万元 | 20.01 万元", "prose/mismatch /fields/texts/a 50.00% | 51.00%",
            ]
        )
        let finding = try #require(try await tables.assess().findings.first)
        #expect(finding.severity == .error)
        #expect(finding.message.zh == "\"课程活动 2025 年预算 20.01 万元\"与课程活动 2025 年调整后预算（20.00 万元）不一致，相差 0.01 万元")
        #expect(finding.pointers.map(\.description) == ["/fields/texts/a", "/tables/history/1/adjusted"])
    }

    private static let conclusion = "经评审，送审金额 450,000.00 元，审定金额 400,000.00 元（大写：肆拾万元整），核减 50,000.00 元，核减率 11.11%。"

    @Test(
        "in the sentence of what was asked for, approved and cut each figure is held against the data",
        arguments: [
            ("", "", []), ("450,000.00", "540,000.00", ["450,000.00 元 | 540,000.00 元"]),
            ("400,000.00", "410,000.00", ["400,000.00 元 | 410,000.00 元"]),
            ("50,000.00 元，核减率", "5,000.00 元，核减率", ["50,000.00 元 | 5,000.00 元"]),
            ("11.11%", "1.11%", ["11.11% | 1.11%"]),
            ("经评审，送审金额", "申报", []),
            ("经评审，送审金额 450,000.00 元，审定金额 400,000.00", "申报 45.00 万元，审核 41.00", ["400,000.00 元 | 41.00 元"]),
        ] as [(String, String, [String])]
    )
    func figuresOfConclusion(old: String, new: String, expected: [String]) async throws {
        let text = old.isEmpty ? Self.conclusion : Self.conclusion.replacing(old, with: new)
        let found = try await findings(text).filter { $0.hasPrefix("prose/mismatch") }
        #expect(found.map { String($0.dropFirst("prose/mismatch /fields/texts/t0 ".count)) } == expected)
    }

    @Test("a sentence none of whose figures is the project's speaks of something else, but is held against itself")
    func elsewhere() async throws {
        let other = "申报 30.00 万元，审核 28.00 万元，核减 2.00 万元。"
        #expect(try await findings(other).allSatisfy { $0.hasPrefix("prose/unbound") })
        let wrong = try await findings(other.replacing("核减 2.00", with: "核减 3.00"))
        #expect(
            wrong.filter { !$0.hasPrefix("prose/unbound") } == ["prose/arithmetic /fields/texts/t0 2.00 万元 | 3.00 万元"]
        )
    }

    @Test("a count beside an item's name is how many of it there are; one of several may be less")
    func quantities() async throws {
        #expect(try await findings("购置情况：灶具 2 套。") == [])
        #expect(try await findings("用于 3 套灶具。") == ["prose/mismatch /fields/texts/t0 2 套 | 3 套"])
        #expect(try await findings("灶具 3 套。其余不作安排。") == ["prose/mismatch /fields/texts/t0 2 套 | 3 套"])
        #expect(try await findings("其中灶具 1 套在今年更换。").allSatisfy { $0.hasPrefix("prose/unbound") })
    }

    @Test("a share of what is named may be that of any amount of the item")
    func sharesOfWholes() async throws {
        let text = "核减的 50,000.00 元全部为课程活动，占核减总额的 100%，占申报总额的 11.11%。"
        #expect(try await findings(text).filter { !$0.hasPrefix("prose/unbound") } == [])
    }

    @Test("a mean is told with the years that make it")
    func mean() async throws {
        let finding = try #require(
            try await ProseTables(texts: [("a", "近年课程活动预算平均为 30 万/年。")]).assess().findings.first
        )
        #expect(finding.expected == "18.00 万元/年 / 23.67 万元/年 / 27.50 万元/年")
        #expect(finding.message.en.hasSuffix("a difference of 12.00 万元/年: 2024 160,000.00 元, 2025 200,000.00 元"))
    }

    @Test("a reason is about its own line")
    func reasons() async throws {
        #expect(
            try await ProseTables(reason: "按合同约定，现核减 60,000.00 元，以后年度支付").findings()
                == ["prose/mismatch /tables/deductions/0/reason 50,000.00 元 | 60,000.00 元"]
        )
        #expect(try await ProseTables(reason: "按合同约定，现核减 50,000.00 元，以后年度支付").findings() == [])
    }

    @Test("a sum that its own parts do not make is an error, one that may be open a warning")
    func sums() async throws {
        #expect(
            try await findings("课程活动 35.00 万元、厨房改造 10.00 万元，合计 40.00 万元。")
                == ["prose/sum-of-parts /fields/texts/t0 45.00 万元 | 40.00 万元"]
        )
        let open = ProseTables(texts: [("a", "申报预算 45.00 万元，包括灶具 8.00 万元和排烟 2.00 万元。")])
        #expect(try await open.assess().findings.map(\.severity) == [.warning])
    }

    @Test("a sum that names items of the budget is held against them")
    func namedSums() async throws {
        #expect(
            try await findings("申报内容包括课程活动、厨房改造共计 46.00 万元。") == [
                "prose/sum-of-parts /fields/texts/t0 45.00 万元 | 46.00 万元"
            ]
        )
        #expect(try await findings("申报内容包括课程活动、厨房改造共计 45.00 万元。") == [])
    }

    @Test("what nothing can be held against is one finding that says where it stands")
    func unbound() async throws {
        let tables = ProseTables(texts: [("a", "一季度完成 30%，已付 34.50 万元，涉及 12 家；二季度完成 30%。"), ("b", "惠及 500 户。")])
        let findings = try await tables.assess().findings
        #expect(
            findings.map { "\($0.severity) \($0.rule) \($0.found)" } == [
                "info prose/unbound 30% / 34.50 万元 / 12 家 / 500 户"
            ]
        )
        #expect(findings[0].message.zh == "文字中有 5 个数（2 段文字）没有可核对的数据：30%、34.50 万元、12 家、500 户")
        #expect(findings[0].pointers.map(\.description) == ["/fields/texts/a", "/fields/texts/b"])
    }

    @Test("a number that differs from a figure in one digit is told with that figure")
    func slips() async throws {
        let findings = try await ProseTables(texts: [("a", "据此，相关活动安排 350,100.00 元，惠及 500 户。")]).assess().findings
        #expect(findings.map(\.found) == ["350,100.00 元", "500 户"])
        #expect(findings[0].message.zh == "文字中的 350,100.00 元（课程活动 申报金额为 350,000.00 元）没有对应的数据")
    }

    @Test("numbers that others of their text make, or that stand in two texts alike, are no loose ones")
    func vouched() async throws {
        let tables = ProseTables(texts: [
            ("a", "发放问卷 200 份，收回 186 份，回收率 93.00%。惠及 500 户。"), ("b", "受益居民为 500 户，其中低保户 37 户。"),
        ])
        #expect(try await tables.assess().findings.map(\.found) == ["37 户"])
    }

    @Test(
        "a sentence or a numeral that nobody writes is told, not looked through from each of its places",
        arguments: [
            String(repeating: "一", count: 200_000), "金额" + String(repeating: "9", count: 200_000) + "元",
            "第" + String(repeating: "9", count: 200_000) + "条", String(repeating: "1元，", count: 50_000),
            String(repeating: "1, 999, ", count: 30_000), String(repeating: "1-", count: 100_000),
        ]
    )
    func overlong(_ text: String) async throws {
        let tables = ProseTables(texts: [("a", "课程活动申报预算 35.00 万元。\(text)。惠及 500 户。")])
        let found = try await tables.findings()
        #expect(found.map { $0.prefix(13) } == ["prose/unbound", "prose/unread "])
    }

    @Test("many numbers without a figure do not flood the finding")
    func flood() async throws {
        let text = (11...30).map { "\($0) 户" }.joined(separator: "、")
        let finding = try #require(try await ProseTables(texts: [("a", text)]).assess().findings.first)
        #expect(finding.message.zh.hasPrefix("文字中有 20 个数（1 段文字）"))
        #expect(finding.found == "11 户 / 12 户 / 13 户 / 14 户 / 15 户 / 16 户")
    }

    @Test("the same fault in two texts is one finding that points at both")
    func oneCause() async throws {
        let text = "课程活动申报预算 36.00 万元。"
        let found = try await ProseTables(texts: [("a", text), ("b", text)]).assess().findings
        #expect(
            found.map { $0.pointers.map(\.description) } == [
                ["/fields/texts/a", "/tables/budget_lines/0/amount", "/fields/texts/b"]
            ]
        )
    }

    @Test("which texts are read is a setting")
    func texts() async throws {
        let tables = ProseTables(texts: [("a", "课程活动申报预算 36.00 万元。")], reason: "现核减 60,000.00 元")
        #expect(
            try await tables.findings(["texts": ["deductions.reason"]]).map { $0.prefix(32) } == [
                "prose/mismatch /tables/deduction"
            ]
        )
        #expect(
            try await tables.findings(["texts": ["/fields/texts"]]).map { $0.prefix(30) } == [
                "prose/mismatch /fields/texts/a"
            ]
        )
        #expect(try await tables.findings(["except": ["deductions", "/fields"]]) == [])
        #expect(try await tables.findings(["min_length": 30]) == [])
        #expect(try await tables.findings(["texts": ["problems.finding"]]) == ["prose/no-text /config/texts/0  | "])
    }

    @Test("the words of a sum are a setting")
    func terms() async throws {
        let tables = ProseTables(texts: [("a", "包括授课费、厨房改造共计 46.00 万元。")])
        #expect(try await tables.findings().map { $0.prefix(13) } == ["prose/unbound"])
        #expect(try await tables.findings(["terms": ["授课": ["课程"]]]).map { $0.prefix(18) } == ["prose/sum-of-parts"])
    }

    @Test("scores that an earlier step added up are figures, too")
    func scores() async throws {
        let sheet = ScoreSheet(rater: "review", total: 88, max: 100, items: [])
        let tables = ProseTables(texts: [("a", "项目评审得分为 88 分。"), ("b", "项目评审得分为 89 分。")])
        let findings = try await tables.assess(prior: ["rubric": Assessment(scores: [sheet])]).findings
        #expect(findings.map { "\($0.rule) \($0.expected)" } == ["prose/mismatch 88 分"])
        #expect(try await tables.assess().findings.map(\.rule) == ["prose/unbound"])
    }

    @Test("it counts what it read")
    func facts() async throws {
        let facts = try await ProseTables(texts: [("a", "课程活动申报预算 36.00 万元，核减 50,000.00 元。惠及 500 户。")]).assess().facts
        let values = Dictionary(uniqueKeysWithValues: facts.map { ($0.id, $0.value) })
        #expect(values["prose.numbers"] == 3)
        #expect(values["prose.bound"] == 1)
        #expect(values["prose.contradicted"] == 1)
    }
}
