/// Changes of reports of other houses, one at a time: of what no spec of our own can hold.
enum HouseMutations {
    struct Change: Sendable {
        var kind: String
        var house: String
        var old: String
        var new: String
    }

    static var all: [Change] {
        kinds.flatMap { kind, changes in
            changes.map { Change(kind: kind, house: $0.0, old: $0.1, new: $0.2) }
        }
    }

    private static let kinds: [(String, [(String, String, String)])] = [
        (
            "what the report grants",
            [
                ("hospital", "同意安排项目预算", "不同意安排项目预算"), ("hospital", "建议予以支持", "建议不予支持"),
                ("teachers", "。同意安排2026年", "。建议暂缓安排2026年"), ("archives", "建议2026年安排预算", "建议2026年不安排预算"),
                ("meals", "。建议安排2026年", "。不建议安排2026年"),
            ]
        ),
        (
            "a verdict against its bands",
            [
                ("meals", "结论为“建议安排”", "结论为“不建议安排”"), ("meals", "结论为“建议安排”", "结论为“调整后安排”"),
                ("meals", "结论为“建议安排”", "结论为“暂缓安排”"),
            ]
        ),
        (
            "a grade",
            [
                ("hospital", "评审等级为“良”", "评审等级为“差”"), ("waterworks", "自评等级为“优”", "自评等级为“差”"),
                ("roads", "评审等级为“优”", "评审等级为“中”"),
            ]
        ),
        (
            "a rate of points",
            [
                ("hospital", "得分率90.00%", "得分率80.00%"), ("archives", "\t15\t75.00%", "\t15\t57.00%"),
                ("archives", "最高的是立项必要性", "最低的是立项必要性"),
            ]
        ),
        (
            "points of a self-evaluation",
            [
                ("waterworks", "15\t12.5\t两处", "15\t15\t两处"), ("elders", "15\t14\t两家", "15\t15\t两家"),
            ]
        ),
        (
            "the date of a target",
            [
                ("hospital", "安装完成时间\t2026年11月30日前", "安装完成时间\t2025年11月30日前"),
                ("teachers", "| 2026年11月 |", "| 2025年11月 |"), ("roads", "完工时间\t2026年10月31日前", "完工时间\t2026年1月31日前"),
                ("waterworks", "底前\t2024年12月20日", "底前\t2025年12月20日"),
            ]
        ),
        (
            "a year, and who commissioned",
            [
                ("platform", "实施期为2026年1月至2026年12月", "实施期为2025年1月至2025年12月"),
                ("platform", "受枫港市财政局委托", "受枫港市水利局委托"), ("platform", "2024年\t530", "2022年\t530"),
            ]
        ),
        (
            "a name of another place",
            [
                ("platform", "枫港市审计局、", "枫江市审计局、"),
                ("hospital", "，临澜县卫生健康局于2025年", "，青崖县卫生健康局于2025年"), ("waterworks", "覆盖梧溪县12", "覆盖枫浦县12"),
                ("archives", "受砚川区财政局委托", "受墨河区财政局委托"), ("roads", "受岚溪县财政局委托", "受岚阳县财政局委托"),
                ("meals", "对澄州区教育局", "对澄江区教育局"),
            ]
        ),
        (
            "the firm that reviewed",
            [
                ("roads", "衡达工程咨询有限公司\n2025", "恒达工程咨询有限公司\n2025"), ("meals", "\n融信会计师事务所\n2025", "\n融诚会计师事务所\n2025"),
            ]
        ),
        (
            "the project's name in a title",
            [
                ("hospital", "临澜县人民医院医疗设备购置项目2026年度", "临澜县人民医院医疗设备更新项目2026年度")
            ]
        ),
        (
            "a total that sums up nothing",
            [
                ("archives", "合计\t312.00\t285.60\t26.40\t", "合计\t\t\t\t"), ("hospital", "合计\t100\t87.2\t", "合计\t\t\t"),
            ]
        ),
        (
            "a number that nobody rounded",
            [
                ("roads", "执行率96.00%", "执行率95.99999999999999%"), ("hospital", "占41.46%", "占41.46341463414634%"),
            ]
        ),
        (
            "a word that compares",
            [
                ("hospital", "高于全县平均", "低于全县平均"), ("teachers", "95.00%，低于2023年的96.80%", "95.00%，高于2023年的96.80%"),
                ("waterworks", "超过目标值60公里", "未达到目标值60公里"), ("elders", "88%，低于目标值90%", "88%，高于目标值90%"),
                ("archives", "低于申报单价18元", "高于申报单价18元"),
            ]
        ),
        (
            "a day that is none",
            [
                ("roads", "至2026年10月31日止", "至2026年11月31日止"), ("meals", "2026年1月31日前", "2026年2月30日前"),
                ("elders", "填报日期：2026年2月10日", "填报日期：2026年2月30日"),
            ]
        ),
        (
            "the date of the report on its cover",
            [
                ("roads", "出具日期：2025年11月20日", "出具日期：2025年12月20日")
            ]
        ),
        (
            "a bound in a sentence",
            [
                ("roads", "受益村庄不少于18个", "受益村庄不多于18个"), ("roads", "满意度不低于90%", "满意度不高于90%"),
                ("meals", "满意度不低于92%", "满意度不高于92%"),
            ]
        ),
        (
            "a table of shares",
            [
                ("roads", "1,200.00\t54.62%", "1,200.00\t56.42%"), ("roads", "997.10\t45", "979.10\t45"),
                ("roads", "合计\t2,197.10\t100", "合计\t2,179.10\t100"),
            ]
        ),
        (
            "a cut that a sentence denies",
            [
                ("roads", "数量与图纸一致，不予审减", "数量与图纸一致，予以审减")
            ]
        ),
        (
            "a share with its amount",
            [
                ("roads", "即1,274.52万元", "即1,247.52万元"), ("roads", "即849.68万元", "即894.68万元"),
            ]
        ),
        (
            "tables of parts, and of other levels",
            [
                ("platform", "18\t540.00\t12", "16\t540.00\t12"), ("platform", "120\t95.00\t2", "120\t59.00\t2"),
                ("platform", "70,320.00\t70,080.00\t240.00\t0.34%\n\n", "70,320.00\t70,080.00\t420.00\t0.34%\n\n"),
                ("platform", "1\t云资源租用\t195,840.00", "1\t云资源租用\t198,540.00"),
                ("platform", "项目申报266,160.00元，核定", "项目申报261,660.00元，核定"),
                ("stoves", "2\t台\t5,200.00", "2\t台\t5,800.00"),
                ("stoves", "13,400.00\t-800.00", "14,300.00\t-800.00"),
                ("stoves", "31,700.00\t900.00", "31,700.00\t-900.00"),
            ]
        ),
        (
            "counts with their rate",
            [
                ("platform", "办结122,608件", "办结126,208件"), ("platform", "完成率75.00%", "完成率57.00%"),
                ("stoves", "增长8.70%", "增长7.80%"),
            ]
        ),
        (
            "totals of paragraphs",
            [
                ("meals", "申请2026年营养改善计划资金2,648", "申请2026年营养改善计划资金2,684"), ("meals", "计划资金2,596.00", "计划资金2,569.00"),
                ("meals", "核减16.00", "核减61.00"), ("meals", "增加168.00", "增加186.00"), ("meals", "增长6.77%", "增长7.67%"),
            ]
        ),
        (
            "a target before and after the review",
            [
                ("flood", "由不低于95%调整为100%", "由不低于90%调整为100%"), ("flood", "≥85% | ≥90%", "≥85% | ≥92%"),
                ("flood", "≤15分钟 | ≤10分钟", "≤15分钟 | ≥10分钟"), ("flood", "≤530.00万元", "≤503.00万元"),
                ("culture", "由85%提高到88%", "由85%提高到90%"), ("farming", "450亩\t400亩", "450亩\t420亩"),
                ("property", "调整为≤2,854,390.90元", "调整为≤2,845,390.90元"),
                ("supply", "≥85% | ≥90%", "≥80% | ≥90%"), ("classrooms", "≥1,080人 |", "≥1,800人 |"),
                ("flood", "60处 | 60处", "60处 | 66处"),
            ]
        ),
        (
            "a verdict in words of the house",
            [
                ("flood", "评估结论为“调整后支持”", "评估结论为“建议支持”"), ("property", "评审等级为“良好”", "评审等级为“优秀”"),
                ("culture", "该部门为B档", "该部门为A档"), ("principals", "项目部分可行", "项目可行"),
                ("classrooms", "本项目等次为“较好”", "本项目等次为“一般”"), ("farming", "本项目总体等级为“良”", "本项目总体等级为“中”"),
                ("recovery", "等级为良", "等级为优"),
            ]
        ),
        (
            "a fee by its rate, a price by its count",
            [
                ("property", "人员工资×26%", "人员工资×25%"), ("property", "6台×9,600元", "8台×9,600元"),
                ("property", "元的26%计算", "元的25%计算"), ("property", "税率6%，税额", "税率3%，税额"),
                ("classrooms", "按3.8%计取", "按3.5%计取"), ("principals", "每学时1,500元申报", "每学时1,600元申报"),
                ("principals", "合计300人天", "合计360人天"), ("culture", "定额标准每人1.5万元", "定额标准每人1.6万元"),
                ("classrooms", "设计费 | 4.5%", "设计费 | 5.4%"),
            ]
        ),
        (
            "why an amount was cut",
            [
                ("flood", "中标价1.25万元核定", "中标价1.15万元核定"), ("flood", "核减22人月", "核减20人月"),
                ("property", "由3,900元调整为3,750元", "由3,900元调整为3,650元"), ("farming", "每场14万元核定", "每场15万元核定"),
                ("classrooms", "工程量核减170平方米", "工程量核减190平方米"), ("property", "工程维修员核定4人", "工程维修员核定3人"),
                ("culture", "每场4万元", "每场5万元"),
            ]
        ),
        (
            "points given and lost",
            [
                ("flood", "立项必要性得18.5分", "立项必要性得19.5分"), ("culture", "，扣17分", "，扣18分"),
                ("culture", "扣分最多的是预算编制", "扣分最多的是绩效管理"), ("principals", "四项合计84分", "四项合计86分"),
                ("principals", "组织实施满分20分", "组织实施满分25分"), ("recovery", "预算编制扣4分", "预算编制扣3分"),
            ]
        ),
        (
            "differences, rates and shares of a sentence",
            [
                ("flood", "高出20.50万元", "高出25.20万元"), ("flood", "占41.23%", "占42.13%"),
                ("flood", "核减率22.79%", "核减率22.97%"),
                ("culture", "增加155.00万元", "增加115.00万元"), ("culture", "增长28.39%", "增长29.38%"),
                ("farming", "增加100.00万元", "增加110.00万元"), ("principals", "人均支出3,800元", "人均支出3,600元"),
                ("farming", "另1座", "另2座"), ("property", "每平方米每月7.34元", "每平方米每月7.43元"),
            ]
        ),
        (
            "the number of a heading",
            [
                ("flood", "四、问题与建议", "五、问题与建议"), ("property", "3.4 绩效评价指标", "3.5 绩效评价指标"),
                ("farming", "第四部分", "第五部分"),
            ]
        ),
    ]
}
