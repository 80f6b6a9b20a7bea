import ReviewModel
import Testing

/// Right texts that were once accused, each with a change that makes it wrong where one can be told.
@Suite("Details of right reports")
struct RightDetailTests {
    private func told(_ report: String) async throws -> [String] {
        let others = [
            "document/no-table", "document/unknown-amount", "document/cited-title", "document/evidence-nowhere-else",
        ]
        let targets = ["target/execution-as-output", "target/unknown-level"]
        return try await HouseReview.findings(in: report).filter { finding in
            finding.severity >= .warning && !others.contains(finding.rule)
                && (["document/", "prose/"].contains(where: finding.rule.hasPrefix) || targets.contains(finding.rule))
        }.map { "\($0.rule): \($0.message.zh)" }
    }

    private static let assets = """
        类别\t数量\t原值（元）
        家具\t18\t148,800.00
        车辆\t4\t612,000.00
        设备\t5\t312,000.00
        """
    private static let schools = """
        学校\t学生\t费用（元）
        明德小学\t48.50\t360.00
        博文小学\t36.00\t320.00
        致远中学\t52.00\t380.00
        """
    private static let fees = """
        费用\t费率\t金额（元）
        建安工程费\t—\t6,820,000.00
        招标代理费\t0.5%\t34,100.00
        造价咨询费\t0.4%\t27,280.00
        """
    private static let words = """
        序号\t金额（元）\t大写
        1\t50,000.00\t伍万元整
        """

    /// Shares are of what was rounded to 万元.
    private static let sources = """
        表2 资金来源（单位：万元）
        来源\t金额\t占比
        中央补助\t120.00\t34.96%
        省级补助\t60.00\t17.48%
        县级财政\t130.18\t37.92%
        居民出资\t33.12\t9.65%
        合计\t343.30\t100.00%
        """
    private static let pair = """
        表1 申报明细表（单位：元）
        物资\t数量\t单价\t金额
        编织袋\t20,000\t1.80\t36,000.00
        救生衣\t300\t95.00\t28,500.00
        合计\t\t\t64,500.00

        表2 核定明细表（单位：元）
        物资\t数量\t单价\t金额
        编织袋\t20,000\t1.65\t33,000.00
        救生衣\t260\t95.00\t24,700.00
        合计\t\t\t57,700.00

        申报64,500.00元，核定57,700.00元。
        """
    private static let shirts = """
        表1 预算明细（单位：元）
        项目内容\t用途\t数量\t单价\t金额
        队员经费\t服装\t24\t1,200.00\t28,800.00
        宣传经费\t手册\t5,000\t4.00\t20,000.00
        合计\t\t\t\t48,800.00

        表2 审核表（单位：元）
        项目内容\t用途\t申报金额\t审核金额\t核减金额\t核减说明
        队员经费\t服装\t28,800.00\t24,000.00\t4,800.00\t单价调整为1,000元
        宣传经费\t手册\t20,000.00\t16,000.00\t4,000.00\t数量调整为4,000册
        合计\t\t48,800.00\t40,000.00\t8,800.00\t
        """
    private static let weighed = """
        维度\t权重\t得分（百分制）\t加权得分
        必要性\t20%\t90.00\t18.00
        可行性\t50%\t84.00\t42.00
        效益\t30%\t88.00\t26.40
        合计\t100%\t—\t86.40
        """
    private static let kinds = """
        序号\t支出内容\t经费（元）
        1\t人员经费\t486,000.00
        \t其中：社工岗位\t396,000.00
        \t其中：督导岗位\t90,000.00
        2\t活动经费\t128,500.00
        3\t办公费\t35,500.00
        \t合计\t650,000.00
        """
    private static let bands = "A级：90分及以上；B级：75分及以上、90分以下；C级：60分及以上、75分以下；D级：60分以下。综合得分90分，等级为A级。"

    private static let quarters = """
        季度\t计划\t实际\t完成计划
        第一季度\t1,258,000.00\t1,207,680.00\t96.00%
        第二季度\t1,509,600.00\t1,471,860.00\t97.50%
        第三季度\t1,209,600.00\t1,161,216.00\t96.00%
        """
    private static let reached = """
        指标\t目标值\t完成值
        适老化改造户数\t≥260户\t265户
        建档率\t≥98%\t99%
        """

    static let cases: [(right: String, old: String, new: String)] = [
        ("办结率由95.10%提高到98.45%，提高约3.4个百分点。", "约3.4个", "约4.3个"), (quarters, "", ""),
        (reached + "\n评价组抽查适老化改造53户，占改造总户数的20%。", "", ""),
        ("发放目标不少于4,800人，实际4,900人，超额完成100人，完成率102.08%。", "", ""),
        (sources, "34.96%", "39.46%"), (pair, "核定57,700.00元", "核定51,700.00元"),
        (shirts, "调整为1,000元", "调整为1,100元"), (weighed, "", ""), (kinds, "650,000.00", "656,000.00"),
        (bands, "90分及以上", "90分以上"),
        (assets + "\n原值最高的是车辆，为612,000.00元，其次是设备，为312,000.00元。", "为612,000.00元", "为621,000.00元"),
        (schools + "\n明德小学费用比博文小学高40.00元，比致远中学低20.00元。", "高40.00元", "高44.00元"),
        (fees + "\n招标代理费、造价咨询费分别按建安工程费的0.5%和0.4%计取。", "", ""),
        (words, "伍万元整", "伍万伍仟元整"),
        ("得分=9÷8×8=9分。", "", ""),
        ("费用：10人×每人6元×12月=720元。", "", ""),
        ("费用：10人×6元×12月=720元。", "720元", "702元"),
        ("设备6台，送审单价8.00元，审定单价7.00元，核减6.00元。", "", ""),
        ("实有42人（空编3人），其中在编39人、聘用3人。", "聘用3人", "聘用13人"),
        ("全年开展活动24场，取消2场，其中上半年10场、下半年14场。", "", ""),
        ("办公费为36.00万元，比上年增长20.00%；差旅费为18.00万元，比上年下降10.00%。", "", ""),
        ("土建36.00万元，占60.00%；安装18.00万元，占30.00%。", "", ""),
        ("受访者228人，满意的94人，占41.23%。", "41.23%", "42.13%"),
        (
            """
            三级指标\t目标值\t完成值
            预算执行率\t100%\t92.40%
            """, "", ""
        ),
        (
            """
            指标类型\t指标名称\t目标值
            数量\t里程\t8公里
            效益\t受害率\t≤9%
            成本\t补助标准\t≤9元
            """, "", ""
        ),
    ]

    @Test("a right detail is not accused, and its wrong neighbour is", arguments: cases)
    func right(_ right: String, _ old: String, _ new: String) async throws {
        let accusations = try await told(right)
        #expect(accusations == [])
        if old.isEmpty { return }
        #expect(right.contains(old))
        #expect(try await !told(right.replacing(old, with: new)).isEmpty, "\(new)")
    }
}
