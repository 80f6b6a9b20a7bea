import OfficeFiles
import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Sheets and headings that go on")
struct FollowingSheetTests {
    private let folder = Folder()

    private func recognised(_ sheets: [(String, [(Int, [String?])])]) async throws -> SourceReading {
        var book = WorkbookText()
        for (name, rows) in sheets { book.add(name, rows: sheetRows(rows)) }
        let path = try folder.write("book.xlsx", book)
        return try await SheetReader().read(
            SourceRequest(configuration: ["book": .text(path), "recognise": true], form: form)
        )
    }

    private let people: [(Int, [String?])] = [
        (1, ["'项目内容", "'数量", "'金额"]), (2, ["'讲师", "1", "1000"]), (3, ["'助教", "1", "2000"]), (4, ["'合计", nil, "3000"]),
    ]

    @Test("a second sheet with the very heads goes on with the first, and is told")
    func following() async throws {
        let found = try await recognised([
            ("人员", people), ("设备", [(1, ["'项目内容", "'数量", "'金额"]), (2, ["'电脑", "2", "9000"])]),
        ])
        #expect(found.rows == ["讲师|1|1000", "助教|1|2000", "电脑|2|9000"])
        #expect(found.rules.contains("follows"), "\(found.rules)")
    }

    @Test(
        "a sheet with other heads goes on with the first where all of its columns are there, and its doubles are told"
    )
    func otherHeads() async throws {
        let found = try await recognised([
            ("人员", people.dropLast() + [(4, ["'教材", "1", "300"])]),
            (
                "设备",
                [
                    (1, ["'2020年设备"]), (2, ["'金额（万元）", "'项目明细", "'数量", "'项目内容"]), (3, ["0.9", "'台式", "2", "'电脑"]),
                    (4, ["0.1", "'全职", "1", "'讲师"]), (5, ["0.3", "'彩色", "1", "'打印机"]),
                ]
            ),
        ])
        #expect(
            found.rows == ["讲师||1|1000", "助教||1|2000", "教材||1|300", "电脑|台式|2|9000", "讲师|全职|1|1000", "打印机|彩色|1|3000"],
            "\(found.rows)"
        )
        #expect(found.rules.contains("follows") && found.rules.contains("row-twice"), "\(found.rules)")
    }

    @Test(
        "rows stand in the order of the sheets, also where a later one names more columns; the later of two years counts in each"
    )
    func orderOfSheets() async throws {
        let found = try await recognised([
            (
                "人员",
                [
                    (1, ["'项目内容", "'2019年", "'2019年", "'2020年", "'2020年"]), (2, ["'项目内容", "'数量", "'金额", "'数量", "'金额"]),
                    (3, ["'讲师", "1", "900", "1", "1000"]),
                ]
            ), ("设备", [(1, ["'项目内容", "'项目明细", "'数量", "'金额"]), (2, ["'电脑", "'台式", "2", "9000"])]),
        ])
        #expect(found.rows == ["讲师||1|1000", "电脑|台式|2|9000"], "\(found.rows)")
        #expect(found.rules.contains("follows"), "\(found.rules)")
    }

    @Test("a sheet that lacks a column of the first is not read, and what it lacks is said")
    func lacking() async throws {
        let found = try await recognised([
            ("人员", people), ("设备", [(1, ["'项目内容", "'项目明细", "'数量"]), (2, ["'电脑", "'台式", "2"])]),
        ])
        #expect(found.rows == ["讲师|1|1000", "助教|1|2000"])
        let told = found.findings.first { $0.rule == "sheet/not-recognised" }
        #expect(told?.message.zh.contains("没有这些列：\"金额\"") == true, "\(found.findings.map(\.message.zh))")
    }

    @Test("another draft, details of a sum and a sheet of another year are told and not read")
    func notFollowing() async throws {
        let others: [(String, [(Int, [String?])])] = [
            ("修改稿", [(1, ["'项目内容", "'数量", "'金额"]), (2, ["'讲师", "1", "900"]), (3, ["'助教", "1", "1800"])]),
            ("明细", [(1, ["'项目内容", "'数量", "'金额"]), (2, ["'书法", "1", "400"]), (3, ["'舞蹈", "1", "600"])]),
            ("2019年设备", [(1, ["'项目内容", "'数量", "'金额"]), (2, ["'电脑", "2", "9000"])]),
            ("上年", [(1, ["'项目内容", "'金额", "'数量"]), (2, ["'电脑", "9000", "2"])]),
            ("表", [(1, ["'2019年设备明细"]), (2, ["'金额", "'项目内容", "'数量"]), (3, ["9000", "'电脑", "1"])]),
        ]
        for other in others {
            let first = other.0.hasPrefix("2019") || other.0 == "表" ? "2020年人员" : "人员"
            let found = try await recognised([(first, people), other])
            #expect(found.rows == ["讲师|1|1000", "助教|1|2000"], "\(other.0)")
            #expect(found.rules.contains("not-recognised") && !found.rules.contains("follows"), "\(found.rules)")
        }
    }

    @Test("a sheet that comes to several lines that follow one another is their details")
    func detailsOfSeveral() async throws {
        let found = try await recognised([
            ("预算", people.dropLast() + [(4, ["'教材", "1", "500"])]),
            ("采购", [(1, ["'金额", "'项目内容", "'数量"]), (2, ["1600", "'书法", "1"]), (3, ["900", "'舞蹈", "1"])]),
        ])
        #expect(found.rows == ["讲师|1|1000", "助教|1|2000", "教材|1|500"])
        #expect(found.rules.contains("not-recognised"), "\(found.rules)")
    }

    @Test("a heading with the sum of what stands below names the group of the rows that leave it empty")
    func headings() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'序号", "'项目内容", "'项目明细", "'数量", "'单价", "'金额"]), (2, ["'一", "'人员", nil, nil, nil, "30000"]),
            (3, ["1", nil, "'工资", "10", "2000", "20000"]), (4, ["2", nil, "'社保", "10", "1000", "10000"]),
            (5, [nil, "'二、设备", nil, nil, nil, nil]), (6, ["1", nil, "'电脑", "1", "5000", "5000"]),
            (7, ["2", "'家具", "'桌椅", "1", "800", "800"]), (8, [nil, "'小计", nil, nil, nil, "5800"]),
            (9, ["3", nil, "'不可预见费", "1", "1", "1"]),
        ]
        let found = try await reading(folder.write("heads.xlsx", WorkbookText(rows: sheetRows(rows))), .null, [:])
        let names = found.rows.map {
            $0.split(separator: "|", omittingEmptySubsequences: false).prefix(2).joined(separator: "|")
        }
        #expect(names == ["人员|工资", "人员|社保", "设备|电脑", "家具|桌椅", "|不可预见费"], "\(found.rows)")
        #expect(found.rules.contains("heading-as-group"), "\(found.rules)")
    }

    @Test(
        "a name that is written once goes on below it where the columns left of it do, and is told; by what is asked for only"
    )
    func continued() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'项目明细", "'日期", "'数量", "'金额"]), (2, ["'人员", "'讲师", nil, "1", "100"]),
            (3, [nil, "'助教", nil, "2", "200"]), (4, ["' ", "'教务", nil, "1", "50"]),
            (5, ["'设备", "'电脑", nil, "1", "900"]),
            // Called nothing at all, it is nobody's part.
            (6, [nil, nil, nil, "1", "7"]), (7, ["'小计", nil, nil, nil, "1257"]), (8, [nil, "'不可预见", nil, "1", "1"]),
        ]
        let path = try folder.write("once.xlsx", WorkbookText(rows: sheetRows(rows)))
        func names(_ settings: Record) async throws -> (names: [String], SourceReading) {
            let found = try await reading(path, .null, settings)
            return (
                found.rows.map {
                    $0.split(separator: "|", omittingEmptySubsequences: false).prefix(2).joined(separator: "|")
                }, found
            )
        }
        let (filled, found) = try await names(["continued": ["budget_lines": ["group"]]])
        #expect(filled == ["人员|讲师", "人员|助教", "人员|教务", "设备|电脑", "|", "|不可预见"], "\(found.rows)")
        let told = found.findings.filter { $0.rule == "sheet/name-above" }
        #expect(told.count == 1 && told.first?.message.zh.contains("A3、A4") == true, "\(told)")
        let (left, plain) = try await names([:])
        #expect(left == ["人员|讲师", "|助教", "|教务", "设备|电脑", "|", "|不可预见"] && !plain.rules.contains("name-above"))
    }

    @Test("a name of the second level does not go on below another one of the first")
    func continuedLevels() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'项目明细", "'编号", "'数量"]), (2, ["'产出", "'数量", "'a", "1"]), (3, [nil, nil, "'b", "2"]),
            (4, [nil, "'质量", "'c", "3"]), (5, ["'效益", nil, "'d", "4"]), (6, [nil, nil, "'e", "5"]),
        ]
        let path = try folder.write("levels.xlsx", WorkbookText(rows: sheetRows(rows)))
        let found = try await reading(
            path,
            ["columns": ["id": "编号"]],
            ["continued": ["budget_lines": ["group", "detail"]]]
        )
        #expect(found.rows == ["a|产出|数量|1", "b|产出|数量|2", "c|产出|质量|3", "d|效益||4", "e|||5"], "\(found.rows)")
    }

    @Test(
        "a needed column that no head names is told at the head, where one is called otherwise there, and with the table"
    )
    func neededAtHead() async throws {
        let rows: [(Int, [String?])] = [
            (2, ["'项目内容", "'数目啊", "'金额"]), (3, ["'讲师", "1", "100"]),
        ]
        let path = try folder.write("needed.xlsx", WorkbookText(rows: sheetRows(rows)))
        let found = try await reading(path, .null, ["needed": ["budget_lines": ["group", "quantity"]]])
        let told = try #require(found.findings.first { $0.rule == "sheet/needed-missing" })
        #expect(told.message.zh.contains("数量") && told.message.zh.contains("数目啊") && !told.message.zh.contains("项目内容"))
        #expect(found.places[found.rules.firstIndex(of: "needed-missing") ?? 0].hasSuffix("!B2"), "\(found.places)")
        #expect(told.spots.last == .value(JSONPointer(["tables", "budget_lines"])))
    }

    @Test(
        "notes in several cells and signatures with a day by itself are no lines; a line called a note that costs something is one"
    )
    func notes() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'项目明细", "'数量", "'金额"]), (2, ["'甲", nil, "1", "500"]),
            (3, ["'备注：1.由财务科填报", "'2.单价为含税价"]), (4, ["'填表人：张三", nil, "'审核人：李四", "'2025-10-08"]),
            (5, ["'说明", nil, nil, "'以上均已询价"]), (6, ["'说明", "'牌匾", "2", "60"]), (7, ["'说明", "'铭牌", nil, "'60元"]),
        ]
        let found = try await reading(folder.write("notes.xlsx", WorkbookText(rows: sheetRows(rows))), .null, [:])
        #expect(found.rows == ["甲||1|500", "说明|牌匾|2|60", "说明|铭牌||60"], "\(found.rows)")
        #expect(found.rules.contains("titles-left-out"), "\(found.rules)")
    }

    @Test("columns under a head over several are named by their own heads where they are not read")
    func lowerHeads() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'数量", "'金额", "'资金来源"]), (2, [nil, nil, nil, "'区级", "'镇级"]),
            (3, ["'甲", "1", "500", "300", "200"]),
        ]
        let merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"].map { "<mergeCell ref=\"\($0)\"/>" }.joined()
        let book = WorkbookText(rows: sheetRows(rows), after: "<mergeCells>" + merges + "</mergeCells>")
        let found = try await reading(folder.write("lower.xlsx", book), .null, [:])
        #expect(found.rows == ["甲|1|500"])
        let told = found.findings.first { $0.rule == "sheet/unknown-columns" }
        #expect(told?.message.zh.contains("区级") == true && told?.message.zh.contains("镇级") == true, "\(found.findings)")
    }

    @Test("what the whole comes to is no line, by whatever name")
    func wholes() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'数量", "'单价", "'金额"]), (2, ["'甲", "1", "500", "500"]), (3, ["'项目总投资", nil, nil, "500"]),
            (4, ["'总投资额", nil, nil, "500"]), (5, ["'总投资顾问", "1", "20", "20"]),
        ]
        let found = try await reading(folder.write("whole.xlsx", WorkbookText(rows: sheetRows(rows))), .null, [:])
        #expect(found.rows.map { $0.prefix(1) } == ["甲", "总"], "\(found.rows)")
    }
}

@Suite("Units and years that stand above heads")
struct AboveHeadTests {
    private let folder = Folder()

    private func read(_ rows: [(Int, [String?])]) async throws -> SourceReading {
        try await reading(folder.write("book.xlsx", WorkbookText(rows: sheetRows(rows))), .null, [:])
    }

    @Test(
        "money is known beside what things are counted in, whatever stands for the colon",
        arguments: ["单位：台、万元", "单位：万元、台", "单位：台/万元", "单位：万元,%", "单位：万元（人民币）", "单位：万元人民币", "单位∶万元", "单位=万元"]
    )
    func units(line: String) async throws {
        let found = try await read([(1, ["'" + line]), (2, ["'项目内容", "'数量", "'金额"]), (3, ["'甲", "1", "0.5"])])
        #expect(found.rows == ["甲|1|5000"], "\(line)")
        #expect(found.rules.contains("unit-converted"))
    }

    @Test("hundreds are a unit, too")
    func hundreds() async throws {
        let found = try await read([(1, ["'项目内容", "'单价(百元)", "'金额(千元)"]), (2, ["'甲", "5", "0.5"])])
        #expect(found.rows == ["甲|500|500"])
    }

    @Test(
        "of two years over the same heads the later is read, and told",
        arguments: [("2025年预算", "2026年预算"), ("上年预算", "本年申报")]
    )
    func years(_ earlier: String, _ later: String) async throws {
        let found = try await read([
            (1, ["'项目内容", "'" + earlier, "'" + earlier, "'" + later, "'" + later]),
            (2, ["'项目内容", "'数量", "'金额", "'数量", "'金额"]), (3, ["'甲", "10", "10000", "12", "12000"]),
        ])
        #expect(found.rows == ["甲|12|12000"])
        let told = found.findings.filter { $0.rule == "sheet/column-twice" }.map(\.message.zh)
        #expect(told.count == 2 && told.allSatisfy { $0.contains(earlier) && $0.contains(later) }, "\(told)")
    }

    @Test("what is carried from page to page is no line")
    func carried() async throws {
        let found = try await read([
            (1, ["'序号", "'项目内容", "'金额"]), (2, ["1", "'甲", "100"]), (3, [nil, "'过次页", "100"]),
            (4, ["'承前页", nil, "100"]),
            (5, ["2", "'乙", "200"]), (6, [nil, "'累计", "300"]),
        ])
        #expect(found.rows == ["甲|100", "乙|200"])
    }
}
