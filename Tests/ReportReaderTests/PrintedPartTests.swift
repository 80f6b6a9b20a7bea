import PrintedReports
import ReviewModel
import Testing

@testable import report_reader

/// What only the reader looks for in a converted report.
@Suite("Parts of a converted report")
struct PrintedPartTests {
    @Test("points in a merged cell are those of the indicator above")
    func scores() {
        let scores = ReportText(
            "一级指标\t三级指标\t分值\t自评\n项目决策\t充分性 (A11)\t10\t8.5\n\t经济 (C21)\t4\t4\n\t社会 (C22)\t\t\n总计\t\t14\t12.5"
        ).printedTables[0].sheetScores
        #expect(scores.map { "\($0.code)=\($0.points)/\($0.maximum ?? 0)" } == ["A11=8.5/10", "C2=4/4"])
    }

    @Test("a numbered list of titles has their numbers, issuers and dates")
    func bases() {
        let bases = ReportText("（1）《关于印发〈办法〉的通知》（闵委〔2017〕3 号）\n(2) 《意见》办公厅（2019 年 5 月）\n（一）《标题》").printedBases
        #expect(
            bases.map { [$0.title, $0.number, $0.issuer, $0.issued] } == [
                ["《关于印发〈办法〉的通知》", "闵委〔2017〕3号", "", ""], ["《意见》", "", "办公厅", "2019年5月"],
            ]
        )
    }

    @Test("columns of an earlier year are told once, where their table begins")
    func earlierYears() {
        let report = ReportText("项目内容\t2025年数量\t2025年金额\t2026年数量\t2026年金额\n甲\t1\t5.00\t2\t10.00\n乙\t1\t3.00\t1\t4.00")
        let found = ReportTables(report, isAlone: true).unread.filter { $0.rule == "report-reader/earlier-year" }
        #expect(found.count == 1 && found.first?.severity == .warning)
        #expect(found.first?.message.zh.contains("\"2025年金额\"（读了\"2026年金额\"）") == true, "\(found)")
    }

    @Test("a line whose price stands elsewhere, or that has several, counts with its amount")
    func pricesElsewhere() {
        let report = ReportText(
            "编号\t项目名称\t单位\t数量\t单价（元）\t金额（元）\nA1\t管网\t米\t20\t5.00\t100.00\nA2\t处理站\t座\t9\t详见表2\t850.00\nA3\t泵站\t座\t7\t\t100.00\nA4\t抢修\t次\t按实结算\t30.00\t90.00\nA5\t检查井\t座\tabc\t3.00\t9.00"
        )
        let table = report.printedTables[0]
        let lines = table.budgetLines.map { "\($0.group) \($0.quantity)×\($0.unitPrice)=\($0.amount)" }
        #expect(lines == ["管网 20×5.00=100.00", "处理站 1×850.00=850.00", "泵站 1×100.00=100.00", "抢修 3×30.00=90.00"])
        #expect(ReportTables(report, isAlone: true).unread.contains { $0.rule == "report-reader/row-not-read" })
    }

    @Test("a paragraph that a page break cuts is one, and the report ends where its attachments begin")
    func paragraphs() {
        let report = ReportText(
            "附件3 文件 9\n\n这一段文字在换页的地方被断开，所以它没有在句号处结束而是在下\n\n一页接着写完。\n附件3 文件\n全文"
        )
        #expect(report.ending(before: "附件 3").paragraphs.map(\.line.number) == [1, 3])
    }
}
