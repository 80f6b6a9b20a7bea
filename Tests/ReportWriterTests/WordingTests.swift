import ReviewModel
import Testing

@testable import report_writer

@Suite("Wording: Mustache over the report model")
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
        let rendered = try Fixture.render(text)
        #expect(rendered.text == printed)
        #expect(rendered.missing.isEmpty)
    }

    @Test("figures and dates that arrive as text take the same forms")
    func textForms() {
        #expect(PrintedText("1401.77").printed(as: "money") == "1,401.77")
        #expect(PrintedText("95.04%").printed(as: "percent") == "95.04%")
        #expect(PrintedText("2025-10-31").printed(as: "date") == "2025 年 10 月 31 日")
        #expect(PrintedText("2026-01-01").printed(as: "slashdate") == "2026/1/1")
        #expect(PrintedText("2025年11月18日").printed(as: "compactdate") == "2025年11月18日")
        #expect(PrintedText("x").printed(as: "unknown") == nil)
        #expect([1, 10, 11, 20, 23, 100].map(hanzi) == ["一", "十", "十一", "二十", "二十三", "100"])
    }

    @Test("sections go through lists and know first, last and index; nothing is escaped for HTML")
    func sections() throws {
        let text =
            "{{#groups}}{{^first}}和{{/first}}{{index}}.{{name}} {{wan(requested)}}{{/groups}} <&> {{project.name}}"
        #expect(try Fixture.render(text).text == "1.送餐 10.72和2.厨房 20.00 <&> 助餐")
    }

    @Test("a year whose figures end before its last day is partial")
    func history() throws {
        let text =
            "{{#history_by_year}}{{year}} {{paid}} {{rate}}{{#partial}} 至 {{date(cut_off)}} 预计 {{expected_rate}}{{/partial}};{{/history_by_year}}"
        #expect(try Fixture.render(text).text == "2024 199.00 99.50%;2025 50.00 25.00% 至 2025 年 10 月 31 日 预计 99.00%;")
    }

    @Test("texts of the dossier may hold slots, and a line's reason names the line's own figures")
    func slots() throws {
        #expect(try Fixture.render("{{texts.slotted}}").text == "申报 307,200.00 元。")
        #expect(
            try Fixture.render("{{#cuts}}{{label}}：{{reason}}；{{opinion}}{{/cuts}}").text
                == "保温餐箱：核减 5,400.00 元；按 保温餐箱 核减 5,400.00 元。"
        )
    }

    @Test("a text that prints itself ends with a mark instead of running for ever")
    func circle() throws {
        #expect(try Fixture.render("{{texts.circle}}").text.contains("fields.texts.circle ↺"))
    }

    @Test("an unknown name is marked and reported with its place, whatever is done with it")
    func unknownNames() throws {
        let rendered = try Fixture.render(
            "好\n {{wan(amounts.reqested)}} {{nobody}} {{#lines}}{{first_of_gruop}}{{/lines}}"
        )
        let marks = InlineText.line(rendered.text).filter { $0.kind == .missing }.map(\.text)
        #expect(marks == ["amounts.reqested", "nobody", "first_of_gruop", "first_of_gruop", "first_of_gruop"])
        #expect(
            rendered.missing.map { "\($0.name) \($0.line):\($0.column)" } == [
                "amounts.reqested 2:2", "nobody 2:28", "first_of_gruop 2:49",
            ]
        )
    }

    @Test("a section may ask for the last part of a name, but not for an unknown list")
    func questions() throws {
        let asked = try Fixture.render(
            "{{#texts.absent}}有{{/texts.absent}}{{^texts.absent}}无{{/texts.absent}}{{#verdict.name}}{{verdict.name}}{{/verdict.name}}"
        )
        #expect(asked.text == "无部分可行")
        #expect(asked.missing.isEmpty)
        #expect(try Fixture.render("{{#linse}}x{{/linse}}").missing.map(\.name) == ["linse"])
        #expect(try Fixture.render("{{^txts.absent}}无{{/txts.absent}}").missing.map(\.name) == ["txts.absent"])
    }

    @Test(
        "mistakes in tags are found with line and column",
        arguments: [
            ("a\n{{#lines}}", 2, 1), ("{{/lines}}", 1, 1), ("x {{name", 1, 3), ("{{a b}}", 1, 1), ("{{wann(a)}}", 1, 1),
            ("{{> other}}", 1, 1), ("{{=<% %>=}}", 1, 1), ("{{#a}}{{/b}}", 1, 7), ("{{a..b}}", 1, 1), ("{{}}", 1, 1),
        ]
    )
    func mistakes(text: String, line: Int, column: Int) throws {
        let mistake = try #require(MustacheScanner(text).mistakes.first)
        #expect((mistake.line, mistake.column) == (line, column))
    }

    @Test("names are marked for strict look-up, the ends of sections like their starts")
    func rewriting() {
        #expect(
            MustacheScanner("{{a.b.c}} {{{ x }}} {{dash(wan(a.b))}}").rewritten
                == "{{a?.?b.?c}} {{x?}} {{dash(wan(a?.?b))}}"
        )
        #expect(
            MustacheScanner("{{#a.b}}{{.}}{{^last()}},{{/last()}}{{/a.b}}").rewritten
                == "{{#a?.b}}{{.}}{{^last()}},{{/last()}}{{/a?.b}}"
        )
    }
}
