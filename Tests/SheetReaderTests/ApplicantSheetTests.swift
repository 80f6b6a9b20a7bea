import OfficeFiles
import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Sheets as applicants make them")
struct ApplicantSheetTests {
    private let folder = Folder()

    private func read(_ rows: [(Int, [String?])], _ table: Value = .null, _ more: Record = [:]) async throws
        -> SourceReading
    {
        try await reading(folder.write("book.xlsx", WorkbookText(rows: sheetRows(rows))), table, more)
    }

    // MARK: What would count twice, or in another unit

    @Test("have amounts with their own unit in a cell, which goes before the head's")
    func ownUnit() async throws {
        let found = try await read([
            (1, ["'项目内容", "'数量", "'金额（万元）"]), (2, ["'甲", "1", "'3000元"]), (3, ["'乙", "1", "'1.92 万元"]),
            (4, ["'丙", "1", "2.5"]),
            (5, ["'丁", "1", "'1,200千元"]),
        ])
        #expect(found.rows == ["甲|1|3000", "乙|1|19200", "丙|1|25000", "丁|1|1200000"])
    }

    @Test("have the unit in the name of the sheet")
    func unitInName() async throws {
        var book = WorkbookText()
        book.add("预算明细（万元）", rows: sheetRows([(1, ["'项目内容", "'数量", "'金额"]), (2, ["'甲", "1", "0.5"])]))
        let found = try await reading(folder.write("name.xlsx", book))
        #expect(found.rows == ["甲|1|5000"])
        #expect(found.rules == ["unit-converted"])
    }

    @Test("have quantities with what they count behind them")
    func countedWithUnit() async throws {
        let found = try await read([
            (1, ["'项目内容", "'数量", "'金额"]), (2, ["'甲", "'12 人", "24"]), (3, ["'乙", "'35桶", "70"]),
            (4, ["'丙", "'2-3人", "1"]),
            (5, ["'丁", "'3万", "1"]),
        ])
        #expect(found.rows.prefix(2) == ["甲|12|24", "乙|35|70"])
        #expect(found.rows.suffix(2).allSatisfy { $0.contains("2-3人") || $0.contains("3万") }, "\(found.rows)")
    }

    @Test("have parts that are counted like lines, below the row whose parts they are")
    func countedParts() async throws {
        let found = try await read([
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'甲", "10", "500", "5000"]), (3, ["'其中：男", "4", "500", "2000"]),
            (4, ["'      女", "6", "500", "3000"]), (5, ["'乙", "1", "500", "500"]), (6, ["'设备", nil, nil, nil]),
            (7, ["'其中：电脑", "2", "4000", "8000"]),
        ])
        // A row without an amount has no parts: what stands below it is a line.
        #expect(found.rows.map { $0.prefix(2) } == ["甲|", "乙|", "其中"], "\(found.rows)")
        #expect(found.rules.contains("parts-left-out"))
    }

    @Test("have sums that are called by what they sum up, and lines with signatures and a day")
    func namedSums() async throws {
        let found = try await read([
            (1, ["'序号", "'项目内容", "'数量", "'单价", "'金额"]), (2, ["1", "'甲", "10", "500", "5000"]),
            (3, [nil, "'人员经费小计", nil, nil, "5000"]), (4, ["'本页合计", nil, nil, nil, "5000"]),
            (5, ["'合计（大写）：伍仟元整", nil, nil, nil, "5000"]), (6, [nil, "'申报总额", nil, nil, "5000"]),
            (7, ["'制表人：张三", "'复核：李四", "'日期：", nil, "45930"]), (8, ["2", "'合计器", "1", "20", "20"]),
        ])
        #expect(found.rows == ["甲|10|500|5000", "合计器|1|20|20"], "\(found.rows)")
    }

    @Test("have a second table below the first: its head is seen, and what stands below it is told and not read")
    func secondTable() async throws {
        let first: [(Int, [String?])] = [
            (1, ["'一、人员（单位：元）"]), (2, ["'项目内容", "'数量", "'单价", "'金额"]), (3, ["'甲", "10", "500", "5000"]),
        ]
        let other = try await read(first + [(4, ["'金额", "'单价", "'数量", "'项目内容"]), (5, ["2", "0.5", "4", "'电脑"])])
        #expect(other.rows == ["甲|10|500|5000"] && other.rules.contains("another-head"))
        let unit = try await read(
            first + [
                (4, ["'二、设备（单位：万元）"]), (5, ["'项目内容", "'数量", "'单价", "'金额"]), (6, ["'电脑", "4", "0.5", "2"]),
            ]
        )
        #expect(unit.rows == ["甲|10|500|5000"] && unit.rules.contains("another-head"), "\(unit.rules)")
        let same = try await read(
            first + [(4, ["'二、设备"]), (5, ["'项目内容", "'数量", "'单价", "'金额"]), (6, ["'电脑", "4", "0.5", "2"])]
        )
        #expect(same.rows.count == 2 && !same.rules.contains("another-head"))
    }

    @Test("have a note below the table that says another unit: this is told, and nothing converted")
    func unitBelow() async throws {
        let rows: [(Int, [String?])] = [(1, ["'项目内容", "'数量", "'金额"]), (2, ["'甲", "1", "4.5"])]
        let found = try await read(rows + [(3, ["'注：本表金额单位为万元。"])])
        #expect(found.rows == ["甲|1|4.5"])
        #expect(found.rules.contains("unit-noted"), "\(found.rules)")
        #expect(try await !read(rows + [(3, ["'注：本表金额单位为元。"])]).rules.contains("unit-noted"))
    }

    @Test(
        "have formats that show a unit: what is shown is read, and formats that scale what is stored change nothing",
        arguments: [
            ("0.00&quot;万元&quot;", "12000"), ("#,##0.0,&quot;千元&quot;", "1.2"), ("0!.0,&quot;万元&quot;", "1.2"),
            ("#,##0.00&quot;元&quot;", "1.2"), ("0.00\\万\\元", "12000"),
        ]
    )
    func unitInFormat(code: String, amount: String) async throws {
        var book = WorkbookText()
        let number =
            "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>甲</t></is></c><c r=\"B2\"><v>1</v></c>"
            + "<c r=\"C2\" s=\"1\"><v>1.2</v></c></row>"
        book.add("明细", rows: sheetRows([(1, ["'项目内容", "'数量", "'金额"])]) + number)
        book.styles =
            "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"\(code)\"/></numFmts>"
            + "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>"
        let found = try await reading(folder.write("format.xlsx", book), .null, [:])
        #expect(found.rows == ["甲|1|\(amount)"])
    }

    // MARK: Rates

    private let rates: [(Int, [String?])] = [
        (1, ["'项目内容", "'单价", "'金额", "'执行率"]), (2, ["'甲", "100", "95.04", "0.9504"]), (3, ["'乙", "100", "80", "80"]),
        (4, ["'丙", "100", "50", "0.3"]), (5, ["'丁", "100", "95", "'95%"]), (6, ["'戊", "200", "200", "1"]),
        (7, ["'己", nil, nil, "0.95"]), (8, ["'庚", "1000", "5", "0.5"]), (9, ["'辛", "100", "95", "=C9/B9|0.95"]),
    ]

    @Test("have rates without a percent sign, which the amounts beside them explain; where nothing does, this is said")
    func rateWithoutSign() async throws {
        let found = try await read(rates)
        #expect(
            found.rows == [
                "甲|100|95.04|95.04", "乙|100|80|80", "丙|100|50|0.3", "丁|100|95|95", "戊|200|200|100", "己|||0.95",
                "庚|1000|5|0.5", "辛|100|95|95",
            ]
        )
        #expect(found.rules == ["rate-as-fraction", "rate-unclear", "rate-unclear", "number-as-text"])
        #expect(found.places == ["明细!D2", "明细!D4", "明细!D7", "明细!D5"])
        #expect(found.findings[0].message.zh.hasSuffix("已乘以 100：D2、D6、D9"))
        #expect(found.findings[1].message.zh.contains("0.3，没有百分号：是 0.3% 还是 30%？按 0.3% 读取"))
    }

    @Test("have rates whose head says %: they are percentages, unless the amounts say otherwise")
    func rateWithSign() async throws {
        var rows = rates
        rows[0].1[3] = "'执行率（%）"
        let found = try await read(rows)
        #expect(
            found.rows.map { $0.split(separator: "|").last ?? "" } == [
                "0.9504", "80", "0.3", "95", "1", "0.95", "0.5", "0.95",
            ]
        )
        // 95.04 of 100 is no 0.9504 %.
        #expect(found.places.prefix(3) == ["明细!D2", "明细!D6", "明细!D9"])
        #expect(found.rules.prefix(3) == ["rate-unclear", "rate-unclear", "rate-unclear"])
    }

    @Test("have rates in a CSV as in a workbook")
    func ratesOfText() async throws {
        let text = "项目内容,单价,金额,执行率\n甲,100,95,0.95\n乙,100,95,95\n丙,,,0.95\n"
        let found = try await reading(folder.write("rates.csv", Array(text.utf8)))
        #expect(found.rows == ["甲|100|95|95", "乙|100|95|95", "丙|||0.95"])
        #expect(found.rules == ["rate-as-fraction", "rate-unclear"])
    }

    // MARK: Sums that nobody calls sums

    @Test("have headings with sums of what stands below them, by their numbers or formulas: no amount counts twice")
    func headingsWithSums() async throws {
        let found = try await read([
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'一、人员", nil, nil, "30"]), (3, ["'（一）专职", nil, nil, "20"]),
            (4, ["'1.月薪", "2", "10", "20"]), (5, ["'（二）兼职", "1", "10", "10"]),
            (6, ["'二、设备", nil, nil, "=SUM(D7:D8)|7"]),
            (7, ["'台灯", "1", "3", "3"]), (8, ["'桌椅", "2", "2", "4"]), (9, ["'三、其他", nil, nil, "5"]),
            (10, ["'四、维修", nil, nil, "9"]), (11, ["'1.屋面", "1", "8", "8"]), (12, ["'其中：材料", nil, nil, "3"]),
            (13, ["'共计", nil, nil, "=D2+D6+D9+D10|51"]),
        ])
        #expect(found.rows == ["1.月薪|2|10|20", "（二）兼职|1|10|10", "台灯|1|3|3", "桌椅|2|2|4", "三、其他|||5", "1.屋面|1|8|8"])
        #expect(found.rules == ["totals-left-out", "parts-left-out", "sum-differs"])
        #expect(found.places == ["明细!A2", "明细!A12", "明细!D10"])
        #expect(found.findings[0].message.en.contains("2 (一、人员), 3 (（一）专职), 6 (二、设备), 10 (四、维修), 13 (共计)"))
        #expect(found.findings[2].message.zh.contains("\"四、维修\"写的是 9，它下面各行合计 8"))
    }

    @Test("have totals that somebody has typed: those that none of the rows come to are told at their cells")
    func typedTotals() async throws {
        let head: (Int, [String?]) = (1, ["'项目内容", "'数量", "'单价", "'金额"])
        func odd(_ rows: [[String?]]) async throws -> [String] {
            let found = try await read([head] + rows.enumerated().map { ($0.offset + 2, $0.element) })
            return zip(found.rules, found.places).filter { $0.0 == "sum-differs" }.map(\.1)
        }
        let (a, b, c) = (["'甲", "2", "5", "10"], ["'乙", "1", "20", "20"], ["'丙", "1", "5", "5"])
        func total(_ name: String, _ amount: String) -> [String?] { ["'" + name, nil, nil, amount] }
        #expect(
            try await odd([a, b, total("小计", "31"), c, total("小计", "5"), total("合计", "40")]) == ["明细!D4", "明细!D7"]
        )
        // One slip is told once: the total adds up what is printed above it.
        #expect(try await odd([a, b, total("小计", "31"), c, total("小计", "5"), total("合计", "36")]) == ["明细!D4"])
        for right in [
            [a, b, total("小计", "30"), c, total("小计", "5"), total("合计", "35")], [total("合计", "35"), a, b, c],
            [a, b, c, total("合计", "35"), total("总计", "35")], [a, total("合计", "=D2|10"), b],
            [a, total("小计", "10"), b, total("小计", "20"), total("一、二项合计", "30"), c, total("合计", "35")],
            [a, ["'乙", "1", nil, "'待定"], total("合计", "35")], [total("合计", "35")],
            [a, ["'其中：材料", nil, nil, "4"], b, total("合计", "30")],
        ] { #expect(try await odd(right).isEmpty, "\(right)") }
        let found = try await read([head, (2, a), (3, b), (4, ["'合计", nil, nil, "310000"])])
        #expect(
            found.findings.last { $0.rule == "sheet/sum-differs" }?.message.zh
                == "\"合计\"写的是 310,000，所合计的各行相加为 30；只读取了各行，请核对是哪一行或合计有误"
        )
    }

    @Test("have numbered lines that are no headings, and amounts without anything below them: all of them are lines")
    func numberedLines() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'一、培训费", nil, nil, "8"]), (3, ["'1.师资情况说明", nil, nil, nil]),
            (4, ["'二、会议费", "1", "5", "5"]), (5, ["'1.5 米长桌", "2", "3", "6"]), (6, ["'三、印刷", nil, nil, "2"]),
        ]
        let found = try await read(rows)
        #expect(found.rows == ["一、培训费|||8", "二、会议费|1|5|5", "1.5 米长桌|2|3|6", "三、印刷|||2"])
        #expect(found.rules == ["titles-left-out"])
    }

    @Test(
        "know the number of a row by how it is written",
        arguments: [
            ("一、人员", 1), ("十二．设备", 1), ("一", 1), ("（三）其他", 2), ("(三) 其他", 2), ("1", 3), ("1.屋面", 3), ("2、屋面", 3),
            ("3) 屋面", 3),
            ("1.1", 4), ("1.2 屋面", 4), ("（1）屋面", 4), ("一次性用品", nil), ("2026 年", nil), ("1.1屋面", 4), ("3 人", nil),
            ("人员", nil),
        ] as [(String, Int?)]
    )
    func levels(_ text: String, _ level: Int?) { #expect(SumRows.level(of: text) == level) }

    // MARK: Heads

    @Test(
        "have heads that say more than a name: a year before it, a unit behind it; of two years the later one is read"
    )
    func looseHeads() async throws {
        let found = try await read([
            (1, ["'项目内容", "'单价/万元", "'2025年度金额", "'2026年金额（元）"]), (2, ["'甲", "2", "3", "4"]),
        ])
        #expect(found.rows == ["甲|20000|4"])
        #expect(found.rules == ["column-twice", "unit-converted"])
        #expect(found.places == ["明细!C1", "明细!B1"])
    }

    @Test("have prices for something in their heads: 元/人·天, 万元/年")
    func pricesForSomething() async throws {
        let found = try await read([(1, ["'项目内容", "'单价（万元/年）", "'金额（元／次）"]), (2, ["'甲", "2", "3"])])
        #expect(found.rows == ["甲|20000|3"])
    }

    @Test("lack columns that have to be filled in: these are named, with what was not read")
    func lacking() async throws {
        let needed: Value = ["budget_lines": ["group", "quantity", "price", "amount"]]
        let found = try await read([(2, ["'项目内容", "'件数", "'金额"]), (3, ["'甲", "2", "3"])], .null, ["needed": needed])
        #expect(found.rules == ["unknown-columns", "needed-missing"])
        let message = try #require(found.findings.last?.message.zh)
        #expect(message.contains("必填列的列名：\"数量\"、\"单价\"") && message.contains("\"件数\""), "\(message)")
        #expect(found.places.last == "明细!B2")
        let whole = try await read(
            [(1, ["'项目内容", "'数量", "'单价", "'金额"]), (3, ["'甲", "2", "3", "6"])],
            .null,
            ["needed": needed]
        )
        #expect(whole.rules.isEmpty)
    }

    @Test("have one value in three cells, an operator, a number and a unit, which are read as one")
    func joined() async throws {
        let joined: Value = ["budget_lines": ["detail": ["before": ["指标性质"], "behind": ["度量单位"]]]]
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'指标性质", "'项目明细", "'度量单位"]), (2, ["'甲", "'≥", "95", "'%"]), (3, ["'乙", nil, "'95%", "'%"]),
            (4, ["'丙", "'≤", nil, "'元"]), (5, ["'丁", nil, "'建成", nil]),
        ]
        let found = try await read(rows, .null, ["joined": joined])
        #expect(found.rows == ["甲|≥95%", "乙|95%", "丙|", "丁|建成"])
        #expect(found.rules == ["joined"] && found.places == ["明细!C1"])
        #expect(try await read(rows).rules == ["unknown-columns"])
    }

    @Test("are two of a kind: one is read, and the other is not called a stranger")
    func twoOfAKind() async throws {
        var book = WorkbookText()
        let lines: [(Int, [String?])] = [
            (1, ["'项目内容", "'项目明细", "'数量", "'单价", "'金额（元）"]), (2, ["'甲", nil, "1", "2", "2"]),
        ]
        book.add("附件1", rows: sheetRows(lines))
        book.add("附件2", rows: sheetRows(lines))
        let found = try await reading(folder.write("two.xlsx", book), .null, ["recognise": true, "tables": .list([])])
        #expect(found.rows == ["甲||1|2|2"] && found.rules == ["recognised", "not-recognised"])
        #expect(found.findings[1].message.zh.contains("\"附件2\"也像\"预算明细\"，但这张表已从工作表\"附件1\"读取"))
    }

    @Test("end where people sign, and have no head in a line that says the unit")
    func signatures() async throws {
        let found = try await read([
            (1, [nil, nil, nil, nil, "'单位：元"]), (2, ["'项目内容", "'数量", "'单价", "'金额", "'备注说明"]),
            (3, ["'甲", "2", "3", "6", "'急"]),
            (5, ["'单位负责人：", nil, "'财务负责人：", "'填表人：张三"]),
        ])
        #expect(found.rows == ["甲|2|3|6"])
        #expect(found.rules == ["unknown-columns", "titles-left-out"] && found.places == ["明细!E2", "明细!A5"])
    }

    // MARK: Fields

    private static let outline = DossierOutline(
        fields: [
            DossierOutline.Field(
                "project",
                .group([DossierOutline.Field("name", .value(.text)), DossierOutline.Field("total", .value(.decimal))])
            )
        ],
        tables: form.tables,
        synonyms: form.synonyms
    )

    @Test("have fields that formulas give, computed where no result is stored; what else looks like a field is named")
    func fields() async throws {
        var book = WorkbookText()
        book.add(
            "基本情况",
            rows: sheetRows([
                (1, ["'基本情况表"]), (2, ["'项目名称", "'助餐", "'项目负责人", "'张三"]),
                (3, ["'总金额", "=1+2|", "'其中：市级", "'四"]), (4, ["'联系电话：021-1"]),
            ])
        )
        let path = try folder.write("fields.xlsx", book)
        let labels: Value = ["project.name": "项目名称", "project.total": "总金额"]
        let settings: Value = ["book": .text(path), "recognise": true, "fields": ["labels": labels], "computes": true]
        let found = try await SheetReader().read(SourceRequest(configuration: settings, form: Self.outline))
        #expect(found.fields.map { $0.value.scalarText ?? "" } == ["助餐", "3"])
        #expect(found.rules == ["computed", "fields-not-read", "recognised"])
        #expect(found.places == ["基本情况!B3", "基本情况!C2", "基本情况!A1"])
        #expect(found.findings[1].message.zh == "表单中没有这些项目，未读取：\"项目负责人\"、\"其中\"、\"联系电话\"")
    }

    @Test("have fields whose formulas nobody can compute: they are empty, and this is an error at the cell")
    func uncomputed() async throws {
        var book = WorkbookText()
        book.add("基本情况", rows: sheetRows([(2, ["'总金额", "=FREQUENCY(A1,B1)|", "'项目名称", "'助餐"])]))
        let path = try folder.write("fields.xlsx", book)
        let labels: Value = ["project.name": "项目名称", "project.total": "总金额"]
        let settings: Value = ["book": .text(path), "recognise": true, "fields": ["labels": labels], "computes": true]
        let found = try await SheetReader().read(SourceRequest(configuration: settings, form: Self.outline))
        #expect(found.fields.map { $0.value.scalarText ?? "" } == ["助餐"])
        #expect(found.rules.contains("field") && found.places.first == "基本情况!B2")
    }
}
