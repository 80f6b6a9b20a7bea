import OfficeFiles
import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Tables from workbooks")
struct WorkbookSourceTests {
    private let folder = Folder()

    private func read(_ text: WorkbookText, _ table: Value = .null) async throws -> SourceReading {
        try await reading(folder.write("book.xlsx", text), table)
    }

    private let lines: [(Int, [String?])] = [
        (1, ["'2026 年预算申报表"]), (2, ["'单位：元"]), (4, head), (5, ["'厨房", "'灶台", "2", "1500.5", "3001"]),
        (6, ["'厨房", "'水槽", "1", "800", "=C6*D6|800"]), (7, []), (8, ["'合 计", nil, nil, nil, "3801"]), (9, ["'注：均含税"]),
    ]

    @Test("are found under titles and notes, without totals and remarks, each row and cell with its place")
    func usual() async throws {
        let found = try await read(WorkbookText(rows: sheetRows(lines)))
        #expect(found.columns == ["group", "detail", "quantity", "price", "amount"])
        #expect(found.rows == ["厨房|灶台|2|1500.5|3001", "厨房|水槽|1|800|800"])
        #expect(found.rules == ["totals-left-out", "titles-left-out"])
        #expect(found.places == ["明细!A8", "明细!A9"])
        let table = try #require(found.tables.first)
        #expect(table.place(ofRow: 1)?.brief == "book.xlsx, 明细!A6")
        #expect(table.place(ofRow: 1, column: 4)?.brief == "book.xlsx, 明细!E6")
    }

    @Test("are read as well after extra columns, subtotals, empty rows and repeated heads were added; these are named")
    func additions() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'序号"] + head + ["'备注", "'科室意见"]), (2, ["1", "'厨房", "'灶台", "2", "1", "2", "'急", nil]),
            (3, [nil, "'小计", nil, nil, nil, "2"]),
            (4, ["' "]), (6, ["'序号"] + head + ["'备注", "'科室意见"]), (7, ["2", "'外墙", "'粉刷", "3", "1", "3", nil, "'同意"]),
        ]
        let found = try await read(WorkbookText(rows: sheetRows(rows)))
        #expect(found.rows == ["厨房|灶台|2|1|2", "外墙|粉刷|3|1|3"])
        #expect(found.rules == ["unknown-columns", "totals-left-out"])
        #expect(found.findings[0].message.zh.contains("\"序号\"、\"备注\"、\"科室意见\""))
        #expect(found.tables[0].place(ofRow: 1, column: 4)?.brief == "book.xlsx, 明细!F7")
    }

    @Test(
        "may have heads in two rows with merged cells; a text in a cell over rows holds for all of them, a number counts once"
    )
    func merged() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'项目明细", "'申报", nil, nil, "'审核"]), (2, [nil, nil, "'数量", "'单价", "'金额", "'意见"]),
            (3, ["'厨房", "'灶台", "2", "1", "2"]), (4, [nil, "'水槽", "1", "5"]), (5, ["'外墙", "'粉刷", "3", "1", "3"]),
        ]
        let merges = ["A1:A2", "B1:B2", "C1:E1", "A3:A4", "E3:E4"].map { "<mergeCell ref=\"\($0)\"/>" }.joined()
        let found = try await read(WorkbookText(rows: sheetRows(rows), after: "<mergeCells>\(merges)</mergeCells>"))
        #expect(found.rows == ["厨房|灶台|2|1|2", "厨房|水槽|1|5|", "外墙|粉刷|3|1|3"])
        #expect(found.rules == ["unknown-columns", "amount-over-rows"])
        #expect(found.places == ["明细!F2", "明细!E4"])
    }

    @Test("have their cells typed by the form: percentages, days, amounts in words and in 万元, yes and no, lists")
    func types() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'金额（万元）", "'执行率", "'日期", "'是否新增", "'标签"]),
            (2, ["'甲", "1.5", "95.04", "'2026年1月31日", "'是", "'急、重"]),
            (3, ["45", "'１，２００．５", "'98%", "'2026/2/1", "'否", "'急"]),
            (4, ["'丙", "'待定", "'—", "'下月", "'也许", nil]),
        ]
        let found = try await read(WorkbookText(rows: sheetRows(rows)))
        #expect(found.columns == ["group", "amount", "rate", "day", "new", "tags"])
        #expect(
            found.rows == ["甲|15000|95.04|2026-01-31|true|急+重", "45|12005000|98|2026-02-01|false|急", "丙|待定||下月|也许|"]
        )
        // What does not fit goes as text, for the host to say so at its cell.
        #expect(found.tables[0].problemCount == 0)
        #expect(found.tables[0].schema.columns.map(\.type) == [.text, .text, .decimal, .text, .text, .texts])
        #expect(found.rules == ["unit-converted", "number-as-text"])
    }

    @Test("of another currency than the form's are said to be, and not converted")
    func foreign() async throws {
        let found = try await read(WorkbookText(rows: sheetRows([(1, ["'项目内容", "'金额（万美元）"]), (2, ["'甲", "1.5"])])))
        #expect(found.rows == ["甲|1.5"])
        #expect(found.rules == ["unit-differs"])
        #expect(found.findings[0].severity == .error)
        #expect(found.findings[0].message.zh == "\"金额\"的表头写的是万美元，表单要求元，未作换算：请按元填写并更正表头")
    }

    @Test("have days and percentages by the formats of their cells")
    func formats() async throws {
        var text = WorkbookText(
            rows: sheetRows([(1, ["'项目内容", "'执行率", "'日期"])])
                + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46053</v></c><c r=\"B2\" s=\"2\"><v>0.95040000000000002</v></c>"
                + "<c r=\"C2\" s=\"1\"><v>46053</v></c></row>"
        )
        text.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"31\"/><xf numFmtId=\"10\"/></cellXfs>"
        #expect(try await read(text).rows == ["2026-01-31|95.04|2026-01-31"])
        text.properties = "date1904=\"1\""
        #expect(try await read(text).rows == ["2030-02-01|95.04|2030-02-01"])
    }

    @Test("say which cells could not be read: errors, formulas without a result, hidden rows and columns")
    func unread() async throws {
        let rows: [(Int, [String?])] = [
            (1, head), (2, ["'甲", "#N/A", "1", "2", "=C2*D2"]), (3, ["'乙", "'丙", "1", "#REF!", "1"]),
        ]
        let xml = sheetRows(rows).split(separator: "<row r=\"3\">").joined(separator: "<row r=\"3\" hidden=\"1\">")
        let found = try await read(
            WorkbookText(rows: xml, before: "<cols><col min=\"3\" max=\"3\" hidden=\"true\"/></cols>")
        )
        #expect(found.rows == ["甲||1|2|", "乙|丙|1|#REF!|1"])
        #expect(found.rules == ["hidden-rows", "hidden-columns", "not-calculated", "error-value", "error-value"])
        #expect(found.places == ["明细!A3", "明细!C1", "明细!E2", "明细!B2", "明细!D3"])
        #expect(found.tables[0].problemCount == 0)
    }

    @Test("have formulas held against their results, sums against their lines; a text that is a number is named")
    func formulas() async throws {
        let rows: [(Int, [String?])] = [
            (1, head), (2, ["'甲", "'一", "2", "3", "=C2*D2|6"]), (3, ["'甲", "'二", "2", "3", "=C3*D3|7"]),
            (4, ["'小计", nil, nil, nil, "=SUM(E2:E3)|13"]), (5, ["'乙", "'三", "'2", "3", "=C5*D5|6"]),
            (6, ["'乙", "'四", "1", "4", "=C6*D6"]), (7, ["'乙", "'五", "1", "4", "4"]),
            (8, ["'合计", nil, nil, nil, "=SUM(E4:E6)|17"]), (9, ["'注", "=TODAY()|46000", "=[1]表!A1|5"]),
        ]
        let found = try await read(WorkbookText(rows: sheetRows(rows)))
        #expect(found.rows == ["甲|一|2|3|6", "甲|二|2|3|7", "乙|三|2|3|6", "乙|四|1|4|", "乙|五|1|4|4", "注|46000|5||"])
        let told = zip(found.rules, found.places).map { "\($0) \($1)" }
        #expect(
            told == [
                "totals-left-out 明细!A4", "not-calculated 明细!E6", "number-as-text 明细!C5", "sum-leaves-out 明细!E8",
                "formula-differs 明细!E3", "formula-differs 明细!E8", "formula-follows 明细!E4", "formula-linked 明细!C9",
                "formula-left 明细!E5",
            ]
        )
        #expect(found.findings[1].message.zh.contains("E6 = 4"))
        #expect(found.findings[3].message.zh.hasSuffix("第 7 行"))
        #expect(found.findings[4].message.zh.hasPrefix("单元格显示 7，按公式 =C3*D3 应为 6"))
    }

    @Test("are the sheet that is named, that is called like the table, or the only one with such a head")
    func sheets() async throws {
        var text = WorkbookText()
        text.add("说明", rows: sheetRows([(1, ["'请填写"])]))
        text.add("表一", rows: sheetRows([(1, head), (2, ["'甲", "'乙", "1", "1", "1"])]))
        #expect(try await read(text).rows == ["甲|乙|1|1|1"])
        text.add("表二", rows: sheetRows([(1, head), (2, ["'丙", "'丁", "1", "1", "1"])]))
        let error = await #expect(throws: SheetMistake.self) { try await read(text) }
        #expect(error?.code == "sheet-reader/several-sheets")
        #expect(try await read(text, "表二").rows == ["丙|丁|1|1|1"])
        text.add("明细表", rows: sheetRows([(1, head), (2, ["'戊", "'己", "1", "1", "1"])]), state: "state=\"hidden\"")
        let found = try await read(text)
        #expect(found.rows == ["戊|己|1|1|1"] && found.rules == ["hidden-sheet"])
    }

    @Test("have the columns that settings name, count and fix")
    func settings() async throws {
        let rows = sheetRows([(1, ["'品名", "'预算（元）"]), (2, ["'甲", "5"]), (3, ["'乙", "6"])])
        let found = try await read(
            WorkbookText(rows: rows),
            ["columns": ["group": "品名", "amount": "预算"], "count": ["id": "L00"], "fixed": ["detail": "设备"]]
        )
        #expect(found.columns == ["id", "group", "detail", "amount"])
        #expect(found.rows == ["L01|甲|设备|5", "L02|乙|设备|6"])
    }

    @Test("of two files follow one another, with their own places; the same row twice is named")
    func twoBooks() async throws {
        let first = try folder.write(
            "甲.xlsx",
            WorkbookText(rows: sheetRows([(1, head), (2, ["'a", "'b", "1", "1", "1"])]))
        )
        let second = try folder.write(
            "乙.xlsx",
            WorkbookText(
                rows: sheetRows([
                    (1, ["'序号"] + head), (2, ["1", "'a", "'b", "1", "1", "1"]), (3, ["2", "'c", "'d", "2", "1", "2"]),
                ])
            )
        )
        let third = try folder.write("丙.xlsx", WorkbookText(rows: sheetRows([(1, ["'说明"])])))
        let found = try await SheetReader().read(
            SourceRequest(
                configuration: [
                    "book": [.text(first), .text(second), .text(third)],
                    "tables": ["budget_lines": ["count": ["id": "L0"]]],
                ],
                form: form
            )
        )
        #expect(found.rows == ["L1|a|b|1|1|1", "L2|a|b|1|1|1", "L3|c|d|2|1|2"])
        let places = (0..<3).map { found.tables[0].place(ofRow: $0, column: 5)?.brief }
        #expect(places == ["甲.xlsx, 明细!E2", "乙.xlsx, 明细!F2", "乙.xlsx, 明细!F3"])
        #expect(found.rules == ["not-in-book", "unknown-columns", "row-twice"])
        #expect(found.findings[2].message.zh.contains("甲.xlsx, 明细!A2"))
    }

    @Test("are checked before anything is read: tables, columns, sheets, heads, files")
    func mistakes() async throws {
        let path = try folder.write("book.xlsx", WorkbookText(rows: sheetRows([(1, ["'说明"])])))
        let cut = folder.write("cut.xlsx", Array(try WorkbookText(rows: "").bytes.dropLast(30)))
        func codes(_ tables: Value, _ book: String) async throws -> [String] {
            try await SheetReader().validate(["book": .text(book), "tables": tables], in: FormContext(form: form)).map {
                "\($0.code) \($0.pointer)"
            }
        }
        #expect(try await codes(["budget_line": .null], path) == ["sheet-reader/unknown-table /tables/budget_line"])
        #expect(
            try await codes(["budget_lines": ["columns": ["amuont": "金额"]]], path) == [
                "sheet-reader/unknown-column /tables/budget_lines/columns/amuont"
            ]
        )
        #expect(try await codes(["budget_lines": .null], path) == ["sheet-reader/no-head /tables/budget_lines"])
        #expect(try await codes(["budget_lines": "明系"], path) == ["sheet-reader/no-sheet /tables/budget_lines"])
        #expect(try await codes(["budget_lines": .null], cut) == ["sheet-reader/cannot-read /book"])
        #expect(
            try await codes(["budget_lines": ["shet": "a"]], path) == ["value/unknown-key /tables/budget_lines/shet"]
        )
    }
}

@Suite("Numbers that people have written into cells of text")
struct WrittenNumberTests {
    @Test(
        "are read as far as they are plain",
        arguments: [
            ("1,703,200.00", "1703200.00"), ("￥ 300 元", "300"), ("９５．０４％", "95.04"), ("(1,200)", "-1200"), ("－5", "-5"),
            ("1，200", "1200"),
        ]
    )
    func read(_ text: String, _ expected: String) {
        #expect(WrittenNumber.read(text, asPercent: true)?.description == expected)
    }

    @Test("are none where something else is said", arguments: ["1万元", "约3", "3~5", "1,20", "", "一", "3.5.1"])
    func none(_ text: String) { #expect(WrittenNumber.read(text, asPercent: false) == nil) }

    @Test(
        "of heads say their unit",
        arguments: [
            ("金额（万元）", "CNY-wan"), ("金额(单位：千元)", "CNY-thousand"), ("金额（元）", "CNY"), ("万元户", nil), ("金额", nil),
            ("Montant (€)", "EUR"), ("Coût (en k€)", "EUR-thousand"), ("Kosten (TEUR)", "EUR-thousand"),
            ("Amount (US$)", "USD"),
            ("Amount ($)", nil), ("Budget (millions d'euros)", "EUR-million"), ("金额（¥）", "CNY"),
            ("Amount (EUR thousand)", "EUR-thousand"), ("金额（百万美元）", "USD-million"), ("数量（台）", nil), ("执行率（%）", nil),
        ]
    )
    func money(_ head: String, _ expected: String?) { #expect(HeadWords.money(in: head)?.rawValue == expected) }

    @Test(
        "of lines and titles say the unit of what stands below",
        arguments: [
            ("单位：万元", "CNY-wan"), ("金额单位: 元", "CNY"), ("金额单位：人民币万元", "CNY-wan"), ("预算表（单位：万元）", "CNY-wan"),
            ("预算表（万元）", "CNY-wan"), ("Unit: EUR thousand", "EUR-thousand"), ("填报单位：红旗镇", nil), ("单位：台", nil),
            ("预算表", nil), ("说明：万元", nil),
            ("（单位：万元）", "CNY-wan"), ("（单位：人民币万元）", "CNY-wan"), ("[元]", "CNY"), ("（说明）", nil),
        ]
    )
    func moneyAbove(_ text: String, _ expected: String?) {
        #expect(HeadWords.money(above: text)?.rawValue == expected)
    }

    @Test(
        "count what the column counts",
        arguments: [
            ("CNY", "金额（万元）", "10000"), ("CNY-wan", "金额（元）", "0.0001"), ("CNY-wan", "金额（亿元）", "10000"),
            ("EUR-thousand", "Amount (EUR)", "0.001"), ("CNY", "金额", nil), ("CNY", "金额（元）", nil),
            ("percent", "率（万元）", nil),
            ("CNY", "金额（美元）", nil),
        ]
    )
    func factor(_ unit: String, _ head: String, _ expected: String?) {
        let column = Column(name: "amount", type: .decimal, unit: unit)
        let mapped = MappedColumn(position: 0, sheetColumn: 1, column: column, head: head)
        #expect(mapped.factor?.description == expected)
        #expect((mapped.foreign != nil) == head.contains("美元"))
    }
}
