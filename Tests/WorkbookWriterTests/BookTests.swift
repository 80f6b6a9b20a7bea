import ExcelBooks
import ReviewModel
import Testing

@testable import workbook_writer

@Suite("A workbook of a review")
struct BookTests {
    private let lines: Table = {
        var table = Table(
            schema: TableSchema(
                name: "items",
                title: LocalizedText(zh: "项目支出", en: "Items"),
                columns: [
                    Column(name: "code", title: LocalizedText(zh: "编码", en: "Code")),
                    Column(name: "what", title: LocalizedText(zh: "内容", en: "What")),
                    Column(name: "wanted", title: LocalizedText(zh: "申请数", en: "Wanted"), type: .decimal, unit: "CNY"),
                    Column(name: "empty", title: LocalizedText(zh: "空列", en: "Empty")),
                ]
            )
        )
        table.append(row: ["a", "=SUM(A1)", "100.10", .null])
        table.append(row: ["b", "-2 台", "200.20", .null])
        return table
    }()

    private func review(_ locale: Locale = .zh) throws -> Review {
        var review = Review(id: "r", locale: locale, project: ["name": "示例"])
        review.adjustments = [
            Adjustment(
                subject: "a",
                label: "甲",
                requested: try #require(ExactDecimal("100.10")),
                parts: [Adjustment.Part(kind: .cut, amount: try #require(ExactDecimal("30.05")), reason: "偏高")],
                pointer: JSONPointer(["tables", "items", "0"])
            ),
            Adjustment(
                subject: "b",
                label: "乙",
                requested: try #require(ExactDecimal("200.20")),
                pointer: JSONPointer(["tables", "items", "1"])
            ),
        ]
        review.amounts = try Amounts.sum(review.adjustments.map { try $0.amounts() })
        return review
    }

    @Test("lines of any table: what is approved follows from cuts, totals and rates from what is approved")
    func lines() async throws {
        let book = try await WrittenBook(try review(), [lines])
        #expect(book.sheets == ["汇总", "项目支出", "核减、核增"])
        // Heads from the form; the column in which nothing stands is left out.
        #expect(["A3", "B3", "C3", "D3"].map { book.cell("项目支出", $0) } == ["编码", "内容", "申请数（元）", "核减（元）"])
        #expect(book.cell("项目支出", "C4") == "100.1")
        #expect(book.cell("项目支出", "D4") == "='核减、核增'!F4 → 30.05")
        #expect(book.cell("项目支出", "F4") == "=ROUND(C4-D4+E4,2) → 70.05")
        #expect(book.cell("项目支出", "G4") == "=IF(C4=0,\"\",ROUND((C4+E4-F4)/C4,4)) → 0.3002")
        #expect(book.cell("项目支出", "D5") == "0")
        #expect(book.cell("项目支出", "C6") == "=ROUND(SUM(C4:C5),2) → 300.3")
        #expect(book.cell("项目支出", "D6") == "=ROUND(C6+E6-F6,2) → 30.05")
        #expect(book.cell("项目支出", "F6") == "=ROUND(SUM(F4:F5),2) → 270.25")
        #expect(book.cell("项目支出", "G6") == "=IF(C6=0,\"\",ROUND(D6/C6,4)) → 0.1001")
        #expect(book.cell("核减、核增", "E4") == "='项目支出'!C4 → 100.1")
        #expect(book.cell("核减、核增", "F4") == "30.05")
        #expect(book.cell("汇总", "B5").hasSuffix("→ 300.3") || book.sheet("汇总").contains("'项目支出'!C6"))
        // Lines with a cut are counted by what is approved, which people may type over.
        #expect(
            book.sheet("汇总").contains(
                "SUMPRODUCT(--(ROUND('项目支出'!$C$4:$C$5+'项目支出'!$E$4:$E$5-'项目支出'!$F$4:$F$5,2)&gt;0))"
            )
        )
    }

    @Test(
        "values that the form gives a title are printed by it, kinds of cuts and fields of the project too; sums find them"
    )
    func titles() async throws {
        var funding = Table(
            schema: TableSchema(
                name: "funding",
                title: LocalizedText(zh: "资金来源", en: "Funding"),
                columns: [Column(name: "level"), Column(name: "name")]
            )
        )
        funding.append(row: ["town", "town"])
        funding.append(row: ["other", "其他"])
        var form = DossierOutline()
        form.synonyms = [
            "funding.level=town": ["镇级", "town level"], "deductions.kind=cut": ["扣减", "taken off"],
            "/project/area": ["建筑面积", "area"], "/project/area=big": ["大", "large"],
        ]
        let fields: Record = ["project": ["name": "示例", "area": "big", "is_new": true]]
        let book = try await WrittenBook(try review(), [lines, funding], fields: fields, form: form)
        #expect(["A4", "B4", "A5"].map { book.cell("资金来源", $0) } == ["镇级", "town", "other"])
        #expect(book.cell("核减、核增", "D4") == "扣减" && book.cell("核减、核增", "F3") == "核减（核增）金额（元）")
        #expect(book.cell("核减、核增", "D5") == "合计 · 扣减" && book.cell("核减、核增", "F5").contains("\"扣减\""))
        #expect(book.cell("核减、核增", "F5").hasSuffix("→ 30.05"))
        let summary = (3...6).map { book.cell("汇总", "A\($0)") + " " + book.cell("汇总", "B\($0)") }
        #expect(summary.contains("建筑面积 大") && summary.contains("is_new 是"))
    }

    @Test("what findings say of a cut is printed under the title of their rule, never under its id")
    func evidence() async throws {
        var review = try review()
        for rule in ["price/high", "sheet/number"] {
            let message = LocalizedText("单价偏高 \(rule.count)")
            let finding = Finding(rule: rule, severity: .warning, message: message, subject: "a")
            review.findings.append(LocatedFinding(finding: finding, step: "s", locations: []))
        }
        review.catalogue = [Rule("price/high", .warning, title: LocalizedText(zh: "单价", en: "price"))]
        let book = try await WrittenBook(review, [lines])
        #expect(book.cell("核减、核增", "I4") == "【单价】单价偏高 10\n单价偏高 12")
    }

    @Test(
        "heads name what the review's amounts count",
        arguments: [(Locale.zh, "核减（万元）"), (.en, "Cut (ten thousand CNY)")]
    )
    func units(locale: Locale, head: String) async throws {
        var review = try review(locale)
        for index in review.adjustments.indices { review.adjustments[index].unit = "CNY-wan" }
        review.amounts = try Amounts.sum(review.adjustments.map { try $0.amounts() })
        var schema = lines.schema
        schema.columns[2].unit = "CNY-wan"
        let book = try await WrittenBook(review, [lines.retyped(schema)])
        let sheet = try #require(book.sheets.dropFirst().first)
        #expect(book.cell(sheet, "D3") == head)
        let texts = book.part("xl/sharedStrings.xml")
        #expect(!texts.contains("（元）") && !texts.contains("(CNY)"))
    }

    @Test("heads that may wrap have room for two lines: 核减（核增）金额（元） is wider than the amounts below it")
    func heads() async throws {
        let book = try await WrittenBook(try review(), [lines])
        for sheet in ["项目支出", "核减、核增"] {
            let head = book.sheet(sheet).firstMatch(of: /<row r="3"[^>]* ht="([0-9.]+)"/)
            #expect(head.flatMap { Double($0.1) } ?? 0 >= 30, "\(sheet)")
        }
    }

    @Test("text that looks like a formula is text, and stays so when somebody opens its cell")
    func texts() async throws {
        let book = try await WrittenBook(try review(), [lines])
        #expect(book.cell("项目支出", "B4") == "=SUM(A1)")
        #expect(!book.sheet("项目支出").contains("<f>SUM(A1)</f>"))
        // The style of the cell is that of texts.
        #expect(book.part("xl/styles.xml").contains("formatCode=\"@\""))
        #expect(book.cell("项目支出", "B5") == "-2 台")
    }

    @Test("tags in texts are filled in, as a report prints them; what names nothing stays as it is written")
    func tags() async throws {
        func table(_ name: String, _ columns: [Column], _ row: [Value]) -> Table {
            var table = Table(schema: TableSchema(name: name, columns: columns))
            table.append(row: row)
            return table
        }
        let amount = Column(name: "amount", type: .decimal, unit: "CNY")
        let lines = table("budget_lines", [Column(name: "id"), Column(name: "group"), amount], ["a", "车辆", "100.10"])
        let deductions = table(
            "deductions",
            [Column(name: "line"), Column(name: "kind"), amount, Column(name: "reason")],
            ["a", "cut", "30.05", "{{label}}核减 {{deducted}} 元"]
        )
        let notes = table(
            "notes",
            [Column(name: "who"), Column(name: "note")],
            ["乙", "{{who}}：共 {{amounts.approved}} 元 {{gone}}"]
        )
        let plain = table("more", [Column(name: "note")], ["{{project.name}}：{{amounts.approved}} 元"])
        var review = Review(id: "r", locale: .zh, project: ["name": "示例"])
        review.adjustments = [
            Adjustment(
                subject: "a",
                label: "车辆",
                requested: try #require(ExactDecimal("100.10")),
                parts: [
                    Adjustment.Part(
                        kind: .cut,
                        amount: try #require(ExactDecimal("30.05")),
                        reason: "{{label}}核减 {{deducted}} 元"
                    )
                ],
                pointer: JSONPointer(["tables", "budget_lines", "0"])
            )
        ]
        let book = try await WrittenBook(
            review,
            [lines, deductions, notes, plain],
            fields: ["project": ["name": "示例"]]
        )
        #expect(book.cell("budget_lines", "H4") == "车辆核减 30.05 元")
        #expect(book.sheet("deductions") != "" && !book.part("xl/sharedStrings.xml").contains("{{label}}"))
        #expect(book.cell("notes", "B4") == "{{who}}：共 {{amounts.approved}} 元 {{gone}}")
        #expect(book.cell("more", "A4") == "示例：70.05 元")
    }

    @Test("columns without titles have the heads that the sheet has for them")
    func untitled() async throws {
        func table(_ name: String, _ columns: [String], _ row: [Value]) -> Table {
            var table = Table(schema: TableSchema(name: name, columns: columns.map { Column(name: $0) }))
            table.append(row: row)
            return table
        }
        let targets = table("targets", ["level1", "level2", "name", "value"], ["产出", "数量", "份数", "9"])
        let feedback = table("feedback", ["line", "reply", "answer"], ["a", "请核", "已核"])
        let book = try await WrittenBook(try review(), [lines, targets, feedback])
        #expect(["A3", "B3", "C3"].map { book.cell("绩效目标", $0) } == ["一级指标", "二级指标", "三级指标"])
        #expect(["E3", "F3", "G3"].map { book.cell("feedback", $0) } == ["申报单位意见", "评审答复", "最终核减（核增）金额（元）"])
    }

    @Test("the same review gives the same bytes, with a day of the review as the day of its making")
    func bytes() async throws {
        let fields: Record = ["project": ["year": 2026], "report": ["declared_on": "2025-11-18"]]
        let first = try await WrittenBook(try review(), [lines], fields: fields)
        let second = try await WrittenBook(try review(), [lines], fields: fields)
        #expect(first.bytes == second.bytes)
        #expect(first.part("docProps/core.xml").contains("2025-11-18T00:00:00Z"))
        let other = try await WrittenBook(try review(), [lines], fields: ["project": ["year": 2027]])
        #expect(other.part("docProps/core.xml").contains("2027-01-01T00:00:00Z"))
    }

    @Test("names are defined for what people reckon with, in the language of the review")
    func names() async throws {
        let zh = try await WrittenBook(try review(), [lines]).part("xl/workbook.xml")
        #expect(zh.contains("<definedName name=\"审定合计\">"))
        let en = try await WrittenBook(try review(.en), [lines])
        #expect(en.part("xl/workbook.xml").contains("<definedName name=\"ApprovedTotal\">"))
        #expect(en.sheets == ["Summary", "Items", "Deductions and increases"])
        #expect(en.sheet("Items").contains("Page &amp;P of &amp;N"))
    }

    @Test("an amount of more digits than a spreadsheet holds is text with a note, and nothing reckons with it")
    func digits() async throws {
        var review = try review()
        review.adjustments[1].requested = try #require(ExactDecimal("99999999999999.99"))
        review.amounts = try Amounts.sum(review.adjustments.map { try $0.amounts() })
        var table = lines
        table = Table(schema: lines.schema)
        table.append(row: ["a", "甲", "100.10", .null])
        table.append(row: ["b", "乙", "99999999999999.99", .null])
        let book = try await WrittenBook(review, [table])
        #expect(book.cell("项目支出", "C5") == "99,999,999,999,999.99")
        #expect(book.cell("项目支出", "F5") == "99,999,999,999,999.99")
        #expect(book.cell("项目支出", "C6") == "100,000,000,000,100.09")
        #expect(book.cell("项目支出", "F4") == "=ROUND(C4-D4+E4,2) → 70.05")
        #expect(
            book.part("xl/comments1.xml").contains("15 位有效数字") || book.part("xl/comments2.xml").contains("15 位有效数字")
        )
        // The summary has fixed figures, too.
        #expect(!book.sheet("汇总").contains("'项目支出'!C6"))
    }

    @Test("a finding leads to the cell that it is about, with a note there; a place that is not here is in words")
    func findings() async throws {
        var review = try review()
        let here = Finding(
            rule: "x/here",
            severity: .error,
            message: LocalizedText(zh: "单价偏高", en: "too dear"),
            pointers: [JSONPointer(["tables", "items", "1", "wanted"])]
        )
        var elsewhere = Finding(rule: "x/there", severity: .info, message: LocalizedText("m"))
        elsewhere.difference = "1.5 万元"
        review.findings = [
            LocatedFinding(
                finding: here,
                step: "s",
                locations: [
                    Location(.text(file: "a/spec.yaml", line: 7, column: 3), words: LocalizedText(zh: "乙的申请数", en: "b"))
                ]
            ),
            LocatedFinding(
                finding: elsewhere,
                step: "s",
                locations: [Location(.page(file: "r.pdf", page: 3, box: nil))]
            ),
        ]
        let book = try await WrittenBook(review, [lines])
        let sheet = book.sheet("问题清单")
        #expect(sheet.contains("<hyperlink ref=\"I4\" location=\"'项目支出'!C5\""))
        #expect(["D4", "I4", "J4", "K4"].map { book.cell("问题清单", $0) } == ["单价偏高", "乙的申请数", "spec.yaml:7", "待处理"])
        #expect(["H5", "I5"].map { book.cell("问题清单", $0) } == ["15000", "第 3 页"])
        #expect(sheet.contains("<dataValidation type=\"list\""))
        #expect(book.part("xl/comments1.xml").contains("ref=\"C5\""))
        #expect(book.part("xl/comments1.xml").contains("单价偏高"))
        #expect(book.sheet("汇总").contains("COUNTIFS('问题清单'!$B$4:$B$5,\"错误\",'问题清单'!$K$4:$K$5,\"待处理\")"))
    }

    @Test("what is too wide to be read on A4 is printed on A3, and texts wrap where that is too small, too")
    func papers() async throws {
        func paper(_ columns: Int, _ text: String) async throws -> (sheet: String, width: Double) {
            var table = Table(schema: TableSchema(name: "notes", columns: (0..<columns).map { Column(name: "c\($0)") }))
            table.append(row: (0..<columns).map { _ in .text(text) })
            let book = try await WrittenBook(Review(id: "r", locale: .en), [table])
            let sheet = book.sheet(book.sheets[1])
            let widths = sheet.split(separator: "<col ").dropFirst().compactMap { column -> Double? in
                column.split(separator: "width=\"").dropFirst().first.flatMap { Double($0.prefix { $0 != "\"" }) }
            }
            return (sheet, widths.reduce(0, +))
        }
        let narrow = try await paper(3, "short")
        #expect(narrow.sheet.contains("paperSize=\"9\"") && !narrow.sheet.contains("landscape"))
        let long = String(repeating: "word ", count: 20)
        let turned = try await paper(4, long).sheet
        #expect(turned.contains("paperSize=\"9\"") && turned.contains("orientation=\"landscape\""))
        let large = try await paper(8, long).sheet
        #expect(large.contains("paperSize=\"8\"") && large.contains("orientation=\"landscape\""))
        let wide = try await paper(12, long)
        #expect(wide.sheet.contains("paperSize=\"8\"") && wide.width < 320, "\(wide.width)")
    }

    @Test("a table that no sheet is about is printed plainly, on as many sheets as it needs")
    func further() async throws {
        let review = Review(id: "r", locale: .en)
        let book = try await WrittenBook(review, [lines])
        #expect(book.sheets == ["Summary", "Items"])
        #expect(["C3", "C4", "D3"].map { book.cell("Items", $0) } == ["Wanted (CNY)", "100.1", "Empty"])
        var names = SheetNames()
        let summary = TableSummary(schema: lines.schema, rowCount: 5)
        let split = FurtherSheet(summary, .en, perSheet: 2) { names.name($0) }
        #expect(split.names == ["Items", "Items (2)", "Items (3)"])
        #expect((0..<3).map(split.rows) == [2, 2, 1])
        var places = PlaceIndex()
        split.register(in: &places)
        #expect(places.cell(JSONPointer(["tables", "items", "4", "wanted"])) == SheetCell("Items (3)", 3, 2))
        #expect(places.cell(JSONPointer(["tables", "items", "6", "wanted"])) == nil)
    }
}
