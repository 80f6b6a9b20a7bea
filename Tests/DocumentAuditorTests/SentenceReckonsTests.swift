import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// Numbers that their words say were reckoned, beside tables that no reader knows.
@Suite("A number that its words say was reckoned")
struct SentenceReckonsTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: [:], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter { $0.rule == sentenceReckons.rule.id }
            .map { "\($0.found) \($0.expected)" }
    }

    private static let quotes = """
        供应商\t报价（万元/座）
        江洲环保\t12.40
        长渡机械\t11.80
        青禾设备\t13.30

        """
    private static let wards = """
        片区\t管网长度（m）\t覆盖户数（户）
        东片\t2,400\t860
        西片\t1,800\t620
        北片\t3,300\t1,020
        合计\t7,500\t2,500

        """
    private static let costs = """
        表2 费用审核表（单位：万元）
        费用\t申请额\t核定额\t调减额
        平台开发\t246.00\t210.00\t36.00
        设备购置\t154.00\t140.00\t14.00
        数据治理\t90.00\t70.00\t20.00
        合计\t490.00\t420.00\t70.00

        """
    private static let goals = """
        指标\t单位\t上年值\t申报值\t审定值
        接入单位\t家\t21\t30\t34
        满意度\t%\t86\t≥86\t≥91

        """

    /// A right report, what is changed in it, and what is told then.
    static let cases: [(String, String, String, String)] = [
        (quotes + "三家平均报价为12.50万元/座，最高价比最低价高1.50万元。", "12.50", "12.05", "12.05万元/座 12.50万元/座"),
        (quotes + "三家平均报价为12.50万元/座，最高价比最低价高1.50万元。", "高1.50", "高1.90", "1.90万元 1.50万元"),
        (wards + "东片、北片两个片区合计5,700m，占全部管网的76.00%。", "5,700", "7,500", ""),
        (wards + "东片、北片两个片区合计5,700m。", "5,700", "5,070", "5,070m 5,700m"),
        (costs + "核定额中，平台开发占50.00%，数据治理占16.67%。", "50.00%", "50.20%", "50.20% 50.00%"),
        (costs + "经评审，设备购置和数据治理合计核定210.00万元。", "合计核定210.00", "合计核定201.00", "201.00万元 210.00万元"),
        (costs + "平台开发核定210.00万元，占核定总额的50.00%。", "50.00%", "42.86%", "42.86% 50.00%"),
        (costs + "数据治理调减20.00万元，调减比例22.22%。", "22.22%", "22.12%", "22.12% 22.22%"),
        (goals + "接入单位比上年增加13家。", "13家", "13家", ""),
        (goals + "满意度由不低于86%提高到不低于91%，提高5个百分点。", "高5个", "高7个", "7个百分点 5个百分点"),
        ("管网全长7.5公里，总投资900,000元，平均每公里投资120,000元。", "120,000", "102,000", "102,000元 120,000元"),
        ("合同价380.00万元，结算价361.00万元，节约率5.00%。", "5.00%", "6.00%", "6.00% 5.00%"),
        ("申报按640人计算；学籍核实为598人，比申报少42人。", "少42", "少24", "24人 42人"),
        ("送审3,600m，扣除已建200m后为3,400m。", "200m", "300m", "3,400m 3,300m"),
        ("上半年支出318.40万元，下半年支出401.60万元，两项相差83.20万元。", "83.20", "82.30", "82.30万元 83.20万元"),
        ("省级补助480.00万元，县级配套720.00万元，县级是省级的1.5倍。", "1.5倍", "2.5倍", ""),
        ("补助按620人×200天×4元/天计算，计49.60万元。", "200天", "180天", "49.60万元 44.64万元"),
        ("每座核减0.60万元，14座共核减8.40万元。", "0.60", "0.50", "0.50万元 7.00万元"),
        ("每季度拨付32.50万元，四个季度共130.00万元。", "32.50", "35.20", "35.20万元 140.80万元"),
        ("报告初稿费每份450元，120份，计5.40万元。", "450元", "450万元", "450万元 54,000.00万元"),
        ("栏杆单价由320元/m降为290元/m，长度800m不变，核减24,000元。", "800m", "900m", "24,000元 27,000元"),
        ("监理费应按2%计取，取费基数640.00万元，核定12.80万元。", "2%", "3%", "3% 2%"),
        (
            "预算分别为320.00万元、350.00万元，支出分别为304.00万元、343.00万元，执行率分别为95.00%、98.00%。", "98.00%", "89.00%",
            "89.00% 98.00%"
        ),
        ("进度款支付至85%；余15%为尾款。", "余15%", "余25%", "25% 15%"),
    ]

    @Test("A right one is told nothing, one change of it is", arguments: cases)
    func tells(_ right: String, _ old: String, _ new: String, _ told: String) async throws {
        #expect(try await audit(right) == [])
        #expect(try await audit(right.replacing(old, with: new)) == [told].filter { !$0.isEmpty })
    }

    @Test("Means of rows and shares of a list go by the table below them")
    func tellsOfTables() async throws {
        let table = """
            学校\t学生（人）
            一小\t420
            二小\t380
            三小\t250
            四小\t350
            合计\t1,400

            """
        #expect(try await audit(table + "4所学校，平均每所学生350人。") == [])
        #expect(try await audit(table + "4所学校，平均每所学生530人。") == ["530人 350人"])
        let funds = """
            来源\t2026年（元）\t2027年（元）\t小计（元）
            省级专项\t300,000.00\t100,000.00\t400,000.00
            市级配套\t225,000.00\t75,000.00\t300,000.00
            县级自筹\t225,000.00\t75,000.00\t300,000.00
            合计\t750,000.00\t250,000.00\t1,000,000.00

            """
        #expect(try await audit(funds + "投资由省级专项承担40%、市级配套30%、县级自筹30%。") == [])
        // The names beside two rates that have changed places: one is told by the rule of rows, the other by this.
        #expect(try await audit(funds + "投资由市级配套承担40%、省级专项30%、县级自筹30%。") == ["30% 40%"])
    }

    @Test(
        "What need not be so is left alone",
        arguments: [
            // Other numbers than those of the sentence.
            "接入部门38家，市级26家，比上年增加9家。",
            "完成投资300.00万元，2026年安排200.00万元，同比增长15.00%。",
            "本项目申报每公里9,000元，按8,200元核定，30公里共246,000元。",
            "保洁24人，另设机动2人。每人每月3,100元，12个月共967,200元。",
            "每座由86,000元调整为82,000元，审减28,000元。",
            "满意度由88.5%提高到93.0%，提高4.5个百分点，比目标高3个百分点。",
            "满意度由2023年的91.20%提高到2025年的96.80%，年均提高2.80个百分点。",
            "申报120.00万元，核定100.00万元，资金到位率80.00%。",
            "门诊38.6万人次，比上年增加3.4万人次，高于全县平均增幅6.10%。",
            "培训300人，人均2,760元，比上年人均减少1,040元，下降27.37%。",
            "单价186元/米，高于信息价168元/米。",
            // Bounds and round numbers.
            "共约1,200人，平均每村不少于30人。",
            "合同价248万元，结算价235.6万元，节约率约5%。",
            // Several things together, and some of them.
            costs + "前两项合计核定350.00万元，占83.33%。",
            costs + "其中两项调减合计34.00万元。",
            quotes + "去掉最高价后两家平均12.10万元/座。",
            wards + "户均管网3.00米，单位造价每米120元。",
            "每套450元，申购120套，另含运费，计5.60万元。",
            "按人均1,500元、62人计算，扣除自筹后申请8.00万元。",
        ]
    )
    func leavesAlone(_ text: String) async throws { #expect(try await audit(text) == []) }
}
