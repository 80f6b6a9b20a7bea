import ReviewModel
import Tables
import WorkbookFixture

@testable import sheet_reader

/// A form with several tables, and what `init` says of them, to read applicants' sheets by.
struct ApplicantForm {
    let folder = Folder()

    /// Budget lines, targets, and earlier years with their items.
    static let whole = DossierOutline(
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

    func read(
        _ rows: [(Int, [String?])],
        merges: [String] = [],
        as outline: DossierOutline = whole
    ) async throws -> SourceReading {
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
                form: outline
            )
        )
    }

    func rows(_ reading: SourceReading, _ table: String = "budget_lines") -> [String] {
        guard let table = reading.tables.first(where: { $0.name == table }) else { return [] }
        return (0..<table.rowCount).map { row in
            table.schema.columns.indices.map { table.cell(row: row, column: $0).scalarText ?? "" }.joined(
                separator: "|"
            )
        }
    }

    func message(_ reading: SourceReading, _ rule: String) -> String {
        reading.findings.first { $0.rule == "sheet/" + rule }?.message.zh ?? ""
    }
}
