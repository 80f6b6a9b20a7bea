import GivenDocuments
import PrintedReports
import ReviewModel
import Testing

/// Tables as converters leave them: cells of merged rows moved to the left, heads repeated after a page break, blanks in
/// numbers, two cells in one.
@Suite("Tables of a converted report")
struct PrintedTableTests {
    @Test("a head that is repeated after a page break begins no second table")
    func pages() {
        let report = ReportText(
            "表 1\n\n年度\t项目\t预算金额\t支付金额\t执行率\n2024\t甲\t1.00\t1.00\t100%\n\n年度\t项目\t预算金额\t支付金额\t执行率\n\t乙\t2.00\t-\t0%\n\n表 2\n年度\t项目\t预算金额\t支付金额\t执行率\n2023\t丙\t3.00\t3.00\t100%"
        )
        let tables = report.printedTables
        #expect(tables.map(\.caption) == ["表 1", "表 2"])
        #expect(tables[0].historyItems.map(\.item) == ["甲", "乙"])
        #expect(tables[0].historyItems.map(\.year) == [2024, 2024])
        #expect(tables[0].historyItems[1].paid == 0)
    }

    @Test("a merged item stands for the lines below it, and a total is no line")
    func budget() {
        let table = ReportText(
            "项目名称\t项目内容\t项目明细\t数量\t单价\t金额\n站\t尾款\t东\t2\t1,000.50\t2,001.00\n\t\t西\t1\t5.00\t5.00\n合计\t\t\t/\t/\t2,006.00"
        ).printedTables[0]
        #expect(
            table.budgetLines.map { "\($0.group)/\($0.detail)=\($0.amount)@\($0.line)" } == [
                "尾款/东=2001.00@2", "尾款/西=5.00@3",
            ]
        )
        #expect(table.budgetLines[0].quantity == 2)
    }

    @Test("a rate and a reason in one cell are parted, and a shifted row keeps its figures")
    func audit() {
        let lines = ReportText(
            "项目\t内容\t预算金额\t审核金额\t核减金额\t核减率\t说明\n站\t甲\t10.00\t10.00\t-\t0.00% 合理, 不予核减\n乙\t20.00\t15. 00\t5.00\t25.00%\t无依据"
        ).printedTables[0].auditLines
        #expect(lines.map(\.name) == ["甲", "乙"])
        #expect(lines.map(\.reason) == ["合理, 不予核减", "无依据"])
        #expect(lines.map(\.approved) == [10, 15])
        #expect(lines[1].rate == 25)
    }

    @Test("levels that a converter moved find the first level that they belong to")
    func targets() {
        let targets = ReportText(
            "\t一级指标\t二级指标\t三级指标\t年度指标值\n绩效\t产出指标\t数量指标\t站点数\t2 个\n\t质量指标\t达标率\t100%\t\n\t成本指标\t控制\t有效\n满意度指标\t可持续影响指标\t机制\t健全\n\t服务对象满意度指标\t满意度\t≥90%"
        ).printedTables[0].targets
        #expect(
            targets.map { "\($0.level1)/\($0.level2)/\($0.name)=\($0.value)" } == [
                "产出指标/数量指标/站点数=2 个", "产出指标/质量指标/达标率=100%", "产出指标/成本指标/控制=有效", "效益指标/可持续影响指标/机制=健全",
                "满意度指标/服务对象满意度指标/满意度=≥90%",
            ]
        )
    }

    @Test("a target without a basis stands where its head says, also below merged levels; one that was moved does not")
    func targetsWithoutBasis() {
        let head = "一级目标\t二级目标\t三级目标\t目标值\t目标值依据\n"
        func targets(_ rows: String) -> [String] {
            ReportText(head + rows).printedTables[0].targets.map {
                "\($0.level1)/\($0.level2)/\($0.name)=\($0.value)(\($0.basis))"
            }
        }
        let placed = targets(
            "产出指标\t数量指标\t册数\t≥10册\t计划\n\t时效指标\t及时性\t及时\t\n效益指标\t社会效益指标\t氛围\t提升\t\n\t\t借阅量\t≥8万册\t上年统计"
        )
        #expect(
            placed == [
                "产出指标/数量指标/册数=≥10册(计划)", "产出指标/时效指标/及时性=及时()", "效益指标/社会效益指标/氛围=提升()", "效益指标/社会效益指标/借阅量=≥8万册(上年统计)",
            ]
        )
        let moved = targets("产出指标\t数量指标\t册数\t≥10册\t计划\n时效指标\t及时性\t及时\t合同\t")
        #expect(moved.last == "产出指标/时效指标/及时性=及时(合同)")
    }

    @Test("entries of the contents are no lines before their pages are counted")
    func contents() {
        func paragraph(_ text: String, isInContents: Bool = false) -> GivenBlock {
            var paragraph = GivenParagraph(text, at: .text(file: "a.docx", line: 1, column: 1))
            paragraph.isInContents = isInContents
            return .paragraph(paragraph)
        }
        var document = GivenDocument(file: "a.docx", kind: .word)
        document.blocks = [
            paragraph("目录"), paragraph("附件1 预算审核表", isInContents: true), paragraph("附件2 评分表\t8", isInContents: true),
            paragraph("评审结论为可行。"), paragraph("附件1 预算审核表"),
        ]
        #expect(
            ReportText(document).lines.map(\.text) == ["目录", "附件2 评分表\t8", "评审结论为可行。", "附件1 预算审核表"]
        )
    }

    @Test func linesEndWithOrWithoutACarriageReturn() {
        let report = ReportText("甲\r\n乙\n\r\n丙\r")
        #expect(report.lines.map(\.text) == ["甲", "乙", "", "丙\r"])
        #expect(report.lines.map(\.number) == [1, 2, 3, 4])
    }

    @Test("increases and cuts in one column keep their signs where a row is wrong")
    func increasesAndCuts() {
        let text = """
            表1 预算审核表（单位：元）
            项目内容\t数量\t申报金额\t核增（核减）\t审定金额\t说明
            送餐车租赁\t2 辆\t73,000.00\t\t75,000.00\t
            保温箱\t120 个\t34,200.00\t(3,600.00)\t30,600.00\t单价偏高
            责任保险\t1 年\t8,600.00\t3,800.00\t12,400.00\t按报价核增
            培训\t6 场\t14,400.00\t\t14,400.00\t
            合计\t\t130,200.00\t200.00\t130,400.00\t
            """
        let table = ReportText(text).printedTables.first { $0.kind == .audit }
        #expect(table?.auditLines.map(\.deducted) == [0, 3600, -3800, 0])
        #expect(table?.auditTotal?.deducted == -200)
    }
}
