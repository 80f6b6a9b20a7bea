import PluginKit
import ReviewModel
import Testing

@testable import deduction_auditor
@testable import document_auditor
@testable import prose_reconciler
@testable import report_reader

/// Right reports whose tables are of another shape than usual, each with a change that makes it wrong.
@Suite("Tables and lists of right reports")
struct RightStructureTests {
    private func told(_ report: String) async throws -> [String] {
        let others = [
            "document/no-table", "document/unknown-amount", "report-reader/no-table", "arithmetic/no-line",
            "arithmetic/all-quantities-one", "deduction/no-basis",
        ]
        let areas = ["document/", "prose/", "report-reader/", "history/", "deduction/", "arithmetic/"]
        return try await findings(in: report).filter { finding in
            finding.severity >= .warning && !others.contains(finding.rule)
                && areas.contains(where: finding.rule.hasPrefix)
        }.map { "\($0.rule): \($0.message.zh)" }
    }

    /// Those of a report that is all there is, with the fields that are read from it.
    private func findings(in report: String) async throws -> [Finding] {
        let reading = try read(report)
        var fields = Record()
        for field in reading.fields where field.pointer.tokens.count == 3 {
            let (group, key) = (field.pointer.tokens[1], field.pointer.tokens[2])
            var record = fields[group]?.record ?? Record()
            record[key] = field.value
            fields[group] = .record(record)
        }
        let dossier = Dossier(fields: fields, tables: reading.tables)
        let amounts = try await DeductionAuditor().score(ScoringRequest(dossier: dossier))
        let prose = try await ProseReconciler().score(ScoringRequest(dossier: dossier))
        let document = try await DocumentAuditor().score(
            ScoringRequest(configuration: ["report": .text(report)], dossier: dossier, prior: ["amounts": amounts])
        )
        return reading.findings + [amounts, prose, document].flatMap(\.findings)
    }

    private func read(_ report: String) throws -> SourceReading {
        try ReportReader().read(SourceRequest(configuration: ["report": .text(report), "alone": true]))
    }

    private static let spent = """
        2025年度某县养老资金年初预算9,700,000.00元，调整后预算9,600,000.00元，实际执行9,343,700.00元，年末结余256,300.00元。

        高龄津贴使用最好：年初预算4,320,000.00元，调整后预算4,320,000.00元，实际执行4,276,800.00元，年末结余43,200.00元。

        表1 2025年度资金执行情况（单位：元）
        资金用途\t年初预算\t调整后预算\t实际执行\t年末结余
        高龄津贴\t4,320,000.00\t4,320,000.00\t4,276,800.00\t43,200.00
        居家养老补贴\t5,380,000.00\t5,280,000.00\t5,066,900.00\t213,100.00
        总计\t9,700,000.00\t9,600,000.00\t9,343,700.00\t256,300.00
        """

    @Test("what a sentence says of the whole is held against the row of totals, where two of its numbers are those")
    func stated() async throws {
        #expect(try await told(Self.spent) == [])
        for (old, new) in [("年初预算9,700", "年初预算9,790"), ("实际执行9,343", "实际执行9,253"), ("结余256", "结余238")] {
            let wrong = try await told(Self.spent.replacing(old, with: new))
            #expect(
                wrong.contains { $0.hasPrefix("document/cell-stated") || $0.hasPrefix("document/amounts-of-rows") },
                "\(new) \(wrong)"
            )
        }
    }

    private static let finished = """
        东山县2026年课程项目预算评审报告

        表2 近三年预算执行情况（单位：元）
        年度\t明细\t调整后预算金额\t支付金额\t执行率
        2022\t课程\t3,000.00\t2,000.00\t66.67%
        2023\t课程\t3,000.00\t2,400.00\t80.00%
        2024\t课程\t3,000.00\t2,700.00\t90.00%
        """

    @Test("the last three years may be those that are over")
    func finishedYears() async throws {
        #expect(try await told(Self.finished) == [])
        let wrong = try await told(Self.finished.replacing("2022\t课程", with: "2021\t课程"))
        #expect(wrong.count == 1 && wrong[0].hasPrefix("document/year-differs"), "\(wrong)")
    }

    /// Headings are sums of what follows, and the total says of what it is one.
    private static let headed = """
        报审投资：385,000.00元

        报审投资385,000.00元，审定投资356,000.00元，审减29,000.00元。

        表一 投资审定表（单位：元）
        项次\t名称\t报审金额\t审定金额\t审减金额
        一\t工程费\t310,000.00\t288,500.00\t21,500.00
        1\t清淤\t204,000.00\t189,000.00\t15,000.00
        2\t护岸\t106,000.00\t99,500.00\t6,500.00
        二\t其他费用\t75,000.00\t67,500.00\t7,500.00
        3\t设计费\t43,000.00\t38,500.00\t4,500.00
        4\t监理费\t32,000.00\t29,000.00\t3,000.00
        \t总计（一＋二）\t385,000.00\t356,000.00\t29,000.00
        """

    @Test("a total that says what it sums up is one")
    func namedTotal() async throws {
        #expect(try await told(Self.headed) == [])
        for (old, new) in [
            ("报审投资：385", "报审投资：358"), ("报审投资385", "报审投资358"), ("审定投资356", "审定投资365"),
            ("审减29,000.00元。", "审减92,000.00元。"),
        ] {
            let wrong = try await told(Self.headed.replacing(old, with: new))
            #expect(!wrong.isEmpty, "\(new)")
        }
    }

    /// One line has several prices, which a table of its own gives, and of others fewer were granted than asked for.
    private static let broken = """
        送审造价2,260,600.00元，审核造价2,168,400.00元，审减92,200.00元，审减率4.08%。

        工程位于两个村，建设内容为管道8,000米、处理站5座、检查井330座。

        表1 工程预算评审对比表（金额单位：元）
        编号\t项目名称\t单位\t送审工程量\t送审综合单价\t送审造价\t审核工程量\t审核综合单价\t审核造价\t审减造价
        A1\t管道\t米\t8,000\t150.00\t1,200,000.00\t8,000\t145.00\t1,160,000.00\t40,000.00
        A2\t处理站\t座\t5\t详见表2\t493,000.00\t5\t详见表2\t487,000.00\t6,000.00
        A3\t检查井\t座\t344\t1,650.00\t567,600.00\t330\t1,580.00\t521,400.00\t46,200.00
        \t总计\t\t\t\t2,260,600.00\t\t\t2,168,400.00\t92,200.00

        表2 处理站分村明细表（金额单位：元）
        行政村\t受益户数\t处理站（座）\t送审单价\t送审金额\t审核单价\t审核金额\t审减金额
        上坪村\t412\t3\t95,000\t285,000\t93,000\t279,000\t6,000
        下坪村\t368\t2\t104,000\t208,000\t104,000\t208,000\t0
        合计\t780\t5\t\t493,000\t\t487,000\t6,000
        """

    @Test("a line that another table breaks down is one, and what was granted of a line may be told")
    func brokenDown() async throws {
        #expect(try await told(Self.broken) == [])
        let wrong = try await told(Self.broken.replacing("检查井330座", with: "检查井340座"))
        #expect(wrong.count == 1 && wrong[0].hasPrefix("prose/mismatch"), "\(wrong)")
    }

    /// Each section has its own audit table, and only the sentence says the whole.
    private static let sections = """
        送审金额350,000.00元，审定金额330,000.00元，审减金额20,000.00元，审减率5.71%。

        表1 管道工程（单位：元）
        项目名称\t单位\t送审数量\t送审单价\t送审金额\t审定数量\t审定单价\t审定金额\t审减金额
        管道\t米\t1,000\t200.00\t200,000.00\t1,000\t190.00\t190,000.00\t10,000.00
        检查井\t座\t20\t2,500.00\t50,000.00\t20\t2,500.00\t50,000.00\t0.00
        合计\t\t\t\t250,000.00\t\t\t240,000.00\t10,000.00

        管道工程审减10,000.00元，占审减总额的50.00%。

        表2 道路恢复（单位：元）
        项目名称\t单位\t送审数量\t送审单价\t送审金额\t审定数量\t审定单价\t审定金额\t审减金额
        沥青\t平方米\t800\t100.00\t80,000.00\t700\t100.00\t70,000.00\t10,000.00
        人行道\t平方米\t200\t100.00\t20,000.00\t200\t100.00\t20,000.00\t0.00
        合计\t\t\t\t100,000.00\t\t\t90,000.00\t10,000.00
        """

    /// A summary in 万元, rounded, above its sections in yuan.
    private static let summary = """
        送审金额351,270.00元，审定金额338,430.00元，核减金额12,840.00元。初审核定333,120.00元，复审恢复5,310.00元，其中建筑工程2,130.00元、安装工程3,180.00元。

        表1 汇总表（单位：万元）
        单项工程\t送审金额\t审定金额\t核减金额
        总计\t35.13\t33.84\t1.28
        建筑工程\t20.13\t19.34\t0.78
        安装工程\t15.00\t14.50\t0.50

        表2 建筑工程审核表（单位：元）
        项目内容\t送审金额\t审定金额\t核减金额
        屋面\t120,000.00\t112,160.00\t7,840.00
        墙面\t51,270.00\t51,270.00\t0.00
        门窗\t30,000.00\t30,000.00\t0.00
        小计\t201,270.00\t193,430.00\t7,840.00

        表3 安装工程审核表（单位：元）
        项目内容\t送审金额\t审定金额\t核减金额
        给水\t90,000.00\t85,000.00\t5,000.00
        照明\t30,000.00\t30,000.00\t0.00
        弱电\t30,000.00\t30,000.00\t0.00
        小计\t150,000.00\t145,000.00\t5,000.00
        """

    private static let years = """
        表1 2021—2024年预算执行情况（单位：元）
        年度\t预算数\t支出数\t执行率
        2021年\t620,000.00\t589,000.00\t95.00%
        2022年\t640,000.00\t620,800.00\t97.00%
        2023年\t655,000.00\t641,900.00\t98.00%
        2024年\t670,000.00\t656,600.00\t98.00%
        四年累计\t2,585,000.00\t2,508,300.00\t97.03%
        年均\t646,250.00\t627,075.00\t

        四年累计支出2,508,300.00元，年均627,075.00元，总执行率97.03%。
        """

    private static let lots = """
        送审488,340.00元，审定477,140.00元，审减11,200.00元。

        表1 分标段审核表（单位：元）
        标段\t长度（公里）\t每公里造价\t送审金额\t审定金额\t审减金额
        一标段\t12.4\t18,500.00\t229,400.00\t223,200.00\t6,200.00
        二标段\t8.6\t17,900.00\t153,940.00\t153,940.00\t0.00
        三标段\t5.0\t21,000.00\t105,000.00\t100,000.00\t5,000.00
        合计\t26.0\t\t488,340.00\t477,140.00\t11,200.00
        """

    private static let levels = """
        助学金分三档：一档每生每学期1,500元、64人，二档1,000元、180人，三档500元、96人。

        档次\t标准（元/生）\t人数\t金额（元）
        一档\t1,500\t64\t96,000
        二档\t1,000\t180\t180,000
        三档\t500\t96\t48,000
        合计\t—\t340\t324,000
        """

    private static let versions = """
        送审306,000.00元，审定290,700.00元。

        表1 送审审定对照表（单位：元）
        内容\t版本\t数量\t单价\t金额
        渠道\t送审\t12\t18,000.00\t216,000.00
        \t审定\t12\t17,100.00\t205,200.00
        闸门\t送审\t6\t15,000.00\t90,000.00
        \t审定\t6\t14,250.00\t85,500.00
        合计\t送审\t\t\t306,000.00
        \t审定\t\t\t290,700.00
        """

    private static let form = """
        项目名称\t造林\t申报单位\t县林业局
        申报金额\t1,260,000.00元\t审定金额\t1,197,000.00元
        核减金额\t63,000.00元\t核减率\t5.00%

        申报1,260,000.00元，审定1,197,000.00元，核减63,000.00元，核减率5.00%。
        """

    private static let parts = """
        电动病床核定94.80万元，医院自筹30%即28.44万元，财政安排66.36万元。

        设备\t申报金额（万元）\t审核金额（万元）\t核减金额（万元）
        电动病床\t103.20\t94.80\t8.40
        输液泵\t28.80\t27.00\t1.80
        合计\t132.00\t121.80\t10.20
        """

    static let cases: [(right: String, old: String, new: String)] = [
        (sections, "审定金额330,000.00元", "审定金额303,000.00元"),
        (sections, "\t70,000.00\t10,000.00", "\t76,000.00\t10,000.00"),
        (summary, "审定金额338,430.00元", "审定金额383,430.00元"), (summary, "安装工程3,180.00元", "安装工程3,810.00元"),
        (years, "累计支出2,508,300.00元", "累计支出2,580,300.00元"), (years, "2,508,300.00\t97.03%", "2,580,300.00\t97.03%"),
        (lots, "审定477,140.00元", "审定471,740.00元"), (lots, "100,000.00\t5,000.00", "100,000.00\t3,000.00"),
        (levels, "二档1,000元", "二档1,100元"), (versions, "审定290,700.00元", "审定297,000.00元"),
        (versions, "14,250.00\t85,500.00", "14,250.00\t88,500.00"), (form, "审定1,197,000.00元，", "审定1,179,000.00元，"),
        (parts, "即28.44万元", "即24.84万元"),
        ("编制118人，年末实有112人，其中行政23人、事业89人，编制使用率94.92%。", "", ""),
        (
            "成员9人，其中财务人员4人、工程人员4人、管理人员3人（2人既是财务人员又负责管理）。", "（2人既是财务人员又负责管理）", ""
        ),
    ]

    @Test("a right report is not accused, and its wrong neighbour is", arguments: cases)
    func right(_ right: String, _ old: String, _ new: String) async throws {
        let accusations = try await told(right)
        #expect(accusations == [])
        if old.isEmpty { return }
        #expect(right.contains(old))
        #expect(try await !told(right.replacing(old, with: new)).isEmpty, "\(new)")
    }
}
