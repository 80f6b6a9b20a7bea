import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// Sentences that reckon with their own numbers, and days in the course of a paragraph.
@Suite("A change beside its two numbers, a length behind its span, and the course of days")
struct ChangesOfSentencesTests {
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

    private static let course =
        "2025年9月12日收到申报材料，9月16日至9月19日对6所学校现场踏勘，历时4天；9月25日召开专家论证会；10月10日征求意见，10月15日书面反馈。"
    private static let term = "工程质量保修期2年，自2027年5月15日起至2029年5月14日止。"

    static let cases: [(String, String, String, [String])] = [
        ("单价由1,650元降至1,580元，降低70元，降幅4.24%。", "低70元", "低60元", ["document/reason-reckons 降低60元"]),
        ("单价由1,650元降至1,580元，降低70元，降幅4.24%。", "4.24%", "4.42%", ["document/reason-reckons 降幅4.42%"]),
        ("能力由每秒320立方米降至每秒240立方米，下降25%。", "降至", "升至", ["document/reason-reckons 320立方米升至每秒240立方米"]),
        ("申请工作量160人月，核定145人月，调减15人月。", "减15", "减16", ["document/reason-reckons 调减16人"]),
        ("目标为不低于95%，比上年实际97.5%低2.5个百分点。", "低2.5", "低3.5", ["document/reason-reckons 低3.5个百分点"]),
        ("目标为不低于95%，比上年实际97.5%低2.5个百分点。", "97.5%低", "97.5%高", ["document/reason-reckons 高2.5"]),
        (course, "历时4天", "历时5天", ["document/period-differs 5 天"]),
        (course, "9月25日", "9月15日", ["document/date-order 2025年9月15日"]),
        (course, "10月15日", "10月5日", ["document/date-order 2025年10月5日"]),
        ("12月8日询价，2025年12月15日至12月17日现场复测3天。", "3天", "5天", ["document/period-differs 5 天"]),
        (term, "2年", "3年", ["document/period-differs 2029年5月14日"]),
        (term, "2029年", "2028年", ["document/period-differs 2028年5月14日"]),
    ]

    @Test("A right sentence is told nothing, one change of it is", arguments: cases)
    func tells(_ right: String, _ old: String, _ new: String, _ told: [String]) async throws {
        #expect(try await audit(right) == [])
        #expect(try await audit(right.replacing(old, with: new)) == told)
    }

    @Test(
        "What need not be so is left alone",
        arguments: [
            "每座由86,000元调整为82,000元，减少28,000元。",
            "单价由420元降为350元，36块减少2,520元。",
            "培训由3场调整为2场，每场缩短2小时。",
            "参训率95%，比上年97.5%的水平有所下降，投诉减少3件。",
            "2025年3月1日至3月31日现场工作12天。",
            "于2025年9月8日至10月24日开展评估，9月12日收到材料，9月16日进场，10月10日征求意见，10月15日反馈。",
            "2025年9月12日收到材料，9月16日进场（依据9月10日印发的通知），10月10日征求意见，10月15日反馈。",
            "2025年4月1日印发办法。2025年9月12日收到材料，10月10日征求意见，10月15日反馈。",
            "本项目综合得分87.0分。综合得分90分（含）以上的为“支持”，80分（含）至90分的为“调整”，80分以下的为“不予支持”。",
        ]
    )
    func leavesAlone(_ text: String) async throws { #expect(try await audit(text) == []) }

    @Test("受贵局委托 speaks to the client, 受青石县水利局委托 names another one")
    func addressee() async throws {
        let own: Record = ["client": "青石县财政局", "agency": "江州诚和会计师事务所"]
        let report = "受贵局委托，江州诚和会计师事务所对项目开展了评估。"
        #expect(try await audit(report, own) == [])
        #expect(
            try await audit(report.replacing("贵局", with: "青石县水利局"), own) == ["document/label-differs 青石县水利局"]
        )
    }
}
