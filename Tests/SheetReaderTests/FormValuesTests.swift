import ReviewModel
import Tables
import Testing
import WorkbookFixture
import WrittenTimes

@testable import sheet_reader

@Suite("Years, times, fields and values as forms of real units have them")
struct FormValuesTests {
    private let form = ApplicantForm()

    private func read(_ rows: [(Int, [String?])], merges: [String] = []) async throws -> SourceReading {
        try await form.read(rows, merges: merges)
    }

    private func rows(_ reading: SourceReading, _ table: String = "budget_lines") -> [String] {
        form.rows(reading, table)
    }

    private func message(_ reading: SourceReading, _ rule: String) -> String { form.message(reading, rule) }

    private let budget: [(Int, [String?])] = [
        (1, ["'项目内容", "'项目明细", "'数量", "'单位", "'单价", "'金额"]), (2, ["'甲", "'一", "2", "'人", "10", "20"]),
        (3, ["'乙", "'二", "3", "'人", "10", "30"]),
    ]
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
        // A year up to a day, and one that nobody can place.
        let more = try await read(
            [
                (1, ["'支出项目", "'2025年", nil, "'2026年（截至8月31日）", nil, "'2027年（预计）", nil]),
                (2, [nil, "'预算数", "'支付数", "'预算数", "'支付数", "'预算数", "'支付数"]),
                (3, ["'保洁", "90", "88", "95", "61", "99", "97"]),
            ],
            merges: ["A1:A2", "B1:C1", "D1:E1", "F1:G1"]
        )
        #expect(rows(more, "history") == ["2025|保洁|88|90", "2026|保洁|61|95"], "\(rows(more, "history"))")
        #expect(rows(more, "years") == ["2025|", "2026|2026-08-31"], "\(rows(more, "years"))")
        #expect(message(more, "years-across").contains("2027年（预计）支付数"), "\(message(more, "years-across"))")
        // One year, too, where the values say it.
        let one = try await read([(1, ["'支出项目", "'2025年预算数", "'2025年支付数"]), (2, ["'保洁", "90", "88"])])
        #expect(rows(one, "history") == ["2025|保洁|88|90"], "\(rows(one, "history"))")
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
            ("2025年度（1-10月）", "2025-10-31"), ("2025年截至8月底", "2025-08-31"),
            ("2026年（截至8月31日）", "2026-08-31"), ("2026年度（截止2026年8月15日）", "2026-08-15"), ("2025年上半年", "2025-06-30"),
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
        let book = form.folder.write(
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
        let found = try await SheetReader().read(SourceRequest(configuration: settings, form: ApplicantForm.whole))
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
            "book": .text(try form.folder.write("below.xlsx", WorkbookText(rows: sheetRows(rows)))), "recognise": true,
            "fields": ["labels": ["report.declared_on": ["填表日期"], "applicant": ["填报单位", "申报单位"]]],
        ]
        let found = try await SheetReader().read(SourceRequest(configuration: settings, form: ApplicantForm.whole))
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
