import PrintedReports
import ReviewModel
import Testing

/// Tables of forms: funds, points, tables on their side, and what of a table was not read.
@Suite("Tables of forms")
struct FormTableTests {
    private let funds = """
        项目资金（万元）\t\t年初预算数\t全年预算数（A）\t全年执行数（B）\t分值\t执行率（B/A）\t得分
        \t年度资金总额\t60.00\t58.40\t55.48\t10\t95.00%\t9.5
        \t其中：当年财政拨款\t50.00\t48.40\t45.48\t—\t93.97%\t—
        \t上年结转资金\t10.00\t10.00\t10.00\t—\t100.00%\t—
        """

    @Test("the funds of a self-evaluation form are read in yuan, by the unit over their names")
    func readFunds() throws {
        let table = try #require(ReportText(funds).printedTables.first)
        #expect(table.kind == .funds)
        let rows = table.funds.map {
            "\($0.name) \($0.original ?? 0) \($0.adjusted ?? 0) \($0.paid ?? 0) \($0.score ?? 0)"
        }
        #expect(
            rows == [
                "年度资金总额 600000.00 584000.00 554800.00 9.5", "其中：当年财政拨款 500000.00 484000.00 454800.00 0",
                "上年结转资金 100000.00 100000.00 100000.00 0",
            ]
        )
        #expect(table.funds.slip == nil && table.unreadRows.isEmpty)
    }

    @Test("a row that has lost the empty cell below a merged one is read by its end")
    func shortRow() throws {
        let short = funds.replacing("\n\t年度", with: "\n年度")
        #expect(try #require(ReportText(short).printedTables.first).funds.first?.paid == 554_800)
    }

    @Test("one wrong cell of the funds is found by its rate and the sum of its column")
    func slip() throws {
        let wrong = ReportText(funds.replacing("\t58.40\t55.48", with: "\t58.40\t54.58")).printedTables[0].funds
        let slip = try #require(wrong.slip)
        #expect(slip.row.name == "年度资金总额" && slip.column == .paid && slip.expected == 554_800)
        #expect(wrong.settled.first?.paid == 554_800)
    }

    @Test("a score sheet is known by its columns, without codes, and points may stand beside targets")
    func points() throws {
        let sheet = try #require(
            ReportText("评估内容\t分值\t自评得分\t评审得分\n立项必要性\t60\t55\t50\n经济性\t40\t40\t30\n合计\t100\t95\t80").printedTables.first
        )
        #expect(sheet.kind == .scoreSheet)
        let rows = sheet.pointRows.map {
            "\($0.name) \($0.most ?? 0) \($0.score ?? 0) \($0.reviewScore ?? 0) \($0.isTotal)"
        }
        #expect(rows == ["立项必要性 60 55 50 false", "经济性 40 40 30 false", "合计 100 95 80 true"])
        let form = "一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t场次\t≥20场\t21场\t50\t50\n总分\t\t\t\t50\t50"
        let targets = try #require(ReportText(form).printedTables.first)
        #expect(targets.kind == .targets && targets.pointRows.map(\.isTotal) == [false, true])
    }

    @Test("a table on its side is read by the words in its first cells")
    func turned() throws {
        let text =
            "单位工程\t外墙\t屋面\t合计\n送审造价\t300.00\t200.00\t500.00\n审定造价\t290.00\t190.00\t480.00\n核减金额\t10.00\t10.00\t20.00\n"
        let table = try #require(ReportText(text).printedTables.first)
        #expect(table.kind == .audit && table.isTurned)
        #expect(
            table.auditLines.map { "\($0.name) \($0.requested) \($0.deducted)" } == [
                "外墙 300.00 10.00", "屋面 200.00 10.00",
            ]
        )
        #expect(table.auditTotal?.approved == 480)
    }

    @Test(
        "a row that gave nothing is told, a heading, a total and an empty level are not",
        arguments: [
            ("数量\t单价\t金额\t内容\n2\t3.00\t6.00\t甲\n2\t7.00\t乙\n合计\t\t\t6.00", 1),
            ("二级指标\t三级指标\t指标值\n数量指标\t场次\t20场\n质量指标\t合格率\t\n经济效益指标\t\t\n合计\t\t", 1),
            ("评估内容\t分值\t得分\n必要性\t60\t50\n经济性\t40\n一、说明\n", 1),
            ("年度\t明细\t预算数\t支出数\n2024\t课程\t3.00\t2.00\n\t教材\t多\t1.00", 1),
        ]
    )
    func unread(text: String, count: Int) throws {
        let table = try #require(ReportText(text).printedTables.first)
        #expect(table.unreadRows.count == count, "\(table.kind) \(table.unreadRows.map(\.cells))")
    }

    @Test("the cut that the rate and the total speak for is the one that is meant")
    func settled() throws {
        let table =
            "内容\t预算金额\t审核金额\t核减金额\t核减率\n课程\t3,000.00\t2,700.00\tCUT\t10.00%\n教材\t500.00\t500.00\t-\t0.00%\n合计\t3,500.00\t3,200.00\t300.00\t8.57%"
        func cut(_ text: String) throws -> ExactDecimal? {
            try #require(ReportText(table.replacing("CUT", with: text)).printedTables.mainAuditTable).settledAuditLines
                .first?
                .deducted
        }
        #expect(try cut("300.00") == 300)
        #expect(try cut("200.00") == 300)
        // Where nothing speaks for the other, what is printed stands.
        let alone = "内容\t预算金额\t审核金额\t核减金额\n课程\t3,000.00\t2,700.00\t200.00"
        #expect(ReportText(alone).printedTables.mainAuditTable?.settledAuditLines.first?.deducted == 200)
    }

    @Test("rows of a higher number and of 小计 are told apart from lines")
    func sums() throws {
        let text =
            "序号\t内容\t数量\t单价\t金额\n一\t人员\t\t\t30.00\n1\t工资\t2\t10.00\t20.00\n2\t奖金\t1\t10.00\t10.00\n\t小计\t\t\t30.00\n\t合计\t\t\t30.00"
        let rows = try #require(ReportText(text).printedTables.first).requestedRows
        #expect(rows.map(\.isSaidAgain) == [true, false, false, false, false])
        #expect(rows.map(\.isTotal) == [false, false, false, true, true] && rows[3].isSubtotal && !rows[4].isSubtotal)
    }

    @Test(
        "years across the top are read as years",
        arguments: [
            "项目\t2023年\t2024年\t三年合计\n预算数（万元）\t150.00\t165.00\t315.00\n执行数（万元）\t145.20\t156.75\t301.95\n执行率\t96.80%\t95.00%\t95.86%",
            "支出内容\t2023年预算（万元）\t2023年支出（万元）\t2023年执行率\t2024年预算（万元）\t2024年支出（万元）\t2024年执行率\n培训\t150.00\t145.20\t96.80%\t165.00\t156.75\t95.00%",
            "支出内容\t2023年\t\t\t2024年\t\t\n\t预算（万元）\t支出（万元）\t执行率\t预算（万元）\t支出（万元）\t执行率\n培训\t150.00\t145.20\t96.80%\t165.00\t156.75\t95.00%",
        ]
    )
    func yearsAcross(text: String) throws {
        let table = try #require(ReportText(text).printedTables.first)
        #expect(table.kind == .history && table.unreadRows.isEmpty)
        #expect(
            table.historyItems.map { "\($0.year) \($0.adjusted) \($0.paid) \($0.rate ?? 0)" } == [
                "2023 1500000.00 1452000.00 96.80", "2024 1650000.00 1567500.00 95.00",
            ]
        )
    }

    @Test("below a page break a target without a label stands under no level that anybody knows")
    func labelsLost() throws {
        let head = "一级指标\t二级指标\t三级指标\t指标值\n"
        let text = head + "产出指标\t质量指标\t合格率\t≥95%\n" + head + "\t\t完工时间\t11月底前\n效益指标\t社会效益指标\t覆盖率\t≥80%"
        let table = try #require(ReportText(text).printedTables.first)
        #expect(table.targets.map(\.level2) == ["质量指标", "", "社会效益指标"])
        #expect(table.rowsWithoutLabels.map(\.filled) == [["完工时间", "11月底前"]])
        #expect(ReportText(text.replacing("\n" + head + "\t", with: "\n\t")).printedTables[0].rowsWithoutLabels.isEmpty)
    }

    @Test("rates of points and reasons are read beside them")
    func rates() throws {
        let table = try #require(
            ReportText("一级指标\t分值\t得分\t得分率\t扣分原因\n必要性\t60\t54\t90.00%\t规划未细化\n经济性\t40\t40\t100.00%\t").printedTables
                .first
        )
        #expect(table.kind == .scoreSheet)
        #expect(
            table.pointRows.map { "\($0.name) \($0.rate ?? 0) \($0.reason ?? "–")" } == [
                "必要性 90.00 规划未细化", "经济性 100.00 ",
            ]
        )
    }
}

/// Tables of applicants, which go on over pages and sum up as bookkeepers do.
@Suite("Tables of applicants")
struct ApplicantTableTests {
    private let head = "序号\t支出明细\t数量\t单价（元）\t金额\n"

    private func amounts(_ text: String) -> [String] {
        ReportText(text).printedTables.filter { $0.kind == .budget }
            .map { table in table.budgetLines.map { "\($0.amount.withoutTrailingZeros)" }.joined(separator: " ") }
    }

    @Test("a table behind 续表 goes on with the one before it and with its unit, with a head or without one")
    func continued() {
        let first = "单位：万元\n" + head + "1\t路段一\t1\t10000\t1\n2\t路段二\t2\t20000\t4\n"
        let rest = "3\t路段三\t3\t30000\t9\n合计\t\t\t\t14\n"
        #expect(amounts(first + "续表1\n" + head + rest) == ["10000 40000 90000"])
        #expect(amounts(first + "表1（续）\n" + rest) == ["10000 40000 90000"])
        #expect(amounts(first + "二、续保\n" + rest) == ["10000 40000"])
    }

    @Test("what is carried from page to page, and what is called a sum of something, is no line")
    func carried() {
        let rows =
            "1\t甲\t1\t100\t100\n2\t乙\t1\t200\t200\n\t甲类合计\t\t\t300\n过次页\t\t\t\t300\n承前页\t\t\t\t300\n3\t合计器\t1\t5\t5\n合计\t\t\t\t305"
        #expect(amounts("单位：元\n" + head + rows) == ["100 200 5"])
    }

    @Test("money is known beside what things are counted in, whatever stands for the colon")
    func units() {
        let rows = head.replacing("（元）", with: "") + "1\t甲\t1\t0.5\t0.5"
        for line in ["单位：台、万元", "单位：万元、台", "单位：台/万元", "单位∶万元", "单位：万元（人民币）"] {
            #expect(amounts(line + "\n" + rows) == ["5000"], "\(line)")
        }
        #expect(amounts("单位：台、元\n" + rows) == ["0.5"])
    }
}
