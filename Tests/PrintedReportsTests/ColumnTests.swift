import PrintedReports
import ReviewModel
import Testing

/// Tables of other houses: known by what their columns hold, in whatever words, order and unit.
@Suite("Tables that are known by their columns")
struct ColumnTests {
    private func lines(_ text: String) -> [String] {
        (ReportText(text).printedTables.first { $0.kind == .budget }?.budgetLines ?? []).map { line in
            "\(line.group)/\(line.detail) \(line.quantity)\(line.unit) × \(line.unitPrice) = \(line.amount)"
        }
    }

    @Test("a column of units may stand between quantity and price, and columns in any order")
    func units() {
        #expect(
            lines(
                "表 1（单位：元）\n项目内容\t项目明细\t数量\t单位\t单价\t金额\n工程\t摊位\t40\t个\t12,000.00\t480,000.00\n\t管网\t1\t项\t5.00\t5.00\n合计\t\t/\t/\t/\t480,005.00"
            )
                == ["工程/摊位 40个 × 12000.00 = 480000.00", "工程/管网 1项 × 5.00 = 5.00"]
        )
        #expect(
            lines("序号\t申报金额\t综合单价\t工程量\t费用名称\n1\t10.00\t5.00\t2\t保洁\n2\t3.00\t3.00\t1\t绿化")
                == ["保洁/ 2 × 5.00 = 10.00", "绿化/ 1 × 3.00 = 3.00"]
        )
    }

    @Test(
        "a head of two rows says of equal lower words whose they are by the merged ones above",
        arguments: [
            ("申报", "审核", "金额"), ("送审", "审定", "合计"), ("申报情况", "评审情况", "小计"), ("送审预算", "审定预算", "合计"),
            ("单位申报", "中心评审", "金额"),
        ]
    )
    func headOfTwoRows(asked: String, granted: String, amount: String) throws {
        let text = """
            表3（单位：元）
            序号\t支出内容\t\(asked)\t\t\t\(granted)\t\t\t核减金额
            \t\t数量\t单价\t\(amount)\t数量\t单价\t\(amount)\t
            1\t转录\t46\t10.00\t460.00\t42\t10.00\t420.00\t40.00
            2\t服务器\t1\t800.00\t800.00\t1\t700.00\t700.00\t100.00
            合计\t\t\t\t1,260.00\t\t\t1,120.00\t140.00
            """
        let audit = try #require(ReportText(text).printedTables.first { $0.kind == .audit })
        #expect(audit.auditLines.map(\.requested) == [460, 800] && audit.auditLines.map(\.approved) == [420, 700])
    }

    @Test(
        "of two years over equal heads the later is read, wherever it stands, and the heads of the other are told",
        arguments: [
            "项目内容\t2025年预算\t\t\t2026年预算\t\t\n\t数量\t单价\t金额\t数量\t单价\t金额\n保洁\t10人\t3.00\t30.00\t12\t3.50\t42.00",
            "项目内容\t本年申报\t\t\t上年预算\t\t\n\t数量\t单价\t金额\t数量\t单价\t金额\n保洁\t12\t3.50\t42.00\t10人\t3.00\t30.00",
            "项目内容\t2025年数量\t2026年数量\t2025年单价\t2026年单价\t2025年金额\t2026年金额\n保洁\t10人\t12\t3.00\t3.50\t30.00\t42.00",
        ]
    )
    func twoYears(text: String) {
        #expect(lines("表 1（单位：元）\n" + text) == ["保洁/ 12 × 3.50 = 42.00"], "\(lines(text))")
        let heads = ReportText(text).printedTables.first?.earlierHeads ?? []
        #expect(heads.count == 3)
        #expect(heads.allSatisfy { $0.passed != $0.read && !$0.passed.contains("2026") && !$0.passed.contains("本年") })
    }

    @Test("what stands beside items that tell the rows apart names nothing, and nor does a 规格型号 ever")
    func remarks() {
        #expect(
            lines("设备名称\t规格型号\t数量\t单价\t金额\n数控机床\tCK6140\t2\t5.00\t10.00\n机器人\tHR-06\t1\t3.00\t3.00")
                == ["数控机床/ 2 × 5.00 = 10.00", "机器人/ 1 × 3.00 = 3.00"]
        )
        #expect(
            lines("设备名称\t规格型号\t数量\t单价\t金额\n课桌\t大号\t2\t5.00\t10.00\n课桌\t小号\t1\t3.00\t3.00")
                == ["课桌/ 2 × 5.00 = 10.00", "课桌/ 1 × 3.00 = 3.00"]
        )
    }

    @Test(
        "amounts in 万元 are read in yuan, whether the caption says so or the head",
        arguments: [
            "表 1 预算明细表（单位：万元）\n\n内容\t数量\t单价\t金额\n摊位\t40\t1.20\t48.00",
            "（单位：人民币万元）\n内容\t数量\t单价\t金额\n摊位\t40\t1.20\t48.00",
            "金额单位：万元\n内容\t数量\t单价\t金额\n摊位\t40\t1.20\t48.00",
            "内容\t数量\t单价（万元）\t金额（万元）\n摊位\t40\t1.20\t48.00",
            "表 1（单位：万元）\n内容\t数量\t单价（元）\t金额\n摊位\t40\t12000.00\t48.00",
        ]
    )
    func wan(text: String) throws {
        let line = try #require(ReportText(text).printedTables.first?.budgetLines.first)
        #expect(line.amount == 480_000)
        #expect(line.unitPrice == 12_000)
    }

    @Test("figures are understood as people write them")
    func figures() {
        #expect(
            lines(
                """
                项目内容\t项目明细\t数量\t单价\t金额
                工程\t管网\t1项\t365,000.00\t365,000.00
                设备\t冷柜\t１０\t４，５００．００\t４５，０００．００
                \t货架\t5\t¥1,000.00\t¥5,000.00
                \t旧柜残值\t1\t(2,000.00)\t（2,000.00）
                其他\t评审费\t/\t/\t7,000.00
                \t印刷\t-\t2.50\t10.00
                """
            ) == [
                "工程/管网 1项 × 365000.00 = 365000.00", "设备/冷柜 10 × 4500.00 = 45000.00",
                "设备/货架 5 × 1000.00 = 5000.00", "设备/旧柜残值 1 × -2000.00 = -2000.00",
                "其他/评审费 1 × 7000.00 = 7000.00", "其他/印刷 4 × 2.50 = 10.00",
            ]
        )
    }

    @Test("an audit table in the words of another house, with cuts and increases")
    func audit() throws {
        let table = try #require(
            ReportText(
                "支出内容\t送审金额\t核增金额\t核减金额\t审定金额\t审减原因\n甲\t100.00\t\t10.00\t90.00\t重复\n乙\t50.00\t5.00\t-\t55.00\t漏报\n合计\t150.00\t5.00\t10.00\t145.00\t"
            )
            .printedTables.first
        )
        #expect(table.kind == .audit)
        #expect(
            table.auditLines.map { "\($0.name) \($0.requested) \($0.approved) \($0.deducted) \($0.reason)" }
                == ["甲 100.00 90.00 10.00 重复", "乙 50.00 55.00 -5.00 漏报"]
        )
        #expect(table.auditTotal?.approved == 145)
        let bare = try #require(ReportText("项目\t申报数\t审定数\n甲\t100.00\t90.00").printedTables.first)
        #expect(bare.auditLines.map(\.deducted) == [10])
    }

    @Test("a head of two rows, and a merged year")
    func twoRows() throws {
        let table = try #require(
            ReportText("项目\t\t2025 年\t\n年度\t内容\t调整后预算数\t支出数\n2024\t甲\t10.00\t9.00\n\t乙\t5.00\t-").printedTables.first
        )
        #expect(table.kind == .history)
        #expect(
            table.historyItems.map { "\($0.year) \($0.item) \($0.adjusted) \($0.paid)" } == [
                "2024 甲 10.00 9.00", "2024 乙 5.00 0.00",
            ]
        )
    }

    @Test("targets with a sign, a measure and points of their own, and rows that name none")
    func declaration() throws {
        let table = try #require(
            ReportText(
                """
                单位名称\t预算数\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重
                101-某部门\t420,000.00\t\t\t\t\t\t\t
                101001-某所\t320,000.00\t产出指标\t数量指标\t保洁天数\t≥\t350\t天\t30
                \t\t产出指标\t质量指标\t抽查合格率\t≥\t95\t%\t30
                \t\t满意度指标\t服务对象满意度指标\t摊主满意度\t≥\t90\t%\t10
                """
            ).printedTables.first
        )
        #expect(
            table.targets.map { "\($0.level2) \($0.name) \($0.value)" } == [
                "数量指标 保洁天数 ≥350天", "质量指标 抽查合格率 ≥95%", "服务对象满意度指标 摊主满意度 ≥90%",
            ]
        )
    }

    @Test("a self-evaluation form: its targets are read, and so are its funds")
    func selfEvaluation() throws {
        let report = ReportText(
            """
            自评表
            项目名称\t管理费
            项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
            \t年度资金总额\t120\t120\t100.2\t10\t83.5%\t8.35
            绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t原因
            \t产出指标\t数量指标\t巡查次数\t≥200次\t212次\t20\t20\t
            \t\t质量指标\t检查合格率\t≥95%\t91%\t20\t18\t两处
            \t\t时效指标\t\t\t\t\t\t
            总分\t\t\t\t\t\t100\t96.35\t
            """
        )
        let table = try #require(report.printedTables.first { $0.kind == .targets })
        #expect(table.targets.map { "\($0.level2) \($0.name) \($0.value)" } == ["数量指标 巡查次数 ≥200次", "质量指标 检查合格率 ≥95%"])
        let funds = try #require(report.printedTables.first { $0.kind == .funds }).funds
        #expect(
            funds.map { "\($0.name) \($0.adjusted ?? 0) \($0.paid ?? 0) \($0.rate ?? 0) \($0.score ?? 0)" } == [
                "年度资金总额 1200000 1002000.0 83.5 8.35"
            ]
        )
        #expect(report.unreadTables.isEmpty)
    }

    @Test("rows under a head that nobody knows are a table that was not read")
    func unread() {
        let report = ReportText("表 9\n甲\t乙\n1\t2\n\n正文\n单行\t一格")
        #expect(
            report.unreadTables.map { "\($0.caption) \($0.head.filled) \($0.rowCount)" } == ["表 9 [\"甲\", \"乙\"] 2"]
        )
    }

    @Test(
        "a table of lines that has what was approved beside them is an audit table, too",
        arguments: [
            "项目\t数量\t单价\t申报金额\t审核金额\t核减金额\t核减说明\n人工费\t50\t48.00\t2400.00\t2280.00\t120.00\t按询价核定\n合计\t\t\t2400.00\t2280.00\t120.00\t",
            // A head of two rows, the upper one merged over four columns.
            "项目\t申报\t\t\t评估金额\t核减金额\n\t数量\t单价\t金额\t\t\n人工费\t50\t48.00\t2400.00\t2280.00\t120.00\n合计\t\t\t2400.00\t2280.00\t120.00",
        ]
    )
    func combined(text: String) throws {
        let tables = ReportText(text).printedTables
        #expect(tables.map(\.kind) == [.budget, .audit])
        let line = try #require(tables[0].budgetLines.first)
        #expect((line.quantity, line.unitPrice, line.amount) == (50, 48, 2400))
        let audited = try #require(tables[1].auditLines.first)
        #expect((audited.requested, audited.approved, audited.deducted) == (2400, 2280, 120))
        #expect(tables[1].auditTotal?.approved == 2280)
        #expect(tables.flatMap(\.unreadRows).isEmpty)
    }

    @Test("the unit may stand in a row of the table, above its head")
    func unitRow() throws {
        let table = try #require(
            ReportText("表1 审核表\n\t\t\t单位：万元\n项目\t申报金额\t审核金额\t核减金额\n人工\t240.00\t228.00\t12.00").printedTables.first
        )
        #expect(table.auditLines.first?.approved == 2_280_000)
    }

    @Test("of two columns of 分值 the one of the parts counts, which stands last")
    func twoColumnsOfPoints() throws {
        let table = try #require(
            ReportText("一级指标\t分值\t二级指标\t分值\t得分\n必要性\t20\t政策\t12\t9\n\t\t需求\t8\t6\n合计\t20\t\t20\t15").printedTables.first
        )
        #expect(table.pointRows.compactMap(\.most).prefix(2) == [12, 8])
    }

    @Test("amounts in 万元 that sentences give to the yuan are rounded ones")
    func rounded() throws {
        let table = "（单位：万元）\n费用\t送审金额\t审定金额\t核减金额\n建安\t326.85\t301.57\t25.27\n"
        let exact = "送审3,268,450.32元，审定3,015,719.58元。\n"
        #expect(ReportText(exact + table).printedTables.first?.roundedTo == 100)
        #expect(ReportText("送审326.85万元，审定301.57万元。\n" + table).printedTables.first?.roundedTo == nil)
        #expect(ReportText("送审3,268,450.32元。\n" + table).printedTables.first?.roundedTo == nil)
    }
}
