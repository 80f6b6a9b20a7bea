import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// What sentences say of rows, of all rows and of targets beside the tables that have them: wrong ones are told, right neighbours are not.
@Suite("What is said twice")
struct RowFactsTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: ["project": ["year": 2026]], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter {
            $0.severity > .info && $0.rule != "document/no-table" && $0.rule != "document/unknown-amount"
        }.map(\.rule)
    }

    private static let devices = """
        表1 设备审核表
        序号\t设备名称\t单位\t申报数量\t申报单价（元）\t申报金额（元）\t核定数量\t核定单价（元）\t核定金额（元）\t核减金额（元）
        1\t查询终端\t台\t14\t12,800.00\t179,200.00\t13\t11,500.00\t149,500.00\t29,700.00
        2\t借还设备\t套\t10\t36,500.00\t365,000.00\t9\t34,200.00\t307,800.00\t57,200.00
        3\t防盗通道\t组\t7\t21,500.00\t150,500.00\t7\t21,500.00\t150,500.00\t0.00
        4\t展示立柜\t组\t46\t3,200.00\t147,200.00\t40\t3,200.00\t128,000.00\t19,200.00
        \t合计\t\t\t\t841,900.00\t\t\t735,800.00\t106,100.00

        """
    private static let lamps = """
        表1 道路情况
        道路名称\t长度（公里）\t路灯（盏）
        中华路\t2.4\t86
        滨河路\t1.8\t64
        建设街\t1.5\t52
        学府路\t3.6\t118
        合计\t9.3\t320

        """
    private static let targets = """
        表1 绩效目标审核表
        指标\t单位\t上年值\t申报值\t核定值
        设备到位率\t%\t92\t≥95\t≥98
        年接待读者\t万人次\t38.5\t≥42\t≥45
        借还等候时间\t分钟\t6\t≤5\t≤3
        数字资源种类\t种\t24\t≥30\t≥30

        """

    @Test(
        "A price, a count or a change that a sentence gives a row is that of its row",
        arguments: [
            "查询终端申报16台，核定13台。", "查询终端。申报14台、核定14台。", "查询终端单价由12,600元调整为11,500元。",
            "防盗通道7组，单价21,600元，未作调整。", "防盗通道9组，单价21,500元。", "展示立柜按单价3,200万元计算。", "借还设备每套按34,300元核定。",
            "防盗通道。单价21,500元，已作调整。", "查询终端。单价11,500元，未作调整。", "展示立柜核定单价3,400元/组。", "查询终端未核减。", "防盗通道有核减。",
        ]
    ) func rows(sentence: String) async throws {
        #expect(try await audit(Self.devices + sentence) == ["document/row-stated"])
    }

    @Test(
        "Prices, counts and changes of something else are left alone",
        arguments: [
            "查询终端申报14台、核定13台，单价由12,800元调整为11,500元，每台降低1,300元。", "防盗通道7组，单价21,500元，未作调整。", "查询终端数量核减1台。",
            "一期已有查询终端3台。", "查询终端2台利旧。", "查询终端市场单价为11,000元至12,000元。", "查询终端每年维保费500元。",
            "查询终端，询价平均单价11,620元，中标单价11,480元/台。", "查询终端13台，其中立式5台。", "查询终端、借还设备20套。", "展示立柜单价未调整，数量核减6组。",
            "除查询终端外，防盗通道未作调整。", "防盗通道没有核减。", "未核减的有防盗通道。", "展示立柜46组中有6组与现有书架重复，核定40组。", "查询终端抽查5台，运行正常。",
            "查询终端共有2种型号，每种型号6台。",
            "借还设备上年单价33,000元。", "防盗通道予以认可。",
        ]
    ) func rowsOfOthers(sentence: String) async throws {
        #expect(try await audit(Self.devices + sentence) == [])
    }

    @Test(
        "Rows that were changed are counted and named as the table has them",
        arguments: [
            "4项设备中，2项有核减，2项未核减。", "4项设备中，3项有核减，2项未核减。", "单价下调的3项，数量调减的3项。", "4项设备均有核减。", "4项设备中2项有核减。",
            "单价下调的有2项，分别为查询终端和防盗通道。",
        ]
    ) func properties(sentence: String) async throws {
        #expect(try await audit(Self.devices + sentence).allSatisfy { $0 == "document/rows-counted" })
        #expect(try await audit(Self.devices + sentence) != [])
    }

    @Test(
        "Counts that are right, or of another year or table, are left alone",
        arguments: [
            "4项设备中，3项有核减，1项未核减；其中单价下调的2项，数量调减的3项。", "上年4项设备中，2项有核减。", "2024年4项支出中，1项有核减。", "5项服务中，4项有核减。",
            "单价下调的有2项，分别为查询终端和借还设备。", "抽查2项设备，均未发现问题。", "专家提出4项意见，采纳3项。",
        ]
    ) func otherProperties(sentence: String) async throws {
        #expect(try await audit(Self.devices + sentence) == [])
    }

    @Test(
        "A total, a count of rows and a count of a row stand in sentences as in the table",
        arguments: [
            ("改造路灯302盏。", "document/cell-stated"), ("项目涉及5条道路。", "document/cell-stated"),
            ("学府路改造路灯181盏。", "document/row-stated"),
            ("对中华路、滨河路、建设街、学府路5条道路进行改造。", "document/list-count"),
        ]
    ) func wholes(sentence: String, rule: String) async throws {
        #expect(try await audit(Self.lamps + sentence) == [rule])
    }

    @Test(
        "Other counts of the same things are left alone",
        arguments: [
            "改造路灯320盏，涉及4条道路。", "全区共有5条道路未改造。", "全区路灯3,302盏。", "2025年改造路灯302盏。", "其中改造路灯302盏。", "改造路灯320盏，另有路灯302盏移交。",
            "抽查路灯64盏，合格61盏。", "对中华路、滨河路2条道路进行抽查。", "学府路改造路灯118盏，新增路灯12盏。", "近三年已改造路灯302盏。",
        ]
    ) func otherWholes(sentence: String) async throws {
        #expect(try await audit(Self.lamps + sentence) == [])
    }

    @Test(
        "A bound that a sentence gives a target is one of its row and bounds the same way",
        arguments: [
            "年接待读者由不少于42万人次核定为不少于48万人次。", "借还等候时间由不超过5分钟调整为不低于3分钟。", "设备到位率核定为不低于97%。", "数字资源种类维持不少于36种。",
            "设备到位率核定为不低于95%。",
        ]
    ) func bounds(sentence: String) async throws {
        #expect(try await audit(Self.targets + sentence).contains("document/target-stated"))
    }

    @Test(
        "Bounds of others, of parts and of other times are left alone",
        arguments: [
            "年接待读者由不少于42万人次核定为不少于45万人次，高于上年的38.5万人次。", "借还等候时间由不超过5分钟调整为不超过3分钟。", "设备到位率国家标准不低于90%。",
            "设备到位率不低于80%的分馆可先行验收。", "第一季度设备到位率不低于50%。", "2025年设备到位率不低于90%。", "设备到位率提高3个百分点。", "数字资源种类不少于30种。",
        ]
    ) func otherBounds(sentence: String) async throws {
        #expect(try await audit(Self.targets + sentence) == [])
    }

    @Test("Who refuses grants nothing in the same sentence")
    func refusals() async throws {
        let report = Self.devices
        #expect(try await audit(report + "一、不同意阅读空间立项，建议安排资金735,800.00元。") == ["document/stance-contradicts"])
        #expect(try await audit(report + "不同意文旅局阅读空间项目按735,800.00元安排预算。") == ["document/stance-contradicts"])
        #expect(try await audit(report + "同意阅读空间立项，建议安排资金735,800.00元。不同意另行追加培训费。") == [])
    }

    private static let branches = """
        表1 分馆情况
        分馆名称\t阅读室（间）\t座位（个）\t现状等次
        城东分馆\t2\t1,850\tA
        城西分馆\t2\t1,420\tB
        湖滨分馆\t3\t2,260\tA
        老街分馆\t1\t780\tB
        大学城分馆\t3\t3,130\tA
        新港分馆\t1\t640\tC
        合计\t12\t10,080\t

        """

    @Test(
        "Rows that have one value of a column are counted and named as the table has them",
        arguments: [
            "现状等次为A的有4个，即城东分馆、湖滨分馆和大学城分馆。", "现状等次为B的有2个，分别为老街分馆和新港分馆。", "建设3间阅读室的分馆有3个，分别为湖滨分馆和大学城分馆。",
            "建设3间阅读室的分馆有2个，分别为湖滨分馆和城东分馆。",
        ]
    ) func values(sentence: String) async throws {
        let found = try await audit(Self.branches + sentence)
        #expect(
            !found.isEmpty
                && found.allSatisfy { $0.hasPrefix("document/rows-counted") || $0 == "document/kinds-counted" }
        )
    }

    @Test(
        "Other counts of rows, and lists that are right, are left alone",
        arguments: [
            "现状等次为A的有3个，即城东分馆、湖滨分馆和大学城分馆；为B的有2个，为C的有1个。", "建设3间阅读室的分馆有2个，分别为湖滨分馆和大学城分馆。", "建设3间以上阅读室的分馆有5个。",
            "上年等次为A的有5个。", "面积为大的有4个。",
        ]
    ) func otherValues(sentence: String) async throws {
        #expect(try await audit(Self.branches + sentence) == [])
    }

    private static func firms(_ last: String, _ between: String = "") -> String {
        """
        评审机构：县财政投资评审中心
        12月4日委托永信造价咨询有限公司协审，永信造价咨询有限公司于12月8日进场。
        \(between)
        协审单位：\(last)
        """
    }

    @Test("A firm bears one name, and who asks is the applicant")
    func names() async throws {
        #expect(try await audit(Self.firms("永兴造价咨询有限公司")) == ["document/label-differs"])
        #expect(try await audit(Self.firms("永信造价咨询有限公司")) == [])
        let works = "施工单位为江北明辉电力工程有限公司。10月20日与江北明辉电力工程有限公司核对。"
        #expect(try await audit(works + "督促江北明达电力工程有限公司整改。") == ["document/label-differs"])
        #expect(try await audit(works + "督促江北明辉电力工程有限公司整改。") == [])
        #expect(try await audit(Self.firms("永信造价咨询有限公司", "询价单位有华东造价咨询有限公司、华南造价咨询有限公司。")) == [])
        #expect(try await audit(Self.firms("永信造价咨询有限公司", "市第一建筑工程有限公司和市第二建筑工程有限公司报价。")) == [])
        #expect(try await audit(Self.firms("永信造价咨询有限公司", "施工单位为永信造价工程有限公司。")) == [])
    }

    private static let quotes = """
        表2 询价表
        报价单位\t清淤单价（元/m³）\t报价日期
        宏远疏浚公司\t45.80\t2025-12-08
        长江水建公司\t44.20\t2025-12-09
        南岭水利公司\t46.10\t2025-12-11

        """

    @Test("A price behind who quoted it is the one of its row")
    func quotes() async throws {
        #expect(try await audit(Self.quotes + "最低价为宏远疏浚公司的44.20元/m³。") == ["document/extreme-differs"])
        #expect(try await audit(Self.quotes + "最低价为长江水建公司的44.20元/m³，最高价为南岭水利公司的46.10元/m³。") == [])
        #expect(try await audit(Self.quotes + "长江水建公司的运距为12公里，上年合同单价43.00元/m³。") == [])
    }

    @Test("Some of what a column counts are not all of it")
    func qualified() async throws {
        let villages = """
            表2 处理站分村明细表
            行政村\t受益户数（户）\t处理站（座）
            上坪村\t412\t2
            下坪村\t368\t2
            大湾村\t295\t1
            梅岭村\t507\t4
            合计\t1,582\t9

            """
        #expect(try await audit(villages + "日处理20吨的处理站共7座，日处理40吨的处理站共2座。") == [])
        #expect(try await audit(villages + "处理站共7座。") == ["document/cell-stated"])
    }
}
