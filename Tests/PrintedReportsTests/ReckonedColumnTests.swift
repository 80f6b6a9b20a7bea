import PrintedReports
import ReviewModel
import Testing

/// Audit tables under heads that no list of words has: what their columns reckon tells which is which.
@Suite("Columns of an audit table are known by what they reckon")
struct ReckonedColumnTests {
    @Test(
        "requested less cut is approved, under whatever heads",
        arguments: [
            // Whose amount it is in brackets behind it.
            "名称\t单位\t数量（申报）\t单价（申报）\t金额（申报）\t数量（审定）\t单价（审定）\t金额（审定）\t核减",
            "费用名称\t单位\t原报工程量\t原报综合单价\t原报合价\t核定工程量\t核定综合单价\t核定合价\t核减额",
            "名称\t单位\t送审预算\t\t\t审定预算\t\t\t审减金额\n\t\t工程量\t单价\t合价\t工程量\t单价\t合价\t",
            "名称\t单位\t报送\t\t\t财政评审\t\t\t审增（减）额\n\t\t数量\t单价\t费用\t数量\t单价\t费用\t",
            "名称\t单位\t申报数量\t申报单价\t申报费用\t评定数量\t评定单价\t评定费用\t调减情况",
        ]
    )
    func heads(head: String) throws {
        let text = """
            表1 预算审核明细表（单位：元）
            \(head)
            采集终端\t台\t4\t52,000\t208,000\t3\t52,000\t156,000\t52,000
            传输网关\t台\t2\t18,000\t36,000\t2\t16,500\t33,000\t3,000
            合计\t\t\t\t244,000\t\t\t189,000\t55,000

            申报244,000元，审定189,000元。
            """
        let table = try #require(ReportText(text).printedTables.mainAuditTable)
        #expect(table.auditLines.map(\.requested) == [208_000, 36_000])
        #expect(table.auditLines.map(\.approved) == [156_000, 33_000])
        #expect(table.auditLines.map(\.deducted) == [52_000, 3_000])
        #expect(table.auditTotal?.approved == 189_000 && table.auditTotal?.deducted == 55_000)
    }

    @Test("whose it is may stand beneath what it is, quantity and price likewise")
    func sidesBelow() throws {
        let text = """
            名称\t单位\t数量\t\t单价\t\t金额\t\t审减金额
            \t\t申报\t审定\t申报\t审定\t申报\t审定\t
            采集终端\t台\t4\t3\t52,000\t52,000\t208,000\t156,000\t52,000
            传输网关\t台\t2\t2\t18,000\t16,500\t36,000\t33,000\t3,000
            合计\t\t\t\t\t\t244,000\t189,000\t55,000
            """
        let tables = ReportText(text).printedTables
        #expect(tables.mainAuditTable?.auditLines.map(\.approved) == [156_000, 33_000])
        #expect(tables.first { $0.kind == .budget }?.budgetLines.map(\.quantity) == [4, 2])
    }

    @Test("minus before what was cut is a cut where requested less it is approved")
    func signs() throws {
        let text = """
            名称\t单位\t送审\t\t\t审定\t\t\t审增（减）
            \t\t数量\t单价\t金额\t数量\t单价\t金额\t
            采集终端\t台\t4\t52,000\t208,000\t3\t52,000\t156,000\t-52,000
            传输网关\t台\t2\t18,000\t36,000\t2\t19,500\t39,000\t3,000
            合计\t\t\t\t244,000\t\t\t195,000\t-49,000
            """
        let table = try #require(ReportText(text).printedTables.mainAuditTable)
        #expect(table.auditLines.map(\.deducted) == [52_000, -3_000])
        #expect(table.auditTotal?.deducted == 49_000)
    }

    @Test("a budget less what was spent leaves a rest in the same way, and is no audit")
    func rests() {
        let text = """
            名称\t数量\t单价\t预算金额\t实际支出\t结余
            采集终端\t4\t52,000\t208,000\t156,000\t52,000
            传输网关\t2\t18,000\t36,000\t33,000\t3,000
            合计\t\t\t244,000\t189,000\t55,000
            """
        #expect(ReportText(text).printedTables.mainAuditTable == nil)
    }

    @Test("a table whose heads nobody knows is the audit table only where sentences give its totals")
    func unknownHeads() {
        let table = """
            专项\t报送费用\t评定费用\t减少额
            数据治理\t208,000\t156,000\t52,000
            安全加固\t36,000\t33,000\t3,000
            合计\t244,000\t189,000\t55,000
            """
        #expect(ReportText(table).printedTables.mainAuditTable == nil)
        #expect(ReportText(table).unreadTables.count == 1)
        let told = ReportText(table + "\n\n报送244,000元，评定189,000元，减少55,000元。")
        #expect(told.printedTables.mainAuditTable?.auditTotal?.approved == 189_000)
        #expect(told.unreadTables.isEmpty)
    }

    @Test("of several audit tables the whole is the one whose totals sentences give, not the one with the most lines")
    func whole() throws {
        let text = """
            送审金额244,000元，审定金额189,000元，审减55,000元。

            表1 汇总
            费用名称\t送审金额\t审定金额\t审减金额
            硬件\t208,000\t156,000\t52,000
            软件\t36,000\t33,000\t3,000
            合计\t244,000\t189,000\t55,000

            表2 硬件
            费用名称\t送审金额\t审定金额\t审减金额
            采集终端\t100,000\t80,000\t20,000
            传输网关\t60,000\t46,000\t14,000
            交换设备\t30,000\t20,000\t10,000
            """
        let table = try #require(ReportText(text).printedTables.mainAuditTable)
        #expect(table.auditTotal?.requested == 244_000)
    }
}
