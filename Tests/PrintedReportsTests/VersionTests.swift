import ReviewModel
import Testing

@testable import PrintedReports

/// Tables that say two versions of the same lines, and tables of sections.
@Suite("Versions and sections of tables")
struct VersionTests {
    @Test("two rows of a line, 送审 above 审定, are one; other rows that turn are not")
    func rows() throws {
        let text = """
            内容\t版本\t数量\t单价\t金额
            渠道\t送审\t12\t18,000.00\t216,000.00
            \t审定\t12\t17,100.00\t205,200.00
            闸门\t送审\t6\t15,000.00\t90,000.00
            \t审定\t6\t14,250.00\t85,500.00
            合计\t送审\t\t\t306,000.00
            \t审定\t\t\t290,700.00
            """
        let tables = ReportText(text).printedTables
        let audit = try #require(tables.mainAuditTable)
        #expect(audit.auditLines.map(\.name) == ["渠道", "闸门"])
        #expect(audit.auditLines.map(\.requested) == [216_000, 90_000])
        #expect(audit.auditLines.map(\.approved) == [205_200, 85_500])
        #expect(audit.auditTotal?.approved == 290_700)
        let seasons = text.replacing("送审", with: "上半年").replacing("审定", with: "下半年")
        #expect(ReportText(seasons).printedTables.mainAuditTable == nil)
    }

    @Test("a table of what was asked for and one of what was granted are an audit table")
    func pair() throws {
        func text(_ first: String, _ second: String) -> String {
            """
            表1 \(first)（单位：元）
            物资\t数量\t单价\t金额
            编织袋\t20,000\t1.80\t36,000.00
            救生衣\t300\t95.00\t28,500.00
            合计\t\t\t64,500.00

            表2 \(second)（单位：元）
            物资\t数量\t单价\t金额
            编织袋\t20,000\t1.65\t33,000.00
            救生衣\t260\t95.00\t24,700.00
            合计\t\t\t57,700.00
            """
        }
        let tables = ReportText(text("申报明细表", "核定明细表")).printedTables
        #expect(tables.mainAuditTable?.auditLines.map(\.approved) == [33_000, 24_700])
        #expect(tables.mainAuditTable?.auditTotal?.requested == 64_500)
        #expect(tables.count { $0.kind == .budget } == 2)
        #expect(ReportText(text("甲仓库明细表", "乙仓库明细表")).printedTables.mainAuditTable == nil)
        let other = text("申报明细表", "核定明细表").replacing("救生衣\t260", with: "救生圈\t260")
        #expect(ReportText(other).printedTables.mainAuditTable == nil)
    }

    @Test("audit tables of sections are one where sentences say what they come to")
    func sections() {
        func table(_ name: String, _ a: String, _ b: String) -> String {
            "\n\n\(name)（单位：元）\n项目内容\t申报金额\t审核金额\t核减金额\n\(a)\n\(b)\n合计\t100.00\t90.00\t10.00"
        }
        let tables =
            table("表1 甲部分", "桌\t60.00\t50.00\t10.00", "椅\t40.00\t40.00\t0.00")
            + table("表2 乙部分", "灯\t70.00\t70.00\t0.00", "窗\t30.00\t20.00\t10.00")
        let said = ReportText("申报200.00元，审核180.00元。" + tables).printedTables.mainAuditTable
        #expect(said?.auditLines.map(\.name) == ["桌", "椅", "灯", "窗"] && said?.auditTotal == nil)
        let whole = ReportText(tables.replacing("合计", with: "小计") + "\n总计\t200.00\t180.00\t20.00").printedTables
        #expect(whole.mainAuditTable?.auditLines.count == 4 && whole.mainAuditTable?.auditTotal?.approved == 180)
        let other = ReportText("申报100.00元，审核90.00元。" + tables).printedTables.mainAuditTable
        #expect(other?.auditLines.map(\.name) == ["桌", "椅"] && other?.auditTotal?.approved == 90)
    }

    @Test(
        "years are those of financial years, too, and no months",
        arguments: [
            ("2022/23", 2022), ("2022/2023", 2022), ("FY2022/23", 2022), ("2022–23", 2022), ("2022/12", nil),
            ("2011/12", nil), ("2022/24", nil), ("2022年", 2022),
        ] as [(String, Int?)]
    )
    func financialYears(text: String, year: Int?) { #expect(text.printedYear == year) }

    @Test("sums and means of years are of no year")
    func years() {
        let text = """
            年度\t预算数\t支出数\t执行率
            2023年\t100.00\t90.00\t90.00%
            2024年\t120.00\t114.00\t95.00%
            LAST\t220.00\t204.00\t92.73%
            """
        for last in ["合计", "两年累计", "两年合计"] {
            let table = ReportText(text.replacing("LAST", with: last)).printedTables[0]
            #expect(table.historyItems.map(\.year) == [2023, 2024], "\(last)")
            #expect(table.totalOfYears?.paid == 204, "\(last)")
            #expect(table.unreadRows.isEmpty, "\(last)")
        }
        let means = ReportText(text.replacing("LAST", with: "年均")).printedTables[0]
        #expect(means.historyItems.map(\.year) == [2023, 2024] && means.totalOfYears == nil)
        #expect(means.unreadRows.isEmpty)
    }

    @Test("values of a form are no head, and numbers before the amounts are no amounts")
    func heads() throws {
        let form = "项目名称\t造林\t申报单位\t林业局\n申报金额\t1,260,000.00元\t审定金额\t1,197,000.00元\n核减金额\t63,000.00元\t核减率\t5.00%"
        #expect(ReportText(form).printedTables.isEmpty)
        let lots =
            "标段\t长度（公里）\t每公里造价\t送审金额\t审定金额\t审减金额\n一\t12.4\t500.00\t6,200.00\t6,000.00\t200.00\n二\t2.0\t500.00\t1,000.00\t1,000.00\t0.00"
        let lines = try #require(ReportText(lots).printedTables.mainAuditTable).auditLines
        #expect(lines.map(\.requested) == [6_200, 1_000] && lines.map(\.approved) == [6_000, 1_000])
        let reasons =
            "Item\tRequested\tRecommended\tReduction\tReason\nTraining\t5,760.00\t5,400.00\t360.00\t9 sessions at 600"
        let reason = try #require(ReportText(reasons).printedTables.mainAuditTable).auditLines[0]
        #expect(reason.rate == nil && reason.reason == "9 sessions at 600")
    }
}
