import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// What a report says in sentences of targets, rows, points and verdicts that its tables have.
@Suite("What sentences say of tables, in words of any house")
struct StatedElsewhereTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: ["project": ["year": 2026]], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter {
            $0.severity > .info && $0.rule != "document/no-table" && $0.rule != "document/unknown-amount"
        }.map { "\($0.rule) \($0.firstPlace)" }
    }

    private static let targets = """
        三级指标\t申报值\t评审值\t评审说明
        泊位利用率\t≥60%\t≥65%\t同意调整
        新增泊位数量\t500个\t500个\t维持
        工程完工时间\t2026年12月底前\t2026年10月底前\t提前
        泊位利用率由60%以上提高到65%以上。项目拟新增泊位500个，计划2026年10月底前完工。2024年泊位利用率不低于55%，现有泊位利用率为52%。
        """
    private static let staff = """
        岗位\t申报人数\t申报月工资\t审定人数\t审定月工资
        保洁员\t18\t3,600\t16\t3,600
        秩序维护员\t14\t3,900\t14\t3,750
        保洁员申报18人，核定16人，减少2人。秩序维护员月工资由3,900元调整为3,750元，每人核减150元。
        """
    private static let points = """
        评估维度\t评估要点\t权重\t得分
        必要性\t政策相符\t20\t18
        必要性\t需求迫切\t30\t26.5
        经济性\t成本测算\t50\t38.5
        总分\t\t100\t83
        必要性得44.5分，经济性得38.5分，综合得分83分。成本测算未询价，扣5分。扣分最多的是成本测算，扣11.5分。2024年项目得分85分。
        """
    private static let bands = """
        评审等次：85分及以上为“较好”，70分（含）至85分为“一般”，70分以下为“较差”。
        项目总分83分，本项目等次为“一般”。
        """
    private static let events = """
        表3 2021—2024年活动开展情况
        年度\t活动场次（场）\t参与人次（万人次）
        2021\t5\t62.4
        2022\t4\t38.6
        2023\t6\t95.2
        2024\t6\t118.5
        累计\t21\t314.7
        """
    private static let paid = """
        表1 历年预算（单位：元）
        年度\t批复预算\t实际支出\t支付进度\t说明
        2023\t7,850,000.00\t7,612,400.00\t96.97%\t
        2024\t8,120,000.00\t7,957,600.00\t98.00%\t
        2025\t8,460,000.00\t5,922,000.00\t70.00%\t截至2025年9月30日
        """
    private static let named = """
        2026年中小学教育装备更新项目事前绩效评估报告
        项目名称：2026年中小学教育装备更新项目
        我单位受托对2026年中小学教育装备更新项目开展事前绩效评估，形成本报告，供预算安排时参考。
        2025年中小学教育装备更新项目已经完成，验收合格。
        """
    private static let years = """
        届次\t年份\t参展企业（家）
        第一届\t2022\t126
        第二届\t2023\t158
        第三届\t2024\t182
        第四届\t2025\t210
        第四届参展企业比第三届增加28家，增长15.38%；门票收入比第三届增加30万元。
        """

    static let cases: [(report: String, old: String, new: String, told: [String])] = [
        (targets, "由60%以上", "由65%以上", ["document/target-stated 5"]),
        (targets, "到65%以上。项", "到68%以上。项", ["document/target-stated 5"]),
        (targets, "≥65%\t同意", "≤65%\t同意", ["document/target-stated 2"]),
        (targets, "500个\t维持", "600个\t维持", ["document/target-stated 3"]),
        (targets, "计划2026年10月", "计划2026年11月", ["document/target-stated 5"]),
        (staff, "调整为3,750元，", "调整为3,570元，", ["document/row-stated 4"]),
        (staff, "核定16人", "核定15人", ["document/row-stated 4"]),
        (points, "必要性得44.5分", "必要性得45.5分", ["document/points-stated 6"]),
        (points, "是成本测算，扣", "是需求迫切，扣", ["document/points-stated 6", "document/points-stated 6"]),
        (bands, "等次为“一般”。", "等次为“较好”。", ["document/verdict-of-band 2"]),
        (years, "增加28家", "增加26家", ["document/rows-compared 6"]),
        (years, "15.38%", "13.58%", ["document/rows-compared 6"]),
        (events, "表3 2021", "表3 2020", ["document/year-sequence 2"]),
        (events, "—2024年活", "—2025年活", ["document/year-sequence 2"]),
        (paid, "2025\t8,460", "2027\t8,460", ["document/year-differs 5"]),
        (paid, "截至2025年", "截至2024年", ["document/year-sequence 5"]),
        (named, "名称：2026年", "名称：2025年", ["document/year-differs 2"]),
        (named, "对2026年中", "对2025年中", ["document/year-differs 3"]),
        (years, "第二届\t2023", "第二届\t2024", ["document/year-sequence 3"]),
    ]

    @Test("a right text is silent, and one change of it is told", arguments: cases)
    func tells(_ report: String, _ old: String, _ new: String, _ told: [String]) async throws {
        #expect(try await audit(report) == [])
        #expect(report.contains(old))
        let found = try await audit(report.replacing(old, with: new))
        #expect(found == told)
    }

    @Test("several projects of one report have scores and verdicts of their own")
    func severalProjects() async throws {
        let report = """
            农田整治评审得分86分，评审结论：同意安排。
            道路养护评审得分78分，评审结论：调整后安排。
            河道清淤评审得分75分，评审结论：调整后安排。
            得分85分（含）以上为同意安排，70分（含）至85分为调整后安排，70分以下为不予安排。
            """
        #expect(try await audit(report) == [])
    }

    @Test("parts of one of several scores in a paragraph are not held against another")
    func partsOfSeveral() async throws {
        let report = "甲项目得分86分，其中必要性18分、可行性17分、经济性26分、绩效目标25分。丁项目得分78分，扣22分，主要是经济性扣12分、目标扣10分。"
        #expect(try await audit(report) == [])
        let one = "甲项目得分86分，其中必要性18分、可行性17分、经济性26分、绩效目标25分。"
        #expect(try await audit(one.replacing("25分", with: "24分")) == ["document/scores-disagree 1"])
    }

    @Test("holes of a report that is not finished are no copies of each other")
    func holes() async throws {
        let holes =
            "〔?texts.background.policy_and_plan_of_the_town〕\n〔?texts.background.principle_and_plan_of_the_town〕"
        #expect(try await audit(holes).filter { $0.hasPrefix("document/copies-differ") } == [])
    }

    @Test("headings of every style are counted, each on its level")
    func headings() async throws {
        let report = "第一部分 概况\n一、背景\n二、内容\n第二部分 结果\n一、评分\n二、审核\n三、目标\n第三部分 结论\n3.1 意见\n3.2 建议\n3.3 说明"
        #expect(try await audit(report) == [])
        #expect(try await audit(report.replacing("第三部分", with: "第四部分")) == ["document/heading-number 8"])
        #expect(try await audit(report.replacing("三、目标", with: "四、目标")) == ["document/heading-number 7"])
        #expect(try await audit(report.replacing("3.2 建", with: "3.3 建")) == ["document/heading-number 10"])
    }

    @Test("a share behind the cut is no rate of it, and the first part may have all that was cut")
    func shares() async throws {
        let report = """
            费用\t送审金额\t审定金额\t核减金额\t占审定金额比例
            工程费\t90.00\t80.00\t10.00\t80.00%
            其中：土建\t50.00\t40.00\t10.00\t40.00%
            安装\t40.00\t40.00\t0.00\t40.00%
            设计费\t21.00\t20.00\t1.00\t20.00%
            合计\t111.00\t100.00\t11.00\t100.00%
            """
        #expect(try await audit(report).filter { $0.contains("table-sum") } == [])
    }

    @Test("建议 before the district's own body names no place")
    func advisedBody() async throws {
        let request = ScoringRequest(
            configuration: ["report": "建议区残疾人联合会于2026年3月31日前完成核查。"],
            dossier: Dossier(
                fields: ["project": ["town": "宜溪区"], "organisations": ["applicant": "宜溪区残疾人联合会"]],
                tables: []
            )
        )
        let findings = try await DocumentAuditor().score(request).findings
        #expect(!findings.contains { $0.rule == "document/foreign-name" })
    }
}
