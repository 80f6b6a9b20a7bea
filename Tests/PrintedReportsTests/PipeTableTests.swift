import PrintedReports
import Testing

@Suite("Tables that Markdown draws in a text")
struct PipeTableTests {
    @Test("a table of bars under a rule is read, in its lines, with or without bars at the ends")
    func read() {
        let report = ReportText(
            "表 1（单位：元）\n| 内容 | 数量 | 单价 | 金额 |\n|---|:-:|--:|--:|\n| 摊位 | 40 | 12,000.00 | 480,000.00 |\n\n内容 | 数量 | 单价 | 金额\n--- | --- | --- | ---\n冷柜 | 2 | 5.00 | 10.00\n"
        )
        let lines = report.printedTables.flatMap(\.budgetLines)
        #expect(
            lines.map { "\($0.group) \($0.quantity) \($0.amount) @\($0.line)" } == [
                "摊位 40 480000.00 @4", "冷柜 2 10.00 @8",
            ]
        )
    }

    @Test("bars without a rule are no table, and an escaped bar is a bar")
    func bars() {
        #expect(ReportText("内容 | 数量 | 单价 | 金额\n冷柜 | 2 | 5.00 | 10.00").printedTables.isEmpty)
        let table = ReportText("| 内容 | 数量 | 金额 |\n|---|---|---|\n| 甲\\|乙 | 1 | 5.00 |").printedTables.first
        #expect(table?.rows.first?.cells == ["甲|乙", "1", "5.00"])
    }

    @Test("a bar is a bar, whatever it is joined to")
    func joinedBars() {
        let table = ReportText("| 内容 | 数量 | 金额 |\n|---|---|---|\n| 甲\u{D4E}|\u{301} 1 |\u{200D} 5.00 |").printedTables
            .first
        #expect(table?.rows.first?.cells.count == 3)
    }
}
