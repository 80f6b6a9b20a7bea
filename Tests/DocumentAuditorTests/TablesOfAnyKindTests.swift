import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// Groups, extremes, spans and payments in tables that no form knows.
@Suite("Groups, extremes, spans and payments of any table")
struct TablesOfAnyKindTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: ["project": ["year": 2026]], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter {
            $0.severity > .info && $0.rule != "document/no-table" && $0.rule != "document/unknown-amount"
        }.map { "\($0.rule) \($0.firstPlace)" }
    }

    private static let offers = """
        设备询价表
        供应商\t报价（万元/台）
        甲川公司\t17.85
        乙源公司\t17.20
        丙泰公司\t18.60
        乙源公司报价最低，为17.20万元/台；丙泰公司报价最高，为18.60万元/台。三家中，最低价为乙源公司的17.20万元/台。2024年甲川公司报价最低。
        """
    private static let reaches = """
        河段\t桩号\t长度（m）\t清淤量（m³）
        上游段\tK0+000～K2+400\t2,400\t28,810
        中游段\tK2+400～K5+200\t2,800\t39,270
        下游段\tK5+200～K7+000\t1,800\t21,640
        全线\t\t7,000\t89,720
        全长7公里，其中中游段最长，2.8公里；下游段最短，1.8公里。清淤量最大的河段是中游段，为39,270m³。
        """
    private static let systems = """
        三家供应商报价表（单位：万元/台）
        询价单位\t服务器\t存储阵列
        智联科技\t7.35\t36.00
        云帆信息\t7.20\t37.50
        北辰数码\t7.50\t37.80
        服务器报价最低的是云帆信息，为7.20万元；存储阵列报价最低的是智联科技（36.00万元）。服务器、存储阵列报价最高的均为北辰数码，分别为7.50万元和37.80万元。
        """
    private static let groups = """
        项次\t费用名称\t单位\t报审金额（元）\t审定金额（元）\t审减金额（元）
        一\t建安工程费\t\t418,450.00\t387,120.00\t31,330.00
        1\t清淤疏浚\tm³\t266,430.00\t250,640.00\t15,790.00
        2\t生态护岸\tm\t152,020.00\t136,480.00\t15,540.00
        二\t其他费用\t\t77,170.00\t63,310.00\t13,860.00
        3\t设计费\t项\t41,920.00\t33,150.00\t8,770.00
        4\t监理费\t项\t35,250.00\t30,160.00\t5,090.00
        合计\t\t\t495,620.00\t450,430.00\t45,190.00
        报审总投资495,620.00元，由建安工程费418,450.00元和其他费用77,170.00元组成。审减45,190.00元，其中建安工程费审减31,330.00元，其他费用审减13,860.00元。上年建安工程费为350,000.00元。
        """
    private static let years = """
        来源\t2026年（元）\t2027年（元）\t小计（元）
        省级专项\t2,875,613\t1,232,407\t4,108,020
        市级配套\t1,797,258\t770,254\t2,567,512
        县级配套\t2,516,162\t1,078,354\t3,594,516
        合计\t7,189,033\t3,081,015\t10,270,048
        由省级专项承担40%、市级配套25%、县级配套35%。2026年安排7,189,033元，2027年安排3,081,015元。
        """
    private static let phases = """
        阶段\t开始\t结束\t天数
        施工招标\t2026年3月10日\t2026年4月15日\t36
        围堰清淤\t2026年9月20日\t2026年12月20日\t91
        护岸施工\t2026年12月25日\t2027年3月15日\t80
        竣工验收\t2027年4月26日\t2027年5月15日\t19
        """
    private static let works = """
        工作内容\t起止时间
        招标\t2026年3月10日至2026年4月15日
        开挖\t2026年4月20日至2026年5月30日
        浇筑\t2026年6月1日至2026年7月30日
        回填\t2026年8月1日至2026年8月30日
        验收\t2026年9月1日至2026年9月15日
        """
    private static let plan = """
        支付节点\t比例\t金额（万元）
        合同签订后10日内\t30%\t87.00
        系统初步验收后\t40%\t116.00
        最终验收后\t25%\t72.50
        质保期满一年后\t5%\t14.50
        合计\t100%\t290.00
        最终验收前累计支付70%，计203.00万元。
        """

    static let cases: [(String, String, String, [String])] = [
        (offers, "乙源公司报价最低，", "甲川公司报价最低，", ["document/extreme-differs 6"]),
        (offers, "为18.60万元/台。", "为18.06万元/台。", ["document/extreme-differs 6"]),
        (offers, "乙源公司的17.20", "乙源公司的17.50", ["document/extreme-differs 6"]),
        (offers, "丙泰公司\t18.60", "丙泰公司\t16.80", Array(repeating: "document/extreme-differs 6", count: 3)),
        (reaches, "其中中游段最长", "其中上游段最长", ["document/extreme-differs 6"]),
        (reaches, "，1.8公里", "，1.2公里", ["document/extreme-differs 6"]),
        (reaches, "河段是中游段", "河段是下游段", ["document/extreme-differs 6"]),
        (reaches, "2,400\t28,810", "2,600\t28,810", ["document/table-sum 5", "document/spans-of-rows 2"]),
        (reaches, "下游段\tK5+200", "下游段\tK5+600", ["document/spans-of-rows 4"]),
        (systems, "的是云帆信息", "的是北辰数码", ["document/extreme-differs 6"]),
        (systems, "为7.20万元", "为7.35万元", ["document/extreme-differs 6"]),
        (systems, "（36.00万元", "（37.50万元", ["document/extreme-differs 6"]),
        (systems, "7.50万元和37.80", "7.50万元和37.50", ["document/extreme-differs 6"]),
        (groups, "由建安工程费418,450", "由建安工程费481,450", ["document/amounts-of-rows 9"]),
        (groups, "审减31,330.00元", "审减33,130.00元", ["document/amounts-of-rows 9"]),
        (years, "县级配套35%", "县级配套45%", ["document/amounts-of-rows 6"]),
        (
            years, "省级专项承担40%、市级配套25%", "市级配套承担40%、省级专项25%",
            ["document/amounts-of-rows 6", "document/sentence-reckons 6"]
        ),
        (years, "2027年安排3,081,015", "2027年安排3,018,015", ["document/amounts-of-rows 6"]),
        (phases, "2027年3月15日\t80", "2027年3月15日\t90", ["document/spans-of-rows 4"]),
        (phases, "\t2026年12月20日", "\t2026年8月20日", ["document/spans-of-rows 3"]),
        (works, "2026年8月1日", "2026年7月1日", ["document/spans-of-rows 5"]),
        (plan, "后\t40%", "后\t35%", ["document/plan-shares 3", "document/plan-shares 7"]),
        (plan, "累计支付70%", "累计支付75%", ["document/plan-shares 7"]),
        (plan, "计203.00", "计213.00", ["document/plan-shares 7"]),
    ]

    @Test("a right text is silent, and one change of it is told", arguments: cases)
    func tells(_ report: String, _ old: String, _ new: String, _ told: [String]) async throws {
        #expect(try await audit(report) == [])
        #expect(report.contains(old))
        #expect(try await audit(report.replacing(old, with: new)) == told)
    }

    @Test("a shared end of two bands is a warning only where a score stands on it")
    func bands() async throws {
        let bands = "90分以上为优，75～90分为良，75分以下为差。"
        #expect(try await audit("项目综合得分82.0分。" + bands) == [])
        #expect(try await audit("项目综合得分75分，" + bands) == ["document/band-overlap 1"])
        #expect(
            try await audit("项目\t分值\t得分\n甲\t60\t55\n乙\t40\t35\n合计\t100\t90.0\n" + bands) == ["document/band-overlap 5"]
        )
    }

    /// Phases that run beside each other, contracts, and names among others are no slips.
    @Test(
        "neighbours are left alone",
        arguments: [
            "阶段\t开始\t结束\n甲\t2026年3月1日\t2026年5月1日\n乙\t2026年4月1日\t2026年6月1日\n丙\t2026年5月1日\t2026年7月1日\n",
            "合同\t签订日期\t完成日期\n甲\t2026年3月1日\t2026年5月1日\n乙\t2026年4月1日\t2026年6月1日\n丙\t2026年7月1日\t2026年8月1日\n丁\t2026年9月1日\t2026年9月9日\n",
            "村\t户数（户）\t人口（人）\n东村\t120\t431\n西村\t85\t312\n南村\t97\t355\n甲类各村中，西村户数最多。除东村外，人口最多的是南村。",
            "费用名称\t审定金额（元）\n设备费\t418,450.00\n培训费\t77,170.00\n合计\t495,620.00\n设备费400,000.00元由县级承担，培训费77,170.00元由镇级承担，设备费18,450.00元由学校承担。",
            "路段\t桩号\t长度（m）\n甲段\tK0+000～K1+000\t1,000\n乙段\tK2+000～K3+500\t1,500\n丙段\tK6+000～K7+200\t1,200\n",
        ]
    )
    func neighbours(_ report: String) async throws {
        #expect(try await audit(report) == [])
    }
}
