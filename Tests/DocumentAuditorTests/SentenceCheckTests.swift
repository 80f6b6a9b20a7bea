import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// Sentences of a report against their own dates, lists, signs and bands.
@Suite("A sentence against its own dates, lists and signs")
struct SentenceCheckTests {
    private func audit(_ report: String, _ organisations: Record = [:]) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: ["organisations": .record(organisations)], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter {
            $0.severity > .info && $0.rule != "document/no-table"
        }
        .map { "\($0.rule) \($0.found)" }
    }

    static let cases: [(String, String, String, [String])] = [
        // Lengths of time.
        ("公示期自2025年3月3日起至2025年3月9日止，共7天。", "共7天", "共9天", ["document/period-differs 9 天"]),
        ("完成时间由2025年12月31日前提前至2025年12月1日前，提前30天。", "30天", "20天", ["document/period-differs 20 天"]),
        ("设备约定2024年5月31日前交付，实际于2024年6月20日交付，延迟20天。", "20天", "30天", ["document/period-differs 30 天"]),
        ("2025年4月10日发布采购公告，2025年5月6日开标，公告至开标26日，符合不少于20日的规定。", "26日", "62日", ["document/period-differs 62 天"]),
        ("建设周期9个月，自2025年3月至2025年11月。", "9个月", "12个月", ["document/period-differs 12 个月"]),
        ("项目应于2025年5月开工，2025年10月底前完工，建设工期6个月。", "6个月", "8个月", ["document/period-differs 8 个月"]),
        ("工程于2023年6月20日竣工验收，质保金于缺陷责任期（24个月）满即2025年6月20日后返还。", "2025年", "2024年", ["document/period-differs 24 个月"]),
        (
            "我公司于2025年3月3日至2025年4月11日开展评审，其中：3月3日至3月7日制定方案，4月8日召开专家会。", "4月8日", "5月8日",
            ["document/date-order 2025年5月8日"]
        ),
        (
            "我公司于2025年3月3日至2025年4月11日开展评审，其中：3月10日至3月14日审核资料，4月8日召开专家会。", "3月14日", "3月4日",
            ["document/date-order 2025年3月4日"]
        ),
        (
            "我公司于2025年3月3日至2025年4月11日开展评审，经过三个阶段。其中：3月3日至3月7日制定方案，4月8日召开专家会。", "4月8日", "5月8日",
            ["document/date-order 2025年5月8日"]
        ),
        ("实施周期为2026年1月至2026年9月，共9个月。", "共9个月", "共8个月", ["document/period-differs 8 个月"]),
        ("实施周期为2026年1月至2026年9月，共9个月。", "至2026年9月", "至2026年10月", ["document/period-differs 9 个月"]),
        ("服务期为2026年1月1日至2026年12月31日，共12个月。", "12个月", "10个月", ["document/period-differs 10 个月"]),
        ("整治期为2025年3月15日至2025年9月15日，共6个月。", "6个月", "8个月", ["document/period-differs 8 个月"]),
        (
            "工程于2024年3月20日开工，2024年10月31日完工，2024年12月12日通过竣工验收。合同工期为240日历天，实际工期226日历天，提前14天完工。", "226", "236",
            ["document/period-differs 236 天"]
        ),
        (
            "工程于2024年3月20日开工，2024年10月31日完工，2024年12月12日通过竣工验收。合同工期为240日历天，实际工期226日历天，提前14天完工。", "提前14天", "提前24天",
            ["document/period-differs 24 天"]
        ),
        (
            "工程于2024年3月20日开工，2024年10月31日完工，2024年12月12日通过竣工验收。", "2024年12月12日", "2024年10月12日",
            ["document/date-order 2024年10月12日"]
        ),
        (
            "视频会议系统2024年5月20日验收，免费质保期3年，至2027年5月19日止。", "3年", "2年",
            ["document/period-differs 2027年5月19日"]
        ),
        (
            "工程于2024年12月12日通过竣工验收。按3%预留质量保证金，缺陷责任期2年，至2026年12月11日止。", "2026年", "2027年",
            ["document/period-differs 2027年12月11日"]
        ),
        ("投入经济性。本项分值20分，评估得分15.40分，得分率77.00%。", "15.40分", "16.40分", ["document/score-rate 77.00%"]),
        // Names before a numeral that counts them.
        ("设备共5类，分A、B、C三个采购包。", "三个", "四个", ["document/list-count 4"]),
        // Sums in signs.
        (
            "工作量为1200.50×7.00×1.10÷176＝52.52人月。", "52.52", "55.22",
            ["document/reason-reckons 1200.50×7.00×1.10÷176＝55.22人月"]
        ),
        (
            "需补贴资金1,080,000元（50×1,200×12＋100×300×12）。", "50×", "60×",
            ["document/reason-reckons 1080000元（60×1200×12＋100×300×12）"]
        ),
        ("按90%支付，即24万元×90%＝21.6万元。", "21.6", "26.1", ["document/reason-reckons 24万元×90%＝26.1万元"]),
        // Grades in bands.
        (
            "经评价，项目绩效得分85.0分，等级为“良”（90分（含）以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差）。", "“良”", "“优”",
            ["document/grade-differs 优"]
        ),
        (
            "评价结果分为四级：90（含）—100分为优，80（含）—90分为良，60（含）—80分为中，60分以下为差。\n经评价，部门整体支出绩效得分为88.2分，评价等级为“良”。", "“良”",
            "“优”", ["document/grade-differs 优"]
        ),
    ]

    /// Right texts beside those that are told.
    @Test(
        "terms and times that begin on other days are nobody's slip",
        arguments: [
            "2024年3月1日签订合同，服务期1年，至2025年3月31日止。",
            "质保期3年，至2027年5月19日止。设备2024年5月20日验收；另一批2024年6月1日验收。",
            "项目服务期自2025年3月至2026年3月，共12个月。",
            "工程2024年3月20日开工，2024年10月31日完工，实际工期225天。",
            "合同工期240天，实际工期260天，延期20天，系雨季停工所致。",
        ]
    )
    func rightTerms(_ report: String) async throws { #expect(try await audit(report) == []) }

    @Test("A right sentence is told nothing, one change of it is", arguments: cases)
    func tells(_ right: String, _ old: String, _ new: String, _ told: [String]) async throws {
        #expect(try await audit(right) == [])
        #expect(try await audit(right.replacing(old, with: new)) == told)
    }

    @Test(
        "What need not be so is left alone",
        arguments: [
            "项目于2024年6月开工，原计划2025年6月完工，因汛期延期至2025年10月完工，延期4个月。",
            "2025年1月签订合同，2026年3月验收，工期6个月。",
            "实施道路、桥梁、管网12项工程，涉及教育、卫生、水利5家单位。",
            "完善采购、验收和资金管理三个环节，从决策、过程、产出、效益四个维度评价。",
            "90—100分为优，80—89分为良，60—79分为中，60分以下为差。",
            "能耗按4人×50元/天×20天＝4,000元测算。",
        ]
    )
    func leavesAlone(_ text: String) async throws { #expect(try await audit(text) == []) }

    @Test(
        "A body of another place is told where the own place has the same; the party's committee is no part of a name"
    )
    func bodies() async throws {
        let report = """
            临澜县水利局申报的项目已完成评审。
            临澜县财政局对资料进行了复核，临澜县水利局补充了资料。
            评审意见报送青崖县财政局。
            """
        let own: Record = ["applicant": "临澜县水利局"]
        #expect(try await audit(report, own) == ["document/foreign-name 青崖县财政局"])
        #expect(try await audit(report.replacing("青崖", with: "临澜"), own) == [])
        let advice = report.replacing("评审意见报送青崖县财政局", with: "建议县财政局加强监管，经报县财政局同意后实施")
        #expect(try await audit(advice, own) == [])
        let party = "项目单位：中共临澜县委办公室\n受临澜县财政局委托，我公司对项目进行了评估。"
        #expect(try await audit(party, ["applicant": "中共临澜县委办公室"]) == [])
    }
}
