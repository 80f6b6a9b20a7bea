import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Several tables on one sheet")
struct SheetTablesTests {
    private let folder = Folder()

    private static let ofTwo = DossierOutline(
        tables: form.tables + [
            TableSchema(
                name: "targets",
                title: LocalizedText(zh: "绩效目标", en: "targets"),
                columns: [
                    Column(name: "level", title: LocalizedText(zh: "一级指标", en: "level")),
                    Column(name: "name", title: LocalizedText(zh: "指标名称", en: "target")),
                    Column(name: "value", title: LocalizedText(zh: "目标值", en: "value")),
                ]
            )
        ],
        synonyms: form.synonyms
    )

    private let budget: [(Int, [String?])] = [
        (1, ["'项目预算申报表"]), (2, ["'项目名称", "'河道保洁"]), (4, ["'一、经费测算（单位：万元）"]),
        (5, ["'项目内容", "'数量", "'单价（元）", "'金额"]), (6, ["'保洁", "2", "5000", "1"]), (7, ["'养护", "1", "20000", "2"]),
        (8, ["'合计", nil, nil, "3"]),
    ]
    private let targets: [(Int, [String?])] = [
        (10, ["'二、绩效目标"]), (11, ["'一级指标", "'指标名称", "'目标值"]), (12, ["'产出", "'河道长度", "'186公里"]),
        (13, ["'效益", "'水质", "'达标"]),
    ]

    private func read(_ rows: [(Int, [String?])], more: [(String, [(Int, [String?])])] = []) async throws
        -> SourceReading
    {
        var book = WorkbookText()
        book.add("Sheet1", rows: sheetRows(rows))
        for (name, rows) in more { book.add(name, rows: sheetRows(rows)) }
        return try await SheetReader().read(
            SourceRequest(
                configuration: ["book": .text(try folder.write("one.xlsx", book)), "recognise": true],
                form: Self.ofTwo
            )
        )
    }

    private func rows(_ reading: SourceReading, _ table: String) -> [String] {
        guard let table = reading.tables.first(where: { $0.name == table }) else { return [] }
        return (0..<table.rowCount).map { row in
            table.schema.columns.indices.map { table.cell(row: row, column: $0).scalarText ?? "" }.joined(
                separator: "|"
            )
        }
    }

    @Test("are read each from its own rows, in the unit that is said above it; titles and totals belong to neither")
    func two() async throws {
        let found = try await read(budget + targets)
        #expect(rows(found, "budget_lines") == ["保洁|2|5000|10000", "养护|1|20000|20000"])
        #expect(rows(found, "targets") == ["产出|河道长度|186公里", "效益|水质|达标"])
        let recognised = found.findings.filter { $0.rule == "sheet/recognised" }.map(\.message.zh)
        #expect(recognised == ["工作表\"Sheet1\"按\"预算明细\"读取", "工作表\"Sheet1\"按\"绩效目标\"读取"])
        #expect(!found.findings.contains { ["sheet/sum-differs", "sheet/titles-left-out"].contains($0.rule) })
        // Whichever of them stands first.
        let moved = targets.map { ($0.0 - 7, $0.1) } + budget.filter { $0.0 > 3 }.map { ($0.0 + 5, $0.1) }
        #expect(rows(try await read(moved), "budget_lines").count == 2)
        #expect(rows(try await read(moved), "targets").count == 2)
    }

    @Test("may be none of the form: the one above ends there, and this is said")
    func strange() async throws {
        let history: [(Int, [String?])] = [
            (15, ["'三、历年情况"]), (16, ["'年度", "'数量", "'单价", "'说明", "'其他"]), (17, ["2023", "10", "9", "0.9", nil]),
        ]
        let found = try await read(targets + history)
        #expect(rows(found, "targets") == ["产出|河道长度|186公里", "效益|水质|达标"])
        let told = try #require(found.findings.first { $0.rule == "sheet/another-head" })
        #expect(told.message.zh.hasPrefix("第 16 行起是另一张表（\"年度\"、\"数量\"、"))
    }

    @Test("are one table where the same head is printed again, or what stands below are its rows")
    func one() async throws {
        let again: [(Int, [String?])] = [
            (10, ["'二、设备"]), (11, ["'项目内容", "'数量", "'单价（元）", "'金额"]), (12, ["'电脑", "1", "5000", "0.5"]),
        ]
        let found = try await read(budget + again)
        #expect(rows(found, "budget_lines").map { $0.prefix(2) } == ["保洁", "养护", "电脑"])
        #expect(!found.findings.contains { $0.rule == "sheet/another-head" })
    }

    @Test("leave further sheets of the first table their own rows")
    func further() async throws {
        let more: [(Int, [String?])] = [
            (1, ["'项目内容", "'数量", "'单价（元）", "'金额"]), (2, ["'绿化", "1", "7", "7"]), (3, ["'疏浚", "1", "8", "8"]),
        ]
        let found = try await read(budget + targets, more: [("追加", more)])
        #expect(rows(found, "budget_lines").map { $0.prefix(2) } == ["保洁", "养护", "绿化", "疏浚"], "\(found.findings)")
    }

    @Test("right below each other, a table ends at the head of the next, which is read or told")
    func withoutGap() async throws {
        let tight = targets.dropFirst().map { ($0.0 - 10, $0.1) } + budget.dropFirst(3).map { ($0.0 - 1, $0.1) }
        let found = try await read(tight)
        #expect(rows(found, "targets") == ["产出|河道长度|186公里", "效益|水质|达标"])
        #expect(rows(found, "budget_lines") == ["保洁|2|5000|1", "养护|1|20000|2"])
        let other = try await read(budget + targets.dropFirst().map { ($0.0 - 2, $0.1) })
        #expect(
            rows(other, "budget_lines").count == 2
                && other.rules.contains { $0 == "another-head" || $0 == "recognised" }
        )
        #expect(!rows(other, "budget_lines").contains { $0.contains("指标") })
    }

    @Test(
        "a label down the side that is a synonym is no column beside the title itself; rows that come to nothing are none"
    )
    func labelDownTheSide() async throws {
        var form = Self.ofTwo
        form.synonyms["targets.name"] = ["三级指标", "绩效指标"]
        var book = WorkbookText()
        book.add(
            "绩效目标",
            rows: sheetRows([
                (1, ["'绩效指标", "'一级指标", "'三级指标", "'目标值"]), (2, ["'绩效指标", "'产出", "'河道长度", "'186公里"]),
                (3, [nil, "'效益", "'水质", "'达标"]),
            ])
        )
        book.add(
            "预算明细",
            rows: sheetRows([
                (1, ["'项目内容", "'数量", "'金额"]), (2, ["'保洁", "2", "1"]), (3, [nil, "0", "0"]), (4, [nil, nil, "0"]),
            ])
        )
        let found = try await SheetReader().read(
            SourceRequest(
                configuration: ["book": .text(try folder.write("two.xlsx", book)), "recognise": true],
                form: form
            )
        )
        #expect(rows(found, "targets") == ["产出|河道长度|186公里", "效益|水质|达标"])
        #expect(rows(found, "budget_lines") == ["保洁|2|1"])
        #expect(!found.rules.contains("column-twice"), "\(found.rules)")
    }

    @Test("signatures below a table without numbers are no rows; a name over rows holds below a subtotal in its first")
    func signaturesAndNames() async throws {
        let signed = targets + [(14, ["'申报单位（盖章）：", nil, "'    年    月    日"])]
        let found = try await read(budget + signed)
        #expect(rows(found, "targets") == ["产出|河道长度|186公里", "效益|水质|达标"])
        let book = WorkbookText(
            rows: sheetRows([
                (1, ["'项目内容", "'项目明细", "'数量", "'金额"]), (2, ["'演出", "'小计", nil, "3"]), (3, [nil, "'舞台", "1", "2"]),
                (4, [nil, "'音响", "1", "1"]),
            ]),
            after: "<mergeCells><mergeCell ref=\"A2:A4\"/></mergeCells>"
        )
        let path = try folder.write("names.xlsx", book)
        let named = try await SheetReader().read(
            SourceRequest(configuration: ["book": .text(path), "tables": ["budget_lines": .null]], form: form)
        )
        #expect(rows(named, "budget_lines") == ["演出|舞台|1|2", "演出|音响|1|1"])
    }
}
