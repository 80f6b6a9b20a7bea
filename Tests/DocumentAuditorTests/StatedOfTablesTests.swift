import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// What a report says in sentences of kinds, cells, fees and reasons that its tables have.
@Suite("What sentences say of kinds, cells, fees and reasons")
struct StatedOfTablesTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: ["project": ["year": 2026]], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter {
            $0.severity > .info && $0.rule != "document/no-table" && $0.rule != "document/unknown-amount"
        }.map { "\($0.rule) \($0.firstPlace)" }
    }

    private static let levels = """
        序号\t评价内容\t评价等级
        1\t立项规范性\t优
        2\t目标合理性\t良
        3\t到位及时性\t优
        4\t合同规范性\t中
        4项内容中，评为优的2项、良的1项、中的1项，无差等次；优良率为75.00%。合同规范性评为中，主要是补签。3位专家中，优的1票。
        """
    private static let opinions = """
        序号\t评审事项\t专家组意见\t说明
        1\t是否符合规划\t同意\t一致
        2\t人员配置\t部分同意\t核减1人
        3\t维护费率\t部分同意\t超出规定
        4\t会议系统\t不同意\t在免费质保期内
        4项评审事项中，同意1项，部分同意2项，不同意1项。5位专家中，同意3位、不同意2位。
        """
    private static let projects = """
        项目名称\t申报部门\t申报金额（万元）\t审核金额（万元）\t综合等级\t评审结论
        音乐节\t文旅局\t386.00\t306.00\t优\t建议立项
        马拉松\t体育局\t460.00\t398.60\t良\t建议部分立项
        美食周\t商务局\t95.00\t76.00\t良\t建议部分立项
        灯会\t文旅局\t270.00\t0.00\t差\t建议暂缓
        推介会\t文旅局\t42.00\t38.50\t良\t建议立项
        按结论分：建议立项2个，审核金额344.50万元；建议部分立项2个，审核金额474.60万元；建议暂缓1个，申报金额270.00万元。
        建议立项的2个项目分别为音乐节和推介会。灯会建议暂缓。灯会未落实资金，评定为差。
        """
    private static let cells = """
        表1 2022—2024年执行情况
        年度\t预算数（万元）\t支出数（万元）\t执行率\t路况指数
        2022\t612.00\t598.45\t97.79%\t87.5
        2023\t655.00\t634.26\t96.83%\t88.9
        2024\t770.00\t750.00\t97.40%\t90.3
        2024年执行率为97.40%，路况指数由2022年的87.5提高到2024年的90.3，提高2.8。2025年执行率目标为98%。
        """
    private static let roads = """
        路线\t里程（公里）\t养护单价（万元/公里）\t经费（万元）
        甲线\t46.20\t3.00\t138.60
        乙线\t58.50\t2.70\t157.95
        丙线\t33.40\t2.60\t86.84
        合计\t138.10\t\t383.39
        养护路线总里程138.10公里，甲线养护单价最高，为3.00万元。里程最长的是乙线，为58.50公里，占42.36%。全县公路总里程1,250公里。
        """
    private static let fees = """
        序号\t费用名称\t送审金额\t审定金额\t核减金额
        1\t分部工程费\t4,101,082.00\t3,957,147.00\t143,935.00
        2\t措施费\t131,234.62\t98,928.68\t32,305.94
        3\t规费\t148,131.08\t113,570.12\t34,560.96
        一\t工程费小计\t4,380,447.70\t4,169,645.80\t210,801.90
        4\t管理费\t43,804.48\t33,357.17\t10,447.31
        措施费以分部工程费为基数，送审费率3.2%，审定费率2.5%，审定98,928.68元，核减32,305.94元。
        规费以上述两项费用之和为基数，费率由3.5%调整为2.8%，审定113,570.12元。
        管理费按工程费的0.8%计取，审定33,357.17元。首付款不超过合同额的30%，即不超过1,000.00元。
        """
    private static let reasons = """
        序号\t项目\t单位\t送审数量\t送审单价\t送审合价\t审定数量\t审定单价\t审定合价\t核减金额
        1\t闸门安装\t座\t38\t6,450.00\t245,100.00\t37\t6,450.00\t238,650.00\t6,450.00
        2\t混凝土衬砌\t㎡\t3,420\t586.00\t2,004,120.00\t3,366\t572.50\t1,927,035.00\t77,085.00
        合计\t\t\t\t\t2,249,220.00\t\t\t2,165,685.00\t83,535.00
        1、闸门安装：实际安装37座，比送审少1座，核减6,450.00元。
        2、混凝土衬砌：未扣除闸室段54㎡，按572.50元结算，高出13.50元，共核减77,085.00元。
        """

    private static let points = """
        一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
        产出指标\tA1养护里程\t≥200公里\t200公里\t30\t30
        产出指标\tA2处治长度\t≥7200米\t7012米\t30\t28.3
        效益指标\tB1绿化率\t≥96%\t94.8%\t20\t18
        效益指标\tB2健全性\t健全\t健全\t20\t20
        总分\t\t\t\t100\t96.3
        产出指标60分，得58.3分；效益指标40分，得38分。4项指标中，满分2项，扣分2项。A1养护里程得30分、B1绿化率得18分。满分60分，得58.3分，扣1.7分。产出指标58.3分、效益指标38分，综合得分96.3分。2024年绿化率得17分。
        """
    private static let aims = """
        绩效目标为：改善面积≥3,700亩，利用系数≥0.68，满意度≥90%。实际改善面积3,800亩，利用系数由0.52提高到0.71，满意度93.2%，3项目标全部实现。
        """
    private static let rates = """
        系统名称\t开发合同额（元）\t送审费率\t送审金额（元）\t审核费率\t审核金额（元）\t核减金额（元）
        政务平台\t4,860,000.00\t12%\t583,200.00\t8%\t388,800.00\t194,400.00
        档案系统\t1,840,000.00\t10%\t184,000.00\t8%\t147,200.00\t36,800.00
        租赁服务\t1,000,000.00\t15%\t150,000.00\t13.5%\t135,000.00\t15,000.00
        政务平台、档案系统按开发合同额的8%计取。
        租赁服务闲置率高，按送审金额的90%核定，审核135,000.00元。
        """
    private static let schools = """
        序号\t学校\t教学班（个）
        1\t一小\t42
        2\t三小\t36
        3\t北中\t54
        拟为一小等3所学校更新设备，惠及3所学校。2所学校已有设备，其中1所学校待修。全市共有4所学校，现有学校5所。全市共有26个班级。
        """
    private static let settled = """
        序号\t费用名称\t送审金额\t审定金额\t核减金额
        1\t工程费\t5,291,955.28\t5,017,185.47\t274,769.81
        2\t设计费\t168,000.00\t168,000.00\t0.00
        合计\t\t5,459,955.28\t5,185,185.47\t274,769.81
        安保费为5.14万元。审定总额大写：伍佰壹拾捌万伍仟壹佰捌拾伍元肆角柒分。
        同意按审定金额5,185,185.47元办理结算。不同意按送审金额办理。
        """

    static let cases: [(report: String, old: String, new: String, told: [String])] = [
        (levels, "优的2项", "优的3项", ["document/kinds-counted 6"]),
        (levels, "4项内容中", "5项内容中", ["document/kinds-counted 6"]),
        (levels, "2\t目标合理性\t良", "2\t目标合理性\t优", ["document/kinds-counted 6"]),
        (levels, "75.00%", "57.00%", ["document/kinds-counted 6"]),
        (levels, "规范性评为中", "规范性评为良", ["document/kind-stated 6"]),
        (opinions, "不同意1项", "不同意2项", ["document/kinds-counted 6"]),
        (opinions, "系统\t不同意", "系统\t同意", ["document/kinds-counted 6"]),
        (projects, "344.50万元", "354.50万元", ["document/kinds-counted 7"]),
        (projects, "建议暂缓1个", "建议暂缓2个", ["document/kinds-counted 7"]),
        (projects, "立项的2个项目", "立项的3个项目", ["document/kind-stated 8"]),
        (projects, "音乐节和推介会", "音乐节和美食周", ["document/kind-stated 8"]),
        (projects, "灯会建议暂缓", "灯会建议立项", ["document/kind-stated 8"]),
        (projects, "评定为差", "评定为良", ["document/kind-stated 8"]),
        (cells, "执行率为97.40%", "执行率为94.70%", ["document/cell-stated 6"]),
        (cells, "由2022年的87.5", "由2022年的85.7", ["document/cell-stated 6"]),
        (cells, "提高2.8。", "提高3.8。", ["document/cell-stated 6"]),
        (cells, "表1 2022—", "表1 2021—", ["document/year-sequence 2"]),
        (roads, "里程138.10公里，甲", "里程183.10公里，甲", ["document/cell-stated 6"]),
        (roads, "最高，为3.00", "最高，为3.50", ["document/extreme-differs 6"]),
        (roads, "为58.50公里，", "为55.80公里，", ["document/extreme-differs 6"]),
        (roads, "42.36%", "46.32%", ["document/extreme-differs 6"]),
        (roads, "最长的是乙线，为58.50公里，占42.36%", "最长的是甲线，为46.20公里，占33.45%", ["document/extreme-differs 6"]),
        (fees, "审定费率2.5%", "审定费率2.2%", ["document/fee-of-base 7"]),
        (fees, "送审费率3.2%", "送审费率3.5%", ["document/fee-of-base 7"]),
        (fees, "为2.8%", "为2.6%", ["document/fee-of-base 8"]),
        (fees, "的0.8%", "的1.0%", ["document/fee-of-base 9"]),
        (points, "60分，得58.3分；", "60分，得53.8分；", ["document/points-stated 7"]),
        (points, "效益指标40分", "效益指标50分", ["document/points-stated 7"]),
        (points, "满分2项", "满分3项", ["document/points-stated 7"]),
        (points, "B1绿化率得18分", "B1绿化率得17分", ["document/points-stated 7"]),
        (points, "扣1.7分", "扣2.7分", ["document/points-stated 7"]),
        (aims, "≥3,700亩", "≥3,900亩", ["document/reached-differs 1"]),
        (aims, "≥0.68", "≤0.68", ["document/reached-differs 1"]),
        (aims, "3项目标", "4项目标", ["document/reached-differs 1"]),
        (rates, "额的8%", "额的9%", ["document/fee-of-base 5"]),
        (rates, "的90%核定", "的80%核定", ["document/fee-of-base 6"]),
        (schools, "等3所", "等4所", ["document/rows-counted 5"]),
        (schools, "惠及3所", "惠及4所", ["document/rows-counted 5"]),
        (settled, "伍元肆角柒分", "伍元柒角肆分", ["document/amount-in-words 5"]),
        (settled, "。\n同意按", "。\n不同意按", ["document/stance-contradicts 6"]),
        (reasons, "少1座", "少2座", ["document/row-stated 5"]),
        (reasons, "核减6,450.00元。", "核减6,540.00元。", ["document/row-stated 5"]),
        (reasons, "段54㎡", "段45㎡", ["document/row-stated 6"]),
        (reasons, "高出13.50元", "高出15.30元", ["document/row-stated 6"]),
        (reasons, "按572.50元", "按527.50元", ["document/row-stated 6"]),
    ]

    @Test("a right text is silent, and one change of it is told", arguments: cases)
    func tells(_ report: String, _ old: String, _ new: String, _ told: [String]) async throws {
        #expect(try await audit(report) == [])
        #expect(report.contains(old))
        #expect(try await audit(report.replacing(old, with: new)) == told)
    }
}
