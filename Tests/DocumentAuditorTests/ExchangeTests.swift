import PluginKit
import ReviewModel
import Testing

@testable import document_auditor

/// Rows of a table of which one column has changed places, and rows that stand twice.
@Suite("Rows that have changed places")
struct ExchangeTests {
    private func audit(_ report: String) async throws -> [String] {
        let request = ScoringRequest(
            configuration: ["report": .text(report)],
            dossier: Dossier(fields: [:], tables: [])
        )
        return try await DocumentAuditor().score(request).findings.filter {
            $0.severity > .info && $0.rule != "document/no-table" && $0.rule != "document/unknown-amount"
        }.map {
            "\($0.rule) \($0.firstPlace) \($0.found)"
        }
    }

    private let rates = """
        镇\t计划亩数\t完成亩数\t完成率
        青石镇\t1,240\t1,117\t90.08%
        云台镇\t860\t823\t95.70%
        白塔镇\t1,530\t1,069\t69.87%
        双河镇\t990\t791\t79.90%
        合计\t4,620\t3,800\t82.25%
        """

    @Test("two rows whose amounts are exchanged are told as that, once")
    func rows() async throws {
        #expect(try await audit(rates) == [])
        let other = rates.replacing("1,240\t1,117", with: "1,240\t823").replacing("860\t823", with: "860\t1,117")
        #expect(try await audit(other) == ["document/table-relation 2 823"])
        // Two wrong amounts that no exchange makes right are no exchange.
        let wrong = rates.replacing("1,240\t1,117", with: "1,240\t1,217").replacing("860\t823", with: "860\t723")
        #expect(try await audit(wrong).allSatisfy { !$0.hasPrefix("document/table-relation") })
    }

    @Test("what is taken off in the only row that has it is no part of a sum")
    func takenOff() async throws {
        let table = """
            序号\t预算明细\t预算金额\t审核金额\t核减金额\t核增金额
            1\t河道保洁\t23,120.55\t22,120.45\t1,000.10\t-
            2\t水草打捞\t47,310.20\t45,109.75\t2,200.45\t-
            3\t护栏油漆\t18,900.00\t17,400.00\t1,500.00\t-
            4\t标牌更换\t12,000.00\t20,000.00\t-\t8,000.00
            合计\t101,330.75\t104,630.20\t4,700.55\t8,000.00
            """
        #expect(try await audit(table).filter { $0.hasPrefix("document/table-relation") } == [])
    }

    private let summary = """
        表1 评审汇总表（单位：元）
        费用名称\t送审金额\t评审金额\t核减金额
        开发费\t142,000.00\t100,000.00\t42,000.00
        设备费\t46,000.00\t39,300.00\t6,700.00
        监理费\t5,640.00\t3,525.00\t2,115.00
        合计\t193,640.00\t142,825.00\t50,815.00
        表2 分项汇总表（单位：元）
        费用名称\t送审金额\t评审金额\t核减金额
        甲\t12,000.00\t10,000.00\t2,000.00
        乙\t26,000.00\t19,300.00\t6,700.00
        丙\t8,000.00\t7,000.00\t1,000.00
        合计\t46,000.00\t36,300.00\t9,700.00
        """

    @Test("two requests of an audit table that are exchanged make neither what was approved nor the totals wrong")
    func requests() async throws {
        #expect(try await audit(summary) == [])
        let other = summary.replacing("甲\t12,000.00", with: "甲\t26,000.00").replacing(
            "乙\t26,000.00",
            with: "乙\t12,000.00"
        )
        #expect(try await audit(other) == ["document/table-sum 9 26,000.00"])
    }

    @Test("a doubled row of a table that nobody knows is told as that, not as totals that are wrong")
    func doubled() async throws {
        let report = """
            村\t总投资\t村民筹资\t社会捐赠
            坪子村\t82,400\t6,120\t
            箐口村\t91,350\t7,240\t
            大寨村\t74,900\t5,830\t3,000
            合计\t248,650\t19,190\t3,000
            """
        #expect(try await audit(report) == [])
        let twice = report.replacing("箐口村\t91,350\t7,240\t\n", with: "箐口村\t91,350\t7,240\t\n箐口村\t91,350\t7,240\t\n")
        #expect(try await audit(twice) == ["document/grid-sum 4 "])
    }

    @Test(
        "a total that is more than its rows in every column lacks a row, unless the table says that it has not all of them"
    )
    func excerpts() async throws {
        let rows = "乡镇\t户数\t人数\n青石镇\t120\t310\n云台镇\t86\t205\n白塔镇\t153\t402\n"
        let right = "表1 各乡镇情况表\n\(rows)合计\t359\t917"
        #expect(try await audit(right) == [])
        let lost = right.replacing("云台镇\t86\t205\n", with: "")
        #expect(try await audit(lost) == ["document/grid-sum 5 86"])
        #expect(try await audit(lost.replacing("表1 各乡镇", with: "表1 部分乡镇")) == [])
        #expect(try await audit(lost.replacing("合计\t", with: "略\t\t\n合计\t")) == [])
    }

    static let months = """
        月份\t1月\t2月\t3月\t4月\t合计
        当月支出\t120.50\t98.20\t143.75\t110.00\t472.45
        累计支出\t120.50\t218.70\t362.45\t472.45\t—
        累计执行率\t16.07%\t29.16%\t48.33%\t62.99%\t—
        """

    @Test(
        "rows that are a series are held against their total, their sums so far and their rates",
        arguments: [
            ("472.45\n累计", "427.45\n累计", "document/table-relation 2 427.45"),
            ("\t362.45\t", "\t326.45\t", "document/table-relation 3 326.45"),
            ("\t48.33%", "\t43.83%", "document/table-relation 4 43.83%"),
        ]
    )
    func series(old: String, new: String, told: String) async throws {
        #expect(try await audit(Self.months) == [])
        #expect(try await audit(Self.months.replacing(old, with: new)).first == told)
    }

    @Test("the unit of a table that nobody knows is held against the sentences")
    func unit() async throws {
        let report = """
            资金预算1,960,000.00元，其中省级1,234,500.00元。
            表2 资金到位情况表（单位：元）
            来源\t应到位\t到位时间\t到位
            省级\t1,234,500.00\t5月\t1,234,500.00
            县级\t725,500.00\t6月\t725,500.00
            合计\t1,960,000.00\t\t1,960,000.00
            """
        func found(_ report: String) async throws -> [String] {
            try await audit(report).filter { $0.hasPrefix("document/unit") }
        }
        #expect(try await found(report) == [])
        #expect(try await found(report.replacing("单位：元", with: "单位：万元")) == ["document/unit-differs 2 万元"])
    }

    @Test("two years and their total are a series")
    func years() async throws {
        let report = "年度\t2026年\t2027年\t合计\n安排金额\t104.25\t69.50\t173.75\n支付次数\t2\t1\t3"
        #expect(try await audit(report) == [])
        let found = try await audit(report.replacing("69.50", with: "70.50"))
        #expect(found.count == 1 && found[0].hasSuffix(" 173.75"))
    }
}
