import ReportDocument
import ReportNames
import ReportTemplate
import ReviewModel
import Testing

@testable import report_writer

@Suite("Wording over the report model")
struct WordingTests {
    @Test(
        "figures print in the form that the template asks for",
        arguments: [
            ("{{amounts.requested}}", "307,200.00"), ("{{wan(amounts.requested)}}", "30.72"),
            ("{{plain(amounts.deducted)}}", "5400"), ("{{dash(amounts.increased)}}", "-"),
            ("{{amounts.increased}}", "0.00"),
            ("{{amounts.rate}}", "1.76%"), ("{{points(scores.review.total)}}", "7.5"), ("{{project.year}}", "2026"),
            ("{{facts.history.2024.rate}}", "99.50%"), ("{{item.A.review}}/{{item.A.max}}", "4.5/6"),
        ]
    )
    func figures(text: String, printed: String) throws {
        let filled = try Fixture.fill(text)
        #expect(filled.runs.plainText == printed)
        #expect(filled.holes.isEmpty)
    }

    @Test("sections go through lists and know first, last and index; nothing is escaped for HTML")
    func sections() throws {
        let text =
            "{{#groups}}{{^first}}和{{/first}}{{index}}.{{name}} {{wan(requested)}}{{/groups}} <&> {{project.name}}"
        #expect(try Fixture.fill(text).runs.plainText == "1.送餐 10.72和2.厨房 20.00 <&> 助餐")
    }

    @Test("a year whose figures end before its last day is partial")
    func history() throws {
        let text =
            "{{#history_by_year}}{{year}} {{paid}} {{rate}}{{#partial}} 至 {{date(cut_off)}} 预计 {{expected_rate}}{{/partial}};{{/history_by_year}}"
        #expect(
            try Fixture.fill(text).runs.plainText
                == "2024 199.00 99.50%;2025 50.00 25.00% 至 2025 年 10 月 31 日 预计 99.00%;"
        )
    }

    @Test(
        "a year of which only the totals are known prints these, and no zeros; one with items prints what they come to"
    )
    func totalsOfYears() throws {
        var request = try Fixture.request()
        request.dossier.set(
            Fixture.table(
                "history_years",
                ["year", "declared_adjusted:CNY", "declared_paid:CNY", "declared_rate:percent"],
                [
                    ["2022", "1000.00", "970.00", "96.00"], ["2023", "160000.00", "153600.00", nil],
                    ["2024", "7.00", "7.00", nil],
                ]
            )
        )
        let expander = Expander(ReportModel(request), language: .chinese)
        let text = "{{#history_by_year}}{{year}} {{wan(adjusted)}} {{paid}} {{percent(rate)}};{{/history_by_year}}"
        let wording = Wording(text, at: JSONPointer(["template"]), log: DiagnosticLog())
        #expect(
            expander.runs(wording, in: expander.root).plainText
                == "2022 0.10 970.00 97.00%;2023 16.00 153,600.00 96.00%;2024 0.02 199.00 99.50%;2025 0.02 50.00 25.00%;"
        )
    }

    @Test("texts of the dossier may hold slots, and a line's reason names the line's own figures")
    func slots() throws {
        #expect(try Fixture.fill("{{texts.slotted}}").runs.plainText == "申报 307,200.00 元。")
        #expect(
            try Fixture.fill("{{#cuts}}{{label}}：{{reason}}；{{opinion}}{{/cuts}}").runs.plainText
                == "保温餐箱：核减 5,400.00 元；按 保温餐箱 核减 5,400.00 元。"
        )
    }

    @Test("a text that prints itself ends with a mark instead of running for ever")
    func circle() throws {
        #expect(try Fixture.fill("{{texts.circle}}").runs.plainText.contains("fields.texts.circle ↺"))
    }

    @Test("an unknown name is marked and reported with its place, whatever is done with it")
    func unknownNames() throws {
        let filled = try Fixture.fill(
            "好\n {{wan(amounts.reqested)}} {{nobody}} {{#lines}}{{first_of_gruop}}{{/lines}}"
        )
        let marks = filled.runs.compactMap { if case .missing(let name) = $0 { name } else { nil } }
        #expect(marks == ["amounts.reqested", "nobody", "first_of_gruop", "first_of_gruop", "first_of_gruop"])
        #expect(
            filled.holes.map { "\($0.name) \($0.place.line):\($0.place.column)" } == [
                "amounts.reqested 2:2", "nobody 2:28", "first_of_gruop 2:49",
            ]
        )
    }

    @Test("a section may ask for the last part of a name, but not for an unknown list")
    func questions() throws {
        let asked = try Fixture.fill(
            "{{#texts.absent}}有{{/texts.absent}}{{^texts.absent}}无{{/texts.absent}}{{#verdict.name}}{{verdict.name}}{{/verdict.name}}"
        )
        #expect(asked.runs.plainText == "无部分可行")
        #expect(asked.holes.isEmpty)
        #expect(try Fixture.fill("{{#linse}}x{{/linse}}").holes.map(\.name) == ["linse"])
        #expect(try Fixture.fill("{{^txts.absent}}无{{/txts.absent}}").holes.map(\.name) == ["txts.absent"])
    }
}
