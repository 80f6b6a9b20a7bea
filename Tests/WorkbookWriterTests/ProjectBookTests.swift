import ExcelBooks
import ReviewModel
import Testing

@testable import workbook_writer

@Suite("The workbook in which a project is filled in")
struct ProjectBookTests {
    private static let form: Value = [
        "form": "t",
        "fields": [
            "project": [
                "title": ["zh": "项目", "en": "project"],
                "fields": [
                    "name": ["type": "text", "required": true, "title": ["zh": "项目名称", "en": "name"]],
                    "new": ["type": "boolean", "title": ["zh": "是否新增", "en": "a new one"]],
                ],
            ], "texts": ["title": ["zh": "文字", "en": "texts"], "map": ["type": "text"]],
        ],
        "tables": [
            "lines": [
                "title": ["zh": "预算明细", "en": "budget lines"], "key": "id",
                "note": ["zh": "一项一行。", "en": "One item a row."],
                "columns": [
                    "id": ["type": "text", "required": true, "title": ["zh": "编号", "en": "id"]],
                    "quantity": ["type": "decimal", "title": ["zh": "数量", "en": "quantity"]],
                    "price": ["type": "decimal", "unit": "CNY", "title": ["zh": "单价", "en": "price"]],
                    "amount": [
                        "type": "decimal", "unit": "CNY", "required": true, "title": ["zh": "金额", "en": "amount"],
                        "note": ["zh": "含税。", "en": "With tax."],
                    ],
                ],
            ],
            "cuts": [
                "title": ["zh": "核减/核增", "en": "cuts"],
                "columns": [
                    "line": ["type": "text", "references": "lines", "title": ["zh": "明细", "en": "line"]],
                    "kind": [
                        "type": "text", "title": ["zh": "类别", "en": "kind"],
                        "values": ["cut": ["zh": "核减", "en": "cut"], "increase": ["zh": "核增", "en": "increase"]],
                    ],
                ],
            ],
            "scores": [
                "title": ["zh": "评分", "en": "scores"],
                "columns": [
                    "rater": ["type": "text", "names": ["self": ["zh": "自评", "en": "self"]]],
                    "code": ["type": "text", "required": true], "points": ["type": "decimal", "unit": "points"],
                ],
            ], "paragraphs": ["columns": ["text": ["type": "text"]]],
        ],
    ]

    private static let settings: Value = [
        "form": form, "without": ["paragraphs"], "products": ["amount": ["quantity", "price"]],
        "items": ["scores": ["points", "reason"]],
        "rubric": [
            "id": "r",
            "items": [
                [
                    "code": "A", "name": "立项",
                    "items": [["code": "A1", "name": "依据", "max": 6], ["code": "A2", "name": "必要", "max": 4]],
                ]
            ],
        ],
        "template": ["needs": ["fields": ["texts.background": ["zh": "第一部分", "en": "part 1"]]]],
    ]

    private func book(_ locale: Locale = .zh, _ tables: [Table] = [], fields: Record = [:]) async throws -> WrittenBook
    {
        let review = Review(id: "init", locale: locale, project: .null, steps: [])
        return try await WrittenBook(review, tables, fields: fields, settings: Self.settings, by: ProjectBookWriter())
    }

    @Test(
        "has a sheet for each table and one for each kind of fields, in the form's titles and in the reader's language"
    )
    func sheets() async throws {
        #expect(try await book().sheets == ["填写说明", "项目信息", "文字", "预算明细", "核减-核增", "评分"])
        #expect(try await book(.en).sheets == ["How to fill in", "Project", "texts", "budget lines", "cuts", "scores"])
    }

    @Test(
        "has heads with units and marks, an example, amounts and totals as formulas; the example is all texts, which no sum counts"
    )
    func lines() async throws {
        let book = try await book()
        #expect(["A5", "B5", "C5", "D5"].map { book.cell("预算明细", $0) } == ["*编号", "数量", "单价（元）", "*金额（元）"])
        #expect(["A6", "B6", "C6"].map { book.cell("预算明细", $0) } == ["例：L01", "例：1", "例：1000.00"])
        #expect(book.cell("预算明细", "D6") == "=IF(COUNT(B6,C6)<2,\"\",ROUND(B6*C6,2)) → ")
        let total = "SUMIFS(D6:D1048576,$A$6:$A$1048576,\"<>合计\",$A$6:$A$1048576,\"<>小计\",$A$6:$A$1048576,\"<>总计\")"
        #expect(book.cell("预算明细", "D4") == "=\(total) → 0")
        // A sum of prices says nothing.
        #expect(book.cell("预算明细", "C4") == "")
    }

    @Test("has lists to choose from, of the form's words and of other sheets' ids, and heads that are protected")
    func lists() async throws {
        let cuts = try await book().sheet("核减-核增")
        #expect(cuts.contains("\"核减,核增\""))
        #expect(cuts.contains("预算明细!$A$6:$A$3006") || cuts.contains("'预算明细'!$A$6:$A$3006"))
        #expect(cuts.contains("<sheetProtection ") && !cuts.contains("password="))
    }

    @Test("has a row for each item of the rubric and each rater, with what it is and its points as remarks")
    func items() async throws {
        let book = try await book()
        #expect(
            ["A4", "B4", "C4", "D4", "E4"].map { book.cell("评分", $0) } == [
                "rater", "*code", "（指标）", "（满分）", "points（分）",
            ]
        )
        #expect(["A5", "B5", "C5", "D5"].map { book.cell("评分", $0) } == ["自评", "A1", "依据", "6"])
        #expect(book.cell("评分", "B6") == "A2")
    }

    @Test("says above the items and at each of them which exclude each other, and when which of them is filled in")
    func alternatives() async throws {
        let items: Value = [
            [
                "code": "B", "name": "风险", "max": 10, "alternatives": true,
                "items": [
                    [
                        "code": "B1", "name": "风险管理", "max": 10, "when": ["field": "/project/new", "equals": true],
                        "criteria": [
                            ["code": "B1-1", "text": "机制", "max": 6], ["code": "B1-2", "text": "措施", "max": 4],
                        ],
                    ],
                    [
                        "code": "B2", "name": "结果应用", "max": 10,
                        "when": ["field": "/project/new", "equals": false],
                    ],
                ],
            ], ["code": "C", "name": "效益", "max": 5],
        ]
        guard case .record(var settings) = Self.settings else { return }
        settings["rubric"] = ["id": "r", "items": items]
        for (locale, sentence) in [
            (Locale.zh, "B1、B2 只填适用的一项，其余留空，“是否新增”为“是”的填 B1，为“否”的填 B2。"),
            (
                .en,
                "Only one of B1, B2 applies, and the others stay empty: B1 where \"a new one\" is \"yes\", B2 where it is \"no\"."
            ),
        ] {
            let review = Review(id: "init", locale: locale, project: .null, steps: [])
            let book = try await WrittenBook(review, settings: .record(settings), by: ProjectBookWriter())
            let scores = locale == .zh ? "评分" : "scores"
            #expect(book.cell(scores, "A2").contains(sentence))
            #expect(["B5", "B6", "B7", "B8"].map { book.cell(scores, $0) } == ["B1-1", "B1-2", "B2", "C"])
            let notes = try #require(
                book.partNames.filter { $0.contains("comments") }.map(book.part).first {
                    $0.contains("B1、B2") || $0.contains("B1, B2")
                }
            )
            #expect(notes.ranges(of: locale == .zh ? "只填适用的一项" : "Only one of").count == 3)
        }
        // Nothing is said where all items apply.
        #expect(try await !book().cell("评分", "A2").contains("只填"))
    }

    @Test("has fields with their values, what the report needs them for, and their names")
    func fields() async throws {
        let book = try await book(fields: ["project": ["name": "助餐", "new": true]])
        #expect(["A5", "B5", "D5"].map { book.cell("项目信息", $0) } == ["*项目名称", "助餐", "project.name"])
        #expect(book.cell("项目信息", "B6") == "是")
        #expect(["A4", "D4"].map { book.cell("文字", $0) } == ["第一部分", "texts.background"])
    }

    @Test(
        "has the rows that were read instead of examples: numbers as numbers, what is none as it was written, ids counted"
    )
    func filled() async throws {
        let columns = [Column(name: "quantity"), Column(name: "price"), Column(name: "amount")]
        var table = Table(schema: TableSchema(name: "lines", columns: columns))
        table.append(row: ["2", "1,000.50", "2001"])
        table.append(row: ["若干", .null, "10"])
        let book = try await book(.zh, [table])
        #expect(["A6", "B6", "C6", "D6"].map { book.cell("预算明细", $0) } == ["L01", "2", "1000.5", "2001"])
        #expect(["A7", "B7"].map { book.cell("预算明细", $0) } == ["L02", "若干"])
        #expect(book.cell("预算明细", "D4").hasSuffix(" → 2011"))
    }

    @Test("is the same file each time")
    func same() async throws { #expect(try await book().bytes == book().bytes) }
}
