import OfficeFiles
import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Workbooks that are filled in")
struct ProjectBookTests {
    private let folder = Folder()

    private static let outline = DossierOutline(
        fields: [
            DossierOutline.Field(
                "project",
                .group([
                    DossierOutline.Field("name", .value(.text)), DossierOutline.Field("year", .value(.integer)),
                    DossierOutline.Field("new", .value(.boolean)), DossierOutline.Field("on", .value(.date)),
                ])
            ), DossierOutline.Field("texts", .map(.value(.text))), DossierOutline.Field("steps", .list(.value(.text))),
        ],
        tables: form.tables,
        synonyms: form.synonyms
    )

    private func read(_ text: WorkbookText, _ settings: Record) async throws -> SourceReading {
        var configuration: Record = ["book": .text(try folder.write("book.xlsx", text))]
        for (key, value) in settings.members { configuration[key] = value }
        return try await SheetReader().read(
            SourceRequest(configuration: .record(configuration), form: Self.outline)
        )
    }

    private let plainHead: [String?] = ["'项目内容", "'项目明细", "'数量", "'单价", "'金额"]

    private func shown(_ reading: SourceReading) -> [String] {
        reading.fields.map { field in
            let place = if case .cell(_, _, let address)? = field.place { address.description } else { "" }
            return "\(field.pointer) \(field.value.scalarText ?? field.value.kind.name.en) \(place)"
        }
    }

    @Test(
        "end a paragraph with a line end where a cell holds running text; a name wrapped in its cell is one name",
        arguments: [
            ("第一条 为规范管理，制定本办法。\n第二条 适用于全镇。", "第一条 为规范管理，制定本办法。\n\n第二条 适用于全镇。"),
            ("1. 采购教材\n2. 组织培训", "1. 采购教材\n\n2. 组织培训"),
            ("一、总则\n（一）目的\n规范管理。", "一、总则\n\n（一）目的\n\n规范管理。"),
            ("第一段。\n\n第二段。", "第一段。\n\n第二段。"), ("老年人\n助餐点", "老年人\n助餐点"), ("规格\n2.5 米", "规格\n2.5 米"),
        ]
    )
    func paragraphs(_ written: String, _ read: String) async throws {
        let rows: [(Int, [String?])] = [
            (3, ["'项目", "'内容", "'说明", "'字段"]), (5, ["'背景", "'" + written, nil, "'texts.background"]),
        ]
        let found = try await self.read(WorkbookText(rows: sheetRows(rows)), ["fields": ["明细"]])
        #expect(found.fields.map(\.value) == [.text(read)])
    }

    @Test("have fields in rows, each typed as the form says, with its cell; empty ones are known by their cells")
    func fields() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目信息"]), (3, ["'项目", "'内容", "'说明", "'字段"]), (4, ["'项目"]),
            (5, ["'名称", "' 助餐 ", nil, "'project.name"]), (6, ["'年度", "'２０２６ 年度", nil, "'project.year"]),
            (7, ["'新增", "'是", nil, "'project.new"]), (8, ["'开始", "'2026年3月1日", nil, "'project.on"]),
            (9, ["'背景", nil, nil, "'texts.background"]), (10, ["'一", "'签合同", nil, "'steps.1"]),
            (11, ["'x", "'y", nil, "'project.nmae"]), (12, ["'没有名称", "'y"]),
        ]
        let found = try await read(WorkbookText(rows: sheetRows(rows)), ["fields": ["明细"]])
        #expect(
            shown(found) == [
                "/fields/project/name 助餐 B5", "/fields/project/year 2026 B6", "/fields/project/new true B7",
                "/fields/project/on 2026-03-01 B8", "/fields/texts/background  B9", "/fields/steps/0 签合同 B10",
            ]
        )
        #expect(found.places == ["明细!B11", "明细!B12"])
        #expect(found.findings[0].message.en.contains("did you mean \"project.name\""))
    }

    @Test("have examples that are not data: a whole row is left out and named, a rest of one is empty, and named")
    func examples() async throws {
        let rows: [(Int, [String?])] = [
            (1, head), (2, ["'例：厨房", "'例：灶台", "'例：1", "'例：1000", nil]), (3, ["'外墙", "'例：粉刷", "3", "1", "3"]),
            (4, ["'e.g. item", "'e.g. detail", nil, nil, nil]), (5, ["'e.g. item", "'e.g. detail", "2", nil, nil]),
        ]
        let found = try await reading(folder.write("book.xlsx", WorkbookText(rows: sheetRows(rows))))
        #expect(found.rows == ["外墙||3|1|3", "||2||"])
        #expect(found.rules == ["examples-left-out", "example-text"])
        #expect(found.places == ["明细!A2", "明细!B3"])
        #expect(found.findings[1].message.en.hasSuffix(": B3, A5, B5"))
        #expect(found.findings[0].message.zh.contains("第 2、4 行"))
    }

    @Test(
        "have rows that wait to be filled, formulas over empty cells and remarks in brackets; none of these is a line"
    )
    func waiting() async throws {
        let rows: [(Int, [String?])] = [
            (1, ["'项目内容", "'（说明）", "'项目明细", "'数量", "'单价（元）", "'金额（元）"]),
            (2, ["'甲", "'说明", "'一", nil, nil, "=D2*E2|"]), (3, ["'乙", "'说明", nil, "2", "3", "=D3*E3|"]),
            (4, [nil, nil, nil, nil, nil, "=D4*E4|"]),
        ]
        let book = WorkbookText(rows: sheetRows(rows))
        let table: Value = ["filled_by": ["quantity", "amount"]]
        let found = try await read(book, ["tables": ["budget_lines": table], "computes": true])
        #expect(found.rows == ["乙||2|3|6"])
        #expect(found.rules == ["computed"] && found.places == ["明细!F3"])
        let plain = try await read(book, ["tables": ["budget_lines": table]])
        #expect(plain.rows == ["乙||2|3|"] && plain.rules == ["not-calculated"])
    }

    @Test("lack tables, where these are optional: an empty one is given, and the sheet that is not there is named")
    func optional() async throws {
        let book = WorkbookText(rows: sheetRows([(1, ["'随便"])]))
        let found = try await read(book, ["tables": ["budget_lines": ["sheet": "明细表"]], "optional": true])
        #expect(found.tables.map(\.rowCount) == [0] && found.tables[0].schema.columns.count == 10)
        #expect(found.rules == ["not-in-book"])
    }

    @Test("of an applicant are recognised by names and heads, fields beside their names too; the rest is named")
    func recognised() async throws {
        var book = WorkbookText()
        book.add(
            "封面",
            rows: sheetRows([
                (1, ["'申报书"]), (2, ["'项目名称", nil, "'助餐", "'预算年度：2026"]), (3, ["'项目内容", "'项目名称"]),
            ])
        )
        book.add("附件1", rows: sheetRows([(1, ["'预算"]), (2, head), (3, ["'厨房", "'灶台", "2", "1", "2"])]))
        book.add("纪要", rows: sheetRows([(1, ["'时间", "'地点"])]))
        book.add("空", rows: "")
        let labels: Value = ["project.name": "项目名称", "project.year": ["预算年度"]]
        let found = try await read(book, ["recognise": true, "fields": ["labels": labels]])
        #expect(found.rows == ["厨房|灶台|2|1|2"])
        #expect(shown(found) == ["/fields/project/name 助餐 C2", "/fields/project/year 2026 D2"])
        #expect(found.rules == ["recognised", "recognised", "not-recognised"])
        #expect(found.places == ["附件1!A2", "封面!A1", "纪要!A1"])
        // A program has written the workbook, and nobody has opened it since.
        var written = WorkbookText()
        written.add("附件1", rows: sheetRows([(1, head), (2, ["'厨房", "'灶台", "2", "1", "=C2*D2"])]))
        let computed = try await read(written, ["recognise": true, "computes": true])
        #expect(computed.rows == ["厨房|灶台|2|1|2"] && computed.rules == ["computed", "recognised"])
    }

    @Test(
        "in 万元, as a line or a title above the head says, are converted, and this is said",
        arguments: [
            ("'预算明细", [nil, nil, nil, "'单位：万元"], "D2"), ("'预算明细（单位：万元）", [], "A1"),
            ("'预算明细", [nil, nil, "'单位：", "'万元"], "C2"), ("'预算明细", ["'单位：元"], nil), ("'预算明细", [], nil),
        ] as [(String, [String?], String?)]
    )
    func unitAbove(_ title: String, _ line: [String?], _ place: String?) async throws {
        let rows: [(number: Int, cells: [String?])] = [
            (1, [title]), (2, line), (4, plainHead), (5, ["'厨房", "'灶台", "2", "1", "2"]),
        ]
        let found = try await read(WorkbookText(rows: sheetRows(rows)), ["tables": ["budget_lines"]])
        #expect(found.rows == [place == nil ? "厨房|灶台|2|1|2" : "厨房|灶台|2|10000|20000"])
        let converted = found.rules.filter { $0 == "unit-converted" }
        #expect(converted.count == (place == nil ? 0 : 2))
        #expect(place == nil || found.places.contains { $0.hasSuffix("!\(place ?? "")") })
    }

    @Test(
        "in 万元 with formulas that nobody has calculated have the amounts these come to, in the unit of the form",
        arguments: [
            (nil, "'单价（万元）", "'金额（万元）", "3.5", "=C5*D5"), (nil, "'单价（元）", "'金额（万元）", "35000", "=C5*D5/10000"),
            ("'单位：万元", "'单价", "'金额", "3.5", "=C5*D5"),
        ] as [(String?, String, String, String, String)]
    )
    func formulasInUnits(_ above: String?, _ priceHead: String, _ amountHead: String, _ price: String, _ amount: String)
        async throws
    {
        let rows: [(number: Int, cells: [String?])] = [
            (1, ["'预算明细", nil, nil, nil, above]), (4, ["'项目内容", "'项目明细", "'数量", priceHead, amountHead]),
            (5, ["'扫描", "'古籍", "12", price, amount]), (6, ["'扫描", "'报纸", "1", "=D5", "=E5/3"]),
            (7, ["'设备", "'存储", "1", price, "=SUM(E5,E6)|"]), (8, ["'设备", "'软件", "1", price, "=SUM(E5,E7)|98"]),
        ]
        let found = try await read(WorkbookText(rows: sheetRows(rows)), ["recognise": true, "computes": true])
        #expect(
            found.rows == [
                "扫描|古籍|12|35000|420000", "扫描|报纸|1|35000|140000", "设备|存储|1|35000|560000",
                "设备|软件|1|35000|980000",
            ]
        )
        #expect(!found.rules.contains("formula-differs"))
    }

    @Test("have what formulas come to read as results that are stored: in percent, as a day, over merged rows")
    func formulasAsStored() async throws {
        var book = WorkbookText()
        book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"31\"/></cellXfs>"
        book.add(
            "明细",
            rows: sheetRows([(1, ["'项目内容", "'数量", "'执行率", "'日期"])])
                + "<row r=\"2\"><c r=\"A2\"><f>\"甲\"&amp;\"乙\"</f></c><c r=\"B2\"><v>8</v></c>"
                + "<c r=\"C2\" s=\"1\"><f>6/B2</f></c><c r=\"D2\" s=\"2\"><f>46082+0</f></c></row>"
                + sheetRows([(3, [nil, "4"])]),
            after: "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"
        )
        let found = try await read(book, ["tables": ["budget_lines"], "computes": true])
        #expect(found.rows == ["甲乙|8|75|2026-03-01", "甲乙|4||"])
    }

    @Test("with a head over two rows have no labels of fields in its first")
    func headOfTwoRows() async throws {
        var book = WorkbookText()
        book.add(
            "附件1",
            rows: sheetRows([
                (1, ["'项目名称", "'助餐"]), (3, ["'项目内容", "'项目明细", "'数量", "'测算", "'金额", "'预算年度", "'备注"]),
                (4, [nil, nil, nil, "'单价"]),
                (5, ["'厨房", "'灶台", "2", "1", "2"]),
            ]),
            after: "<mergeCells>"
                + ["A", "B", "C", "E", "F", "G"].map { "<mergeCell ref=\"\($0)3:\($0)4\"/>" }.joined() + "</mergeCells>"
        )
        let labels: Value = ["project.name": "项目名称", "project.year": ["预算年度"]]
        let found = try await read(book, ["recognise": true, "fields": ["labels": labels]])
        #expect(shown(found) == ["/fields/project/name 助餐 B1"])
    }
}
