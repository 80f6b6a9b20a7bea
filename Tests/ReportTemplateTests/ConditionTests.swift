import ExactNumbers
import Groundwork
import JSONDocument
import ReportDocument
import Testing

@testable import ReportTemplate

@Suite("Conditions")
struct ConditionTests {
    private let names: NamedValues = [
        "amount": .figure(ExactDecimal(12_000), .money), "rate": .figure(ExactDecimal("10.50"), .percent),
        "kind": .text("new"), "empty": .text(""), "none": .nothing, "yes": .flag(true), "no": .flag(false),
        "day": CalendarDate(year: 2025, month: 11, day: 3).map { .day($0) } ?? .nothing,
        "written": .text("1,200.00"), "项目": .text("助餐"),
        "lines": .list([.record(NamedValues(["cost": .integer(3)])), .record(NamedValues(["cost": .integer(4)]))]),
    ]

    private func holds(_ text: String) throws -> Bool {
        let expander = Expander(names, language: .chinese)
        let condition = try ConditionParser.parse(text, at: JSONPointer(["c"]))
        return expander.holds(condition, in: expander.root)
    }

    @Test(
        "what holds",
        arguments: [
            "amount > 10000", "amount >= 12,000.00", "amount = 12000", "amount != 12000.01", "rate < 10.51",
            "kind = 'new'", "kind != “old”", "yes", "yes = true", "not no", "not empty", "none != 1", "not none = 1",
            "day > '2025-11-02'", "day = '2025年11月3日'", "written > 1199.99", "项目 = '助餐'", "count(lines) = 2",
            "sum(lines.cost) = 7", "lines.cost", "no or kind = 'new' and amount > 1", "not (yes and no)",
            "(no or yes) and not (no)", "-1 < amount", "3 in lines.cost", "not 5 in lines.cost", "'new' in kind",
            "not(no)", "year(day) = 2025",
        ]
    )
    func held(text: String) throws { #expect(try holds(text)) }

    @Test(
        "what does not",
        arguments: [
            "amount < 12000", "kind = 'old'", "no", "empty", "none", "none = 1", "none < 1", "none >= 1",
            "lines = 2", "day < '2025-11-03'", "not yes", "yes and no", "no or empty", "kind < amount",
        ]
    )
    func notHeld(text: String) throws { #expect(try !holds(text)) }

    @Test(
        "mistakes are found with their column",
        arguments: [
            ("", 1), ("amount >", 8), ("amount > > 3", 10), ("(yes", 2), ("yes)", 4), ("'a' = 'b'", 1),
            ("kind < 'old'", 1), ("kind = 'old", 8), ("wann(amount) > 1", 1), ("yes and", 5), ("a b", 3),
            ("a + b", 3), ("3 > 2", 1), ("yes = and", 7), ("1.2.3 = a", 1), ("a = true < b", 10), ("yes < true", 1),
        ]
    )
    func mistakes(text: String, column: Int) {
        #expect { try ConditionParser.parse(text, at: JSONPointer()) } throws: { error in
            (error as? ConditionParser.Mistake)?.column == column
        }
    }

    @Test("brackets have an end")
    func depth() {
        let deep = String(repeating: "(", count: 100_000) + "yes"
        #expect(throws: ConditionParser.Mistake.self) { try ConditionParser.parse(deep, at: JSONPointer()) }
    }

    @Test("what is certain when a condition holds, and when it does not")
    func certain() throws {
        func names(_ text: String, _ truth: Bool) throws -> [String] {
            try ConditionParser.parse(text, at: JSONPointer()).certain(when: truth).map(\.path.name)
        }
        #expect(try names("a and b > 3 and not c", true) == ["a", "b"])
        #expect(try names("a or b", true) == [] && names("not a or not b", false) == ["a", "b"])
        #expect(try names("a != 1", false) == ["a"])
        #expect(try names("not a", false) == ["a"] && names("a", false) == [])
    }
}

@Suite("Forms and footnotes")
struct FormTests {
    private let names: NamedValues = [
        "amount": .figure(ExactDecimal("14017700.00"), .money), "texts": .list([.text("2"), .text("3")]),
        "day": CalendarDate(year: 2025, month: 11, day: 30).map { .day($0) } ?? .nothing,
        "lines": .list([
            .record(NamedValues(["cost": .figure(ExactDecimal("1.50"), .money), "place": .text("甲")])),
            .record(NamedValues(["cost": .nothing, "place": .text("乙")])),
            .record(NamedValues(["cost": .figure(ExactDecimal("2.25"), .money), "place": .text("丙")])),
        ]),
    ]

    @Test(
        "values in their forms",
        arguments: [
            ("{{capital(amount)}}", "人民币壹仟肆佰零壹万柒仟柒佰元整"), ("{{yi(amount)}}", "0.14"), ("{{million(amount)}}", "14.02"),
            ("{{thousand(amount)}}", "14,017.70"), ("{{wan(amount)}}", "1,401.77"),
            ("{{hanzidate(day)}}", "二〇二五年十一月三十日"),
            ("{{month(day)}}", "2025 年 11 月"), ("{{sum(lines.cost)}}", "3.75"), ("{{lines.place}}", "甲、乙、丙"),
            ("{{sum(texts)}}", "5"), ("{{wan(sum(lines.cost))}}", "0.00"), ("{{count(lines.cost)}}", "3"),
        ]
    )
    func forms(text: String, printed: String) {
        let filled = fill(text, names)
        #expect(filled.runs.plainText == printed)
        #expect(filled.mistakes.isEmpty && filled.holes.isEmpty)
    }

    @Test("days and months in English")
    func english() {
        #expect(
            fill("{{month(day)}}, {{date(day)}}", names, .english).runs.plainText == "November 2025, 30 November 2025"
        )
    }

    @Test("what is no number has no sum")
    func noSum() { #expect(fill("{{sum(lines.place)}}", names).holes == ["lines.place 1:1"]) }

    @Test("a footnote is a run of its own, with names in it; an empty one is none")
    func footnotes() {
        let filled = fill(
            "申报{{#footnote()}}见申报书，{{wan(amount)}} 万元{{/footnote()}}。{{#footnote()}} {{/footnote()}}",
            names
        )
        guard case .text(let before)? = filled.runs.first, case .footnote(let note)? = filled.runs.dropFirst().first
        else {
            Issue.record("no footnote: \(filled.runs)")
            return
        }
        #expect(before == "申报" && note.runs.plainText == "见申报书，1,401.77 万元" && filled.runs.count == 3)
        #expect(filled.runs.plainText == "申报。")
    }

    @Test(
        "footnotes stand between their two tags, and not inside each other",
        arguments: [
            "{{footnote()}}", "{{^footnote()}}a{{/footnote()}}", "{{footnote(a)}}",
            "{{#footnote()}}a{{#footnote()}}b{{/footnote()}}{{/footnote()}}",
        ]
    )
    func badFootnotes(text: String) { #expect(!fill(text, names).mistakes.isEmpty) }
}
