import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Rows and heads as forms of real units have them")
struct FormRowsTests {
    private let folder = Folder()

    /// Budget lines, targets, and earlier years with their items.
    private static let whole = DossierOutline(
        tables: [
            TableSchema(
                name: "budget_lines",
                title: LocalizedText(zh: "预算明细", en: "budget lines"),
                columns: [
                    Column(name: "group", title: LocalizedText(zh: "项目内容", en: "item")),
                    Column(name: "detail", title: LocalizedText(zh: "项目明细", en: "detail")),
                    Column(name: "quantity", title: LocalizedText(zh: "数量", en: "quantity"), type: .decimal),
                    Column(name: "unit", title: LocalizedText(zh: "单位", en: "unit")),
                    Column(
                        name: "price",
                        title: LocalizedText(zh: "单价", en: "price"),
                        type: .decimal,
                        unit: "CNY"
                    ),
                    Column(name: "amount", title: LocalizedText(zh: "金额", en: "amount"), type: .decimal, unit: "CNY"),
                ]
            ),
            TableSchema(
                name: "targets",
                title: LocalizedText(zh: "绩效目标", en: "targets"),
                columns: [
                    Column(name: "level", title: LocalizedText(zh: "一级指标", en: "level")),
                    Column(name: "name", title: LocalizedText(zh: "指标名称", en: "target")),
                    Column(name: "value", title: LocalizedText(zh: "目标值", en: "value")),
                ]
            ),
            TableSchema(
                name: "years",
                title: LocalizedText(zh: "历年预算", en: "years"),
                columns: [
                    Column(name: "year", title: LocalizedText(zh: "年度", en: "year"), type: .integer),
                    Column(name: "cut_off", title: LocalizedText(zh: "截止日", en: "up to"), type: .date),
                ]
            ),
            TableSchema(
                name: "history",
                title: LocalizedText(zh: "历年明细", en: "history"),
                columns: [
                    Column(name: "year", title: LocalizedText(zh: "年度", en: "year"), type: .integer),
                    Column(name: "item", title: LocalizedText(zh: "支出项目", en: "item")),
                    Column(name: "paid", title: LocalizedText(zh: "支付数", en: "paid"), type: .decimal, unit: "CNY"),
                    Column(name: "budget", title: LocalizedText(zh: "预算数", en: "budget"), type: .decimal, unit: "CNY"),
                ]
            ),
        ],
        synonyms: ["budget_lines.group": ["设备名称"], "budget_lines.detail": ["规格"]]
    )

    private func read(_ rows: [(Int, [String?])], merges: [String] = []) async throws -> SourceReading {
        let after =
            merges.isEmpty
            ? "" : "<mergeCells>" + merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells>"
        var book = WorkbookText()
        book.add("Sheet1", rows: sheetRows(rows), after: after)
        return try await SheetReader().read(
            SourceRequest(
                configuration: [
                    "book": .text(try folder.write("form.xlsx", book)), "recognise": true,
                    "needed": [
                        "budget_lines": ["group", "quantity", "price", "amount"],
                        "history": ["item", "paid", "budget"],
                    ],
                    "beside": ["budget_lines": ["quantity": "unit"]], "cut_offs": ["years": ["year": "cut_off"]],
                    "listed": ["years": ["year": "history"]], "continued": ["history": ["year"]],
                    "across": ["history": ["year": "year", "words": ["budget": ["预算"], "paid": ["决算", "执行"]]]],
                    "joined": [
                        "targets": ["value": ["before": ["指标性质"], "behind": ["度量单位"], "without": ["定性", "/"]]]
                    ],
                ],
                form: Self.whole
            )
        )
    }

    private func rows(_ reading: SourceReading, _ table: String = "budget_lines") -> [String] {
        guard let table = reading.tables.first(where: { $0.name == table }) else { return [] }
        return (0..<table.rowCount).map { row in
            table.schema.columns.indices.map { table.cell(row: row, column: $0).scalarText ?? "" }.joined(
                separator: "|"
            )
        }
    }

    private func message(_ reading: SourceReading, _ rule: String) -> String {
        reading.findings.first { $0.rule == "sheet/" + rule }?.message.zh ?? ""
    }

    private let budget: [(Int, [String?])] = [
        (1, ["'项目内容", "'项目明细", "'数量", "'单位", "'单价", "'金额"]), (2, ["'甲", "'一", "2", "'人", "10", "20"]),
        (3, ["'乙", "'二", "3", "'人", "10", "30"]),
    ]
    private let lines = ["甲|一|2|人|10|20", "乙|二|3|人|10|30"]

    // MARK: Below the table

    @Test(
        "where people sign without a colon is no line, and is told",
        arguments: [
            ["'填表人", "'王芳", "'审核人", "'李强", "'负责人", "'张伟"], ["'制表 赵蕾", nil, "'复核 钱进"],
            ["'经办人", nil, "'分管领导", nil, "'主要领导"],
            ["'填报：朱明", nil, "'审核：刘洋", nil, "'（公章）"], ["'填表日期", nil, nil, "'2026年1月12日"], ["'填表人 周敏   审核人 何平"],
            ["'负责人（签字）", nil, nil, "'年  月  日"], ["'联系人", "'陆燕", "'联系电话", "66554433"],
        ] as [[String?]]
    )
    func signed(cells: [String?]) async throws {
        let found = try await read(budget + [(4, ["'合计", nil, nil, nil, nil, "50"]), (5, cells)])
        #expect(rows(found) == lines, "\(rows(found))")
        #expect(message(found, "titles-left-out").contains("第 5（"), "\(found.findings.map(\.message.zh))")
    }

    @Test(
        "lines that are called like those who sign stay lines: they are counted, or stand among those that are",
        arguments: [
            ["'审核", "'方案审核", "1", "'次", "50", "50"], ["'会计", "'代理记账", "12", "'月", "5", "60"],
            ["'项目负责人", "'补贴", "1", "'人", "9", "9"],
        ] as [[String?]]
    )
    func lineOfReviewers(cells: [String?]) async throws {
        let found = try await read(budget + [(4, cells)])
        #expect(rows(found).count == 3, "\(rows(found))")
        let waiting = try await read(
            [budget[0], (2, ["'审核", "'方案审核"]), (3, budget[1].1), (4, budget[2].1)]
        )
        #expect(rows(waiting).count == 3, "\(rows(waiting))")
    }

    @Test("opinions below a table are none of its rows; targets that speak of opinions are")
    func opinions() async throws {
        let targets: [(Int, [String?])] = [
            (1, ["'一级指标", "'指标名称", "'目标值"]), (2, ["'产出", "'征集群众意见", "'≥100条"]), (3, [nil, "'征求专家意见", "'3次"]),
        ]
        let found = try await read(
            targets + [
                (4, ["'主管部门审核意见", "'同意申报。"]), (5, ["'财政所意见", nil, "'按评审结果安排。"]), (6, ["'填表人", "'孙丽", "'审核人", "'高峰"]),
            ]
        )
        #expect(rows(found, "targets") == ["产出|征集群众意见|≥100条", "|征求专家意见|3次"], "\(rows(found, "targets"))")
        #expect(message(found, "titles-left-out").contains("同意申报"))
        let below = try await read(budget + [(5, ["'分管领导意见", "'同意，注意与2025年的一期避免重复。"])])
        #expect(rows(below) == lines)
        let line = try await read([budget[0], (2, ["'评审意见", "'印刷"]), (3, budget[1].1), (4, budget[2].1)])
        #expect(rows(line).count == 3, "\(rows(line))")
    }

    @Test("a note beside the columns that are read is told")
    func noteBeside() async throws {
        var numbered = budget.map { ($0.0, ["'序号"] + $0.1) }
        for index in 1..<numbered.count { numbered[index].1[0] = "\(index)" }
        let found = try await read(numbered + [(4, ["'单价按2025年合同测算，设备以发票为准。"]), (5, ["3"])], merges: ["A4:G5"])
        #expect(rows(found) == lines)
        #expect(
            message(found, "titles-left-out").contains("以发票为准") && !message(found, "titles-left-out").contains("5（")
        )
    }

    // MARK: Heads

    @Test("a second head of the same table, in another unit and with other columns, begins more of its rows")
    func secondHead() async throws {
        let found = try await read(
            budget + [
                (4, ["'小计", nil, nil, nil, nil, "50"]), (6, ["'二、设备"]), (7, [nil, nil, nil, nil, "'单位：万元"]),
                (8, ["'序号", "'设备名称", "'规格", "'数量", "'单位", "'单价", "'金额"]),
                (9, ["1", "'丙", "'大", "2", "'台", "0.5", "1"]), (10, ["'小计", nil, nil, nil, nil, nil, "1"]),
                (11, ["'总计（万元）", nil, nil, nil, nil, nil, "1.005"]),
            ]
        )
        #expect(rows(found) == lines + ["丙|大|2|台|5000|10000"], "\(rows(found))")
        #expect(message(found, "follows").contains("第 8 行"))
        #expect(!found.rules.contains("sum-differs") && !found.rules.contains("unit-noted"), "\(found.rules)")
        // A total of both that is wrong is told.
        let wrong = try await read(
            budget + [
                (5, ["'二、设备（万元）"]), (6, ["'设备名称", "'规格", "'单位", "'数量", "'单价", "'金额"]),
                (7, ["'丙", "'大", "'台", "2", "0.5", "1"]), (8, ["'总计", nil, nil, nil, nil, "1.5"]),
            ]
        )
        #expect(rows(wrong).last == "丙|大|2|台|5000|10000" && wrong.rules.contains("sum-differs"), "\(wrong.rules)")
    }

    @Test(
        "the first of two tables is read, too, where the second names more columns; in the unit that is said once above both"
    )
    func firstHead() async throws {
        let found = try await read([
            (1, ["'单位：万元"]), (2, ["'项目内容", "'数量", "'单价", "'金额"]), (3, ["'甲", "2", "1", "2"]),
            (4, ["'合计", nil, nil, "2"]),
            (6, ["'项目内容", "'项目明细", "'数量", "'单位", "'单价", "'金额"]), (7, ["'乙", "'二", "3", "'人", "1", "3"]),
        ])
        #expect(rows(found) == ["甲||2||10000|20000", "乙|二|3|人|10000|30000"], "\(rows(found)) \(found.rules)")
        // A summary above the lines is told.
        let sums = try await read([
            (1, ["'项目内容", "'项目明细", "'金额"]), (2, ["'甲", "'全部", "50"]), (4, ["'明细"]),
            (5, budget[0].1), (6, budget[1].1), (7, budget[2].1),
        ])
        #expect(rows(sums) == lines && sums.rules.contains("another-head"), "\(rows(sums)) \(sums.rules)")
    }

    @Test("a second head over the details of the first, or over its sums, is told and not read")
    func details() async throws {
        let found = try await read(
            budget + [
                (5, ["'汇总（万元）"]), (6, ["'序号", "'项目内容", "'项目明细", "'数量", "'单位", "'单价", "'金额"]),
                (7, ["1", "'全部", "'合", "1", "'项", "0.005", "0.005"]),
            ]
        )
        #expect(rows(found) == lines && found.rules.contains("another-head"), "\(rows(found)) \(found.rules)")
    }

    @Test(
        "a list of something else under the same heads is told and not read",
        arguments: ["'二、现有设备清单", "'上年预算", "'2025年购置"]
    )
    func otherList(title: String) async throws {
        let found = try await read(
            [(1, ["'2026年预算"]), (2, budget[0].1), (3, budget[1].1), (4, budget[2].1), (6, [title])] + [
                (7, ["'设备名称", "'规格", "'单位", "'数量", "'单价", "'金额"]), (8, ["'丙", "'大", "'台", "2", "5", "10"]),
            ]
        )
        #expect(rows(found) == lines && found.rules.contains("another-head"), "\(rows(found)) \(found.rules)")
    }

    @Test("a head that is merged sideways is one column, or one with what it counts beside it")
    func sideways() async throws {
        let over = try await read(
            [
                (1, ["'项目内容", nil, "'数量", "'单价", "'金额"]), (2, ["'甲", nil, "2", "10", "20"]),
                (3, ["'乙", nil, "3", "10", "30"]),
                (5, ["'财政所意见", "'同意"]),
            ],
            merges: ["A1:B1", "A2:B2", "A3:B3"]
        )
        #expect(rows(over) == ["甲|2|10|20", "乙|3|10|30"] && !over.rules.contains("column-twice"), "\(over.rules)")
        let beside = try await read(
            [(1, ["'项目内容", "'数量", nil, "'单价", "'金额"]), (2, ["'甲", "2", "'场", "10", "20"])],
            merges: ["B1:C1"]
        )
        #expect(rows(beside) == ["甲|2|场|10|20"] && beside.rules.contains("column-beside"), "\(beside.rules)")
        let joined = try await read(
            [
                (1, ["'一级指标", "'指标名称", "'目标值", nil]), (2, ["'产出", "'场次", "'≥", "20"]),
                (3, ["'效益", "'满意度", "'≥", "'90%"]),
                (4, ["'注", "'本表一式两份"]),
            ],
            merges: ["C1:D1"]
        )
        #expect(rows(joined, "targets") == ["产出|场次|≥20", "效益|满意度|≥90%"], "\(rows(joined, "targets"))")
        #expect(!joined.rules.contains("column-twice"), "\(joined.rules)")
        // Numbers in the second column are lost, and told.
        let lost = try await read(
            [(1, ["'项目内容", "'数量", "'单价", "'金额", nil]), (2, ["'甲", "2", "10", "20", "21"])],
            merges: ["D1:E1"]
        )
        #expect(rows(lost) == ["甲|2|10|20"] && lost.rules.contains("column-twice"), "\(lost.rules)")
    }

    // MARK: Parts and sums

    @Test("rows behind 其中 that make up the rest are its parts, though nothing moves them to the right")
    func partsBehind() async throws {
        let head: (Int, [String?]) = (1, ["'项目内容", "'数量", "'单价", "'金额"])
        let found = try await read([
            head, (2, ["'宣传", "1", "60", "60"]), (3, ["'其中：海报", "2", "10", "20"]), (4, ["'视频", "4", "10", "40"]),
            (5, ["'劳务", "3", "10", "30"]), (6, ["'合计", nil, nil, "90"]),
        ])
        #expect(rows(found) == ["宣传|1|60|60", "劳务|3|10|30"] && !found.rules.contains("sum-differs"), "\(rows(found))")
        // Only one of the parts is named: the total says so.
        let one = try await read([
            head, (2, ["'宣传", "1", "60", "60"]), (3, ["'其中：海报", "2", "10", "20"]), (4, ["'视频", "4", "10", "40"]),
            (5, ["'劳务", "3", "10", "30"]), (6, ["'合计", nil, nil, "130"]),
        ])
        #expect(rows(one).count == 3 && !one.rules.contains("sum-differs"), "\(rows(one))")
        // Some of the parts, as the total says.
        let some = try await read([
            head, (2, ["'宣传", "1", "60", "60"]), (3, ["'其中：海报", "2", "10", "20"]), (4, ["'视频", "3", "10", "30"]),
            (5, ["'劳务", "3", "10", "30"]), (6, ["'合计", nil, nil, "90"]),
        ])
        #expect(rows(some) == ["宣传|1|60|60", "劳务|3|10|30"], "\(rows(some))")
    }

    @Test("a total behind an amount that is no number says what is missing, and one of other rows is held against them")
    func unchecked() async throws {
        let found = try await read([
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'甲", "1", "84", "84"]), (3, ["'乙", "1", "10", "'8000左右"]),
            (4, ["'丙", "1", "18", "18"]), (5, ["'合计", nil, nil, "112"]),
        ])
        #expect(message(found, "sum-unchecked").contains("10") && message(found, "sum-unchecked").contains("D3"))
        let later = try await read([
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'甲", "1", "84", "'待定"]), (3, ["'小计", nil, nil, "84"]),
            (4, ["'丙", "1", "18", "18"]), (5, ["'小计", nil, nil, "18"]),
        ])
        #expect(later.rules.count { $0 == "sum-unchecked" } == 1, "\(later.rules)")
    }

    @Test("a sum of headings with sums of their own leaves out no line; one that leaves out a heading does")
    func sumsOfSums() async throws {
        func rows(_ total: String) -> [(Int, [String?])] {
            [
                (1, ["'序号", "'项目内容", "'数量", "'单价", "'金额"]), (2, ["'一", "'材料", nil, nil, "=SUM(E3:E3)|10"]),
                (3, ["1", "'水泥", "1", "10", "10"]), (4, ["'二", "'机械", nil, nil, "=SUM(E5:E5)|30"]),
                (5, ["2", "'挖掘机", "3", "10", "30"]), (6, ["'三", "'管理费", "1", "4", "4"]),
                (7, [nil, "'合计", nil, nil, total]),
            ]
        }
        #expect(!(try await read(rows("=E2+E4+E6|44"))).rules.contains("sum-leaves-out"))
        #expect(try await read(rows("=E2+E6|14")).rules.contains("sum-leaves-out"))
    }

    // MARK: Years

    @Test("a part of a year is its year and its last day; the years of earlier items are listed")
    func partsOfYears() async throws {
        let found = try await read([
            (1, ["'年度", "'支出项目", "'支付数"]), (2, ["'2024年", "'甲", "90"]), (3, [nil, "'乙", "20"]),
            (4, ["'小计", nil, "110"]), (5, [nil, "'临时", "5"]), (6, ["'2025年1-8月", "'甲", "60"]), (7, [nil, "'乙", "15"]),
        ])
        #expect(
            rows(found, "history") == ["2024|甲|90", "2024|乙|20", "2024|临时|5", "2025|甲|60", "2025|乙|15"],
            "\(rows(found, "history"))"
        )
        #expect(rows(found, "years") == ["2024|", "2025|2025-08-31"], "\(rows(found, "years"))")
        #expect(found.rules.contains("listed") && found.rules.contains("part-of-year"))
    }

    @Test("years that have columns of their own are read year by year, those that lack what is wanted are told")
    func yearsAcross() async throws {
        let found = try await read([
            (1, ["'单位：万元"]),
            (2, ["'支出项目", "'2022年决算", "'2023年预算", "'2023年决算", "'2024年预算数", "'2024年1-8月执行", "'2025年预算"]),
            (3, ["'保洁", "80", "90", "88.5", "95", "61.2", "100"]), (4, ["'维护", "20", nil, nil, "25", "12.4", "26"]),
            (5, ["'合计", "100", "90", "88.5", "120", "73.7", "126"]),
        ])
        #expect(
            rows(found, "history") == ["2023|保洁|885000|900000", "2024|保洁|612000|950000", "2024|维护|124000|250000"],
            "\(rows(found, "history"))"
        )
        #expect(rows(found, "years") == ["2023|", "2024|2024-08-31"], "\(rows(found, "years"))")
        #expect(
            message(found, "years-across").contains("2022年决算") && message(found, "years-across").contains("2025年预算")
        )
        // Its totals are held against the rows of their years.
        #expect(found.findings.filter { $0.rule == "sheet/sum-differs" }.map(\.message.zh).joined().contains("73.7"))
        #expect(found.rules.count { $0 == "totals-left-out" } == 1, "\(found.rules)")
    }

    @Test("under years in a row of their own, too; a budget with columns of earlier years is a budget")
    func yearsAbove() async throws {
        let found = try await read(
            [
                (1, ["'支出项目", "'2023年", nil, "'2024年", nil]), (2, [nil, "'预算数", "'支付数", "'预算数", "'支付数"]),
                (3, ["'保洁", "90", "88", "95", "93"]),
            ],
            merges: ["A1:A2", "B1:C1", "D1:E1"]
        )
        #expect(rows(found, "history") == ["2023|保洁|88|90", "2024|保洁|93|95"], "\(rows(found, "history"))")
        let asked = try await read([
            (1, ["'项目内容", "'数量", "'单价", "'2023年决算", "'2024年预算", "'金额"]), (2, ["'甲", "2", "10", "18", "19", "20"]),
        ])
        #expect(rows(asked) == ["甲|2|10|20"] && rows(asked, "history").isEmpty, "\(rows(asked))")
    }

    @Test(
        "parts of years as people write them",
        arguments: [
            ("2025年1-8月", "2025-08-31"), ("2025年1—9月份", "2025-09-30"), ("2025年1月至6月", "2025-06-30"),
            ("２０２４年１－２月", "2024-02-29"),
            ("2025年度（1-10月）", "2025-10-31"), ("2025年截至8月底", "2025-08-31"), ("2025年上半年", "2025-06-30"),
        ]
    )
    func partOfYear(text: String, day: String) { #expect(WrittenNumber.partOfYear(text)?.description == day) }

    @Test(
        "what is no part of a year that begins it stays a mistake",
        arguments: [
            "2025年", "2025年8月", "2025年3-8月", "2025年1-13月", "2025年1-8月和10月", "约2025年1-8月", "1-8月",
        ]
    )
    func noPartOfYear(text: String) { #expect(WrittenNumber.partOfYear(text) == nil) }

    @Test(
        "a time in one cell is two days",
        arguments: [
            ("2026年1月—2026年12月", "2026-01-01", "2026-12-31"), ("2026.1-2026.11", "2026-01-01", "2026-11-30"),
            ("2026年3月至11月", "2026-03-01", "2026-11-30"), ("2026-01-05-2026-12-20", "2026-01-05", "2026-12-20"),
            ("2026年1月1日～2027年2月", "2026-01-01", "2027-02-28"), ("2026/1/1 - 2026/6/30", "2026-01-01", "2026-06-30"),
        ]
    )
    func span(text: String, first: String, last: String) {
        let span = WrittenSpan(text)
        #expect(span?.first.description == first && span?.last.description == last, "\(text)")
    }

    @Test(
        "what is no time from one day to another is none",
        arguments: ["一年", "2026年", "12个月", "2026年12月—2026年1月", "2026年1月起", "1月—3月"]
    )
    func noSpan(text: String) { #expect(WrittenSpan(text) == nil) }

    @Test("a time in one cell fills both fields, and is told")
    func spanField() async throws {
        let book = folder.write(
            "span.xlsx",
            Array(try WorkbookText(rows: sheetRows([(1, ["'项目起止时间", "'2026年1月—2026年12月"])])).bytes)
        )
        let settings: Value = [
            "book": .text(book), "recognise": true,
            "fields": [
                "labels": ["project.starts_on": ["开始时间"]],
                "spans": [["first": "project.starts_on", "last": "project.ends_on", "words": ["项目起止时间"]]],
            ],
        ]
        let found = try await SheetReader().read(SourceRequest(configuration: settings, form: Self.whole))
        #expect(found.fields.map { $0.value.text } == ["2026-01-01", "2026-12-31"], "\(found.fields)")
        #expect(found.rules.contains("span"))
    }

    @Test("fields stand below a table, too, where somebody signs; what is none of the form's is not named there")
    func fieldsBelow() async throws {
        let rows =
            budget + [
                (4, ["'填表人", "'王芳", nil, nil, "'填表日期", "'2026年1月12日"]), (5, ["'申报单位（盖章）：", nil, nil, "'年    月    日"]),
                (6, ["'填报单位：青禾镇文体中心（盖章）"]),
            ]
        let settings: Value = [
            "book": .text(try folder.write("below.xlsx", WorkbookText(rows: sheetRows(rows)))), "recognise": true,
            "fields": ["labels": ["report.declared_on": ["填表日期"], "applicant": ["填报单位", "申报单位"]]],
        ]
        let found = try await SheetReader().read(SourceRequest(configuration: settings, form: Self.whole))
        #expect(Set(found.fields.map { $0.value.text }) == ["2026年1月12日", "青禾镇文体中心"], "\(found.fields)")
        #expect(!found.rules.contains("fields-not-read"))
    }

    // MARK: Values

    @Test("words around a value that only say its kind are no part of it")
    func qualitative() async throws {
        let found = try await read([
            (1, ["'一级指标", "'指标名称", "'指标性质", "'目标值", "'度量单位"]), (2, ["'产出", "'次数", "'≥", "5", "'次"]),
            (3, ["'效益", "'制度", "'定性", "'健全", "'/"]),
        ])
        #expect(rows(found, "targets") == ["产出|次数|≥5次", "效益|制度|健全"], "\(rows(found, "targets"))")
    }

    @Test("the words of a town take the place of those that the plugin carries; a key that is none is told")
    func ownWords() {
        let log = DiagnosticLog()
        let words = SheetWords(ValueReader(["signatures": ["掌柜"], "signature": ["甲"]], log: log))
        #expect(words.signatures == ["掌柜"] && words.notes == SheetWords.standard.notes)
        #expect(log.diagnostics.map(\.code) == ["value/unknown-key"])
        for key in SheetWords.keys { #expect(!SheetWords.standard[key].isEmpty, "\(key)") }
    }
}
