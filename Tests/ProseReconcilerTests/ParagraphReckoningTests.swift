import PrintedReports
import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("What numbers of a paragraph make of each other by words of the list")
struct ParagraphReckoningTests {
    /// What is wrong: `number ≠ what it should be`, with ⇅ where it goes the other way.
    private func wrong(_ text: String, _ words: ReportWords = .standard) throws -> [String] {
        let numbers = ProseScanner().scan(ProseText(text)).numbers
        return try ParagraphReckoning(ProseText(text), numbers, words).all().filter { !$0.agrees }.map { made in
            let number = numbers[made.number]
            return "\(number.phrase) ≠ \(number.printed(made.value))\(made.isOtherWay ? " ⇅" : "")"
        }
    }

    /// A right text, and one change of it with what is told then.
    static let cases: [(String, String, String, [String])] = [
        // Shares of what is named, of what 其中 stands behind, of their own sum.
        ("抽查合同 40 份，其中 6 份未约定工期，占合同总数的 15.00%。", "15.00%", "51.00%", ["51.00% ≠ 15.00%"]),
        ("中标价 1,250,000.00 元。建设单位已支付 1,000,000.00 元，占合同价的 80.00%。", "80.00%", "75.00%", ["75.00% ≠ 80.00%"]),
        ("完成造林 1,110 亩，为年度任务 1,200 亩的 92.50%。", "92.50%", "95.20%", ["95.20% ≠ 92.50%"]),
        ("安排资金 500 万元，其中省级 300 万元，占 60%；市级 75 万元，占 15%；县级 125 万元，占 25%。", "占 15%", "占 51%", ["51% ≠ 15.00%"]),
        ("安排资金 500 万元，其中省级 300 万元，占 60%；市级 75 万元，占 15%；县级 125 万元，占 25%。", "125 万元", "115 万元", ["25% ≠ 23.00%"]),
        ("设备类支出 620,400.00 元，占 62.04%；服务类支出 379,600.00 元，占 37.96%。", "37.96%", "39.76%", ["39.76% ≠ 37.96%"]),
        ("已下达 1,860,000 元，占 62.00%；本次下达 1,140,000 元，占 38.00%，合计 3,000,000 元。", "38.00%", "83.00%", ["83.00% ≠ 38.00%"]),
        ("合同 24 份，7 份未约定违约责任，占 29.17%。", "29.17%", "27.19%", ["27.19% ≠ 29.17%"]),
        // What words say outright: rates of a base, prices of so many, what is over a limit, means of so many heads.
        ("以审定建安费 1,287,140.00 元为基数，按 3.8% 计取，为 48,911.32 元。", "3.8%", "3.5%", ["48,911.32 元 ≠ 45,049.90 元"]),
        ("师资费按 72 学时、每学时 1,500 元申报，共 108,000 元。", "72 学时", "76 学时", ["108,000 元 ≠ 114,000.00 元"]),
        ("公用经费按每人 1.5 万元申报，申报人数 162 人，金额 243.00 万元。", "1.5 万元", "1.6 万元", ["243.00 万元 ≠ 259.20 万元"]),
        ("申报单价 93.00 万元，高于询价均价 72.50 万元，高出 20.50 万元。", "20.50", "25.20", ["25.20 万元 ≠ 20.50 万元"]),
        ("3 座冷链设施中有 2 座未办结用地手续，另 1 座已取得批复。", "另 1 座", "另 2 座", ["2 座 ≠ 1 座"]),
        ("培训校长 210 人，实际支出 79.80 万元，人均支出 3,800 元。", "3,800", "3,600", ["3,600 元 ≠ 3,800.00 元"]),
        // What is left, missing, denied.
        ("核查 160 人，其中信息准确 148 人，准确率 92.50%，不准确 12 人。", "12 人", "21 人", ["21 人 ≠ 12 人"]),
        ("6 项指标中，预计可完成 4 项，不能完成 2 项。", "2 项", "3 项", ["3 项 ≠ 2 项"]),
        ("现有档案 80,000 卷，已完成 30,000 卷，数字化率 37.50%；尚未数字化 50,000 卷。", "50,000", "55,000", ["55,000 卷 ≠ 50000 卷"]),
        ("15 个接口中已取得 9 个接口的文档，尚有 6 个未取得。", "6 个未", "5 个未", ["5 个 ≠ 6 个"]),
        ("应到位 120.00 万元，实际到位 95.00 万元，缺口 25.00 万元。", "25.00 万元", "25.00 元", ["25.00 元 ≠ 250,000.00 元"]),
        ("年度指标 90 间，预计全年完成 72 间，少完成 18 间。", "18 间", "81 间", ["81 间 ≠ 18 间"]),
        ("实际工期 300 日历天，比合同工期 310 日历天提前 10 天。", "10 天", "20 天", ["20 天 ≠ 10 天"]),
        // Flows.
        (
            "年初预算 400.00 万元，年中追加 50.00 万元、调减 20.00 万元，调整后预算 430.00 万元，预算调整率 7.50%。", "20.00", "30.00",
            ["430.00 万元 ≠ 420.00 万元"]
        ),
        ("年初预算 400.00 万元，年中追加 50.00 万元、调减 20.00 万元，调整后预算 430.00 万元，预算调整率 7.50%。", "7.50%", "5.70%", ["5.70% ≠ 7.50%"]),
        ("年初结转 80.00 万元，本年收入 500.00 万元，本年支出 460.00 万元，年末结转 120.00 万元。", "120.00", "210.00", ["210.00 万元 ≠ 120.00 万元"]),
        (
            "审定结算值 900,000.00 元，扣除质保金 27,000.00 元（按审定结算值的 3%预留）和已支付 600,000.00 元，尚应支付 273,000.00 元。", "273,000",
            "237,000", ["237,000.00 元 ≠ 273,000.00 元"]
        ),
        (
            "审定结算值 900,000.00 元，扣除质保金 27,000.00 元（按审定结算值的 3%预留）和已支付 600,000.00 元，尚应支付 273,000.00 元。", "3%", "5%",
            ["5% ≠ 3.00%"]
        ),
        // Changes.
        ("受益户数由 3,120 户更正为 3,210 户，增加 90 户。", "由 3,120 户更正为 3,210 户", "由 3,210 户更正为 3,120 户", ["90 户 ≠ -90 户 ⇅"]),
        ("单价由 9,800.00 元调整为 9,200.00 元，5 台核减 3,000.00 元。", "5 台", "6 台", ["3,000.00 元 ≠ 3,600.00 元"]),
        ("单价由每平方米 96 元调整为每平方米 90 元，700 平方米核减 4,200.00 元。", "4,200", "2,400", ["2,400.00 元 ≠ 4,200.00 元"]),
        ("资金 350 万元。资金规模较 2025 年的 280 万元增加 70 万元，增长 25.00%。", "25.00%", "52.00%", ["52.00% ≠ 25.00%"]),
        ("2025 年决算 32.50 万元。2024 年决算 50.00 万元，2025 年比上年减少 17.50 万元，下降 35.00%。", "减少", "增加", ["35.00% ≠ 35.00% ⇅"]),
        (
            "2025 年决算 32.50 万元。2024 年决算 50.00 万元，2025 年比上年减少 17.50 万元，下降 35.00%。", "35.00%", "53.00%",
            ["53.00% ≠ 35.00%"]
        ),
        (
            "调减预算 25.00 万元，其中网络 10.00 万元、场地 15.00 万元，由 300.00 万元调整为 275.00 万元。", "275.00", "257.00",
            ["257.00 万元 ≠ 275.00 万元"]
        ),
        ("6 月底前完成加工量 90.2 万页的 50%，即 45.1 万页。", "45.1", "46.0", ["46.0 万页 ≠ 451000 页"]),
        ("预算 20.00 万元，决算 18.00 万元，比预算节约 2.00 万元，控制率 90.00%。", "90.00%", "80.00%", ["80.00% ≠ 90.00%"]),
        ("墙面少计，核增 4,300.00 元；铺装少计，核增 4,700.00 元，两项合计核增 9,000.00 元。", "合计核增", "合计核减", ["9,000.00 元 ≠ 9,000.00 元 ⇅"]),
        ("执行率 58.20%，低于序时进度（66.67%）8.47 个百分点。", "8.47", "7.48", ["7.48 个百分点 ≠ 8.47%"]),
        ("执行率 58.20%，低于序时进度（66.67%）8.47 个百分点。", "低于", "高于", ["8.47 个百分点 ≠ -8.47% ⇅"]),
        ("应用服务器由 5 台调整为 4 台，核减 48,000.00 元。", "由 5 台调整为 4 台", "由 4 台调整为 5 台", ["48,000.00 元 ≠ 48,000.00 元 ⇅"]),
        // How many there are, and how many times as much.
        ("其余 3 项仅调整单价，分别核减 2,000.00 元、1,000.00 元、1,400.00 元。", "3 项", "4 项", ["4 项 ≠ 3 项"]),
        ("拟调减 3 个项目预算 25.00 万元，其中网络 10.00 万元、场地 13.00 万元、培训 2.00 万元。", "3 个", "2 个", ["2 个 ≠ 3 个"]),
        ("最多的是甲镇，480,000 元；最少的是乙乡，160,000 元，前者是后者的 3.00 倍。", "3.00", "2.00", ["2.00 ≠ 3"]),
        // Rates, prices, means, costs of one.
        ("测试费按软件开发费 800,000.00 元的 3%计取，为 24,000.00 元。", "24,000", "42,000", ["42,000.00 元 ≠ 24,000.00 元"]),
        ("6 月底前完成加工量 90.4 万页的 50%，即 45.2 万页。", "45.2", "42.5", ["42.5 万页 ≠ 452000 页"]),
        ("配电箱 24 台，每台核减 310 元，共核减 7,440.00 元。", "310", "130", ["7,440.00 元 ≠ 3,120.00 元"]),
        ("筹劳 1,500 个工日，按每个工日 90 元折算，折资 135,000.00 元。", "90 元", "60 元", ["135,000.00 元 ≠ 90,000.00 元"]),
        ("四个季度分别发放 40 万元、42 万元、44 万元、46 万元，平均每季度发放 43 万元。", "43 万元", "34 万元", ["34 万元 ≠ 43.00 万元"]),
        (
            "按建筑面积 2,000 平方米计算，审定造价 1,800,000.00 元，单方造价 900.00 元/平方米；按 240 名学生计算，生均造价 7,500.00 元。", "7,500.00",
            "5,700.00", ["5,700.00 元 ≠ 7,500.00 元"]
        ),
        ("权重分别为 50%、30%和 20%，对应额度为 100 万元、60 万元和 40 万元，共 200 万元。", "20%", "30%", ["30% ≠ 20.00%"]),
        ("权重分别为 50%、30%和 20%，对应额度为 100 万元、60 万元和 40 万元，共 200 万元。", "60 万", "66 万", ["66 万元 ≠ 60.00 万元"]),
        (
            "奖补资金 500,000.00 元由省、市、县按5:3:2承担，其中省级 250,000.00 元、市级 150,000.00 元、县级 100,000.00 元。", "5:3:2", "6:3:1",
            ["250,000.00 元 ≠ 300,000.00 元"]
        ),
    ]

    @Test("A right text is told nothing, one change of it what it should be", arguments: cases)
    func tells(_ right: String, _ old: String, _ new: String, _ told: [String]) throws {
        #expect(try wrong(right) == [])
        #expect(try wrong(right.replacing(old, with: new)) == told)
    }

    @Test(
        "What need not be so is left alone",
        arguments: [
            "购置电脑 20 台，每台 5,000 元，打印机 10 台，每台 2,000 元，共 120,000 元。",
            "运费 2,000 元，电脑 20 台，每台 5,000 元，共 102,000 元。",
            "以 1,000,000 元为基数，按 3% 计取，为 30,000 元；其余部分 500,000 元按 2% 计取，为 10,000 元。",
            "申请资金 300 万元，全县人口 50 万人，人均可支配收入 21,000 元。",
            "共 12 个项目，其中 8 个完成，另 2 个在建。",
            "项目总投资 800 万元，质保金为合同金额 200 万元的 5%。",
            "甲企业 300 万元，乙企业 100 万元，占比 25%。",
            "涉及资金 3,260 万元，占资金总额的 58.84%。",
            "回收 300 份，满意 260 份，不满意 5 份。",
            "应到位 120.00 万元，实际到位 95.00 万元，其中缺口 5.00 万元由县级补足。",
            "设备费 100 万元，占 50%；其他费用 60 万元，占其他资金的 30%。",
            "监理费按建安费 1,017,092.00 元的 3%计取，为 30,500 元。",
            "管道 2,140 米，单价由 68.40 元调整为 65.20 元，核减 6,848.00 元。",
            "年初预算 500 万元，支出 300 万元，调整后预算 520 万元。", "年初预算 500 万元，比上年增加 50 万元，调整后预算 620 万元。",
            "送审 100 台，审定 95 台，核减 8 台，核增 3 台。", "合同金额 286 万元，较控制价 300 万元节约 14 万元，节约率 4.67%。",
            "三年支出分别为 90 万元、95 万元、97 万元，平均执行率 96.2%。",
            "单价由 500 元调整为 450 元，数量由 10 台调整为 8 台，核减 1,400 元。",
        ]
    )
    func leavesAlone(_ text: String) throws { #expect(try wrong(text) == []) }

    @Test("A town's own words are those that count")
    func takesWords() throws {
        let log = DiagnosticLog()
        let words = ReportWords(ValueReader(["gap": ["欠口"]], log: log))
        let text = "应到位 120.00 万元，实际到位 95.00 万元，欠口 52.00 万元。"
        #expect(try wrong(text) == [])
        #expect(try wrong(text, words) == ["52.00 万元 ≠ 25.00 万元"])
    }
}

@Suite("Sums of parts that are listed in other ways")
struct ListedSumsTests {
    private func wrong(_ text: String) throws -> [String] {
        let numbers = ProseScanner().scan(ProseText(text)).numbers
        return try ListedSums.all(in: ParagraphReckoning(ProseText(text), numbers, .standard)).filter { !$0.agrees }.map
        { sum in
            "\(numbers[sum.total].phrase) ≠ \(numbers[sum.total].printed(sum.sum))"
        }
    }

    static let cases: [(String, String, String, [String])] = [
        ("其余项目分别核减 2,000.00 元、1,000.00 元、1,400.00 元，合计 4,400.00 元。", "1,400", "1,900", ["4,400.00 元 ≠ 4,900.00 元"]),
        ("三项核减 2,000.00 元、1,000.00 元、1,400.00 元，合计核减 4,400.00 元。", "1,400", "1,900", ["4,400.00 元 ≠ 4,900.00 元"]),
        (
            "服务器核减 7,000 元；存储由 4 台调整为 3 台，核减 50,000 元；密码机核减 8,000 元。三项合计核减 65,000 元。", "65,000", "56,000",
            ["56,000 元 ≠ 65,000.00 元"]
        ),
        ("投入类得 13.5 分，扣 1.5 分；过程类得 30.3 分，扣 4.7 分；产出类得 26.5 分，扣 3.5 分。共扣 9.7 分。", "9.7 分", "7.9 分", ["7.9 分 ≠ 9.7 分"]),
        ("很满意 50 人、较满意 30 人、一般 15 人、不满意 5 人，共调查 100 人。", "30 人", "20 人", ["100 人 ≠ 90 人"]),
        ("价格分 30 分、技术分 50 分、商务分 20 分，满分 100 分。", "50 分", "55 分", ["100 分 ≠ 105 分"]),
        ("价格分 30 分、技术分 40 分、商务分 30 分。其中技术分包括：参数 25 分、方案 15 分。", "15 分", "51 分", ["40 分 ≠ 76 分"]),
        ("项目得分 85.0 分。其中决策 18.5 分、管理 20.0 分、实施 16.0 分、结果 30.5 分（90 分以上为优）。", "16.0", "17.0", ["85.0 分 ≠ 86 分"]),
        ("收回问卷 200 份，回收率 95%。其中满意 150 份、一般 30 份、不满意 20 份。", "30 份", "33 份", ["200 份 ≠ 203 份"]),
        ("收回问卷 200 份，回收率 95%。其中满意 150 份、一般 30 份、不满意 20 份。", "30 份", "20 份", ["200 份 ≠ 190 份"]),
        (
            "调减预算 25.00 万元，其中网络 10.00 万元、场地 13.00 万元、培训 2.00 万元，由 300.00 万元调整为 275.00 万元。", "13.00", "31.00",
            ["25.00 万元 ≠ 43.00 万元"]
        ),
        (
            "奖补资金 500.00 万元由省、市、县承担，其中省级 300.00 万元、市级 150.00 万元、县级 50.00 万元。", "50.00 万元。", "40.00 万元。",
            ["500.00 万元 ≠ 490.00 万元"]
        ),
        ("对接省、市平台接口 20 个，其中省级 12 个、市级 8 个。", "12 个", "11 个", ["20 个 ≠ 19 个"]),
        ("技术参数 60 项，其中实质性条款 10 项、重要条款 15 项、一般条款 35 项。", "35 项", "25 项", ["60 项 ≠ 50 项"]),
        ("全县 14 个乡镇（10 个镇、4 个乡）。", "14 个", "15 个", ["15 个 ≠ 14 个"]),
    ]

    @Test("A right text is told nothing, one change of it what the parts make", arguments: cases)
    func tells(_ right: String, _ old: String, _ new: String, _ told: [String]) throws {
        #expect(try wrong(right) == [])
        #expect(try wrong(right.replacing(old, with: new)) == told)
    }

    @Test(
        "Parts that need not be all, or are of something else, are left alone",
        arguments: [
            "评定企业 30 家，其中国家级 1 家、省级 5 家。",
            "全年培训 580 人次，平均每期 48 人。其中党员 300 人、干部 200 人。",
            "发现问题 12 个，其中管理类 5 个、资金类 4 个等。",
            "过程扣 3.5 分，其中制度扣 1.5 分、支付扣 2 分。产出扣 2 分。共扣 5.5 分。",
            "蒸箱 2 台，每台调减 2,100 元，计 4,200 元；洗碗机按最低价核定，调减 8,000 元。两项合计调减 12,200 元。",
            "水管 3 处、电路 4 处、门窗 2 处，共排查 100 处。",
            "送审 90 万元，审定 80 万元。其中第一标段送审 50 万元、审定 45 万元；第二标段送审 40 万元、审定 35 万元。",
            "三年支出分别增长 5 万元、6 万元、7 万元，合计支出 300 万元。",
        ]
    )
    func leavesAlone(_ text: String) throws { #expect(try wrong(text) == []) }
}

@Suite("What numbers of English sentences make of each other")
struct EnglishRelationTests {
    private func wrong(_ text: String) throws -> [String] {
        let numbers = ProseScanner().scan(ProseText(text)).numbers
        return try EnglishRelations(ProseText(text), numbers, .standard).all().filter { !$0.agrees }.map { made in
            "\(numbers[made.number].phrase)\(made.isOtherWay ? " ⇅" : "")"
        }
    }

    static let cases: [(String, String, String, [String])] = [
        (
            "Coverage was 74.0 percent, 8.5 percentage points below the regional average of 82.5 percent.", "8.5",
            "5.8", ["5.8"]
        ),
        (
            "Coverage was 74.0 percent, 8.5 percentage points below the regional average of 82.5 percent.", "below",
            "above", ["8.5 ⇅"]
        ),
        (
            "Losses will fall from 36.0 percent to 21.0 percent, a reduction of 15.0 percentage points.", "15.0",
            "10.5", ["10.5"]
        ),
        (
            "Enrolment rose from 1,200 to 1,380, an increase of 180, or 15.0 percent.", "180", "108",
            ["108"]
        ),
        (
            "The project installs 5,000 meters at an average cost of US$60 each, i.e. US$0.30 million.", "US$60",
            "US$80", ["$0.30 million"]
        ),
        ("The return is 12.0 percent, above the discount rate of 6 percent.", "above", "below", ["6 percent ⇅"]),
        (
            "Towns requested RMB 500,000 for 2026; after review, RMB 450,000 is recommended, a reduction of RMB 50,000 or 10.0 percent. The 2025 grant was RMB 400,000, so the recommended amount is an increase of 12.5 percent over 2025.",
            "RMB 50,000 or", "RMB 55,000 or", ["RMB 55,000", "10.0 percent"]
        ),
        (
            "Towns requested RMB 500,000 for 2026; after review, RMB 450,000 is recommended, a reduction of RMB 50,000 or 10.0 percent. The 2025 grant was RMB 400,000, so the recommended amount is an increase of 12.5 percent over 2025.",
            "an increase of 12.5", "a decrease of 12.5", ["12.5 percent ⇅"]
        ),
    ]

    @Test("A right sentence is told nothing, one change of it is", arguments: cases)
    func tells(_ right: String, _ old: String, _ new: String, _ told: [String]) throws {
        #expect(try wrong(right) == [])
        let found = try wrong(right.replacing(old, with: new))
        #expect(found == told)
    }

    @Test("What stands behind a price is the next thing where nothing calls it the whole")
    func nextThing() throws {
        #expect(try wrong("It asks for 960,000 for vehicles (8 at 120,000 each), 180,000 for attachments.") == [])
        #expect(try wrong("It asks for 8 vehicles at US$120,000 each, US$180,000 for attachments.") == [])
    }

    @Test(
        "Targets and suppositions are left alone",
        arguments: [
            "Target: 95 percent of samples pass; 1,862 of 1,940 samples passed (96.0 percent), 1.0 percentage point above target.",
            "If costs increase by 10 percent, the return falls to 11.3 percent; if benefits fall by 10 percent, it falls to 11.0 percent.",
        ]
    )
    func leavesAlone(_ text: String) throws { #expect(try wrong(text) == []) }
}
